//! The dataset's second pack, which is fetched when a view needs it.

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::dataset::pack::Pack;
use crate::query::View;
use crate::view::{Explorer, More};

use super::{document, window};

/// Fetches the pack when a reader first asks for a view that needs it.
pub fn follow(explorer: Explorer) {
    let needed =
        Memo::new(move |_| matches!(explorer.selection.read().view, View::Timeline | View::Map));
    Effect::new(move |asked: Option<bool>| {
        let asked = asked == Some(true);
        if needed.get() && !asked {
            spawn_local(async move {
                let more = fetch().await.map_or(More::Refused, More::Here);
                explorer.more.set(more);
            });
            return true;
        }
        // One that was refused is asked for anew.
        asked && explorer.more.get_untracked() != More::Refused
    });
}

/// The pack that the page names.
async fn fetch() -> Option<Pack> {
    let address = document()?
        .get_element_by_id("explorer")?
        .get_attribute("data-more")?;
    let response = JsFuture::from(window()?.fetch_with_str(&address))
        .await
        .ok()?;
    let response: Response = response.dyn_into().ok()?;
    let bytes = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    let bytes = Uint8Array::new(&bytes).to_vec();
    // Kept for as long as the page is open.
    Pack::open(Vec::leak(bytes))
}
