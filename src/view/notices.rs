//! Whose works a site's program is made of: the foot of the page behind the facts.

use leptos::prelude::*;

use crate::language::{Word, Words};

/// Where their authors and licences are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notices {
    /// In a file of the site, by its path.
    File(String),
    /// In the page itself: this text. Nothing else comes with it.
    Here(String),
}

/// The foot of the page.
#[component]
pub fn NoticesFoot(
    /// Where they are told.
    notices: Notices,
    /// The interface's words.
    words: Words,
) -> impl IntoView {
    let label = words.text(Word::Notices);
    let told = match notices {
        Notices::File(path) => {
            let href = format!("./{path}");
            view! {
                <p>
                    <a href=href>{label}</a>
                </p>
            }
            .into_any()
        }
        // As their authors wrote it.
        Notices::Here(text) => view! {
            <details>
                <summary>{label}</summary>
                <pre lang="en" dir="ltr">
                    {text}
                </pre>
            </details>
        }
        .into_any(),
    };
    view! { <footer class="colophon">{told}</footer> }
}
