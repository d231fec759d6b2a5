//! A list that is too long to be in the page at once.
//!
//! Up to [`LONG`] subjects every card is a component, from the start (`card.rs`). Longer lists are
//! markup: the page is written with the first [`FIRST`] cards, and `src/browser/list.rs` keeps what
//! is near the screen in it. A list of cards is a feed, in the words of WAI-ARIA: each card says
//! which of how many it is. A table says which rows it has.

use crate::dataset::date::Date;
use crate::dataset::pack::{Pack, Step, Subject};
use crate::query::address::encode;
use crate::query::blocks::BLOCK;
use crate::query::{Answer, Selection};

use super::markup::{Markup, finding, marked, markup};
use super::said::{cited, is_only_in_history, key_facts, was};
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
pub fn address_of_rest() -> &'static str {
    "./list/1.html"
}

/// The path of a subject's whole record in the site.
pub fn path_of_record(subject: Subject) -> String {
    if subject.pack().n_subjects() > PAGES {
        let page = (subject.row() / LISTED + 1).to_string();
        ["list/", &page, ".html#", subject.id()].concat()
    } else {
        ["subject/", subject.id(), ".html"].concat()
    }
}

/// Which entry of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nth {
    /// Its place, from 1.
    pub nth: usize,
    /// The number of entries.
    pub of: usize,
}

/// What the entries of a list depend on, beside their subjects.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The selection.
    pub selection: &'a Selection,
    /// The dataset's answer to it.
    pub answer: &'a Answer,
    /// The day that the reader came from.
    pub before: Option<Date>,
}

/// The numbers of a card's subject and of its place.
fn numbers(subject: Subject, nth: Nth) -> Markup {
    let mut numbers = Markup::default();
    markup!(numbers:
        " data-row=\"" (&subject.row().to_string()) "\" aria-posinset=\"" (&nth.nth.to_string())
        "\" aria-setsize=\"" (&nth.of.to_string()) "\" tabindex=\"-1\""
    );
    numbers
}

/// A subject's card, as `card.rs` has it. What the reader has done to it (opened it, chosen it to
/// compare) is set afterwards, so that doing it makes no card anew.
pub fn card(asked: Asked, subject: Subject, nth: Nth) -> Markup {
    let mut card = Markup::default();
    let pack = subject.pack();
    let as_of = asked.selection.as_of;
    let search = &asked.answer.search;
    let current = asked.answer.step(subject.row());
    let found = current.map(Step::finding);
    let step = current.or_else(|| subject.steps().next());
    let (id, name) = (subject.id(), subject.name());
    let said = step.map(|it| (it.summary(), it.citation()));
    let mut open = Selection::new(pack);
    (open.as_of, open.open) = (as_of, Some(subject.row()));
    markup!(card:
        "<article class=\"card\" id=\"open=" (id) "\" data-subject=\"" (id) "\" data-finding=\""
        (found.map_or("", |it| it.id())) "\" aria-labelledby=\"" (id) "\"" {numbers(subject, nth)} ">"
    );
    if pack.has_findings() {
        markup!(card:
            "<p class=\"badge\" data-tone=\"" (found.map_or("", |it| it.tone())) "\">" {finding(found)}
            "<span class=\"badge__was\">" (&was(subject, found, asked.before, as_of)) "</span></p>"
        );
    }
    markup!(card:
        "<h3 id=\"" (id) "\">" {marked(search, name)} "</h3><p class=\"card__place\">"
        {marked(search, subject.place())} "</p><p class=\"card__sentence\">" {cited(search, said)}
        "</p><p class=\"card__qualification\">" {cited(search, step.and_then(Step::qualification))}
        "</p><dl class=\"card__facts\">" {key_facts(search, subject, step)} "</dl>"
    );
    if is_only_in_history(search, subject, step) {
        card.raw("<p class=\"card__hint\">Found in its history</p>");
    }
    markup!(card:
        "<details class=\"card__details\"><summary id=\"history=" (id) "\">History<span class=\"unseen\"> of "
        (name) "</span><span class=\"card__n\">" (&subject.n_events().to_string()) " events · "
        (&subject.n_sources().to_string())
        " sources</span></summary><div class=\"history\"><p class=\"history__link\"><a href=\"./" (&path_of_record(subject))
        "\">The whole record</a></p></div></details><label class=\"card__compare live\"><input type=\"checkbox\" \
         name=\"compare\" id=\"compare=" (id) "\" value=\"" (id)
        "\" autocomplete=\"off\">Compare<span class=\"unseen\"> " (name)
        "</span><span class=\"card__full\" hidden> (four are chosen)</span></label><a class=\"card__link\" href=\"#"
        (&encode(pack, &open)) "\">Link<span class=\"unseen\"> to " (name) "</span></a></article>"
    );
    card
}

/// What stands in a card's place until its texts have come.
pub fn awaited(subject: Subject, nth: Nth) -> Markup {
    let mut card = Markup::default();
    markup!(card:
        "<article class=\"card card--awaited\" aria-busy=\"true\" aria-label=\"Loading\"" {numbers(subject, nth)}
        "></article>"
    );
    card
}

/// An entry of a long list of cards, or of a long table.
pub fn entry(asked: Asked, subject: Subject, nth: Nth, in_table: bool) -> Markup {
    match (in_table, subject.pack().has_texts(subject.row())) {
        (false, true) => card(asked, subject, nth),
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
                list.part(&card(asked, subject, Nth { nth, of }));
            }
        }
        list.raw("</div>");
    }
    list
}

/// What can be done with a list as a whole. A reader who looks for a word in the page, or prints it,
/// needs all of it there.
pub fn tools(pack: Pack, answer: &Answer) -> Markup {
    let mut tools = Markup::default();
    let n = answer.n_shown.to_string();
    let nouns = pack.nouns();
    markup!(tools: "<a class=\"long__past\" href=\"#" (PAST) "\">Past the list</a>");
    if answer.n_shown > ALL {
        markup!(tools:
            "<span>To print them, or to have the browser find a word on the page, narrow them to "
            (&ALL.to_string()) " or fewer.</span>"
        );
    } else if answer.n_shown > BLOCK {
        markup!(tools:
            "<button type=\"button\" class=\"press\" id=\"show-all\" data-do=\"all\" aria-pressed=\"false\">Show all "
            (&n) " as a list</button>"
        );
    }
    if answer.n_shown > PRINTED {
        markup!(tools:
            "<span class=\"long__part\">This is only a part of the " (&n) " " (nouns) ".");
        if answer.n_shown <= ALL {
            tools.raw(" “Show all” on the page, and then print, has them all.");
        }
        tools.raw("</span>");
    }
    tools
}
