//! The foot of the page: what the facts are about, what the findings mean, how they were made.

use leptos::prelude::*;

use crate::dataset::model::Dataset;

use super::dossier::Citations;
use super::mark::Mark;
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
    view! {
        <h2 id="about">"About these facts"</h2>
        <div class="colophon__columns">
            <section>{background}</section>
            <section>
                <h3>"What the findings mean"</h3>
                <dl class="scale">{scale}</dl>
            </section>
            <section>
                <h3>"How they were collected and checked"</h3>
                <p>{about.method.collected.clone()}</p>
                <p>{about.method.checked.clone()}</p>
                <p>{about.method.as_of.clone()}</p>
                {files}
                {credits}
                <p>
                    "Data: "
                    <a href=licence.data_url.as_ref().map(|it| it.get_ref().clone())>
                        {licence.data.clone()}
                    </a> ". Code: " {licence.code.clone()} "."
                </p>
            </section>
        </div>
    }
}
