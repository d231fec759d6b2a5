//! Whose works a site's program is made of: the foot of the page behind the facts.

use leptos::prelude::*;

/// Where their authors and licences are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notices<'a> {
    /// In a file of the site, by its path.
    File(&'a str),
    /// In the page itself: this text. Nothing else comes with it.
    Here(&'a str),
}

/// The foot of the page.
#[component]
pub fn NoticesFoot<'a>(
    /// Where they are told.
    notices: Notices<'a>,
) -> impl IntoView {
    let told = match notices {
        Notices::File(path) => {
            let href = format!("./{path}");
            view! {
                <p>
                    "The program of this site has "
                    <a href=href>"works of others, under their licences"</a> ", in itself."
                </p>
            }
            .into_any()
        }
        Notices::Here(text) => {
            let text = text.to_owned();
            view! {
                <details>
                    <summary>"The works of others in the program of this file, and their licences"</summary>
                    <pre>{text}</pre>
                </details>
            }
            .into_any()
        }
    };
    view! { <footer class="colophon">{told}</footer> }
}
