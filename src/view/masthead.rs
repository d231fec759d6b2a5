//! The head of the page.

use leptos::prelude::*;

use crate::dataset::date::Date;
use crate::dataset::model::About;

use super::maybe::Paragraph;
use super::spot::Spot;

/// Title, standfirst and date.
#[component]
pub fn Masthead<'a>(
    /// The dataset's own words.
    about: &'a About,
    /// The page.
    spot: Spot<'a>,
) -> impl IntoView {
    let updated = about
        .updated
        .as_ref()
        .and_then(|it| Date::parse(it.get_ref()));
    // What is taken along names the address of the link that has `data-full`: a file's own is of no
    // use to others. Without an address the link can't be seen or followed.
    let copy = spot.alone.then(|| {
        let site = Some(spot.site.to_owned()).filter(|it| !it.is_empty());
        let day = updated.map(|it| format!(", as it was updated {}", it.long()));
        let is_known = site.is_some();
        view! {
            <p class="masthead__dateline" hidden=!is_known>
                "A copy of " <a data-full href=site.clone()>{site.clone()}</a> {day} "."
            </p>
        }
    });
    view! {
        <Paragraph text=about.kicker.clone() class="masthead__kicker" />
        <h1>{about.title.clone()}</h1>
        <Paragraph text=about.standfirst.clone() class="masthead__standfirst" />
        <p class="masthead__dateline">
            {updated
                .map(|it| {
                    view! { "Updated " <time datetime=it.iso()>{it.long()}</time> " · " }
                })} <a href=spot.page("about.html")>"Behind the facts"</a>
            " · "
            <a href=spot.page("corrections.html")>"Corrections"</a>
            " · "
            <a href=spot.page("changes.html")>"What changed"</a>
        </p>
        {copy}
    }
}
