//! The parts of a split pack, which are fetched as they are needed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::dataset::pack::Pack;
use crate::query::address::ids;
use crate::view::Explorer;

use super::more::bytes;
use super::{base, fetched, window};

/// The parts that are on their way.
pub type Asked = StoredValue<Vec<usize>>;

/// Fetches what an answer waits for, and the texts that are near the screen.
pub fn follow(explorer: Explorer) -> Asked {
    let pack = explorer.pack;
    let asked = Asked::new(Vec::new());
    if !pack.is_split() {
        return asked;
    }
    Effect::new(move |_| {
        let mut parts = explorer.lacking.get();
        parts.extend(explorer.unnamed.read().iter());
        let wanted = explorer.wanted.read();
        parts.extend(pack.lacks_texts(wanted.iter().copied()));
        ask(explorer, asked, parts);
    });
    asked
}

/// Fetches parts, each once at a time.
fn ask(explorer: Explorer, asked: Asked, parts: Vec<usize>) {
    for part in parts {
        if asked.with_value(|it| it.contains(&part)) {
            continue;
        }
        asked.update_value(|it| it.push(part));
        spawn_local(async move {
            let came = fetch_all(explorer.pack, &[part]).await.is_some();
            asked.update_value(|it| it.retain(|it| *it != part));
            explorer.refused.set(!came);
            if came {
                explorer.arrived.update(|it| *it += 1);
            }
        });
    }
}

/// The most bytes of all parts together that are fetched without being asked for.
const FEW: usize = 1 << 19;

/// Fetches what a reader hasn't asked for yet, once the page is live, where that isn't much.
pub fn prefetch(explorer: Explorer, asked: Asked) {
    let (absent, n_bytes) = explorer.pack.absent();
    if n_bytes <= FEW {
        ask(explorer, asked, absent);
    }
}

/// How many parts are fetched at once.
const AT_ONCE: usize = 6;

/// Fetches parts, and takes them in; none where one can't be had or isn't whole.
pub async fn fetch_all(pack: Pack, parts: &[usize]) -> Option<()> {
    let base = base();
    for some in parts.chunks(AT_ONCE) {
        let begun = some.iter().filter_map(|part| {
            let address = [&base, "parts/", &pack.part_name(*part)].concat();
            Some((*part, window()?.fetch_with_str(&address)))
        });
        // All of them have begun before the first is awaited.
        for (part, begun) in begun.collect::<Vec<_>>() {
            let bytes = bytes(fetched(begun).await?).await?;
            pack.add(part, bytes).ok()?;
        }
    }
    Some(())
}

/// Fetches what is needed to know whom a fragment, or an embed's settings, name.
pub async fn resolve(pack: Pack, fragment: &str) {
    let ids = ids(fragment);
    let lacks = pack.lacks_ids(ids.iter().map(String::as_str));
    _ = fetch_all(pack, &lacks).await;
}
