//! The foot of the page: what the facts are about, what the findings mean, how they were made.

use leptos::prelude::*;

use crate::dataset::model::{Dataset, Licence};

use super::dossier::Citations;
use super::mark::Mark;
use super::maybe::{Paragraph, any};
use super::spot::Spot;

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
    let background: Vec<_> = about
        .background
        .iter()
        .map(|it| {
            view! {
                <h3>{it.label.clone()}</h3>
                <p>{it.text.clone()}</p>
                <Citations dataset citations=it.cite.iter().collect() archived_by=None />
            }
        })
        .collect();
    let scale: Vec<_> = findings
        .into_iter()
        .zip(&about.finding)
        .filter(|it| !it.1.definition.is_empty())
        .map(|(it, own)| {
            view! {
                <div data-tone=it.tone()>
                    <dt><Mark finding=Some(it) /> {it.label()}</dt>
                    <dd>{own.definition.clone()}</dd>
                </div>
            }
        })
        .collect();
    let credits: Vec<_> = about
        .credit
        .iter()
        .map(|it| {
            let url = it.url.as_ref().map(|it| it.get_ref().clone());
            view! { <p><a href=url>{it.text.clone()}</a></p> }
        })
        .collect();
    let licence = &about.licence;
    let files = spot
        .file("data/dataset.csv")
        .zip(spot.file("data/dataset.json"));
    let files = files.map(|(csv, json)| {
        let file = (!spot.alone).then(|| {
            view! { "; this site as " <a href="./standalone.html">"one file to keep"</a> }
        });
        view! {
            <p>
                <a href=csv>"CSV"</a>
                " and "
                <a href=json>"JSON"</a>
                " of everything"
                {file}
            </p>
        }
    });
    let data = data_licence(licence).map(|it| view! { "Data: " {it} "." });
    let code = Some(licence.code.clone()).filter(|it| !it.is_empty());
    let gap = (data.is_some() && code.is_some()).then_some(" ");
    let code = code.map(|it| view! { "Code: " {it} "." });
    let terms = (data.is_some() || code.is_some()).then(|| view! { <p>{data} {gap} {code}</p> });
    let method = &about.method;
    let is_said = [&method.collected, &method.checked, &method.as_of]
        .iter()
        .any(|it| !it.is_empty());
    let method = view! {
        <h3>{if is_said { "How they were collected and checked" } else { "The data" }}</h3>
        <Paragraph text=method.collected.clone() />
        <Paragraph text=method.checked.clone() />
        <Paragraph text=method.as_of.clone() />
    };
    let background = any(background).map(|it| view! { <section>{it}</section> });
    let scale = any(scale).map(|it| {
        view! {
            <section>
                <h3>"What the findings mean"</h3>
                <dl class="scale">{it}</dl>
            </section>
        }
    });
    view! {
        <h2 id="about">"About these facts"</h2>
        <div class="colophon__columns">
            {background} {scale} <section>{method} {files} {credits} {terms}</section>
        </div>
    }
}

/// Under what terms the data may be used, with the link to them where there is one; none where it isn't
/// said.
pub fn data_licence(licence: &Licence) -> Option<impl IntoView + use<>> {
    let words = Some(licence.data.clone()).filter(|it| !it.is_empty())?;
    Some(match &licence.data_url {
        Some(url) => view! { <a href=url.get_ref().clone()>{words}</a> }.into_any(),
        None => words.into_any(),
    })
}
