//! The state of a page: what a change of the selection brings with it.

use std::path::Path;

use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::pack::Pack;
use fact_explorer::dataset::packing::pack_more;
use fact_explorer::dataset::read::read;
use fact_explorer::query::answer::answer;
use fact_explorer::query::{Selection, View};
use fact_explorer::view::card::Asked;
use fact_explorer::view::explorer::Fetched;
use fact_explorer::view::filters::done;
use fact_explorer::view::finding_bar::shares;
use fact_explorer::view::long::tools;
use fact_explorer::view::markup::Markup;
use fact_explorer::view::other::{compared, noted, other};
use fact_explorer::view::result_bar::{filters, status};
use fact_explorer::view::take::{told, ways};
use fact_explorer::view::{Explorer, Print, Trace};

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
    assert_eq!(page.before(), None, "nothing was changed");
    page.replace(Trace::Step, on("2018-01-24"));
    assert_eq!(page.before(), Some(first));
    // While one types a date, it passes through others.
    for day in ["2019-01-01", "2020-01-01", "2021-01-01"] {
        page.replace(Trace::Typing("as-of"), on(day));
        assert_eq!(page.before(), Date::parse("2018-01-24"), "{day}");
    }
    // Back where one was, nothing became another.
    page.replace(Trace::Typing("as-of"), on("2018-01-24"));
    assert_eq!((page.before(), page.changed.as_str()), (None, ""));
    // And on again with the next letter: that day was only passed, and what was left is still that.
    page.replace(Trace::Typing("as-of"), on("2019-01-01"));
    assert_eq!(page.before(), Date::parse("2018-01-24"));
    page.replace(Trace::Typing("as-of"), on("2018-01-24"));
    page.replace(Trace::Step, on("2018-01-24"));
    page.replace(Trace::Step, on("2021-01-01"));
    // Another change leaves it as it is.
    let mut other = page.selection.clone();
    other.view = View::Table;
    page.replace(Trace::Step, other);
    assert_eq!(page.before(), Date::parse("2018-01-24"));
    page.replace(Trace::FromAddress, on("2017-10-12"));
    assert_eq!(page.before(), None);
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

/// What the browser has of the words is what it draws with: one that it lacks is said by `Words`, which
/// fails in a debug build. Nothing of a page reads as empty where it has something to say.
#[test]
fn whatever_a_page_draws_has_its_words_in_the_browser() {
    let pack = Pack::embedded();
    let more = pack_more(&read(Path::new("data/section-1373")).unwrap());
    let more = Fetched::Here(Pack::open(more.leak()).unwrap());
    for view in View::ALL {
        for (text, compare, more) in [
            ("", vec![], more),
            ("", vec![5, 7], Fetched::Awaited),
            ("police", vec![1], Fetched::Refused),
            ("nobody says this", vec![1, 2, 3, 4], more),
        ] {
            let mut selection = on("2018-01-24");
            (selection.view, selection.compare) = (view, compare);
            text.clone_into(&mut selection.text);
            selection.open = Some(5);
            let mut page = Explorer::new(pack);
            page.replace(Trace::Step, selection);
            page.have_more(more);
            (page.takes, page.print, page.around.shares) = (true, Print::Begun, true);
            for it in [status(&page), done(&page), page.changed.clone()] {
                assert!(!it.is_empty());
            }
            _ = filters(&page);
            for it in [shares, compared, other, noted, tools, ways] {
                _ = it(&page).into_string();
            }
            let asked = Asked {
                selection: &page.selection,
                answer: &page.answer,
                before: page.before(),
            };
            for subject in pack.subjects() {
                let head = asked.head(subject).into_iter().map(Markup::into_string);
                let head: Vec<String> = head.collect();
                assert!(head.concat().contains(subject.name()));
            }
        }
    }
}

/// A page whose later part of the program isn't there yet.
fn early(selection: Selection) -> Explorer {
    let mut page = Explorer::new(Pack::embedded());
    page.later = Fetched::Awaited;
    page.replace(Trace::Step, selection);
    page
}

#[test]
fn what_comes_later_is_waited_for_in_words() {
    for (view, compare) in [
        (View::Table, vec![]),
        (View::Timeline, vec![]),
        (View::Map, vec![]),
        (View::Cards, vec![5, 7]),
    ] {
        let mut selection = on("2018-01-24");
        (selection.view, selection.compare) = (view, compare);
        let is_compared = view == View::Cards;
        let piece = if is_compared { compared } else { other };
        let mut page = early(selection);
        assert!(page.needs_later());
        assert_eq!(page.rest(), Fetched::Awaited);
        assert_eq!(piece(&page).into_string(), "Loading…");
        assert_eq!(status(&page).ends_with(" · loading…"), !is_compared);
        page.have_later(Fetched::Refused);
        let refused =
            "This view needs a file that couldn’t be loaded. The cards have the same facts.";
        assert_eq!(piece(&page).into_string(), refused);
        assert!(status(&page).ends_with("couldn’t be loaded"));
        page.have_later(Fetched::Here(()));
        let needs_more = page.needs_more();
        assert_eq!(page.rest() == Fetched::Awaited, needs_more);
        assert_eq!(piece(&page).into_string() == "Loading…", needs_more);
    }
}

#[test]
fn what_is_compared_does_not_wait_for_the_second_pack() {
    let mut selection = on("2018-01-24");
    (selection.view, selection.compare) = (View::Timeline, vec![5, 7]);
    let mut page = early(selection);
    page.have_later(Fetched::Here(()));
    for more in [Fetched::Awaited, Fetched::Refused] {
        page.have_more(more);
        assert!(
            compared(&page)
                .into_string()
                .contains("<section class=\"compare\"")
        );
    }
}

#[test]
fn cards_alone_need_nothing_that_comes_later() {
    let mut page = early(on("2018-01-24"));
    assert!(!page.needs_later());
    assert_eq!(page.rest(), Fetched::Here(()));
    for it in [compared, other, ways] {
        assert_eq!(it(&page).into_string(), "");
    }
    page.open_sheet();
    assert!(page.needs_later());
    assert_eq!(told(&page), "Loading…");
    assert_eq!(ways(&page).into_string(), "");
    page.have_later(Fetched::Here(()));
    assert_eq!(told(&page), "");
    assert!(ways(&page).into_string().contains("data-do=\"csv\""));
}

#[test]
fn what_was_refused_is_asked_for_anew_with_the_next_thing_that_is_done() {
    let mut page = early(on("2018-01-24"));
    page.open_sheet();
    page.have_later(Fetched::Refused);
    page.have_more(Fetched::Refused);
    assert!(told(&page).contains("couldn’t be loaded"));
    // Nothing else is asked for.
    page.replace(Trace::Step, page.selection.clone());
    assert_eq!(
        (page.later, page.more),
        (Fetched::Refused, Fetched::Refused)
    );
    page.open_sheet();
    assert_eq!(page.later, Fetched::Awaited);
    page.have_later(Fetched::Refused);
    page.replace(Trace::Step, on("2021-04-14"));
    assert_eq!(
        (page.later, page.more),
        (Fetched::Awaited, Fetched::Awaited)
    );
}
