//! The dataset's own facets: beside the cards where there is room, else a sheet over them.

#[cfg(feature = "site")]
use leptos::prelude::*;

use crate::dataset::numbers::count;
use crate::language::Word;

use super::explorer::Explorer;
#[cfg(feature = "site")]
use super::facet::facets;

/// The id that a button names to open the sheet.
pub const FILTERS: &str = "filters";

/// Each facet as a group of checkboxes. A press on its words takes the focus to the nearest that can have it: were that
/// outside, the sheet would close under the finger.
#[cfg(feature = "site")]
#[component]
pub fn Filters<'a>(
    /// The state of the page.
    explorer: &'a Explorer,
) -> impl IntoView {
    let Explorer {
        pack,
        selection,
        answer,
        ..
    } = explorer;
    let label = pack.words().text(Word::Filters);
    let facets = facets(*pack, selection, answer).into_string();
    view! {
        <div class="filters live" id=FILTERS popover="auto" tabindex="-1" role="group" aria-label=label>
            <div inner_html=facets></div>
            <button
                type="button"
                class="press filters__done"
                popovertarget=FILTERS
                popovertargetaction="hide"
            >
                {done(explorer)}
            </button>
        </div>
    }
}

/// What closes the sheet, in words.
pub fn done(explorer: &Explorer) -> String {
    let words = explorer.pack.words();
    let n = explorer.answer.n_shown;
    words.fill(Word::ShowN, &[&count(words, n), explorer.pack.nouns_of(n)])
}
