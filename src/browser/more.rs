//! The packs that a page names: its own, where it has one, and the second, which is fetched when a view
//! needs it.

use js_sys::Uint8Array;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::dataset::pack::Pack;
use crate::query::View;
use crate::view::{Explorer, More};

use super::explorer;
use super::page::Page;

/// Whether the second pack was asked for, and the view that it was last looked for in.
#[derive(Debug, Default)]
pub struct Second {
    view: View,
    is_asked: bool,
}

impl Second {
    /// Fetches the pack when a reader first asks for a view that needs it. One that was refused is asked
    /// for anew with the next such view.
    pub fn draw(&mut self, page: Page, now: &Explorer) {
        let view = now.selection.view;
        if view == self.view {
            return;
        }
        self.view = view;
        let is_refused = now.more == More::Refused;
        let is_needed = matches!(view, View::Timeline | View::Map);
        if !is_needed || (self.is_asked && !is_refused) {
            return;
        }
        self.is_asked = true;
        if is_refused {
            page.update(|it| it.have_more(More::Awaited));
        }
        spawn_local(async move {
            let more = fetch("data-more").await.map_or(More::Refused, More::Here);
            page.update(|it| it.have_more(more));
        });
    }
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
