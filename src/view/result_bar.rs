//! How many are shown, and how.

use leptos::prelude::*;

use crate::query::{FINDING, Selection, Sort, View};

use super::explorer::{Explorer, Trace};
use super::filters::FILTERS;
use super::take::TAKE;

/// The result count, which is also what a screen reader hears after each change; the order of the
/// cards; and the way out of every filter.
#[component]
pub fn ResultBar(
    /// The state of the page.
    explorer: Explorer,
) -> impl IntoView {
    let pack = explorer.pack;
    let status = Signal::derive(move || {
        let n_shown = explorer.answer.read().n_shown.to_string();
        let all = pack.n_subjects().to_string();
        let as_of = explorer.selection.read().as_of_words(pack);
        let waits = match (explorer.lacking.read().is_empty(), explorer.refused.get()) {
            (true, _) => "",
            (false, false) => " · loading…",
            (false, true) => " · the rest of the data couldn’t be loaded",
        };
        let compared = match explorer.selection.read().compare.len() {
            0 => String::new(),
            n => [" · ", &n.to_string(), " to compare"].concat(),
        };
        [
            &n_shown,
            " of ",
            &all,
            " ",
            pack.nouns(),
            &as_of,
            &compared,
            waits,
        ]
        .concat()
    });
    let filters = Signal::derive(move || {
        let selection = explorer.selection.read();
        match selection.chosen.iter().filter(|it| it.0 != FINDING).count() {
            0 => "Filters".to_owned(),
            n => ["Filters (", &n.to_string(), ")"].concat(),
        }
    });
    let whole = Signal::derive(move || !explorer.selection.read().is_narrowed());
    let sorts = Sort::ALL.into_iter().filter(move |it| it.is_of_use(pack));
    let sorts = sorts.map(|it| {
        let chosen = Signal::derive(move || explorer.selection.read().order(pack).0 == it);
        // Without a search everything matches as well.
        let idle = Signal::derive(move || {
            it == Sort::Match && explorer.selection.read().text.trim().is_empty()
        });
        view! { <option value=it.id() prop:selected=chosen disabled=idle>{it.label()}</option> }
    });
    let sort = move |event| {
        let sort = Sort::from_id(&event_target_value(&event)).unwrap_or(Sort::first(pack));
        explorer.change(Trace::Step, |it| {
            it.set_order(pack, sort, false);
        });
    };
    // A timeline has an order of its own.
    let unsorted = Signal::derive(move || explorer.selection.read().view == View::Timeline);
    let clear = move |_| explorer.change(Trace::Step, Selection::clear);
    view! {
        <div class="result-bar">
            <p class="result-bar__count" role="status" tabindex="-1">
                {status}
            </p>
            <button type="button" class="press result-bar__filters live" popovertarget=FILTERS>
                {filters}
            </button>
            <button type="button" class="press result-bar__clear" hidden=whole on:click=clear>
                "Clear all"
            </button>
            <button type="button" class="press live" popovertarget=TAKE>
                "Take it along"
            </button>
            <div class="result-bar__how live">
                <ViewSwitch explorer />
                <label class="result-bar__sort" hidden=unsorted>
                    "Sort by "
                    <select name="sort" autocomplete="off" on:change=sort>
                        {sorts.collect_view()}
                    </select>
                </label>
            </div>
        </div>
    }
}

/// One choice of how to show what is shown.
#[component]
fn ViewSwitch(
    /// The state of the page.
    explorer: Explorer,
) -> impl IntoView {
    let views = View::ALL
        .into_iter()
        .filter(|it| it.is_of_use(explorer.pack));
    let views = views.map(|it| {
        let checked = Signal::derive(move || explorer.selection.read().view == it);
        view! {
            <label>
                <input
                    type="radio"
                    name="view"
                    value=it.id()
                    autocomplete="off"
                    checked=it == View::default()
                    prop:checked=checked
                    on:change=move |_| explorer.change(Trace::Step, |selection| selection.view = it)
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
