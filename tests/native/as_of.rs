use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::pack::{Pack, Step, Subject};
use fact_explorer::query::address::decode;
use fact_explorer::query::search::find;
use fact_explorer::query::{Sort, answer};
use proptest::prelude::*;

use crate::random::{FIRST, any_dataset, any_page};

/// The first day of the run of one finding that a day is in, or 0: asked day by day.
fn since(subject: Subject, day: Date) -> u32 {
    let on = |day: u32| {
        let step = subject.step_on(Date::from_days(day));
        step.map(Step::finding)
    };
    let first = FIRST - 20;
    let run = (first..=day.days())
        .rev()
        .take_while(|it| on(*it) == on(day.days()));
    if on(day.days()).is_none() {
        0
    } else {
        run.last().unwrap_or(0)
    }
}

proptest! {
    /// The finding on a day is that of the latest event on or before it that sets one, read from
    /// the authors' files.
    #[test]
    fn a_finding_is_the_latest_that_was_set((dataset, pack) in any_dataset(), day in 735_990u32..736_050) {
        let day = Date::from_days(day);
        for subject in pack.subjects() {
            let file = dataset.subjects.iter().find(|it| it.id == subject.id()).unwrap();
            let mut expected: Option<(Date, &str)> = None;
            for event in &file.event {
                let at = event.date.get_ref().day().unwrap();
                // Of two on one day, the later in the file is the later.
                // Without a scale, every event tells what the card says.
                let sets = match &event.finding {
                    _ if !pack.has_findings() => Some(""),
                    finding => finding.as_ref().map(|it| it.get_ref().as_str()),
                };
                if let Some(finding) = sets
                    && at <= day
                    && expected.is_none_or(|it| it.0 <= at)
                {
                    expected = Some((at, finding));
                }
            }
            let step = subject.step_on(day);
            prop_assert_eq!(step.map(|it| (it.day(), it.finding().id())), expected);
        }
    }

    /// Each order is what its name says.
    #[test]
    fn orders_are_what_they_are_called((pack, selection) in any_page()) {
        let answered = answer(pack, &selection);
        let descending = |it: u32| u32::MAX - it;
        let (sort, reversed) = selection.order(pack);
        let found = find(pack.index(), pack.n_subjects(), &selection.text);
        let keys: Vec<_> = answered.order.iter().map(|it| {
            let subject = pack.subject(*it as usize).unwrap();
            let step = subject.step_on(selection.as_of);
            let last = subject
                .last_event_on(selection.as_of)
                .map_or(0, |it| it.day().days());
            let (number, text) = match sort {
                Sort::Finding => (step.map_or(0, |it| u32::try_from(it.finding().rank()).unwrap()), ""),
                Sort::Match => {
                    let finding = step.map_or(0, |it| u32::try_from(it.finding().rank()).unwrap());
                    (u32::try_from(found.rank(*it as usize)).unwrap() * 1000 + finding, "")
                }
                Sort::Name => (*it, ""),
                Sort::Place => (0, subject.place()),
                Sort::Since => (descending(since(subject, selection.as_of)), ""),
                Sort::LastEvent => (descending(last), ""),
                Sort::Sources => (descending(u32::try_from(subject.n_sources()).unwrap()), ""),
            };
            (pack.has_findings() && step.is_none(), number, text, *it)
        }).collect();
        // Names decide between equals, whichever way round the rest is.
        for pair in keys.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let (first, second) = if reversed { (b, a) } else { (a, b) };
            let in_order = (first.1, first.2) < (second.1, second.2);
            let alike = (a.1, a.2) == (b.1, b.2) && a.3 < b.3;
            prop_assert!((!a.0 && b.0) || (a.0 == b.0 && (in_order || alike)));
        }
    }
}

/// How many subjects have each finding at a day, in the order of the scale.
fn scale(as_of: &str) -> Vec<u32> {
    let pack = Pack::embedded();
    answer(pack, &decode(pack, &["as-of=", as_of].concat())).counts[0].clone()
}

#[test]
fn the_record_step_by_step() {
    // warned, questioned, documents demanded, under review, cleared
    assert_eq!(scale("2016-05-30"), [0, 0, 0, 0, 0]);
    assert_eq!(
        scale("2016-05-31"),
        [0, 0, 0, 10, 0],
        "the Inspector General's ten"
    );
    assert_eq!(
        scale("2017-08-04"),
        [0, 0, 0, 8, 2],
        "Clark County, then Miami-Dade County"
    );
    assert_eq!(scale("2017-10-12"), [5, 0, 0, 1, 4], "the October letters");
    assert_eq!(scale("2017-11-15"), [5, 29, 0, 1, 4], "29 more letters");
    assert_eq!(
        scale("2017-11-17"),
        [4, 29, 0, 1, 5],
        "New Orleans is cleared"
    );
    assert_eq!(scale("2018-01-24"), [1, 10, 23, 0, 5], "23 demands");
    assert_eq!(scale("latest"), [1, 8, 23, 0, 8]);
}

#[test]
fn names_are_in_the_order_of_their_letters() {
    let pack = Pack::embedded();
    let names: Vec<&str> = pack.subjects().map(Subject::name).collect();
    assert!(names.is_sorted(), "{names:?}");
}
