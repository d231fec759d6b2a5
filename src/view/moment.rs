//! A date that may be known only in part.

use leptos::prelude::*;

use crate::dataset::model::PartialDate;

/// A date, for readers and for machines.
#[component]
pub fn Moment(
    /// The date.
    date: PartialDate,
) -> impl IntoView {
    view! { <time datetime=date.to_string()>{date.long()}</time> }
}
