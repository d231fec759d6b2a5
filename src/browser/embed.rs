//! The explorer in another page: a frame, or an element.
//!
//! An embed's settings come in an attribute instead of the address, since an element has no address
//! of its own, and it writes no address: its steps would be the host's history.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;

use crate::query::lock::settings;
use crate::view::{Explorer, Trace};

use super::elements;

/// The attribute that has an embed's settings.
pub const SETTINGS: &str = "data-query";

/// Begins as the settings say, and keeps the links to the whole page at what is shown.
pub fn follow(explorer: Explorer, query: &str) {
    let (lock, selection) = settings(explorer.pack, query);
    explorer.around.write().lock = lock;
    explorer.replace(Trace::FromAddress, selection);
    Effect::new(move |_| {
        let address = explorer.address();
        if address.is_empty() {
            return;
        }
        for link in elements(WHOLE_PAGE) {
            _ = link.set_attribute("href", &address);
        }
    });
}

/// The links that lead to the whole page; only an embed has them.
const WHOLE_PAGE: &str = "[data-full]";

/// One of those links.
pub fn whole_page() -> Option<HtmlAnchorElement> {
    elements(WHOLE_PAGE).pop()?.dyn_into().ok()
}
