//! One subject's card, as markup.
//!
//! A page is written with its cards, and they stay as they were written until a selection asks for
//! something else: then `src/browser/cards.rs`, or `src/browser/list.rs` where there are too many,
//! changes the parts that are different. As components, each of them was taken over anew when the
//! page became live, which took a phone longer than everything else
//! (docs/decisions/0007-views.md).

use crate::dataset::date::Date;
use crate::dataset::pack::{Step, Subject};
use crate::language::Word;
use crate::query::address::encode;
use crate::query::{Answer, Selection};

use super::markup::{Markup, finding, marked, markup, own, said};
use super::said::{cited, counted, is_only_in_record, key_facts, was};

/// Which entry of how many, in a list that is not all in the page.
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

impl Asked<'_> {
    /// The id of a subject's finding on the chosen day; empty where there is none.
    pub fn finding(&self, subject: Subject) -> &'static str {
        let step = self.answer.step(subject.row());
        step.map_or("", |it| it.finding().id())
    }

    /// A link to a subject's card on the chosen day. Followed, it opens the card and leaves the rest
    /// as it is.
    pub fn link(&self, subject: Subject) -> String {
        let pack = subject.pack();
        let mut open = Selection::new(pack);
        open.as_of = self.selection.as_of;
        open.open = Some(subject.row());
        ["#", &encode(pack, &open)].concat()
    }

    /// What a card says above its history, an element each: the finding on the chosen day, the name,
    /// the place, what set the finding, what qualifies it, the key facts. Always as many, whatever
    /// the selection is.
    ///
    /// Where there is no finding yet the card is hidden; what it says then is for readers without
    /// scripts, who see every card.
    pub fn head(&self, subject: Subject) -> Vec<Markup> {
        let pack = subject.pack();
        let words = pack.words();
        let own = own(pack);
        let search = &self.answer.search;
        let current = self.answer.step(subject.row());
        let step = current.or_else(|| subject.steps().next());
        let mut head = Vec::new();
        if pack.has_findings() {
            let found = current.map(Step::finding);
            let was = was(subject, found, self.before, self.selection.as_of);
            let tone = found.map_or("", |it| it.tone());
            let mut badge = Markup::default();
            markup!(badge:
                "<p class=\"badge\" data-tone=\"" (tone) "\">" {finding(pack, found, search)}
                "<span class=\"badge__was\">" (&was) "</span></p>"
            );
            head.push(badge);
        }
        let mut name = Markup::default();
        markup!(name: "<h3 id=\"" (subject.id()) "\"" {own} ">" {marked(search, subject.name())} "</h3>");
        head.push(name);
        let happened = step.map(|it| (it.summary(), it.citation()));
        let qualification = step.and_then(Step::qualification);
        for (class, text) in [
            ("place", marked(search, subject.place())),
            ("sentence", cited(search, happened)),
            ("qualification", cited(search, qualification)),
        ] {
            let mut part = Markup::default();
            markup!(part: "<p class=\"card__" (class) "\"" {own} ">" {text} "</p>");
            head.push(part);
        }
        let mut facts = Markup::default();
        markup!(facts: "<dl class=\"card__facts\">" {key_facts(search, subject, step)} "</dl>");
        head.push(facts);
        let mut hint = Markup::default();
        hint.raw("<p class=\"card__hint\"");
        if !is_only_in_record(search, subject, step) {
            hint.raw(" hidden");
        }
        markup!(hint: ">" (words.text(Word::FoundInRecord)) "</p>");
        head.push(hint);
        head
    }

    /// A subject's card, with what stands in its history; `is_late` is whether it may be laid out late. What
    /// the reader has done to it (opened it, chosen it to compare) is set afterwards, so that doing it makes no
    /// card anew.
    pub fn card(&self, subject: Subject, nth: Option<Nth>, history: &str, is_late: bool) -> Markup {
        let (id, name) = (subject.id(), subject.name());
        let pack = subject.pack();
        let words = pack.words();
        let mut card = Markup::default();
        markup!(card:
            "<article class=\"card\" id=\"open=" (id) "\" data-subject=\"" (id) "\" data-finding=\""
            (self.finding(subject)) "\" aria-labelledby=\"" (id) "\"" {numbers(subject, nth)}
        );
        if is_late {
            card.raw(" ");
            card.raw(LATE);
        }
        if !self.answer.is_shown(subject.row()) {
            card.raw(" hidden");
        }
        card.raw(">");
        for part in self.head(subject) {
            card.part(&part);
        }
        // What a long list makes anew is found by its id, to have the focus again.
        let named = |part: &str| match nth {
            Some(_) => [" id=\"", part, "=", id, "\""].concat(),
            None => String::new(),
        };
        card.raw("<details class=\"card__details\"><summary");
        card.raw(&named("history"));
        markup!(card:
            ">" (words.text(Word::History)) "<span class=\"unseen\">" (&words.fill(Word::OfName, &[name]))
            "</span> <span class=\"card__n\">" (&counted(subject)) "</span></summary><div class=\"history\">"
        );
        card.raw(history);
        card.raw("</div></details><label class=\"card__compare live\"><input type=\"checkbox\" name=\"compare\"");
        card.raw(&named("compare"));
        markup!(card:
            " value=\"" (id)
            "\" autocomplete=\"off\">" (words.text(Word::Compare)) "<span class=\"unseen\"> " {said(pack, name)}
            "</span><span class=\"card__full\" hidden>" (words.text(Word::FourChosen))
            "</span></label><a class=\"card__link\" href=\"" (&self.link(subject)) "\">" (words.text(Word::Link))
            "<span class=\"unseen\">" (&words.fill(Word::ToName, &[name])) "</span></a></article>"
        );
        card
    }
}

/// How many cards, one below the other from the first that is on the screen on, are laid out at once: as high as two
/// screens, or more.
pub const AT_ONCE: usize = 4;

/// The attribute of a card that may be laid out only once it comes near the screen: `style/components/card.css` has
/// what comes of it, and `src/browser/cards.rs` takes it away, some frames later.
pub const LATE: &str = "data-late";

/// The numbers of an entry's subject and of its place.
pub fn numbers(subject: Subject, nth: Option<Nth>) -> Markup {
    let mut numbers = Markup::default();
    markup!(numbers: " data-row=\"" (&subject.row().to_string()) "\"");
    if let Some(Nth { nth, of }) = nth {
        markup!(numbers:
            " aria-posinset=\"" (&nth.to_string()) "\" aria-setsize=\"" (&of.to_string()) "\" tabindex=\"-1\""
        );
    }
    numbers
}
