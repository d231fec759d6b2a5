//! The open history: what happened after the chosen day is set apart, and what a search finds is
//! marked.
//!
//! A history is only ever written with the page, so its text nodes may be split and joined freely.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Text};

use crate::dataset::date::Date;
use crate::dataset::pack::Subject;
use crate::language::Word;
use crate::query::search::Search;
use crate::view::Explorer;

use super::{document, elements};

/// The open history as it was last drawn.
#[derive(Debug, Default)]
pub struct Histories {
    /// Whose it is, on which day, and how many times parts of a split pack had come.
    apart: (Option<usize>, Date, usize),
    /// Whose it is, and what is marked in it.
    marked: (Option<usize>, Search),
}

impl Histories {
    /// Has the open history as the state says.
    pub fn draw(&mut self, now: &Explorer) {
        let open = now.selection.open;
        let subject = open.and_then(|it| now.pack.subject(it));
        let apart = (open, now.selection.as_of, now.arrived);
        if apart != self.apart {
            self.apart = apart;
            if let Some(subject) = subject {
                set_apart(subject, now.selection.as_of);
            }
        }
        let marked = (open, now.answer.search.clone());
        if marked != self.marked {
            elements(".history mark").iter().for_each(unmark);
            if let Some(subject) = subject.filter(|_| !marked.1.is_empty()) {
                for history in elements(&within(subject, ".history")) {
                    mark(&history, &marked.1);
                }
            }
            self.marked = marked;
        }
    }
}

/// A selector for something in a subject's card.
pub fn within(subject: Subject, what: &str) -> String {
    ["[data-subject=\"", subject.id(), "\"] ", what].concat()
}

/// Moves each event of a history into its first list or, where it happened after a day, into its
/// second; `view/dossier.rs` writes them. The pack's events are in the order of the lists.
fn set_apart(subject: Subject, day: Date) {
    let lists = elements(&within(subject, ".history > ol"));
    let [by_then, later] = lists.as_slice() else {
        return;
    };
    let events = elements(&within(subject, ".history > ol > .event"));
    // Those without a date come first, and were always there.
    let n_by_then = (events.len() + subject.n_events_by(day)).saturating_sub(subject.n_events());
    for (number, event) in events.iter().enumerate() {
        let list = if number < n_by_then { by_then } else { later };
        _ = list.append_child(event);
    }
    let words = subject.pack().words();
    let after = words.fill(Word::AfterDay, &[&day.long(words)]);
    for heading in elements(&within(subject, ".history > ol + .history__later")) {
        heading.set_text_content(Some(&after));
        _ = heading.toggle_attribute_with_force("hidden", n_by_then == events.len());
    }
}

fn unmark(mark: &Element) {
    let Some(parent) = mark.parent_node() else {
        return;
    };
    let text = mark.text_content().unwrap_or_default();
    if let Some(document) = document() {
        _ = parent.replace_child(&document.create_text_node(&text), mark);
        parent.normalize();
    }
}

/// Marks what a search finds in the texts of a node.
pub fn mark(node: &Node, search: &Search) {
    // From the last to the first, since marking adds nodes behind.
    let children = node.child_nodes();
    for child in (0..children.length())
        .rev()
        .filter_map(|it| children.get(it))
    {
        match child.dyn_ref::<Text>() {
            Some(text) => _ = mark_text(text, search),
            None => mark(&child, search),
        }
    }
}

fn mark_text(text: &Text, search: &Search) -> Option<()> {
    let data = text.data();
    // The browser counts in UTF-16 units.
    let units = |upto: usize| -> u32 {
        let before = data.get(..upto).unwrap_or("");
        u32::try_from(before.encode_utf16().count()).unwrap_or(0)
    };
    for (start, end) in search.marks(&data).into_iter().rev() {
        let rest = text.split_text(units(start)).ok()?;
        rest.split_text(units(end) - units(start)).ok()?;
        let mark = document()?.create_element("mark").ok()?;
        rest.parent_node()?.replace_child(&mark, &rest).ok()?;
        mark.append_child(&rest).ok()?;
    }
    Some(())
}
