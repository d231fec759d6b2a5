//! The packs that a page names: its own, where it has one, and the second, which is fetched when a view
//! needs it.

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::dataset::pack::Pack;
use crate::query::View;
use crate::view::{Explorer, More};

use super::explorer;

/// Fetches the pack when a reader first asks for a view that needs it.
pub fn follow(explorer: Explorer) {
    let view = Memo::new(move |_| explorer.selection.read().view);
    Effect::new(move |asked: Option<bool>| {
        let needed = matches!(view.get(), View::Timeline | View::Map);
        // One that was refused is asked for anew.
        let refused = explorer.more.get_untracked() == More::Refused;
        let asked = asked == Some(true) && !refused;
        if needed && !asked {
            explorer.more.set(More::Awaited);
            spawn_local(async move {
                let more = fetch("data-more").await.map_or(More::Refused, More::Here);
                explorer.more.set(more);
            });
        }
        asked || needed
    });
}

/// The pack that the page names in an attribute.
pub async fn fetch(attribute: &str) -> Option<Pack> {
    let address = explorer()?.get_attribute(attribute)?;
    opened(super::fetch(&address).await).await
}

/// The pack that a response has.
pub async fn opened(response: Option<Response>) -> Option<Pack> {
    Pack::open(bytes(response?).await?).ok()
}

/// A response's bytes, kept for as long as the page is open.
pub async fn bytes(response: Response) -> Option<&'static [u8]> {
    let bytes = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&bytes).to_vec().leak())
}
