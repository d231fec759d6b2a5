//! Where things are on the screen, and where the focus is.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{before_paint, document, elements, window};

/// Keeps what a reader pressed where it is on the screen, whatever opens or closes above it; and
/// where a press makes its own button go, moves the focus to the result count instead of losing it.
pub fn keep() {
    let Some(document) = document() else { return };
    let options = EventListenerOptions {
        passive: false,
        ..EventListenerOptions::run_in_capture_phase()
    };
    EventListener::new_with_options(&document, "click", options, |event| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let Some(target) = target else { return };
        let closest = |selector| target.closest(selector).ok().flatten();
        if closest(".skip").is_some() {
            // Followed as a link, it would be one to a page without a selection.
            event.prevent_default();
            focus("#explorer");
        } else if let Some(summary) = closest("summary") {
            let top = summary.get_bounding_client_rect().top();
            before_paint(move || {
                if let Some(window) = window() {
                    let now = summary.get_bounding_client_rect().top();
                    window.scroll_by_with_x_and_y(0.0, now - top);
                }
            });
        } else if let Some(button) = closest("button") {
            before_paint(move || {
                let gone = button.get_bounding_client_rect().width() == 0.0;
                if gone || button.has_attribute("hidden") || button.has_attribute("disabled") {
                    focus("[role=status]");
                }
            });
        }
    })
    .forget();
}

/// Gives the focus back to what has it now, should another order of the cards take it away.
pub fn keep_focus() {
    let focused = document().and_then(|it| it.active_element());
    let Some(focused) = focused.and_then(|it| it.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    before_paint(move || _ = focused.focus());
}

/// Brings a subject's card to the top of the screen, once it is laid out.
pub fn show(subject: &str) {
    let id = ["open=", subject].concat();
    before_paint(move || {
        if let Some(card) = document().and_then(|it| it.get_element_by_id(&id)) {
            card.scroll_into_view();
        }
    });
}

fn focus(selector: &str) {
    for element in elements(selector) {
        if let Ok(element) = element.dyn_into::<HtmlElement>() {
            _ = element.focus();
        }
    }
}
