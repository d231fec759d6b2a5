//! What else than cards a selection shows.

use crate::dataset::pack::Pack;
use crate::language::Word;
use crate::query::View;

use super::empty::empty;
use super::explorer::{Explorer, Fetched, Print};
use super::later::{Piece, shown};
use super::long::is_long;
use super::markup::Markup;
use super::notes::notes;

/// The subjects that are compared.
pub fn compared(explorer: &Explorer) -> Markup {
    if explorer.selection.compare.is_empty() {
        return Markup::default();
    }
    once_there(explorer, Piece::Compared)
}

/// The table, the timeline or the map; and what is to be said where nothing is shown.
pub fn other(explorer: &Explorer) -> Markup {
    let mut markup = Markup::default();
    // Which other way would show something isn't known before the answer is.
    if explorer.lacking.is_empty() {
        markup = empty(explorer.pack, &explorer.selection, &explorer.answer);
    }
    match explorer.selection.view {
        View::Cards => {}
        // A long one is with the long list.
        View::Table if is_long(explorer.pack) => {}
        _ => markup.part(&once_there(explorer, Piece::View)),
    }
    markup
}

/// A piece of the page; what a reader waits for in its place, while it isn't there.
fn once_there(explorer: &Explorer, piece: Piece) -> Markup {
    // A table has the names that it needs with its rows.
    let is_table = piece == Piece::View && explorer.selection.view == View::Table;
    let is_unnamed = !is_table && !explorer.unnamed.is_empty();
    let state = match piece {
        Piece::Compared => explorer.later,
        _ => explorer.rest(),
    };
    let word = match state {
        Fetched::Refused => Word::ViewRefused,
        Fetched::Here(()) if is_unnamed && explorer.refused => Word::RestRefused,
        Fetched::Here(()) if !is_unnamed => {
            return shown(explorer, piece).unwrap_or_default();
        }
        _ => Word::Loading,
    };
    line(explorer.pack, word)
}

fn line(pack: Pack, word: Word) -> Markup {
    let mut line = Markup::default();
    line.text(pack.words().text(word));
    line
}

/// The sources, while the page is printed.
pub fn noted(explorer: &Explorer) -> Markup {
    // The cards of a long list aren't all there to be numbered; their addresses are written out.
    if explorer.print == Print::No || is_long(explorer.pack) {
        return Markup::default();
    }
    notes(
        explorer.pack,
        &explorer.selection,
        &explorer.answer,
        &explorer.address(),
    )
}
