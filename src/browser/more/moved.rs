//! What is seen to as the later part of the program arrives.

use web_sys::Element;

use super::super::elements;
use super::super::page::Page;
use super::super::place::{hold, screen};
use crate::view::Trace;

/// Leaves the cards that a reader looks at where they are on the screen while a comparison takes its place above them.
/// Browsers that see to such things themselves may go by what is beside the cards.
#[inline(never)]
pub fn hold_cards(page: Page) {
    let now = page.now();
    // Who came by a link to a comparison is to see it.
    if now.trace == Trace::FromAddress || now.selection.compare.is_empty() {
        return;
    }
    let is_seen = |it: &Element| {
        let place = it.get_bounding_client_rect();
        place.bottom() > 0.0 && place.top() < screen()
    };
    if let Some(card) = elements(".card").into_iter().find(is_seen) {
        hold(card);
    }
}
