//! The marks of the findings: a shape each, so that colour is never alone.

#[cfg(feature = "site")]
use leptos::prelude::*;

#[cfg(feature = "site")]
use crate::dataset::pack::Finding;

/// The outline of a shape in a square of 16 by 16; a dot for a shape it doesn't know.
pub fn outline(shape: &str) -> &'static str {
    match shape {
        "triangle" => "M8 1.5 15.5 14.5H.5Z",
        "diamond" => "M8 .8 15.2 8 8 15.2.8 8ZM8 3.6 3.6 8 8 12.4 12.4 8Z",
        "sheet" => "M2.5 1h11v14h-11ZM5 4v1.6h6V4ZM5 7.2v1.6h6V7.2ZM5 10.4V12h6v-1.6Z",
        "circle" => {
            "M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1ZM8 3.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 1 1 0-9.6Z"
        }
        "check" => "M1 8.6 3.1 6.4 6.2 9.6 12.9 2.4 15 4.5 6.3 13.9Z",
        _ => "M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 1 0 0-5Z",
    }
}

/// A finding's mark.
#[cfg(feature = "site")]
#[component]
pub fn Mark(
    /// The finding; a dot where there is none.
    finding: Option<Finding>,
) -> impl IntoView {
    let d = outline(finding.map_or("", Finding::shape));
    view! {
        <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
            <path d=d></path>
        </svg>
    }
}
