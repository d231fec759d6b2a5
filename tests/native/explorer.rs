//! The state of a page: what a change of the selection brings with it.

use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::pack::Pack;
use fact_explorer::query::answer::answer;
use fact_explorer::query::{Selection, View};
use fact_explorer::view::{Explorer, Trace};

fn on(day: &str) -> Selection {
    Selection {
        as_of: Date::parse(day).unwrap(),
        ..Selection::new(Pack::embedded())
    }
}

#[test]
fn the_answer_is_always_that_of_the_selection() {
    let pack = Pack::embedded();
    let mut page = Explorer::new(pack);
    assert_eq!(*page.answer, answer(pack, &page.selection));
    let mut selection = on("2021-04-14");
    selection.text = "police".to_owned();
    selection.set(1, 0, true);
    page.replace(Trace::Step, selection.clone());
    assert_eq!(page.selection, selection);
    assert_eq!(*page.answer, answer(pack, &selection));
    assert!(page.lacking.is_empty() && page.unnamed.is_empty());
}

#[test]
fn the_day_that_one_came_from_is_the_last_that_one_stayed_at() {
    let mut page = Explorer::new(Pack::embedded());
    let first = page.selection.as_of;
    page.replace(Trace::Step, page.selection.clone());
    assert_eq!(page.before, None, "nothing was changed");
    page.replace(Trace::Step, on("2018-01-24"));
    assert_eq!(page.before, Some(first));
    // While one types a date, it passes through others.
    for day in ["2019-01-01", "2020-01-01", "2021-01-01"] {
        page.replace(Trace::Typing("as-of"), on(day));
        assert_eq!(page.before, Date::parse("2018-01-24"), "{day}");
    }
    // Another change leaves it as it is.
    let mut other = page.selection.clone();
    other.view = View::Table;
    page.replace(Trace::Step, other);
    assert_eq!(page.before, Date::parse("2018-01-24"));
    page.replace(Trace::FromAddress, on("2017-10-12"));
    assert_eq!(page.before, None);
}

#[test]
fn a_state_that_someone_has_stays_as_it_was() {
    let mut page = Explorer::new(Pack::embedded());
    let was = page.clone();
    page.replace(Trace::Step, on("2021-04-14"));
    assert_eq!(was.selection, Selection::new(Pack::embedded()));
    assert_ne!(was.answer, page.answer);
}

#[test]
fn a_page_without_an_address_has_none_to_take_along() {
    let mut page = Explorer::new(Pack::embedded());
    page.replace(Trace::Step, on("2021-04-14"));
    assert_eq!(page.address(), "");
    "https://example.org/".clone_into(&mut page.around.address);
    assert_eq!(page.address(), "https://example.org/#as-of=2021-04-14");
    page.replace(Trace::Step, Selection::new(Pack::embedded()));
    assert_eq!(page.address(), "https://example.org/");
}
