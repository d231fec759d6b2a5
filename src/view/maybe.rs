//! Parts that leave no markup where there is nothing in them.

use leptos::prelude::*;

use super::told::Own;

/// A paragraph.
#[component]
pub fn Paragraph(
    /// Its text.
    #[prop(into)]
    text: String,
    /// Its class; none where it is empty.
    #[prop(default = "")]
    class: &'static str,
    /// The language of its text.
    #[prop(default = Own::default())]
    own: Own,
) -> impl IntoView {
    let Own { lang, dir } = own;
    // An empty class would be written, too.
    match (text.is_empty(), class) {
        (true, _) => None,
        (false, "") => Some(view! { <p lang=lang dir=dir>{text}</p> }.into_any()),
        (false, class) => Some(
            view! {
                <p class=class lang=lang dir=dir>
                    {text}
                </p>
            }
            .into_any(),
        ),
    }
}

/// A section with a heading.
#[component]
pub fn Part<V: IntoView>(
    /// The heading's id on the page.
    id: &'static str,
    /// The heading.
    #[prop(into)]
    title: String,
    /// What stands under it.
    body: Option<V>,
) -> impl IntoView {
    body.map(|body| {
        view! {
            <section>
                <h2 id=id>{title}</h2>
                {body}
            </section>
        }
    })
}

/// Some views, where there are any.
pub fn any<V>(views: Vec<V>) -> Option<Vec<V>> {
    Some(views).filter(|it| !it.is_empty())
}
