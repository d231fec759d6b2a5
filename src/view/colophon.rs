//! The foot of the page: what the facts are about, what the findings mean, how they were made.

use leptos::prelude::*;

use crate::dataset::model::Dataset;
use crate::language::Word;

use super::dossier::Citations;
use super::mark::Mark;
use super::maybe::{Paragraph, any};
use super::spot::Spot;
use super::told::{Own, told};

/// Background, scale, method, credits and licence.
#[component]
pub fn Colophon<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The findings, for their marks.
    findings: Vec<crate::dataset::pack::Finding>,
    /// The page.
    spot: Spot<'a>,
) -> impl IntoView {
    let about = &dataset.about;
    let words = dataset.words();
    let own = Own::of(dataset);
    let Own { lang, dir } = own.clone();
    let background: Vec<_> = about
        .background
        .iter()
        .map(|it| {
            view! {
                <h3 lang=lang.clone() dir=dir>
                    {it.label.clone()}
                </h3>
                <p lang=lang.clone() dir=dir>
                    {it.text.clone()}
                </p>
                <Citations dataset citations=it.cite.get_ref().iter().collect() archived_by=None />
            }
        })
        .collect();
    let scale: Vec<_> = findings
        .into_iter()
        .zip(&about.finding)
        .filter(|it| !it.1.definition.is_empty())
        .map(|(it, said)| {
            view! {
                <div data-tone=it.tone() lang=lang.clone() dir=dir>
                    <dt><Mark finding=Some(it) /> {it.label()}</dt>
                    <dd>{said.definition.clone()}</dd>
                </div>
            }
        })
        .collect();
    let credits: Vec<_> = about
        .credit
        .iter()
        .map(|it| {
            let url = it.url.as_ref().map(|it| it.get_ref().clone());
            view! {
                <p>
                    <a href=url lang=lang.clone() dir=dir>
                        {it.text.clone()}
                    </a>
                </p>
            }
        })
        .collect();
    let licence = &about.licence;
    let files = spot
        .file("data/dataset.csv")
        .zip(spot.file("data/dataset.json"));
    let files = files.map(|(csv, json)| {
        let csv = view! { <a href=csv>"CSV"</a> }.into_any();
        let json = view! { <a href=json>"JSON"</a> }.into_any();
        let files = if spot.alone {
            told(words, Word::FilesOfAll, [csv, json])
        } else {
            let name = words.text(Word::OneFile);
            let file = view! { <a href="./standalone.html">{name}</a> };
            told(words, Word::FilesAndSite, [csv, json, file.into_any()])
        };
        let explained = spot.file("data/README.txt");
        let explained = explained.map(|it| {
            view! { " · " <a href=it>{words.text(Word::WhatIsInThem)}</a> }
        });
        view! { <p>{files} {explained}</p> }
    });
    let data = data_licence(dataset).map(|it| {
        view! { {told(words, Word::DataUnder, [it.into_any()])} "." }
    });
    let code = Some(licence.code.clone()).filter(|it| !it.is_empty());
    let gap = (data.is_some() && code.is_some()).then_some(" ");
    let code = code.map(|it| view! { {told(words, Word::CodeUnder, [own.said(it)])} "." });
    let terms = (data.is_some() || code.is_some()).then(|| view! { <p>{data} {gap} {code}</p> });
    let method = &about.method;
    let is_said = [&method.collected, &method.checked, &method.as_of]
        .iter()
        .any(|it| !it.is_empty());
    let method = view! {
        <h3>{words.text(if is_said { Word::HowCollected } else { Word::TheData })}</h3>
        <Paragraph text=method.collected.clone() own=own.clone() />
        <Paragraph text=method.checked.clone() own=own.clone() />
        <Paragraph text=method.as_of.clone() own=own.clone() />
    };
    let background = any(background).map(|it| view! { <section>{it}</section> });
    let scale = any(scale).map(|it| {
        view! {
            <section>
                <h3>{words.text(Word::WhatMean)}</h3>
                <dl class="scale">{it}</dl>
            </section>
        }
    });
    view! {
        <h2 id="about">{words.text(Word::AboutFacts)}</h2>
        <div class="colophon__columns">
            {background} {scale} <section>{method} {files} {credits} {terms}</section>
        </div>
    }
}

/// Under what terms the data may be used, with the link to them where there is one; none where it isn't
/// said.
pub fn data_licence(dataset: &Dataset) -> Option<impl IntoView + use<>> {
    let licence = &dataset.about.licence;
    let own = Own::of(dataset);
    let words = Some(licence.data.clone()).filter(|it| !it.is_empty())?;
    Some(match &licence.data_url {
        Some(url) => view! { <a href=url.get_ref().clone()>{own.said(words)}</a> }.into_any(),
        None => own.said(words),
    })
}
