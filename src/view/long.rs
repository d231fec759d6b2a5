//! A list that is too long to be in the page at once.
//!
//! Up to [`LONG`] subjects every card is in the page, from the start. Of longer lists, the page is
//! written with the first [`FIRST`] cards, and `src/browser/list.rs` keeps what is near the screen in
//! it. A list of cards is a feed, in the words of WAI-ARIA: each card says which of how many it is. A
//! table says which rows it has.

#[cfg(feature = "site")]
use crate::dataset::model::{self, Dataset};
use crate::dataset::numbers::count;
use crate::dataset::pack::{Pack, Subject};
use crate::language::Word;
use crate::query::blocks::BLOCK;
#[cfg(feature = "site")]
use crate::query::{Answer, Selection};

use super::card::{Asked, Nth, numbers};
use super::explorer::Explorer;
use super::markup::{Markup, markup};
use super::table;

/// The most subjects whose cards are all in the page. Taking over 300 cards takes a phone about as
/// long as the rest of the page; from there on it would grow with every card.
pub const LONG: usize = 300;

/// How many cards a long list has in the page as it is written: whole blocks.
#[cfg(feature = "site")]
pub const FIRST: usize = 4 * BLOCK;

/// The most that a reader may ask to have in the page at once.
pub const ALL: usize = 5000;

/// The most that are put into the page for a print without being asked for.
pub const PRINTED: usize = 1000;

/// The id of what follows a long list, so that it can be skipped.
pub const PAST: &str = "past-the-list";

/// Whether a dataset's list is long.
pub fn is_long(pack: Pack) -> bool {
    pack.n_subjects() > LONG
}

/// Up to this many subjects each has a page of its own. With more, they have their places on the
/// pages of the list.
pub const PAGES: usize = 10_000;

/// How many subjects are on each page of the list, in the order of their names.
pub const LISTED: usize = 500;

/// Where the whole list can be read without scripts.
#[cfg(feature = "site")]
pub fn address_of_rest() -> &'static str {
    "./list/1.html"
}

/// The path of a subject's whole record in the site.
pub fn path_of_record(subject: Subject) -> String {
    let is_listed = subject.pack().n_subjects() > PAGES;
    path(subject.id(), is_listed.then_some(subject.row()))
}

/// The path of the part of a subject's whole record with an id. A subject's place on a page of a list is as near as
/// that goes.
pub fn path_in_record(subject: Subject, part: &str) -> String {
    let mut path = path_of_record(subject);
    if !path.contains('#') {
        path.extend(["#", part]);
    }
    path
}

/// The path of what the dataset's own files have on a subject, from the site's folder: of its record
/// or, where an id is given, of the part of it with that id.
#[cfg(feature = "site")]
pub fn path_in_site(dataset: &Dataset, subject: &model::Subject, part: &str) -> String {
    let listed = Some(dataset).filter(|it| it.subjects.len() > PAGES);
    let row = listed.and_then(|it| it.place_by_name(&subject.id));
    let path = path(&subject.id, row);
    // A subject's place on a page of a list is as near as that goes.
    if row.is_some() || part.is_empty() {
        path
    } else {
        [&path, "#", part].concat()
    }
}

/// The path of a subject's own page, or of its place on a page of the list, where it has its number.
fn path(id: &str, listed: Option<usize>) -> String {
    match listed {
        Some(row) => ["list/", &(row / LISTED + 1).to_string(), ".html#", id].concat(),
        None => ["subject/", id, ".html"].concat(),
    }
}

/// What stands in a history that is only on another page.
fn way_to_record(subject: Subject) -> String {
    let mut way = Markup::default();
    markup!(way:
        "<p class=\"history__link\"><a href=\"./" (&path_of_record(subject)) "\">"
        (subject.pack().words().text(Word::WholeRecord)) "</a></p>"
    );
    way.into_string()
}

/// What stands in a card's place until its texts have come.
pub fn awaited(subject: Subject, nth: Nth) -> Markup {
    let mut card = Markup::default();
    markup!(card:
        "<article class=\"card card--awaited\" aria-busy=\"true\" aria-label=\""
        (subject.pack().words().text(Word::LoadingCard)) "\"" {numbers(subject, Some(nth))}
        "></article>"
    );
    card
}

/// An entry of a long list of cards, or of a long table.
pub fn entry(asked: Asked, subject: Subject, nth: Nth, in_table: bool) -> Markup {
    match (in_table, subject.pack().has_texts(subject.row())) {
        (false, true) => asked.card(subject, Some(nth), &way_to_record(subject), false),
        (false, false) => awaited(subject, nth),
        (true, _) => table::row(asked.selection, asked.answer, subject, Some(nth)),
    }
}

/// The cards that the page is written with, in blocks, and the way to the rest.
#[cfg(feature = "site")]
pub fn first(pack: Pack, selection: &Selection, answer: &Answer) -> Markup {
    let mut list = Markup::default();
    let asked = Asked {
        selection,
        answer,
        before: None,
    };
    let of = answer.n_shown;
    let rows: Vec<usize> = answer.shown().take(FIRST).collect();
    for (number, block) in rows.chunks(BLOCK).enumerate() {
        list.raw("<div class=\"cards\">");
        let nths = number * BLOCK + 1..;
        for (row, nth) in block.iter().zip(nths) {
            if let Some(subject) = pack.subject(*row) {
                let history = way_to_record(subject);
                list.part(&asked.card(subject, Some(Nth { nth, of }), &history, false));
            }
        }
        list.raw("</div>");
    }
    list
}

/// What can be done with a list as a whole. A reader who looks for a word in the page, or prints it,
/// needs all of it there.
pub fn tools(explorer: &Explorer) -> Markup {
    let mut tools = Markup::default();
    let Explorer { pack, answer, .. } = explorer;
    let words = pack.words();
    let n = count(words, answer.n_shown);
    let nouns = pack.nouns_of(answer.n_shown);
    markup!(tools:
        "<a class=\"long__past\" href=\"#" (PAST) "\">" (words.text(Word::PastList)) "</a>");
    if answer.n_shown > ALL {
        markup!(tools:
            "<span>" (&words.fill(Word::NarrowToPrint, &[&count(words, ALL)])) "</span>"
        );
    } else if answer.n_shown > BLOCK {
        markup!(tools:
            "<button type=\"button\" class=\"press\" id=\"show-all\" data-do=\"all\" aria-pressed=\"false\">"
            (&words.fill(Word::ShowAllList, &[&n])) "</button>"
        );
    }
    if answer.n_shown > PRINTED {
        markup!(tools:
            "<span class=\"long__part\">" (&words.fill(Word::OnlyPart, &[&n, nouns])));
        if answer.n_shown <= ALL {
            tools.text(words.text(Word::ShowAllPrint));
        }
        tools.raw("</span>");
    }
    tools
}
