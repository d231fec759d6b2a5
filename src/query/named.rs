//! Whose texts a page needs beside those of its cards.

use crate::dataset::pack::Pack;

use super::timeline::timeline;
use super::{Answer, Selection, View};

/// The most events that a timeline lists, and the most subjects that a map marks. Of a split pack
/// fewer, since the texts of each may be in a part of their own.
pub fn most(pack: Pack) -> usize {
    if pack.is_split() { 300 } else { 1000 }
}

/// The most subjects that a menu has to choose from, beside the one that is chosen.
const IN_MENU: usize = 300;

/// The subjects whose events alone can be asked for, in their menu's order: those shown, and the one that is chosen,
/// which comes last where not all are in the menu.
pub fn whose(pack: Pack, selection: &Selection, answer: &Answer) -> Vec<usize> {
    let chosen = selection.open;
    let last = chosen.filter(|_| answer.n_shown >= IN_MENU);
    let is_in = |row: &usize| (answer.is_shown(*row) || Some(*row) == chosen) && Some(*row) != last;
    let rows = (0..pack.n_subjects()).filter(is_in).take(IN_MENU);
    rows.chain(last).collect()
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
            named.extend(whose(pack, selection, answer));
            let events = timeline(pack, more, selection, answer).events;
            let subjects = events.iter().take(most(pack)).filter_map(|it| it.subject());
            named.extend(subjects);
        }
        _ => {}
    }
    named
}
