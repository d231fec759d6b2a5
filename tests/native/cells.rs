use fact_explorer::dataset::read::read;

use crate::table::{FINDINGS, with_files};

/// What `check` says of a folder with these files, a line each.
fn told(name: &str, files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|it| (it.0, it.1.as_bytes())).collect();
    let problems = read(&with_files(&format!("cells-{name}"), &files));
    let problems = problems.err().unwrap_or_default();
    problems.iter().map(ToString::to_string).collect()
}

/// What it says of a table whose column `x` has these cells, and is a facet of a type.
fn of_facet(kind: &str, cells: &[&str]) -> Vec<String> {
    let about = format!(
        "[table]\nfile = \"a.csv\"\nname = \"name\"\n[[facet]]\nid = \"x\"\nlabel = \"X\"\ntype = \"{kind}\"\n"
    );
    let mut csv = "name,x\n".to_owned();
    for (number, cell) in cells.iter().enumerate() {
        csv.push_str(&format!("{number},\"{cell}\"\n"));
    }
    told(kind, &[("dataset.toml", &about), ("a.csv", &csv)])
}

/// What is to be done about a single cell, in a column where others are right.
#[track_caller]
fn help(kind: &str, right: &str, cell: &str) -> String {
    let told = of_facet(kind, &[right, cell]);
    assert_eq!(told.len(), 1, "{told:?}");
    let (_, help) = told[0].split_once("; ").unwrap();
    help.split(" [").next().unwrap().to_owned()
}

#[test]
fn a_number_that_is_written_another_way_is_told_as_it_would_be_right() {
    for (cell, expected) in [
        ("1 234", "write it as 1234"),
        ("1\u{a0}234", "write it as 1234"),
        ("1\u{202f}234\u{202f}567", "write it as 1234567"),
        ("1\u{2019}234.5", "write it as 1234.5"),
        ("12,5", "write it as 12.5"),
        ("$1,234", "write it as 1234, without anything beside it"),
        ("42.6 %", "write it as 42.6, without anything beside it"),
        ("n/a", "leave the cell empty where nothing is known"),
        ("–", "leave the cell empty where nothing is known"),
        ("Unknown", "leave the cell empty where nothing is known"),
        ("12 34", "write it as 1234 or 12.5, without a unit"),
        ("many", "write it as 1234 or 12.5, without a unit"),
    ] {
        assert_eq!(help("number", "1", cell), expected, "{cell}");
    }
}

#[test]
fn a_date_that_is_none_is_told_by_what_it_is() {
    for (cell, expected) in [
        ("2024-02-30", "February 2024 has 29 days"),
        ("2023-04-31", "April 2023 has 30 days"),
        ("2024-13-01", "there is no month 13"),
        (
            "45351",
            "it looks like a spreadsheet's number for a day: write it as 2024-02-29",
        ),
        (
            "45351.75",
            "it looks like a spreadsheet's number for a day: write it as 2024-02-29",
        ),
        ("-", "leave the cell empty where nothing is known"),
        ("N/A", "leave the cell empty where nothing is known"),
        ("03/04/2005", "write it as 2005-03-04 or 2005-04-03"),
        ("99999", "write it as 2017-10-12, 2017-10 or 2017"),
        ("soon", "write it as 2017-10-12, 2017-10 or 2017"),
    ] {
        assert_eq!(help("date", "2017", cell), expected, "{cell}");
    }
}

#[test]
fn the_other_dates_of_a_column_tell_what_comes_first() {
    let says = |cells: &[&str], expected: &str| {
        let told = of_facet("date", cells);
        assert!(told[0].contains(expected), "{told:?}");
    };
    says(&["03/04/2005", "31/12/2005"], "write it as 2005-04-03 [");
    says(&["03/04/2005", "12/31/2005"], "write it as 2005-03-04 [");
    // They don't agree, or can't be told apart themselves.
    let both = "write it as 2005-03-04 or 2005-04-03 [";
    says(&["03/04/2005", "12/31/2005", "31/12/2005"], both);
    says(&["03/04/2005", "05/06/2005", "2005-12-31"], both);
    // So do those of the column of the rows' dates.
    let csv = "name,date\nA,03/04/2005\nB,31.12.2005\n";
    let told = told("order", &[("a.csv", csv)]);
    assert!(told[0].contains("write it as 2005-04-03 ["), "{told:?}");
}

#[test]
fn a_facet_with_wrong_cells_isnt_told_to_have_none() {
    let told = of_facet("number", &["many", "few"]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|it| it.ends_with("[number]")), "{told:?}");
    // One that has no cells still is.
    let told = of_facet("number", &["", ""]);
    assert_eq!(
        told,
        ["dataset.toml:5:6: no entry has a value of this facet [facet-values]"]
    );
}

const TABLE: &str = "[table]\nfile = \"a.csv\"\nname = \"name\"\n";

#[test]
fn a_finding_that_isnt_there_is_told_with_those_that_are() {
    let about = [TABLE, "finding = \"state\"\n", FINDINGS].concat();
    let csv =
        "name;note;state;more\nA;;Was visited;\nB;\" \";;x\nC;;was vistied;\nD;;lost;\nE;;;\n";
    assert_eq!(
        told("finding", &[("dataset.toml", &about), ("a.csv", csv)]),
        [
            "a.csv:3:7: row 3, column “state”: there is no finding here, so the card would never show [finding-set]",
            "a.csv:4:4: row 4, column “state”: there is no finding “was vistied”; did you mean “Was visited”? [finding-known]",
            "a.csv:5:4: row 5, column “state”: there is no finding “lost”; it is one of “Was visited”, “Seen” [finding-known]",
            "a.csv:6:4: row 6, column “state”: there is no finding here, so the card would never show [finding-set]",
        ]
    );
    let about = [TABLE, FINDINGS].concat();
    assert_eq!(
        told(
            "no-column",
            &[("dataset.toml", &about), ("a.csv", "name\nA\nB\n")]
        ),
        [
            "dataset.toml:6:6: [table] names no column of findings, so no row would ever show; write finding = \"the \
          column's name\" under [table] [finding-set]"
        ]
    );
    let json = "[{\"name\": \"A\"}, {\"name\": \"B\", \"state\": \"seen\"}]";
    let about = [TABLE, "finding = \"state\"\n", FINDINGS]
        .concat()
        .replace("a.csv", "a.json");
    assert_eq!(
        told(
            "finding-json",
            &[("dataset.toml", &about), ("a.json", json)]
        ),
        ["a.json:1:2: row 1: there is no finding here, so the card would never show [finding-set]"]
    );
}

#[test]
fn two_links_in_a_cell_are_told_as_two() {
    let csv = "name,link\nA,https://example.org/a https://example.org/b\nB,\"https://example.org/a; http://example.org/b\"\n\
               C,https://archive.example.org/2017/https://example.org/a\n";
    let help = "one stands here; put each other one into a column or a field of its own";
    assert_eq!(
        told("links", &[("a.csv", csv)]),
        [
            format!(
                "a.csv:2:3: row 2, column “link”: there is more than one link in “https://example.org/a https://example.org/b”; {help} [link]"
            ),
            format!(
                "a.csv:3:3: row 3, column “link”: there is more than one link in “https://example.org/a; http://example.org/b”; {help} [link]"
            ),
        ]
    );
}

#[test]
fn of_a_row_with_too_few_or_too_many_cells_only_that_is_told() {
    let csv = "name,link,date\nA,x,soon\nB,https://example.org/,x,soon\nC,soon\n";
    let told = told("ragged", &[("a.csv", csv)]);
    let rules: Vec<&str> = told
        .iter()
        .map(|it| it.rsplit_once('[').unwrap().1)
        .collect();
    assert_eq!(
        rules,
        ["link]", "date]", "row-length]", "row-length]"],
        "{told:?}"
    );
    // A quotation mark too many makes one row of several.
    let csv = "name,a,b\n\"A,1,2\nB\",3,4\nC,5\n";
    let told = self::told(
        "runs-on",
        &[
            ("a.csv", "name,a,b\nA,\"1,2\nB,3\",4,5\nC,5,6\n"),
            ("b.txt", csv),
        ],
    );
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("perhaps the one that closes it is missing [row-length]"),
        "{told:?}"
    );
}

#[test]
fn a_latitude_that_is_none_is_told_once() {
    let csv = "name,lat,lon\nA,north,10\nB,91,10\nC,1,10\nD,1,\nE,41,W\n";
    let about = [TABLE, "latitude = \"lat\"\nlongitude = \"lon\"\n"].concat();
    let about = ["map = \"us-states\"\n", &about].concat();
    let csv_on_map = csv.replace("C,1,10", "C,41.88,-87.63");
    assert_eq!(
        told(
            "latitude",
            &[("dataset.toml", &about), ("a.csv", &csv_on_map)]
        ),
        [
            "a.csv:2:3: row 2, column “lat”: “north” isn't a number; write degrees as 41.88 or -87.63 [number]",
            "a.csv:3:3: row 3, column “lat”: 91 is more than 90 degrees [coordinates]",
            "a.csv:5:3: row 5, column “lat”: latitude and longitude are only understood together [coordinates]",
            "a.csv:6:6: row 6, column “lon”: “W” isn't a number; write degrees as 41.88 or -87.63 [number]",
        ]
    );
}

#[test]
fn a_title_above_a_table_is_told_as_one() {
    for csv in [
        "Moons of 2024\nname,planet,link\nTitan,Saturn,\n",
        "Moons of 2024,,\n\nname,planet,link\nTitan,Saturn,\n",
    ] {
        assert_eq!(
            told("title", &[("a.csv", csv)]),
            [
                "a.csv:1:1: the first row looks like a title, and not like the names of the columns; take it out, so that \
              the names of the columns come first [column-named]"
            ]
        );
    }
    assert_eq!(
        told("no-title", &[("a.csv", "name\nTitan\n")]),
        Vec::<String>::new()
    );
}

#[test]
fn where_dataset_toml_cant_be_read_no_subject_is_told_to_be_missing() {
    let about = ["title = 3\n", TABLE].concat();
    let cases = "[[case]]\nid = \"c\"\nname = \"N\"\ncourt = \"C\"\ndocket = \"D\"\nquestion = \"Q\"\noutcome = \"O\"\n\
                 subjects = [\"titan\"]\n";
    let told = told(
        "unread",
        &[
            ("dataset.toml", &about),
            ("cases.toml", cases),
            ("a.csv", "name\nTitan\n"),
        ],
    );
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("dataset.toml:1:9: this is a number, and a text in quotes is needed"),
        "{told:?}"
    );
}

#[test]
fn a_cite_of_another_form_is_told_in_that_of_its_place() {
    let event = |cite: &str| {
        let text = format!(
            "name = \"A\"\n[[event]]\nid = \"e\"\ndate = \"2005\"\nkind = \"k\"\nsummary = \"S\"\ncite = {cite}\n"
        );
        told(
            "cite",
            &[
                ("dataset.toml", "title = \"T\"\n"),
                ("subjects/a.toml", &text),
            ],
        )
    };
    for cite in ["\"log\"", "[\"log\"]", "{ source = \"log\" }"] {
        let told = event(cite);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].ends_with("a list of citations is needed here; write it as cite = [{ source = \"log\" }] [well-formed]"),
            "{told:?}"
        );
    }
    let text = "name = \"A\"\n[[event]]\nid = \"e\"\ndate = \"2005\"\nkind = \"k\"\nsummary = \"S\"\n\
                qualification = { text = \"Q\", cite = [{ source = \"log\" }] }\ncite = [{ source = \"log\" }]\n";
    let told_of = told(
        "qualification",
        &[
            ("dataset.toml", "title = \"T\"\n"),
            ("subjects/a.toml", text),
        ],
    );
    assert!(
        told_of[0].ends_with(
            "one citation is needed here; write it as cite = { source = \"log\" } [well-formed]"
        ),
        "{told_of:?}"
    );
    let position = |cite: &str| {
        let text = format!(
            "[[disagreement]]\nid = \"d\"\ntopic = \"T\"\nshown = \"S\"\n[[disagreement.position]]\nclaim = \"C\"\ncite = {cite}\n"
        );
        told(
            "position",
            &[
                ("dataset.toml", "title = \"T\"\n"),
                ("disagreements.toml", &text),
                ("subjects/a.toml", "name = \"A\"\n"),
            ],
        )
    };
    for cite in ["\"log\"", "[\"log\"]", "[{ source = \"log\" }]"] {
        let told = position(cite);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].ends_with(
                "one citation is needed here; write it as cite = { source = \"log\" } [well-formed]"
            ),
            "{told:?}"
        );
    }
}
