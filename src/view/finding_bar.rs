//! How many subjects have each finding: a picture, and a filter.

use leptos::prelude::*;

use crate::query::FINDING;

use super::explorer::Explorer;
use super::markup::{Markup, markup};

/// A bar of the findings' shares above the findings to choose from.
#[component]
pub fn FindingBar(
    /// The state of the page.
    explorer: Explorer,
) -> impl IntoView {
    let pack = explorer.pack;
    // Shares of 1000, so that the parts are whole numbers; each part starts where the last ended.
    let end = move |upto: usize| {
        let answer = explorer.answer.read();
        let counts = answer.counts.first().map_or(&[][..], Vec::as_slice);
        let all: u32 = counts.iter().sum();
        counts.iter().take(upto).sum::<u32>() * 1000 / all.max(1)
    };
    let parts = Signal::derive(move || {
        let selection = explorer.selection.read();
        let narrowed = selection.chosen.first().is_some_and(|it| it.0 == FINDING);
        let mut parts = Markup::default();
        for it in pack.findings() {
            let rank = it.rank();
            let (x, next) = (end(rank), end(rank + 1));
            markup!(parts:
                "<rect height=\"1\" data-tone=\"" (it.tone()) "\" x=\"" (&x.to_string())
                "\" width=\"" (&(next - x).to_string()) "\""
            );
            if narrowed && !selection.has(FINDING, rank) {
                parts.raw(" data-dropped");
            }
            parts.raw("></rect>");
        }
        parts.into_string()
    });
    view! {
        <fieldset class="finding-bar" data-facet="finding">
            <legend>"What the " {pack.found_by()} " found"</legend>
            <svg
                class="finding-bar__bar"
                viewBox="0 0 1000 1"
                preserveAspectRatio="none"
                aria-hidden="true"
                inner_html=parts
            ></svg>
            {choices(explorer)}
        </fieldset>
    }
}

#[cfg(feature = "site")]
fn choices(explorer: Explorer) -> impl IntoView {
    let selection = explorer.selection.read_untracked();
    let answer = explorer.answer.read_untracked();
    let choices = super::facet::findings(explorer.pack, &selection, &answer).into_string();
    view! { <div class="finding-bar__choices" inner_html=choices></div> }
}

#[cfg(not(feature = "site"))]
fn choices(_: Explorer) -> impl IntoView {
    view! { <div class="finding-bar__choices"></div> }
}
