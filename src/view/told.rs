//! Sentences of the interface with elements in them, and the dataset's own words among them.

use leptos::prelude::*;

use crate::dataset::model::Dataset;
use crate::language::{PLACE, Word, Words};

/// A sentence with views in its places, in the order in which [`Word`] names them.
pub fn told<const N: usize>(words: Words, word: Word, with: [AnyView; N]) -> Vec<AnyView> {
    let mut with = with.map(Some);
    let text = words.raw(word);
    let is_place = |it: char| (usize::from(PLACE)..usize::from(PLACE) + N).contains(&(it as usize));
    let mut told = Vec::new();
    for piece in text.split_inclusive(is_place) {
        let place = piece.chars().next_back().filter(|it| is_place(*it));
        let own = piece.trim_end_matches(is_place);
        if !own.is_empty() {
            told.push(own.into_any());
        }
        let place = place.map(|it| it as usize - usize::from(PLACE));
        let view = place.and_then(|it| with.get_mut(it)?.take());
        told.extend(view);
    }
    told
}

/// What an element says of its language where its text is the dataset's own: nothing, where the
/// interface has the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// The language's tag.
    pub lang: Option<String>,
    /// The direction of the text.
    pub dir: Option<&'static str>,
}

impl Own {
    /// For a dataset.
    pub fn of(dataset: &Dataset) -> Self {
        let (lang, dir) = dataset.own_language();
        Self {
            lang: lang.map(str::to_owned),
            dir,
        }
    }

    /// A text of the dataset among others.
    pub fn said(&self, text: impl Into<String>) -> AnyView {
        let text = text.into();
        if self.lang.is_none() {
            return text.into_any();
        }
        let Self { lang, dir } = self.clone();
        view! { <span lang=lang dir=dir>{text}</span> }.into_any()
    }
}
