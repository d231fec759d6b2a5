//! How many are shown, and how.

#[cfg(feature = "site")]
use leptos::prelude::*;

use crate::query::FINDING;
#[cfg(feature = "site")]
use crate::query::{Sort, View};

use super::explorer::Explorer;
#[cfg(feature = "site")]
use super::filters::FILTERS;
#[cfg(feature = "site")]
use super::take::TAKE;

/// The result count, which is also what a screen reader hears after each change; the order of the
/// cards; and the way out of every filter.
#[cfg(feature = "site")]
#[component]
pub fn ResultBar<'a>(
    /// The state of the page.
    explorer: &'a Explorer,
) -> impl IntoView {
    let pack = explorer.pack;
    let sorts = Sort::ALL.into_iter().filter(|it| it.is_of_use(pack));
    // Without a search everything matches as well.
    let sorts = sorts.map(|it| {
        let idle = it == Sort::Match;
        view! { <option value=it.id() disabled=idle>{it.label()}</option> }
    });
    view! {
        <div class="result-bar">
            <p class="result-bar__count" role="status" tabindex="-1">
                {status(explorer)}
            </p>
            <button type="button" class="press result-bar__filters live" popovertarget=FILTERS>
                {filters(explorer)}
            </button>
            <button type="button" class="press result-bar__clear" hidden>
                "Clear all"
            </button>
            <button type="button" class="press live" popovertarget=TAKE>
                "Take it along"
            </button>
            <div class="result-bar__how live">
                <ViewSwitch explorer />
                <label class="result-bar__sort">
                    "Sort by "
                    <select name="sort" autocomplete="off">
                        {sorts.collect_view()}
                    </select>
                </label>
            </div>
        </div>
    }
}

/// One choice of how to show what is shown.
#[cfg(feature = "site")]
#[component]
fn ViewSwitch<'a>(
    /// The state of the page.
    explorer: &'a Explorer,
) -> impl IntoView {
    let views = View::ALL
        .into_iter()
        .filter(|it| it.is_of_use(explorer.pack));
    let views = views.map(|it| {
        view! {
            <label>
                <input
                    type="radio"
                    name="view"
                    value=it.id()
                    autocomplete="off"
                    checked=it == View::default()
                />
                <span>{it.label()}</span>
            </label>
        }
    });
    view! {
        <fieldset class="views">
            <legend class="unseen">"View"</legend>
            {views.collect_view()}
        </fieldset>
    }
}

/// How many of how many are shown, on which day, and what the reader waits for.
pub fn status(explorer: &Explorer) -> String {
    let Explorer {
        pack, selection, ..
    } = explorer;
    let waits = match (explorer.lacking.is_empty(), explorer.refused) {
        (true, _) => "",
        (false, false) => " · loading…",
        (false, true) => " · the rest of the data couldn’t be loaded",
    };
    let compared = match selection.compare.len() {
        0 => String::new(),
        n => [" · ", &n.to_string(), " to compare"].concat(),
    };
    [
        &explorer.answer.n_shown.to_string(),
        " of ",
        &pack.n_subjects().to_string(),
        " ",
        pack.nouns(),
        &selection.as_of_words(*pack),
        &compared,
        waits,
    ]
    .concat()
}

/// What opens the sheet with the filters, in words.
pub fn filters(explorer: &Explorer) -> String {
    let chosen = explorer.selection.chosen.iter();
    match chosen.filter(|it| it.0 != FINDING).count() {
        0 => "Filters".to_owned(),
        n => ["Filters (", &n.to_string(), ")"].concat(),
    }
}
