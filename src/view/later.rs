//! What comes later: the part of the program that only readers who ask for it need.
//!
//! The release takes the functions of [`moved`], with all that only they call, out of the WASM into a second one
//! (`src/site/later.rs`), which the browser fetches once it is needed (`src/browser/more.rs`). Until then they can't
//! be called: whoever wants one asks here, where nothing is given before the program is there.

mod moved;

use super::explorer::{Explorer, Fetched};
use super::markup::Markup;
use super::take::Way;

/// A piece of the page that the later part of the program writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The subjects that are compared.
    Compared,
    /// The table, the timeline or the map.
    View,
    /// What is in the sheet with what can be taken along.
    Ways,
}

/// A piece of the page.
pub fn shown(explorer: &Explorer, piece: Piece) -> Option<Markup> {
    is_here(explorer).then(|| moved::shown(explorer, piece))
}

/// What a way takes along, as text: a file's content, or what is copied. Empty for ways that take no text.
pub fn taken(explorer: &Explorer, way: Way) -> Option<String> {
    is_here(explorer).then(|| moved::taken(explorer, way))
}

/// The subjects that the page names, where the second pack is there, too: see [`crate::query::named`].
pub fn named(explorer: &Explorer) -> Option<Vec<usize>> {
    match explorer.more {
        Fetched::Here(more) if is_here(explorer) => Some(moved::named(explorer, more)),
        _ => None,
    }
}

fn is_here(explorer: &Explorer) -> bool {
    explorer.later == Fetched::Here(())
}
