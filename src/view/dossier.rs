//! A subject's history, with the sources of each event.

use leptos::prelude::*;

use crate::dataset::date::Date;
use crate::dataset::model::{Citation, Dataset, Event, Subject};
use crate::dataset::passage::archived;
use crate::dataset::telling::{by_day, cited, finding};
use crate::language::{Word, Words};

use super::cite_this::CiteThis;
use super::corrections::Corrected;
use super::maybe::{Paragraph, any};
use super::moment::Moment;
use super::spot::Spot;
use super::told::{Own, told};

/// A subject's events, first to last.
#[component]
pub fn History<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The subject.
    subject: &'a Subject,
    /// The page: the explorer, or the subject's own, which has the quotes in a place of their own.
    spot: Spot<'a>,
    /// The day after which events are set apart, if they are.
    #[prop(optional_no_strip)]
    as_of: Option<Date>,
) -> impl IntoView {
    let on_record = spot.is_roomy();
    let words = dataset.words();
    let own = Own::of(dataset);
    let Own { lang, dir } = own.clone();
    let as_of = as_of.filter(|_| dataset.is_dated());
    // What is known by its month or year may end after the record does: on its last day all has happened.
    let end = dataset.last_day();
    let has_happened =
        |it: &&Event| as_of.is_none_or(|day| it.date.get_ref().last_day().min(end) <= day);
    let (events, later): (Vec<&Event>, Vec<&Event>) =
        by_day(subject).into_iter().partition(has_happened);
    let list = |events: Vec<&'a Event>| -> Vec<_> {
        let item = |event| view! { <HistoryEvent dataset event spot with_quote=!on_record /> };
        let events = events.into_iter().filter(|it| says_something(it));
        events.map(item).collect()
    };
    let none_later = later.is_empty();
    let events = list(events);
    // Events go from one list to the other as the day changes, so that there are both.
    let events = (as_of.is_some() || !events.is_empty()).then_some(events);
    let later = as_of.map(|as_of| {
        view! {
            <p class="history__later" hidden=none_later>{words.fill(Word::AfterDay, &[&as_of.long(words)])}</p>
            <ol class="events">{list(later)}</ol>
        }
    });
    let corrected = dataset.corrections.iter();
    let corrected = corrected
        .filter(|it| it.is_of_subject(&subject.id))
        .collect();
    view! {
        {(!on_record)
            .then(|| spot.file(&format!("subject/{}.html", subject.id)))
            .flatten()
            .map(|href| {
                view! {
                    <p>
                        <a href=href>{told(words, Word::WholeRecordOf, [own.said(subject.name.get_ref())])}</a>
                    </p>
                }
            })}
        {(!on_record)
            .then(|| {
                let policies = subject.policies.join(words.text(Word::Semicolon));
                let full = subject.full_name.clone().map(|it| own.said(format!("{it}.")));
                let gap = (full.is_some() && !policies.is_empty()).then_some(" ");
                let is_named = full.is_some() || !policies.is_empty();
                let policies = (!policies.is_empty())
                    .then(|| told(words, Word::LawsNamedList, [own.said(policies)]));
                is_named.then(|| view! { <p class="history__note">{full} {gap} {policies}</p> })
            })}
        {subject
            .note
            .clone()
            .map(|it| {
                view! {
                    <p class="history__note" lang=lang dir=dir>
                        {it}
                    </p>
                }
            })}
        <Corrected words corrections=corrected up=spot.up() />
        {events.map(|it| view! { <ol class="events">{it}</ol> })}
        {later}
    }
}

/// One event.
#[component]
pub fn HistoryEvent<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The event.
    event: &'a Event,
    /// The page.
    spot: Spot<'a>,
    /// Whether its quote stands with it.
    with_quote: bool,
) -> impl IntoView {
    let words = dataset.words();
    let own = Own::of(dataset);
    let Own { lang, dir } = own.clone();
    let finding = finding(dataset, event);
    let corrected = dataset.corrections.iter();
    let corrected = corrected
        .filter(|it| it.is_of_event(event.id.get_ref()))
        .collect();
    let quote = event.quote.as_ref().filter(|_| with_quote).map(|it| {
        let quote = it.get_ref();
        view! {
            <blockquote lang=lang.clone() dir=dir>
                <p>{quoted(dataset, &quote.text)}</p>
                <footer>{quote.speaker.clone()}</footer>
            </blockquote>
        }
    });
    let part = |text: &Option<String>, class: &'static str| {
        let text = text.clone().unwrap_or_default();
        view! { <Paragraph text class own=own.clone() /> }
    };
    let id = event.id.get_ref();
    let day = event.date.get_ref().long(words);
    let label = dataset.kind(event);
    let what = joined(words.text(Word::Comma), [label, &day]);
    // A row of a table is the whole of its record.
    let is_one_of_several = !what.is_empty();
    let permalink = (spot.is_roomy() && is_one_of_several).then(|| {
        let name = words.fill(Word::LinkToThis, &[&what]);
        view! { " " <a class="permalink" href=format!("#{id}") aria-label=name>"#"</a> }
    });
    let cite = (spot.is_roomy() && !spot.alone && is_one_of_several).then(|| {
        let part = joined(": ", [spot.name, &what]);
        view! { <CiteThis dataset spot part id=id.clone() label=words.text(Word::Cite) of=what.clone() /> }
    });
    let date = event.date.get_ref();
    let date = (!date.is_unsaid()).then(|| view! { <Moment date=date.clone() words /> });
    let kind = (!label.is_empty()).then(|| own.said(label));
    let gap = (date.is_some() && kind.is_some()).then_some(" · ");
    let next = (date.is_some() || kind.is_some()).then_some(" · ");
    let finding = finding.map(|it| {
        view! {
            {next}
            <strong
                class="event__finding"
                data-tone=it.tone.get_ref().clone()
                lang=lang.clone()
                dir=dir
            >
                {it.label.clone()}
            </strong>
        }
    });
    let when = (date.is_some() || kind.is_some() || finding.is_some()).then(|| {
        view! { <p class="event__when">{date} {gap} {kind} {finding} {permalink}</p> }
    });
    // A card has it of its finding's own letter.
    let addressed = event.to.as_deref().filter(|_| spot.is_roomy()).map(|to| {
        view! { <p class="event__note">{words.text(Word::To)} ": " {own.said(to)}</p> }
    });
    view! {
        <li class="event" id=event.id.get_ref().clone()>
            {when}
            <Paragraph text=event.summary.clone() own=own.clone() />
            {part(&event.qualification.as_ref().map(|it| it.text.clone()), "")}
            {addressed}
            {quote}
            {part(&event.note, "event__note")}
            {part(&event.confidence, "event__confidence")}
            <Corrected words corrections=corrected up=spot.up() />
            <Citations
                dataset
                citations=event.citations().collect()
                tells_quote=with_quote && event.quote.is_some()
                archived_by=spot.is_roomy().then(|| event.date.get_ref().to_string())
            />
            {cite}
        </li>
    }
}

/// A text of the dataset in quotation marks.
pub fn quoted(dataset: &Dataset, text: &str) -> String {
    dataset.own_words().fill(Word::Quoted, &[text])
}

/// Whether there is anything to show of an event.
pub fn says_something(event: &Event) -> bool {
    !event.date.get_ref().is_unsaid()
        || !event.summary.is_empty()
        || event.finding.is_some()
        || event.citations().next().is_some()
}

/// Texts with something between them; those that are empty are left out.
pub fn joined<const N: usize>(between: &str, texts: [&str; N]) -> String {
    let texts = texts.into_iter().filter(|it| !it.is_empty());
    texts.collect::<Vec<_>>().join(between)
}

/// Views with a text between them.
fn between(text: &'static str, views: Vec<AnyView>) -> Vec<AnyView> {
    let views = views.into_iter().enumerate();
    views
        .flat_map(|(nth, it)| [(nth > 0).then(|| text.into_any()), Some(it)])
        .flatten()
        .collect()
}

/// What stands over findings: who made them, where that is said.
pub fn found(words: Words, by: &str) -> String {
    if by.is_empty() {
        words.text(Word::Findings).to_owned()
    } else {
        words.fill(Word::WhatFound, &[by])
    }
}

/// The sources of one thing: each once, with the places in it; where there is room, with its title
/// and its archived copy. The source's name leads to the first passage, or else to that with the words of the quote; where
/// there is room, what names another place leads there.
#[component]
pub fn Citations<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// What is cited.
    citations: Vec<&'a Citation>,
    /// The day whose archived copy to link to where a source has no date of its own, as in
    /// [`archived`]; no such links without it.
    archived_by: Option<String>,
    /// Whether a quote stands over them, of which some may have the words.
    #[prop(optional)]
    tells_quote: bool,
) -> impl IntoView {
    let words = dataset.words();
    let own = Own::of(dataset);
    let Own { lang, dir } = own.clone();
    let quoted_in = |source: &str| {
        let mut all = citations.iter();
        all.any(|it| it.quote && it.source.get_ref() == source)
    };
    let mut once: Vec<Vec<&Citation>> = Vec::new();
    for citation in &citations {
        let source = citation.source.get_ref();
        let same = |it: &&mut Vec<&Citation>| it.iter().all(|it| it.source.get_ref() == source);
        match once.iter_mut().find(same) {
            Some(passages) => passages.push(citation),
            None => once.push(vec![citation]),
        }
    }
    let tells_quote = tells_quote && once.len() > 1;
    let links: Vec<_> = once
        .into_iter()
        .filter_map(|passages| {
            let with_words = passages.iter().find(|it| tells_quote && it.quote);
            let citation = *with_words.or(passages.first())?;
            let href = dataset.link(citation);
            let has_quote = tells_quote && quoted_in(citation.source.get_ref());
            let has_quote = has_quote.then(|| words.text(Word::HasQuote));
            let mut led_to = vec![href.clone()];
            let mut told: Vec<&str> = Vec::new();
            let mut places: Vec<AnyView> = Vec::new();
            for it in &passages {
                let link = dataset.link(it);
                // Two passages can be at one place of a document.
                let at = it.at.as_deref().filter(|it| !told.contains(it));
                if archived_by.is_some() && !led_to.contains(&link) {
                    let place = at.map_or_else(
                        || words.text(Word::AnotherPassage).into_any(),
                        |it| own.said(it),
                    );
                    places.push(view! { <a href=link.clone()>{place}</a> }.into_any());
                    led_to.push(link);
                } else if let Some(at) = at {
                    places.push(own.said(at).into_any());
                }
                told.extend(at);
            }
            places.extend(has_quote.map(IntoAny::into_any));
            let places =
                any(between(words.text(Word::Semicolon), places)).map(|it| view! { " (" {it} ")" });
            let source = dataset.source(citation.source.get_ref());
            let said = cited(dataset, citation);
            let copy = source.zip(archived_by.as_deref()).map(|(source, day)| {
                let own = source.date.as_ref().map(|it| it.get_ref().to_string());
                let href = archived(source.url.get_ref(), own.as_deref().unwrap_or(day));
                let label = words.fill(Word::ArchivedCopyOf, &[&said]);
                view! {
                    {words.text(Word::Comma)}
                    <a class="archived" href=href aria-label=label>
                        {words.text(Word::Archived)}
                    </a>
                }
            });
            let title = source.filter(|_| archived_by.is_some());
            let title = title.map(|it| {
                view! { {words.text(Word::Comma)} {own.said(quoted(dataset, &it.title))} }
            });
            Some(view! {
                <li>
                    <a href=href lang=lang.clone() dir=dir>
                        {said.clone()}
                    </a>
                    {title}
                    {places}
                    {copy}
                </li>
            })
        })
        .collect();
    any(links).map(|it| view! { <ul class="cites" aria-label=words.text(Word::Sources)>{it}</ul> })
}
