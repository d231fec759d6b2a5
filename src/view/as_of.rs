//! The day that findings are asked for.

use leptos::html;
use leptos::prelude::*;

use crate::dataset::date::Date;
use crate::query::difference::between;

use super::explorer::{Explorer, Trace};

/// A date, a step to the change before and after it, the dataset's snapshots, and what differs from
/// the day before the last step.
#[component]
pub fn AsOf(
    /// The state of the page.
    explorer: Explorer,
) -> impl IntoView {
    let pack = explorer.pack;
    let day = move || explorer.selection.read().as_of;
    let go = move |day: Date| explorer.change(Trace::Step, |it| it.set_as_of(pack, day));
    // A date field gives an empty text while its parts are being typed.
    let typed = move |event| {
        let typed = Date::parse(&event_target_value(&event));
        if let Some(day) = typed.filter(|it| (pack.first_day()..=pack.last_day()).contains(it)) {
            explorer.change(Trace::Typing("as-of"), |it| it.as_of = day);
        }
    };
    // Left with a day outside the record, or none, it shows the day that the page is at.
    let field = NodeRef::<html::Input>::new();
    let left = move |_| {
        if let Some(field) = field.get_untracked() {
            field.set_value(&explorer.selection.read_untracked().as_of.iso());
        }
    };
    let value = Signal::derive(move || day().iso());
    let days = StoredValue::new(pack.step_days());
    let before = Signal::derive(move || {
        let day = day();
        days.with_value(|it| it.iter().rfind(|it| **it < day).copied())
    });
    let after = Signal::derive(move || {
        let day = day();
        days.with_value(|it| it.iter().find(|it| **it > day).copied())
    });
    let snapshots = pack.snapshots().map(|it| {
        let pressed = Signal::derive(move || if day() == it.day() { "true" } else { "false" });
        view! {
            <button type="button" class="press" aria-pressed=pressed on:click=move |_| go(it.day())>
                {it.label()}
            </button>
        }
    });
    let step = |label: &'static str, sign: &'static str, to: Signal<Option<Date>>| {
        // One that can't be pressed keeps the focus.
        let none = Signal::derive(move || to.get().is_none().then_some("true"));
        view! {
            <button
                type="button"
                class="press"
                aria-label=label
                aria-disabled=none
                on:click=move |_| to.get_untracked().into_iter().for_each(go)
            >
                {sign}
            </button>
        }
    };
    let changed = Signal::derive(move || {
        let before = explorer.before.get();
        before.map_or_else(String::new, |it| {
            between(
                pack,
                &explorer.selection.read(),
                &explorer.answer.read(),
                it,
            )
        })
    });
    view! {
        <fieldset class="as-of live">
            <legend>"As of"</legend>
            <div class="as-of__day">
                {step("Earlier change", "‹", before)}
                <input
                    type="date"
                    name="as-of"
                    node_ref=field
                    aria-label="Date"
                    autocomplete="off"
                    required=true
                    min=pack.first_day().iso()
                    max=pack.last_day().iso()
                    value=pack.default_day().iso()
                    prop:value=value
                    on:input=typed
                    on:change=typed
                    on:blur=left
                />
                {step("Later change", "›", after)}
            </div>
            <div class="as-of__snapshots">{snapshots.collect_view()}</div>
            <p class="as-of__changed" aria-live="polite">
                {changed}
            </p>
        </fieldset>
    }
}
