//! A date that may be known only in part.

use leptos::prelude::*;

use crate::dataset::model::PartialDate;
use crate::language::Words;

/// A date, for readers and for machines.
#[component]
pub fn Moment(
    /// The date.
    date: PartialDate,
    /// The words of the language that it is written in.
    words: Words,
) -> impl IntoView {
    view! { <time datetime=date.to_string()>{date.long(words)}</time> }
}
