//! The parts of a split pack, which are fetched as they are needed.

use std::cell::RefCell;

use leptos::task::spawn_local;

use crate::dataset::pack::Pack;
use crate::query::Selection;
use crate::query::address::ids;
use crate::view::Explorer;

use super::more::{self, bytes};
use super::page::Page;
use super::{base, fetched, window};

thread_local! {
    /// The parts that are on their way.
    static ASKED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
    /// Those that couldn't be had. They are asked for anew once a reader asks for something else, and
    /// not before: a host that has trouble isn't helped by being asked without end.
    static REFUSED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// What was last asked for.
#[derive(Debug, Default)]
pub struct Parts {
    selection: Option<Selection>,
}

impl Parts {
    /// Fetches what an answer waits for, and the texts that are near the screen.
    pub fn draw(&mut self, page: Page, now: &Explorer) {
        if !now.pack.is_split() {
            return;
        }
        if self.selection.as_ref() != Some(&now.selection) {
            self.selection = Some(now.selection.clone());
            REFUSED.take();
            if now.refused {
                page.update(|it| it.refused = false);
            }
        }
        let mut parts = now.lacking.clone();
        parts.extend(&now.unnamed);
        parts.extend(now.pack.lacks_texts(now.wanted.iter().copied()));
        ask(page, parts);
    }
}

/// Fetches parts, each once at a time. An answer waits for all that came together, and isn't sought after each.
fn ask(page: Page, parts: Vec<usize>) {
    let is_new = |part: &usize| {
        ASKED.with_borrow_mut(|asked| {
            let is_new = !asked.contains(part) && !REFUSED.with_borrow(|it| it.contains(part));
            if is_new {
                asked.push(*part);
            }
            is_new
        })
    };
    let parts: Vec<usize> = parts.into_iter().filter(is_new).collect();
    if parts.is_empty() {
        return;
    }
    spawn_local(async move {
        for some in parts.chunks(AT_ONCE) {
            _ = fetch_all(page.pack, some).await;
            ASKED.with_borrow_mut(|it| it.retain(|it| !some.contains(it)));
            let (absent, _) = page.pack.absent();
            let is_any_refused = REFUSED.with_borrow_mut(|it| {
                it.extend(some.iter().filter(|it| absent.contains(it)));
                !it.is_empty()
            });
            more::hold_cards(page, page.now().later);
            page.update(|it| {
                it.refused = is_any_refused;
                it.arrive();
            });
        }
    });
}

/// The most bytes of all parts together that are fetched without being asked for.
const FEW: usize = 1 << 19;

/// Fetches what a reader hasn't asked for yet, once the page is live, where that isn't much.
pub fn prefetch(page: Page) {
    let (absent, n_bytes) = page.pack.absent();
    if n_bytes <= FEW {
        ask(page, absent);
    }
}

/// How many parts are fetched at once.
const AT_ONCE: usize = 6;

/// Fetches parts, and takes in those that come; none where one can't be had or isn't whole.
pub async fn fetch_all(pack: Pack, parts: &[usize]) -> Option<()> {
    let base = base();
    let mut all = Some(());
    for some in parts.chunks(AT_ONCE) {
        let begun = some.iter().filter_map(|part| {
            let address = [&base, "parts/", &pack.part_name(*part)].concat();
            Some((*part, window()?.fetch_with_str(&address)))
        });
        // All of them have begun before the first is awaited.
        for (part, begun) in begun.collect::<Vec<_>>() {
            let bytes = match fetched(begun).await {
                Some(it) => bytes(it).await,
                None => None,
            };
            let added = bytes.and_then(|it| pack.add(part, it).ok());
            all = all.and(added);
        }
    }
    all
}

/// The parts that are needed to know whom a fragment, or an embed's settings, name.
pub fn unknown(pack: Pack, fragment: &str) -> Vec<usize> {
    let ids = ids(fragment);
    pack.lacks_ids(ids.iter().map(String::as_str))
}

/// Fetches what is needed to know whom a fragment, or an embed's settings, name; none where some of it
/// can't be had.
pub async fn resolve(pack: Pack, fragment: &str) -> Option<()> {
    fetch_all(pack, &unknown(pack, fragment)).await
}

/// Says that parts couldn't be had.
pub fn refuse(page: Page, parts: Vec<usize>) {
    REFUSED.with_borrow_mut(|it| it.extend(parts));
    page.update(|it| it.refused = true);
}
