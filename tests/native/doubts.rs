use std::path::Path;

use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::read::read;
use fact_explorer::site::doubts::doubts;

use crate::table::with_files;

/// What is doubtful in a dataset with these files, on a day in 2026.
fn of(name: &str, files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|it| (it.0, it.1.as_bytes())).collect();
    told(&with_files(&format!("doubts-{name}"), &files))
}

fn told(path: &Path) -> Vec<String> {
    let dataset = read(path).unwrap();
    doubts(&dataset, path, Date::parse("2026-11-28").unwrap())
}

#[test]
fn a_date_that_is_still_to_come_is_told() {
    let csv = "name,date\nA,2204-09-09\nB,2026-11-28\nC,2027\nD,\n";
    assert_eq!(
        of("late", &[("a.csv", csv)]),
        [
            "a.csv, row 2: the date is 2204-09-09, which is still to come",
            "a.csv, row 4: the date is 2027, which is still to come",
        ]
    );
    let about = "updated = \"2020-01-02\"\n[table]\nfile = \"a.csv\"\nname = \"name\"\ndate = \"date\"\n\
                 [[event-kind]]\nid = \"k\"\nlabel = \"K\"\n";
    let sources = "[[source]]\nid = \"s\"\ntitle = \"T\"\npublisher = \"P\"\nurl = \"https://example.org/\"\nkind = \"news\"\n";
    let timeline = "[[event]]\nid = \"e\"\ndate = \"2030\"\nkind = \"k\"\nsummary = \"S\"\ncite = [{ source = \"s\" }]\n";
    let files = [
        ("dataset.toml", about),
        ("sources.toml", sources),
        ("timeline.toml", timeline),
        ("a.csv", "name,date\nA,2020-01-03\nB,2020\nC,2020-01-02\n"),
    ];
    assert_eq!(
        of("updated", &files),
        [
            "a.csv, row 2: the date is 2020-01-03, after the `updated` of dataset.toml, 2020-01-02",
            "timeline.toml, event “e”: the date is 2030, which is still to come",
        ]
    );
}

#[test]
fn values_that_look_alike_are_told() {
    let about =
        "[table]\nfile = \"a.csv\"\nname = \"name\"\n[[facet]]\nid = \"town\"\nlabel = \"Town\"\n";
    let csv = "name,town\nA,Ashfield\nB,ashfield\nC,Ash\u{ad}field\nD,Brook side\nE,Brook\u{a0}side\nF,Castle\n";
    assert_eq!(
        of("alike", &[("dataset.toml", about), ("a.csv", csv)]),
        [
            "the facet “Town” has values that look alike: “Ashfield”, “Ash[U+00AD]field”, “ashfield”; write them in one way \
          if they are one"
        ]
    );
}

#[test]
fn rows_that_are_the_same_are_told() {
    let mut csv = "name,link\n".to_owned();
    csv.push_str("A,https://example.org/a\nB,\n\" A\",\"https://example.org/a\"\nA,\n");
    assert_eq!(
        of("twice", &[("a.csv", &csv)]),
        ["a.csv, row 4: all cells are those of row 2"]
    );
    csv.push_str(&"B,\n".repeat(9));
    let told = of("often", &[("a.csv", &csv)]);
    assert_eq!(told.len(), 3);
    assert_eq!(
        told[2],
        "a.csv, row 7: all cells are those of row 3 (and 7 more like this)"
    );
}

#[test]
fn commas_that_may_be_decimal_ones_are_told() {
    let csv = "Name;Price\nA;1,799\nB;1,859\nC;2\n";
    assert_eq!(
        of("commas", &[("a.csv", csv)]),
        [
            "a.csv, row 2: “1,799” is read as 1799; write 1.799 if the comma is a decimal one",
            "a.csv, row 3: “1,859” is read as 1859; write 1.859 if the comma is a decimal one",
        ]
    );
    for csv in [
        "Name;Price\nA;1,799\nB;1,859,000\n",
        "Name;Price\nA;1,799\nB;1,859.5\n",
        "Name,Price\nA,\"1,799\"\nB,\"1,859\"\n",
    ] {
        let told = of("no-commas", &[("a.csv", csv)]);
        assert_eq!(told, Vec::<String>::new(), "{csv}");
    }
}

#[test]
fn nothing_is_doubtful_in_what_is_shipped() {
    for path in [
        "data/section-1373",
        "tests/datasets/good",
        "src/bin/fact-explorer/new",
    ] {
        assert_eq!(told(Path::new(path)), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn what_is_on_no_page_of_a_large_dataset_is_told() {
    let about = "[table]\nfile = \"a.csv\"\nname = \"name\"\n";
    let zed = "name = \"Zed\"\nnote = \"More is known of this one.\"\n";
    let told = |n: usize| {
        let rows: Vec<String> = (0..n).map(|it| format!("Row {it}")).collect();
        let csv = format!("name\n{}\n", rows.join("\n"));
        let files = [
            ("dataset.toml", about),
            ("a.csv", &csv),
            ("subjects/zed.toml", zed),
        ];
        of(&format!("many-{n}"), &files)
    };
    assert_eq!(told(9_999), [""; 0]);
    assert_eq!(
        told(10_000),
        [
            "subjects/zed.toml: of more than 10000 entries none has a page of its own, so that its note, its quotes, its \
          money and its policies are in data/dataset.json alone"
        ]
    );
}
