//! What changed, day by day.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::dataset::changes::{Change, changes};
use crate::dataset::date::Date;
use crate::dataset::model::{self, Dataset};
use crate::dataset::numbers::count;
use crate::dataset::pack::Pack;
use crate::language::Word;

use super::corrections::{Corrected, CorrectionEntry};
use super::dossier::Citations;
use super::long::path_in_site;
use super::mark::Mark;
use super::maybe::Paragraph;
use super::page_head::PageHead;
use super::spot::Spot;
use super::told::{Own, told};

/// The most changes of findings that the page has, the newest.
pub const MOST: usize = 1000;

/// The page of changes: each change of a finding, and each correction.
#[component]
pub fn ChangesPage<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The same, packed, for the findings' marks.
    pack: Pack,
    /// The page.
    spot: Spot<'a>,
) -> impl IntoView {
    let words = dataset.words();
    let feed = spot.file("changes.atom");
    let feed = feed.map(|it| view! { <a href=it>{words.text(Word::Feed)}</a> " · " });
    let mut changes = changes(dataset);
    let n = changes.len();
    changes.drain(..n.saturating_sub(MOST));
    let older = (n > MOST).then(|| {
        let newest = [&*MOST.to_string(), &*count(words, n)];
        view! { <p>{words.fill(Word::NewestChanges, &newest)}</p> }
    });
    let mut of_days: HashMap<Date, Vec<Change>> = HashMap::new();
    for change in &changes {
        of_days.entry(change.day).or_default().push(*change);
    }
    let days = changes.iter().map(|it| it.day);
    let corrected = dataset.corrections.iter().map(model::Correction::day);
    let mut days: Vec<Date> = days.chain(corrected).collect();
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    let days: Vec<_> = days
        .into_iter()
        .map(|day| {
            let of_day = |it: &&model::Correction| it.day() == day;
            let corrections: Vec<_> = dataset
                .corrections
                .iter()
                .filter(of_day)
                .map(|correction| view! { <CorrectionEntry dataset correction /> })
                .collect();
            let changes: Vec<_> = of_days
                .remove(&day)
                .into_iter()
                .flatten()
                .map(|change| view! { <ChangeEntry dataset pack change /> })
                .collect();
            view! {
                <section>
                    <h2>
                        <time datetime=day.iso()>{day.long(words)}</time>
                    </h2>
                    <ol class="events">{corrections} {changes}</ol>
                </section>
            }
        })
        .collect();
    view! {
        <PageHead
            dataset
            title=words.text(Word::WhatChanged)
            standfirst=words.text(if dataset.about.finding.is_empty() {
                Word::ChangesStandfirstBare
            } else {
                Word::ChangesStandfirst
            })
        >
            {feed}
            <a href="./corrections.html">{words.text(Word::Corrections)}</a>
            " · "
            <a href="./about.html">{words.text(Word::BehindFacts)}</a>
        </PageHead>
        <main class="record">
            {if days.is_empty() {
                view! { <p>{words.text(Word::NothingChanged)}</p> }.into_any()
            } else {
                days.into_any()
            }} {older}
        </main>
    }
}

/// One change of a finding.
#[component]
fn ChangeEntry<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The same, packed.
    pack: Pack,
    /// The change.
    change: Change<'a>,
) -> impl IntoView {
    let event = change.event;
    let words = dataset.words();
    let own = Own::of(dataset);
    let Own { lang, dir } = own.clone();
    let id = event.id.get_ref();
    let href = format!("./{}", path_in_site(dataset, change.subject, id));
    let of_data = lang.clone();
    let named = move |it: &model::Finding| {
        let lang = of_data.clone();
        let finding = pack.findings().find(|known| known.id() == it.id.get_ref());
        view! {
            <strong
                class="event__finding"
                data-tone=it.tone.get_ref().clone()
                lang=lang
                dir=dir
            >
                <Mark finding />
                {it.label.clone()}
            </strong>
        }
    };
    let change_words = match change.before {
        Some(before) => {
            let both = [named(before).into_any(), named(change.after).into_any()];
            told(words, Word::FoundAnew, both)
        }
        None => told(words, Word::FirstFinding, [named(change.after).into_any()]),
    };
    let corrections = dataset.corrections.iter();
    let corrections = corrections.filter(|it| it.is_of_event(id)).collect();
    view! {
        <li class="event" data-event=id.clone()>
            <p class="event__when">
                <a href=href lang=lang dir=dir>
                    {change.subject.name.get_ref().clone()}
                </a>
            </p>
            <p class="change">{change_words}</p>
            <Paragraph text=event.summary.clone() own=own.clone() />
            <Paragraph text=event.qualification.as_ref().map_or("", |it| &it.text) own=own />
            <Corrected words corrections up="./" />
            <Citations
                dataset
                citations=event.citations().collect()
                archived_by=Some(event.date.get_ref().to_string())
            />
        </li>
    }
}
