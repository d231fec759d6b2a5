//! Markup as text, for parts of the page that are made anew with each selection.
//!
//! As Leptos components the table, the timeline, the map and the comparison weighed 65 KB of brotli
//! (docs/decisions/0007-views.md). They are functions of the dataset and the selection instead. Whatever
//! can be pressed in them names the selection that it leads to.

use crate::dataset::date::When;
use crate::dataset::pack::{Finding, Pack, Subject};
use crate::language::{Word, Words};
use crate::query::address::encode;
use crate::query::search::Search;
use crate::query::{Selection, View};

use super::mark::outline;

/// Finished markup: its text is safe to put into the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// The markup itself.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Adds a piece of source: a literal, an id (which has letters, digits and hyphens alone), or markup that is
    /// finished. Never a text of a dataset. Not inlined, nor are the others: they are called hundreds of times, and in the
    /// WASM every byte counts.
    #[inline(never)]
    pub fn raw(&mut self, source: &str) {
        self.0.push_str(source);
    }

    /// Adds a text, with what means something in markup escaped.
    #[inline(never)]
    pub fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                letter => self.0.push(letter),
            }
        }
    }

    /// Adds other markup.
    #[inline(never)]
    pub fn part(&mut self, part: &Self) {
        self.0.push_str(&part.0);
    }
}

/// Adds pieces to [`Markup`]: a literal is source, `(text)` is escaped, `{part}` is markup.
macro_rules! markup {
    ($to:ident:) => {};
    ($to:ident: $source:literal $($rest:tt)*) => {
        $to.raw($source);
        $crate::view::markup::markup!($to: $($rest)*);
    };
    ($to:ident: ($text:expr) $($rest:tt)*) => {
        $to.text($text);
        $crate::view::markup::markup!($to: $($rest)*);
    };
    ($to:ident: {$part:expr} $($rest:tt)*) => {
        $to.part(&$part);
        $crate::view::markup::markup!($to: $($rest)*);
    };
}
pub(crate) use markup;

/// What an element says of its language where its text is the dataset's own: nothing, where the
/// interface has the same.
pub fn own(pack: Pack) -> Markup {
    let mut own = Markup::default();
    for (name, value) in [(" lang=\"", pack.lang()), (" dir=\"", pack.dir())] {
        if let Some(value) = value {
            own.raw(name);
            markup!(own: (value) "\"");
        }
    }
    own
}

/// A text of the dataset among others.
pub fn said(pack: Pack, text: &str) -> Markup {
    let mut said = Markup::default();
    said.text(text);
    among(pack, said)
}

/// A text of the dataset among others, with what a search finds in it marked.
pub fn said_marked(pack: Pack, search: &Search, text: &str) -> Markup {
    among(pack, marked(search, text))
}

/// A piece of the dataset's own words among others.
fn among(pack: Pack, piece: Markup) -> Markup {
    if pack.lang().is_none() {
        return piece;
    }
    let mut own_piece = Markup::default();
    markup!(own_piece: "<span" {own(pack)} ">" {piece} "</span>");
    own_piece
}

/// The fragment of a selection that differs from this one.
pub fn to(pack: Pack, selection: &Selection, change: impl FnOnce(&mut Selection)) -> String {
    let mut other = selection.clone();
    change(&mut other);
    ["#", &encode(pack, &other)].concat()
}

/// The name of a subject that is shown, with what a search finds in it marked; it leads to the card.
pub fn to_card(pack: Pack, selection: &Selection, search: &Search, subject: Subject) -> Markup {
    let mut link = Markup::default();
    let there = to(pack, selection, |it| {
        it.view = View::Cards;
        it.open = Some(subject.row());
    });
    markup!(link: "<a data-to href=\"" (&there) "\"" {own(pack)} ">" {marked(search, subject.name())} "</a>");
    link
}

/// When something was, for readers and for machines.
pub fn time(words: Words, when: impl Into<When>) -> Markup {
    let mut time = Markup::default();
    let when = when.into();
    markup!(time: "<time datetime=\"" (&when.iso()) "\">" (&when.long(words)) "</time>");
    time
}

/// A finding's mark; a dot where there is none.
pub fn mark(finding: impl Into<Option<Finding>>) -> Markup {
    let mut mark = Markup::default();
    let d = outline(finding.into().map_or("", Finding::shape));
    markup!(mark:
        "<svg class=\"mark\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"" (d)
        "\"></path></svg>"
    );
    mark
}

/// A finding's mark and words, with what a search finds in them marked.
pub fn finding(pack: Pack, finding: Option<Finding>, search: &Search) -> Markup {
    let mut words = mark(finding);
    match finding {
        Some(it) => words.part(&said_marked(pack, search, it.label())),
        None => words.text(pack.words().text(Word::NoFindingYet)),
    }
    words
}

/// A text with what a search finds in it marked.
pub fn marked(search: &Search, text: &str) -> Markup {
    let mut marked = Markup::default();
    let mut at = 0;
    let piece = |from, to| text.get(from..to).unwrap_or("");
    for (start, end) in search.marks(text) {
        markup!(marked: (piece(at, start)) "<mark>" (piece(start, end)) "</mark>");
        at = end;
    }
    marked.text(piece(at, text.len()));
    marked
}
