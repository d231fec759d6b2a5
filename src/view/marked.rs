//! A text with what a search found in it marked.

use leptos::either::Either;
use leptos::prelude::*;

use super::explorer::Explorer;

/// A text, with the letters that match the search in `<mark>`.
#[component]
pub fn Marked(
    /// The state of the page.
    explorer: Explorer,
    /// The text.
    #[prop(into)]
    text: Signal<&'static str>,
) -> impl IntoView {
    move || {
        let text = text.get();
        let mut pieces = Vec::new();
        let mut at = 0;
        for (start, end) in explorer.search.read().marks(text) {
            let piece = |from, to| text.get(from..to).unwrap_or("");
            pieces.push(Either::Left(piece(at, start)));
            pieces.push(Either::Right(view! { <mark>{piece(start, end)}</mark> }));
            at = end;
        }
        pieces.push(Either::Left(text.get(at..).unwrap_or("")));
        pieces
    }
}
