use std::fs;
use std::path::{Path, PathBuf};

use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::files::Found;
use fact_explorer::dataset::model::{Dataset, FacetType, Subject};
use fact_explorer::dataset::pack::Step;
use fact_explorer::dataset::packing::split;
use fact_explorer::dataset::problem::{Problem, shown};
use fact_explorer::dataset::read::{folder, read};
use fact_explorer::dataset::rows::{self, Problems, Rows};
use fact_explorer::dataset::slug::{Ids, is_id, slug};
use fact_explorer::query::address::{decode, encode};
use fact_explorer::site::page::index;
use fact_explorer::site::{opened, packed};
use proptest::prelude::*;

/// A new folder with these files.
pub fn with_files(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("tables")
        .join(name);
    _ = fs::remove_dir_all(&path);
    fs::create_dir_all(path.join("subjects")).unwrap();
    fs::remove_dir(path.join("subjects")).unwrap();
    for (file, bytes) in files {
        if let Some(parent) = path.join(file).parent() {
            fs::create_dir_all(parent).unwrap();
        }
        fs::write(path.join(file), bytes).unwrap();
    }
    path
}

fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

fn good(path: &Path) -> Dataset {
    read(path).unwrap_or_else(|it| panic!("{}", lines(&it)))
}

fn bad(path: &Path) -> String {
    lines(&read(path).unwrap_err())
}

/// The facets, each with its type.
fn facets(dataset: &Dataset) -> Vec<(&str, FacetType)> {
    let facets = dataset.about.facet.iter();
    facets
        .map(|it| (it.id.get_ref().as_str(), it.kind))
        .collect()
}

fn subject<'a>(dataset: &'a Dataset, id: &str) -> &'a Subject {
    let ids: Vec<&str> = dataset.subjects.iter().map(|it| it.id.as_str()).collect();
    let found = dataset.subjects.iter().find(|it| it.id == id);
    found.unwrap_or_else(|| panic!("no {id} in {ids:?}"))
}

const MOONS: &str = "\
name,planet,url,found,radius_km,notes
Titan,Saturn,https://www.example.org/titan,1655-03-25,\"2,574.7\",\"A thick, orange haze\"
Rhea,Saturn,https://example.org/rhea,1672-12-23,763.8,
Io,Jupiter,https://example.org/io,1610-01-08,1821.6,\"It has \"\"volcanoes\"\"\"
Europa,Jupiter,,1610-01-08,1560.8,
";

#[test]
fn a_table_alone_is_a_dataset() {
    let path = with_files("alone", &[("moons_of-the sun.csv", MOONS.as_bytes())]);
    for path in [path.clone(), path.join("moons_of-the sun.csv")] {
        let dataset = good(&path);
        let is_table = path.is_file();
        let title = if is_table {
            "Moons of the sun"
        } else {
            "Alone"
        };
        assert_eq!(dataset.about.title, title);
        assert_eq!(dataset.about.id, slug(title));
        let ids: Vec<&str> = dataset.subjects.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["europa", "io", "rhea", "titan"]);
        assert_eq!(
            facets(&dataset),
            [
                ("planet", FacetType::Category),
                ("found", FacetType::Date),
                ("radius-km", FacetType::Number)
            ]
        );
        let fields: Vec<(&str, &str, bool)> = dataset
            .about
            .field
            .iter()
            .map(|it| (it.id.get_ref().as_str(), it.label.as_str(), it.on_card))
            .collect();
        assert_eq!(
            fields,
            [
                ("found", "Found", true),
                ("radius-km", "Radius km", true),
                ("notes", "Notes", false)
            ]
        );
        let titan = subject(&dataset, "titan");
        assert_eq!(titan.row, Some(2));
        assert_eq!(titan.values("planet"), ["saturn"]);
        assert_eq!(titan.values("found"), ["1655", "1655-03"]);
        let said: Vec<&str> = titan
            .fields
            .values()
            .map(|it| it.get_ref().as_str())
            .collect();
        assert_eq!(said, ["1655-03-25", "A thick, orange haze", "2,574.7"]);
        assert_eq!(titan.event.len(), 1);
        let event = &titan.event[0];
        assert_eq!(event.id.get_ref(), "titan-row");
        assert_eq!(event.kind.get_ref(), "");
        assert!(event.date.get_ref().is_unsaid());
        let source = dataset.source("titan").unwrap();
        assert!(source.is_of_row);
        assert_eq!(source.publisher, "example.org");
        assert_eq!(
            dataset.link(&event.cite.get_ref()[0]),
            "https://www.example.org/titan"
        );
        // A row without a link cites nothing.
        assert!(
            subject(&dataset, "europa").event[0]
                .cite
                .get_ref()
                .is_empty()
        );
        assert_eq!(dataset.sources.len(), 3);
        let io = subject(&dataset, "io");
        assert!(
            io.fields
                .values()
                .any(|it| it.get_ref() == "It has \"volcanoes\"")
        );
        assert!(dataset.about.snapshot.is_empty());
    }
    assert_eq!(folder(&path), path);
    assert_eq!(folder(&path.join("moons_of-the sun.csv")), path);
}

#[test]
fn the_smallest_dataset_is_a_name_and_a_link() {
    let csv = "\u{feff}name;link\r\nTitan;https://example.org/titan\r\n\r\n;;\r\nTitan;\r\n";
    let path = with_files("smallest", &[("a.csv", csv.as_bytes())]);
    let dataset = good(&path);
    let ids: Vec<&str> = dataset.subjects.iter().map(|it| it.id.as_str()).collect();
    // Of one name the second is told apart.
    assert_eq!(ids, ["titan", "titan-2"]);
    assert_eq!(dataset.subjects[1].row, Some(5));
    assert!(dataset.about.facet.is_empty() && dataset.about.field.is_empty());
}

/// Nobody asks as of a day where there is no scale of findings: a page of it has all that the data has, on
/// the day that it opens at, and no link names another.
#[test]
fn without_findings_every_row_is_told_whatever_is_known_of_its_date() {
    for (name, dates) in [
        ("months", ["2017-10", "2018-02", ""]),
        ("mixed", ["2017-10-12", "2018", "2016-03"]),
        ("days", ["2017-10-12", "2018-01-01", "2016-03-01"]),
        ("none", ["", "", ""]),
    ] {
        let mut csv = "name,date,summary\n".to_owned();
        for (number, date) in dates.iter().enumerate() {
            csv.push_str(&format!("{number},{date},It was seen.\n"));
        }
        let dataset = good(&with_files(name, &[("a.csv", csv.as_bytes())]));
        let whole = packed(&dataset).unwrap();
        for pack in [whole, opened(split(&dataset)).unwrap()] {
            let (first, last) = (pack.first_day(), pack.last_day());
            assert!(first <= last, "{name}: {first:?} to {last:?}");
            for (subject, date) in pack.subjects().zip(dates) {
                let step = subject.step_on(pack.default_day());
                assert_eq!(step.map(Step::summary), Some("It was seen."), "{name}");
                let asked = ["open=", subject.id()].concat();
                let selection = decode(pack, &asked);
                assert_eq!(encode(pack, &selection), asked, "{name}");
                // What has no date is no event.
                let n_events = usize::from(!date.is_empty());
                assert_eq!(subject.n_events_by(selection.as_of), n_events, "{name}");
                assert_eq!(subject.n_events(), n_events, "{name}");
            }
        }
        let page = index(&dataset, whole).explorer;
        assert!(!page.contains("as-of=") && !page.contains(", 0<"), "{page}");
    }
}

#[test]
fn json_is_read_as_csv_is() {
    let json = r#"[
      {"name": "Titan", "planet": "Saturn", "tags": ["haze", "lakes"], "radius": 2574.7, "inner": false},
      {"name": "Io", "planet": "Jupiter", "tags": "fire", "radius": null, "inner": true, "url": "https://example.org/io"},
      {"name": "Rhea", "planet": "Saturn", "tags": ["lakes", "fire"], "inner": false},
      {"name": "Europa\u00a0", "planet": "Jupiter", "tags": ["haze"], "radius": 1560, "inner": true}
    ]"#;
    let dataset = good(&with_files("json", &[("moons.json", json.as_bytes())]));
    assert_eq!(
        facets(&dataset),
        [
            ("planet", FacetType::Category),
            ("tags", FacetType::Categories),
            ("radius", FacetType::Number),
            ("inner", FacetType::YesNo)
        ]
    );
    let titan = subject(&dataset, "titan");
    assert_eq!(titan.values("tags"), ["haze", "lakes"]);
    assert_eq!(titan.values("inner"), ["no"]);
    assert_eq!(titan.values("radius"), ["2574p7"]);
    assert_eq!(titan.row, Some(1));
    assert_eq!(subject(&dataset, "europa").name.get_ref(), "Europa");
    assert!(subject(&dataset, "rhea").values("radius").is_empty());
    assert_eq!(dataset.sources.len(), 1);
}

/// What may be found of a moon.
pub const FINDINGS: &str = r#"
[[finding]]
id = "visited"
label = "Was visited"
tone = "blue"
shape = "check"
definition = "A craft has landed on it."
[[finding]]
id = "seen"
label = "Seen"
tone = "slate"
shape = "circle"
definition = "A craft has flown past it."
"#;

const ABOUT: &str = r#"
title = "Moons"
[table]
file = "moons.csv"
id = "code"
name = "moon"
place = "planet"
summary = "what"
link = "url"
source = "by"
finding = "state"
date = "on"
latitude = "lat"
longitude = "lon"
[[field]]
id = "mass"
label = "Mass"
column = "m"
[[facet]]
id = "planet"
label = "Planet"
values = [{ id = "mars", label = "Mars" }, { id = "saturn", label = "Saturn" }]
"#;

#[test]
fn a_table_is_told_by_dataset_toml_and_stands_beside_other_subjects() {
    let csv = "\
code,moon,planet,what,url,by,state,on,lat,lon,m
S-6,Titan,Saturn,It landed.,https://example.org/a,Survey,Was visited,2005-01-14,10.5,-20,1.3e23
S-5,Rhea,saturn,,,,seen,,,,
";
    let phobos = "name = \"Phobos\"\nfacets = { planet = [\"Mars\"] }\nfields = { mass = \"1e16\" }\n\
                  [[event]]\nid = \"p\"\ndate = \"2008-07-23\"\nkind = \"f\"\nfinding = \"seen\"\n\
                  summary = \"Seen.\"\ncite = [{ source = \"log\" }]\n";
    let sources = "[[source]]\nid = \"log\"\ntitle = \"Log\"\npublisher = \"S\"\n\
                   url = \"https://example.org/log\"\nkind = \"news\"\n";
    let about = [
        ABOUT,
        FINDINGS,
        "[[event-kind]]\nid = \"f\"\nlabel = \"Flight\"\n",
    ]
    .concat();
    let path = with_files(
        "told",
        &[
            ("dataset.toml", about.as_bytes()),
            ("moons.csv", csv.as_bytes()),
            ("sources.toml", sources.as_bytes()),
            ("subjects/phobos.toml", phobos.as_bytes()),
        ],
    );
    let dataset = good(&path);
    assert_eq!(dataset.about.id, "told");
    let ids: Vec<&str> = dataset.subjects.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["phobos", "s-5", "s-6"]);
    let titan = subject(&dataset, "s-6");
    assert_eq!(titan.coordinates, Some([10.5, -20.0]));
    assert_eq!(titan.place, "Saturn");
    assert_eq!(titan.values("planet"), ["saturn"]);
    assert_eq!(
        titan.event[0].finding.as_ref().unwrap().get_ref(),
        "visited"
    );
    assert_eq!(titan.event[0].summary, "It landed.");
    assert_eq!(dataset.source("s-6").unwrap().publisher, "Survey");
    // One of a table may have a finding without a day.
    let rhea = subject(&dataset, "s-5");
    assert_eq!(rhea.values("planet"), ["saturn"]);
    assert_eq!(rhea.event[0].finding.as_ref().unwrap().get_ref(), "seen");
    assert_eq!(subject(&dataset, "phobos").values("planet"), ["mars"]);
    // There are findings and dates, and no snapshot is listed.
    let snapshots: Vec<&str> = dataset
        .about
        .snapshot
        .iter()
        .map(|it| it.id.get_ref().as_str())
        .collect();
    assert_eq!(snapshots, ["latest"]);
}

#[test]
fn every_problem_of_a_table_names_its_row_and_column() {
    let csv = "\
code,moon,planet,what,url,by,state,on,lat,lon,m
S-6,Titan,Saturn,,javascript:alert(1),,visited,14/01/2005,1,,
S-6,Rhea,Satrn,,https://me:secret@example.org/,,sen,2005-13,91,0,
S-7,,Mars,,,,seen,,,,
S-8,\"Two
lines\",Mars,,https://exa mple.org/,,seen,2005-01,a,0,
S-9,Hidden\u{202e}moon,,,example.org/x,,,2005,,,
S-10,Long,Mars,,//example.org,,seen,03/04/2005,,,,,
";
    let about = [ABOUT, FINDINGS]
        .concat()
        .replace("\"by\"", "\"buy\"")
        .replace("\"m\"", "\"mass\"");
    let path = with_files(
        "named",
        &[
            ("dataset.toml", about.as_bytes()),
            ("moons.csv", csv.as_bytes()),
        ],
    );
    let expected = "\
dataset.toml:10:10: the table has no column “buy”; did you mean “by”? [column-exists]
dataset.toml:18:10: the table has no column “mass” for this field; its columns are “code”, “moon”, “planet”, “what”, “url”, “by”, “state”, “on”, “lat”, “lon”, “m” [column-exists]
moons.csv:2:19: row 2, column “url”: the link “javascript:alert(1)” isn't an http or https address [link]
moons.csv:2:48: row 2, column “on”: “14/01/2005” isn't a date; write it as 2005-01-14 [date]
moons.csv:2:59: row 2, column “lat”: latitude and longitude are only understood together [coordinates]
moons.csv:3:1: row 3, column “code”: the id “S-6” is used twice; row 2 has it, too [id-unique]
moons.csv:3:10: row 3, column “planet”: there is no value of “planet” called “Satrn”; did you mean “Saturn”? [facet-known]
moons.csv:3:17: row 3, column “url”: the link “https://me:secret@example.org/” has a name or a password in it; leave out what is before the @ [link]
moons.csv:3:49: row 3, column “state”: there is no finding “sen”; did you mean “seen”? [finding-known]
moons.csv:3:53: row 3, column “on”: “2005-13” isn't a date; write it as 2017-10-12, 2017-10 or 2017 [date]
moons.csv:3:61: row 3, column “lat”: 91 is more than 90 degrees [coordinates]
moons.csv:4:1: row 4: there is no name here [name]
moons.csv:6:14: row 5, column “url”: the link “https://exa mple.org/” has a blank in it; write the blank as %20 [link]
moons.csv:6:42: row 5, column “on”: an event that sets a finding needs its day, not just “2005-01” [finding-day]
moons.csv:6:50: row 5, column “lat”: “a” isn't a number; write degrees as 41.88 or -87.63 [number]
moons.csv:7:5: row 6, column “moon”: “Hidden\\u{202e}moon” has the hidden character U+202E; take it out [characters]
moons.csv:7:5: row 6: the facet “planet” has no value here [facet-filled]
moons.csv:7:19: row 6, column “url”: the link “example.org/x” isn't an http or https address; write it as https://example.org/x [link]
moons.csv:7:34: row 6, column “state”: there is no finding here, so the card would never show [finding-set]
moons.csv:8:1: row 7: there are 13 cells here, and 11 cells in the first row; a cell that has the separator in it is put in quotes: \"Portland, Oregon\" [row-length]";
    assert_eq!(bad(&path), expected);
    let problems = read(&path).unwrap_err();
    let link = problems.iter().find(|it| it.rule == "link").unwrap();
    assert_eq!(link.length, "javascript:alert(1)".len());
    assert_eq!(link.help, None);
}

#[test]
fn files_that_are_not_what_they_should_be_are_told_apart() {
    let utf16: Vec<u8> = "name\nCafé\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let bom: Vec<u8> = [vec![0xff, 0xfe], utf16.clone()].concat();
    let save = "save it as UTF-8; in a spreadsheet, as “CSV UTF-8”";
    let cases: [(&str, &[u8], String); 14] = [
        ("utf16", &utf16, format!("1:1: this file is UTF-16, not UTF-8; {save} [encoding]")),
        ("bom", &bom, format!("1:1: this file is UTF-16, not UTF-8; {save} [encoding]")),
        (
            "latin",
            b"name\nTitan\nCaf\xe9\n",
            format!("3:4: this file isn't UTF-8: line 3 has the byte E9; it looks like Latin-1 (ISO 8859-1), where it would be “é”; {save} [encoding]"),
        ),
        (
            "windows",
            b"name\n\x93Titan\x94\n",
            format!("2:1: this file isn't UTF-8: line 2 has the byte 93; it looks like Windows-1252; {save} [encoding]"),
        ),
        (
            "cut",
            b"name\nCaf\xc3",
            "2:4: this file ends in the middle of a letter; perhaps it was cut off: get the whole file [encoding]".to_owned(),
        ),
        (
            "nul",
            b"name\nTi\0tan\n",
            "2:3: there is a NUL here, which no text has; take it out; perhaps the file is damaged, or isn't text [encoding]".to_owned(),
        ),
        (
            "workbook",
            b"PK\x03\x04\x14\0\x06\0",
            "1:1: this is a workbook or a packed file, not text; save the sheet as “CSV UTF-8” [encoding]".to_owned(),
        ),
        (
            "empty",
            b"",
            "1:1: this table is empty; its first row names the columns, and each other one is an entry [not-empty]".to_owned(),
        ),
        ("rowless", b"name,link\n,\n", "1:1: this table has no rows [not-empty]".to_owned()),
        (
            "quote",
            b"name,link\n\"Titan,\nRhea,\n",
            "2:1: row 2, column “name”: a quotation mark opens a cell in this line, and none closes it; close it, or take it out; within a cell in quotes, a quotation mark is written twice [well-formed]".to_owned(),
        ),
        (
            "headers",
            b"name,a,a,,b\nTitan,1,2,3,4\n",
            "1:8: columns 2 and 3 are both called “a” [column-unique]\n1:10: column 4 has no name [column-named]".to_owned(),
        ),
        (
            "unnamed",
            b"name,,\nTitan,,3\n",
            "2:8: row 2: column 3 has no name in the first row [column-named]".to_owned(),
        ),
        (
            "reserved",
            b"id,name\nsources,Sources\n",
            "2:9: row 2: the page has a part of its own with the id “sources” [id-reserved]".to_owned(),
        ),
        (
            "ids",
            b"id,name\na,Sources\n,Titan\n",
            "3:1: row 3: there is no id here [name]".to_owned(),
        ),
    ];
    for (name, bytes, expected) in cases {
        let path = with_files(&format!("form-{name}"), &[("a.csv", bytes)]);
        let expected: Vec<String> = expected.lines().map(|it| format!("a.csv:{it}")).collect();
        assert_eq!(bad(&path), expected.join("\n"), "{name}");
    }
}

#[test]
fn json_that_is_no_table_is_told_apart() {
    let form = "a table in JSON is a list of objects, as in [{\"name\": \"Titan\", \"planet\": \"Saturn\"}]";
    for (name, json, expected) in [
        ("empty", " ", format!("1:1: this table is empty; {form} [not-empty]")),
        ("object", " {}", format!("1:2: this is an object, where a list is needed; {form} [well-formed]")),
        ("cut", "[{\"name\": 1", format!("1:11: this isn't JSON: EOF while parsing an object; {form} [well-formed]")),
        ("number", "[{\"name\": \"A\"}, 3]", format!("1:17: row 2: this isn't an object; {form} [well-formed]")),
        ("twice", "[{\"name\": \"A\", \"name\": \"B\"}]", "1:24: row 1, column “name”: this is said twice in one row [column-unique]".to_owned()),
        ("nested", "[{\"name\": \"A\", \"b\": [{}]}]", "1:21: row 1, column “b”: a list in a cell can only have texts and numbers [cell]".to_owned()),
        ("escape", "[{\"name\": \"A\", \"b\": \"\\ud800\"}]", "1:21: row 1, column “b”: this text has an escape that stands for no letter [cell]".to_owned()),
        ("nul", "[{\"name\": \"A\\u0000\"}]", "1:11: row 1, column “name”: “A\\u{0}” has the hidden character U+0000; take it out [characters]".to_owned()),
    ] {
        let path = with_files(&format!("json-{name}"), &[("a.json", json.as_bytes())]);
        assert_eq!(bad(&path), format!("a.json:{expected}"), "{name}");
    }
    let deep = "[".repeat(100_000);
    let path = with_files("json-deep", &[("a.json", deep.as_bytes())]);
    assert!(bad(&path).contains("[well-formed]"));
}

#[test]
fn what_is_no_dataset_is_told() {
    let missing = Path::new("tests/datasets/nowhere.csv");
    assert!(bad(missing).starts_with("nowhere.csv:1:1: this file can't be read: "));
    let two = with_files("two", &[("a.csv", b"name\nA\n"), ("b.json", b"[]")]);
    assert!(
        bad(&two)
            .contains("there are 2 tables here, and no dataset.toml that names one: a.csv, b.json"),
        "{}",
        bad(&two)
    );
    let folder = with_files("folder", &[("a.csv/x", b"")]);
    assert_eq!(
        bad(&folder),
        "a.csv:1:1: this is a folder, not a file [readable]"
    );
    for (file, message) in [
        (
            "../moons.csv",
            "a table is a .csv or .json file beside dataset.toml [table]",
        ),
        (
            "/etc/passwd",
            "a table is a .csv or .json file beside dataset.toml [table]",
        ),
        (
            "moons.txt",
            "a table is a .csv or .json file beside dataset.toml [table]",
        ),
    ] {
        let about = format!("[table]\nfile = \"{file}\"\nname = \"name\"\n");
        let path = with_files("elsewhere", &[("dataset.toml", about.as_bytes())]);
        assert_eq!(bad(&path), format!("dataset.toml:2:8: {message}"));
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_or_nowhere_are_told() {
    let path = with_files("circle", &[]);
    std::os::unix::fs::symlink(path.join("dataset.toml"), path.join("dataset.toml")).unwrap();
    assert!(
        bad(&path).starts_with("dataset.toml:1:1: this file can't be read: "),
        "{}",
        bad(&path)
    );
    let path = with_files("device", &[]);
    std::os::unix::fs::symlink("/dev/zero", path.join("a.csv")).unwrap();
    assert_eq!(bad(&path), "a.csv:1:1: this isn't a file [readable]");
}

#[test]
fn a_huge_file_or_cell_is_refused() {
    use fact_explorer::dataset::files::LARGEST;
    let path = with_files("huge", &[]);
    // A file with a hole takes no room.
    let file = fs::File::create(path.join("a.csv")).unwrap();
    file.set_len(LARGEST + 1).unwrap();
    assert_eq!(
        bad(&path),
        "a.csv:1:1: this file is too large: at most 768 MB are read [readable]"
    );
    let cell = "x".repeat(10_000_000);
    let csv = format!("name,notes\nTitan,{cell}\n{cell},\n");
    let path = with_files("cell", &[("a.csv", csv.as_bytes())]);
    let problems = read(&path).unwrap_err();
    assert_eq!(
        lines(&problems),
        "a.csv:2:7: row 2, column “notes”: this has 10000000 characters, and at most 100000 are read [length]\n\
         a.csv:3:1: row 3, column “name”: this has 10000000 characters, and at most 500 are read [length]"
    );
    // What is shown of the line stays short.
    assert!(problems.iter().all(|it| it.excerpt.chars().count() <= 300));
}

#[test]
fn one_broken_file_does_not_hide_the_problems_of_another() {
    let about = "[table]\nfile = \"a.csv\"\nname = \"name\"\nmap = 1\n";
    let sources =
        "[[source]]\nid = \"A\"\ntitle = \"\"\npublisher = \"\"\nurl = \"x\"\nkind = \"news\"\n";
    let subject = "name = \"Titan\"\n[[event]]\nid = \"t\"\ndate = \"x\"\nkind = \"none\"\n\
                   summary = \"\"\ncite = [{ source = \"none\" }]\n";
    let path = with_files(
        "both",
        &[
            ("dataset.toml", about.as_bytes()),
            ("sources.toml", sources.as_bytes()),
            ("subjects/titan.toml", subject.as_bytes()),
            ("subjects/rhea.toml", b"name = "),
        ],
    );
    let told = bad(&path);
    let expected = [
        "dataset.toml:4:1: unknown field `map`",
        "[id-form]",
        "[link]",
        "subjects/rhea.toml:1:",
        "subjects/titan.toml:4:8: “x” isn't a date",
        "subjects/titan.toml:7:20: there is no source “none” [source-exists]",
    ];
    for expected in expected {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
    // What the unreadable file would have defined isn't missing.
    assert!(!told.contains("[event-kind]"), "{told}");
}

#[test]
fn of_many_problems_the_rarer_ones_are_shown() {
    let mut csv = "name,link\n".to_owned();
    for number in 0..1000 {
        csv.push_str(&format!("Moon {number},ftp://example.org/\n"));
    }
    csv.push_str(",https://example.org/\n");
    let path = with_files("many", &[("a.csv", csv.as_bytes())]);
    let problems = read(&path).unwrap_err();
    assert_eq!(problems.len(), 1001);
    // Of one column three, with how many more there are.
    let (those, rest) = shown(&problems);
    assert_eq!((those.len(), rest), (4, 0));
    let more: Vec<usize> = those.iter().map(|it| it.n_more).collect();
    assert_eq!(more, [0, 0, 997, 0]);
    assert_eq!(those[3].problem.rule, "name");
    // Those of no column are like each other by their rule alone.
    let nowhere: Vec<Problem> = problems
        .into_iter()
        .map(|it| Problem {
            of_column: None,
            ..it
        })
        .collect();
    let (those, rest) = shown(&nowhere);
    assert_eq!((those.len(), rest), (200, 801));
    assert_eq!(those.last().unwrap().problem.rule, "name");
    assert_eq!(those[198].problem.line, 200);
}

#[test]
fn what_dataset_toml_says_of_facets_and_fields_is_checked() {
    let about = "\
[[facet]]
id = \"a\"
label = \"A\"
breaks = [2, 1]
[[facet]]
id = \"b\"
label = \"B\u{202e}\"
type = \"number\"
breaks = [2, 2]
[[facet]]
id = \"c\"
label = \"C\"
type = \"yes-no\"
values = [{ id = \"maybe\", label = \"Perhaps\" }]
[[field]]
id = \"mass\"
label = \"Mass\"
";
    let subject = "name = \"Titan\\u0007\"\nfacets = { b = [\"1\"], c = [\"maybe\", \"yes\"] }\n\
                   fields = { mas = \"1\" }\n";
    let path = with_files(
        "facets",
        &[
            ("dataset.toml", about.as_bytes()),
            ("subjects/titan.toml", subject.as_bytes()),
        ],
    );
    assert_eq!(
        bad(&path),
        "\
dataset.toml:2:6: no entry has a value of this facet [facet-values]
dataset.toml:4:10: breaks are numbers, each larger than the one before [breaks]
dataset.toml:4:10: only a facet of type number has breaks [breaks]
dataset.toml:6:6: “B\\u{202e}” has the hidden character U+202E; take it out [characters]
dataset.toml:9:10: breaks are numbers, each larger than the one before [breaks]
dataset.toml:14:18: the values of this facet are yes and no, and not “maybe” [yes-no]
subjects/titan.toml:1:8: “Titan\\u{7}” has the hidden character U+0007; take it out [characters]
subjects/titan.toml:2:28: “maybe” is neither yes nor no; write it as yes or no [yes-no]
subjects/titan.toml:2:37: there is no value of “c” called “yes” [facet-known]
subjects/titan.toml:3:12: there is no field “mas”; did you mean “mass”? [field-known]"
    );
    let empty = with_files("subjectless", &[("dataset.toml", b"title = \"Moons\"\n")]);
    assert_eq!(
        bad(&empty),
        "dataset.toml:1:1: a dataset needs at least one entry [not-empty]"
    );
}

/// The problems of a dataset with this `dataset.toml`, one row and these other files, without those that it has
/// without the other files.
fn about(name: &str, about: &str, files: &[(&str, &str)]) -> String {
    let about = format!("{about}\n[table]\nfile = \"rows.csv\"\nname = \"name\"\n");
    let files = files.iter().map(|(path, text)| (*path, text.as_bytes()));
    let own: [(&str, &[u8]); 2] = [
        ("dataset.toml", about.as_bytes()),
        ("rows.csv", b"name\nTitan\n"),
    ];
    let path = with_files(name, &own.into_iter().chain(files).collect::<Vec<_>>());
    read(&path).map_or_else(|it| lines(&it), |_| String::new())
}

#[test]
fn a_block_in_the_wrong_file_is_told() {
    for (file, block, expected) in [
        (
            "timeline.toml",
            "correction",
            "this file is a list of [[event]], and has no “correction”; [[correction]] stands in corrections.toml",
        ),
        (
            "sources.toml",
            "event",
            "this file is a list of [[source]], and has no “event”; [[event]] stands in timeline.toml",
        ),
        (
            "corrections.toml",
            "disagreement",
            "this file is a list of [[correction]], and has no “disagreement”; [[disagreement]] stands in disagreements.toml",
        ),
        (
            "sources.toml",
            "sources",
            "this file is a list of [[source]], and has no “sources”; did you mean [[source]]?",
        ),
        (
            "cases.toml",
            "finding",
            "this file is a list of [[case]], and has no “finding”",
        ),
    ] {
        let text = format!("[[{block}]]\nid = \"a\"\n");
        let told = about("wrong-file", "", &[(file, &text)]);
        assert_eq!(told, format!("{file}:1:3: {expected} [well-formed]"));
    }
}

#[test]
fn a_file_that_nothing_reads_is_told() {
    let other = "nothing reads a file of this name";
    for (file, help) in [
        ("correction.toml", "did you mean corrections.toml?"),
        ("Sources.toml", "did you mean sources.toml?"),
        ("sources.TOML", "did you mean sources.toml?"),
        ("subject/gamma.toml", "did you mean subjects/gamma.toml?"),
        ("subjects/gamma.TOML", "did you mean subjects/gamma.toml?"),
        (
            "netlify.toml",
            "those that are read are dataset.toml, sources.toml, timeline.toml, cases.toml, \
             disagreements.toml, corrections.toml, and subjects/<id>.toml",
        ),
    ] {
        let told = about("unread", "", &[(file, "name = \"Gamma\"\n")]);
        assert_eq!(told, format!("{file}:1:1: {other}; {help} [file-known]"));
    }
    // What is no part of the dataset may be there.
    for file in [
        ".taplo.toml",
        "README.md",
        "notes/plan.toml",
        "subjects/notes.txt",
        "extra.csv",
    ] {
        assert_eq!(about("beside", "", &[(file, "name = \"a\"\n")]), "");
    }
    let alone = with_files(
        "alone-toml",
        &[("a.csv", b"name\nA\n"), ("netlify.toml", b"")],
    );
    good(&alone);
    let alone = with_files(
        "alone-near",
        &[("a.csv", b"name\nA\n"), ("Dataset.toml", b"")],
    );
    assert!(
        bad(&alone).contains("did you mean dataset.toml?"),
        "{}",
        bad(&alone)
    );
}

#[test]
fn what_is_no_dataset_toml_is_told_in_plain_words() {
    for (text, expected) in [
        (
            "updated = 2026-01-19",
            "1:11: this is a date or a time, and a text in quotes is needed; write it in quotes: \"2026-01-19\"",
        ),
        (
            "title = 5",
            "1:9: this is a number, and a text in quotes is needed; write it in quotes: \"5\"",
        ),
        (
            "title = [\"a\"]",
            "1:9: this is a list, and a text in quotes is needed",
        ),
        (
            "noun = \"moon\"",
            "1:8: this is a text, and a table of names and values is needed; write it as { one = \"moon\", many = \"moons\" }",
        ),
        (
            "[finding]\nid = \"a\"",
            "1:1: there may be several of “finding”, and this begins the only one; write [[finding]], with two brackets on each side",
        ),
        (
            "[[method]]\ncollected = \"a\"",
            "1:1: “method” can be there only once, and this begins one of several; write [method], with one bracket on each side",
        ),
        (
            "[[facet]]\nid = \"a\"\nlabel = \"A\"\ntype = \"numbers\"",
            "4:8: this can't be “numbers”; did you mean “number”?",
        ),
        (
            "[[facet]]\nid = \"a\"\nlabel = \"A\"\ntype = \"colour\"",
            "4:8: this can't be “colour”; it is one of category, categories, number, date, place, yes-no",
        ),
        (
            "[[facet]]\nid = \"a\"\nlabel = \"A\"\nbreaks = [\"1\"]",
            "4:11: this is a text, and a number is needed; leave out the quotes",
        ),
        (
            "[[facet]]\nid = \"a\"\nlabel = \"A\"\nvalues = [\"x\"]",
            "4:11: this is a text, and a table of names and values is needed; write it as { id = \"ca\", label = \"California\" }",
        ),
        (
            "title = Moons",
            "1:9: a text stands in straight quotes; write it as \"Moons\"",
        ),
        (
            "title = “Moons”",
            "1:9: a text stands in straight quotes; write it as \"Moons\"",
        ),
        (
            "title: \"Moons\"",
            "1:8: there is no = here; a field is written as name = \"value\"",
        ),
        ("title = \"a\"\ntitle = \"b\"", "2:1: “title” is said twice"),
    ] {
        let path = with_files("plain-words", &[("dataset.toml", text.as_bytes())]);
        assert_eq!(bad(&path), format!("dataset.toml:{expected} [well-formed]"));
    }
    for (text, expected) in [
        (
            "coordinates = [1.0, 2.0, 3.0]",
            "2:15: this is a list of 3, and a list of two numbers is needed; write it as [41.88, -87.63]",
        ),
        (
            "policies = \"None\"",
            "2:12: this is a text, and a list in brackets is needed; write it in brackets: [\"None\"]",
        ),
        (
            "money = [{ amount = \"$1\", usd = -1, cite = [] }]",
            "2:33: this is a number, and a whole number, without a sign is needed",
        ),
    ] {
        let subject = format!("name = \"Titan\"\n{text}\n");
        let told = about("plain-subject", "", &[("subjects/titan-2.toml", &subject)]);
        assert_eq!(
            told,
            format!("subjects/titan-2.toml:{expected} [well-formed]")
        );
    }
}

#[test]
fn what_a_dataset_says_of_itself_is_checked() {
    let facet = "[[facet]]\nid = \"kind\"\ncolumn = \"name\"\n";
    for (text, expected) in [
        (
            "id = \"My Data\"",
            "1:6: the id “My Data” may only have a-z, 0-9 and hyphens between them; write it as my-data [id-form]",
        ),
        (
            "language = \"English\"",
            "1:12: “English” isn’t the tag of a language; write it as en, es or pt-BR (BCP 47) [language]",
        ),
        (
            "\ntitle = \"A\\u0007\"",
            "2:9: “A\\u{7}” has the hidden character U+0007; take it out [characters]",
        ),
        (
            "contact = \"me@example.org\"",
            "1:11: “me@example.org” isn't an address to write to; write it as mailto:me@example.org [contact]",
        ),
        (
            "contact = \"example.org/us\"",
            "1:11: “example.org/us” isn't an address to write to; write it as https://example.org/us [contact]",
        ),
        (
            "noun = { one = \"\", many = \" \" }",
            "1:16: there are no words here [filled]\ndataset.toml:1:27: there are no words here [filled]",
        ),
        ("publisher = \"\"", "1:13: there are no words here [filled]"),
        (
            &format!("{facet}label = \"\""),
            "4:9: there are no words here [filled]",
        ),
        (
            &format!("{facet}label = \"A\"\ntype = \"categories\"\nseparator = \"\""),
            "6:13: something stands between the values of a cell; leave separator out where it is a semicolon [separator]",
        ),
        (
            &format!("{facet}label = \"A\"\nbreaks = [2]"),
            "5:10: only a facet of type number has breaks [breaks]",
        ),
        (
            "[[credit]]\ntext = \"A\"\nurl = \"HTTPS://example.org/A\"",
            "3:7: the link “HTTPS://example.org/A” isn't an http or https address; write it as https://example.org/A [link]",
        ),
        (
            "[[credit]]\ntext = \"A\"\nurl = \"x.org/a b\"",
            "3:7: the link “x.org/a b” isn't an http or https address; write it as https://x.org/a%20b [link]",
        ),
        (
            "[[snapshot]]\nid = \"a\"\nlabel = \"A\"\ndate = \"last\"",
            "4:8: “last” isn't a date; write it as 2017-10-12, or latest [date]",
        ),
        (
            "[[snapshot]]\nid = \"a\"\nlabel = \"A\"\ndate = \"31 August 2017\"",
            "4:8: “31 August 2017” isn't a date; write it as 2017-08-31 [date]",
        ),
        (
            "[[snapshot]]\nid = \"2017-08-31\"\nlabel = \"A\"\ndate = \"2017-09-30\"",
            "2:6: the id “2017-08-31” means another day in a link; name it by a word, or “2017-09-30” [snapshot-id]",
        ),
        (
            "[[snapshot]]\nid = \"latest\"\nlabel = \"A\"\ndate = \"2017-09-30\"",
            "2:6: the id “latest” means another day in a link; name it by a word, or “2017-09-30” [snapshot-id]",
        ),
        (
            "updated = \"2017-8-3T10:00\"",
            "1:11: “2017-8-3T10:00” isn't a date; write it as 2017-08-03 [date]",
        ),
        (
            "map = \"mars\"",
            "1:7: there is no map “mars”; it is one of us-states [map-known]",
        ),
    ] {
        assert_eq!(
            about("itself", text, &[]),
            format!("dataset.toml:{expected}"),
            "{text}"
        );
    }
    // Without a definition a finding is its label alone.
    let finding = "[[finding]]\nid = \"a\"\nlabel = \"A\"\ntone = \"blue\"\nshape = \"check\"\n";
    assert!(!about("defined", finding, &[]).contains("well-formed"));
    let empty = about("defined", &format!("{finding}definition = \"\""), &[]);
    let help = "there are no words here; leave it out, or say what the finding means [filled]";
    assert!(empty.contains(help), "{empty}");
    let far = "name = \"Far\"\ncoordinates = [95.0, 200.0]\n";
    assert_eq!(
        about("far", "", &[("subjects/far.toml", far)]),
        "subjects/far.toml:1:8: 200 is more than 180 degrees [coordinates]\n\
         subjects/far.toml:1:8: 95 is more than 90 degrees [coordinates]"
    );
}

#[test]
fn a_table_that_isnt_there_is_told_where_it_is_named() {
    for (named, help) in [
        ("row.csv", "did you mean rows.csv?"),
        ("moons.csv", "the tables here are rows.csv"),
    ] {
        let about = format!("[table]\nfile = \"{named}\"\nname = \"name\"\n");
        let files: [(&str, &[u8]); 3] = [
            ("dataset.toml", about.as_bytes()),
            ("rows.csv", b"name\nA\n"),
            ("dataset.schema.json", b"{}"),
        ];
        let path = with_files("missing", &files);
        let expected = format!("dataset.toml:2:8: there is no file “{named}” here; {help} [table]");
        assert_eq!(bad(&path), expected);
    }
}

#[test]
fn half_a_place_is_told_once() {
    let about = "[table]\nfile = \"a.csv\"\nname = \"name\"\nlatitude = \"lat\"\n";
    let rows = b"name,lat\nA,1\nB,2\n";
    let path = with_files(
        "half",
        &[("dataset.toml", about.as_bytes()), ("a.csv", rows)],
    );
    assert_eq!(
        bad(&path),
        "dataset.toml:4:12: latitude and longitude are only understood together; name the column of the \
         other, too [coordinates]"
    );
    // A table on its own has a number there.
    let alone = good(&with_files("half-alone", &[("a.csv", rows)]));
    assert_eq!(facets(&alone), [("lat", FacetType::Number)]);
}

#[test]
fn spreadsheets_may_name_the_separator() {
    let csv = b"sep=;\r\nname;kind, of a sort\r\nTitan;moon, large\r\n";
    let dataset = good(&with_files("sep", &[("a.csv", csv)]));
    assert_eq!(subject(&dataset, "titan").row, Some(2));
    assert_eq!(dataset.about.field[0].label, "Kind, of a sort");
    let short = bad(&with_files(
        "sep-short",
        &[("a.csv", b"sep=;\nname;b\nTitan\n")],
    ));
    assert!(
        short.starts_with("a.csv:3:1: row 2: there is 1 cell here"),
        "{short}"
    );
}

#[test]
fn a_column_of_dates_may_have_years_among_them() {
    let csv = b"name,found\nA,2017\nB,2017-10\nC,2018-01-02\n";
    let dataset = good(&with_files("years", &[("a.csv", csv)]));
    assert_eq!(facets(&dataset), [("found", FacetType::Date)]);
    let csv = b"name,found\nA,2017\nB,2018\n";
    let dataset = good(&with_files("only-years", &[("a.csv", csv)]));
    assert_eq!(facets(&dataset), [("found", FacetType::Number)]);
}

#[test]
fn limits_are_told() {
    let names: Vec<String> = (0..1001).map(|it| format!("c{it}")).collect();
    let csv = format!("{}\n", names.join(","));
    let path = with_files("columns", &[("a.csv", csv.as_bytes())]);
    assert_eq!(
        bad(&path),
        "a.csv:1:1: there are 1001 columns, and at most 1000 are read [columns]"
    );
    let cells: Vec<String> = names.iter().map(|it| format!("\"{it}\":1")).collect();
    let json = format!("[{{{}}}]", cells.join(","));
    let path = with_files("keys", &[("a.json", json.as_bytes())]);
    assert!(bad(&path).contains("there are more columns than the 1000 that are read [columns]"));
    let about =
        "[table]\nfile = \"a.csv\"\nname = \"name\"\n[[facet]]\nid = \"name\"\nlabel = \"Name\"\n";
    let rows: Vec<String> = (0..65_537).map(|it| format!("n{it}")).collect();
    let csv = rows.join("\n");
    let path = with_files(
        "sets",
        &[
            ("dataset.toml", about.as_bytes()),
            ("a.csv", ["name\n", &csv].concat().as_bytes()),
        ],
    );
    // More different values than two bytes have numbers for.
    let pack = packed(&good(&path)).unwrap();
    let facet = pack.facets().next().unwrap();
    let last = pack.subject_with_id("n65536").unwrap();
    let values: Vec<&str> = facet
        .values_of(last.row())
        .filter_map(|it| Some(facet.value(it)?.1))
        .collect();
    assert_eq!(values, ["n65536"]);
}

/// Every field of the schema, every rule and every kind of facet is told to authors.
#[test]
fn the_reference_tells_every_field() {
    let docs = fs::read_to_string("docs/datasets.md").unwrap();
    let schema = fs::read_to_string("schemas/dataset.schema.json").unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let of = |it: &serde_json::Value| -> Vec<String> {
        it["properties"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    };
    let mut fields = of(&schema);
    for def in schema["$defs"].as_object().unwrap().values() {
        fields.extend(of(def));
    }
    for kind in schema["$defs"]["facet"]["properties"]["type"]["oneOf"]
        .as_array()
        .unwrap()
    {
        fields.push(kind["const"].as_str().unwrap().to_owned());
    }
    for field in fields {
        let forms = [
            format!("`{field}`"),
            format!("`[{field}]`"),
            format!("`[[{field}]]`"),
            // Within an example.
            format!("{{ {field} = "),
            format!(", {field} = "),
        ];
        assert!(forms.iter().any(|it| docs.contains(it)), "{field}");
    }
    for (_, names) in fact_explorer::dataset::table::RECOGNISED {
        for name in names {
            assert!(docs.contains(&format!("`{name}`")), "{name}");
        }
    }
}

/// The tutorial's own table is a dataset.
#[test]
fn the_tutorial_works() {
    let docs = fs::read_to_string("docs/datasets.md").unwrap();
    let csv = docs
        .split("```csv\nMoon,")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let path = with_files(
        "tutorial",
        &[("moons.csv", ["Moon,", csv].concat().as_bytes())],
    );
    let dataset = good(&path.join("moons.csv"));
    let ids: Vec<&str> = dataset.subjects.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["europa", "io", "rhea", "titan"]);
    assert_eq!(dataset.sources.len(), 4);
    // Columns with few different values are filters.
    let facets: Vec<&str> = dataset
        .about
        .facet
        .iter()
        .map(|it| it.id.get_ref().as_str())
        .collect();
    assert!(
        facets.contains(&"planet") && facets.contains(&"visited"),
        "{facets:?}"
    );
    let json = docs
        .split("```json\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let path = with_files("tutorial-json", &[("moons.json", json.as_bytes())]);
    assert_eq!(good(&path).subjects.len(), 2);
}

/// The files of the reference's whole example are a dataset.
#[test]
fn the_whole_example_works() {
    let docs = fs::read_to_string("docs/datasets.md").unwrap();
    let blocks = docs.split("```toml\n# ").skip(1);
    let files: Vec<(&str, &[u8])> = blocks
        .map(|it| it.split("```").next().unwrap().split_once('\n').unwrap())
        .map(|(name, text)| (name, text.as_bytes()))
        .collect();
    let dataset = good(&with_files("whole-example", &files));
    let titan = subject(&dataset, "titan");
    assert_eq!(titan.event.len(), 2);
    assert_eq!(titan.event[1].citations().count(), 3);
    assert_eq!(dataset.sources.len(), 2);
    assert_eq!(dataset.disagreements[0].position.len(), 2);
    assert_eq!(dataset.corrections.len(), 1);
}

#[test]
fn ids_are_made_of_words() {
    for (text, id) in [
        ("Łódź, old town", "lodz-old-town"),
        ("St. Mary’s", "st-marys"),
        ("  ", "v"),
        ("北京", "v-5317-4eac"),
        // Many begin alike.
        ("محافظة القاهرة", "v-645-62d-627-641-638-629-a1f71d"),
        ("محافظة بغداد", "v-645-62d-627-641-638-629-81649c"),
        ("+", "v-2b"),
        ("Kyiv (Київ)", "kyiv"),
        ("Straße 12", "strasse-12"),
    ] {
        assert_eq!(slug(text), id);
    }
    let mut ids = Ids::default();
    let free: Vec<String> = ["A", "a", "A 2", "a", "!"].map(|it| ids.free(it)).to_vec();
    assert_eq!(free, ["a", "a-2", "a-2-2", "a-3", "v-21"]);
}

fn parsed(
    text: &str,
    read: fn(&str, &mut Problems<'_>) -> Option<Rows>,
) -> (Option<Rows>, Vec<Found>) {
    let mut found = Vec::new();
    let mut problems = Problems {
        file: "a",
        found: &mut found,
    };
    let rows = read(text, &mut problems);
    (rows, found)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// A cell says what the crate `csv` reads there.
    #[test]
    fn cells_are_those_of_another_reader(text in "([a-c \"\",;é]{0,4}[,\n\r]{0,2}){0,12}") {
        let text = text.trim_matches(['\r', '\n']);
        let text = ["x,y,z\n", text].concat();
        let mut reader = csv_reader::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> = reader
            .records()
            .skip(1)
            .map(|it| it.unwrap().iter().take(3).map(|it| it.trim().to_owned()).collect::<Vec<_>>())
            .filter(|it: &Vec<String>| it.iter().any(|it| !it.is_empty()))
            .collect();
        let (rows, _) = parsed(&text, rows::csv);
        let rows = rows.unwrap();
        let mut said: Vec<Vec<String>> = Vec::new();
        for row in 0..rows.len() {
            let cells = (0..3).map(|column| {
                rows.cell(row, column).map_or(String::new(), |it| rows.texts(&text, it).concat())
            });
            said.push(cells.collect());
        }
        said.retain(|it| it.iter().any(|it| !it.is_empty()));
        for row in &mut said {
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
        }
        let mut expected = expected;
        for row in &mut expected {
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
        }
        prop_assert_eq!(said, expected, "{:?}", text);
    }

    /// Whatever the bytes, the answer is a dataset or problems that can be told.
    #[test]
    fn no_bytes_break_the_reader(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        text in "([,;\"\n\r\t{}\\[\\]:]|name|id|link|date|https://|2017|\\PC){0,60}",
        is_json in any::<bool>(),
    ) {
        let name = if is_json { "a.json" } else { "a.csv" };
        let garbled = with_files("random-bytes", &[(name, &bytes)]);
        let strange = with_files("random-text", &[(name, text.as_bytes())]);
        for path in [garbled, strange] {
            match read(&path) {
                Ok(dataset) => {
                    prop_assert!(!dataset.subjects.is_empty());
                    for subject in &dataset.subjects {
                        prop_assert!(is_id(&subject.id));
                    }
                }
                Err(problems) => {
                    prop_assert!(!problems.is_empty());
                    for problem in problems {
                        prop_assert!(!problem.to_string().contains(char::is_control));
                    }
                }
            }
        }
    }

    /// An id can always be one, and is never given twice.
    #[test]
    fn any_text_has_an_id_of_its_own(texts in prop::collection::vec(".{0,80}", 0..20)) {
        let mut ids = Ids::default();
        let mut seen = std::collections::HashSet::new();
        for text in &texts {
            let id = ids.free(text);
            prop_assert!(is_id(&id) && id.len() <= 80, "{}", id);
            prop_assert!(seen.insert(id));
        }
    }
}

#[test]
fn a_cell_of_nothing_but_quotes_is_empty() {
    let csv = "\"name\",\"planet\",\"url\"\n\"Titan\",\"\",\"\"\n\"\",\"\",\"\"\n\"  \",\"\"\n\"Io\",\"Jupiter\",\"\"\n";
    let dataset = good(&with_files("quotes", &[("moons.csv", csv.as_bytes())]).join("moons.csv"));
    let names = dataset.subjects.iter().map(|it| it.name.get_ref().as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["Io", "Titan"]);
    let csv = "name,planet\nTitan,Saturn\n\"\",Mars\n";
    let said = bad(&with_files("nameless", &[("moons.csv", csv.as_bytes())]).join("moons.csv"));
    assert_eq!(said, "moons.csv:3:1: row 3: there is no name here [name]");
}

#[test]
fn quotation_marks_that_mean_something_else_are_told() {
    for (name, csv, said) in [
        // A row would go into the cell before it.
        (
            "lost",
            "name,note,kind\nA,\"first,x\nB,\"second\",y\nC,third,x\n",
            "2:3: row 2, column “note”: a quotation mark opens a cell, and text comes after the one that closes it; perhaps the one that closes it is missing in this line; within a cell in quotes, a quotation mark is written twice",
        ),
        (
            "after",
            "name,note\nA,\"x\" y\n",
            "2:3: row 2, column “note”: a quotation mark opens a cell, and text comes after the one that closes it; within a cell in quotes, a quotation mark is written twice",
        ),
        (
            "before",
            "name,place\nA, \"Portland, Oregon\"\n",
            "2:3: row 2, column “place”: a blank stands before a quotation mark, which then is a part of the text, and what sets cells apart does so within it, too; take the blank out",
        ),
    ] {
        let path = with_files(&["marks-", name].concat(), &[("a.csv", csv.as_bytes())]);
        assert_eq!(
            bad(&path.join("a.csv")),
            format!("a.csv:{said} [well-formed]")
        );
    }
    // Within a text they are the text's own, and blanks may follow them.
    let csv = "name,note\nA,5\" high\nB,\"said \"\"so\"\"\" \nC,\"\"\n";
    good(&with_files("marks", &[("a.csv", csv.as_bytes())]).join("a.csv"));
}

#[test]
fn a_row_with_a_sources_id_is_told() {
    let csv = "name,link\nFlight log,https://x.org/\n";
    let source = "[[source]]\nid = \"flight-log\"\ntitle = \"Log\"\npublisher = \"Us\"\nurl = \"https://y.org/\"\nkind = \"official\"\n";
    let about = "[table]\nfile = \"r.csv\"\nname = \"name\"\nlink = \"link\"\n";
    let path = with_files(
        "sources-id",
        &[
            ("dataset.toml", about.as_bytes()),
            ("r.csv", csv.as_bytes()),
            ("sources.toml", source.as_bytes()),
        ],
    );
    let said = bad(&path);
    let told = "the id “flight-log” of this row is that of a source, too; name that source in sources.toml otherwise";
    assert!(said.contains(told), "{said}");
}

#[test]
fn a_column_of_ones_and_zeros_is_yes_or_no() {
    let csv = "name,capital,n\nA,1,1\nB,0,2\nC,1,0\nD,0,1\n";
    let dataset = good(&with_files("bits", &[("a.csv", csv.as_bytes())]).join("a.csv"));
    assert_eq!(
        facets(&dataset),
        [("capital", FacetType::YesNo), ("n", FacetType::Number)]
    );
}

#[test]
fn an_id_that_two_cells_come_to_is_told() {
    let csv = "id,name\n大阪-1,Osaka\n東京-1,Tokyo\nx,X\nx,Y\n";
    let said = bad(&with_files("come-to", &[("places.csv", csv.as_bytes())]).join("places.csv"));
    assert_eq!(
        said,
        "places.csv:3:1: row 3, column “id”: the id “東京-1” becomes “1”, which is used twice; row 2 has it, too [id-unique]\n\
         places.csv:5:1: row 5, column “id”: the id “x” is used twice; row 4 has it, too [id-unique]"
    );
}

/// The ids of one page are each of one thing.
#[test]
fn a_row_and_what_is_told_of_another_have_ids_of_their_own() {
    let csv = "name,planet,ongoing\nA row,Saturn,yes\nA,Saturn,no\nCon,Mars,yes\nFacts,Mars,no\n";
    let dataset = good(&with_files("own-ids", &[("moons.csv", csv.as_bytes())]).join("moons.csv"));
    let ids: Vec<&str> = dataset.subjects.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["a", "a-row", "con-2", "facts-2"]);
    let events = dataset.events().map(|it| it.id.get_ref().as_str());
    let mut all: Vec<&str> = events.chain(ids).collect();
    let n = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), n);
    assert_eq!(facets(&dataset)[1].0, "facet-ongoing");
}

/// What `check` says of the dataset of moons with these files.
fn with_ids(name: &str, files: &[(&str, &str)]) -> String {
    let about = "title = \"Moons\"\n[[event-kind]]\nid = \"k\"\nlabel = \"K\"\n";
    let mut all: Vec<(&str, &[u8])> = vec![("dataset.toml", about.as_bytes())];
    all.extend(files.iter().map(|it| (it.0, it.1.as_bytes())));
    let found = read(&with_files(name, &all)).err().unwrap_or_default();
    lines(&found)
}

#[test]
fn what_stands_on_one_page_has_different_ids() {
    let source = |id: &str| {
        format!(
            "[[source]]\nid = \"{id}\"\ntitle = \"T\"\npublisher = \"P\"\nurl = \"https://example.org/\"\nkind = \"news\"\n"
        )
    };
    let event = |table: &str, id: &str, source: &str| {
        format!(
            "[[{table}]]\nid = \"{id}\"\ndate = \"2005-01-14\"\nkind = \"k\"\nsummary = \"S\"\ncite = [{{ source = \"{source}\" }}]\n"
        )
    };
    let subject = |id: &str| format!("name = \"Titan\"\n{}", event("event", id, "s"));
    assert_eq!(
        with_ids(
            "apart",
            &[
                ("sources.toml", &source("s")),
                ("subjects/titan.toml", &subject("e"))
            ]
        ),
        ""
    );
    assert_eq!(
        with_ids(
            "subject",
            &[
                ("sources.toml", &source("s")),
                ("subjects/titan.toml", &subject("titan"))
            ]
        ),
        "subjects/titan.toml:3:6: the id “titan” is used twice; a subject has it, too, and they stand on one page [id-unique]"
    );
    assert_eq!(
        with_ids(
            "national",
            &[
                ("sources.toml", &source("s")),
                ("timeline.toml", &event("event", "s", "s")),
                ("subjects/titan.toml", &subject("e"))
            ]
        ),
        "sources.toml:2:6: the id “s” is used twice; an event has it, too, and they stand on one page [id-unique]"
    );
    assert_eq!(
        with_ids(
            "of-the-page",
            &[
                ("sources.toml", &source("facts")),
                ("subjects/titan.toml", "name = \"Titan\"\n")
            ]
        ),
        "sources.toml:2:6: the page has a part of its own with the id “facts” [id-reserved]"
    );
}

#[test]
fn a_subjects_id_can_be_a_files_name() {
    let long = format!("subjects/{}.toml", "a".repeat(201));
    let name = "name = \"Titan\"\n";
    let said = with_ids("long-id", &[(long.as_str(), name)]);
    assert!(
        said.ends_with("this id has 201 characters, and at most 200 may be [id-form]"),
        "{said}"
    );
    for id in ["con", "lpt9"] {
        let said = with_ids("device", &[(&format!("subjects/{id}.toml"), name)]);
        assert_eq!(
            said,
            format!("subjects/{id}.toml:1:1: no file can be called “{id}” on Windows [id-form]")
        );
    }
    // A column of ids may have what others call so: airports.
    let csv = "id,name\ncon,Concord\n";
    let dataset =
        good(&with_files("codes", &[("airports.csv", csv.as_bytes())]).join("airports.csv"));
    assert_eq!(dataset.subjects[0].id, "con");
    // What a system writes beside a file is no subject.
    let files = [
        ("subjects/titan.toml", name),
        ("subjects/._titan.toml", "\u{5}"),
    ];
    assert_eq!(with_ids("beside", &files), "");
}

#[test]
fn a_facet_is_no_attribute_that_an_element_has() {
    for (id, n) in [
        ("nonce", 1),
        ("onclick", 1),
        ("ongoing", 1),
        ("one-party", 0),
        ("data-quality", 1),
        ("aria-label", 1),
        ("database", 0),
    ] {
        let about = format!("title = \"Moons\"\n[[facet]]\nid = \"{id}\"\nlabel = \"F\"\n");
        let subject = format!("name = \"Titan\"\nfacets = {{ {id} = [\"x\"] }}\n");
        let files = [
            ("dataset.toml", about.as_bytes()),
            ("subjects/titan.toml", subject.as_bytes()),
        ];
        let found = read(&with_files("attribute", &files))
            .err()
            .unwrap_or_default();
        assert_eq!(found.len(), n, "{id}: {}", lines(&found));
    }
}

#[test]
fn no_field_is_called_money_which_cards_say_themselves() {
    let about = "title = \"Moons\"\n[[field]]\nid = \"money\"\nlabel = \"Cost\"\non-card = true\n";
    let source = "[[source]]\nid = \"s\"\ntitle = \"T\"\npublisher = \"P\"\nurl = \"https://example.org/\"\nkind = \"news\"\n";
    let subject = "name = \"Titan\"\nfields = { money = \"much\" }\n";
    let money = "[[money]]\namount = \"$1\"\non-card = true\ncite = [{ source = \"s\" }]\n";
    let both = [subject, money].concat();
    let expected = "dataset.toml:3:6: “money” is what cards say of `[[money]]`; call this field another way [id-reserved]";
    for subject in [subject, both.as_str()] {
        let files = [
            ("dataset.toml", about),
            ("sources.toml", source),
            ("subjects/titan.toml", subject),
        ];
        let files = files.map(|it| (it.0, it.1.as_bytes()));
        let found = read(&with_files("field-money", &files))
            .err()
            .unwrap_or_default();
        assert_eq!(lines(&found), expected);
    }
}

#[test]
fn a_date_known_in_part_is_said_as_far_as_it_is_known() {
    let path = with_files(
        "partly-dated",
        &[(
            "facts.csv",
            b"name,date\nAlpha,2018\nBeta,2019-05\nGamma,2020-02-03\n",
        )],
    );
    let dataset = good(&path);
    let pack = packed(&dataset).unwrap();
    let said: Vec<(String, String)> = pack
        .subjects()
        .map(|it| {
            let step = it.step_on(pack.default_day()).unwrap();
            let last = it.last_event_on(pack.last_day()).unwrap();
            (step.when().long(pack.words()), last.iso())
        })
        .collect();
    let said: Vec<(&str, &str)> = said.iter().map(|it| (&*it.0, &*it.1)).collect();
    assert_eq!(
        said,
        [
            ("2018", "2018"),
            ("May 2019", "2019-05"),
            ("February 3, 2020", "2020-02-03")
        ]
    );
    let page = index(&dataset, pack).explorer;
    for (date, long) in [
        ("2018", "2018"),
        ("2019-05", "May 2019"),
        ("2020-02-03", "February 3, 2020"),
    ] {
        let time = format!("<time datetime=\"{date}\">{long}</time>");
        assert!(page.contains(&time), "{time}");
    }
    assert!(!page.contains("2018-12-31"));
    // Nobody can ask for another day, and so no link has one.
    let open = decode(pack, "as-of=2019-05-31&open=alpha");
    assert_eq!(encode(pack, &open), "open=alpha");
    assert_eq!(open.as_of, pack.default_day());
}

#[test]
fn what_begins_after_the_last_day_that_is_known_ends_the_record() {
    let event = |id: &str, date: &str, more: &str| {
        format!(
            "[[event]]\nid = \"{id}\"\ndate = \"{date}\"\nkind = \"note\"\nsummary = \"It was so.\"\n{more}cite = [{{ source = \"a\" }}]\n"
        )
    };
    let subject = [
        "name = \"Alpha\"\n".to_owned(),
        event("alpha-1", "2020-05-05", "finding = \"good\"\n"),
        event("alpha-2", "2022-06", ""),
    ]
    .concat();
    let path = with_files(
        "partly-dated-end",
        &[
            (
                "dataset.toml",
                b"snapshot = [{ id = \"then\", label = \"Then\", date = \"2020-05-05\" }]\n[[finding]]\nid = \"good\"\nlabel = \"Good\"\ntone = \"blue\"\nshape = \"check\"\n[[event-kind]]\nid = \"note\"\nlabel = \"Note\"\n",
            ),
            (
                "sources.toml",
                b"[[source]]\nid = \"a\"\ntitle = \"A\"\npublisher = \"A\"\nurl = \"https://example.org/a\"\nkind = \"news\"\n",
            ),
            ("subjects/alpha.toml", subject.as_bytes()),
        ],
    );
    let dataset = good(&path);
    assert_eq!(dataset.last_day().iso(), "2022-06-01");
    let pack = packed(&dataset).unwrap();
    let alpha = pack.subject_with_id("alpha").unwrap();
    let last = alpha.last_event_on(pack.last_day()).unwrap();
    assert_eq!(last.long(pack.words()), "June 2022");
    let latest = encode(pack, &decode(pack, "as-of=latest"));
    assert_eq!(latest, "as-of=2022-06-01");
    // Until then it hadn't happened.
    let before = alpha.last_event_on(Date::parse("2022-05-31").unwrap());
    assert_eq!(before.unwrap().iso(), "2020-05-05");
}
