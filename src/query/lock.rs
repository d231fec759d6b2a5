//! What an embed is narrowed to for good.

use crate::dataset::pack::{Pack, Subject};

use super::address::{apply, decode_with_day, facet, unescape};
use super::selection::{MOST_COMPARED, Selection};

/// The part of a dataset that an embed is about. A reader neither sees nor drops it: counts, choices
/// and "clear" are within it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// Values that a subject must have one of, for each facet that is here: pairs as in
    /// [`Selection::chosen`], in order, each once.
    pub chosen: Vec<(usize, usize)>,
    /// The only subjects there are, by their numbers, in order, each once; all where none is named.
    pub only: Vec<usize>,
}

/// The key that names the only subjects.
pub const ONLY: &str = "only";

impl Lock {
    /// The selection of the whole page that shows what an embed shows. One subject alone is opened; a few, which
    /// nothing else would tell from the others there, are set side by side.
    pub fn unlocked(&self, selection: &Selection) -> Selection {
        let mut whole = selection.clone();
        for (facet, value) in &self.chosen {
            whole.set(*facet, *value, true);
        }
        match self.only.as_slice() {
            [subject] => whole.open = Some(*subject),
            few if few.len() <= MOST_COMPARED && whole.compare.is_empty() => {
                whole.compare = few.to_vec();
            }
            _ => {}
        }
        whole
    }
}

/// What an embed's settings say, which are its address's query: facets and subjects lock it, and the
/// rest is the selection that it begins with. Never fails: what isn't understood says nothing. Where
/// the day isn't said and a subject named has no finding yet on the default day, it is the latest.
pub fn settings(pack: Pack, query: &str) -> (Lock, Selection) {
    let mut lock = Lock::default();
    let mut rest = Vec::new();
    for part in query.trim_start_matches('?').split('&') {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        if key == ONLY {
            let named = unescape(value);
            let named = named.split(',').filter_map(|it| pack.subject_with_id(it));
            lock.only.extend(named.map(Subject::row));
        } else if facet(pack, key).is_some() {
            let mut chosen = Selection::new(pack);
            apply(pack, &mut chosen, key, &unescape(value));
            lock.chosen.extend(chosen.chosen);
        } else {
            rest.push(part);
        }
    }
    lock.chosen.sort_unstable();
    lock.chosen.dedup();
    lock.only.sort_unstable();
    lock.only.dedup();
    let (mut selection, day_said) = decode_with_day(pack, &rest.join("&"));
    let named = lock.only.iter().filter_map(|it| pack.subject(*it));
    if !day_said
        && named
            .into_iter()
            .any(|it| it.step_on(selection.as_of).is_none())
    {
        selection.as_of = pack.last_day();
    }
    (lock, selection)
}
