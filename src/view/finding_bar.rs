//! How many subjects have each finding: a picture, and a filter.

#[cfg(feature = "site")]
use leptos::prelude::*;

#[cfg(feature = "site")]
use crate::language::Word;
use crate::query::FINDING;

use super::explorer::Explorer;
#[cfg(feature = "site")]
use super::facet::findings;
use super::markup::{Markup, markup};

/// A bar of the findings' shares above the findings to choose from.
#[cfg(feature = "site")]
#[component]
pub fn FindingBar<'a>(
    /// The state of the page.
    explorer: &'a Explorer,
) -> impl IntoView {
    let Explorer {
        pack,
        selection,
        answer,
        ..
    } = explorer;
    let words = pack.words();
    let found = match pack.found_by() {
        "" => words.text(Word::Finding).to_owned(),
        by => words.fill(Word::WhatFound, &[by]),
    };
    let choices = findings(*pack, selection, answer).into_string();
    view! {
        <fieldset class="finding-bar" data-facet="finding">
            <legend>{found}</legend>
            <svg
                class="finding-bar__bar"
                viewBox="0 0 1000 1"
                preserveAspectRatio="none"
                aria-hidden="true"
                inner_html=shares(explorer).into_string()
            ></svg>
            <div class="finding-bar__choices" inner_html=choices></div>
        </fieldset>
    }
}

/// The parts of the bar. Shares of 1000, so that they are whole numbers; each part starts where the
/// last ended.
pub fn shares(explorer: &Explorer) -> Markup {
    let Explorer {
        pack,
        selection,
        answer,
        ..
    } = explorer;
    let counts = answer.counts.first().map_or(&[][..], Vec::as_slice);
    let all: u32 = counts.iter().sum();
    let end = |upto: usize| counts.iter().take(upto).sum::<u32>() * 1000 / all.max(1);
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
    parts
}
