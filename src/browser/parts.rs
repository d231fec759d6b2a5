//! The parts of a split pack, which are fetched as they are needed.

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
    let asked = StoredValue::new(Vec::new());
    Effect::new(move |_| {
        let mut parts = explorer.lacking.get();
        for row in explorer.wanted.read().iter() {
            parts.extend(pack.lacks(Holds::Rows, *row..*row + 1));
        }
        for part in parts {
            // Each once at a time.
            if asked.with_value(|it: &Vec<usize>| it.contains(&part)) {
                continue;
            }
            asked.update_value(|it| it.push(part));
            spawn_local(async move {
                let came = fetch(pack, part).await.is_some();
                asked.update_value(|it| it.retain(|it| *it != part));
                explorer.refused.set(!came);
                if came {
                    explorer.arrived.update(|it| *it += 1);
                }
            });
        }
    });
}

/// Fetches a part, and takes it in; none where it can't be had or isn't whole.
pub async fn fetch(pack: Pack, part: usize) -> Option<()> {
    let address = [&base(), "parts/", &pack.part_name(part)].concat();
    let bytes = super::more::bytes(&address).await?;
    pack.add(part, bytes).ok()
}
