//! What was published and had to be changed.

use leptos::prelude::*;

use crate::dataset::model::{Correction, Dataset};

use super::long::path_in_site;
use super::page_head::PageHead;

/// Marks on what was corrected, each with the day and a link to what was wrong.
#[component]
pub fn Corrected<'a>(
    /// The corrections of one thing, in the order of their file.
    corrections: Vec<&'a Correction>,
    /// The way from the page's folder to the site's: `./` or `../`.
    up: &'static str,
) -> impl IntoView {
    newest_first(corrections)
        .into_iter()
        .map(|it| {
            let href = format!("{up}corrections.html#{}", it.id.get_ref());
            view! {
                <p class="corrected">
                    <a href=href>
                        "Corrected " <time datetime=it.day().iso()>{it.day().long()}</time>
                    </a>
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
    let corrections: Vec<_> = newest_first(dataset.corrections.iter().collect())
        .into_iter()
        .map(|correction| view! { <CorrectionEntry dataset correction /> })
        .collect();
    view! {
        <PageHead
            dataset
            title="Corrections"
            standfirst="What was published here and had to be changed: what it said, what it says, and why."
        >
            <a href="./changes.html">"What changed"</a>
            " · "
            <a href="./about.html">"Behind the facts"</a>
        </PageHead>
        <main class="record">
            <section>
                {(!corrections.is_empty()).then(|| view! { <h2>"Newest first"</h2> })}
                {if corrections.is_empty() {
                    view! { <p>"Nothing has been corrected since publication."</p> }.into_any()
                } else {
                    view! { <ol class="events">{corrections}</ol> }.into_any()
                }}
            </section>
            <section>
                <h2>"How to report an error"</h2>
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
    let contact = dataset.about.contact.as_ref().map(toml::Spanned::get_ref);
    let whom = match contact {
        Some(href) => {
            let words = href.strip_prefix("mailto:").unwrap_or(href).to_owned();
            view! {
                "Write to "
                <a href=href.clone()>{words}</a>
                "."
            }
            .into_any()
        }
        None => "Write to whoever publishes this page.".into_any(),
    };
    view! {
        <p>
            "Say which fact is wrong, with its link (the # beside its date on the record’s page), and "
            "name a source that shows what is right. " {whom}
        </p>
        <p>
            "What had to be changed is marked where it stands; the page of corrections keeps what it \
             said before, and why it was changed."
        </p>
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
    let (href, of) = target(dataset, correction);
    view! {
        <li class="event" id=correction.id.get_ref().clone()>
            <p class="event__when">
                <time datetime=correction.day().iso()>{correction.day().long()}</time>
                " · Correction"
            </p>
            <p>
                <a href=href>{of}</a>
            </p>
            <dl class="correction">
                <dt>"It said"</dt>
                <dd>{correction.said.clone()}</dd>
                <dt>"It says"</dt>
                <dd>{correction.says.clone()}</dd>
                <dt>"Why"</dt>
                <dd>{correction.why.clone()}</dd>
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
        let comma = if whose.is_empty() { "" } else { ", " };
        let words = format!("{whose}{comma}{}", event.date.get_ref().long());
        return (format!("./{path}"), words);
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
