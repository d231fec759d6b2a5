use std::collections::BTreeSet;
use std::path::Path;

use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::read::read;
use fact_explorer::site::address::Address;
use fact_explorer::site::document::{Head, Shared, document};
use fact_explorer::site::packed;
use fact_explorer::site::page::{index_head, plain};
use scraper::{Html, Selector};
use serde_json::Value;

/// The properties of each type that may be used, with the type of their values, from schema.org's
/// own pages (<https://schema.org/Dataset> and so on; inherited ones with them). `!` stands before those
/// that must be there: Google's for Dataset, `DataDownload` and `BreadcrumbList`, and our own.
const SCHEMA: [(&str, &str); 10] = [
    (
        "Dataset",
        "!name:text !description:text license:url creator:Organization identifier:text url:page \
         dateModified:day temporalCoverage:days spatialCoverage:texts variableMeasured:text \
         isAccessibleForFree:true distribution:DataDownload*",
    ),
    ("DataDownload", "!contentUrl:page !encodingFormat:text"),
    ("Organization", "!name:text"),
    ("WebPage", PAGE),
    ("AboutPage", PAGE),
    ("AdministrativeArea", PLACE),
    ("Place", PLACE),
    ("Thing", "!name:text identifier:text"),
    ("GeoCoordinates", "!latitude:number !longitude:number"),
    ("BreadcrumbList", "!itemListElement:ListItem*"),
];
const ITEM: &str = "!position:number !name:text !item:page";
const PAGE: &str = "!name:text !url:page !inLanguage:text dateModified:day publisher:Organization \
    !isPartOf:Dataset !breadcrumb:BreadcrumbList about:AdministrativeArea|Place|Thing";
const PLACE: &str = "!name:text identifier:text containedInPlace:Place geo:GeoCoordinates";

/// Where relative addresses start, and the files that there are.
struct Site<'a> {
    folder: &'a str,
    files: &'a BTreeSet<String>,
    address: &'a str,
}

impl Site<'_> {
    /// What is wrong with a thing, if anything.
    fn problems(&self, value: &Value, kinds: &str) -> Vec<String> {
        let Some(fields) = value.as_object() else {
            return vec![format!("{value} isn't an object")];
        };
        let kind = fields.get("@type").and_then(Value::as_str).unwrap_or("");
        let schema = SCHEMA.into_iter().chain([("ListItem", ITEM)]);
        let Some((_, schema)) = schema.into_iter().find(|it| it.0 == kind) else {
            return vec![format!("there is no type {kind:?}")];
        };
        let mut problems = Vec::new();
        if !kinds.split('|').any(|it| it == kind) {
            problems.push(format!("{kind} in the place of {kinds}"));
        }
        let known: Vec<(&str, &str)> = schema
            .split_whitespace()
            .map(|it| it.split_once(':').unwrap())
            .collect();
        for name in known.iter().filter_map(|it| it.0.strip_prefix('!')) {
            if !fields.contains_key(name) {
                problems.push(format!("{kind} lacks {name}"));
            }
        }
        for (name, value) in fields.iter().filter(|it| !it.0.starts_with('@')) {
            match known.iter().find(|it| it.0.trim_start_matches('!') == name) {
                None => problems.push(format!("{kind} has no {name}")),
                Some((_, expected)) => {
                    let of = self.value(value, expected);
                    problems.extend(of.into_iter().map(|it| format!("{kind}.{name}: {it}")));
                }
            }
        }
        problems
    }

    fn value(&self, value: &Value, expected: &str) -> Vec<String> {
        let text = value.as_str().unwrap_or("");
        let is_day = |it: &str| Date::parse(it).is_some();
        let fits = match expected {
            "text" => !text.trim().is_empty(),
            "texts" => value
                .as_array()
                .is_some_and(|it| !it.is_empty() && it.iter().all(Value::is_string)),
            "number" => value.is_number(),
            "true" => *value == Value::Bool(true),
            "day" => is_day(text),
            "days" => text
                .split_once('/')
                .is_some_and(|(a, b)| is_day(a) && is_day(b) && a <= b),
            "url" => text.starts_with("https://") || text.starts_with("http://"),
            "page" => self.leads_somewhere(text),
            _ => {
                let kinds = expected.trim_end_matches('*');
                return match (value.as_array(), expected.ends_with('*')) {
                    (Some(list), true) => list
                        .iter()
                        .flat_map(|it| self.problems(it, kinds))
                        .collect(),
                    (None, false) => self.problems(value, kinds),
                    _ => vec![format!("{value} in the place of {expected}")],
                };
            }
        };
        if fits {
            Vec::new()
        } else {
            vec![format!("{value} isn't {expected}")]
        }
    }

    fn leads_somewhere(&self, url: &str) -> bool {
        let path = if self.address.is_empty() {
            match (url.strip_prefix("../"), self.folder) {
                (Some(path), "subject") => path.to_owned(),
                (None, "") => url.to_owned(),
                _ => return false,
            }
        } else {
            match url.strip_prefix(self.address) {
                Some("") => "index.html".to_owned(),
                Some(path) => path.to_owned(),
                None => return false,
            }
        };
        self.files.contains(&path)
    }
}

fn heads(dataset: &Dataset, address: &Address) -> Vec<Head> {
    let shared = Shared {
        address: address.clone(),
        ..Shared::default()
    };
    let pages = plain(dataset, packed(dataset).unwrap(), &shared);
    let mut heads = vec![index_head(dataset, &shared)];
    heads.extend(pages.into_iter().map(|it| it.0));
    heads
}

/// The one block of a page, as a browser reads it.
fn block(head: &Head) -> Value {
    let html = Html::parse_document(&document(head, "", true));
    let css = Selector::parse("script[type='application/ld+json']").unwrap();
    let blocks: Vec<String> = html.select(&css).map(|it| it.text().collect()).collect();
    assert_eq!(blocks.len(), 1, "{}", head.path);
    serde_json::from_str(&blocks[0]).unwrap()
}

#[test]
fn linked_data_is_as_schema_org_has_it() {
    for (folder, n) in [("data/section-1373", 44), ("tests/datasets/good", 6)] {
        let dataset = read(Path::new(folder)).unwrap();
        for address in ["", "https://example.org/facts/"] {
            let heads = heads(&dataset, &Address::parse(address).unwrap_or_default());
            assert_eq!(heads.len(), n);
            let data = ["data/dataset.csv", "data/dataset.json"].map(str::to_owned);
            let files: BTreeSet<String> =
                heads.iter().map(|it| it.path.clone()).chain(data).collect();
            for head in &heads {
                let value = block(head);
                assert_eq!(value["@context"], "https://schema.org");
                let kind = match head.path.as_str() {
                    "index.html" => "Dataset",
                    "about.html" => "AboutPage",
                    _ => "WebPage",
                };
                let site = Site {
                    folder: head.path.rsplit_once('/').map_or("", |it| it.0),
                    files: &files,
                    address,
                };
                let none: [String; 0] = [];
                assert_eq!(site.problems(&value, kind), none, "{folder}: {}", head.path);
                assert!(!head.linked_data.contains("ClaimReview"));
                let of = if kind == "Dataset" {
                    &value
                } else {
                    &value["isPartOf"]
                };
                let length = of["description"].as_str().unwrap().chars().count();
                assert!((50..=5000).contains(&length), "{length}: {of}");
                assert_eq!(of["name"], dataset.about.title);
                let by = Some(&dataset.about.publisher).filter(|it| !it.is_empty());
                assert_eq!(of["creator"]["name"].as_str(), by.map(String::as_str));
            }
        }
    }
}

#[test]
fn the_shipped_dataset_says_all_that_search_engines_ask_for() {
    let dataset = read(Path::new("data/section-1373")).unwrap();
    let heads = heads(
        &dataset,
        &Address::parse("https://example.org/facts/").unwrap(),
    );
    let value = block(&heads[0]);
    for (name, _) in SCHEMA[0]
        .1
        .split_whitespace()
        .map(|it| it.trim_start_matches('!').split_once(':').unwrap())
    {
        assert!(!value[name].is_null(), "{name}");
    }
    assert_eq!(value["temporalCoverage"], "1996-09-30/2021-04-14");
    assert_eq!(value["dateModified"], "2026-11-27");
    assert_eq!(value["url"], "https://example.org/facts/");
    assert_eq!(value["spatialCoverage"].as_array().unwrap().len(), 19);
    for head in heads.iter().filter(|it| it.path.starts_with("subject/")) {
        let value = block(head);
        assert_eq!(
            value["about"]["@type"], "AdministrativeArea",
            "{}",
            head.path
        );
        assert!(head.title.starts_with(value["name"].as_str().unwrap()));
        let crumbs = value["breadcrumb"]["itemListElement"].as_array().unwrap();
        let positions: Vec<i64> = crumbs
            .iter()
            .map(|it| it["position"].as_i64().unwrap())
            .collect();
        assert_eq!(positions, [1, 2]);
        assert_eq!(
            crumbs[1]["item"],
            format!("https://example.org/facts/{}", head.path)
        );
    }
}

#[test]
fn what_schema_org_does_not_have_is_found() {
    let files = BTreeSet::from(["index.html".to_owned()]);
    let site = Site {
        folder: "",
        files: &files,
        address: "",
    };
    let told = |json: &str, kind: &str| site.problems(&serde_json::from_str(json).unwrap(), kind);
    for (json, kind, problem) in [
        (
            r#"{"@type": "ClaimReview"}"#,
            "WebPage",
            "there is no type \"ClaimReview\"",
        ),
        (
            r#"{"@type": "Organization"}"#,
            "Organization",
            "Organization lacks name",
        ),
        (
            r#"{"@type": "Organization", "name": "x", "nam": 1}"#,
            "Organization",
            "Organization has no nam",
        ),
        (
            r#"{"@type": "Organization", "name": "x"}"#,
            "Place",
            "Organization in the place of Place",
        ),
        (
            r#"{"@type": "DataDownload", "encodingFormat": "x", "contentUrl": "nowhere.csv"}"#,
            "DataDownload",
            "DataDownload.contentUrl: \"nowhere.csv\" isn't page",
        ),
        (
            r#"{"@type": "Dataset", "name": "x", "description": "x", "dateModified": "2026-02-30",
                "creator": {"@type": "Organization", "name": "x"}}"#,
            "Dataset",
            "Dataset.dateModified: \"2026-02-30\" isn't day",
        ),
    ] {
        assert_eq!(told(json, kind), [problem]);
    }
}
