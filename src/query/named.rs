//! Whose texts a page needs beside those of its cards.

use crate::dataset::pack::Pack;

use super::timeline::timeline;
use super::{Answer, Selection, View};

/// The most events that a timeline lists, and the most subjects that a map marks. Of a split pack
/// fewer, since the texts of each may be in a part of their own.
pub fn most(pack: Pack) -> usize {
    if pack.is_split() { 300 } else { 1000 }
}

/// The subjects that a selection itself names: those compared, and the open one.
pub fn chosen(selection: &Selection) -> Vec<usize> {
    let compared = selection.compare.iter().copied();
    compared.chain(selection.open).collect()
}

/// The subjects that a selection's page names: those compared, the open one, and those of the
/// timeline or on the map. `more` is the dataset's second pack, where it is there.
pub fn named(pack: Pack, more: Option<Pack>, selection: &Selection, answer: &Answer) -> Vec<usize> {
    let mut named = chosen(selection);
    match (selection.view, more) {
        (View::Map, Some(_)) => named.extend(answer.shown().take(most(pack))),
        (View::Timeline, Some(more)) => {
            // Those to choose from, too.
            named.extend(answer.shown().take(most(pack)));
            let events = timeline(pack, more, selection, answer).events;
            let subjects = events.iter().take(most(pack)).filter_map(|it| it.subject());
            named.extend(subjects);
        }
        _ => {}
    }
    named
}
