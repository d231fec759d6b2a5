//! The parts of a split pack, which are fetched as they are needed.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::dataset::pack::{Holds, Pack};
use crate::view::Explorer;

use super::base;

/// Fetches what an answer waits for, and the texts that are near the screen.
pub fn follow(explorer: Explorer) {
    let pack = explorer.pack;
    if !pack.is_split() {
        return;
    }
    let asked = StoredValue::new(BTreeSet::new());
    Effect::new(move |_| {
        let texts = explorer.wanted.read();
        let texts = texts
            .iter()
            .flat_map(|it| pack.lacks(Holds::Rows, *it..*it + 1));
        let parts: BTreeSet<usize> = texts.chain(explorer.lacking.get()).collect();
        for part in parts {
            // One at a time of each.
            if asked.try_update_value(|it| it.insert(part)) == Some(true) {
                spawn_local(async move {
                    let came = fetch(pack, part).await.is_some();
                    asked.update_value(|it| _ = it.remove(&part));
                    explorer.refused.set(!came);
                    if came {
                        explorer.arrived.update(|it| *it += 1);
                    }
                });
            }
        }
    });
}

/// Fetches a part, and takes it in; none where it can't be had or isn't whole.
pub async fn fetch(pack: Pack, part: usize) -> Option<()> {
    let address = [&base(), "parts/", &pack.part_name(part)].concat();
    let bytes = super::more::bytes(&address).await?;
    pack.add(part, bytes).ok()
}
