//! The page behind the facts: background, scale, method, what isn't known, where sources differ,
//! what happened nationally, court cases, and every source.

use std::collections::{BTreeSet, HashMap};

use leptos::prelude::*;

use crate::dataset::model::{Citation, Dataset, Event};
use crate::dataset::pack::Finding;

use super::cite_this::CiteThis;
use super::colophon::Colophon;
use super::corrections::ReportError;
use super::dossier::HistoryEvent;
use super::long::path_in_site;
use super::maybe::{Part, any};
use super::page_head::PageHead;
use super::record::{CaseOf, Point, SourceEntry, Supports};
use super::spot::Spot;

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
    let questions = any(questions).map(|it| view! { <ul class="questions">{it}</ul> });
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
                    <SourceEntry source supports />
                </li>
            }
        })
        .collect();
    let sources = any(sources).map(|it| view! { <ul class="sources">{it}</ul> });
    let feed = spot.file("changes.atom");
    let feed = feed.map(|it| view! { ", also as a " <a href=it>"feed"</a> });
    let cite = (!spot.alone).then(|| {
        view! { <CiteThis dataset spot=whole part=String::new() id="" label="Cite these facts" of="" /> }
    });
    view! {
        <PageHead
            dataset
            title="Behind the facts"
            standfirst="What the facts are about, how they were collected and checked, where sources \
                        differ, and what isn’t known."
        >
            <a href="./changes.html">"What changed"</a>
            " · "
            <a href="./corrections.html">"Corrections"</a>
        </PageHead>
        <main class="record">
            <Colophon dataset findings spot />
            <section>
                <h2 id="errors">"How to report an error"</h2>
                <ReportError dataset />
                <p>
                    <a href="./changes.html">"What changed"</a>
                    {if dataset.about.finding.is_empty() {
                        ": each correction, by day"
                    } else {
                        ": each change of a finding, by day"
                    }}
                    {feed}
                    "."
                </p>
                {cite}
            </section>
            <Part id="questions" title="What isn’t known" body=questions />
            <Part id="national" title="What happened nationally" body=events />
            <Part id="cases" title="Court cases" body=any(cases) />
            <Part id="disagreements" title="Where sources differ" body=any(points) />
            <Part id="sources" title="Every source" body=sources />
        </main>
    }
}

/// What each source supports, by its id, in the whole dataset.
fn supports(dataset: &Dataset) -> HashMap<&str, Supports> {
    let mut all = HashMap::new();
    for background in &dataset.about.background {
        let citations = background.cite.iter();
        support(&mut all, citations, "#about", &background.label);
    }
    for subject in &dataset.subjects {
        let href = format!("./{}", path_in_site(dataset, subject, ""));
        support(&mut all, subject.citations(), &href, subject.name.get_ref());
    }
    let national = dataset.timeline.iter().flat_map(Event::citations);
    support(&mut all, national, "#national", "National events");
    for case in &dataset.cases {
        let citations = case.event.iter().flat_map(Event::citations);
        support(&mut all, citations, "#cases", &case.name);
    }
    for point in &dataset.disagreements {
        let href = format!("#{}", point.id.get_ref());
        let citations = point.position.iter().map(|it| &it.cite);
        support(&mut all, citations, &href, &point.topic);
    }
    all
}

/// Notes something that is supported with each source that it cites.
fn support<'a>(
    all: &mut HashMap<&'a str, Supports>,
    citations: impl Iterator<Item = &'a Citation>,
    href: &str,
    words: &str,
) {
    let ids: BTreeSet<&str> = citations.map(|it| it.source.get_ref().as_str()).collect();
    for id in ids {
        let of = all.entry(id).or_default();
        of.push((href.to_owned(), words.to_owned()));
    }
}
