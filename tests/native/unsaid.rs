use std::path::PathBuf;

use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::pack::Pack;
use fact_explorer::dataset::read::read;
use fact_explorer::export::cite::Style;
use fact_explorer::export::rows::row;
use fact_explorer::export::text::text;
use fact_explorer::query::answer::{answer, answer_within};
use fact_explorer::query::compare::rows;
use fact_explorer::query::timeline::timeline;
use fact_explorer::query::{Lock, Selection};
use fact_explorer::site::address::Address;
use fact_explorer::site::document::Shared;
use fact_explorer::site::packed;
use fact_explorer::site::page::{index, plain};
use fact_explorer::site::xml::feed;
use fact_explorer::view::empty::empty;
use fact_explorer::view::map::map;
use fact_explorer::view::take::citation;
use fact_explorer::view::timeline::timeline as timeline_view;

use crate::table::{FINDINGS, with_files};
use crate::views::more;

const ABOUT: &str = r#"
title = "Moons"
[table]
file = "moons.csv"
name = "moon"
finding = "state"
date = "on"
summary = "what"
"#;

fn moons(name: &str, about: &str, csv: &str, files: &[(&str, &[u8])]) -> (Dataset, Pack, Pack) {
    let mut all = vec![
        ("dataset.toml", about.as_bytes()),
        ("moons.csv", csv.as_bytes()),
    ];
    all.extend(files);
    let path: PathBuf = with_files(name, &all);
    let dataset = read(&path).unwrap();
    let pack = packed(&dataset).unwrap();
    let more = more(&dataset);
    (dataset, pack, more)
}

#[test]
fn a_finding_whose_day_nobody_knows_is_told_without_one() {
    let some = "moon,state,on,what\nRhea,seen,,\nTitan,visited,2005-01-14,It landed.\n";
    let none = "moon,state,on,what\nRhea,seen,,\nTitan,visited,,It landed.\n";
    let about = [ABOUT, FINDINGS].concat();
    for (name, csv, n_days) in [("some-days", some, 1), ("no-days", none, 0)] {
        let (dataset, pack, more) = moons(name, &about, csv, &[]);
        let rhea = pack.subject_with_id("rhea").unwrap();
        let day = pack.default_day();
        assert_eq!(rhea.step_on(day).map(|it| it.finding().id()), Some("seen"));
        assert_eq!(rhea.since(day), None);
        assert_eq!(pack.step_days().len(), n_days);
        let selection = Selection::new(pack);
        let shown = answer(pack, &selection);
        let quarters = timeline(pack, more, &selection, &shown).quarters;
        assert!(quarters.len() < 9, "{name}: {}", quarters.len());
        let mut said: Vec<String> = plain(&dataset, pack, &Shared::default())
            .flat_map(|(head, body)| [head.description, body])
            .collect();
        said.push(index(&dataset, pack).explorer);
        said.push(text(pack, pack.subjects(), day, ""));
        said.push(feed(&dataset, &Address::default()));
        said.extend(row(pack, rhea, day));
        said.extend(rows(pack, &[rhea], day).into_iter().flat_map(|it| it.cells));
        // The day before all others.
        let never = Date::default();
        for it in said {
            assert!(!it.contains(&never.iso()), "{name}: {it}");
            assert!(!it.contains(&never.long(pack.words())), "{name}: {it}");
        }
    }
}

#[test]
fn where_nobody_asks_as_of_a_day_no_citation_does() {
    let about =
        "title = \"Moons\"\n[table]\nfile = \"moons.csv\"\nname = \"moon\"\ndate = \"on\"\n";
    let (dataset, pack, _) = moons("cited", about, "moon,on\nTitan,2005-01-14\n", &[]);
    let selection = Selection::new(pack);
    let shown = answer(pack, &selection);
    let shared = Shared::default();
    let pages = plain(&dataset, pack, &shared).map(|it| it.1);
    let live = Style::ALL.map(|it| citation(pack, &selection, &shown, "https://example.org/", it));
    for it in pages.chain(live) {
        assert!(!it.to_lowercase().contains("as of"), "{it}");
    }
}

#[test]
fn a_row_is_of_no_kind_of_event_and_a_mark_on_the_map_has_its_own_name() {
    let kind = "[[event-kind]]\nid = \"flight\"\nlabel = \"Flight\"\n";
    let about = "title = \"Harbours\"\nmap = \"us-states\"\n[table]\nfile = \"moons.csv\"\nname = \"moon\"\n\
                 date = \"on\"\nlatitude = \"lat\"\nlongitude = \"lon\"\n";
    let timeline_toml = "[[event]]\nid = \"all\"\ndate = \"2005-01-13\"\nkind = \"flight\"\nsummary = \"It flew.\"\n\
                         cite = [{ source = \"log\" }]\n";
    let sources = "[[source]]\nid = \"log\"\ntitle = \"Log\"\npublisher = \"S\"\n\
                   url = \"https://example.org/log\"\nkind = \"news\"\n";
    let (_, pack, more) = moons(
        "kinds",
        &[about, kind].concat(),
        "moon,on,lat,lon\nChicago,2005-01-14,41.88,-87.63\n",
        &[
            ("timeline.toml", timeline_toml.as_bytes()),
            ("sources.toml", sources.as_bytes()),
        ],
    );
    let selection = Selection::new(pack);
    let shown = answer(pack, &selection);
    assert_eq!(timeline(pack, more, &selection, &shown).kinds, [1]);
    let view = timeline_view(pack, more, &selection, &shown).into_string();
    // Neither a link nor a mark stands where there is nothing to say.
    for empty in ["href=\"\"", " · <", "</a>: <"] {
        assert!(!view.contains(empty), "{empty} in {view}");
    }
    let view = map(pack, more, &selection, &shown).into_string();
    assert!(view.contains("aria-label=\"Chicago\""), "{view}");
    assert!(view.contains("<ul class=\"map__list\"><li>"), "{view}");
}

#[test]
fn a_snapshot_may_be_outside_the_record() {
    let snapshots = "[[snapshot]]\nid = \"checked\"\nlabel = \"As checked\"\ndate = \"2026-11-24\"\n\
                     [[snapshot]]\nid = \"before\"\nlabel = \"Before\"\ndate = \"1999-01-01\"\n";
    let csv = "moon,state,on,what\nTitan,visited,2005-01-14,It landed.\n";
    let (_, pack, _) = moons(
        "snapshots",
        &[ABOUT, FINDINGS, snapshots].concat(),
        csv,
        &[],
    );
    let mut selection = Selection::new(pack);
    for it in pack.snapshots() {
        selection.set_as_of(pack, it.day());
        assert_eq!(selection.as_of, it.day(), "{}", it.id());
    }
    assert_eq!(pack.default_day(), pack.last_day());
    assert_eq!(answer(pack, &selection).n_shown, 0);
}

#[test]
fn where_nothing_was_found_by_then_there_is_a_way_on() {
    let pack = Pack::embedded();
    let only = pack.subject_with_id("albany-ny").unwrap();
    assert_eq!(only.step_on(pack.default_day()), None);
    let lock = Lock {
        only: vec![only.row()],
        ..Lock::default()
    };
    let selection = Selection::new(pack);
    let shown = answer_within(pack, &lock, &selection);
    assert_eq!((shown.n_shown, shown.n_found), (0, 0));
    let markup = empty(pack, &selection, &shown).into_string();
    assert!(markup.contains("data-to=\"#as-of=2021-04-14\""), "{markup}");
    assert!(markup.contains("“Latest”"), "{markup}");
}

#[test]
fn without_a_scale_the_page_is_at_the_last_day_whatever_days_have_names() {
    let about = "title = \"Moons\"\n[table]\nfile = \"moons.csv\"\nname = \"moon\"\ndate = \"on\"\n\
                 [[snapshot]]\nid = \"then\"\nlabel = \"Then\"\ndate = \"2005-01-14\"\n";
    let csv = "moon,on\nTitan,2005-01-14\nRhea,2007-08-30\n";
    let (_, pack, _) = moons("named-days", about, csv, &[]);
    assert_eq!(pack.default_day().iso(), "2007-08-30");
    let rhea = pack.subject_with_id("rhea").unwrap();
    assert!(rhea.step_on(Selection::new(pack).as_of).is_some());
}

#[test]
fn without_a_scale_each_subject_that_is_listed_has_its_mark_on_the_map() {
    let about = "title = \"Harbours\"\nmap = \"us-states\"\n[table]\nfile = \"moons.csv\"\nname = \"moon\"\n\
                 date = \"on\"\nlatitude = \"lat\"\nlongitude = \"lon\"\n";
    let own = "name = \"Boston\"\ncoordinates = [42.36, -71.06]\n";
    let csv = "moon,on,lat,lon\nChicago,2005-01-14,41.88,-87.63\n";
    let (_, pack, more) = moons(
        "marks",
        about,
        csv,
        &[("subjects/boston.toml", own.as_bytes())],
    );
    let selection = Selection::new(pack);
    let shown = answer(pack, &selection);
    let map = map(pack, more, &selection, &shown).into_string();
    assert_eq!(map.matches("<circle").count(), 2, "{map}");
    assert!(map.contains("aria-label=\"Boston\""), "{map}");
}

#[test]
fn without_a_scale_what_is_known_by_its_year_has_a_history_and_a_day_in_the_feed() {
    let about = "title = \"Moons\"\n[table]\nfile = \"moons.csv\"\nname = \"moon\"\ndate = \"on\"\nsummary = \"what\"\n";
    let csv = "moon,on,what\nTitan,2004,It was seen.\nRhea,2005,It was passed.\n";
    let (dataset, pack, _) = moons("years", about, csv, &[]);
    assert_eq!(pack.last_day(), dataset.last_day());
    assert!(feed(&dataset, &Address::default()).contains("<updated>2005-12-31T"));
    for (head, body) in plain(&dataset, pack, &Shared::default()) {
        if head.path.starts_with("subject/") {
            assert!(body.contains("id=\"history\">History<"), "{body}");
        }
    }
}
