//! The cards, in order.

use leptos::either::Either;
use leptos::prelude::*;

use crate::query::View;

use super::app::Histories;
#[cfg(feature = "site")]
use super::card::Asked;
use super::explorer::Explorer;
use super::long::{PAST, is_long, tools};
#[cfg(feature = "site")]
use super::markup::Markup;

/// Every subject's card. Those that aren't shown stay in place, hidden, so that a filter moves
/// nothing; only another order moves cards. Another view hides them all. The browser leaves them as
/// they were written, and `src/browser/cards.rs` keeps them at what is asked for.
#[component]
pub fn CardList(
    /// The state of the page.
    explorer: Explorer,
    /// What stands in each card's history.
    histories: Histories,
) -> impl IntoView {
    if is_long(explorer.pack) {
        return Either::Right(view! { <LongList explorer /> });
    }
    let other = Signal::derive(move || explorer.selection.read().view != View::Cards);
    Either::Left(cards(explorer, histories, other))
}

#[cfg(feature = "site")]
fn cards(explorer: Explorer, histories: Histories, hidden: Signal<bool>) -> impl IntoView {
    let asked = Asked {
        selection: &explorer.selection.read_untracked(),
        answer: &explorer.answer.read_untracked(),
        before: None,
    };
    let histories = histories.markup.read_value();
    let mut cards = Markup::default();
    for row in asked.answer.order.iter() {
        let row = *row as usize;
        let history = histories.get(row).map_or("", String::as_str);
        if let Some(subject) = explorer.pack.subject(row) {
            cards.part(&asked.card(subject, None, history));
        }
    }
    let cards = cards.into_string();
    view! { <div class="cards" hidden=hidden inner_html=cards></div> }
}

#[cfg(not(feature = "site"))]
fn cards(_: Explorer, _: Histories, hidden: Signal<bool>) -> impl IntoView {
    view! { <div class="cards" hidden=hidden></div> }
}

/// The cards, or the rows of the table, where there are too many for a page: the places that
/// `src/browser/list.rs` fills.
#[component]
fn LongList(
    /// The state of the page.
    explorer: Explorer,
) -> impl IntoView {
    let tools = Signal::derive(move || tools(explorer.pack, &explorer.answer.read()).into_string());
    let is_other = move |view| Signal::derive(move || explorer.selection.read().view != view);
    let no_list = Signal::derive(move || {
        !matches!(explorer.selection.read().view, View::Cards | View::Table)
    });
    view! {
        <div class="long__tools live" hidden=no_list inner_html=tools></div>
        {feed(explorer, is_other(View::Cards))}
        <div class="long__table" hidden=is_other(View::Table)></div>
        {rest(explorer)}
        <p class="unseen" id=PAST tabindex="-1">
            "End of the list"
        </p>
    }
}

#[cfg(feature = "site")]
fn feed(explorer: Explorer, hidden: Signal<bool>) -> impl IntoView {
    let answer = explorer.answer.get_untracked();
    let selection = explorer.selection.get_untracked();
    let first = super::long::first(explorer.pack, &selection, &answer).into_string();
    view! { <div class="long" role="feed" aria-labelledby="results" hidden=hidden inner_html=first></div> }
}

#[cfg(not(feature = "site"))]
fn feed(_: Explorer, hidden: Signal<bool>) -> impl IntoView {
    view! { <div class="long" role="feed" aria-labelledby="results" hidden=hidden></div> }
}

/// Where the rest is for readers without scripts. The style hides it from the others.
fn rest(explorer: Explorer) -> impl IntoView {
    let n = explorer.pack.n_subjects().to_string();
    let words = ["All ", &n, " ", explorer.pack.nouns(), ", page by page"].concat();
    view! {
        <p class="long__rest">
            <a href=super::long::address_of_rest()>{words}</a>
        </p>
    }
}
