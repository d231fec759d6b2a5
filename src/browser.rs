//! The browser: the only place that touches web-sys and gloo.
//!
//! Every call can be refused (a sandboxed frame, a policy, an old browser), and then the page goes
//! on without it. Nothing here decides what is shown: it reads the address and what a reader did
//! before the page was live, and follows the selection afterwards.

pub mod address;
pub mod cards;
pub mod choices;
pub mod controls;
pub mod early;
pub mod embed;
pub mod history;
pub mod list;
pub mod more;
pub mod page;
pub mod parts;
pub mod place;
pub mod record;
pub mod take;

use std::cell::Cell;
use std::rc::Rc;

use any_spawner::Executor;
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Promise;
use leptos::prelude::Owner;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, MouseEvent, Response, ShadowRoot, Window};

use crate::dataset::pack::Pack;
use crate::query::Selection;
use crate::query::address::is_beside_cards;
use crate::query::answer::lacks;
use crate::query::lock::settings;
use crate::view::beside::{PACK, SETTINGS};
use crate::view::long::is_long;
use crate::view::{Explorer, Fetched};

use address::Address;
use cards::Cards;
use choices::Choices;
use controls::Controls;
use history::Histories;
use list::Shown;
use more::Rest;
use page::Page;
use parts::Parts;
use record::Records;

#[wasm_bindgen]
extern "C" {
    /// The shadow root that holds the page, where an element of another page does. Its script sets
    /// this global before it starts the module, and takes it away afterwards: each element has a
    /// module of its own (embed/element.js). It isn't a document, but has whatever of one is asked of
    /// it here: methods are called by their names.
    #[wasm_bindgen(thread_local_v2, js_name = factExplorerRoot)]
    static SHADOW_ROOT: Option<Document>;

    /// The page's own pack, where the start script has begun to fetch it (`src/site/start.js`): it
    /// needn't wait for the WASM.
    #[wasm_bindgen(thread_local_v2, js_name = factExplorerPack)]
    static OWN_PACK: Option<Promise>;
}

/// Takes over the prerendered page, with the pack that it names, or else with the embedded one. Where
/// the page's own can't be had, the page stays as it was painted, and says so.
pub fn start() {
    // It is the first here.
    _ = Executor::init_wasm_bindgen();
    spawn_local(async {
        if begin().await.is_none() {
            mark("data-failed");
            for it in elements(".live") {
                _ = it.set_attribute("inert", "");
            }
        }
    });
}

/// Has the page live once all is there that it shows first; none where that can't be had.
async fn begin() -> Option<()> {
    let pack = if explorer().is_none_or(|it| !it.has_attribute(PACK)) {
        Pack::embedded()
    } else {
        match OWN_PACK.with(Clone::clone) {
            Some(begun) => more::opened(fetched(begun).await).await?,
            None => more::fetch(PACK).await?,
        }
    };
    let asked = address::asked();
    // Whom an address names may come later. Whom an embed is about may not: it would begin with all.
    let is_embed = explorer().is_some_and(|it| it.has_attribute(SETTINGS));
    if parts::resolve(pack, &asked).await.is_none() && is_embed {
        return None;
    }
    let (lock, _) = settings(pack, if is_embed { &asked } else { "" });
    parts::fetch_all(pack, &lacks(pack, &lock, &Selection::new(pack))).await?;
    let later = more::later_at_first();
    if later == Fetched::Here(()) || !(is_long(pack) || is_beside_cards(&asked)) {
        live(pack, later, false);
    } else if is_long(pack) {
        let later = more::first_later().await;
        if later != Fetched::Here(()) {
            return None;
        }
        live(pack, later, false);
    } else {
        // What an address asks for is there from the start, where it doesn't take long: nothing stands in its place
        // first.
        let page = Rc::new(Cell::new(None));
        let first = Rc::clone(&page);
        after(PATIENCE, move || {
            if first.get().is_none() {
                first.set(live(pack, Fetched::Awaited, true));
            }
        });
        let later = more::first_later().await;
        match page.get() {
            Some(page) => more::arrive(page, later),
            None => page.set(live(pack, later, false)),
        }
    }
    Some(())
}

/// How long a page waits, in milliseconds, for what its address asks for beside the cards, before it is live without
/// that.
const PATIENCE: i32 = 3000;

/// Takes over the page as it was painted, and follows the address. Sets `data-ready` once it is
/// interactive. `is_coming` is whether the later part of the program is on its way.
fn live(pack: Pack, later: Fetched<()>, is_coming: bool) -> Option<Page> {
    let explorer = explorer()?;
    let early = early::read(pack);
    let settings = explorer.get_attribute(SETTINGS);
    let owner = Owner::new();
    owner.set();
    let page = Page::new(pack, later);
    let mut drawn = Drawn::of_page(&page.now(), settings.is_none(), is_coming);
    controls::follow(page);
    cards::follow(page);
    choices::follow(page);
    list::follow(page, settings.is_some());
    match &settings {
        Some(query) => embed::begin(page, query),
        None => address::follow(page),
    }
    // What a reader did before the page was live comes after what the address says.
    early::add(page, &early);
    take::follow(page);
    place::lead(page);
    place::keep(page);
    // What couldn't be had for what the address asks for isn't asked for again at once.
    page.update(|it| it.have_later(later));
    page.follow(move |now| drawn.draw(page, now));
    spawn_local(async move {
        tick().await;
        mark("data-ready");
        parts::prefetch(page);
        // As long as the page is open.
        std::mem::forget(owner);
    });
    Some(page)
}

/// The page as it was last drawn, part by part. Each part changes only what is to be different.
struct Drawn {
    controls: Controls,
    cards: Option<Cards>,
    choices: Choices,
    list: Shown,
    histories: Histories,
    records: Records,
    rest: Rest,
    parts: Parts,
    /// None in an embed, whose steps would be the host's history.
    address: Option<Address>,
}

impl Drawn {
    /// The page as it was written.
    fn of_page(now: &Explorer, has_address: bool, is_later_coming: bool) -> Self {
        Self {
            controls: Controls::of_page(now),
            // An embed is as high as all of them.
            cards: Cards::of_page(now, !has_address),
            choices: Choices::of_page(now),
            list: Shown::default(),
            histories: Histories::default(),
            records: Records::default(),
            rest: Rest::new(is_later_coming),
            parts: Parts::default(),
            address: has_address.then(Address::default),
        }
    }

    /// Has the page as the state says: `page = view(dataset, selection)`.
    fn draw(&mut self, page: Page, now: &Explorer) {
        // An embed is as high as all of its cards, which are there at once.
        if self.address.is_some()
            && let Some(cards) = &self.cards
        {
            cards.look(now);
        }
        self.controls.draw(now);
        self.choices.draw(now);
        if let Some(cards) = &self.cards {
            cards.draw(page, now);
        }
        self.list.draw(now);
        match &mut self.address {
            Some(address) => address.draw(now),
            None => embed::draw(now),
        }
        self.histories.draw(now);
        self.rest.draw(page, now);
        self.parts.draw(page, now);
        self.records.draw(page, now);
    }
}

/// Calls a function with each event of these kinds, wherever in the page it is, and after those who want
/// to know how things were before.
fn listen(kinds: &[&'static str], call: impl Fn(&Event) + Copy + 'static) {
    let Some(root) = root() else { return };
    for kind in kinds {
        let options = match *kind {
            // It doesn't bubble.
            "toggle" => EventListenerOptions::run_in_capture_phase(),
            _ => EventListenerOptions::enable_prevent_default(),
        };
        EventListener::new_with_options(&root, *kind, options, call).forget();
    }
}

/// Gives an attribute a value. Where it has that already, it isn't touched.
fn set(element: &Element, name: &str, value: &str) {
    if element.get_attribute(name).as_deref() != Some(value) {
        _ = element.set_attribute(name, value);
    }
}

/// Marks `<html>`, or the element that the page is in.
fn mark(name: &str) {
    if let Some(root) = root() {
        let html = root.document_element();
        let host = || root.unchecked_ref::<ShadowRoot>().host();
        _ = html.unwrap_or_else(host).set_attribute(name, "");
    }
}

/// A file of the site; none where it isn't found or can't be had.
async fn fetch(address: &str) -> Option<Response> {
    fetched(window()?.fetch_with_str(address)).await
}

/// What a fetch that has begun brings.
async fn fetched(promise: Promise) -> Option<Response> {
    let response: Response = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    Some(response).filter(Response::ok)
}

fn window() -> Option<Window> {
    web_sys::window()
}

/// Makes new elements, wherever the page is.
fn document() -> Option<Document> {
    window()?.document()
}

/// What holds the page. Whoever looks for something in the page, or listens, does it here: from
/// outside a shadow root neither its elements nor the targets of its events can be seen.
fn root() -> Option<Document> {
    SHADOW_ROOT.with(Clone::clone).or_else(document)
}

/// The part of the page that is live.
fn explorer() -> Option<Element> {
    root()?.get_element_by_id("explorer")
}

/// The way to the site's folder: relative from its own pages, an address from another's.
fn base() -> String {
    let base = explorer().and_then(|it| it.get_attribute("data-base"));
    base.unwrap_or_else(|| "./".to_owned())
}

/// The element that an event is about.
fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Whether a press on a link asks the browser to open it somewhere else, or to save it.
fn opens_elsewhere(event: &Event) -> bool {
    let press: Option<&MouseEvent> = event.dyn_ref();
    press.is_some_and(|it| it.ctrl_key() || it.meta_key() || it.shift_key() || it.alt_key())
}

/// The elements that fit a CSS selector, in the order of the page.
fn elements(selector: &str) -> Vec<Element> {
    let Some(list) = root().and_then(|it| it.query_selector_all(selector).ok()) else {
        return Vec::new();
    };
    // Nothing but elements fits one.
    (0..list.length())
        .filter_map(|it| Some(list.get(it)?.unchecked_into()))
        .collect()
}

/// Calls a function once what a reader has just done is painted, where it was done with a finger: a phone takes longer to
/// answer than somebody should wait to see that a tap or a letter arrived. Elsewhere at once.
fn once_seen(call: impl FnOnce() + 'static) {
    if is_by_finger() {
        before_paint(move || after(0, call));
    } else {
        call();
    }
}

/// Whether the page is looked at, on a device that is used with a finger.
fn is_by_finger() -> bool {
    !document().is_none_or(|it| it.hidden()) && holds("(pointer: coarse)")
}

/// Whether a condition of style holds.
fn holds(condition: &str) -> bool {
    let query = window().and_then(|it| it.match_media(condition).ok().flatten());
    query.is_some_and(|it| it.matches())
}

/// Calls a function before the next frame is painted.
fn before_paint(call: impl FnOnce() + 'static) {
    let call = as_js(Box::new(call));
    _ = window().map(|it| it.request_animation_frame(call.unchecked_ref()));
}

/// Calls a function after so many milliseconds.
fn after(time: i32, call: impl FnOnce() + 'static) {
    let call = as_js(Box::new(call));
    let call = call.unchecked_ref();
    _ = window().map(|it| it.set_timeout_with_callback_and_timeout_and_arguments_0(call, time));
}

/// A function for the browser to call once. Of one type, since the WASM has what calls it once for each.
#[inline(never)]
fn as_js(call: Box<dyn FnOnce()>) -> JsValue {
    Closure::once_into_js(call)
}
