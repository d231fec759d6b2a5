//! Where things are on the screen.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{before_paint, document, window};

/// Keeps what a reader pressed where it is on the screen, whatever opens or closes above it.
pub fn keep() {
    let Some(document) = document() else { return };
    let options = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&document, "click", options, |event| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let Some(summary) = target.and_then(|it| it.closest("summary").ok()?) else {
            return;
        };
        let top = summary.get_bounding_client_rect().top();
        before_paint(move || {
            if let Some(window) = window() {
                window.scroll_by_with_x_and_y(0.0, summary.get_bounding_client_rect().top() - top);
            }
        });
    })
    .forget();
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
