//! What stands around the explorer in its compact form.

use leptos::prelude::*;

use crate::dataset::model::Dataset;
use crate::dataset::numbers::count;
use crate::language::Word;

use super::colophon::data_licence;
use super::long::LONG;
use super::maybe::Paragraph;
use super::told::{Own, told};

/// Title and standfirst. The title leads to the whole page.
#[component]
pub fn EmbedHead<'a>(
    /// The dataset.
    dataset: &'a Dataset,
) -> impl IntoView {
    let about = &dataset.about;
    let own = Own::of(dataset);
    let Own { lang, dir } = own.clone();
    view! {
        <Paragraph text=about.kicker.clone() class="masthead__kicker" own=own.clone() />
        <h1>
            <a data-full href="./index.html" lang=lang dir=dir>
                {about.title.clone()}
            </a>
        </h1>
        <Paragraph text=about.standfirst.clone() class="masthead__standfirst" own=own />
    }
}

/// The rest of the cards, and the way to the whole page.
#[component]
pub fn EmbedFoot<'a>(
    /// The dataset.
    dataset: &'a Dataset,
) -> impl IntoView {
    let words = dataset.words();
    let licence = data_licence(dataset).map(|it| {
        view! { " · " {told(words, Word::DataUnder, [it.into_any()])} }
    });
    let n = dataset.subjects.len();
    let most = (n > LONG).then(|| {
        let nouns = dataset.about.noun.of(n, words);
        let told = [&*count(words, LONG), &*count(words, n), nouns];
        view! { <p>{words.fill(Word::EmbedHasFirst, &told)}</p> }
    });
    view! {
        <button type="button" class="press embed__all" aria-expanded="false" hidden>
            {words.text(Word::ShowAll)}
        </button>
        <footer class="embed__foot">
            {most}
            <a data-full href="./index.html">
                {words.text(Word::ViewFull)}
            </a>
            <span>
                <a href="./about.html">{words.text(Word::BehindFacts)}</a>
                {licence}
            </span>
        </footer>
    }
}
