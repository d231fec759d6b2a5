//! Files, the clipboard, sharing and print.

mod moved;

use gloo_events::EventListener;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::view::take::Way;
use crate::view::{Fetched, Print};

use super::embed;
use super::page::Page;
use super::{elements, root, target, window};

/// Tells the page what is around it, and follows presses of what has `data-do`, and printing by
/// whatever way that was asked for.
pub fn follow(page: Page) {
    let (Some(window), Some(root)) = (window(), root()) else {
        return;
    };
    let whole = embed::whole_page().map(|it| it.href());
    let address = whole.unwrap_or_else(|| window.location().href().unwrap_or_default());
    // What stands in a query is how a reader came here, and not for others.
    let address = address.split(['#', '?']).next().unwrap_or("").to_owned();
    let shares = method(&window.navigator(), "share").is_some();
    // It may have been opened before the page was live.
    let takes = !elements("#take:popover-open").is_empty();
    page.update(|it| {
        (it.around.address, it.around.shares, it.takes) = (address, shares, takes);
    });
    EventListener::new(&root, "click", move |event| {
        let target = target(event).and_then(|it| it.closest("[data-do]").ok().flatten());
        let way = target.and_then(|it| Way::from_id(&it.get_attribute("data-do")?));
        // What takes along has written the button.
        if let Some(way) = way
            && page.now().later == Fetched::Here(())
        {
            moved::take_whole(page, way);
        }
    })
    .forget();
    for (event, print) in [("beforeprint", Print::Begun), ("afterprint", Print::No)] {
        EventListener::new(&window, event, move |_| {
            page.update(|it| it.print = print);
        })
        .forget();
    }
}

/// A method that not every browser has, nor every page may use.
fn method(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}
