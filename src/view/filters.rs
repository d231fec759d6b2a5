//! The dataset's own facets: beside the cards where there is room, else a sheet over them.

use leptos::either::EitherOf3;
use leptos::prelude::*;

use crate::dataset::pack::Facet;

use super::choice::Choice;
use super::explorer::Explorer;
use super::facet::{Group, MANY, choices, groups};

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
        view! {
            <fieldset class="facet" data-facet=facet.id()>
                <legend>{facet.label()}</legend>
                {values(explorer, facet)}
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

/// What there is to choose in a facet.
fn values(explorer: Explorer, facet: Facet) -> impl IntoView {
    if facet.values().len() > MANY {
        return EitherOf3::C(view! { <Finder explorer facet /> });
    }
    let (first, rest) = groups(facet);
    if rest.is_empty() && first.iter().all(|it| it.parts.is_empty()) {
        let values = first.into_iter().map(|it| it.whole).collect();
        return EitherOf3::A(some(explorer, facet, values));
    }
    let group = move |it: Group| grouped(explorer, facet, it);
    let more = (!rest.is_empty()).then(|| {
        let n = rest.len().to_string();
        let inside = rest.iter().flat_map(|it| it.whole..it.parts.end);
        let chosen = chosen(explorer, facet, inside.collect());
        view! {
            <details class="facet__more">
                <summary>{n} " more" {chosen}</summary>
                {rest.into_iter().map(group).collect_view()}
            </details>
        }
    });
    EitherOf3::B(view! {
        {first.into_iter().map(group).collect_view()}
        {more}
    })
}

fn some(explorer: Explorer, facet: Facet, values: Vec<usize>) -> impl IntoView {
    let all: Vec<_> = facet.values().collect();
    let of = |value: usize| Some((value, *all.get(value)?));
    let choices = values
        .into_iter()
        .filter_map(of)
        .map(|(value, (id, label))| {
            view! { <Choice explorer facet=facet.row() + 1 value id label finding=None /> }
        });
    choices.collect_view()
}

/// A value, and its parts to open.
fn grouped(explorer: Explorer, facet: Facet, group: Group) -> impl IntoView {
    let label = facet.values().nth(group.whole).map_or("", |it| it.1);
    let parts = (!group.parts.is_empty()).then(|| {
        let parts: Vec<usize> = group.parts.collect();
        let chosen = chosen(explorer, facet, parts.clone());
        view! {
            <details class="facet__parts">
                <summary>"Within " {label} {chosen}</summary>
                {some(explorer, facet, parts)}
            </details>
        }
    });
    view! {
        {some(explorer, facet, vec![group.whole])}
        {parts}
    }
}

/// How many of some values are chosen, where any is: they may be out of sight.
fn chosen(explorer: Explorer, facet: Facet, values: Vec<usize>) -> Signal<String> {
    Signal::derive(move || {
        let selection = explorer.selection.read();
        let is_chosen = |it: &&usize| selection.has(facet.row() + 1, **it);
        match values.iter().filter(is_chosen).count() {
            0 => String::new(),
            n => [" (", &n.to_string(), " chosen)"].concat(),
        }
    })
}

/// A field to find values, and those that are found.
#[component]
fn Finder(
    /// The state of the page.
    explorer: Explorer,
    /// The facet.
    facet: Facet,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let found = Signal::derive(move || {
        let selection = explorer.selection.read();
        let answer = explorer.answer.read();
        choices(explorer.pack, facet, &selection, &answer, &text.read()).into_string()
    });
    view! {
        <input
            type="text"
            class="facet__find"
            autocomplete="off"
            placeholder="Find a value"
            aria-label=["Find a value: ", facet.label()].concat()
            on:input=move |event| text.set(event_target_value(&event))
        />
        <div inner_html=found></div>
    }
}
