//! The cards, in order.

use leptos::prelude::*;

use crate::query::View;

use super::app::Histories;
use super::card::Card;
use super::explorer::Explorer;

/// Every subject's card. Those that aren't shown stay in place, hidden, so that a filter moves
/// nothing; only another order moves cards. Another view hides them all.
#[component]
pub fn CardList(
    /// The state of the page.
    explorer: Explorer,
    /// What stands in each card's history.
    histories: Histories,
) -> impl IntoView {
    let order = Memo::new(move |_| explorer.answer.read().order.clone());
    let other = Signal::derive(move || explorer.selection.read().view != View::Cards);
    view! {
        <div class="cards" hidden=other>
            <For
                each=move || order.get().to_vec()
                key=|it| *it
                children=move |it| {
                    explorer
                        .pack
                        .subject(it as usize)
                        .map(|subject| view! { <Card explorer subject histories /> })
                }
            />
        </div>
    }
}
