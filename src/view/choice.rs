//! One value of a facet, to choose or to drop.

use leptos::prelude::*;

use crate::dataset::pack::Finding;

use super::explorer::{Explorer, Trace};
use super::mark::Mark;

/// A checkbox with its words and its count. A value that would show nothing stays in place, dimmed.
#[component]
pub fn Choice(
    /// The state of the page.
    explorer: Explorer,
    /// The facet's number.
    facet: usize,
    /// The value's place in the facet.
    value: usize,
    /// The value's id.
    id: &'static str,
    /// The value's words.
    label: &'static str,
    /// The finding that the value is, if it is one.
    #[prop(optional_no_strip)]
    finding: Option<Finding>,
) -> impl IntoView {
    let count = Signal::derive(move || explorer.answer.read().count(facet, value).to_string());
    let empty = Signal::derive(move || explorer.answer.read().count(facet, value) == 0);
    let checked = Signal::derive(move || explorer.selection.read().has(facet, value));
    let choose = move |event| {
        let on = event_target_checked(&event);
        explorer.change(Trace::Step, |it| it.set(facet, value, on));
    };
    view! {
        <label class="choice" data-tone=finding.map(Finding::tone) data-empty=empty>
            <input type="checkbox" value=id autocomplete="off" prop:checked=checked on:change=choose />
            {finding.map(|it| view! { <Mark finding=Some(it) /> })}
            <span class="choice__label">{label}</span>
            <span class="choice__count" data-count="">{count}</span>
        </label>
    }
}
