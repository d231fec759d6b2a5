//! The search field.

use leptos::prelude::*;

use super::explorer::{Explorer, Trace};

/// A labelled search field that answers while one types.
#[component]
pub fn SearchBox(
    /// The state of the page.
    explorer: Explorer,
) -> impl IntoView {
    let text = Signal::derive(move || explorer.selection.read().text.clone());
    let search = move |event| {
        let text = event_target_value(&event);
        explorer.change(Trace::Typing("q"), |it| it.text = text);
    };
    view! {
        <div class="search live">
            <label for="q">"Search"</label>
            <input
                type="search"
                id="q"
                autocomplete="off"
                placeholder="A place, a person, a word"
                prop:value=text
                on:input=search
            />
        </div>
    }
}
