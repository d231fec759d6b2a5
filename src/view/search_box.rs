//! The search field.

use leptos::prelude::*;

/// A labelled search field that answers while one types.
#[component]
pub fn SearchBox() -> impl IntoView {
    view! {
        <div class="search live">
            <label for="q">"Search"</label>
            <input
                type="search"
                id="q"
                autocomplete="off"
                placeholder="A place, a person, a word"
            />
        </div>
    }
}
