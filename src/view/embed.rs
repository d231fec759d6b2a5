//! What stands around the explorer in its compact form.

use leptos::prelude::*;

use crate::dataset::model::About;

use super::colophon::data_licence;
use super::maybe::Paragraph;

/// Title and standfirst. The title leads to the whole page.
#[component]
pub fn EmbedHead<'a>(
    /// The dataset's own words.
    about: &'a About,
) -> impl IntoView {
    view! {
        <Paragraph text=about.kicker.clone() class="masthead__kicker" />
        <h1>
            <a data-full href="./index.html">
                {about.title.clone()}
            </a>
        </h1>
        <Paragraph text=about.standfirst.clone() class="masthead__standfirst" />
    }
}

/// The rest of the cards, and the way to the whole page.
#[component]
pub fn EmbedFoot<'a>(
    /// The dataset's own words.
    about: &'a About,
) -> impl IntoView {
    let licence = data_licence(&about.licence).map(|it| view! { " · Data: " {it} });
    view! {
        <button type="button" class="press embed__all" aria-expanded="false" hidden>
            "Show all"
        </button>
        <footer class="embed__foot">
            <a data-full href="./index.html">
                "View the full explorer"
            </a>
            <span>
                <a href="./about.html">"Behind the facts"</a>
                {licence}
            </span>
        </footer>
    }
}
