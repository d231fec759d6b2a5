//! The values of a facet of any size: which stand at once, which are to be opened, and which are to be looked for.
//!
//! Up to [`FEW`] values all stand in their order. Of more, those that most subjects have stand, and
//! the rest is to be opened; parts of a value, as the months of a year, are to be opened under it.
//! Above [`MANY`] there is a field to find values by their words.

use std::ops::Range;

use crate::dataset::pack::{Facet, Pack};

use super::Selection;
use super::search::Search;

/// The most values that all stand at once, parts aside.
pub const FEW: usize = 24;

/// How many stand at once where there are more.
pub const FIRST: usize = 8;

/// The most values that are all in the page, parts with them.
pub const MANY: usize = 400;

/// The most that are found at once.
pub const FOUND: usize = 50;

/// A value, and its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The value's place.
    pub whole: usize,
    /// Its parts' places.
    pub parts: Range<usize>,
}

/// The values of a facet that stand at once, and those that are to be opened; both in their order.
pub fn groups(facet: Facet) -> (Vec<Group>, Vec<Group>) {
    let mut groups: Vec<Group> = Vec::new();
    for (value, is_part) in facet.parts().enumerate() {
        match groups.last_mut() {
            Some(group) if is_part => group.parts.end = value + 1,
            _ => groups.push(Group {
                whole: value,
                parts: value + 1..value + 1,
            }),
        }
    }
    if groups.len() <= FEW {
        return (groups, Vec::new());
    }
    let totals: Vec<usize> = facet.totals().collect();
    let total = |it: &Group| totals.get(it.whole).copied().unwrap_or(0);
    let mut by_total: Vec<(usize, usize)> = groups
        .iter()
        .map(|it| (usize::MAX - total(it), it.whole))
        .collect();
    by_total.sort_unstable();
    by_total.truncate(FIRST);
    let stands = |it: &Group| by_total.iter().any(|(_, whole)| *whole == it.whole);
    groups.into_iter().partition(stands)
}

/// The values to choose from where there are too many for the page: those that are chosen, and those
/// that have the words of a text, at most [`FOUND`], and of these the ones that most subjects have.
/// In their order, with the number of all that have the words.
pub fn found(pack: Pack, facet: Facet, selection: &Selection, text: &str) -> (Vec<usize>, usize) {
    let search = Search::of(pack.index(), text);
    let mut found: Vec<(usize, usize)> = facet
        .values()
        .zip(facet.totals())
        .enumerate()
        .filter(|(_, ((_, label), _))| search.is_empty() || search.is_in([*label].into_iter()))
        .map(|(value, (_, total))| (usize::MAX - total, value))
        .collect();
    let n = found.len();
    found.sort_unstable();
    found.truncate(FOUND);
    let chosen = selection.chosen.iter().filter(|it| it.0 == facet.row() + 1);
    let found = found.into_iter().map(|it| it.1);
    let mut values: Vec<usize> = found.chain(chosen.map(|it| it.1)).collect();
    values.sort_unstable();
    values.dedup();
    (values, n)
}
