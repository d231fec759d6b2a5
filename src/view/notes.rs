//! The sources of what is printed.

use crate::dataset::pack::Pack;
use crate::language::Word;
use crate::query::{Answer, Selection, View};

use super::markup::{Markup, markup, own};

/// A numbered note for each source on the cards that are shown, in their order, with its address
/// written out; and where the page itself is. The style numbers the places that the notes belong to.
pub fn notes(pack: Pack, selection: &Selection, answer: &Answer, address: &str) -> Markup {
    let mut notes = Markup::default();
    let words = pack.words();
    notes.raw("<section class=\"notes\"");
    if selection.view == View::Cards {
        notes.raw(" data-numbered");
    }
    markup!(notes: "><h3>" (words.text(Word::Sources)) "</h3><ol>");
    // The timeline's events have their sources beside them.
    let cited = answer.shown().filter(|_| selection.view != View::Timeline);
    for subject in cited.filter_map(|it| pack.subject(it)) {
        let Some(step) = answer.step(subject.row()) else {
            continue;
        };
        let more = step.qualification().unwrap_or_default();
        for (cited, url) in [step.citation(), more.1] {
            if !cited.is_empty() {
                markup!(notes: "<li" {own(pack)} ">" (subject.name()) ": " (cited) ". " (url) "</li>");
            }
        }
    }
    markup!(notes: "</ol><p>");
    if pack.is_dated() {
        let day = selection.as_of.long(words);
        markup!(notes: (&words.fill(Word::AsOfDay, &[&day])) ". ");
    }
    markup!(notes: (address) "</p></section>");
    notes
}
