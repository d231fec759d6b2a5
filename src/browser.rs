//! The browser: the only place that touches web-sys and gloo.
//!
//! Every call can be refused (a sandboxed frame, a policy, an old browser), and then the page goes
//! on without it. Nothing here decides what is shown: it reads the address and what a reader did
//! before the page was live, and follows the selection afterwards.

pub mod address;
pub mod early;
pub mod embed;
pub mod history;
pub mod more;
pub mod place;
pub mod record;
pub mod take;

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, HtmlElement, Response, Window};

use crate::dataset::pack::Pack;
use crate::view::app::Histories;
use crate::view::{App, Explorer};

/// Takes over the prerendered page: hydrates it as it was painted, then follows the address.
/// Sets `data-ready` on `<html>` once it is interactive.
pub fn start() {
    let Some(root) = document().and_then(|it| it.get_element_by_id("explorer")) else {
        return;
    };
    let Ok(root) = root.dyn_into::<HtmlElement>() else {
        return;
    };
    let early = early::read();
    let settings = root.get_attribute("data-query");
    hydrate_from(root, move || {
        let explorer = Explorer::new(Pack::embedded());
        // What a reader did before the page was live comes after what the address says.
        Effect::new(move |before: Option<()>| {
            if before.is_none() {
                match &settings {
                    Some(query) => embed::follow(explorer, query),
                    None => address::follow(explorer),
                }
                early::add(explorer, &early);
                history::follow(explorer);
                more::follow(explorer);
                record::follow(explorer);
                take::follow(explorer);
                place::lead(explorer);
                place::keep(explorer);
                spawn_local(async {
                    tick().await;
                    if let Some(html) = document().and_then(|it| it.document_element()) {
                        _ = html.set_attribute("data-ready", "");
                    }
                });
            }
        });
        view! { <App explorer histories=Histories {} /> }
    })
    .forget();
}

/// A file of the site; none where it isn't found or can't be had.
async fn fetch(address: &str) -> Option<Response> {
    let response = JsFuture::from(window()?.fetch_with_str(address)).await;
    let response: Response = response.ok()?.dyn_into().ok()?;
    Some(response).filter(Response::ok)
}

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// The element that an event is about.
fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The elements that fit a CSS selector, in the order of the page.
fn elements(selector: &str) -> Vec<Element> {
    let Some(list) = document().and_then(|it| it.query_selector_all(selector).ok()) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|it| list.get(it)?.dyn_into().ok())
        .collect()
}

/// Calls a function before the next frame is painted.
fn before_paint(call: impl FnOnce() + 'static) {
    let call = wasm_bindgen::closure::Closure::once_into_js(call);
    if let Some(window) = window() {
        _ = window.request_animation_frame(call.unchecked_ref());
    }
}
