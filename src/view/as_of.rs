//! The day that findings are asked for.

use leptos::prelude::*;

use crate::dataset::date::Date;

use super::explorer::{Explorer, Trace};

/// A date, a step to the change before and after it, and the dataset's snapshots.
#[component]
pub fn AsOf(
    /// The state of the page.
    explorer: Explorer,
) -> impl IntoView {
    let pack = explorer.pack;
    let day = move || explorer.selection.read().as_of;
    let go = move |day: Date| explorer.change(Trace::Step, |it| it.set_as_of(pack, day));
    // A date field gives an empty text while its parts are being typed.
    let choose = move |event| {
        let chosen = Date::parse(&event_target_value(&event));
        if let Some(day) = chosen.filter(|it| (pack.first_day()..=pack.last_day()).contains(it)) {
            go(day);
        }
    };
    let value = Signal::derive(move || day().iso());
    let before = move || pack.step_days().into_iter().rfind(|it| *it < day());
    let after = move || pack.step_days().into_iter().find(|it| *it > day());
    let none_before = Signal::derive(move || before().is_none());
    let none_after = Signal::derive(move || after().is_none());
    let snapshots = pack.snapshots().map(|it| {
        let pressed = Signal::derive(move || if day() == it.day() { "true" } else { "false" });
        view! {
            <button type="button" class="press" aria-pressed=pressed on:click=move |_| go(it.day())>
                {it.label()}
            </button>
        }
    });
    view! {
        <fieldset class="as-of live">
            <legend>"As of"</legend>
            <div class="as-of__day">
                <button
                    type="button"
                    class="press"
                    aria-label="Change before"
                    prop:disabled=none_before
                    on:click=move |_| before().into_iter().for_each(go)
                >
                    "‹"
                </button>
                <input
                    type="date"
                    name="as-of"
                    aria-label="Date"
                    autocomplete="off"
                    required=true
                    min=pack.first_day().iso()
                    max=pack.last_day().iso()
                    value=pack.default_day().iso()
                    prop:value=value
                    on:input=choose
                    on:change=choose
                />
                <button
                    type="button"
                    class="press"
                    aria-label="Change after"
                    prop:disabled=none_after
                    on:click=move |_| after().into_iter().for_each(go)
                >
                    "›"
                </button>
            </div>
            <div class="as-of__snapshots">{snapshots.collect_view()}</div>
        </fieldset>
    }
}
