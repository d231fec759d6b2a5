//! The day that findings are asked for.

use leptos::prelude::*;

use crate::dataset::date::Date;
use crate::dataset::pack::Pack;
use crate::language::Word;
use crate::query::difference::steps;

/// A date, a step to the change before and after it, the dataset's snapshots, and what differs from
/// the day before the last step. Each button names its day, and a snapshot's its id as well.
#[component]
pub fn AsOf(
    /// The dataset.
    pack: Pack,
) -> impl IntoView {
    let words = pack.words();
    let default = pack.default_day();
    let snapshots = pack.snapshots().map(|it| {
        let pressed = if it.day() == default { "true" } else { "false" };
        view! {
            <button
                type="button"
                class="press"
                aria-pressed=pressed
                data-day=it.day().iso()
                value=it.id()
                lang=pack.lang()
                dir=pack.dir()
            >
                {it.label()}
            </button>
        }
    });
    let step = |label: &'static str, sign: &'static str, to: Option<Date>| {
        // One that can't be pressed keeps the focus.
        let none = to.is_none().then_some("true");
        view! {
            <button
                type="button"
                class="press"
                aria-label=label
                aria-disabled=none
                data-day=to.map(Date::iso)
            >
                {sign}
            </button>
        }
    };
    let [before, after] = steps(&pack.step_days(), default);
    view! {
        <fieldset class="as-of live">
            <legend>{words.text(Word::AsOf)}</legend>
            <div class="as-of__day">
                {step(words.text(Word::EarlierChange), "‹", before)}
                <input
                    type="date"
                    name="as-of"
                    aria-label=words.text(Word::Date)
                    autocomplete="off"
                    required=true
                    min=pack.first_day().iso()
                    max=pack.last_day().iso()
                    value=default.iso()
                /> {step(words.text(Word::LaterChange), "›", after)}
            </div>
            <div class="as-of__snapshots">{snapshots.collect_view()}</div>
            <p class="as-of__changed" aria-live="polite"></p>
        </fieldset>
    }
}
