//! What is seen to as the later part of the program arrives.

use web_sys::Element;

use super::super::elements;
use super::super::place::{anchors, hold, screen, top_of};

/// Leaves the cards that a reader looks at where they are on the screen while a comparison takes its place above them,
/// in a browser that doesn't see to that itself.
#[inline(never)]
pub fn hold_cards() {
    let is_above = |it: &Element| it.get_bounding_client_rect().bottom() <= 0.0;
    let comparison = elements(".other--compared").into_iter().next();
    if comparison.is_none_or(|it| !is_above(&it)) || anchors() {
        return;
    }
    let mut cards = elements(".card").into_iter();
    if let Some(card) = cards.find(|it| !is_above(it) && top_of(it) < screen()) {
        hold(card);
    }
}
