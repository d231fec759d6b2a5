//! A subject's whole record, as a page of its own that needs no script.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::dataset::date::Date;
use crate::dataset::model::{
    Case, Citation, Dataset, Disagreement, Event, FacetType, Money, Source, Subject,
};
use crate::dataset::pack::{self, Pack};
use crate::dataset::passage::archived;
use crate::dataset::telling::{by_day, place};
use crate::language::Word;
use crate::query::compare::values;

use super::cite_this::CiteThis;
use super::dossier::{Citations, History, HistoryEvent, found, joined, quoted, says_something};
use super::mark::Mark;
use super::maybe::{Paragraph, Part};
use super::moment::Moment;
use super::spot::Spot;
use super::told::{Own, told};

/// Everything that the dataset has on a subject. Links lead to the other pages of the site, one
/// folder up.
#[component]
pub fn Record<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The same, packed.
    pack: Pack,
    /// The subject.
    subject: &'a Subject,
    /// The same, packed.
    #[prop(optional_no_strip)]
    packed: Option<pack::Subject>,
    /// The page.
    spot: Spot<'a>,
    /// The subjects before and after this one, by name.
    beside: [Option<&'a Subject>; 2],
) -> impl IntoView {
    let words = dataset.words();
    let own = Own::of(dataset);
    let Own { lang, dir } = own.clone();
    // Without a day the explorer opens at one on which the card is there.
    let explorer = format!("../index.html#open={}", subject.id);
    // Before this day it isn't.
    let since = packed.and_then(|it| it.since(it.steps().next()?.day()));
    let since = since.map(Date::iso);
    let statements: Vec<&Event> = by_day(subject)
        .into_iter()
        .filter(|it| it.quote.is_some())
        .collect();
    let statements = (!statements.is_empty()).then(|| view! { <Statements dataset statements /> });
    let policies: Vec<_> = subject
        .policies
        .iter()
        .map(|it| view! { <li>{it.clone()}</li> })
        .collect();
    let policies = (!policies.is_empty()).then(|| {
        view! {
            <ul class="questions" lang=lang.clone() dir=dir>
                {policies}
            </ul>
        }
    });
    let name = subject.name.get_ref().clone();
    let facts = facts(dataset, subject, packed);
    let facts = (!facts.is_empty()).then(|| view! { <Facts facts own=own.clone() /> });
    let title_of_history = words.text(if dataset.is_dated() {
        Word::History
    } else {
        Word::Record
    });
    let history = subject.event.iter().any(says_something) || subject.note.is_some();
    let history = history.then(|| view! { <History dataset subject spot as_of=None /> });
    view! {
        <header class="masthead">
            <p class="masthead__kicker">
                <a href=explorer data-since=since lang=lang.clone() dir=dir>
                    {dataset.about.title.clone()}
                </a>
            </p>
            <h1 lang=lang dir=dir>{subject.full_name.clone().unwrap_or_else(|| name.clone())}</h1>
            <Paragraph text=place(dataset, subject) class="masthead__dateline" own=own.clone() />
            {subject
                .outcome
                .clone()
                .map(|it| {
                    let said = told(words, Word::AtEnd, [own.said(it)]);
                    view! { <p class="masthead__standfirst">{said}</p> }
                })}
        </header>
        <main class="record">
            {pack.has_findings().then(|| view! { <Standing dataset pack packed /> })}
            <Part id="facts" title=words.text(Word::Facts) body=facts />
            <Part id="history" title=title_of_history body=history />
            <Part id="statements" title=words.text(Word::Statements) body=statements />
            <Part id="policies" title=words.text(Word::LawsNamed) body=policies />
            <Rest dataset subject spot />
            <section>
                <h2 id="cite">{words.text(Word::ThisRecord)}</h2>
                <CiteThis
                    dataset
                    spot
                    part=name.clone()
                    id=""
                    label=words.text(Word::CiteRecord)
                    of=name
                    on_paper=true
                />
                <p>
                    <a href="../changes.html">{words.text(Word::WhatChanged)}</a>
                    " · "
                    <a href="../corrections.html">{words.text(Word::Corrections)}</a>
                    " · "
                    <a href="../about.html#errors">{words.text(Word::ReportError)}</a>
                </p>
            </section>
        </main>
        <Neighbours dataset beside />
    }
}

/// What a record has beyond its history, and what an open card brings from it: money, court cases,
/// where sources differ, and its sources.
#[component]
pub fn Rest<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The subject.
    subject: &'a Subject,
    /// The page.
    spot: Spot<'a>,
) -> impl IntoView {
    let words = dataset.words();
    let is_of = |ids: &[toml::Spanned<String>]| ids.iter().any(|it| *it.get_ref() == subject.id);
    let figures =
        (!subject.money.is_empty()).then(|| view! { <Figures dataset figures=&subject.money /> });
    let cases = dataset.cases.iter().filter(|it| is_of(&it.subjects));
    let cases: Vec<_> = cases
        .map(|case| view! { <CaseOf dataset case spot /> })
        .collect();
    let points = dataset
        .disagreements
        .iter()
        .filter(|it| is_of(&it.subjects));
    let points: Vec<_> = points
        .map(|point| view! { <Point dataset point /> })
        .collect();
    let sources = subject.citations().next().is_some() || !cases.is_empty() || !points.is_empty();
    let sources = sources.then(|| view! { <SourceList dataset subject /> });
    view! {
        <Part id="money" title=words.text(Word::Money) body=figures />
        <Part id="cases" title=words.text(Word::CourtCases) body=(!cases.is_empty()).then_some(cases) />
        <Part
            id="disagreements"
            title=words.text(Word::WhereDiffer)
            body=(!points.is_empty()).then_some(points)
        />
        <Part id="sources" title=words.text(Word::Sources) body=sources />
    }
}

/// The further facts of a subject and what it has of each facet, in the dataset's order: label and
/// words.
fn facts(
    dataset: &Dataset,
    subject: &Subject,
    packed: Option<pack::Subject>,
) -> Vec<(String, String)> {
    let about = &dataset.about;
    let fields = about.field.iter().filter_map(|field| {
        let is_of = |it: &(&toml::Spanned<String>, _)| it.0.get_ref() == field.id.get_ref();
        let said = subject.fields.iter().find(is_of)?.1.get_ref();
        Some((field.label.clone(), said.clone()))
    });
    let mut facts: Vec<(String, String)> = fields.collect();
    // With findings, the place says the first.
    let is_said = !about.finding.is_empty() && dataset.facet_of_place().is_some();
    if let Some(packed) = packed {
        let all = packed.pack().facets().zip(&about.facet);
        for (facet, of) in all.skip(usize::from(is_said)) {
            // A field says the number or the day itself.
            let is_range = matches!(of.kind, FacetType::Number | FacetType::Date);
            let is_field = is_range && facts.iter().any(|it| it.0 == of.label);
            let values = values(facet, packed);
            if !is_field && !values.is_empty() {
                facts.push((of.label.clone(), values));
            }
        }
    }
    facts
}

/// Facts, each with its label.
#[component]
fn Facts(
    /// Label and words.
    facts: Vec<(String, String)>,
    /// The language of both.
    own: Own,
) -> impl IntoView {
    let Own { lang, dir } = own;
    let rows: Vec<_> = facts
        .into_iter()
        .map(|(label, words)| {
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd>{words}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <dl class="scale" lang=lang dir=dir>
            {rows}
        </dl>
    }
}

/// What was found, and when.
#[component]
fn Standing<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The packed dataset.
    pack: Pack,
    /// The subject.
    #[prop(optional_no_strip)]
    packed: Option<pack::Subject>,
) -> impl IntoView {
    let words = dataset.words();
    let own = Own::of(dataset);
    let Own { lang, dir } = own.clone();
    let time = |day: Date| view! { <time datetime=day.iso()>{day.long(words)}</time> }.into_any();
    let on = |day: Date| {
        let step = packed.and_then(|it| it.step_on(day));
        let label = step.map_or_else(
            || words.text(Word::NoFindingStill).into_any(),
            |it| own.said(it.finding().label()),
        );
        view! { <strong>{label}</strong> }.into_any()
    };
    let since = packed.and_then(|it| it.since(pack.last_day()));
    let since = since.map(|it| told(words, Word::SinceDay, [time(it)]));
    let snapshots: Vec<_> = pack
        .snapshots()
        .filter(|it| it.day() != pack.last_day())
        .map(|it| {
            let day = it.day();
            let with = [time(day), own.said(it.label()), on(day)];
            told(words, Word::OnSnapshot, with)
        })
        .collect();
    let last = pack.last_day();
    let title = found(words, pack.found_by());
    let mut found: Vec<pack::Step> = packed.into_iter().flat_map(pack::Subject::steps).collect();
    found.dedup_by_key(|it| it.finding());
    let rows: Vec<_> = found
        .into_iter()
        .map(|it| {
            let finding = it.finding();
            view! {
                <div data-tone=finding.tone()>
                    <dt lang=lang.clone() dir=dir>
                        <Mark finding=Some(finding) />
                        {finding.label()}
                    </dt>
                    {(it.day() != Date::default())
                        .then(|| view! { <dd>{told(words, Word::SinceThen, [time(it.day())])}</dd> })}
                </div>
            }
        })
        .collect();
    view! {
        <section>
            <h2 id="findings">{title}</h2>
            <p class="standing">
                {if pack.is_dated() {
                    told(words, Word::LatestAsOf, [time(last), on(last)]).into_any()
                } else {
                    on(last)
                }}
                {since}
                {snapshots}
                "."
            </p>
            <dl class="scale scale--steps">{rows}</dl>
        </section>
    }
}

/// Who said what, when.
#[component]
fn Statements<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The events that have a quote.
    statements: Vec<&'a Event>,
) -> impl IntoView {
    let words = dataset.words();
    let Own { lang, dir } = Own::of(dataset);
    let rows: Vec<_> = statements
        .into_iter()
        .filter_map(|event| Some((event, event.quote.as_ref()?.get_ref())))
        .map(|(event, quote)| {
            let anchor = format!("#{}", event.id.get_ref());
            view! {
                <li class="event">
                    <p class="event__when">
                        <a href=anchor>
                            <Moment date=event.date.get_ref().clone() words />
                        </a>
                    </p>
                    <blockquote lang=lang.clone() dir=dir>
                        <p>{quoted(dataset, &quote.text)}</p>
                        <footer>{quote.speaker.clone()}</footer>
                    </blockquote>
                    <Citations
                        dataset
                        citations=event.citations_of_quote().collect()
                        archived_by=Some(event.date.get_ref().to_string())
                    />
                </li>
            }
        })
        .collect();
    view! { <ol class="events">{rows}</ol> }
}

/// Reported figures side by side.
#[component]
fn Figures<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The figures.
    figures: &'a [Money],
) -> impl IntoView {
    let words = dataset.words();
    let Own { lang, dir } = Own::of(dataset);
    let rows: Vec<_> = figures
        .iter()
        .map(|it| {
            let year = it.fiscal_year.map_or_else(|| words.text(Word::NotStated).to_owned(), |it| it.to_string());
            view! {
                <tr>
                    <td>{year}</td>
                    <td lang=lang.clone() dir=dir>
                        {it.amount.clone()}
                    </td>
                    <td>
                        {it
                            .note
                            .clone()
                            .map(|it| {
                                view! {
                                    <p class="event__note" lang=lang.clone() dir=dir>
                                        {it}
                                    </p>
                                }
                            })}
                        <Citations dataset citations=it.cite.get_ref().iter().collect() archived_by=Some(String::new()) />
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="figures">
            <thead>
                <tr>
                    <th scope="col">{words.text(Word::FiscalYear)}</th>
                    <th scope="col">{words.text(Word::Amount)}</th>
                    <th scope="col">{words.text(Word::ReportedBy)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// A court case, with its rulings.
#[component]
pub fn CaseOf<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The case.
    case: &'a Case,
    /// The page.
    spot: Spot<'a>,
) -> impl IntoView {
    let events: Vec<_> = case
        .event
        .iter()
        .map(|event| view! { <HistoryEvent dataset event spot with_quote=true /> })
        .collect();
    let words = dataset.words();
    let own = Own::of(dataset);
    let Own { lang, dir } = own.clone();
    let reported = case.reported.join(words.text(Word::Semicolon));
    let place = [case.court.as_str(), case.docket.as_str(), reported.as_str()]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <h3 lang=lang dir=dir>
            {case.name.clone()}
        </h3>
        <p class="event__note" lang=own.lang.clone() dir=dir>
            {place}
        </p>
        <Paragraph text=case.question.clone() own=own.clone() />
        <p>
            <strong>{words.text(Word::Outcome)} " "</strong>
            {own.said(case.outcome.clone())}
        </p>
        <Paragraph text=case.note.clone().unwrap_or_default() class="event__note" own=own.clone() />
        <ol class="events">{events}</ol>
    }
}

/// A point on which sources differ: each position, and what is shown here and why.
#[component]
pub fn Point<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The point.
    point: &'a Disagreement,
) -> impl IntoView {
    let words = dataset.words();
    let own = Own::of(dataset);
    let Own { lang, dir } = own.clone();
    let positions: Vec<_> = point
        .position
        .iter()
        .map(|it| {
            view! {
                <li>
                    <Paragraph text=it.claim.clone() own=own.clone() />
                    <Citations dataset citations=vec![&it.cite] archived_by=Some(String::new()) />
                </li>
            }
        })
        .collect();
    view! {
        <h3 id=point.id.get_ref().clone() lang=lang dir=dir>
            {point.topic.clone()}
        </h3>
        <ul class="positions">{positions}</ul>
        <p>
            <strong>{words.text(Word::ShownHere)} " "</strong>
            {own.said(point.shown.clone())}
        </p>
    }
}

/// A source in full: publisher, title, date, what it is, its archived copy, and what it supports.
#[component]
pub fn SourceEntry<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The source.
    source: &'a Source,
    /// What it supports.
    supports: Supports,
) -> impl IntoView {
    let words = dataset.words();
    let own = Own::of(dataset);
    let Own { lang, dir } = own.clone();
    let n = supports.len();
    let supports: Vec<_> = supports
        .into_iter()
        .enumerate()
        .map(|(at, (href, said, is_own))| {
            let said = if is_own {
                own.said(said)
            } else {
                said.into_any()
            };
            view! {
                <a href=href>{said}</a>
                {if at + 1 < n { words.text(Word::Semicolon) } else { "." }}
            }
        })
        .collect();
    let date = source.date.as_ref().map(toml::Spanned::get_ref);
    let caution = source
        .caution
        .as_ref()
        .map(|it| match it.get_ref().as_str() {
            "advocacy" => Word::Advocacy,
            "partisan" => Word::Partisan,
            _ => Word::SecondHand,
        });
    let caution = caution.map(|it| view! { " " {words.text(it)} });
    let archive = archived(
        source.url.get_ref(),
        &date.map(ToString::to_string).unwrap_or_default(),
    );
    view! {
        {own.said(source.publisher.clone())}
        ". "
        <a href=source.url.get_ref().clone() lang=lang dir=dir>
            {source.title.clone()}
        </a>
        {date.map(|it| [words.text(Word::Comma), &it.long(words)].concat())}
        ". "
        <a class="archived" href=archive>
            {words.text(Word::ArchivedCopy)}
        </a>
        "."
        {caution}
        {source.note.clone().map(|it| view! { " " {own.said(it)} })}
        {(n > 0)
            .then(|| {
                let supports = told(words, Word::Supports, [supports.into_any()]);
                view! { <span class="supports">" " {supports}</span> }
            })}
    }
}

/// What a source supports: where each thing stands, what it is called, and whether that is in the dataset's own
/// words; each once.
pub type Supports = Vec<(String, String, bool)>;

/// The sources of a subject's record, each with what it supports there.
#[component]
fn SourceList<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The subject.
    subject: &'a Subject,
) -> impl IntoView {
    let is_of = |ids: &[toml::Spanned<String>]| ids.iter().any(|it| *it.get_ref() == subject.id);
    let words = dataset.words();
    let name = subject.name.get_ref();
    let mut supports: BTreeMap<&str, Supports> = BTreeMap::new();
    let mut add = |citation: &'a Citation, href: &str, (words, is_own): (&str, bool)| {
        let of = supports.entry(citation.source.get_ref()).or_default();
        let entry = (href.to_owned(), words.to_owned(), is_own);
        if !of.contains(&entry) {
            of.push(entry);
        }
    };
    for event in by_day(subject) {
        let day = event.date.get_ref().long(words);
        let said = joined(words.text(Word::Comma), [dataset.kind(event), &day]);
        let said = if said.is_empty() {
            (name.as_str(), true)
        } else {
            (said.as_str(), false)
        };
        for citation in event.citations() {
            add(citation, &format!("#{}", event.id.get_ref()), said);
        }
    }
    for citation in subject.money.iter().flat_map(|it| it.cite.get_ref()) {
        add(citation, "#money", (words.text(Word::Money), false));
    }
    for case in dataset.cases.iter().filter(|it| is_of(&it.subjects)) {
        for citation in case.event.iter().flat_map(Event::citations) {
            add(citation, "#cases", (&case.name, true));
        }
    }
    for point in dataset
        .disagreements
        .iter()
        .filter(|it| is_of(&it.subjects))
    {
        for position in &point.position {
            add(
                &position.cite,
                &format!("#{}", point.id.get_ref()),
                (&point.topic, true),
            );
        }
    }
    // The number on the card is that of the subject's own sources.
    let own: Vec<&str> = subject
        .citations()
        .map(|it| it.source.get_ref().as_str())
        .collect();
    let (own, besides): (Vec<_>, Vec<_>) = supports
        .into_iter()
        .filter_map(|(id, supports)| Some((dataset.source(id)?, supports)))
        .partition(|it| own.contains(&it.0.id.get_ref().as_str()));
    let list = |sources: Vec<(&'a Source, Supports)>| -> Vec<_> {
        let entry = |(source, supports)| view! { <li><SourceEntry dataset source supports /></li> };
        sources.into_iter().map(entry).collect()
    };
    let besides = (!besides.is_empty()).then(|| {
        view! {
            <h3>{words.text(Word::Besides)}</h3>
            <ul class="sources sources--besides">{list(besides)}</ul>
        }
    });
    view! {
        <ul class="sources">{list(own)}</ul>
        {besides}
    }
}

/// The subjects before and after this one, by name, and the way back.
#[component]
fn Neighbours<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The subjects before and after.
    beside: [Option<&'a Subject>; 2],
) -> impl IntoView {
    let words = dataset.words();
    let own = Own::of(dataset);
    let link = |subject: Option<&Subject>, rel: &'static str, word: Word| {
        subject.map(|it| {
            let href = format!("{}.html", it.id);
            let said = told(words, word, [own.said(it.name.get_ref())]);
            view! {
                <a rel=rel href=href>
                    {said}
                </a>
            }
        })
    };
    let [before, after] = beside;
    view! {
        <nav class="neighbours" aria-label=words.text(Word::Records)>
            {link(before, "prev", Word::Before)}
            <a href="../index.html">{told(words, Word::AllOf, [own.said(dataset.about.noun.many.as_str())])}</a>
            {link(after, "next", Word::Next)}
        </nav>
    }
}
