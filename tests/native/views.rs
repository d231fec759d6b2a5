use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::pack::{Finding, Pack, Subject};
use fact_explorer::dataset::packing;
use fact_explorer::dataset::read::read;
use fact_explorer::export::text::text;
use fact_explorer::query::address::{decode, encode};
use fact_explorer::query::answer::answer_within;
use fact_explorer::query::compare::rows;
use fact_explorer::query::difference::{between, differences, told};
use fact_explorer::query::lock::settings;
use fact_explorer::query::named::whose;
use fact_explorer::query::timeline::timeline;
use fact_explorer::query::{Selection, answer};
use fact_explorer::site::packed;
use fact_explorer::view::compare::compare;
use fact_explorer::view::empty::empty;
use fact_explorer::view::map::map;
use fact_explorer::view::notes::notes;
use fact_explorer::view::table::table;
use fact_explorer::view::timeline::timeline as timeline_view;
use proptest::prelude::*;
use scraper::{Html, Selector};

use crate::random::{any_dataset, any_page, any_selection};
use crate::table::with_files;

/// The second pack of a dataset.
pub fn more(dataset: &Dataset) -> Pack {
    Pack::open(Box::leak(packing::pack_more(dataset).into_boxed_slice())).unwrap()
}

fn shipped() -> (Dataset, Pack, Pack) {
    let dataset = read(Path::new("data/section-1373")).unwrap();
    let more = more(&dataset);
    (dataset, Pack::embedded(), more)
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn select<'a>(html: &'a Html, css: &str) -> Vec<scraper::ElementRef<'a>> {
    html.select(&Selector::parse(css).unwrap()).collect()
}

/// Every view of a selection that is markup, by name.
fn views(pack: Pack, more: Pack, selection: &Selection) -> Vec<(&'static str, String)> {
    let answer = answer(pack, selection);
    vec![
        ("table", table(pack, selection, &answer).into_string()),
        ("compare", compare(pack, selection, &answer).into_string()),
        (
            "timeline",
            timeline_view(pack, more, selection, &answer).into_string(),
        ),
        ("map", map(pack, more, selection, &answer).into_string()),
        ("empty", empty(pack, selection, &answer).into_string()),
        (
            "notes",
            notes(pack, selection, &answer, "https://example.org/?a&b").into_string(),
        ),
    ]
}

/// A dataset, its pack, and a selection for it.
fn any_whole_page() -> impl Strategy<Value = (Rc<Dataset>, Pack, Selection)> {
    any_dataset().prop_flat_map(|(dataset, pack)| {
        let dataset = Rc::new(dataset);
        any_selection(pack).prop_map(move |it| (dataset.clone(), pack, it))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever can be pressed in a view leads to a selection that an address can hold, and one that
    /// is another than this.
    #[test]
    fn views_are_well_formed_and_lead_to_selections(
        (dataset, pack, selection) in any_whole_page()
    ) {
        for (name, markup) in views(pack, more(&dataset), &selection) {
            let html = Html::parse_fragment(&markup);
            prop_assert!(html.errors.is_empty(), "{}: {:?}\n{}", name, html.errors, markup);
            for element in select(&html, "button[data-to], a[data-to], [data-to] option") {
                let there = ["data-to", "href", "value"].iter().find_map(|it| {
                    element.value().attr(it).filter(|it| it.starts_with('#'))
                });
                let there = there.expect("it says where it leads");
                let led = decode(pack, there);
                prop_assert_eq!(&format!("#{}", encode(pack, &led)), there, "{}", name);
                if element.value().attr("selected").is_some() {
                    prop_assert_eq!(&led, &selection);
                }
            }
        }
    }

    /// The rows are those shown, in their order.
    #[test]
    fn a_table_has_a_row_for_each_subject_shown(
        (pack, selection) in any_page()
    ) {
        let answer = answer(pack, &selection);
        let html = Html::parse_fragment(&table(pack, &selection, &answer).into_string());
        let names: Vec<String> = select(&html, "tbody th").iter().map(|it| it.text().collect()).collect();
        let expected: Vec<&str> = answer.shown().map(|it| pack.subject(it).unwrap().name()).collect();
        prop_assert_eq!(names, expected);
    }

    /// Changes between two days are all that differs, asked one by one.
    #[test]
    fn changes_are_what_differs((_, pack) in any_dataset(), from in 735_990u32..736_050, to in 735_990u32..736_050) {
        let (from, to) = (Date::from_days(from), Date::from_days(to));
        let found = differences(pack, from, to);
        for subject in pack.subjects() {
            let of = |day| subject.step_on(day).map(|it| it.finding().id());
            let change = found.iter().find(|it| it.subject == subject);
            let told = change.map(|it| (it.before.map(Finding::id), it.after.map(Finding::id)));
            prop_assert_eq!(told, (of(from) != of(to)).then(|| (of(from), of(to))));
        }
        // And back again it is the same, the other way round.
        prop_assert_eq!(differences(pack, to, from).len(), found.len());
        prop_assert_eq!(told(pack, &found).is_empty(), found.is_empty());
    }

    /// The timeline counts what it lists.
    #[test]
    fn a_timelines_counts_are_those_of_its_events(
        (dataset, pack, selection) in any_whole_page()
    ) {
        let answer = answer(pack, &selection);
        let shown = timeline(pack, more(&dataset), &selection, &answer);
        prop_assert!(shown.events.is_sorted_by_key(|it| it.day()));
        let n: usize = shown.quarters.iter().map(|it| it.own + it.national).sum();
        prop_assert_eq!(n, shown.events.len());
        let of_shown: usize = pack.subjects().filter(|it| match selection.open {
            Some(open) => it.row() == open,
            None => answer.is_shown(it.row()),
        }).map(Subject::n_events).sum();
        prop_assert_eq!(shown.kinds.iter().sum::<usize>(), of_shown);
        let of_kind = selection.kind.map_or(of_shown, |it| shown.kinds[it]);
        prop_assert_eq!(shown.events.len(), of_kind);
    }
}

#[test]
fn changes_are_told_together_where_they_are_alike() {
    let pack = Pack::embedded();
    let told = |from, to| told(pack, &differences(pack, day(from), day(to)));
    assert_eq!(
        told("2017-10-12", "2017-11-15"),
        "29 jurisdictions from no finding to Questioned"
    );
    assert_eq!(
        told("2017-11-15", "2017-11-17"),
        "New Orleans from Warned to Cleared"
    );
    assert_eq!(
        told("2017-08-04", "2017-10-12"),
        "5 jurisdictions from Under review to Warned; Connecticut, Milwaukee County from Under review \
         to Cleared"
    );
    assert_eq!(told("2017-11-17", "2017-11-20"), "");
}

#[test]
fn what_differs_is_told_in_the_order_of_time_and_of_those_shown() {
    let pack = Pack::embedded();
    let between = |fragment: &str, other| {
        let selection = decode(pack, fragment);
        between(pack, &selection, &answer(pack, &selection), day(other))
    };
    let forwards = between("as-of=2017-11-17", "2017-11-15");
    assert_eq!(
        forwards,
        "Between November 15, 2017 and November 17, 2017: New Orleans from Warned to Cleared."
    );
    assert_eq!(between("as-of=2017-11-15", "2017-11-17"), forwards);
    assert_eq!(
        between("as-of=2017-11-17&state=il", "2017-11-15"),
        "Between November 15, 2017 and November 17, 2017: no finding of those shown became another."
    );
    // One that is shown on the other day only has changed, too.
    assert_eq!(
        between("as-of=2017-11-17&finding=warned", "2017-11-15"),
        forwards
    );
}

#[test]
fn steps_are_days_on_which_a_finding_becomes_another() {
    let pack = Pack::embedded();
    let days = pack.step_days();
    // In April 2017 proof was asked of places that were under review already.
    assert!(!days.contains(&day("2017-04-21")));
    for pair in days.windows(2) {
        assert!(!differences(pack, pair[0], pair[1]).is_empty());
    }
}

#[test]
fn the_timeline_has_the_whole_record_and_begins_with_the_first_finding() {
    let (dataset, pack, more) = shipped();
    let all = decode(pack, "as-of=latest");
    let shown = timeline(pack, more, &all, &answer(pack, &all));
    let own: usize = dataset.subjects.iter().map(|it| it.event.len()).sum();
    assert_eq!(shown.events.len(), own + dataset.timeline.len());
    let national = shown
        .events
        .iter()
        .filter(|it| it.subject().is_none())
        .count();
    assert_eq!(national, dataset.timeline.len());
    let ids: BTreeSet<&str> = shown.events.iter().map(|it| it.id()).collect();
    assert_eq!(ids.len(), shown.events.len());
    // The first quarter stands for all that is older than the first finding's year.
    assert_eq!(
        (
            shown.quarters[0].year,
            shown.quarters[1].year,
            shown.quarters[1].quarter
        ),
        (2015, 2016, 0)
    );
    assert_eq!(
        shown.quarters.last().map(|it| (it.year, it.quarter)),
        Some((2021, 1))
    );
    let before: usize = shown
        .events
        .iter()
        .filter(|it| it.day() < day("2016-01-01"))
        .count();
    assert_eq!(shown.quarters[0].national + shown.quarters[0].own, before);
}

#[test]
fn whose_events_can_be_chosen_lacks_nobody_that_a_menu_has_room_for() {
    for (n, n_chosen) in [(299, 299), (300, 300), (301, 301), (302, 301)] {
        let rows: Vec<String> = (0..n).map(|it| format!("\nMoon {it}")).collect();
        let table = format!("name{}", rows.concat());
        let dataset = with_files("menu", &[("moons.csv", table.as_bytes())]);
        let dataset = read(&dataset.join("moons.csv")).unwrap();
        let pack = packed(&dataset).unwrap();
        for open in [0, n - 1] {
            let selection = Selection {
                open: Some(open),
                ..Selection::new(pack)
            };
            let whose = whose(pack, &selection, &answer(pack, &selection));
            let different = whose.iter().collect::<BTreeSet<_>>().len();
            assert_eq!((whose.len(), different), (n_chosen, n_chosen), "of {n}");
            assert!(whose.contains(&open), "{open} of {n}");
        }
    }
}

#[test]
fn of_those_an_embed_is_about_nothing_is_said_of_all() {
    let pack = Pack::embedded();
    let (lock, selection) = settings(pack, "finding=documents-demanded&as-of=2017-10-12");
    let answer = answer_within(pack, &lock, &selection);
    assert_eq!(answer.n_shown, 0);
    let said = empty(pack, &selection, &answer).into_string();
    assert!(!said.contains("Nothing had been found"), "{said}");
    assert!(said.contains("October 12, 2017"), "{said}");
}

#[test]
fn the_map_shows_each_subject_in_its_frame() {
    let (_, pack, more) = shipped();
    let (width, height) = pack.frame();
    assert!(width > 0 && height > 0);
    assert_eq!(more.areas().len(), 51);
    let places: BTreeSet<(u32, u32)> = pack.subjects().map(|it| more.place_of(it.row())).collect();
    assert_eq!(places.len(), pack.n_subjects());
    for (across, down) in places {
        assert!(0 < across && across < width && 0 < down && down < height);
    }
    // A dataset without a map has no such view.
    let mut moons = read(Path::new("tests/datasets/good")).unwrap();
    moons.about.map = None;
    let pack = packed(&moons).unwrap();
    assert_eq!(decode(pack, "view=map"), decode(pack, ""));
    assert_ne!(decode(pack, "view=table"), decode(pack, ""));
}

#[test]
fn a_comparison_says_what_the_cards_say() {
    let pack = Pack::embedded();
    let subjects = ["philadelphia-pa", "vermont"].map(|it| pack.subject_with_id(it).unwrap());
    let rows = rows(pack, &subjects, day("2017-10-12"));
    let cells = |label: &str| {
        rows.iter()
            .find(|it| it.label == label)
            .map(|it| it.cells.clone())
    };
    assert_eq!(cells("Finding").unwrap(), ["Warned", "No finding yet"]);
    assert_eq!(cells("Since").unwrap(), ["October 11, 2017", ""]);
    assert_eq!(cells("Kind").unwrap(), ["City", "State"]);
    assert_eq!(cells("Also"), None, "nothing to say of either");
    assert!(rows.iter().all(|it| it.cells.len() == 2));
}

#[test]
fn text_to_take_along_has_every_subject_with_its_source() {
    let pack = Pack::embedded();
    let as_of = pack.default_day();
    let two = ["new-orleans-la", "albany-ny"].map(|it| pack.subject_with_id(it).unwrap());
    let text = text(pack, two.into_iter(), as_of, "https://example.org/#x");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "Who did the Justice Department warn?",
            "As of October 12, 2017",
            ""
        ]
    );
    assert_eq!(
        lines[3],
        "New Orleans (City · Louisiana): Warned since October 11, 2017."
    );
    let step = two[0].step_on(as_of).unwrap();
    assert_eq!(lines[4], step.summary());
    assert_eq!(
        lines[5],
        format!("{}: {}", step.citation().0, step.citation().1)
    );
    assert_eq!(lines[6], step.qualification().unwrap().0);
    assert!(text.contains("\n\nAlbany (City · New York): No finding yet.\n"));
    assert!(text.ends_with("\n\nhttps://example.org/#x\n"));
}

#[test]
fn text_from_data_is_text_in_every_view() {
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> & \"'";
    let mut dataset = read(Path::new("tests/datasets/good")).unwrap();
    dataset.about.noun.many = hostile.to_owned();
    for subject in &mut dataset.subjects {
        *subject.name.get_mut() = hostile.to_owned();
        hostile.clone_into(&mut subject.place);
        for event in &mut subject.event {
            hostile.clone_into(&mut event.summary);
        }
    }
    let pack = packed(&dataset).unwrap();
    let selection = decode(pack, "as-of=latest&compare=titan,phobos&q=alert");
    for (name, markup) in views(pack, more(&dataset), &selection) {
        let html = Html::parse_fragment(&markup);
        assert_eq!(select(&html, "script, img").len(), 0, "{name}");
        if !["empty", "notes"].contains(&name) {
            assert!(
                markup.contains("&lt;script&gt;") || markup.contains("&lt;"),
                "{name}"
            );
        }
    }
}
