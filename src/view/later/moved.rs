//! The functions that the release takes out of the WASM. Each is called through [`super`] alone, and not inlined:
//! what is inlined where it is called stays there.

use crate::dataset::pack::{Pack, Subject};
use crate::export::csv::csv;
use crate::export::json::json;
use crate::export::rows::{columns, row};
use crate::export::text::text;
use crate::query::{View, named};

use super::super::compare::compare;
use super::super::explorer::{Explorer, Fetched};
use super::super::map::map;
use super::super::markup::Markup;
use super::super::table::table;
use super::super::take::{Way, citation, sheet};
use super::super::timeline::timeline;
use super::Piece;

#[inline(never)]
pub fn shown(explorer: &Explorer, piece: Piece) -> Markup {
    let Explorer {
        pack,
        selection,
        answer,
        ..
    } = explorer;
    let view = match piece {
        Piece::Compared => return compare(*pack, selection, answer),
        Piece::Ways => return sheet(explorer),
        Piece::View => selection.view,
    };
    match (view, explorer.more) {
        (View::Table, _) => table(*pack, selection, answer),
        (View::Timeline, Fetched::Here(more)) => timeline(*pack, more, selection, answer),
        (View::Map, Fetched::Here(more)) => map(*pack, more, selection, answer),
        _ => Markup::default(),
    }
}

#[inline(never)]
pub fn named(explorer: &Explorer, more: Pack) -> Vec<usize> {
    let Explorer {
        pack,
        selection,
        answer,
        ..
    } = explorer;
    named::named(*pack, Some(more), selection, answer)
}

#[inline(never)]
pub fn taken(explorer: &Explorer, way: Way) -> String {
    let Explorer {
        pack,
        selection,
        answer,
        ..
    } = explorer;
    let (pack, day) = (*pack, selection.as_of);
    let subjects: Vec<Subject> = answer.shown().filter_map(|it| pack.subject(it)).collect();
    let rows = || subjects.iter().map(|it| row(pack, *it, day));
    match way {
        Way::Csv => csv(&columns(pack), rows()),
        Way::Json => json(&columns(pack), rows()),
        Way::Text => text(pack, subjects.iter().copied(), day, &explorer.address()),
        Way::Cite(style) => citation(pack, selection, answer, &explorer.address(), style),
        Way::Link | Way::Share | Way::Print => String::new(),
    }
}
