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
    let selection = decode(explorer.pack, &fragment);
    let open = selection.open.and_then(|it| explorer.pack.subject(it));
    if let Some(subject) = open
        && explorer.selection.read_untracked().open != selection.open
    {
        place::show(subject.id());
    }
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
    _ = if trace == Trace::Typing && was_typing(&history) {
        history.replace_state_with_url(&TYPED.into(), "", Some(&url))
    } else {
        let state = if trace == Trace::Typing {
            TYPED.into()
        } else {
            JsValue::NULL
        };
        history.push_state_with_url(&state, "", Some(&url))
    };
}

/// What an entry of the history remembers where typing made it.
const TYPED: &str = "typed";

fn was_typing(history: &web_sys::History) -> bool {
    history
        .state()
        .is_ok_and(|it| it.as_string().as_deref() == Some(TYPED))
}
