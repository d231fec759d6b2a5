use std::collections::BTreeSet;

use atom_syndication::Feed;
use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::numbers::count;
use fact_explorer::dataset::pack::{Pack, Subject};
use fact_explorer::dataset::packing::pack_more;
use fact_explorer::dataset::read::read;
use fact_explorer::dataset::wording::words;
use fact_explorer::export::csv::csv;
use fact_explorer::export::rows::{columns, row};
use fact_explorer::language::Language;
use fact_explorer::query::address::decode;
use fact_explorer::query::compare::rows;
use fact_explorer::query::{Selection, View};
use fact_explorer::site::address::Address;
use fact_explorer::site::document::Shared;
use fact_explorer::site::packed;
use fact_explorer::site::page::{index, plain};
use fact_explorer::site::xml::feed;
use scraper::{Html, Selector};
use serde_json::Value;

use crate::export::json_file;
use crate::table::with_files;

fn table(name: &str, files: &[(&str, &str)]) -> Dataset {
    let files: Vec<(&str, &[u8])> = files.iter().map(|it| (it.0, it.1.as_bytes())).collect();
    read(&with_files(name, &files)).unwrap()
}

/// Names and a number: no date, no finding, no link.
fn bare() -> (Dataset, Pack) {
    let csv = "name,height\nHarbour,10\nCastle,20\nMill,30\n";
    let dataset = table("bare", &[("towers.csv", csv)]);
    let pack = packed(&dataset).unwrap();
    (dataset, pack)
}

#[test]
fn a_feed_without_any_day_is_one_all_the_same() {
    let (dataset, _) = bare();
    let xml = feed(&dataset, &Address::default());
    let feed: Feed = xml.parse().unwrap();
    assert!(feed.entries().is_empty());
    // The year 0 is none to most readers of feeds.
    assert_eq!(feed.updated().to_rfc3339(), "1970-01-01T00:00:00+00:00");
    // Where the author says a day, or anything has one, it is that.
    for (name, about, csv, day) in [
        (
            "bare-updated",
            "updated = \"2026-11-24\"\n",
            "name\na\n",
            "2026-11-24",
        ),
        (
            "bare-dated",
            "",
            "name,date\na,2017-10-12\nb,\n",
            "2017-10-12",
        ),
    ] {
        let date = if csv.contains("date") {
            "date = \"date\"\n"
        } else {
            ""
        };
        let about = format!("{about}[table]\nfile = \"a.csv\"\nname = \"name\"\n{date}");
        let dataset = table(name, &[("dataset.toml", &about), ("a.csv", csv)]);
        let feed: Feed = self::feed(&dataset, &Address::default()).parse().unwrap();
        assert!(feed.updated().to_rfc3339().starts_with(day), "{name}");
    }
}

#[test]
fn pages_of_changes_speak_of_findings_only_where_there_are_some() {
    let (dataset, pack) = bare();
    let shared = Shared::default();
    let about_changes = |dataset: &Dataset, pack: Pack| -> String {
        let pages = plain(dataset, pack, &shared);
        let pages = pages.filter(|it| ["changes.html", "about.html"].contains(&&*it.0.path));
        pages.map(|it| [it.0.description, it.1].concat()).collect()
    };
    assert!(!about_changes(&dataset, pack).contains("change of a finding"));
    let shipped = read(std::path::Path::new("tests/datasets/good")).unwrap();
    let pack = packed(&shipped).unwrap();
    assert_eq!(
        about_changes(&shipped, pack)
            .matches("change of a finding")
            .count(),
        3
    );
}

#[test]
fn without_dates_there_is_no_timeline_and_nothing_is_counted_that_isnt_there() {
    let (dataset, pack) = bare();
    let page = Html::parse_fragment(&index(&dataset, pack).explorer);
    let views = Selector::parse("input[name=view]").unwrap();
    let views: Vec<&str> = page
        .select(&views)
        .filter_map(|it| it.attr("value"))
        .collect();
    assert_eq!(views, ["cards", "table"]);
    assert_eq!(decode(pack, "view=timeline").view, View::Cards);
    let more = Pack::open(pack_more(&dataset).leak()).unwrap();
    assert_eq!(more.happenings().count(), 0);
    let subjects: Vec<Subject> = pack.subjects().collect();
    let labels = |pack: Pack, subjects: &[Subject]| -> Vec<&str> {
        let day = Selection::new(pack).as_of;
        rows(pack, subjects, day)
            .iter()
            .map(|it| it.label)
            .collect()
    };
    assert_eq!(labels(pack, &subjects), ["Height", "Height"]);

    // A dated one has them.
    let csv = "name,date,link\nHarbour,2017-10-12,https://example.org/a\nCastle,,\n";
    let dataset = table("dated", &[("towers.csv", csv)]);
    let pack = packed(&dataset).unwrap();
    assert_eq!(decode(pack, "view=timeline").view, View::Timeline);
    let more = Pack::open(pack_more(&dataset).leak()).unwrap();
    assert_eq!(more.happenings().count(), 1, "what has no date isn't on it");
    let subjects: Vec<Subject> = pack.subjects().collect();
    assert_eq!(
        labels(pack, &subjects),
        ["Events so far", "Sources in the whole record"]
    );
}

#[test]
fn an_authors_ids_may_be_those_of_columns_and_of_each_other() {
    let about = r#"
        [table]
        file = "towers.csv"
        name = "name"
        [[facet]]
        id = "name"
        label = "First letter"
        column = "letter"
        [[facet]]
        id = "height"
        label = "Height"
        type = "number"
        [[facet]]
        id = "qualification"
        label = "Qualified"
        column = "letter"
        [[field]]
        id = "height"
        label = "Height"
        [[field]]
        id = "summary"
        label = "In short"
        column = "letter"
        [[field]]
        id = "facet-name"
        label = "Letter"
        column = "letter"
    "#;
    let csv_of = "name,letter,height\nHarbour,H,1204\nCastle,C,\"1,500\"\n";
    let dataset = table("ids", &[("dataset.toml", about), ("towers.csv", csv_of)]);
    let pack = packed(&dataset).unwrap();
    let columns = columns(pack);
    assert_eq!(
        columns.iter().collect::<BTreeSet<_>>().len(),
        columns.len(),
        "{columns:?}"
    );
    let harbour = pack.subject_with_id("harbour").unwrap();
    let cells = row(pack, harbour, pack.last_day());
    assert_eq!(cells.len(), columns.len());
    let of = |name: &str| cells[columns.iter().position(|it| it == name).unwrap()].as_str();
    assert_eq!((of("name"), of("facet-name")), ("Harbour", "h"));
    assert_eq!((of("height"), of("field-height")), ("1204", "1204"));
    assert_eq!((of("summary"), of("field-summary")), ("", "H"));
    assert_eq!((of("qualification"), of("facet-qualification")), ("", "h"));
    assert_eq!(of("field-facet-name"), "H");
    let file = csv(&columns, std::iter::once(cells));
    assert!(file.starts_with("id,name,place,event,"), "{file}");

    // The address takes each facet by its own id, whatever columns the table has.
    let selection = decode(pack, "name=c&height=1500");
    assert_eq!(selection.chosen.len(), 2);
    // The data as JSON have each further fact under its id.
    let json: Value = json_file(&dataset);
    assert_eq!(
        json["fields"][0],
        serde_json::json!({"id": "height", "label": "Height"})
    );
    assert_eq!(json["subjects"][0]["fields"]["height"], "1,500");
}

#[test]
fn large_numbers_have_commas_where_people_read_them() {
    let words = words(Language::En);
    assert_eq!(
        [0, 999, 2017, 9999].map(|it| count(words, it)),
        ["0", "999", "2017", "9999"]
    );
    assert_eq!(
        [10_000, 123_456, 1_000_000].map(|it| count(words, it)),
        ["10,000", "123,456", "1,000,000"]
    );
    let mut rows = String::from("name,people\n");
    for number in 0..12_000 {
        rows.push_str(&format!(
            "Town {number},\"{},{:03}\"\n",
            number % 900 + 1,
            number % 1000
        ));
    }
    let about = "noun = { one = \"town\", many = \"towns\" }\n[table]\nfile = \"towns.csv\"\nname = \"name\"\n\
                 [[facet]]\nid = \"people\"\nlabel = \"People\"\ntype = \"number\"\nbreaks = [5000, 50000, 500000]\n";
    let dataset = table("towns", &[("dataset.toml", about), ("towns.csv", &rows)]);
    let labels: Vec<&str> = dataset.about.facet[0]
        .values
        .iter()
        .map(|it| &*it.label)
        .collect();
    assert_eq!(
        labels,
        [
            "Under 5000",
            "5000 to 49,999",
            "50,000 to 499,999",
            "500,000 or more"
        ]
    );
    let pack = packed(&dataset).unwrap();
    let shared = Shared::default();
    let (_, list) = plain(&dataset, pack, &shared).next().unwrap();
    assert!(list.contains("<h1>All 12,000 towns</h1>"));
    let page = Html::parse_fragment(&index(&dataset, pack).explorer);
    let text = |css: &str| -> String {
        let found = page.select(&Selector::parse(css).unwrap()).next().unwrap();
        found.text().collect::<String>().trim().to_owned()
    };
    assert!(text(".long__tools").contains("narrow them to 5000 or fewer"));
    assert_eq!(text(".filters__done"), "Show 12,000 towns");
    // What scripts read, on this page and on those around it, is a plain number.
    assert!(text("[role=status]").starts_with("12000 of 12000 towns"));
    assert!(
        text("[data-facet=people] [data-count]")
            .parse::<usize>()
            .is_ok()
    );
}
