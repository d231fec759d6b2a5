//! A long list: only what is near the screen is in the page. What its cards have in common with those
//! of short lists is in `cards.rs`.
//!
//! `view/long.rs` writes the entries, `query/blocks.rs` knows which of them are near; in [`moved`] they are
//! put into the page and taken out of it, and what a reader does is followed. Before each block stands a gap as high as the blocks that
//! are missing there, so that the page stays as high as if it had them all. What a reader looks at
//! stays where it is when another block above it turns out higher than was thought: browsers see to
//! that (`overflow-anchor`), and where one doesn't, it is done here.

mod moved;

use std::cell::RefCell;
use std::sync::Arc;

use gloo_events::{EventListener, EventListenerOptions};
use web_sys::Event;

use crate::dataset::date::Date;
use crate::dataset::pack::Subject;
use crate::query::{Answer, Selection};
use crate::view::Explorer;
use crate::view::long::is_long;

use super::page::Page;
use super::{before_paint, root, window};

use moved::{List, Why};

thread_local! {
    static LIST: RefCell<Option<List>> = const { RefCell::new(None) };
}

/// Takes a long list over, and follows what a reader does to it. To be called while the page is still
/// as it was written.
pub fn follow(page: Page, is_embed: bool) {
    let (Some(window), Some(root)) = (window(), root()) else {
        return;
    };
    if !is_long(page.pack) {
        return;
    }
    LIST.set(Some(List::of_page(page, is_embed)));
    let capture = EventListenerOptions::run_in_capture_phase();
    for event in ["scroll", "resize"] {
        let moved = |_: &Event| with(|it| it.draw(Why::Moved));
        EventListener::new_with_options(&window, event, capture, moved).forget();
    }
    // Whoever moves on isn't led back.
    for event in ["wheel", "touchmove", "keydown"] {
        let moves = |_: &Event| with(|it| it.sought = None);
        EventListener::new_with_options(&window, event, capture, moves).forget();
    }
    for (event, printing) in [("beforeprint", true), ("afterprint", false)] {
        EventListener::new(&window, event, move |_| {
            with(|it| it.print(printing));
        })
        .forget();
    }
    let options = EventListenerOptions {
        passive: false,
        ..capture
    };
    for kind in ["click", "keydown"] {
        EventListener::new_with_options(&root, kind, options, moved::does).forget();
    }
}

/// What a long list was last drawn for.
#[derive(Debug, Default)]
pub struct Shown {
    asked: Option<(Arc<Answer>, Selection, Option<Date>)>,
    arrived: usize,
}

impl Shown {
    /// Has a long list drawn, where it should be another, after all that is made anew otherwise.
    pub fn draw(&mut self, now: &Explorer) {
        if !is_long(now.pack) {
            return;
        }
        let is_same = self
            .asked
            .as_ref()
            .is_some_and(|(answer, selection, before)| {
                Arc::ptr_eq(answer, &now.answer)
                    && *selection == now.selection
                    && *before == now.before()
            });
        let has_arrived = now.arrived != self.arrived;
        if is_same && !has_arrived {
            return;
        }
        let why = if self.asked.is_some() && has_arrived {
            Why::Arrived
        } else {
            Why::Answered
        };
        self.asked = Some((now.answer.clone(), now.selection.clone(), now.before()));
        self.arrived = now.arrived;
        before_paint(move || with(|it| it.draw(why)));
    }
}

fn with<T: Default>(call: impl FnOnce(&mut List) -> T) -> T {
    LIST.with(|it| match it.try_borrow_mut() {
        Ok(mut list) => list.as_mut().map(call).unwrap_or_default(),
        Err(_) => T::default(),
    })
}

/// Draws what was asked for since it was last drawn.
pub fn draw() {
    with(|it| it.draw(Why::Answered));
}

/// Draws what is around a subject's entry, if it isn't there.
pub fn bring(subject: Subject) {
    with(|it| it.bring(subject.row()));
}

/// The first entry on the screen and its height there, as a text; none where the list's own beginning
/// is in sight.
pub fn place() -> Option<String> {
    with(|it| it.place())
}

/// Goes to where [`place`] was asked for, once everything is drawn.
pub fn return_to(place: &str) {
    let place = place.to_owned();
    before_paint(move || with(|it| it.return_to(&place)));
}
