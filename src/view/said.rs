//! What a card says of its subject on a day.

use crate::dataset::date::Date;
use crate::dataset::pack::{Finding, Step, Subject};
use crate::query::search::Search;

use super::markup::{Markup, marked, markup};

/// A sentence with its citation: its words and its address.
pub type Cited = (&'static str, (&'static str, &'static str));

/// A sentence, and where it can be checked. What the search finds is marked.
pub fn cited(search: &Search, sentence: Option<Cited>) -> Markup {
    let mut said = Markup::default();
    let Some((sentence, (words, url))) = sentence else {
        return said;
    };
    markup!(said: {marked(search, sentence)});
    if !words.is_empty() {
        markup!(said: " <a class=\"cite\" href=\"" (url) "\">" (words) "</a>");
    }
    said
}

/// A few facts: when, to whom, by when, and the further ones that cards have; what isn't known is
/// left out.
pub fn key_facts(search: &Search, subject: Subject, step: Option<Step>) -> Markup {
    let mut facts = Markup::default();
    let mut fact = |label: &str, what: &Markup| {
        markup!(facts: "<div><dt>" (label) "</dt><dd>" {what} "</dd></div>");
    };
    let day = |day: Date| {
        let mut time = Markup::default();
        markup!(time: "<time datetime=\"" (&day.iso()) "\">" (&day.long()) "</time>");
        time
    };
    if let Some(step) = step {
        if step.day() != Date::default() {
            let kind = Some(step.kind()).filter(|it| !it.is_empty());
            fact(kind.unwrap_or("Date"), &day(step.day()));
        }
        if !step.to().is_empty() {
            fact("To", &marked(search, step.to()));
        }
        if let Some(reply_by) = step.reply_by() {
            fact("Reply by", &day(reply_by));
        }
    }
    for field in subject.pack().fields().filter(|it| it.is_on_card()) {
        let said = field.of(subject);
        if !said.is_empty() {
            fact(field.label(), &marked(search, said));
        }
    }
    facts
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
    let when = if day < as_of { " before: " } else { " later: " };
    [when, was.map_or("no finding", Finding::label)].concat()
}

/// Whether only a subject's history has what the search found. That would leave a reader wondering
/// why the card is here.
pub fn is_only_in_history(search: &Search, subject: Subject, step: Option<Step>) -> bool {
    let said = |it: Step| {
        [
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
    let n_of = |n: usize, one: &str| match n {
        0 => String::new(),
        1 => ["1 ", one].concat(),
        n => [&n.to_string(), " ", one, "s"].concat(),
    };
    let events = n_of(subject.n_events(), "event");
    let sources = n_of(subject.n_sources(), "source");
    let between = if events.is_empty() || sources.is_empty() {
        ""
    } else {
        " · "
    };
    [&events, between, &sources].concat()
}
