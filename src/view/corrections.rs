//! What was published and had to be changed.

use leptos::prelude::*;

use crate::dataset::model::{Correction, Dataset};
use crate::language::{Word, Words};

use super::dossier::joined;
use super::long::path_in_site;
use super::page_head::PageHead;
use super::told::{Own, told};

/// Marks on what was corrected, each with the day and a link to what was wrong.
#[component]
pub fn Corrected<'a>(
    /// The words of the interface.
    words: Words,
    /// The corrections of one thing, in the order of their file.
    corrections: Vec<&'a Correction>,
    /// The way from the page's folder to the site's: `./` or `../`.
    up: &'static str,
) -> impl IntoView {
    newest_first(corrections)
        .into_iter()
        .map(|it| {
            let href = format!("{up}corrections.html#{}", it.id.get_ref());
            let day = view! { <time datetime=it.day().iso()>{it.day().long(words)}</time> };
            let said = told(words, Word::CorrectedOn, [day.into_any()]);
            view! {
                <p class="corrected">
                    <a href=href>{said}</a>
                </p>
            }
        })
        .collect::<Vec<_>>()
}

/// Corrections in the order readers look for them; those of one day stay in the order of the file.
pub fn newest_first(corrections: Vec<&Correction>) -> Vec<&Correction> {
    let mut corrections = corrections;
    corrections.sort_by_key(|it| std::cmp::Reverse(it.day()));
    corrections
}

/// The page of corrections.
#[component]
pub fn CorrectionsPage<'a>(
    /// The dataset.
    dataset: &'a Dataset,
) -> impl IntoView {
    let words = dataset.words();
    let corrections: Vec<_> = newest_first(dataset.corrections.iter().collect())
        .into_iter()
        .map(|correction| view! { <CorrectionEntry dataset correction /> })
        .collect();
    view! {
        <PageHead
            dataset
            title=words.text(Word::Corrections)
            standfirst=words.text(Word::CorrectionsStandfirst)
        >
            <a href="./changes.html">{words.text(Word::WhatChanged)}</a>
            " · "
            <a href="./about.html">{words.text(Word::BehindFacts)}</a>
        </PageHead>
        <main class="record">
            <section>
                {(!corrections.is_empty()).then(|| view! { <h2>{words.text(Word::NewestFirst)}</h2> })}
                {if corrections.is_empty() {
                    view! { <p>{words.text(Word::NothingCorrected)}</p> }.into_any()
                } else {
                    view! { <ol class="events">{corrections}</ol> }.into_any()
                }}
            </section>
            <section>
                <h2>{words.text(Word::HowReport)}</h2>
                <ReportError dataset />
            </section>
        </main>
    }
}

/// How to report an error, and what is done about it.
#[component]
pub fn ReportError<'a>(
    /// The dataset.
    dataset: &'a Dataset,
) -> impl IntoView {
    let words = dataset.words();
    let contact = dataset.about.contact.as_ref().map(toml::Spanned::get_ref);
    let whom = match contact {
        Some(href) => {
            let address = href.strip_prefix("mailto:").unwrap_or(href).to_owned();
            let link = view! { <a href=href.clone()>{address}</a> };
            told(words, Word::WriteTo, [link.into_any()]).into_any()
        }
        None => words.text(Word::WriteToPublisher).into_any(),
    };
    view! {
        <p>{told(words, Word::SayWhich, [whom])}</p>
        <p>{words.text(Word::WhatMarked)}</p>
    }
}

/// One correction: of what, what it said, what it says, and why.
#[component]
pub fn CorrectionEntry<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The correction.
    correction: &'a Correction,
) -> impl IntoView {
    let words = dataset.words();
    let Own { lang, dir } = Own::of(dataset);
    let (href, of) = target(dataset, correction);
    view! {
        <li class="event" id=correction.id.get_ref().clone()>
            <p class="event__when">
                <time datetime=correction.day().iso()>{correction.day().long(words)}</time>
                " · "
                {words.text(Word::Correction)}
            </p>
            <p>
                <a href=href>{of}</a>
            </p>
            <dl class="correction">
                <dt>{words.text(Word::ItSaid)}</dt>
                <dd lang=lang.clone() dir=dir>
                    {correction.said.clone()}
                </dd>
                <dt>{words.text(Word::ItSays)}</dt>
                <dd lang=lang.clone() dir=dir>
                    {correction.says.clone()}
                </dd>
                <dt>{words.text(Word::Why)}</dt>
                <dd lang=lang dir=dir>
                    {correction.why.clone()}
                </dd>
            </dl>
        </li>
    }
}

/// Where what was corrected stands, from the site's folder, and what it is called.
pub fn target(dataset: &Dataset, correction: &Correction) -> (String, String) {
    let event = correction.event.as_ref().map(toml::Spanned::get_ref);
    if let Some((event, subject)) = event.and_then(|it| dataset.event(it)) {
        let id = event.id.get_ref();
        let path = subject.map_or_else(
            || format!("about.html#{id}"),
            |it| path_in_site(dataset, it, id),
        );
        let whose = subject.map_or("", |it| it.name.get_ref().as_str());
        let words = dataset.words();
        let day = event.date.get_ref().long(words);
        let said = joined(words.text(Word::Comma), [whose, &day]);
        return (format!("./{path}"), said);
    }
    let id = correction.subject.as_ref().map(toml::Spanned::get_ref);
    let subject = dataset.subjects.iter().find(|it| Some(&it.id) == id);
    subject.map_or_else(
        || ("./index.html".to_owned(), dataset.about.title.clone()),
        |it| {
            (
                format!("./{}", path_in_site(dataset, it, "")),
                it.name.get_ref().clone(),
            )
        },
    )
}
