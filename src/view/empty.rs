//! What stands where no card does.

use crate::dataset::pack::Pack;
use crate::language::Word;
use crate::query::answer::without;
use crate::query::selection::Narrowing;
use crate::query::{Answer, FINDING, Selection};

use super::markup::{Markup, markup, to};

/// Where nothing is shown: says so, and offers to drop each thing that empties the page.
pub fn empty(pack: Pack, selection: &Selection, answer: &Answer) -> Markup {
    let mut empty = Markup::default();
    if answer.n_shown > 0 {
        return empty;
    }
    let words = pack.words();
    let none = [pack.nouns_of(1), &selection.as_of_words(pack)];
    markup!(empty:
        "<div class=\"empty\"><p>" (&words.fill(Word::NoneFits, &none)) "</p>");
    let own = [
        (Narrowing::Text, words.text(Word::Search)),
        (Narrowing::Facet(FINDING), words.text(Word::Finding)),
    ];
    let facets = pack
        .facets()
        .map(|it| (Narrowing::Facet(it.row() + 1), it.label()));
    for (narrowing, label) in own.into_iter().chain(facets) {
        let n = without(pack, &answer.lock, selection, narrowing);
        if n > 0 {
            let there = to(pack, selection, |it| it.drop(narrowing));
            markup!(empty:
                "<button type=\"button\" class=\"press\" data-to=\"" (&there) "\">" (&words.fill(Word::DropIt, &[label, &n.to_string()]))
                "</button> "
            );
        }
    }
    if answer.n_found == 0 {
        let mut snapshots = pack.snapshots();
        let next = snapshots.find(|it| it.day() > selection.as_of);
        let (day, label) = next.map_or_else(
            || (pack.last_day(), pack.last_day().long(words)),
            |it| (it.day(), it.label().to_owned()),
        );
        let there = to(pack, selection, |it| it.as_of = day);
        markup!(empty:
            "<button type=\"button\" class=\"press\" data-to=\"" (&there) "\">"
            (&words.fill(Word::NothingByThen, &[&label])) "</button>"
        );
    }
    empty.raw("</div>");
    empty
}
