//! What is told of a subject, in words: on its card, in its record and to a search.

use super::language::{Word, Words};
use super::model::{Citation, Dataset, Event, FacetType, Finding, Source, Subject};

/// A subject's events in the order of the days on which they had surely happened.
pub fn by_day(subject: &Subject) -> Vec<&Event> {
    let mut events: Vec<&Event> = subject.event.iter().collect();
    events.sort_by_key(|it| it.date.get_ref().last_day());
    events
}

/// The events that tell what a subject's card says from their day on, in order. Of two on one day
/// the later stands, and only what stood on some day is a step.
pub fn steps<'a>(dataset: &Dataset, subject: &'a Subject) -> Vec<&'a Event> {
    let mut steps: Vec<&Event> = Vec::new();
    for event in by_day(subject).into_iter().filter(|it| dataset.is_step(it)) {
        let day = event.date.get_ref().last_day();
        steps.pop_if(|it| it.date.get_ref().last_day() == day);
        steps.push(event);
    }
    steps
}

/// What a card says of a subject under its name: its first facet's labels and its place, or the
/// place alone where it is the subject itself.
pub fn place(dataset: &Dataset, subject: &Subject) -> String {
    let labels = dataset
        .facet_of_place()
        .map_or_else(Vec::new, |_| dataset.labels(0, subject));
    let mut what = labels.first().map_or("", |it| *it).to_owned();
    for label in labels.iter().skip(1) {
        what = dataset.own_words().fill(Word::And, &[&what, label]);
    }
    match subject.place.as_str() {
        "" => what,
        place if place == subject.name.get_ref() || place == what => what,
        place if what.is_empty() => place.to_owned(),
        place => format!("{what} · {place}"),
    }
}

/// What [`place`] tells of the subjects.
pub fn what_and_where(dataset: &Dataset) -> String {
    let has_places = dataset.subjects.iter().any(|it| !it.place.is_empty());
    match dataset.facet_of_place() {
        Some(facet) if has_places => dataset.words().fill(Word::KindAndPlace, &[&facet.label]),
        Some(facet) => facet.label.clone(),
        None => dataset.words().text(Word::Place).to_owned(),
    }
}

/// The figures of money that a card shows: all that are reported, never silently one of them.
pub fn money(dataset: &Dataset, subject: &Subject) -> String {
    let amounts: Vec<&str> = subject
        .money
        .iter()
        .filter(|it| it.on_card)
        .map(|it| it.amount.as_str())
        .collect();
    match amounts.as_slice() {
        [_, _, ..] => {
            let words = dataset.own_words();
            let amounts = amounts.join(words.text(Word::Semicolon));
            words.fill(Word::SourcesDiffer, &[&amounts])
        }
        _ => amounts.concat(),
    }
}

/// A citation in words: who published it, and when where that is known.
pub fn cited(dataset: &Dataset, citation: &Citation) -> String {
    let source = dataset.source(citation.source.get_ref());
    source.map_or_else(String::new, |it| cited_as(dataset.words(), it))
}

/// A source in words, as [`cited`] has it.
pub fn cited_as(words: Words, source: &Source) -> String {
    let publisher = published_by(source);
    match &source.date {
        Some(date) => {
            let comma = words.text(Word::Comma);
            format!("{publisher}{comma}{}", date.get_ref().long(words))
        }
        None => publisher.to_owned(),
    }
}

/// Who published a source. A copy is cited as its document: where it is, which stands in brackets, the
/// list of sources tells. A row has no such list, and what else is in brackets is part of a name.
fn published_by(source: &Source) -> &str {
    let publisher = source.publisher.as_str();
    let is_copy = |brackets: &str| {
        let words = brackets.split(|it: char| !it.is_alphanumeric());
        let caution = source.caution.as_ref().map(|it| it.get_ref().as_str());
        caution == Some("copy") || words.into_iter().any(|it| it == "copy")
    };
    match publisher.split_once(" (") {
        Some((before, brackets)) if !source.is_of_row && is_copy(brackets) => before,
        _ => publisher,
    }
}

/// The place on the scale of the finding that an event sets.
pub fn rank_of(dataset: &Dataset, event: &Event) -> Option<usize> {
    let id = event.finding.as_ref()?.get_ref();
    let findings = &dataset.about.finding;
    findings.iter().position(|it| it.id.get_ref() == id)
}

/// The finding that an event sets.
pub fn finding<'a>(dataset: &'a Dataset, event: &Event) -> Option<&'a Finding> {
    dataset.about.finding.get(rank_of(dataset, event)?)
}

/// The texts of a subject that a search looks at: those that its card and its record show.
pub fn searched(dataset: &Dataset, subject: &Subject) -> Vec<String> {
    let mut texts = vec![
        subject.name.get_ref().clone(),
        place(dataset, subject),
        money(dataset, subject),
    ];
    let mut add = |text: Option<&String>| texts.extend(text.cloned());
    add(subject.full_name.as_ref());
    add(subject.note.as_ref());
    add(subject.outcome.as_ref());
    subject.money.iter().for_each(|it| add(it.note.as_ref()));
    subject
        .fields
        .values()
        .for_each(|it| add(Some(it.get_ref())));
    subject.policies.iter().for_each(|it| add(Some(it)));
    for event in &subject.event {
        add(Some(&event.summary));
        add(event.to.as_ref());
        add(event.note.as_ref());
        add(event.confidence.as_ref());
        add(event.qualification.as_ref().map(|it| &it.text));
        if let Some(quote) = &event.quote {
            add(Some(&quote.get_ref().text));
            add(Some(&quote.get_ref().speaker));
        }
        add(finding(dataset, event).map(|it| &it.label));
    }
    // “Yes” says nothing without its question, and a range of numbers isn't what a subject has.
    for (nth, facet) in dataset.about.facet.iter().enumerate() {
        use FacetType::{Categories, Category, Place};
        if matches!(facet.kind, Category | Categories | Place) {
            let labels = dataset.labels(nth, subject);
            texts.extend(labels.into_iter().map(str::to_owned));
        }
    }
    texts
}
