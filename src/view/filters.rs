//! The dataset's own facets: beside the cards where there is room, else a sheet over them.

use leptos::prelude::*;

use super::choice::Choice;
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
        let n_shown = explorer.answer.read().n_shown.to_string();
        ["Show ", &n_shown, " ", pack.nouns()].concat()
    });
    let facets = pack.facets().map(|facet| {
        let choices = facet.values().enumerate().map(|(value, (id, label))| {
            view! { <Choice explorer facet=facet.row() + 1 value id label finding=None /> }
        });
        view! {
            <fieldset class="facet" data-facet=facet.id()>
                <legend>{facet.label()}</legend>
                {choices.collect_view()}
            </fieldset>
        }
    });
    view! {
        <div class="filters live" id=FILTERS popover="auto" role="group" aria-label="Filters">
            {facets.collect_view()}
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
