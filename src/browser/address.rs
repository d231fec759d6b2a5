//! The address's fragment, which holds the selection.

use gloo_events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::query::address::{decode, encode};
use crate::view::{Explorer, Trace};

use super::{place, window};

/// Takes the selection from the address, now and whenever the reader goes back, forward or to
/// another fragment; and writes each other change of the selection into the address.
pub fn follow(explorer: Explorer) {
    read(explorer);
    if let Some(window) = window() {
        for event in ["popstate", "hashchange"] {
            EventListener::new(&window, event, move |_| read(explorer)).forget();
        }
    }
    Effect::new(move |_| {
        let fragment = encode(explorer.pack, &explorer.selection.read());
        let trace = explorer.trace.get_value();
        if trace != Trace::FromAddress {
            write(&fragment, trace);
        }
    });
}

fn read(explorer: Explorer) {
    let fragment = window()
        .and_then(|it| it.location().hash().ok())
        .unwrap_or_default();
    let bare = fragment.trim_start_matches('#');
    if !bare.is_empty() && !bare.contains('=') {
        // A place in the page, such as where the skip link leads, and no selection.
        return;
    }
    let selection = decode(explorer.pack, &fragment);
    let open = selection.open.and_then(|it| explorer.pack.subject(it));
    if let Some(subject) = open
        && explorer.selection.read_untracked().open != selection.open
    {
        place::show(subject.id());
    }
    place::keep_focus();
    place::return_focus(explorer);
    explorer.trace.set_value(Trace::FromAddress);
    explorer.replace(Trace::FromAddress, selection);
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
    _ = match trace {
        Trace::Typing(field) if typed_in(&history).as_deref() == Some(field) => {
            history.replace_state_with_url(&field.into(), "", Some(&url))
        }
        Trace::Typing(field) => history.push_state_with_url(&field.into(), "", Some(&url)),
        _ => history.push_state_with_url(&JsValue::NULL, "", Some(&url)),
    };
}

/// The field whose typing made the current entry of the history.
fn typed_in(history: &web_sys::History) -> Option<String> {
    history.state().ok()?.as_string()
}
