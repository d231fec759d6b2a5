//! What else than cards a selection shows.

use leptos::prelude::*;

use crate::dataset::pack::Pack;
use crate::query::{Answer, Selection, View};

use super::compare::compare;
use super::empty::empty;
use super::explorer::{Explorer, More};
use super::long::is_long;
use super::map::map;
use super::markup::Markup;
use super::notes::notes;
use super::table::table;
use super::timeline::timeline;

/// The subjects that are compared.
#[component]
pub fn Compared(
    /// The state of the page.
    explorer: Explorer,
) -> impl IntoView {
    let markup = Signal::derive(move || {
        if !explorer.unnamed.read().is_empty() && !explorer.selection.read().compare.is_empty() {
            return awaited(explorer).into_string();
        }
        compare(
            explorer.pack,
            &explorer.selection.read(),
            &explorer.answer.read(),
        )
        .into_string()
    });
    view! { <div class="other" inner_html=markup></div> }
}

/// The table, the timeline or the map; and what is to be said where nothing is shown.
#[component]
pub fn Other(
    /// The state of the page.
    explorer: Explorer,
) -> impl IntoView {
    let markup = Signal::derive(move || {
        let selection = explorer.selection.read();
        let answer = explorer.answer.read();
        let more = |view: fn(Pack, Pack, &Selection, &Answer) -> Markup| match explorer.more.get() {
            More::Here(_) if !explorer.unnamed.read().is_empty() => awaited(explorer),
            More::Here(more) => view(explorer.pack, more, &selection, &answer),
            More::Awaited => line(LOADING),
            More::Refused => line(
                "This view needs a file that couldn’t be loaded. Cards and table have the same facts.",
            ),
        };
        let mut markup = empty(explorer.pack, &selection, &answer);
        markup.part(&match selection.view {
            View::Cards => Markup::default(),
            // A long one is with the long list.
            View::Table if is_long(explorer.pack) => Markup::default(),
            View::Table => table(explorer.pack, &selection, &answer),
            View::Timeline => more(timeline),
            View::Map => more(map),
        });
        markup.into_string()
    });
    view! { <div class="other" inner_html=markup></div> }
}

/// What stands where the names of subjects are still to come.
fn awaited(explorer: Explorer) -> Markup {
    line(if explorer.refused.get() {
        "The rest of the data couldn’t be loaded."
    } else {
        LOADING
    })
}

const LOADING: &str = "Loading…";

fn line(words: &str) -> Markup {
    let mut line = Markup::default();
    line.text(words);
    line
}

/// The sources, while the page is printed.
#[component]
pub fn Noted(
    /// The state of the page.
    explorer: Explorer,
) -> impl IntoView {
    let markup = Signal::derive(move || {
        // The cards of a long list aren't all there to be numbered; their addresses are written out.
        if !explorer.printing.get() || is_long(explorer.pack) {
            return String::new();
        }
        let address = explorer.address();
        let selection = explorer.selection.read();
        notes(explorer.pack, &selection, &explorer.answer.read(), &address).into_string()
    });
    view! { <div class="other" inner_html=markup></div> }
}
