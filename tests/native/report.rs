use std::path::Path;

use fact_explorer::dataset::problem::Problem;
use fact_explorer::dataset::read::read;
use fact_explorer::site::report::{Looks, graphical, json};

use crate::table::with_files;

fn problems() -> Vec<Problem> {
    let csv = "name\turl\nTitan\thttps://exa mple.org/\nOl\u{202e}d\t\n,\t\n";
    let path = with_files("report", &[("a.csv", csv.as_bytes())]);
    read(&path).unwrap_err()
}

#[test]
fn what_is_wrong_is_underlined() {
    let report = graphical(&problems(), "moons/", Looks::NoColours);
    let expected = "\
link

  × row 2, column “url”: the link “https://exa mple.org/” has a blank in it
   ╭─[moons/a.csv:2:7]
 2 │ Titan https://exa mple.org/
   ·       ─────────────────────
   ╰────
  help: write the blank as %20

characters

  × row 3, column “name”: “Ol\\u{202e}d” has the hidden character U+202E
   ╭─[moons/a.csv:3:1]
 3 │ Ol\\u{202e}d\u{20}
   · ───────────
   ╰────
  help: take it out

2 problems
";
    assert_eq!(report, expected);
    let plain = graphical(&problems(), "", Looks::Plain);
    assert!(plain.contains(",-[a.csv:2:7]"), "{plain}");
    assert!(!plain.contains('─'), "{plain}");
    let coloured = graphical(&problems(), "", Looks::Colours);
    assert!(coloured.contains("\u{1b}["), "{coloured}");
}

#[test]
fn the_middle_of_a_long_line_is_shown() {
    let cells: Vec<String> = (0..300)
        .map(|it| format!("{{\"name\": \"Moon {it}\"}}"))
        .collect();
    let text = format!(
        "[{}, {{\"name\": \"X\", \"link\": \"x\"}}]",
        cells.join(", ")
    );
    let path = with_files("long", &[("a.json", text.as_bytes())]);
    let problems = read(&path).unwrap_err();
    let report = graphical(&problems, "", Looks::NoColours);
    assert!(
        report.lines().all(|it| it.chars().count() < 330),
        "{report}"
    );
    let line = report.lines().find(|it| it.starts_with(" 1 │ ")).unwrap();
    let under = report.lines().find(|it| it.starts_with("   · ")).unwrap();
    let start = under.chars().position(|it| it == '─').unwrap();
    let wrong: String = line.chars().skip(start).take(3).collect();
    assert_eq!(wrong, "\"x\"");
    assert!(line.contains('…'));
}

#[test]
fn many_problems_are_counted() {
    let rows: Vec<String> = (0..500).map(|it| format!("Moon {it},x")).collect();
    let text = rows.join("\n");
    let path = with_files(
        "counted",
        &[("a.csv", ["name,link\n", &text].concat().as_bytes())],
    );
    let problems = read(&path).unwrap_err();
    let report = graphical(&problems, "", Looks::Plain);
    assert!(
        report.ends_with("\nand 497 more [link] in column “link”\n\n500 problems\n"),
        "{report}"
    );
    assert_eq!(
        report.matches("isn't an http or https").count(),
        3,
        "{report}"
    );
    assert_eq!(json(&problems).as_array().unwrap().len(), 500);
    let subject = "name = \"A\"\nnote = \"\\u0007\"\n";
    let paths: Vec<String> = (0..250).map(|it| format!("subjects/a{it}.toml")).collect();
    let mut files: Vec<(&str, &[u8])> = vec![("dataset.toml", b"title = \"A\"\n")];
    files.extend(paths.iter().map(|it| (it.as_str(), subject.as_bytes())));
    let problems = read(&with_files("counted-files", &files)).unwrap_err();
    let report = graphical(&problems, "", Looks::Plain);
    assert!(
        report.ends_with("250 problems, of which 200 are told; the other 50 are much like them\n"),
        "{report}"
    );
}

#[test]
fn machines_read_every_problem() {
    let value = json(&problems());
    assert_eq!(
        value[0],
        serde_json::json!({
            "file": "a.csv", "line": 2, "column": 7, "length": 21, "rule": "link",
            "message": "row 2, column “url”: the link “https://exa mple.org/” has a blank in it",
            "help": "write the blank as %20",
        })
    );
    assert_eq!(value.as_array().unwrap().len(), 2);
}

#[test]
fn every_problem_of_the_broken_dataset_is_shown() {
    let problems = read(Path::new("tests/datasets/broken")).unwrap_err();
    let report = graphical(&problems, "broken", Looks::Plain);
    for problem in &problems {
        let place = format!(
            "[broken/{}:{}:{}]",
            problem.file, problem.line, problem.column
        );
        assert!(report.contains(&place), "{place}\n{report}");
    }
}
