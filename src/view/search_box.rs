//! The search field.

use leptos::prelude::*;

use crate::dataset::pack::Pack;
use crate::language::Word;

/// A labelled search field that answers while one types.
#[component]
pub fn SearchBox(
    /// The dataset.
    pack: Pack,
) -> impl IntoView {
    let words = pack.words();
    view! {
        <div class="search live">
            <label for="q">{words.text(Word::Search)}</label>
            <input
                type="search"
                id="q"
                autocomplete="off"
                placeholder=words.text(Word::SearchHint)
            />
        </div>
    }
}
