//! The address's fragment, which holds the selection.

use gloo_events::EventListener;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::JsValue;
use web_sys::History;

use crate::query::Selection;
use crate::query::address::{decode, encode};
use crate::view::{Explorer, Trace};

use super::page::Page;
use super::{explorer, list, parts, place, window};
use crate::view::beside::SETTINGS;

/// Takes the selection from the address, now and whenever the reader goes back, forward or to
/// another fragment.
pub fn follow(page: Page) {
    read(page, true);
    if let Some(window) = window() {
        for event in ["popstate", "hashchange"] {
            EventListener::new(&window, event, move |_| read(page, false)).forget();
        }
        EventListener::new(&window, "pagehide", |_| {
            if let Some(Ok(history)) = super::window().map(|it| it.history()) {
                keep_place(&history);
            }
        })
        .forget();
    }
}

/// The address as it was last written.
#[derive(Debug, Default)]
pub struct Address {
    /// What stands in it; none while that is what the reader came with.
    selection: Option<Selection>,
}

impl Address {
    /// Writes each change of the selection into the address that didn't come from there.
    pub fn draw(&mut self, now: &Explorer) {
        let selection = &now.selection;
        let named = selection.compare.iter().copied().chain(selection.open);
        // Their ids may have to come first.
        let is_known = now.pack.lacks_texts(named).is_empty();
        if !is_known || self.selection.as_ref() == Some(selection) {
            return;
        }
        self.selection = Some(selection.clone());
        if now.trace != Trace::FromAddress {
            write(&encode(now.pack, selection), now.trace);
        }
    }
}

/// What the address asks for, or an embed's settings.
pub fn asked() -> String {
    let settings = explorer().and_then(|it| it.get_attribute(SETTINGS));
    settings.unwrap_or_else(fragment)
}

fn fragment() -> String {
    let hash = window().and_then(|it| it.location().hash().ok());
    hash.unwrap_or_default()
}

/// Takes the selection from the address, once it is known whom it names.
fn read(page: Page, at_first: bool) {
    let asked = fragment();
    if parts::unknown(page.pack, &asked).is_empty() {
        return take(page, at_first);
    }
    spawn_local(async move {
        let is_known = parts::resolve(page.pack, &asked).await.is_some();
        // Whoever went on meanwhile has another address.
        if fragment() != asked {
            return;
        }
        take(page, at_first);
        if !is_known {
            // Whoever asks for something else isn't told any more what was refused before: this comes after that.
            tick().await;
            parts::refuse(page, parts::unknown(page.pack, &asked));
        }
    });
}

fn take(page: Page, at_first: bool) {
    let fragment = fragment();
    let bare = fragment.trim_start_matches('#');
    if at_first && !bare.is_empty() && !bare.contains('=') {
        // A place in the page, such as where the skip link leads, and no selection. Later it is one that a reader goes
        // back to: links to places are followed without.
        return;
    }
    let selection = decode(page.pack, &fragment);
    let open = selection.open.and_then(|it| page.pack.subject(it));
    if let Some(subject) = open
        && page.now().selection.open != selection.open
    {
        place::show(subject);
    }
    place::keep_focus();
    place::return_focus(page);
    page.update(|it| {
        it.trace = Trace::FromAddress;
        it.replace(Trace::FromAddress, selection);
    });
    let history = window().and_then(|it| it.history().ok());
    if let Some(place) = history.and_then(|it| Some(state(&it)?.1)) {
        list::return_to(&place);
    }
}

/// Keeps in the current entry of the history where in a long list the reader is.
fn keep_place(history: &History) {
    let (field, before) = state(history).unwrap_or_default();
    let place = list::place().unwrap_or_default();
    // At the list's own beginning there is none, and none may be left of before.
    if place != before {
        let state = [&field, "@", &place].concat();
        _ = history.replace_state(&state.into(), "");
    }
}

/// Typing replaces the entry it made, so that back leads to where the search began.
fn write(fragment: &str, trace: Trace) {
    let Some(window) = window() else { return };
    let (Ok(history), location) = (window.history(), window.location()) else {
        return;
    };
    let url = if fragment.is_empty() {
        location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
    } else {
        ["#", fragment].concat()
    };
    // A page without an address of its own (a frame's srcdoc) refuses; the page goes on without.
    let typed = state(&history).map(|it| it.0);
    _ = match trace {
        Trace::Typing(field) if typed.as_deref() == Some(field) => {
            history.replace_state_with_url(&field.into(), "", Some(&url))
        }
        _ => {
            keep_place(&history);
            let state = match trace {
                Trace::Typing(field) => field.into(),
                _ => JsValue::NULL,
            };
            history.push_state_with_url(&state, "", Some(&url))
        }
    };
}

/// What the current entry of the history keeps: the field whose typing made it, and the place in a
/// long list that it was left at.
fn state(history: &History) -> Option<(String, String)> {
    let state = history.state().ok()?.as_string()?;
    let (field, place) = state.split_once('@').unwrap_or((&state, ""));
    Some((field.to_owned(), place.to_owned()))
}
