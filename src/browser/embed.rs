//! The explorer in another page: a frame, or an element.
//!
//! An embed's settings come in an attribute instead of the address, since an element has no address
//! of its own, and it writes no address: its steps would be the host's history.

use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;

use crate::query::lock::settings;
use crate::view::{Explorer, Trace};

use super::page::Page;
use super::{elements, set};

/// Begins as the settings say.
pub fn begin(page: Page, query: &str) {
    let (lock, selection) = settings(page.pack, query);
    page.update(|it| {
        it.narrow(lock);
        it.replace(Trace::FromAddress, selection);
    });
}

/// Keeps the links to the whole page at what is shown.
pub fn draw(now: &Explorer) {
    let address = now.address();
    if !address.is_empty() {
        for link in elements(WHOLE_PAGE) {
            set(&link, "href", &address);
        }
    }
}

/// The links that lead to the whole page; only an embed has them.
const WHOLE_PAGE: &str = "[data-full]";

/// One of those links.
pub fn whole_page() -> Option<HtmlAnchorElement> {
    elements(WHOLE_PAGE).pop()?.dyn_into().ok()
}
