use std::path::Path;

use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::pack::Pack;
use fact_explorer::dataset::read::read;
use fact_explorer::export::csv::csv;
use fact_explorer::export::json::json;
use fact_explorer::export::rows::{columns, row};
use fact_explorer::query::address::decode;
use fact_explorer::query::answer::answer_within;
use fact_explorer::query::lock::settings;
use fact_explorer::query::{Lock, answer};
use fact_explorer::site::address::Address;
use fact_explorer::site::data::{self, csv_file};
use fact_explorer::site::packed;
use fact_explorer::site::readme::readme;
use fact_explorer::view::take::file_name;
use proptest::prelude::*;
use serde_json::Value;

use crate::random::any_page;
use crate::table::with_files;

/// `data/dataset.json`, read back.
pub fn json_file(dataset: &Dataset) -> Value {
    let mut file = Vec::new();
    data::json_file(dataset, &mut file).unwrap();
    serde_json::from_slice(&file).unwrap()
}

/// A file read by a library that knows nothing of ours.
fn read_csv(file: &str) -> Vec<Vec<String>> {
    let mut reader = csv_reader::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(file.as_bytes());
    reader
        .records()
        .map(|it| it.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// What is exported is what is shown, cell by cell.
    #[test]
    fn files_have_the_rows_that_are_shown((pack, selection) in any_page()) {
        let answered = answer(pack, &selection);
        let rows = || answered.shown().map(|it| row(pack, pack.subject(it).unwrap(), selection.as_of));
        let columns = columns(pack);

        let file = csv(&columns, rows());
        let read = read_csv(&file);
        prop_assert_eq!(&read[0], &columns);
        prop_assert_eq!(&read[1..], rows().collect::<Vec<_>>());

        let objects: Vec<Value> = serde_json::from_str(&json(&columns, rows())).unwrap();
        prop_assert_eq!(objects.len(), answered.n_shown);
        for (object, row) in objects.iter().zip(rows()) {
            for (column, cell) in columns.iter().zip(row) {
                prop_assert_eq!(&object[column], &Value::String(cell));
            }
        }
    }

    #[test]
    fn any_text_survives_a_file(cells in prop::collection::vec("(?s).{0,20}", 1..4)) {
        let columns: Vec<&str> = ["a", "b", "c"].into_iter().take(cells.len()).collect();
        let objects: Vec<Value> = serde_json::from_str(&json(&columns, std::iter::once(cells.clone()))).unwrap();
        let file = csv(&columns, std::iter::once(cells.clone()));
        prop_assert!(file.ends_with("\r\n"));
        let read = read_csv(&file);
        // A reader skips a line that is empty.
        prop_assume!(read.len() == 2);
        for ((column, cell), read) in columns.iter().zip(&cells).zip(&read[1]) {
            prop_assert_eq!(&objects[0][column], &Value::String(cell.clone()));
            let is_negative = cell.strip_prefix('-').is_some_and(|it| {
                it.starts_with(|it: char| it.is_ascii_digit() || it == '.')
                    && it.chars().all(|it| it.is_ascii_digit() || ".,eE".contains(it))
            });
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_negative;
            let expected = if formula { format!("'{cell}") } else { cell.clone() };
            prop_assert_eq!(read, &expected);
        }
    }
}

#[test]
fn a_negative_number_is_no_formula() {
    let cells = [
        "-82", "-0.5", "-1.5e6", "-1,234", "-", "-1+1", "-a", "-e5", "+1", "=1",
    ];
    let file = csv(
        &["n"; 10],
        std::iter::once(cells.map(str::to_owned).to_vec()),
    );
    assert!(
        file.ends_with("\r\n-82,-0.5,-1.5e6,\"-1,234\",'-,'-1+1,'-a,'-e5,'+1,'=1\r\n"),
        "{file}"
    );
}

#[test]
fn a_facet_called_like_a_column_is_told_by_its_own_label() {
    let csv =
        "Name,Since,Kind\nA,Long ago,Moon\nB,Lately,Moon\nC,Long ago,Planet\nD,Lately,Planet\n";
    let folder = with_files("readme", &[("a.csv", csv.as_bytes())]);
    let dataset = read(&folder.join("a.csv")).unwrap();
    let address = Address::parse("https://example.org/facts/").unwrap();
    let readme = readme(&dataset, packed(&dataset).unwrap(), &address);
    let told = |column: &str| {
        readme
            .lines()
            .find(|it| it.trim_start().starts_with(column))
    };
    assert_eq!(told("since "), Some("  since           Since"));
    assert_eq!(told("kind "), Some("  kind            Kind"));
}

#[test]
fn the_datasets_own_files_have_everything() {
    let dataset = read(Path::new("data/section-1373")).unwrap();
    let pack = packed(&dataset).unwrap();
    let rows = read_csv(&csv_file(pack));
    assert_eq!(rows.len(), 41);
    assert!(rows.iter().all(|it| it.len() == 20));
    let address = Address::parse("https://example.org/facts/").unwrap();
    let readme = readme(&dataset, pack, &address);
    assert!(readme.contains("\nPublished by Fact Explorer.\n\nFrom https://example.org/facts/\n"));
    for column in &rows[0] {
        let line = readme
            .lines()
            .find(|it| it.split_whitespace().next() == Some(column));
        let meaning = line.unwrap_or("").trim_start().split_once(' ');
        assert!(
            meaning.is_some_and(|it| !it.1.trim().is_empty()),
            "data/README.txt doesn't tell the column {column}"
        );
    }
    let court = readme.lines().find(|it| it.starts_with("  court"));
    assert_eq!(court, Some("  court           Went to court, at any time"));
    let licence = readme.find("\nLicence of the data: CC BY 4.0").unwrap();
    assert!(
        readme
            .find("the licence of the data does not cover them.")
            .unwrap()
            > licence
    );
    let file: Value = json_file(&dataset);
    for part in file.as_object().unwrap().keys() {
        let is_told = |it: &str| it.split([' ', ',']).any(|it| it == part);
        let own = [
            "id",
            "title",
            "standfirst",
            "updated",
            "publisher",
            "licence",
            "credits",
        ];
        assert!(
            own.contains(&part.as_str()) || readme.lines().any(is_told),
            "data/README.txt doesn't tell {part}"
        );
    }
    assert_eq!(file["publisher"], "Fact Explorer");
    assert_eq!(file["found-by"], "Justice Department");
    assert_eq!(file["noun"]["many"], "jurisdictions");
    assert_eq!(file["credits"].as_array().unwrap().len(), 2);
    let n = |key: &str| file[key].as_array().unwrap().len();
    assert_eq!(n("subjects"), 40);
    assert_eq!(n("sources"), 211);
    assert_eq!(n("disagreements"), 29);
    let events: usize = file["subjects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["events"].as_array().unwrap().len())
        .sum();
    assert_eq!(events, 186);
    assert!(
        file["subjects"][0]["events"][0]["cite"][0]["link"]
            .as_str()
            .unwrap()
            .starts_with("http")
    );
}

#[test]
fn each_column_has_what_its_name_says() {
    let pack = Pack::embedded();
    let subject = pack.subject_with_id("new-orleans-la").unwrap();
    let cells = row(pack, subject, Date::parse("2017-10-12").unwrap());
    let columns = columns(pack);
    assert_eq!(columns.len(), cells.len());
    let of = |name: &str| cells[columns.iter().position(|it| it == name).unwrap()].as_str();
    assert_eq!(of("id"), "new-orleans-la");
    assert_eq!(of("name"), "New Orleans");
    assert_eq!(of("place"), "City · Louisiana");
    assert_eq!(of("as_of"), "2017-10-12");
    assert_eq!(of("finding"), "warned");
    assert_eq!(of("finding_label"), "Warned");
    assert_eq!(of("since"), "2017-10-11");
    assert_eq!(of("event"), "Letter");
    assert!(of("summary").contains("Landrieu"));
    assert!(of("source").contains("2017") && !of("source").contains("://"));
    assert!(of("source_url").starts_with("http"));
    assert_eq!(of("addressee"), "Mayor of New Orleans");
    assert_eq!(of("reply_by"), "2017-10-27");
    assert!(of("money").contains('$'));
    assert_eq!(of("n_sources"), subject.n_sources().to_string());
    assert_eq!(
        (of("kind"), of("state"), of("named"), of("court")),
        ("city", "la", "yes", "no")
    );
    assert!(of("qualification").contains("conditional"));
}

/// A finding that is set again stands since it was set first.
#[test]
fn since_is_the_beginning_of_an_unbroken_run() {
    let pack = Pack::embedded();
    let california = pack.subject_with_id("california").unwrap();
    let day = |text| Date::parse(text).unwrap();
    assert_eq!(
        california.step_on(day("2017-10-12")).unwrap().day(),
        day("2017-04-21")
    );
    assert_eq!(california.since(day("2017-10-12")), Some(day("2016-05-31")));
    assert_eq!(california.since(day("2016-05-30")), None);
}

#[test]
fn a_part_of_the_record_is_told_from_the_whole_by_its_name() {
    let pack = Pack::embedded();
    let name = |lock: &Lock, fragment: &str| {
        let selection = decode(pack, fragment);
        let answer = answer_within(pack, lock, &selection);
        file_name(pack, &selection, &answer, "csv")
    };
    let all = Lock::default();
    assert_eq!(name(&all, ""), "section-1373-2017-10-12.csv");
    assert_eq!(
        name(&all, "finding=warned"),
        "section-1373-2017-10-12-5-of-40.csv"
    );
    // What an embed is narrowed to is a part as well, though nothing else is there.
    let (one, _) = settings(pack, "only=chicago-il");
    assert_eq!(name(&one, ""), "section-1373-2017-10-12-1-of-40.csv");
}
