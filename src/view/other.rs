//! What else than cards a selection shows.

use crate::dataset::pack::Pack;
use crate::language::Word;
use crate::query::{Answer, Selection, View};

use super::compare::compare;
use super::empty::empty;
use super::explorer::{Explorer, More};
use super::long::is_long;
use super::map::map;
use super::markup::Markup;
use super::notes::notes;
use super::table::table;
use super::timeline::timeline;

/// The subjects that are compared.
pub fn compared(explorer: &Explorer) -> Markup {
    if !explorer.unnamed.is_empty() && !explorer.selection.compare.is_empty() {
        return awaited(explorer);
    }
    compare(explorer.pack, &explorer.selection, &explorer.answer)
}

/// The table, the timeline or the map; and what is to be said where nothing is shown.
pub fn other(explorer: &Explorer) -> Markup {
    let Explorer {
        pack,
        selection,
        answer,
        ..
    } = explorer;
    let more = |view: fn(Pack, Pack, &Selection, &Answer) -> Markup| match explorer.more {
        More::Here(_) if !explorer.unnamed.is_empty() => awaited(explorer),
        More::Here(more) => view(*pack, more, selection, answer),
        More::Awaited => line(*pack, Word::Loading),
        More::Refused => line(*pack, Word::ViewRefused),
    };
    let mut markup = empty(*pack, selection, answer);
    markup.part(&match selection.view {
        View::Cards => Markup::default(),
        // A long one is with the long list.
        View::Table if is_long(*pack) => Markup::default(),
        View::Table => table(*pack, selection, answer),
        View::Timeline => more(timeline),
        View::Map => more(map),
    });
    markup
}

/// What stands where the names of subjects are still to come.
fn awaited(explorer: &Explorer) -> Markup {
    let word = if explorer.refused {
        Word::RestRefused
    } else {
        Word::Loading
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
    if !explorer.printing || is_long(explorer.pack) {
        return Markup::default();
    }
    notes(
        explorer.pack,
        &explorer.selection,
        &explorer.answer,
        &explorer.address(),
    )
}
