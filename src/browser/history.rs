//! Marks in the open history.
//!
//! A history is prerendered and not part of what Leptos renders, so its text nodes may be split and
//! joined freely.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Text};

use crate::query::search::Search;
use crate::view::Explorer;

use super::{document, elements};

/// Marks what the search finds in the open history, and follows both.
pub fn follow(explorer: Explorer) {
    let open = Memo::new(move |_| explorer.selection.read().open);
    Effect::new(move |_| {
        let search = explorer.search.read();
        elements(".history mark").iter().for_each(unmark);
        let subject = open.get().and_then(|it| explorer.pack.subject(it));
        let Some(subject) = subject.filter(|_| !search.is_empty()) else {
            return;
        };
        let histories = ["[data-subject=\"", subject.id(), "\"] .history"].concat();
        for history in elements(&histories) {
            mark(&history, &search);
        }
    });
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

fn mark(node: &Node, search: &Search) {
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
