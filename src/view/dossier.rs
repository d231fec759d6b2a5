//! A subject's history, with the sources of each event.

use leptos::prelude::*;

use crate::dataset::model::{Citation, Dataset, Event, Subject};
use crate::dataset::packing::{by_day, cited};

use super::moment::Moment;

/// A subject's events, first to last.
#[component]
pub fn History<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The subject.
    subject: &'a Subject,
) -> impl IntoView {
    let events: Vec<_> = by_day(subject)
        .into_iter()
        .map(|event| view! { <HistoryEvent dataset event /> })
        .collect();
    view! {
        {subject.note.clone().map(|it| view! { <p class="history__note">{it}</p> })}
        <ol class="events">{events}</ol>
    }
}

/// One event.
#[component]
fn HistoryEvent<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The event.
    event: &'a Event,
) -> impl IntoView {
    let about = &dataset.about;
    let kind = about
        .event_kind
        .iter()
        .find(|it| it.id.get_ref() == event.kind.get_ref());
    let finding = event.finding.as_ref().map(toml::Spanned::get_ref);
    let finding = about
        .finding
        .iter()
        .find(|it| Some(it.id.get_ref()) == finding);
    let quote = event.quote.as_ref().map(|it| {
        let quote = it.get_ref();
        view! {
            <blockquote>
                <p>"“" {quote.text.clone()} "”"</p>
                <footer>{quote.speaker.clone()}</footer>
            </blockquote>
        }
    });
    view! {
        <li class="event" id=event.id.get_ref().clone()>
            <p class="event__when">
                <Moment date=event.date.get_ref().clone() /> " · "
                {kind.map(|it| it.label.clone())}
                {finding
                    .map(|it| {
                        view! {
                            " · "
                            <strong class="event__finding" data-tone=it.tone.get_ref().clone()>
                                {it.label.clone()}
                            </strong>
                        }
                    })}
            </p>
            <p>{event.summary.clone()}</p>
            {event.qualification.as_ref().map(|it| view! { <p>{it.text.clone()}</p> })}
            {quote}
            {event.note.clone().map(|it| view! { <p class="event__note">{it}</p> })}
            {event.confidence.clone().map(|it| view! { <p class="event__confidence">{it}</p> })}
            <Citations dataset citations=event.citations().collect() />
        </li>
    }
}

/// The sources of one thing: each once, with the places in it.
#[component]
pub fn Citations<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// What is cited.
    citations: Vec<&'a Citation>,
) -> impl IntoView {
    let mut once: Vec<(&Citation, Vec<&str>)> = Vec::new();
    for citation in citations {
        let at = citation.at.as_deref();
        let same = |it: &&mut (&Citation, _)| it.0.source.get_ref() == citation.source.get_ref();
        match once.iter_mut().find(same) {
            Some((_, places)) => places.extend(at.filter(|it| !places.contains(it))),
            None => once.push((citation, at.into_iter().collect())),
        }
    }
    let links: Vec<_> = once
        .into_iter()
        .map(|(citation, places)| {
            let url = dataset
                .source(citation.source.get_ref())
                .map(|it| it.url.get_ref().clone());
            let places = (!places.is_empty()).then(|| format!(" ({})", places.join("; ")));
            view! { <li><a href=url>{cited(dataset, citation)}</a>{places}</li> }
        })
        .collect();
    view! { <ul class="cites" aria-label="Sources">{links}</ul> }
}
