//! What a page fetches beside its parts: its own pack, where it has one; the second pack, and the later part of the
//! program, once a reader asks for what needs them.

mod moved;

use js_sys::{Function, Object, Promise, Reflect, Uint8Array, WebAssembly};
use leptos::task::spawn_local;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use crate::dataset::pack::Pack;
use crate::view::beside::{LATER, LATER_INTEGRITY, MORE};
use crate::view::{Explorer, Fetched};

use super::page::Page;
use super::{explorer, fetched, window};

/// What is on its way.
#[derive(Debug)]
pub struct Rest {
    more: bool,
    later: bool,
}

impl Rest {
    /// `later` is whether the later part of the program is on its way.
    pub fn new(later: bool) -> Self {
        Self { more: false, later }
    }

    /// Fetches what a reader asks for, where it isn't there.
    pub fn draw(&mut self, page: Page, now: &Explorer) {
        if is_begun(&mut self.more, now.needs_more(), now.more.state()) {
            spawn_local(async move {
                let more = fetch(MORE).await;
                page.update(|it| it.have_more(more.map_or(Fetched::Refused, Fetched::Here)));
            });
        }
        if is_begun(&mut self.later, now.needs_later(), now.later) {
            spawn_local(async move {
                arrive(page, later(None).await);
            });
        }
    }
}

/// Has a page know what became of the later part of the program.
pub fn arrive(page: Page, later: Fetched<()>) {
    hold_cards(page, later);
    page.update(|it| it.have_later(later));
}

/// Leaves the cards where they are on the screen, though a comparison may be about to come above them.
pub fn hold_cards(page: Page, later: Fetched<()>) {
    if later == Fetched::Here(()) {
        moved::hold_cards(page);
    }
}

/// Whether something is to be fetched now; then it is on its way.
fn is_begun(is_on_its_way: &mut bool, is_needed: bool, state: Fetched<()>) -> bool {
    let was = *is_on_its_way;
    *is_on_its_way = state == Fetched::Awaited && (was || is_needed);
    *is_on_its_way && !was
}

#[wasm_bindgen]
extern "C" {
    /// The request for it that the script which starts the program has begun (`src/site/start.js`).
    #[wasm_bindgen(thread_local_v2, js_name = factExplorerLater)]
    static BEGUN: Option<Promise>;

    /// Takes the rules for what it shows out of it, on a page that has only the others.
    #[wasm_bindgen(thread_local_v2, js_name = factExplorerStyle)]
    static STYLE: Option<Function>;
}

/// Whether the later part of the program is in the WASM, or awaited until somebody asks for it.
pub fn later_at_first() -> Fetched<()> {
    if explorer().is_some_and(|it| it.has_attribute(LATER)) {
        Fetched::Awaited
    } else {
        Fetched::Here(())
    }
}

/// The later part of the program, where a page begins with it.
pub async fn first_later() -> Fetched<()> {
    later(BEGUN.with(Clone::clone)).await
}

/// The later part of the program, fetched anew unless that has begun.
async fn later(begun: Option<Promise>) -> Fetched<()> {
    let later = fetch_later(begun).await;
    later.map_or(Fetched::Refused, Fetched::Here)
}

/// Asks the site for it.
fn ask_for_later() -> Option<Promise> {
    let explorer = explorer()?;
    let options = RequestInit::new();
    if let Some(integrity) = explorer.get_attribute(LATER_INTEGRITY) {
        options.set_integrity(&integrity);
    }
    let address = explorer.get_attribute(LATER)?;
    Some(window()?.fetch_with_str_and_init(&address, &options))
}

/// Fetches it, and puts it beside this part, whose memory it shares.
async fn fetch_later(begun: Option<Promise>) -> Option<()> {
    let begun = begun.or_else(ask_for_later)?;
    let buffer = fetched(begun).await?.array_buffer().ok()?;
    let code = JsFuture::from(buffer).await.ok()?;
    let module = JsFuture::from(WebAssembly::compile(&code)).await.ok()?;
    if let Some(style) = STYLE.with(Clone::clone) {
        style.call1(&JsValue::NULL, &module).ok()?;
    }
    let imports = Object::new();
    // It asks for all of it by one name, of one letter (src/site/later.rs).
    Reflect::set(&imports, &JsValue::from_str("p"), &wasm_bindgen::exports()).ok()?;
    let begun = WebAssembly::instantiate_module(module.unchecked_ref(), &imports);
    JsFuture::from(begun).await.ok()?;
    Some(())
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
