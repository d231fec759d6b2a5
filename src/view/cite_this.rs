//! How to cite a page, or one thing on it.

use leptos::prelude::*;

use crate::dataset::date::Date;
use crate::dataset::model::Dataset;
use crate::export::cite::{Style, Work, cite, plain_address};

use super::spot::Spot;
use super::told::Own;

/// A citation in every style, to open.
///
/// Where the site's own address isn't known, the path in the site stands in its place, in an element
/// of its own: `src/site/record.js` writes the whole address there.
#[component]
pub fn CiteThis<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The page.
    spot: Spot<'a>,
    /// What is cited: a subject, or an event; empty for the page as a whole.
    part: String,
    /// The id of what is cited on the page; empty for the page as a whole.
    #[prop(into)]
    id: String,
    /// The words of the button that opens it.
    label: &'static str,
    /// What a reader who doesn't see the page hears after those words.
    #[prop(into)]
    of: String,
    /// Whether the first of them stands beside it on paper, which nothing opens.
    #[prop(optional)]
    on_paper: bool,
) -> impl IntoView {
    let about = &dataset.about;
    let hash = if id.is_empty() { "" } else { "#" };
    let path = [spot.path, hash, &id].concat();
    let address = plain_address(&[spot.site, &path].concat());
    // As the page's own folder sees it.
    let own = path.rsplit_once('/').map_or(path.as_str(), |it| it.1);
    let page = spot.path.rsplit('/').next().unwrap_or("");
    let page = page.strip_suffix(".html").unwrap_or(page);
    let key = match (part.as_str(), id.as_str()) {
        ("", _) => about.id.clone(),
        (_, "") => [&about.id, "-", page].concat(),
        (_, id) if id.starts_with(page) || page.is_empty() => [&about.id, "-", id].concat(),
        // What stands on several pages is a work of each of them.
        (_, id) => [&about.id, "-", page, "-", id].concat(),
    };
    let updated = about.updated.as_ref();
    let work = Work {
        publisher: &about.publisher,
        title: &about.title,
        part: &part,
        // Nobody asks as of a day where nothing was found.
        as_of: if about.finding.is_empty() {
            Date::default()
        } else {
            dataset.last_day()
        },
        updated: updated.and_then(|it| Date::parse(it.get_ref())),
        address: &address,
        key: &key,
        words: dataset.words(),
    };
    let said = |style: Style| {
        // The end of a line is the parser's, not the format's.
        let text = cite(&work, style).replace("\r\n", "\n");
        let (before, after) = text.rsplit_once(&address).unwrap_or((&text, ""));
        let before = before.to_owned();
        let after = Some(after.trim_end_matches('\n').to_owned()).filter(|it| !it.is_empty());
        let blank = spot.site.is_empty().then(|| own.to_owned());
        let address = address.clone();
        view! { {before} <span data-address=blank>{address}</span> {after} }
    };
    let on_paper = on_paper.then(|| view! { <p class="on-paper">{said(Style::Apa)}</p> });
    let rows: Vec<_> = Style::ALL
        .into_iter()
        .map(|style| {
            let words = if style.has_lines() {
                view! { <pre data-style=style.id()>{said(style)}</pre> }.into_any()
            } else {
                view! { <p data-style=style.id()>{said(style)}</p> }.into_any()
            };
            view! {
                <dt>{style.label()}</dt>
                <dd>{words}</dd>
            }
        })
        .collect();
    // Of a whole record, its name is the dataset's.
    let of_name = if id.is_empty() {
        Own::of(dataset)
    } else {
        Own::default()
    };
    let of = (!of.is_empty()).then(|| {
        view! { <span class="unseen">" " {of_name.said(of)}</span> }
    });
    view! {
        <details class="cite-this">
            <summary>{label} {of}</summary>
            <dl>{rows}</dl>
        </details>
        {on_paper}
    }
}
