//! The open history: what happened after the chosen day is set apart, and what a search finds is
//! marked.
//!
//! A history is prerendered and not part of what Leptos renders, so its text nodes may be split and
//! joined freely.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Text};

use crate::dataset::date::Date;
use crate::dataset::pack::Subject;
use crate::query::search::Search;
use crate::view::Explorer;

use super::{document, elements};

/// Follows which history is open, the day and the search.
pub fn follow(explorer: Explorer) {
    let open = Memo::new(move |_| explorer.selection.read().open);
    let as_of = Memo::new(move |_| explorer.selection.read().as_of);
    Effect::new(move |_| {
        explorer.arrived.track();
        if let Some(subject) = open.get().and_then(|it| explorer.pack.subject(it)) {
            set_apart(subject, as_of.get());
        }
    });
    Effect::new(move |_| {
        let search = explorer.search.read();
        elements(".history mark").iter().for_each(unmark);
        let subject = open.get().and_then(|it| explorer.pack.subject(it));
        let Some(subject) = subject.filter(|_| !search.is_empty()) else {
            return;
        };
        for history in elements(&within(subject, ".history")) {
            mark(&history, &search);
        }
    });
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
    let n_by_then = subject.n_events_by(day);
    for (number, event) in elements(&within(subject, ".history > ol > .event"))
        .iter()
        .enumerate()
    {
        let list = if number < n_by_then { by_then } else { later };
        _ = list.append_child(event);
    }
    for heading in elements(&within(subject, ".history > ol + .history__later")) {
        heading.set_text_content(Some(&["After ", &day.long()].concat()));
        _ = heading.toggle_attribute_with_force("hidden", n_by_then == subject.n_events());
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
