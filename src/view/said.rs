//! What a card says of its subject on a day.

use crate::dataset::date::{Date, When};
use crate::dataset::pack::{Field, Finding, MONEY, Step, Subject};
use crate::language::Word;
use crate::query::search::Search;

use super::long::path_in_record;
use super::markup::{Markup, marked, markup, own, time};

/// A sentence with its citation: its words and its address.
pub type Cited = (&'static str, (&'static str, &'static str));

/// A sentence, and where it can be checked. What the search finds is marked.
pub fn cited(search: &Search, sentence: Option<Cited>) -> Markup {
    let mut cited = Markup::default();
    let Some((sentence, (words, url))) = sentence else {
        return cited;
    };
    markup!(cited: {marked(search, sentence)});
    if !words.is_empty() {
        markup!(cited: " <a class=\"cite\" href=\"" (url) "\">" (words) "</a>");
    }
    cited
}

/// A few facts: when, to whom, by when, and the further ones that cards have; what isn't known is
/// left out.
pub fn key_facts(search: &Search, subject: Subject, step: Option<Step>) -> Markup {
    let pack = subject.pack();
    let words = pack.words();
    let own = own(pack);
    let none = Markup::default();
    let mut facts = Markup::default();
    // The language of a label and of what it is of: the interface's or the dataset's own.
    let mut fact = |(label, of_label): (&str, &Markup), (what, of_what): (&Markup, &Markup)| {
        markup!(facts: "<div><dt" {of_label} ">" (label) "</dt><dd" {of_what} ">" {what} "</dd></div>");
    };
    if let Some(step) = step {
        if step.when() != When::default() {
            let kind = match step.kind() {
                "" => (words.text(Word::Date), &none),
                kind => (kind, &own),
            };
            fact(kind, (&time(words, step.when()), &none));
        }
        if !step.to().is_empty() {
            let to = marked(search, step.to());
            fact((words.text(Word::To), &none), (&to, &own));
        }
        if let Some(reply_by) = step.reply_by() {
            fact(
                (words.text(Word::ReplyBy), &none),
                (&time(words, reply_by), &none),
            );
        }
    }
    for field in subject.pack().fields().filter(|it| it.is_on_card()) {
        let said = field.of(subject);
        if !said.is_empty() {
            let said = sourced(field, subject, marked(search, said));
            fact((field.label(), &own), (&said, &own));
        }
    }
    facts
}

/// What a field says of a subject. Sums lead to where the record has each with its sources.
pub fn sourced(field: Field, subject: Subject, said: Markup) -> Markup {
    match field.of(subject) {
        "" => said,
        _ if field.id() == MONEY => in_record(subject, MONEY, &said),
        _ => said,
    }
}

/// A link to the part of a subject's whole record with an id.
pub fn in_record(subject: Subject, part: &str, said: &Markup) -> Markup {
    let mut link = Markup::default();
    let there = path_in_record(subject, part);
    markup!(link: "<a href=\"./" (&there) "\">" {said} "</a>");
    link
}

/// What a subject's finding was on the day that the reader came from, where it was another; else
/// nothing.
pub fn was(
    subject: Subject,
    finding: Option<Finding>,
    before: Option<Date>,
    as_of: Date,
) -> String {
    let Some(day) = before else {
        return String::new();
    };
    let was = subject.step_on(day).map(Step::finding);
    if was == finding {
        return String::new();
    }
    let words = subject.pack().words();
    let when = if day < as_of {
        Word::WasBefore
    } else {
        Word::WasLater
    };
    let was = was.map_or(words.text(Word::NoFinding), Finding::label);
    words.fill(when, &[was])
}

/// Whether only a subject's record has what the search found, and not its card. That would leave a reader wondering
/// why the card is here.
pub fn is_only_in_record(search: &Search, subject: Subject, step: Option<Step>) -> bool {
    let said = |it: Step| {
        [
            it.finding().label(),
            it.summary(),
            it.qualification().map_or("", |it| it.0),
            it.to(),
        ]
    };
    let own = [subject.name(), subject.place()];
    let fields = subject.pack().fields().filter(|it| it.is_on_card());
    let own = own.into_iter().chain(fields.map(|it| it.of(subject)));
    let said = step.map(said).into_iter().flatten().chain(own);
    !search.is_empty() && !search.is_in(said)
}

/// How many events and sources a subject's record has. What it has none of isn't mentioned.
pub fn counted(subject: Subject) -> String {
    let words = subject.pack().words();
    let n_of = |n: usize, word: Word| match n {
        0 => String::new(),
        n => words.counted(word, n, &[&n.to_string()]),
    };
    let events = n_of(subject.n_events(), Word::NEvents);
    let sources = n_of(subject.n_sources(), Word::NSources);
    let between = if events.is_empty() || sources.is_empty() {
        ""
    } else {
        " · "
    };
    [&events, between, &sources].concat()
}
