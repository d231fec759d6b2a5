//! The head of the page.

use leptos::prelude::*;

use crate::dataset::date::Date;
use crate::dataset::model::Dataset;
use crate::language::Word;

use super::maybe::Paragraph;
use super::spot::Spot;
use super::told::{Own, told};

/// Title, standfirst and date.
#[component]
pub fn Masthead<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The page.
    spot: Spot<'a>,
) -> impl IntoView {
    let about = &dataset.about;
    let words = dataset.words();
    let own = Own::of(dataset);
    let Own { lang, dir } = own.clone();
    let updated = about
        .updated
        .as_ref()
        .and_then(|it| Date::parse(it.get_ref()));
    // What is taken along names the address of the link that has `data-full`: a file's own is of no
    // use to others. Without an address the link can't be seen or followed.
    let copy = spot.alone.then(|| {
        let site = Some(spot.site.to_owned()).filter(|it| !it.is_empty());
        let is_known = site.is_some();
        let link = view! { <a data-full href=site.clone()>{site.clone()}</a> }.into_any();
        let copy = match updated {
            Some(day) => {
                let day = day.long(words).into_any();
                told(words, Word::CopyUpdated, [link, day])
            }
            None => told(words, Word::CopyOf, [link]),
        };
        view! {
            <p class="masthead__dateline" hidden=!is_known>
                {copy}
            </p>
        }
    });
    view! {
        <Paragraph text=about.kicker.clone() class="masthead__kicker" own=own.clone() />
        <h1 lang=lang dir=dir>
            {about.title.clone()}
        </h1>
        <Paragraph text=about.standfirst.clone() class="masthead__standfirst" own=own />
        <p class="masthead__dateline">
            {updated
                .map(|it| {
                    let day = view! { <time datetime=it.iso()>{it.long(words)}</time> };
                    view! { {told(words, Word::Updated, [day.into_any()])} " · " }
                })} <a href=spot.page("about.html")>{words.text(Word::BehindFacts)}</a>
            " · "
            <a href=spot.page("corrections.html")>{words.text(Word::Corrections)}</a>
            " · "
            <a href=spot.page("changes.html")>{words.text(Word::WhatChanged)}</a>
        </p>
        {copy}
    }
}
