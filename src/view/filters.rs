//! The dataset's own facets: beside the cards where there is room, else a sheet over them.

use leptos::prelude::*;

use crate::dataset::numbers::count;

use super::explorer::Explorer;

/// The id that a button names to open the sheet.
pub const FILTERS: &str = "filters";

/// Each facet as a group of checkboxes.
#[component]
pub fn Filters(
    /// The state of the page.
    explorer: Explorer,
) -> impl IntoView {
    let pack = explorer.pack;
    let show = Signal::derive(move || {
        let n_shown = count(explorer.answer.read().n_shown);
        ["Show ", &n_shown, " ", pack.nouns()].concat()
    });
    view! {
        <div class="filters live" id=FILTERS popover="auto" role="group" aria-label="Filters">
            {facets(explorer)}
            <button
                type="button"
                class="press filters__done"
                popovertarget=FILTERS
                popovertargetaction="hide"
            >
                {show}
            </button>
        </div>
    }
}

#[cfg(feature = "site")]
fn facets(explorer: Explorer) -> impl IntoView {
    let selection = explorer.selection.read_untracked();
    let answer = explorer.answer.read_untracked();
    let facets = super::facet::facets(explorer.pack, &selection, &answer).into_string();
    view! { <div inner_html=facets></div> }
}

#[cfg(not(feature = "site"))]
fn facets(_: Explorer) -> impl IntoView {
    view! { <div></div> }
}
