//! The cards, in order.

use leptos::either::Either;
use leptos::prelude::*;

use crate::language::Word;

use super::card::{AT_ONCE, Asked};
use super::explorer::Explorer;
use super::long::{PAST, address_of_rest, first, is_long, tools};
use super::markup::Markup;

/// Every subject's card. Those that aren't shown stay in place, hidden, so that a filter moves
/// nothing; only another order moves cards. Another view hides them all. The browser leaves them as
/// they were written, and `src/browser/cards.rs` keeps them at what is asked for.
#[component]
pub fn CardList<'a>(
    /// The state of the page.
    explorer: &'a Explorer,
    /// What stands in each card's history.
    histories: &'a [String],
) -> impl IntoView {
    if is_long(explorer.pack) {
        return Either::Right(view! { <LongList explorer /> });
    }
    let asked = Asked {
        selection: &explorer.selection,
        answer: &explorer.answer,
        before: None,
    };
    let mut cards = Markup::default();
    let mut n_shown = 0;
    for row in asked.answer.order.iter() {
        let row = *row as usize;
        let history = histories.get(row).map_or("", String::as_str);
        if let Some(subject) = explorer.pack.subject(row) {
            let is_shown = asked.answer.is_shown(row);
            let is_late = is_shown && n_shown >= AT_ONCE;
            n_shown += usize::from(is_shown);
            cards.part(&asked.card(subject, None, history, is_late));
        }
    }
    let cards = cards.into_string();
    Either::Left(view! { <div class="cards" inner_html=cards></div> })
}

/// The cards, or the rows of the table, where there are too many for a page: the places that
/// `src/browser/list.rs` fills.
#[component]
fn LongList<'a>(
    /// The state of the page.
    explorer: &'a Explorer,
) -> impl IntoView {
    let Explorer {
        pack,
        selection,
        answer,
        ..
    } = explorer;
    let first = first(*pack, selection, answer).into_string();
    let words = pack.words();
    let n = pack.n_subjects();
    // Where the rest is for readers without scripts. The style hides it from the others.
    let rest = words.fill(Word::AllPages, &[&n.to_string(), pack.nouns_of(n)]);
    view! {
        <div class="long__tools live" inner_html=tools(explorer).into_string()></div>
        <div class="long" role="feed" aria-labelledby="results" inner_html=first></div>
        <div class="long__table" hidden></div>
        <p class="long__rest">
            <a href=address_of_rest()>{rest}</a>
        </p>
        <p class="unseen" id=PAST tabindex="-1">
            {words.text(Word::EndOfList)}
        </p>
    }
}
