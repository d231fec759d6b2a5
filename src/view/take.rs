//! Taking along exactly what is shown.

#[cfg(feature = "site")]
use leptos::prelude::*;

use crate::dataset::date::Date;
use crate::dataset::numbers::count;
use crate::dataset::pack::{Pack, Subject};
use crate::export::cite::{Style, Work, cite};
use crate::language::{Word, Words};
use crate::query::{Answer, Lock, Selection, View};

use super::explorer::{Explorer, Fetched};
use super::later::{Piece, shown};
use super::markup::{Markup, markup};

/// The id that a button names to open the sheet.
pub const TAKE: &str = "take";

/// A sheet with every way to take along what is shown, and what became of the last one. It can have the focus, so that
/// a press on its words isn't one outside of it.
#[cfg(feature = "site")]
#[component]
pub fn Take(
    /// The dataset.
    pack: Pack,
) -> impl IntoView {
    let words = pack.words();
    let label = words.text(Word::TakeAlong);
    view! {
        <div class="take live" id=TAKE popover="auto" tabindex="-1" role="group" aria-label=label>
            <div class="take__head">
                <p aria-live="polite"></p>
                <button
                    type="button"
                    class="press"
                    popovertarget=TAKE
                    popovertargetaction="hide"
                >
                    {words.text(Word::Done)}
                </button>
            </div>
            <div></div>
        </div>
    }
}

/// What the buttons of the sheet do; each is the `data-do` of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Saves a file of comma-separated values.
    Csv,
    /// Saves a file of JSON.
    Json,
    /// Copies everything as text.
    Text,
    /// Copies the page's address.
    Link,
    /// Opens the device's own way to share.
    Share,
    /// Prints the page.
    Print,
    /// Copies a citation.
    Cite(Style),
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 10] = [
        Self::Csv,
        Self::Json,
        Self::Text,
        Self::Link,
        Self::Share,
        Self::Print,
        Self::Cite(Style::Apa),
        Self::Cite(Style::Chicago),
        Self::Cite(Style::Bibtex),
        Self::Cite(Style::Ris),
    ];

    /// Its id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Text => "text",
            Self::Link => "link",
            Self::Share => "share",
            Self::Print => "print",
            Self::Cite(style) => style.id(),
        }
    }

    /// Its words.
    pub fn label(self, words: Words) -> &'static str {
        words.text(match self {
            Self::Csv => Word::SaveCsv,
            Self::Json => Word::SaveJson,
            Self::Text => Word::CopyText,
            Self::Link => Word::CopyLink,
            Self::Share => Word::Share,
            Self::Print => Word::Print,
            Self::Cite(style) => return style.label(),
        })
    }

    /// The way with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }
}

/// What is in the sheet, once it was opened: readers who don't open it needn't have it.
pub fn ways(explorer: &Explorer) -> Markup {
    let piece = explorer.takes.then(|| shown(explorer, Piece::Ways));
    piece.flatten().unwrap_or_default()
}

/// What became of what was last taken along, or that the sheet's content is still to come, in words.
pub fn told(explorer: &Explorer) -> String {
    let words = explorer.pack.words();
    match explorer.later {
        Fetched::Awaited if explorer.takes => words.text(Word::Loading),
        Fetched::Refused if explorer.takes => words.text(Word::PartRefused),
        _ => explorer.taken,
    }
    .to_owned()
}

/// Every way to take along what is shown, with the citations.
pub fn sheet(explorer: &Explorer) -> Markup {
    let mut ways = Markup::default();
    let Explorer {
        pack,
        selection,
        answer,
        ..
    } = explorer;
    let (pack, shares) = (*pack, explorer.around.shares);
    let address = explorer.address();
    let words = pack.words();
    let noun = pack.nouns_of(answer.n_shown);
    markup!(ways:
        "<p class=\"take__what\">" (&count(words, answer.n_shown)) " " (noun) (&answer.as_of_words()) "</p><div class=\"take__ways\">"
    );
    for way in Way::ALL {
        if !matches!(way, Way::Cite(_)) && (way != Way::Share || shares) {
            markup!(ways:
                "<button type=\"button\" class=\"press\" data-do=\"" (way.id()) "\">" (way.label(words)) "</button>");
        }
    }
    // The start script opens it (src/site/start.js): it is no matter of the facts.
    markup!(ways:
        "<button type=\"button\" class=\"press\" data-do=\"embed\">" (words.text(Word::EmbedThis))
        "</button></div><h3>" (words.text(Word::CiteIt)) "</h3><dl class=\"take__citations\">"
    );
    for style in Style::ALL {
        markup!(ways:
            "<dt>" (style.label()) " <button type=\"button\" class=\"press\" data-do=\"" (style.id())
            "\">" (words.text(Word::Copy)) "<span class=\"unseen\"> " (style.label()) "</span></button></dt><dd>"
            (&citation(pack, selection, answer, &address, style)) "</dd>"
        );
    }
    ways.raw("</dl>");
    ways
}

/// A citation of the page as it is; of a subject, where its card is open and shown.
pub fn citation(
    pack: Pack,
    selection: &Selection,
    answer: &Answer,
    address: &str,
    style: Style,
) -> String {
    let is_shown = |it: &usize| answer.is_shown(*it);
    let open = selection.open.filter(is_shown);
    let open = open.filter(|_| selection.view == View::Cards);
    let subject = open.and_then(|it| pack.subject(it));
    let of = subject.map_or_else(String::new, |it| ["-", it.id()].concat());
    let work = Work {
        publisher: pack.publisher(),
        title: pack.title(),
        part: subject.map_or("", Subject::name),
        as_of: if pack.is_dated() {
            selection.as_of
        } else {
            Date::default()
        },
        updated: pack.updated(),
        address,
        key: &[pack.id(), &of].concat(),
        words: pack.words(),
    };
    cite(&work, style)
}

/// The name of a file of what is shown, with an ending. The day tells it from those of other days and, of a part of
/// the record, how many of how many.
pub fn file_name(pack: Pack, selection: &Selection, answer: &Answer, ending: &str) -> String {
    let mut name = pack.id().to_owned();
    let mut add = |before, text: &str| {
        name.push_str(before);
        name.push_str(text);
    };
    if pack.is_dated() {
        add("-", &selection.as_of.iso());
    }
    if answer.n_shown < answer.n_found || answer.lock != Lock::default() {
        add("-", &answer.n_shown.to_string());
        add("-of-", &pack.n_subjects().to_string());
    }
    add(".", ending);
    name
}
