//! Where the subjects are.

use crate::dataset::numbers::count;
use crate::dataset::pack::{Finding, Pack, Step};
use crate::language::Word;
use crate::query::named::most;
use crate::query::{Answer, Selection, View};

use super::mark::outline;
use super::markup::{Markup, markup, own, said_marked, to, to_card};

/// A mark for each subject that is shown, by its finding, and the same as lists. `more` is the
/// dataset's second pack.
pub fn map(pack: Pack, more: Pack, selection: &Selection, answer: &Answer) -> Markup {
    let mut map = Markup::default();
    let words = pack.words();
    let own = own(pack);
    let most = most(pack);
    let (width, height) = pack.frame();
    markup!(map:
        "<div class=\"map\"><svg viewBox=\"0 0 " (&width.to_string()) " " (&height.to_string())
        "\" role=\"group\" aria-label=\"" (&words.fill(Word::MapOf, &[pack.nouns()])) "\"><g class=\"map__areas\" aria-hidden=\"true\">"
    );
    for (name, path) in more.areas() {
        markup!(map: "<path d=\"" (path) "\"><title>" (name) "</title></path>");
    }
    map.raw("</g>");
    let found = |row: usize| {
        let step = answer.step(row);
        step.map(Step::finding)
    };
    let shown = || answer.shown().take(most).filter_map(|it| pack.subject(it));
    for subject in shown() {
        let finding = found(subject.row());
        if finding.is_none() && pack.has_findings() {
            continue;
        }
        let (x, y) = more.place_of(subject.row());
        let there = to(pack, selection, |it| {
            it.view = View::Cards;
            it.open = Some(subject.row());
        });
        let told = match finding.map_or("", Finding::label) {
            "" => subject.name().to_owned(),
            label => [subject.name(), ": ", label].concat(),
        };
        markup!(map:
            "<a data-to href=\"" (&there) "\" aria-label=\"" (&told) "\"" {own} " data-tone=\"" (finding.map_or("", Finding::tone))
            "\" transform=\"translate(" (&x.to_string()) " " (&y.to_string()) ")\"><title>" (&told)
            "</title><circle r=\"26\"/><path fill-rule=\"evenodd\" d=\"" (outline(finding.map_or("", Finding::shape))) "\"/></a>"
        );
    }
    map.raw("</svg>");
    if answer.n_shown > most {
        markup!(map:
            "<p>" (&words.fill(Word::MapHasFirst, &[
                &count(words, most), &count(words, answer.n_shown), pack.nouns_of(answer.n_shown)
            ])) "</p>"
        );
    }
    let list = |of: Option<Finding>| {
        let mut list = Markup::default();
        for subject in shown().filter(|it| of.is_none() || found(it.row()) == of) {
            let place = subject.place();
            let comma = if place.is_empty() {
                ""
            } else {
                words.text(Word::Comma)
            };
            markup!(list: "<li>" {to_card(pack, selection, &answer.search, subject)} (comma)
                {said_marked(pack, &answer.search, place)} "</li>");
        }
        list
    };
    for finding in pack.findings() {
        let list = list(Some(finding));
        if list != Markup::default() {
            markup!(map: "<h3" {own} ">" (finding.label()) "</h3><ul class=\"map__list\">" {list} "</ul>");
        }
    }
    if !pack.has_findings() {
        markup!(map: "<ul class=\"map__list\">" {list(None)} "</ul>");
    }
    map.raw("</div>");
    map
}
