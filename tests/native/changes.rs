use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use atom_syndication::{Entry, Feed};
use fact_explorer::dataset::changes::changes;
use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::read::read;
use fact_explorer::site::address::Address;
use fact_explorer::site::document::Shared;
use fact_explorer::site::limits;
use fact_explorer::site::packed;
use fact_explorer::site::page::plain;
use fact_explorer::site::xml::feed;
use fact_explorer::view::changes::MOST;
use fact_explorer::view::long;
use scraper::{ElementRef, Html, Selector};

use crate::table::with_files;

fn shipped() -> Dataset {
    read(Path::new("data/section-1373")).unwrap()
}

fn good() -> Dataset {
    read(Path::new("tests/datasets/good")).unwrap()
}

fn page(dataset: &Dataset) -> Html {
    let shared = Shared::default();
    let mut pages = plain(dataset, packed(dataset).unwrap(), &shared);
    let (_, body) = pages.find(|it| it.0.path == "changes.html").unwrap();
    Html::parse_fragment(&body)
}

fn all<'a>(html: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(css).unwrap()).collect()
}

#[test]
fn replayed_changes_give_the_finding_on_every_day() {
    for dataset in [shipped(), good()] {
        let pack = packed(&dataset).unwrap();
        let changes = changes(&dataset);
        assert!(changes.is_sorted_by_key(|it| it.day));
        let mut now: BTreeMap<&str, &str> = BTreeMap::new();
        for days in pack.first_day().days()..=pack.last_day().days() {
            let day = Date::from_days(days);
            for change in changes.iter().filter(|it| it.day == day) {
                let after = change.after.id.get_ref().as_str();
                let before = now.insert(&change.subject.id, after);
                assert_eq!(before, change.before.map(|it| it.id.get_ref().as_str()));
                assert_ne!(before, Some(after), "no change at all");
            }
            for subject in pack.subjects() {
                let finding = subject.step_on(day).map(|it| it.finding().id());
                assert_eq!(now.get(subject.id()).copied(), finding, "{}", subject.id());
            }
        }
    }
}

#[test]
fn a_finding_found_again_is_no_change_and_the_last_of_a_day_counts() {
    let mut dataset = good();
    let again = |date: &str, finding: &str| {
        format!(
            "name = \"x\"\nplace = \"y\"\n[facets]\n[[event]]\nid = \"e\"\ndate = \"{date}\"\n\
             kind = \"flight\"\nfinding = \"{finding}\"\nsummary = \"s\"\ncite = []\n"
        )
    };
    let event = |date: &str, finding: &str| {
        let mut subject: fact_explorer::dataset::model::Subject =
            toml::from_str(&again(date, finding)).unwrap();
        subject.event.remove(0)
    };
    let told = |dataset: &Dataset| -> Vec<String> {
        let line = |it: &fact_explorer::dataset::changes::Change| {
            let before = it.before.map_or("-", |it| it.id.get_ref());
            format!(
                "{} {} {before} {}",
                it.day.iso(),
                it.subject.id,
                it.after.id.get_ref()
            )
        };
        changes(dataset).iter().map(line).collect()
    };
    assert_eq!(
        told(&dataset),
        [
            "2004-07-03 titan - seen",
            "2005-01-14 titan seen visited",
            "2007-03-01 phobos - seen"
        ]
    );
    let titan = &mut dataset.subjects[1].event;
    titan.push(event("2006-01-01", "visited"));
    titan.push(event("2006-02-01", "seen"));
    titan.push(event("2006-02-01", "visited"));
    titan.push(event("2006-03-01", "seen"));
    assert_eq!(
        told(&dataset),
        [
            "2004-07-03 titan - seen",
            "2005-01-14 titan seen visited",
            "2006-03-01 titan visited seen",
            "2007-03-01 phobos - seen"
        ]
    );
}

#[test]
fn the_page_has_every_change_the_newest_day_first() {
    let dataset = shipped();
    let html = page(&dataset);
    let days: Vec<&str> = all(&html, "h2 time")
        .iter()
        .map(|it| it.attr("datetime").unwrap())
        .collect();
    assert!(
        days.windows(2).all(|it| it[0] > it[1]),
        "newest first, each once: {days:?}"
    );
    let shown: BTreeSet<&str> = all(&html, "[data-event]")
        .iter()
        .map(|it| it.attr("data-event").unwrap())
        .collect();
    let changes = changes(&dataset);
    assert!(changes.len() > 60, "{}", changes.len());
    let expected: BTreeSet<&str> = changes
        .iter()
        .map(|it| it.event.id.get_ref().as_str())
        .collect();
    assert_eq!(shown, expected);
    for change in &changes {
        let id = change.event.id.get_ref();
        let entry = &all(&html, &format!("[data-event='{id}']"))[0];
        let words: String = entry.text().collect();
        let name = change.subject.name.get_ref();
        assert!(words.contains(name.as_str()) && words.contains(&change.event.summary));
        let find = |css: &str| entry.select(&Selector::parse(css).unwrap()).count();
        let findings = 1 + usize::from(change.before.is_some());
        assert_eq!(find(".event__finding svg"), findings, "{id}");
        assert!(find(".cites a[href^=http]") > 0, "{id}");
        let link = format!("a[href='./subject/{}.html#{id}']", change.subject.id);
        assert_eq!(find(&link), 1, "{id}");
    }
}

#[test]
fn corrections_stand_among_the_changes() {
    let html = page(&good());
    let days: Vec<String> = all(&html, "section")
        .iter()
        .map(|it| it.text().collect::<String>().chars().take(24).collect())
        .collect();
    assert_eq!(
        days,
        [
            "January 2, 2020January 2",
            "May 6, 2019May 6, 2019 ·",
            "March 1, 2007PhobosFirst",
            "January 14, 2005TitanFro",
            "July 3, 2004TitanFirst f"
        ]
    );
    let mark = all(&html, "[data-event=titan-2] .corrected a");
    assert_eq!(mark[0].attr("href"), Some("./corrections.html#mud"));
}

fn links(entry: &Entry, rel: &str) -> Vec<String> {
    let links = entry.links().iter().filter(|it| it.rel() == rel);
    links.map(|it| it.href().to_owned()).collect()
}

/// What RFC 4287 asks of a feed (section 4.1.1), an entry (4.1.2) and their parts.
fn is_as_the_rfc_says(xml: &str, dataset: &Dataset) -> Feed {
    let feed: Feed = xml.parse().unwrap();
    let mut ids = BTreeSet::from([feed.id()]);
    assert!(!feed.title().as_str().is_empty());
    let by = match dataset.about.publisher.as_str() {
        "" => feed.title().as_str(),
        it => it,
    };
    assert_eq!(feed.authors()[0].name(), by);
    let of = |rel: &str| feed.links().iter().filter(|it| it.rel() == rel).count();
    assert_eq!((of("self"), of("alternate")), (1, 1));
    assert!(
        feed.entries()
            .is_sorted_by(|a, b| a.updated() >= b.updated())
    );
    assert!(feed.updated() >= feed.entries()[0].updated());
    for entry in feed.entries() {
        assert!(ids.insert(entry.id()), "{} is used twice", entry.id());
        assert!(!entry.title().as_str().is_empty());
        assert!(!entry.summary().unwrap().as_str().is_empty());
        assert_eq!(links(entry, "alternate").len(), 1);
        assert!(entry.published() <= Some(entry.updated()));
    }
    for id in &ids {
        let digits = id.strip_prefix("urn:uuid:").unwrap();
        assert!(digits.len() == 36 && &digits[14..15] == "5", "{id}");
    }
    // Each once in the text, too, since a parser may take the last of several.
    let n = feed.entries().len();
    assert_eq!(n, changes(dataset).len() + dataset.corrections.len());
    for (tag, n) in [
        ("<entry>", n),
        ("<id>", n + 1),
        ("<title>", n + 1),
        ("<updated>", n + 1),
        ("<summary>", n),
        ("<author>", 1),
    ] {
        assert_eq!(xml.matches(tag).count(), n, "{tag}");
    }
    for moment in xml.split("<updated>").skip(1) {
        let (moment, _) = moment.split_once("</updated>").unwrap();
        let day = moment.strip_suffix("T12:00:00Z").unwrap();
        assert!(Date::parse(day).is_some(), "{moment}");
    }
    feed
}

#[test]
fn the_shipped_feed_is_as_the_rfc_says() {
    let dataset = shipped();
    let xml = feed(&dataset, &Address::default());
    let feed = is_as_the_rfc_says(&xml, &dataset);
    assert_eq!(feed.updated().to_rfc3339(), "2026-11-27T12:00:00+00:00");
    let shared = Shared::default();
    let pages: Vec<_> = plain(&dataset, packed(&dataset).unwrap(), &shared).collect();
    for entry in feed.entries() {
        let link = &links(entry, "alternate")[0];
        let (page, id) = link.split_once('#').unwrap();
        let (_, body) = pages.iter().find(|it| it.0.path == page).unwrap();
        assert!(body.contains(&format!("id=\"{id}\"")), "{link}");
        assert!(!links(entry, "via").is_empty(), "{link}");
    }
    let warned = feed.entries().iter();
    let warned =
        warned.filter(|it| it.title().as_str() == "New Orleans: from Under review to Warned");
    assert_eq!(warned.count(), 1);
}

#[test]
fn the_feed_has_corrections_and_escapes_what_it_says() {
    let mut dataset = good();
    let nasty = "<b>&amp; \"x\" ]]> \u{1}\u{fffe}</summary>";
    dataset.subjects[1].event[1].summary = nasty.to_owned();
    dataset.about.title = nasty.to_owned();
    dataset.corrections[0].said = nasty.to_owned();
    let xml = feed(&dataset, &Address::default());
    let feed = is_as_the_rfc_says(&xml, &dataset);
    let said = "<b>&amp; \"x\" ]]> </summary>";
    assert_eq!(feed.title().as_str(), said);
    let told: Vec<(&str, String, String)> = feed
        .entries()
        .iter()
        .map(|it| {
            let day = it.updated().format("%Y-%m-%d").to_string();
            (it.title().as_str(), day, links(it, "alternate").concat())
        })
        .collect();
    let told: Vec<(&str, &str, &str)> = told
        .iter()
        .map(|(title, day, link)| (*title, day.as_str(), link.as_str()))
        .collect();
    // A change whose event was corrected is as new as its correction.
    assert_eq!(
        told,
        [
            ("Correction: Titan", "2020-01-02", "corrections.html#sky"),
            (
                "Titan: from Seen to Visited",
                "2019-05-06",
                "subject/titan.html#titan-2"
            ),
            (
                "Correction: Titan, January 14, 2005",
                "2019-05-06",
                "corrections.html#mud"
            ),
            ("Phobos: Seen", "2007-03-01", "subject/phobos.html#phobos-2"),
            ("Titan: Seen", "2004-07-03", "subject/titan.html#titan-1"),
        ]
    );
    let landed = &feed.entries()[1];
    let summary = landed.summary().unwrap().as_str();
    assert_eq!(summary, format!("{said} It landed in mud."));
    assert_eq!(
        landed.published().unwrap().to_rfc3339(),
        "2005-01-14T12:00:00+00:00"
    );
}

/// Whoever reads a feed knows an entry by its id alone: these may never change.
#[test]
fn ids_in_the_feed_stay_as_they_are() {
    let xml = feed(&good(), &Address::default());
    let feed: Feed = xml.parse().unwrap();
    let ids: BTreeSet<&str> = feed.entries().iter().map(Entry::id).collect();
    assert_eq!(feed.id(), "urn:uuid:a0c461ae-ce14-5794-8221-07decab88357");
    for id in [
        "urn:uuid:b0bcabee-5efc-57c6-b676-cad947109603",
        "urn:uuid:8984c81e-6b95-5d52-9411-c0e31a4a39bf",
    ] {
        assert!(ids.contains(id), "{id}");
    }
    // Wherever the site is.
    let there = Address::parse("https://example.org/facts/").unwrap();
    let there: Feed = fact_explorer::site::xml::feed(&good(), &there)
        .parse()
        .unwrap();
    assert_eq!(ids, there.entries().iter().map(Entry::id).collect());
    assert_eq!(
        links(&there.entries()[0], "alternate"),
        ["https://example.org/facts/corrections.html#sky"]
    );
    let own = there.links().iter().find(|it| it.rel() == "self").unwrap();
    assert_eq!(own.href(), "https://example.org/facts/changes.atom");
}

/// A table with a finding and a day for each of so many rows, and a correction of its first.
fn judged(name: &str, n: usize) -> Dataset {
    let about = "noun = { one = \"moon\", many = \"moons\" }\n[table]\nfile = \"moons.csv\"\nname = \"name\"\n\
                 finding = \"finding\"\ndate = \"day\"\nlink = \"link\"\n\
                 [[finding]]\nid = \"seen\"\nlabel = \"Seen\"\ntone = \"blue\"\nshape = \"check\"\n\
                 definition = \"It was seen.\"\n";
    let mut rows = String::from("name,finding,day,link\n");
    for row in 0..n {
        let day = format!(
            "{}-{:02}-{:02}",
            2000 + row % 20,
            1 + row % 12,
            1 + row % 28
        );
        rows.push_str(&format!(
            "Moon {row},seen,{day},https://example.org/{row}\n"
        ));
    }
    let correction = "[[correction]]\nid = \"one\"\ndate = \"2026-01-01\"\nsubject = \"moon-0\"\n\
                      said = \"a\"\nsays = \"b\"\nwhy = \"c\"\n";
    let folder = with_files(
        name,
        &[
            ("dataset.toml", about.as_bytes()),
            ("moons.csv", rows.as_bytes()),
            ("corrections.toml", correction.as_bytes()),
        ],
    );
    read(&folder).unwrap()
}

#[test]
fn of_very_many_changes_the_page_has_the_newest_and_each_leads_to_its_row() {
    let dataset = judged("judged", long::PAGES + 1);
    let shared = Shared::default();
    let pages = plain(&dataset, packed(&dataset).unwrap(), &shared);
    let pages: BTreeMap<String, String> = pages.map(|it| (it.0.path, it.1)).collect();
    let leads_to_a_row = |href: &str| {
        let (path, id) = href.trim_start_matches("./").split_once('#').unwrap();
        assert!(path.starts_with("list/"), "{href}");
        assert!(pages[path].contains(&format!("id=\"{id}\"")), "{href}");
    };
    let page = Html::parse_fragment(&pages["changes.html"]);
    let links = all(&page, "li[data-event] .event__when a");
    assert_eq!(links.len(), MOST);
    for link in &links {
        leads_to_a_row(link.attr("href").unwrap());
    }
    let words: String = page.root_element().text().collect();
    let told = format!("These are the newest {MOST} of 10,001 changes");
    assert!(words.contains(&told), "{told}");
    let days: Vec<&str> = all(&page, "h2 time")
        .iter()
        .map(|it| it.attr("datetime").unwrap())
        .collect();
    assert_eq!(days[0], "2026-01-01");
    assert!(days[1].starts_with("2019-") && days.iter().all(|it| *it > "2010"));
    let corrections = Html::parse_fragment(&pages["corrections.html"]);
    leads_to_a_row(all(&corrections, "li.event a")[0].attr("href").unwrap());
    let xml = feed(&dataset, &Address::default());
    let feed: Feed = xml.parse().unwrap();
    assert_eq!(feed.entries().len(), limits::ENTRIES);
    for entry in feed.entries().iter().skip(1) {
        leads_to_a_row(&self::links(entry, "alternate")[0]);
    }
}

#[test]
fn where_each_row_has_a_page_its_change_leads_there() {
    let dataset = judged("judged-few", 3);
    let page = page(&dataset);
    let links = all(&page, "li[data-event] .event__when a");
    let hrefs: Vec<&str> = links.iter().map(|it| it.attr("href").unwrap()).collect();
    assert_eq!(
        hrefs,
        ["2", "1", "0"].map(|it| format!("./subject/moon-{it}.html#moon-{it}-row"))
    );
    let words: String = page.root_element().text().collect();
    assert!(!words.contains("These are the newest"));
}
