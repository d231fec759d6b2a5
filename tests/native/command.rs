use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use fact_explorer::site::out::{self, May, Refused};
use serde_json::Value;

/// The engine that the release left; `make dist` makes it.
pub const ENGINE: &str = "target/fact-explorer.engine";

/// A folder of a test's own, which goes away with it.
pub struct Desk(pub PathBuf);

impl Desk {
    pub fn new(name: &str) -> Self {
        let name = format!("fact-explorer-command-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    /// What is in the folder, hidden things too.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap().flatten();
        let mut names: Vec<String> = entries
            .map(|it| it.file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fact-explorer"))
        .args(arguments)
        .env_remove("FACT_EXPLORER_SITE")
        .env_remove("FACT_EXPLORER_OFFLINE")
        .env_remove("FACT_EXPLORER_LANGUAGE")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Runs the command and gives what it says on stdout; it must end with this code.
#[track_caller]
fn ends(code: i32, arguments: &[&str]) -> String {
    let output = run(arguments);
    let said = String::from_utf8(output.stdout).unwrap();
    let complained = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        output.status.code(),
        Some(code),
        "{arguments:?}\n{said}\n{complained}"
    );
    if code == 0 {
        said
    } else {
        said + complained.as_str()
    }
}

/// The one document that the command writes with `--json`.
#[track_caller]
fn json(code: i32, arguments: &[&str]) -> Value {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["ok"], code == 0);
    value
}

/// Builds with the release's engine.
pub fn build(dataset: &str, out: &str, more: &[&str]) -> Output {
    let arguments = ["build", dataset, "-o", out, "--engine", ENGINE];
    run(&[&arguments, more].concat())
}

#[track_caller]
fn builds(dataset: &str, out: &str, more: &[&str]) {
    let output = build(dataset, out, more);
    let complained = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{complained}");
}

/// Every file of a folder, by its path.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            let inner = self::files(&entry.path()).into_iter();
            files.extend(inner.map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// The files that others rest on, of a site with this subject.
fn contracts(subject: &str) -> Vec<String> {
    let own = [
        format!("subject/{subject}.html"),
        format!("subject/{subject}.oembed.json"),
    ];
    let all = [
        "index.html",
        "embed.html",
        "embed.js",
        "element.js",
        "standalone.html",
        "data/dataset.json",
        "data/dataset.csv",
        "sitemap.xml",
        "oembed.json",
        "changes.atom",
        "sw.js",
        "_headers",
    ];
    all.into_iter().map(str::to_owned).chain(own).collect()
}

#[test]
fn a_new_dataset_is_right_and_its_site_is_whole() {
    let desk = Desk::new("new");
    let (dataset, out) = (desk.path("mine"), desk.path("site"));
    assert!(ends(0, &["new", &dataset]).contains("fact-explorer build"));
    assert!(ends(0, &["check", &dataset]).ends_with("nothing is wrong (6 libraries)\n"));
    builds(&dataset, &out, &[]);
    let files = files(Path::new(&out));
    for path in contracts("ashfield-library") {
        assert!(files.contains_key(&path), "{path}");
    }
    let index = String::from_utf8(files["index.html"].clone()).unwrap();
    assert!(index.contains("<h1>Which libraries open on Sundays?</h1>"));
    assert!(index.contains("data-pack=\"./pack-"));
    // What was there before is never begun anew.
    let taken = ends(3, &["new", &dataset]);
    assert!(taken.contains("isn't empty"), "{taken}");
}

#[test]
fn the_list_of_a_sites_files_is_of_just_those() {
    let desk = Desk::new("list");
    let out = desk.path("site");
    builds("tests/datasets/good", &out, &[]);
    let mut files = files(Path::new(&out));
    let list = String::from_utf8(files.remove(".fact-explorer").unwrap()).unwrap();
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    let mut listed: Vec<&str> = list.lines().collect();
    listed.sort_unstable();
    assert_eq!(listed, paths);
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    let desk = Desk::new("twice");
    let (first, second) = (desk.path("a"), desk.path("b"));
    // In the place of another one, too.
    builds("tests/datasets/tables/bridges.csv", &first, &[]);
    builds("tests/datasets/good", &first, &[]);
    builds("tests/datasets/good", &second, &[]);
    let (first, second) = (files(Path::new(&first)), files(Path::new(&second)));
    assert!(first.len() > 80);
    assert!(first == second);
    assert_eq!(desk.names(), ["a", "b"], "nothing is left beside them");
}

#[test]
fn the_embedded_dataset_needs_no_pack_of_its_own() {
    let desk = Desk::new("embedded");
    let out = desk.path("site");
    builds("data/section-1373", &out, &[]);
    let index = fs::read_to_string(desk.0.join("site/index.html")).unwrap();
    assert!(!index.contains("data-pack"));
    // It is what `make dist` publishes, but for the list of what the command wrote.
    let mut built = files(Path::new(&out));
    built.remove(".fact-explorer");
    let dist = files(Path::new("dist"));
    let differ: Vec<&String> = built
        .iter()
        .filter(|(path, bytes)| dist.get(*path) != Some(bytes))
        .map(|it| it.0)
        .collect();
    assert_eq!(differ, Vec::<&String>::new());
    assert_eq!(built.len(), dist.len());
}

#[test]
fn what_is_in_the_place_of_a_site_stays_where_anything_fails() {
    let desk = Desk::new("half");
    let out = desk.path("site");
    builds("tests/datasets/good", &out, &[]);
    let before = files(Path::new(&out));
    let unchanged = |what: &str| {
        assert!(files(Path::new(&out)) == before, "{what}");
        assert_eq!(desk.names(), ["site"], "{what}");
    };
    assert_eq!(
        build("tests/datasets/broken", &out, &[]).status.code(),
        Some(1)
    );
    unchanged("the data are wrong");
    let bad = desk.0.join("bad.engine");
    fs::write(&bad, b"fact-explorer-engine").unwrap();
    let with_bad = ["build", "tests/datasets/good", "-o", &out, "--engine"];
    let said = ends(4, &[&with_bad[..], &[bad.to_str().unwrap()]].concat());
    assert!(said.contains("isn't an engine"), "{said}");
    fs::remove_file(bad).unwrap();
    unchanged("the engine is none");
    // A file that isn't ours.
    fs::write(desk.0.join("site/CNAME"), "example.org").unwrap();
    let output = build("tests/datasets/good", &out, &[]);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("CNAME") && said.contains("--force"), "{said}");
    assert!(desk.0.join("site/CNAME").is_file());
    builds("tests/datasets/good", &out, &["--force"]);
    unchanged("it was replaced by force");
}

#[test]
fn a_folder_that_fails_midway_leaves_what_was_there() {
    let desk = Desk::new("midway");
    let place = desk.0.join("site");
    let write = |text: &'static str, fails: bool| {
        out::put(&place, May::Own, |part| {
            fs::create_dir(part.join("subject"))?;
            fs::write(part.join("subject/a.html"), text)?;
            if fails {
                return Err(std::io::Error::other("the disk is full"));
            }
            out::list(part)
        })
    };
    assert!(matches!(write("first", true), Err(Refused::Made(_))));
    assert_eq!(desk.names(), Vec::<String>::new());
    assert_eq!(write("first", false).unwrap(), (1, 5));
    assert!(matches!(write("second", true), Err(Refused::Made(_))));
    assert_eq!(desk.names(), ["site"]);
    let text = || fs::read_to_string(place.join("subject/a.html")).unwrap();
    assert_eq!(text(), "first");
    write("second", false).unwrap();
    assert_eq!(text(), "second");
    assert!(matches!(
        out::put(&place, May::Nothing, |_| Ok(())),
        Err(Refused::InTheWay(_))
    ));
    assert_eq!(text(), "second");
}

#[test]
fn a_folder_of_somebody_elses_is_never_replaced() {
    let desk = Desk::new("others");
    let out = desk.path("photos");
    fs::create_dir(&out).unwrap();
    fs::write(desk.0.join("photos/cat.jpg"), "a cat").unwrap();
    let output = build("tests/datasets/good", &out, &[]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(
        fs::read_to_string(desk.0.join("photos/cat.jpg")).unwrap(),
        "a cat"
    );
    let file = desk.path("file");
    fs::write(&file, "words").unwrap();
    let output = build("tests/datasets/good", &file, &["--force"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(fs::read_to_string(&file).unwrap(), "words");
    assert_eq!(desk.names(), ["file", "photos"]);
}

#[test]
fn a_dataset_is_not_replaced_by_its_own_site() {
    let desk = Desk::new("own");
    let dataset = desk.0.join("all/data");
    fs::create_dir_all(&dataset).unwrap();
    fs::write(dataset.join("moons.csv"), "name\nTitan\n").unwrap();
    let (folder, table) = (desk.path("all/data"), desk.path("all/data/moons.csv"));
    for read in [&folder, &table] {
        for out in ["all/data", "all", "all/data/../../all"] {
            let output = build(read, &desk.path(out), &["--force"]);
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(3), "{said}");
            assert!(said.contains("has the dataset in it"), "{said}");
        }
    }
    assert!(dataset.join("moons.csv").is_file());
    // Beside it, or within it, is another folder.
    builds(&folder, &desk.path("all/site"), &[]);
    builds(&table, &desk.path("all/data/site"), &[]);
}

#[test]
fn a_place_that_cant_be_written_is_told() {
    let desk = Desk::new("place");
    fs::write(desk.0.join("file"), "").unwrap();
    let output = build("tests/datasets/good", &desk.path("file/site"), &[]);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("can't be written"), "{said}");
}

#[test]
fn a_damaged_engine_is_refused() {
    let desk = Desk::new("engine");
    let whole = fs::read(ENGINE).unwrap_or_else(|it| panic!("{ENGINE}: {it}; run `make dist`"));
    let file = desk.path("engine");
    let refuses = |bytes: &[u8], why: &str| {
        fs::write(&file, bytes).unwrap();
        let said = ends(
            4,
            &[
                "build",
                "tests/datasets/good",
                "-o",
                &desk.path("site"),
                "--engine",
                &file,
            ],
        );
        assert!(said.contains(why), "{said}");
    };
    refuses(b"", "isn't an engine");
    refuses(b"<html>\n", "isn't an engine");
    refuses(&whole[..whole.len() - 1], "isn't whole");
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    refuses(&flipped, "isn't whole");
    let end = whole.iter().position(|it| *it == b'\n').unwrap();
    let line = std::str::from_utf8(&whole[..end]).unwrap();
    let version = line.split(' ').nth(1).unwrap();
    let other = line.replace(version, "0.0.1-ABCD");
    refuses(
        &[other.as_bytes(), &whole[end..]].concat(),
        "belongs to version 0.0.1-ABCD",
    );
    assert_eq!(desk.names(), ["engine"]);
}

#[test]
fn without_an_engine_the_command_tells_how_to_get_one() {
    // Tests are built without one.
    let desk = Desk::new("without");
    let said = ends(
        4,
        &["build", "tests/datasets/good", "-o", &desk.path("site")],
    );
    assert!(said.contains("make command") && said.contains("--engine"));
}

#[test]
fn a_table_becomes_a_dataset_that_builds() {
    for (ending, n, facets) in [
        (
            "csv",
            6,
            ["Town", "Opened", "Length", "Toll", "Kinds", "Seen"].as_slice(),
        ),
        ("json", 4, &["Town", "Length"]),
        ("xlsx", 4, &["Town", "Opened", "Length", "Toll"]),
    ] {
        let desk = Desk::new(&format!("import-{ending}"));
        let (dataset, out) = (desk.path("bridges"), desk.path("site"));
        let raw = format!("tests/datasets/tables/bridges.{ending}");
        let said = json(0, &["import", &raw, "-o", &dataset, "--json"]);
        assert_eq!(said["rows"], n);
        assert_eq!(said["columns"]["name"], "Name");
        assert_eq!(said["columns"]["link"], "Web page");
        let found: Vec<&str> = said["facets"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["column"].as_str().unwrap())
            .collect();
        assert_eq!(found, facets, "{ending}");
        // The raw file is beside what was made of it.
        let copy = fs::read(desk.0.join(format!("bridges/bridges.{ending}"))).unwrap();
        assert!(copy == fs::read(&raw).unwrap());
        assert_eq!(json(0, &["check", &dataset, "--json"])["subjects"], n);
        builds(&dataset, &out, &[]);
        let files = files(Path::new(&out));
        for path in contracts("old-stone-bridge") {
            assert!(files.contains_key(&path), "{ending}: {path}");
        }
        let record = String::from_utf8(files["subject/old-stone-bridge.html"].clone()).unwrap();
        assert!(record.contains("href=\"https://example.org/bridges/old-stone\""));
        assert!(!record.contains("<b>"));
    }
}

#[test]
fn a_spreadsheets_days_and_numbers_are_as_people_see_them() {
    let desk = Desk::new("cells");
    let dataset = desk.path("bridges");
    ends(
        0,
        &[
            "import",
            "tests/datasets/tables/bridges.xlsx",
            "-o",
            &dataset,
        ],
    );
    assert_eq!(
        fs::read_to_string(desk.0.join("bridges/rows.csv")).unwrap(),
        "Name,Web page,Town,Opened,Length,Toll\r\n\
         Old Stone Bridge,https://example.org/bridges/old-stone,Ashfield,2023-03-15,120,no\r\n\
         Castle Bridge,https://example.org/bridges/castle,Ashfield,2023-04-15,80.5,no\r\n\
         \"Harbour Crossing; toll\",https://example.org/bridges/harbour,Brookside,2023-05-16,640,yes\r\n\
         \"Mill Lane, footbridge\",https://example.org/bridges/mill-lane,Brookside,2023-06-16,24,no\r\n"
    );
    let said = ends(
        2,
        &[
            "import",
            "tests/datasets/tables/bridges.xlsx",
            "-o",
            &desk.path("other"),
            "--sheet",
            "Tunnels",
        ],
    );
    assert!(said.contains("Notes, Bridges"), "{said}");
}

#[test]
fn times_and_durations_are_as_people_see_them() {
    let desk = Desk::new("times");
    let rows = |ride: &str| {
        format!(
            "Name,Opens,Ride,Last,Seen\r\n\
             Castle,09:30,30:00,2019-01-03 13:45,2019-01-03\r\n\
             Mill,00:00,{ride},2019-01-04 00:30,2019-01-04\r\n\
             Night,23:59,30:00,2019-01-03 23:59,2019-01-03\r\n"
        )
    };
    // An OpenDocument file doesn't tell a duration from a time.
    for (ending, ride) in [("xlsx", "0:05"), ("ods", "00:05")] {
        let dataset = desk.path(ending);
        ends(
            0,
            &[
                "import",
                &format!("tests/datasets/tables/times.{ending}"),
                "-o",
                &dataset,
            ],
        );
        let made = fs::read_to_string(desk.0.join(format!("{ending}/rows.csv"))).unwrap();
        assert_eq!(made, rows(ride), "{ending}");
    }
}

/// Imports a spreadsheet of tests/datasets/tables: what is said of it, and the rows that are made.
#[track_caller]
fn of_sheet(name: &str) -> (String, String) {
    let desk = Desk::new(&format!("sheet-{}", name.replace('.', "-")));
    let dataset = desk.path("made");
    let file = format!("tests/datasets/tables/{name}");
    let said = ends(0, &["import", &file, "-o", &dataset]);
    let rows = fs::read_to_string(desk.0.join("made/rows.csv")).unwrap();
    (said, rows)
}

#[test]
fn what_a_spreadsheet_shows_is_kept_or_told() {
    let (said, rows) = of_sheet("shown.xlsx");
    assert_eq!(
        rows,
        "Name,Turnout,Code,Cost,Length,Sum,Rank,Half\r\n\
         Ashfield,42.6%,02134,1234.5,12,0.3,,29%\r\n\
         Brookside,100.0%,10001,99,3.5,0.0000001,,-50%\r\n\
         Castle,0.0%,00007,,0.5,1000000000000000000000,,0.1\r\n"
    );
    for note in [
        "the sheet “Towns” was taken; the others are “Notes”, “Old”, and --sheet takes one of them",
        "Name: 2 cells have an address behind the words, the first in row 3 (https://example.org/ashfield); it isn't kept.",
        "Turnout: 3 cells are shown as percentages, the first in row 3 (42.6%), and kept so.",
        "Cost: 2 cells show “$” beside the number, the first in row 3; the number is kept, and that isn't",
        "Length: 3 cells show “km” beside the number, the first in row 3;",
        "Rank: 2 cells have an error, the first in row 3 (#N/A); here they are empty",
        "Rank: 1 cell has a formula whose result isn't in the file, in row 4; here it is empty.",
    ] {
        assert!(said.contains(&format!("\n{note}")), "{note}\n{said}");
    }
    for column in ["Sum", "Code", "column"] {
        assert!(!said.contains(&format!("\n{column}: ")), "{said}");
    }
    // Of other files the library knows less.
    let (said, rows) = of_sheet("shown.ods");
    assert_eq!(
        rows,
        "Name,Turnout,Rank\r\nAshfield,0.426,\r\nBrookside,0.3,first\r\n"
    );
    for note in [
        "Name: 1 cell has an address behind the words, in row 2 (https://example.org/ashfield);",
        "Rank: 1 cell has an error, in row 2 (#N/A); here it is empty",
        "how a .ods shows its numbers isn't known: a percentage is written as 0.426",
    ] {
        assert!(said.contains(&format!("\n{note}")), "{note}\n{said}");
    }
    assert!(said.contains("Compare Turnout (row 2: 0.426)."), "{said}");
    assert!(!said.contains("--sheet"), "{said}");
}

#[test]
fn machines_are_told_which_sheet_was_taken() {
    let desk = Desk::new("taken");
    let file = "tests/datasets/tables/bridges.xlsx";
    let said = json(0, &["import", file, "-o", &desk.path("made"), "--json"]);
    assert_eq!(said["sheet"], "Bridges");
    assert_eq!(
        said["notes"][0],
        "the sheet “Bridges” was taken; the other is “Notes”, and --sheet takes it"
    );
}

/// Imports a table with these rows, which must end with this code, and gives what it says and the
/// `dataset.toml` that it wrote.
#[track_caller]
fn imports(code: i32, name: &str, rows: &str, more: &[&str]) -> (String, String) {
    let desk = Desk::new(&format!("imports-{}", name.replace('.', "-")));
    let (file, dataset) = (desk.path(name), desk.path("made"));
    fs::write(&file, rows).unwrap();
    let said = ends(code, &[&["import", &file, "-o", &dataset], more].concat());
    let toml = fs::read_to_string(desk.0.join("made/dataset.toml")).unwrap_or_default();
    (said, toml)
}

#[test]
fn a_bad_cell_that_changes_what_a_column_is_is_told() {
    let rows = "Name,Link,Opened\nA,https://example.org/a,2019-01-03\nB,https://example.org/b,2019-02-03\n\
                C,see the notes,soon\nD,https://example.org/d,2019\n";
    let (said, _) = imports(0, "bad.csv", rows, &[]);
    for note in [
        "\nLink: 1 of 4 cells isn't an address, so it is taken for text\n",
        "\nOpened: 1 of 4 cells isn't a date, so it is taken for text\n",
    ] {
        assert!(said.contains(note), "{said}");
    }
    let (said, _) = imports(0, "one.csv", "Name,Link\nA,https://example.org/a\n", &[]);
    assert!(
        said.contains("(1 row)") && !said.contains("isn't"),
        "{said}"
    );
}

#[test]
fn findings_that_are_written_in_several_ways_are_one() {
    let rows = "Name,Verdict\nA,True\nB,true\nC,n/a\nD,N/A\nE,n a\n";
    let (_, toml) = imports(0, "ways.csv", rows, &[]);
    let ids: Vec<&str> = toml.lines().filter(|it| it.starts_with("id = ")).collect();
    assert_eq!(ids, ["id = \"true\"", "id = \"n-a\"", "id = \"n-a-2\""]);
    assert!(
        !toml.lines().any(|it| it.starts_with("definition")),
        "{toml}"
    );
}

#[test]
fn what_is_guessed_passes_the_check() {
    for (name, rows, lacks) in [
        (
            "blank.csv",
            "Name,Rating\nA,Good\nB,\nC,Bad\n",
            "\nfinding = ",
        ),
        (
            "partly.csv",
            "Name,Rating,Date\nA,Good,2017-10\nB,Bad,2017-11-02\n",
            "\nfinding = ",
        ),
        (
            "money.csv",
            "Name,Money\nA,$3 million\nB,$4 million\n",
            "id = \"money\"",
        ),
    ] {
        let (_, toml) = imports(0, name, rows, &["-y"]);
        assert!(!toml.contains(lacks), "{name}: {toml}");
    }
    let rows = "Name,Rating,Date\nA,Good,2017-10-03\nB,Bad,2017-11-02\n";
    let (_, toml) = imports(0, "whole.csv", rows, &["-y"]);
    assert!(toml.contains("finding = \"Rating\""), "{toml}");
}

#[test]
fn flags_that_cant_be_followed_are_told() {
    let rows = "Name,A,B\nX,1,2\nY,3,4\n";
    for (more, why) in [
        (
            ["--latitude", "A"].as_slice(),
            "--latitude: latitude and longitude are only understood together",
        ),
        (
            &["--longitude", "B"],
            "--longitude: latitude and longitude are only understood together",
        ),
        (
            &["--sheet", "One"],
            "isn't a spreadsheet, and has no sheets",
        ),
        (
            &["--facet", "A", "--facet", "a:number"],
            "--facet A is said twice",
        ),
        (&["--field", "A", "--field", "A"], "--field A is said twice"),
    ] {
        let (said, _) = imports(2, "flags.csv", rows, more);
        assert!(said.contains(why), "{said}");
    }
    imports(
        0,
        "both.csv",
        rows,
        &["--latitude", "A", "--longitude", "B"],
    );
    let (said, _) = imports(1, "none.json", "[]", &[]);
    assert!(said.contains("none.json has no rows"), "{said}");
}

#[test]
fn what_isnt_a_dataset_is_told_once() {
    let desk = Desk::new("no-dataset");
    let said = ends(1, &["check", "tests/datasets/tables/bridges.xlsx"]);
    assert_eq!(
        said,
        "tests/datasets/tables/bridges.xlsx: this is a spreadsheet; `fact-explorer import \
         tests/datasets/tables/bridges.xlsx` makes a dataset of it\n"
    );
    for name in ["rows.tsv", "notes.txt"] {
        let file = desk.path(name);
        fs::write(&file, "name\nA\n").unwrap();
        let said = ends(1, &["check", &file]);
        assert!(
            said.contains("a dataset is a folder with dataset.toml"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn what_is_wrong_with_a_sheet_names_it() {
    let desk = Desk::new("sheet");
    let said = ends(
        1,
        &[
            "import",
            "tests/datasets/tables/twice.xlsx",
            "-o",
            &desk.path("out"),
        ],
    );
    assert_eq!(
        said,
        "tests/datasets/tables/twice.xlsx, sheet “Towns”: columns 2 and 3 are both called “Town” \
         [column-unique]\n"
    );
}

#[test]
fn what_is_told_of_columns_counts_and_the_rest_is_guessed() {
    let desk = Desk::new("told");
    let raw = "tests/datasets/tables/bridges.csv";
    let said = json(
        0,
        &[
            "import",
            raw,
            "-o",
            &desk.path("a"),
            "--json",
            "--date",
            "Seen",
            "--place",
            "town",
            "--finding",
            "-",
            "--facet",
            "Verdict",
            "--facet",
            "Opened:date",
            "--field",
            "Length",
        ],
    );
    assert_eq!(
        said["columns"],
        serde_json::json!({"date": "Seen", "link": "Web page", "name": "Name", "place": "Town"})
    );
    assert_eq!(
        said["facets"],
        serde_json::json!([
            {"column": "Verdict", "type": "category"}, {"column": "Opened", "type": "date"},
        ])
    );
    assert_eq!(said["fields"], serde_json::json!(["Length"]));
    for (more, why) in [
        (["--link", "Address"], "no column “Address”"),
        (["--facet", "Town:town"], "“town” is no type"),
        (["--name", "-"], "needs a name"),
    ] {
        let said = ends(
            2,
            &[&["import", raw, "-o", &desk.path("b")], more.as_slice()].concat(),
        );
        assert!(said.contains(why), "{said}");
    }
    assert_eq!(desk.names(), ["a"]);
}

/// A terminal with the command in it, which must answer within some seconds.
#[cfg(unix)]
fn terminal(arguments: &[&str]) -> rexpect::session::PtySession {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fact-explorer"));
    command.args(arguments).env("NO_COLOR", "1");
    rexpect::session::spawn_command(command, Some(30_000)).unwrap()
}

#[cfg(unix)]
#[test]
fn on_a_terminal_what_isnt_told_is_asked_for() {
    let desk = Desk::new("asked");
    let dataset = desk.path("bridges");
    let raw = "tests/datasets/tables/bridges.csv";
    let mut terminal = terminal(&["import", raw, "-o", &dataset, "--link", "Web page"]);
    for words in [
        "The columns are:",
        " 3  Town  (Ashfield)",
        "Enter takes what is in brackets, and - is for none.",
    ] {
        terminal.exp_string(words).unwrap();
    }
    for (question, answer) in [
        // What is guessed, by Enter; another by its number or its name; none.
        ("Which is the name? [Name] ", "-"),
        ("Every entry has a name.", ""),
        ("Which is the id? [-] ", ""),
        ("Which is the place? [-] ", "3"),
        ("Which is the summary? [-] ", "Bridge"),
        ("There is no such column.", ""),
        ("Which is the finding? [Verdict] ", "-"),
        ("Which is the date? [-] ", "12"),
        ("There is no such column.", "Seen"),
        ("Which is the source? [-] ", ""),
    ] {
        let before = terminal.exp_string(question).unwrap();
        // What was told by a flag isn't asked for.
        assert!(!before.contains("link?"), "{before}");
        terminal.send_line(answer).unwrap();
    }
    let said = terminal.exp_eof().unwrap();
    assert!(said.contains("the dataset is there (6 rows)"), "{said}");
    assert!(
        said.contains("place     Town") && said.contains("date      Seen"),
        "{said}"
    );
    let status = terminal.process().wait().unwrap();
    assert_eq!(
        format!("{status:?}").split(", ").last(),
        Some("0)"),
        "{status:?}"
    );
    let toml = fs::read_to_string(desk.0.join("bridges/dataset.toml")).unwrap();
    for line in [
        "name = \"Name\"",
        "link = \"Web page\"",
        "place = \"Town\"",
        "date = \"Seen\"",
    ] {
        assert!(toml.lines().any(|it| it == line), "{line}\n{toml}");
    }
    // What else there is stands there as a comment.
    let is_set = |it: &str| it.starts_with("finding =") || it.starts_with("summary =");
    assert!(!toml.lines().any(is_set), "{toml}");
    assert_eq!(json(0, &["check", &dataset, "--json"])["subjects"], 6);
}

#[cfg(unix)]
#[test]
fn on_a_terminal_nothing_is_asked_where_that_isnt_wanted() {
    let desk = Desk::new("unasked");
    let raw = "tests/datasets/tables/bridges.csv";
    for flag in ["--yes", "--json"] {
        let dataset = desk.path(flag);
        let mut terminal = terminal(&["import", raw, "-o", &dataset, flag]);
        let said = terminal.exp_eof().unwrap();
        assert!(!said.contains('?'), "{said}");
        assert!(Path::new(&dataset).join("dataset.toml").is_file());
    }
}

#[cfg(unix)]
#[test]
fn whoever_is_asked_may_end_an_answer_or_go_away() {
    let desk = Desk::new("closed");
    let dataset = desk.path("bridges");
    let raw = "tests/datasets/tables/bridges.csv";
    let mut terminal = terminal(&["import", raw, "-o", &dataset]);
    terminal.exp_string("Which is the name? [Name] ").unwrap();
    // The end of what is typed.
    terminal.send_control('d').unwrap();
    terminal.exp_string("Which is the id? [-] ").unwrap();
    terminal.send_line("").unwrap();
    terminal
        .exp_string("Which is the link? [Web page] ")
        .unwrap();
    // The one who was asked goes away in the middle: nothing half-written stays.
    drop(terminal);
    assert_eq!(desk.names(), Vec::<String>::new());
}

#[test]
fn broken_tables_are_told_and_leave_nothing() {
    let desk = Desk::new("broken");
    for (name, bytes) in [
        ("empty.csv", b"".as_slice()),
        ("nul.csv", b"name\na\0b\n"),
        ("utf-16.csv", b"\xff\xfen\0a\0m\0e\0\n\0x\0"),
        ("not.json", b"{\"name\": "),
        ("text.xlsx", b"not a spreadsheet"),
        ("words.docx", b"words"),
    ] {
        let file = desk.path(name);
        fs::write(&file, bytes).unwrap();
        let said = json(1, &["import", &file, "-o", &desk.path("out"), "--json"]);
        let problems = said["problems"].as_array().unwrap();
        let message = said["message"].as_str().unwrap();
        assert!(!problems.is_empty() || !message.is_empty(), "{name}");
        fs::remove_file(&file).unwrap();
        assert_eq!(desk.names(), Vec::<String>::new(), "{name}");
    }
    assert_eq!(json(1, &["import", "nowhere.csv", "--json"])["code"], 1);
}

#[test]
fn check_tells_every_problem_to_people_and_to_machines() {
    let said = json(1, &["check", "tests/datasets/broken", "--json"]);
    let problems = said["problems"].as_array().unwrap();
    assert!(problems.len() > 10);
    for field in ["file", "rule", "message"] {
        assert!(problems.iter().all(|it| it[field].is_string()), "{field}");
    }
    for field in ["line", "column"] {
        assert!(
            problems.iter().all(|it| it[field].as_u64() > Some(0)),
            "{field}"
        );
    }
    let said = ends(1, &["check", "tests/datasets/broken"]);
    let first = &problems[0];
    let place = format!(
        "{}:{}:{}",
        first["file"].as_str().unwrap(),
        first["line"],
        first["column"]
    );
    assert!(said.contains(&place), "{place}\n{said}");
    assert!(ends(1, &["check", "nowhere"]).contains("fact-explorer new nowhere"));
}

#[test]
fn check_tells_what_may_not_be_meant_and_ends_well() {
    let desk = Desk::new("doubts");
    let file = desk.path("a.csv");
    fs::write(&file, "name,date\nA,2204-09-09\n").unwrap();
    let note = "a.csv, row 2: the date is 2204-09-09, which is still to come";
    let said = ends(0, &["check", &file]);
    assert!(
        said.ends_with(&format!(
            "nothing is wrong (1 entry)\nPerhaps not as it is meant:\n  {note}\n"
        )),
        "{said}"
    );
    assert_eq!(
        json(0, &["check", &file, "--json"])["notes"],
        serde_json::json!([note])
    );
}

#[test]
fn wrong_usage_has_a_code_of_its_own() {
    for arguments in [
        [].as_slice(),
        &["publish"],
        &["build", "data/section-1373"],
        &["check", "--everything"],
        &["serve", "dist", "--port", "eighty"],
        &["completions", "basic"],
        &["build", "x", "-o", "y", "--site", "example.org"],
    ] {
        ends(2, arguments);
    }
    assert!(ends(0, &["--version"]).starts_with("fact-explorer "));
    for task in ["new", "check", "build", "import", "serve", "completions"] {
        let help = ends(0, &[task, "--help"]);
        assert!(help.contains("Exit codes:"), "{task}");
        assert!(
            ends(0, &["--help"]).contains(&format!("\n  {task} ")),
            "{task}"
        );
    }
    assert!(!ends(0, &["--help"]).contains("prerender"));
}

#[test]
fn shells_get_their_words() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let words = ends(0, &["completions", shell]);
        assert!(
            words.contains("import") && words.contains("json"),
            "{shell}"
        );
    }
}

/// A server that ends with the test.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

#[test]
fn a_site_is_served_with_types_ranges_and_copies() {
    let mut serving = Command::new(env!("CARGO_BIN_EXE_fact-explorer"))
        .args(["serve", "dist", "--port", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .map(Serving)
        .unwrap();
    let mut line = String::new();
    BufReader::new(serving.0.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line.strip_prefix("http://").unwrap();
    let address = address.split_once('/').unwrap().0.to_owned();
    let ask = |path: &str, more: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{more}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        (head.to_lowercase(), answer[end + 4..].to_vec())
    };
    let has = |head: &str, line: &str| {
        assert!(head.lines().any(|it| it == line), "{line}\n{head}");
    };
    let (head, body) = ask("/", "");
    has(&head, "http/1.1 200 ok");
    has(&head, "content-type: text/html");
    has(&head, "cache-control: no-cache");
    assert!(body == fs::read("dist/index.html").unwrap());
    let entries = fs::read_dir("dist").unwrap().flatten();
    let names: Vec<String> = entries
        .map(|it| it.file_name().into_string().unwrap())
        .collect();
    for (ending, kind) in [
        (".wasm", "application/wasm"),
        (".js", "text/javascript"),
        (".css", "text/css"),
        (".pack", "application/octet-stream"),
        (".webmanifest", "application/manifest+json"),
    ] {
        let name = names.iter().find(|it| it.ends_with(ending)).unwrap();
        let (head, _) = ask(&format!("/{name}"), "");
        has(&head, &format!("content-type: {kind}"));
        has(&head, "access-control-allow-origin: *");
    }
    let is_wasm = |it: &&String| it.rsplit_once('.').is_some_and(|it| it.1 == "wasm");
    let wasm = names.iter().find(is_wasm).unwrap();
    let (head, body) = ask(&format!("/{wasm}"), "Accept-Encoding: br\r\n");
    has(&head, "content-encoding: br");
    has(&head, "content-type: application/wasm");
    has(&head, "cache-control: public, max-age=31536000, immutable");
    assert!(body == fs::read(format!("dist/{wasm}.br")).unwrap());
    let (head, body) = ask(&format!("/{wasm}"), "Range: bytes=8-15\r\n");
    has(&head, "http/1.1 206 partial content");
    assert!(body == fs::read(format!("dist/{wasm}")).unwrap()[8..16]);
    has(&ask("/nowhere.html", "").0, "http/1.1 404 not found");
    has(&ask("/../Cargo.toml", "").0, "http/1.1 404 not found");
    let (_, port) = address.split_once(':').unwrap();
    let said = ends(3, &["serve", "dist", "--port", port]);
    assert!(said.contains("--port 0"), "{said}");
    assert!(ends(1, &["serve", "tests"]).contains("there is no site"));
}

#[test]
fn what_a_killed_process_left_is_in_nobodys_way() {
    let desk = Desk::new("left");
    let place = desk.0.join("site");
    let left = format!(".site.part-{}-1", std::process::id());
    fs::create_dir(desk.0.join(&left)).unwrap();
    fs::write(desk.0.join(&left).join("half.html"), "half").unwrap();
    let write = |part: &Path| fs::write(part.join("a.html"), "whole");
    out::put(&place, May::Own, write).unwrap();
    assert_eq!(desk.names(), [left.as_str(), "site"]);
    assert!(desk.0.join(left).join("half.html").is_file());
}

/// The command with its standard output led to a file, or to nobody.
#[cfg(target_os = "linux")]
fn told_to(out: Stdio, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fact-explorer"));
    let output = command.args(arguments).stdin(Stdio::null()).stdout(out);
    let output = output.stderr(Stdio::piped()).spawn().unwrap();
    let output = output.wait_with_output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[cfg(target_os = "linux")]
#[test]
fn nobody_has_to_listen_but_a_full_disk_is_told() {
    let check = ["check", "tests/datasets/good", "--json"];
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(told_to(writer.into(), &check), (Some(0), String::new()));
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    for arguments in [&check[..], &check[..2], &["check", "nowhere", "--json"]] {
        let (code, said) = told_to(full().into(), arguments);
        assert_eq!(code, Some(3), "{arguments:?}: {said}");
        assert!(
            said.starts_with("the standard output can't be written to"),
            "{said}"
        );
    }
}
