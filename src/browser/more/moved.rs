//! What is seen to as the later part of the program arrives.

use web_sys::Element;

use super::super::elements;
use super::super::place::{anchors, hold, screen, top_of};

/// Leaves the cards that a reader looks at where they are on the screen while a comparison takes its place above them,
/// in a browser that doesn't see to that itself.
#[inline(never)]
pub fn hold_cards() {
    // Before anything is measured, for which a browser may have to lay the page out.
    if anchors() {
        return;
    }
    let is_above = |it: &Element| it.get_bounding_client_rect().bottom() <= 0.0;
    if !elements(".other--compared").iter().any(is_above) {
        return;
    }
    let mut cards = elements(".card").into_iter();
    if let Some(card) = cards.find(|it| !is_above(it) && top_of(it) < screen()) {
        hold(card);
    }
}
