//! The head of a page that isn't the explorer's.

use leptos::prelude::*;

use crate::dataset::model::Dataset;

use super::told::Own;

/// The way to the explorer, the page's name, and what it is.
#[component]
pub fn PageHead<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// The page's name.
    title: &'static str,
    /// What it is, in a sentence.
    standfirst: &'static str,
    /// The way to the site's folder: relative from its own pages, else an address.
    #[prop(default = "./")]
    site: &'a str,
    /// Links to related pages.
    children: Children,
) -> impl IntoView {
    let Own { lang, dir } = Own::of(dataset);
    view! {
        <header class="masthead">
            <p class="masthead__kicker">
                <a href=format!("{site}index.html") lang=lang dir=dir>
                    {dataset.about.title.clone()}
                </a>
            </p>
            <h1>{title}</h1>
            <p class="masthead__standfirst">{standfirst}</p>
            <p class="masthead__dateline">{children()}</p>
        </header>
    }
}
