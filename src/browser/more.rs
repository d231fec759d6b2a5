//! What a page fetches beside its parts: its own pack, where it has one; the second pack, and the later part of the
//! program, once a reader asks for what needs them.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use js_sys::{Object, Promise, Reflect, Uint8Array, WebAssembly};
use leptos::task::spawn_local;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use crate::dataset::pack::Pack;
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
                let more = fetch("data-more").await;
                page.update(|it| it.have_more(more.map_or(Fetched::Refused, Fetched::Here)));
            });
        }
        if is_begun(&mut self.later, now.needs_later(), now.later) {
            tell(page, later(None));
        }
    }
}

/// Whether something is to be fetched now; then it is on its way.
fn is_begun(is_on_its_way: &mut bool, is_needed: bool, state: Fetched<()>) -> bool {
    let was = *is_on_its_way;
    *is_on_its_way = state == Fetched::Awaited && (was || is_needed);
    *is_on_its_way && !was
}

/// The attributes that name the later part of the program, where it isn't in the WASM, and its digest.
const LATER: &str = "data-later";
const LATER_INTEGRITY: &str = "data-later-integrity";

#[wasm_bindgen]
extern "C" {
    /// The request for it that the script which starts the program has begun (`src/site/shell.rs`).
    #[wasm_bindgen(thread_local_v2, js_name = factExplorerLater)]
    static BEGUN: Option<Promise>;
}

/// The later part of the program, which is on its way.
pub type Coming = Pin<Box<dyn Future<Output = Fetched<()>>>>;

/// How much a page that begins needs of the later part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing, unless a reader asks for it.
    None,
    /// What its address asks for beside the cards: that is there from the start, where it doesn't take long.
    Soon,
    /// All that it does.
    First,
}

/// How long a page waits, in milliseconds, for what its address asks for beside the cards, before it is live
/// without that.
const PATIENCE: i32 = 3000;

/// The later part of the program, where a page begins: here, if it is in the WASM; or else awaited until somebody asks
/// for it. It may still be on its way.
pub async fn first_later(need: Need) -> (Fetched<()>, Option<Coming>) {
    if explorer().is_none_or(|it| !it.has_attribute(LATER)) {
        return (Fetched::Here(()), None);
    }
    let mut coming: Coming = Box::pin(later(BEGUN.with(Clone::clone)));
    match need {
        Need::None => (Fetched::Awaited, None),
        Need::First => (coming.await, None),
        Need::Soon => {
            let mut patience = JsFuture::from(Promise::new(&mut |done, _| {
                _ = window().map(|it| {
                    it.set_timeout_with_callback_and_timeout_and_arguments_0(&done, PATIENCE)
                });
            }));
            let first = poll_fn(|context| match coming.as_mut().poll(context) {
                Poll::Ready(later) => Poll::Ready(later),
                Poll::Pending => Pin::new(&mut patience)
                    .poll(context)
                    .map(|_| Fetched::Awaited),
            });
            match first.await {
                Fetched::Awaited => (Fetched::Awaited, Some(coming)),
                later => (later, None),
            }
        }
    }
}

/// Tells the page of the later part of the program once it is there, or can't be had.
pub fn tell(page: Page, coming: impl Future<Output = Fetched<()>> + 'static) {
    spawn_local(async move {
        let later = coming.await;
        page.update(|it| it.have_later(later));
    });
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
