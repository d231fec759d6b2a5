//! What the browser makes live.

use leptos::prelude::*;

use super::as_of::AsOf;
use super::card_list::CardList;
use super::explorer::Explorer;
use super::filters::Filters;
use super::finding_bar::FindingBar;
use super::result_bar::ResultBar;
use super::search_box::SearchBox;
use super::take::Take;

/// The explorer, at its default selection. `src/browser/` keeps it at what is asked for.
#[component]
pub fn App<'a>(
    /// The state of the page.
    explorer: &'a Explorer,
    /// What stands in each card's history, as markup, by the subjects' numbers.
    histories: &'a [String],
) -> impl IntoView {
    let pack = explorer.pack;
    view! {
        {pack.has_findings().then(|| view! { <FindingBar explorer /> })}
        <div class="ask">
            <SearchBox pack /> {pack.is_dated().then(|| view! { <AsOf pack /> })}
        </div>
        <div class="explorer">
            <Filters explorer />
            <section class="results" aria-labelledby="results">
                <h2 id="results" class="unseen" lang=pack.lang() dir=pack.dir()>
                    {pack.nouns()}
                </h2>
                <ResultBar explorer />
                <Take pack />
                <div class="other other--compared"></div>
                <CardList explorer histories />
                <div class="other other--view"></div>
                <div class="other other--noted"></div>
            </section>
        </div>
    }
}
