//! What the browser makes live.

use leptos::prelude::*;

use super::as_of::AsOf;
use super::card_list::CardList;
use super::explorer::Explorer;
use super::filters::Filters;
use super::finding_bar::FindingBar;
use super::other::{Compared, Noted, Other};
use super::result_bar::ResultBar;
use super::search_box::SearchBox;
use super::take::Take;

/// The histories of the subjects, by their numbers, as markup. Only the site has them: the browser
/// leaves them as it finds them in the page.
#[derive(Clone, Copy, Debug)]
pub struct Histories {
    /// One for each subject of the pack.
    #[cfg(feature = "site")]
    pub markup: StoredValue<Vec<String>>,
}

/// The explorer.
#[component]
pub fn App(
    /// The state of the page.
    explorer: Explorer,
    /// What stands in each card's history.
    histories: Histories,
) -> impl IntoView {
    view! {
        {explorer.pack.has_findings().then(|| view! { <FindingBar explorer /> })}
        <div class="ask">
            <SearchBox explorer />
            {explorer.pack.is_dated().then(|| view! { <AsOf explorer /> })}
        </div>
        <div class="explorer">
            <Filters explorer />
            <section class="results" aria-labelledby="results">
                <h2 id="results" class="unseen">{explorer.pack.nouns()}</h2>
                <ResultBar explorer />
                <Take explorer />
                <Compared explorer />
                <CardList explorer histories />
                <Other explorer />
                <Noted explorer />
            </section>
        </div>
    }
}
