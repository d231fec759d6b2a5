use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fact_explorer::dataset::check::OF_THE_PAGE;
use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::read::read;
use fact_explorer::dataset::slug::is_id;
use fact_explorer::language::Word;
use fact_explorer::site::address::Address;
use fact_explorer::site::document::{Head, Shared, document};
use fact_explorer::site::packed;
use fact_explorer::site::page::{index, plain};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::export::json_file;
use crate::table::with_files;

fn dataset() -> Dataset {
    read(Path::new("data/section-1373")).unwrap()
}

fn shared() -> Shared {
    Shared {
        script: "record.js".to_owned(),
        ..Shared::default()
    }
}

/// Every page that needs no script, by its path, as a browser reads it.
fn pages(dataset: &Dataset) -> BTreeMap<String, (Head, Html)> {
    let read = |(head, body): (Head, String)| {
        let html = Html::parse_document(&document(&head, &body, true));
        (head.path.clone(), (head, html))
    };
    plain(dataset, packed(dataset).unwrap(), &shared())
        .map(read)
        .collect()
}

fn all<'a>(html: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(css).unwrap()).collect()
}

fn text(html: &Html, css: &str) -> String {
    all(html, css).iter().flat_map(ElementRef::text).collect()
}

/// The shipped dataset, and one that has corrections and a contact.
fn datasets() -> [(Dataset, usize); 2] {
    let good = read(Path::new("tests/datasets/good")).unwrap();
    [(dataset(), 43), (good, 5)]
}

#[test]
fn every_page_is_well_formed_and_named() {
    for (dataset, n) in datasets() {
        let pages = pages(&dataset);
        assert_eq!(pages.len(), n);
        let titles: BTreeSet<&str> = pages.values().map(|it| it.0.title.as_str()).collect();
        let descriptions: BTreeSet<&str> =
            pages.values().map(|it| it.0.description.as_str()).collect();
        assert_eq!((titles.len(), descriptions.len()), (n, n), "each its own");
        are_well_formed(&pages);
    }
}

fn are_well_formed(pages: &BTreeMap<String, (Head, Html)>) {
    for (path, (_, html)) in pages {
        assert_eq!(html.errors, Vec::<String>::new(), "{path}");
        for css in [
            "h1",
            "main",
            "title",
            "meta[name=description]",
            "link[rel=canonical]",
            "link[rel=alternate][type='application/atom+xml']",
            "meta[property='og:title']",
        ] {
            assert_eq!(all(html, css).len(), 1, "{path}: {css}");
        }
        for css in [
            "p p",
            "p ul",
            "p p, p dl, p ol, p details, p pre, p > li",
            "dl > :not(div):not(dt):not(dd)",
            "details > :first-child:not(summary), details:not(:has(> summary))",
            "a a, a button, summary a",
            "time:not([datetime])",
            "ul > :not(li)",
            "ol > :not(li)",
            "script[src]:not([defer][src$='/record.js'])",
            "[style]",
            "[onclick]",
            "table > tr",
        ] {
            assert_eq!(all(html, css).len(), 0, "{path}: {css}");
        }
        // Headings go down by one step at a time.
        let levels: Vec<u8> = all(html, "h1, h2, h3, h4")
            .iter()
            .map(|it| it.value().name().as_bytes()[1] - b'0')
            .collect();
        assert!(
            levels.windows(2).all(|it| it[1] <= it[0] + 1),
            "{path}: {levels:?}"
        );
    }
}

#[test]
fn every_link_within_the_site_leads_somewhere() {
    for (dataset, _) in datasets() {
        links_lead_somewhere(dataset);
    }
}

fn links_lead_somewhere(dataset: Dataset) {
    let pages = pages(&dataset);
    let page = index(&dataset, packed(&dataset).unwrap());
    let body = [page.masthead, page.explorer, page.colophon].concat();
    let index = Html::parse_document(&format!("<!doctype html><main id=explorer>{body}</main>"));
    let ids = |html: &Html| -> BTreeSet<String> {
        all(html, "[id]")
            .iter()
            .map(|it| it.attr("id").unwrap().to_owned())
            .collect()
    };
    let mut known: BTreeMap<&str, BTreeSet<String>> = pages
        .iter()
        .map(|(path, (_, html))| (path.as_str(), ids(html)))
        .collect();
    known.insert("index.html", ids(&index));
    for (path, html) in pages
        .iter()
        .map(|(path, it)| (path.as_str(), &it.1))
        .chain([("index.html", &index)])
    {
        let unique = all(html, "[id]").len();
        assert_eq!(unique, known[path].len(), "{path}: ids are unique");
        for name in ["aria-labelledby", "aria-describedby", "for"] {
            for element in all(html, &format!("[{name}]")) {
                for id in element.attr(name).unwrap().split_whitespace() {
                    assert!(known[path].contains(id), "{path}: {name}={id}");
                }
            }
        }
        let folder = path.rsplit_once('/').map_or("", |it| it.0);
        for link in all(html, "a[href]") {
            let href = link.attr("href").unwrap();
            if href.is_empty()
                || href.starts_with("http")
                || href.starts_with("mailto:")
                || href.starts_with("data/")
            {
                continue;
            }
            let (file, fragment) = href.split_once('#').unwrap_or((href, ""));
            let file = match file.strip_prefix("../") {
                _ if file.is_empty() => path.to_owned(),
                Some(file) => file.to_owned(),
                None if folder.is_empty() => file.trim_start_matches("./").to_owned(),
                None => format!("{folder}/{file}"),
            };
            if file.starts_with("data/")
                || ["changes.atom", "standalone.html"].contains(&file.as_str())
            {
                continue;
            }
            let ids = known
                .get(file.as_str())
                .unwrap_or_else(|| panic!("{path}: {href}: no such page"));
            // The explorer's fragments are selections; those of cards are ids as well.
            let is_selection = file == "index.html" && fragment.contains('=');
            assert!(
                fragment.is_empty() || is_selection || ids.contains(fragment),
                "{path}: {href}"
            );
        }
    }
}

#[test]
fn a_record_has_everything_there_is_on_its_subject() {
    let dataset = dataset();
    let pages = pages(&dataset);
    for subject in &dataset.subjects {
        let (_, html) = &pages[&format!("subject/{}.html", subject.id)];
        let words = text(html, "body");
        for event in &subject.event {
            let id = event.id.get_ref();
            assert!(words.contains(&event.summary), "{id}");
            if let Some(quote) = &event.quote {
                let statements = text(html, "section:has(> #statements) blockquote");
                assert!(statements.contains(&quote.get_ref().text), "{id}");
                assert!(statements.contains(&quote.get_ref().speaker), "{id}");
            }
            let sources: BTreeSet<&str> = event
                .citations()
                .map(|it| it.source.get_ref().as_str())
                .collect();
            let cites = all(html, &format!("[id='{id}'] .cites li"));
            assert_eq!(cites.len(), sources.len(), "{id}");
            let copies = all(
                html,
                &format!("[id='{id}'] .cites a.archived[href^='https://web.archive.org/web/']"),
            );
            assert_eq!(copies.len(), sources.len(), "{id}");
        }
        for text in subject
            .policies
            .iter()
            .chain(subject.money.iter().map(|it| &it.amount))
        {
            assert!(words.contains(text), "{}: {text}", subject.id);
        }
        let is_of =
            |ids: &[toml::Spanned<String>]| ids.iter().any(|it| *it.get_ref() == subject.id);
        for case in dataset.cases.iter().filter(|it| is_of(&it.subjects)) {
            assert!(
                words.contains(&case.name) && words.contains(&case.outcome),
                "{}",
                subject.id
            );
        }
        for point in dataset
            .disagreements
            .iter()
            .filter(|it| is_of(&it.subjects))
        {
            assert!(
                words.contains(&point.topic) && words.contains(&point.shown),
                "{}",
                subject.id
            );
            assert!(
                point.position.iter().all(|it| words.contains(&it.claim)),
                "{}",
                subject.id
            );
        }
        assert_eq!(
            all(html, ".sources:not(.sources--besides) > li").len(),
            subject.n_sources(),
            "{}",
            subject.id
        );
    }
}

#[test]
fn the_page_behind_the_facts_has_the_rest() {
    let dataset = dataset();
    let pages = pages(&dataset);
    let (_, html) = &pages["about.html"];
    let words = text(html, "body");
    let method = &dataset.about.method;
    let texts = [&method.collected, &method.checked, &method.as_of].into_iter();
    for text in texts
        .chain(&method.open_questions)
        .chain(dataset.timeline.iter().map(|it| &it.summary))
        .chain(dataset.cases.iter().map(|it| &it.outcome))
        .chain(dataset.disagreements.iter().map(|it| &it.shown))
        .chain(dataset.about.finding.iter().map(|it| &it.definition))
    {
        assert!(words.contains(text), "{text}");
    }
    assert_eq!(all(html, ".sources > li").len(), 211);
}

#[test]
fn every_event_of_a_record_and_the_record_itself_can_be_cited() {
    let dataset = dataset();
    let pages = pages(&dataset);
    for (path, (head, html)) in &pages {
        let is_cited = path.starts_with("subject/") || path == "about.html";
        let scripts = all(html, "script[src]").len();
        assert_eq!(
            (head.script, scripts),
            (is_cited, usize::from(is_cited)),
            "{path}"
        );
        let file = path.rsplit('/').next().unwrap();
        let events = all(html, ".event[id] > .cite-this");
        let all_events = all(html, ".event[id]").len();
        assert_eq!(
            events.len(),
            if is_cited { all_events } else { 0 },
            "{path}"
        );
        for event in all(html, ".event[id]").iter().filter(|_| is_cited) {
            let id = event.attr("id").unwrap();
            let select = |css: &str| -> Vec<ElementRef> {
                event.select(&Selector::parse(css).unwrap()).collect()
            };
            let link = &select("a.permalink")[0];
            assert_eq!(link.attr("href"), Some(format!("#{id}").as_str()));
            let day: String = select(".event__when time")[0].text().collect();
            let name = link.attr("aria-label").unwrap();
            assert!(
                name.starts_with("Link to this: ") && name.ends_with(&day),
                "{name}"
            );
            let styles: Vec<&str> = select("[data-style]")
                .iter()
                .map(|it| it.attr("data-style").unwrap())
                .collect();
            assert_eq!(styles, ["apa", "chicago", "bibtex", "ris"], "{id}");
            for address in select("[data-address]") {
                assert_eq!(
                    address.attr("data-address"),
                    Some(format!("{file}#{id}").as_str())
                );
                assert_eq!(address.text().collect::<String>(), format!("{path}#{id}"));
            }
            assert_eq!(select("[data-address]").len(), 4, "{id}");
        }
    }
    let html = &pages["subject/philadelphia-pa.html"].1;
    let own = "section:has(> #cite) [data-style=chicago]";
    assert_eq!(
        text(html, own),
        "Fact Explorer. “Philadelphia.” Who did the Justice Department warn? \
         As of April 14, 2021. Last modified November 27, 2026. subject/philadelphia-pa.html."
    );
    assert!(text(html, "section:has(> #cite) [data-style=apa]").ends_with("pa.html"));
    let summary = text(html, "section:has(> #cite) summary");
    assert_eq!(summary, "Cite this record Philadelphia");
    let of = "#philadelphia-pa-07 [data-style=ris]";
    let ris = text(html, of);
    assert!(
        ris.starts_with("TY  - DATA\nID  - section-1373-philadelphia-pa-07\n"),
        "{ris}"
    );
    assert!(ris.contains("\nTI  - Philadelphia: "), "{ris}");
    assert!(ris.ends_with("\nER  - "), "{ris:?}");
    let whole = text(
        &pages["about.html"].1,
        "section:has(> #errors) [data-style=bibtex]",
    );
    assert!(whole.starts_with("@misc{section-1373,\n"), "{whole}");
    assert!(whole.contains("\n  url = {index.html},\n"), "{whole}");
}

#[test]
fn where_the_sites_address_is_known_citations_have_it() {
    let dataset = dataset();
    let shared = Shared {
        address: Address::parse("https://example.org/facts/").unwrap(),
        ..shared()
    };
    for (head, body) in plain(&dataset, packed(&dataset).unwrap(), &shared) {
        let html = Html::parse_fragment(&body);
        assert_eq!(all(&html, "[data-address]").len(), 0, "{}", head.path);
        for ris in all(&html, "[data-style=ris]") {
            let words: String = ris.text().collect();
            assert!(
                words.contains("\nUR  - https://example.org/facts/"),
                "{words}"
            );
        }
    }
}

#[test]
fn a_record_says_what_stands_on_which_day() {
    let dataset = dataset();
    let pages = pages(&dataset);
    for (subject, standing) in [
        (
            "philadelphia-pa",
            "Latest, as of April 14, 2021: Warned since October 11, 2017; on October 12, 2017 (October 2017 \
             letters): Warned.",
        ),
        (
            "albany-ny",
            "Latest, as of April 14, 2021: Documents demanded since January 24, 2018; on October 12, 2017 \
             (October 2017 letters): no finding yet.",
        ),
    ] {
        let html = &pages[&format!("subject/{subject}.html")].1;
        assert_eq!(text(html, ".standing"), standing);
    }
}

#[test]
fn a_finding_that_was_found_again_stands_since_the_first_time() {
    let mut dataset = read(Path::new("tests/datasets/good")).unwrap();
    let titan = &mut dataset.subjects[1].event;
    titan[0].finding = titan[1].finding.clone();
    assert_eq!(
        text(&pages(&dataset)["subject/titan.html"].1, ".standing"),
        "Latest, as of March 1, 2007: Visited since July 3, 2004; on January 14, 2005 (Then): \
         Visited."
    );
}

#[test]
fn how_to_report_an_error_is_told_with_and_without_an_address() {
    for (folder, words, link) in [
        (
            "data/section-1373",
            "Write to whoever publishes this page.",
            None,
        ),
        (
            "tests/datasets/good",
            "Write to moons@example.org.",
            Some("mailto:moons@example.org"),
        ),
    ] {
        let pages = pages(&read(Path::new(folder)).unwrap());
        for path in ["about.html", "corrections.html"] {
            let html = &pages[path].1;
            assert!(text(html, "main").contains(words), "{path}");
            let links = all(html, "a[href^=mailto]");
            assert_eq!(links.first().and_then(|it| it.attr("href")), link, "{path}");
        }
    }
}

#[test]
fn the_pages_behind_the_facts_are_one_link_away() {
    let dataset = dataset();
    let explorer = index(&dataset, packed(&dataset).unwrap());
    assert!(!explorer.explorer.contains("cite-this") && !explorer.explorer.contains("permalink"));
    let masthead = Html::parse_fragment(&explorer.masthead);
    let pages = pages(&dataset);
    let record = &pages["subject/albany-ny.html"].1;
    for page in ["about.html", "corrections.html", "changes.html"] {
        assert_eq!(
            all(&masthead, &format!("a[href='./{page}']")).len(),
            1,
            "{page}"
        );
        assert!(
            !all(record, &format!("a[href^='../{page}']")).is_empty(),
            "{page}"
        );
    }
    let (_, about) = &pages["about.html"];
    assert!(!all(about, "a[href='./corrections.html']").is_empty());
    assert!(!all(about, "a[href='./changes.html']").is_empty());
}

#[test]
fn without_corrections_the_page_says_so() {
    let dataset = dataset();
    let pages = pages(&dataset);
    assert!(dataset.corrections.is_empty());
    let words = text(&pages["corrections.html"].1, "main");
    assert!(words.contains("Nothing has been corrected since publication."));
    for (path, (_, html)) in &pages {
        assert_eq!(all(html, ".corrected, .correction").len(), 0, "{path}");
    }
}

#[test]
fn a_correction_is_told_and_marked_where_it_was_made() {
    let dataset = read(Path::new("tests/datasets/good")).unwrap();
    let pages = pages(&dataset);
    let (_, html) = &pages["corrections.html"];
    assert_eq!(html.errors, Vec::<String>::new());
    let told: Vec<(&str, String)> = all(html, ".events > li")
        .iter()
        .map(|it| (it.attr("id").unwrap(), it.text().collect()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "sky",
                "January 2, 2020 · CorrectionTitanIt saidIts sky is blue.It saysIts sky is \
                 orange.WhyA reader wrote to us."
                    .to_owned()
            ),
            (
                "mud",
                "May 6, 2019 · CorrectionTitan, January 14, 2005It saidIt landed on rock.It \
                 saysIt landed in mud.WhyThe survey was read in the wrong column."
                    .to_owned()
            ),
        ]
    );
    let links = |html: &Html, css: &str| -> Vec<String> {
        all(html, css)
            .iter()
            .map(|it| it.attr("href").unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        links(html, ".events a"),
        ["./subject/titan.html", "./subject/titan.html#titan-2"]
    );
    let titan = &pages["subject/titan.html"].1;
    assert_eq!(
        links(titan, "#titan-2 .corrected a"),
        ["../corrections.html#mud"]
    );
    assert_eq!(text(titan, "#titan-2 .corrected"), "Corrected May 6, 2019");
    assert_eq!(
        links(titan, ".corrected a"),
        ["../corrections.html#sky", "../corrections.html#mud"]
    );
    assert!(links(&pages["subject/phobos.html"].1, ".corrected a").is_empty());
    // In the explorer, too.
    let explorer = Html::parse_fragment(&index(&dataset, packed(&dataset).unwrap()).explorer);
    assert_eq!(
        links(&explorer, ".corrected a"),
        ["./corrections.html#sky", "./corrections.html#mud"]
    );
    let file: Value = json_file(&dataset);
    assert_eq!(file["corrections"][0]["event"], "titan-2");
    assert_eq!(file["corrections"][1]["subject"], "titan");
    assert_eq!(file["corrections"][1]["says"], "Its sky is orange.");
}

#[test]
fn each_passage_that_a_record_cites_has_a_link() {
    let dataset = dataset();
    let pages = pages(&dataset);
    for subject in &dataset.subjects {
        let (_, html) = &pages[&format!("subject/{}.html", subject.id)];
        let links: BTreeSet<&str> = all(html, "a")
            .iter()
            .filter_map(|it| it.attr("href"))
            .collect();
        for event in &subject.event {
            for citation in event.cite.get_ref() {
                let link = dataset.link(citation);
                assert!(
                    links.contains(link.as_str()),
                    "{}: {link}",
                    event.id.get_ref()
                );
            }
        }
    }
}

#[test]
fn no_source_names_the_same_place_twice() {
    for (path, (_, html)) in pages(&dataset()) {
        for source in all(&html, ".cites > li, .sources > li") {
            let said: String = source.text().collect();
            let Some((_, places)) = said.rsplit_once(" (") else {
                continue;
            };
            let places = places.split(')').next().unwrap().split("; ");
            let places: Vec<&str> = places.filter(|it| *it != "another passage").collect();
            let different: BTreeSet<&&str> = places.iter().collect();
            assert_eq!(different.len(), places.len(), "{path}: {said}");
        }
    }
}

#[test]
fn each_work_that_can_be_cited_has_a_key_of_its_own() {
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    for (path, (_, html)) in pages(&dataset()) {
        for entry in all(&html, "[data-style=bibtex]") {
            let said: String = entry.text().collect();
            let key = said.split(['{', ',']).nth(1).unwrap().to_owned();
            let address = said
                .split("url = {")
                .nth(1)
                .map(|it| it.split('}').next().unwrap().to_owned());
            let address = address.unwrap_or_else(|| panic!("{path}: {said}"));
            let other = keys.insert(key.clone(), address.clone());
            assert!(other.is_none_or(|it| it == address), "{path}: {key}");
        }
    }
    assert!(keys.len() > 200, "{}", keys.len());
}

#[test]
fn records_form_a_chain() {
    let dataset = dataset();
    let pages = pages(&dataset);
    let mut seen = vec!["albany-ny".to_owned()];
    loop {
        let (_, html) = &pages[&format!("subject/{}.html", seen.last().unwrap())];
        let Some(next) = all(html, "a[rel=next]")
            .first()
            .and_then(|it| it.attr("href"))
        else {
            break;
        };
        seen.push(next.strip_suffix(".html").unwrap().to_owned());
    }
    assert_eq!(seen.len(), 40);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 40);
}

#[test]
fn a_record_has_every_value_once() {
    let about = "\
[table]
file = \"rows.csv\"
name = \"name\"
place = \"kind\"
finding = \"finding\"
[[finding]]
id = \"good\"
label = \"Good\"
tone = \"blue\"
shape = \"check\"
[[facet]]
id = \"kind\"
label = \"Kind\"
[[facet]]
id = \"colour\"
label = \"Colour\"
[[facet]]
id = \"rate\"
label = \"Rate\"
type = \"number\"
[[facet]]
id = \"age\"
label = \"Age\"
type = \"number\"
[[field]]
id = \"rate\"
label = \"Rate\"
";
    let rows = b"name,kind,finding,colour,rate,age\nA,Moon,GOOD,Red,65.09,3\nB,Moon,Good,Blue,,4\n";
    let files: [(&str, &[u8]); 2] = [("dataset.toml", about.as_bytes()), ("rows.csv", rows)];
    let dataset = read(&with_files("every-value", &files)).unwrap();
    let pages = pages(&dataset);
    let facts = |id: &str| {
        let html = &pages[&format!("subject/{id}.html")].1;
        let terms = all(html, "#facts ~ .scale > div");
        let words = terms
            .iter()
            .map(|it| it.text().collect::<Vec<_>>().join(": "));
        words.collect::<Vec<String>>()
    };
    assert_eq!(facts("a"), ["Rate: 65.09", "Colour: Red", "Age: 3"]);
    assert_eq!(facts("b"), ["Colour: Blue", "Age: 4"]);
    // What the place is that subjects are ordered by; it says a kind once that is the place, too.
    let pack = packed(&dataset).unwrap();
    assert_eq!(pack.subject_with_id("a").unwrap().place(), "Moon");
    assert_eq!(pack.words().text(Word::KindAndPlace), "Kind and place");
}

#[test]
fn a_long_list_has_a_field_and_not_its_ranges() {
    let mut rows = "name,rate\n".to_owned();
    for n in 0..600 {
        rows.push_str(&format!("n{n},{n}.5\n"));
    }
    let dataset = read(&with_files("long-rates", &[("rows.csv", rows.as_bytes())])).unwrap();
    let shared = shared();
    let mut pages = plain(&dataset, packed(&dataset).unwrap(), &shared);
    let (_, body) = pages.find(|it| it.0.path == "list/1.html").unwrap();
    let html = Html::parse_document(&body);
    let first = html
        .select(&Selector::parse("article").unwrap())
        .next()
        .unwrap();
    let css = Selector::parse("dt").unwrap();
    let terms: Vec<String> = first.select(&css).map(|it| it.text().collect()).collect();
    assert_eq!(
        terms.iter().filter(|it| *it == "Rate").count(),
        1,
        "{terms:?}"
    );
}

/// Every file of Rust in a folder.
fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|it| it == "rs") {
            into.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn no_id_of_an_author_is_one_of_the_pages_own() {
    let mut files = Vec::new();
    sources(Path::new("src/view"), &mut files);
    sources(Path::new("src/site"), &mut files);
    let all = files.concat();
    let is_name = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    let mut own = BTreeSet::new();
    for (at, _) in all.match_indices(" id=") {
        let written = &all[at + " id=".len()..];
        let constant = written.split(|it: char| !(it.is_ascii_uppercase() || it == '_'));
        let constant = constant.into_iter().next().unwrap();
        let value = format!("const {constant}: &str = ");
        let of_constant = all.split_once(value.as_str()).map(|it| it.1);
        let written = of_constant.unwrap_or(written).trim_start_matches('\\');
        let text = written.strip_prefix('"').unwrap_or("");
        let end = text.find(|it| !is_name(it)).unwrap_or(0);
        if text[end..].starts_with(['"', '\\']) && is_id(&text[..end]) {
            own.insert(&text[..end]);
        }
    }
    println!("{own:?}");
    assert!(own.contains("facts") && own.contains("show-all") && own.contains("past-the-list"));
    for id in own {
        assert!(OF_THE_PAGE.contains(&id), "{id}");
    }
}
