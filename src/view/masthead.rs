//! The head of the page.

use leptos::prelude::*;

use crate::dataset::date::Date;
use crate::dataset::model::About;

/// Title, standfirst and date.
#[component]
pub fn Masthead<'a>(
    /// The dataset's own words.
    about: &'a About,
) -> impl IntoView {
    let updated = about
        .updated
        .as_ref()
        .and_then(|it| Date::parse(it.get_ref()));
    view! {
        <p class="masthead__kicker">{about.kicker.clone()}</p>
        <h1>{about.title.clone()}</h1>
        <p class="masthead__standfirst">{about.standfirst.clone()}</p>
        <p class="masthead__dateline">
            {updated
                .map(|it| {
                    view! { "Updated " <time datetime=it.iso()>{it.long()}</time> " · " }
                })} <a href="./about.html">"Behind the facts"</a>
            " · "
            <a href="./corrections.html">"Corrections"</a>
            " · "
            <a href="./changes.html">"What changed"</a>
        </p>
    }
}
