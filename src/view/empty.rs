//! What stands where no card does.

use crate::dataset::pack::Pack;
use crate::language::Word;
use crate::query::answer::shown_instead;
use crate::query::selection::Narrowing;
use crate::query::{Answer, FINDING, Selection};

use super::markup::{Markup, markup, to};

/// Where nothing is shown: says so, and offers to drop each thing that empties the page, or to go to another day.
/// Each way says how many are shown then.
pub fn empty(pack: Pack, selection: &Selection, answer: &Answer) -> Markup {
    let mut empty = Markup::default();
    if answer.n_shown > 0 {
        return empty;
    }
    let words = pack.words();
    // What an embed is narrowed to may lack what others have had found.
    let said = if answer.n_found == 0 && answer.lock.chosen.is_empty() {
        words.text(Word::NothingByThen).to_owned()
    } else {
        let none = [pack.nouns_of(1), &answer.as_of_words()];
        words.fill(Word::NoneFits, &none)
    };
    markup!(empty: "<div class=\"empty\"><p>" (&said) "</p>");
    let mut offer = |word: Word, label: &str, change: &dyn Fn(&mut Selection)| {
        let n = shown_instead(pack, &answer.lock, selection, change);
        if n > 0 {
            let there = to(pack, selection, change);
            markup!(empty:
                "<button type=\"button\" class=\"press\" data-to=\"" (&there) "\">" (&words.fill(word, &[label, &n.to_string()]))
                "</button> "
            );
        }
    };
    let own = [
        (Narrowing::Text, words.text(Word::Search)),
        (Narrowing::Facet(FINDING), words.text(Word::Finding)),
    ];
    let facets = pack
        .facets()
        .map(|it| (Narrowing::Facet(it.row() + 1), it.label()));
    for (narrowing, label) in own.into_iter().chain(facets) {
        offer(Word::DropIt, label, &|it| it.drop(narrowing));
    }
    for it in pack.snapshots() {
        offer(Word::GoTo, it.label(), &|selection| {
            selection.as_of = it.day();
        });
    }
    // It may have no name of its own.
    let last = pack.last_day();
    if pack.snapshots().all(|it| it.day() != last) {
        offer(Word::GoTo, &last.long(words), &|it| it.as_of = last);
    }
    empty.raw("</div>");
    empty
}
