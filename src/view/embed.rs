//! What stands around the explorer in its compact form.

use leptos::prelude::*;

use crate::dataset::model::About;

/// Title and standfirst. The title leads to the whole page.
#[component]
pub fn EmbedHead<'a>(
    /// The dataset's own words.
    about: &'a About,
) -> impl IntoView {
    view! {
        <p class="masthead__kicker">{about.kicker.clone()}</p>
        <h1>
            <a data-full href="./index.html">
                {about.title.clone()}
            </a>
        </h1>
        <p class="masthead__standfirst">{about.standfirst.clone()}</p>
    }
}

/// The rest of the cards, and the way to the whole page.
#[component]
pub fn EmbedFoot<'a>(
    /// The dataset's own words.
    about: &'a About,
) -> impl IntoView {
    let licence = about.licence.data_url.as_ref();
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
                " · Data: "
                <a href=licence.map(|it| it.get_ref().clone())>{about.licence.data.clone()}</a>
            </span>
        </footer>
    }
}
