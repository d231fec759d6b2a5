//! The page behind the facts: background, scale, method, what isn't known, where sources differ,
//! what happened nationally, court cases, and every source.

use leptos::prelude::*;

use crate::dataset::model::{Citation, Dataset, Event};
use crate::dataset::pack::Finding;

use super::cite_this::CiteThis;
use super::colophon::Colophon;
use super::corrections::ReportError;
use super::dossier::HistoryEvent;
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
    let sources: Vec<_> = dataset
        .sources
        .iter()
        .filter(|it| !it.is_of_row)
        .map(|source| {
            let supports = supports(dataset, source.id.get_ref());
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
                    ": each change of a finding, by day"
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

/// What a source supports, in the whole dataset.
fn supports(dataset: &Dataset, id: &str) -> Supports {
    let cites = |citation: &Citation| citation.source.get_ref() == id;
    let background = dataset.about.background.iter();
    let background = background
        .filter(|it| it.cite.iter().any(cites))
        .map(|it| ("#about".to_owned(), it.label.clone()));
    let subjects = dataset.subjects.iter();
    let subjects = subjects.filter(|it| it.citations().any(cites)).map(|it| {
        (
            format!("./subject/{}.html", it.id),
            it.name.get_ref().clone(),
        )
    });
    let national = dataset
        .timeline
        .iter()
        .flat_map(Event::citations)
        .any(cites);
    let national = national.then(|| ("#national".to_owned(), "National events".to_owned()));
    let cases = dataset.cases.iter();
    let cases = cases
        .filter(|it| it.event.iter().flat_map(Event::citations).any(cites))
        .map(|it| ("#cases".to_owned(), it.name.clone()));
    let points = dataset.disagreements.iter();
    let points = points
        .filter(|it| it.position.iter().any(|it| cites(&it.cite)))
        .map(|it| (format!("#{}", it.id.get_ref()), it.topic.clone()));
    let all = background.chain(subjects).chain(national);
    all.chain(cases).chain(points).collect()
}
