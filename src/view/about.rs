//! The page behind the facts: background, scale, method, what isn't known, where sources differ,
//! what happened nationally, court cases, and every source.

use std::collections::{BTreeSet, HashMap};

use leptos::prelude::*;

use crate::dataset::model::{Citation, Dataset, Event};
use crate::dataset::pack::Finding;
use crate::language::Word;

use super::cite_this::CiteThis;
use super::colophon::Colophon;
use super::corrections::ReportError;
use super::dossier::HistoryEvent;
use super::long::path_in_site;
use super::maybe::{Part, any};
use super::page_head::PageHead;
use super::record::{CaseOf, Point, SourceEntry, Supports};
use super::spot::Spot;
use super::told::{Own, told};

/// The whole page.
#[component]
pub fn AboutPage<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The findings, for their marks.
    findings: Vec<Finding>,
    /// The page.
    spot: Spot<'a>,
) -> impl IntoView {
    let about = &dataset.about;
    let words = dataset.words();
    let Own { lang, dir } = Own::of(dataset);
    let whole = Spot {
        path: if spot.site.is_empty() {
            "index.html"
        } else {
            ""
        },
        ..spot
    };
    let questions: Vec<_> = about
        .method
        .open_questions
        .iter()
        .map(|it| view! { <li>{it.clone()}</li> })
        .collect();
    let questions = any(questions).map(|it| {
        view! {
            <ul class="questions" lang=lang dir=dir>
                {it}
            </ul>
        }
    });
    let events: Vec<_> = dataset
        .timeline
        .iter()
        .map(|event| view! { <HistoryEvent dataset event spot with_quote=true /> })
        .collect();
    let events = any(events).map(|it| view! { <ol class="events">{it}</ol> });
    let cases: Vec<_> = dataset
        .cases
        .iter()
        .map(|case| view! { <CaseOf dataset case spot /> })
        .collect();
    let points: Vec<_> = dataset
        .disagreements
        .iter()
        .map(|point| view! { <Point dataset point /> })
        .collect();
    // A row's own stands with its row.
    let mut supports = supports(dataset);
    let sources: Vec<_> = dataset
        .sources
        .iter()
        .filter(|it| !it.is_of_row)
        .map(|source| {
            let supports = supports.remove(source.id.get_ref().as_str());
            let supports = supports.unwrap_or_default();
            view! {
                <li id=source.id.get_ref().clone()>
                    <SourceEntry dataset source supports />
                </li>
            }
        })
        .collect();
    let sources = any(sources).map(|it| view! { <ul class="sources">{it}</ul> });
    let feed = spot.file("changes.atom");
    let feed = feed.map_or_else(
        || ().into_any(),
        |it| {
            let link = view! { <a href=it>{words.text(Word::FeedLink)}</a> };
            told(words, Word::AlsoFeed, [link.into_any()]).into_any()
        },
    );
    let changes = view! { <a href="./changes.html">{words.text(Word::WhatChanged)}</a> };
    let which = if about.finding.is_empty() {
        Word::CorrectionsLink
    } else {
        Word::ChangesLink
    };
    let changes = told(words, which, [changes.into_any(), feed]);
    let cite = (!spot.alone).then(|| {
        view! { <CiteThis dataset spot=whole part=String::new() id="" label=words.text(Word::CiteFacts) of="" /> }
    });
    view! {
        <PageHead
            dataset
            title=words.text(Word::BehindFacts)
            standfirst=words.text(Word::AboutStandfirst)
        >
            <a href="./changes.html">{words.text(Word::WhatChanged)}</a>
            " · "
            <a href="./corrections.html">{words.text(Word::Corrections)}</a>
        </PageHead>
        <main class="record">
            <Colophon dataset findings spot />
            <section>
                <h2 id="errors">{words.text(Word::HowReport)}</h2>
                <ReportError dataset />
                <p>{changes}</p>
                {cite}
            </section>
            <Part id="questions" title=words.text(Word::NotKnown) body=questions />
            <Part id="national" title=words.text(Word::HappenedNationally) body=events />
            <Part id="cases" title=words.text(Word::CourtCases) body=any(cases) />
            <Part id="disagreements" title=words.text(Word::WhereDiffer) body=any(points) />
            <Part id="sources" title=words.text(Word::EverySource) body=sources />
        </main>
    }
}

/// What each source supports, by its id, in the whole dataset.
fn supports(dataset: &Dataset) -> HashMap<&str, Supports> {
    let mut all = HashMap::new();
    for background in &dataset.about.background {
        let citations = background.cite.get_ref().iter();
        support(&mut all, citations, "#about", (&background.label, true));
    }
    for subject in &dataset.subjects {
        let href = format!("./{}", path_in_site(dataset, subject, ""));
        support(
            &mut all,
            subject.citations(),
            &href,
            (subject.name.get_ref(), true),
        );
    }
    let national = dataset.timeline.iter().flat_map(Event::citations);
    let events = dataset.words().text(Word::NationalEvents);
    support(&mut all, national, "#national", (events, false));
    for case in &dataset.cases {
        let citations = case.event.iter().flat_map(Event::citations);
        support(&mut all, citations, "#cases", (&case.name, true));
    }
    for point in &dataset.disagreements {
        let href = format!("#{}", point.id.get_ref());
        let citations = point.position.iter().map(|it| &it.cite);
        support(&mut all, citations, &href, (&point.topic, true));
    }
    all
}

/// Notes something that is supported with each source that it cites.
fn support<'a>(
    all: &mut HashMap<&'a str, Supports>,
    citations: impl Iterator<Item = &'a Citation>,
    href: &str,
    (words, is_own): (&str, bool),
) {
    let ids: BTreeSet<&str> = citations.map(|it| it.source.get_ref().as_str()).collect();
    for id in ids {
        let of = all.entry(id).or_default();
        of.push((href.to_owned(), words.to_owned(), is_own));
    }
}
