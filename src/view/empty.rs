//! What stands where no card does.

use leptos::prelude::*;

use crate::query::answer::{Narrowing, without};
use crate::query::{FINDING, Selection};

use super::explorer::{Explorer, Trace};

/// Says that nothing is shown, and offers to drop each thing that empties the page.
#[component]
pub fn Empty(
    /// The state of the page.
    explorer: Explorer,
) -> impl IntoView {
    let pack = explorer.pack;
    let is_empty = move || explorer.answer.read().n_shown == 0;
    let offer = move |narrowing: Narrowing, label: &'static str| {
        let n = Memo::new(move |_| {
            if is_empty() {
                without(pack, &explorer.selection.read(), narrowing)
            } else {
                0
            }
        });
        let drop = move |_| {
            explorer.change(Trace::Step, |it: &mut Selection| match narrowing {
                Narrowing::Text => it.text.clear(),
                Narrowing::Facet(facet) => it.drop_facet(facet),
            });
        };
        let nothing = Signal::derive(move || n.get() == 0);
        let words =
            Signal::derive(move || ["Drop “", label, "” (", &n.get().to_string(), ")"].concat());
        view! {
            <button type="button" class="press" hidden=nothing on:click=drop>
                {words}
            </button>
        }
    };
    let facets = pack
        .facets()
        .map(|it| offer(Narrowing::Facet(it.row() + 1), it.label()));
    let words = Signal::derive(move || {
        let day = explorer.selection.read().as_of.long();
        ["No ", pack.noun(), " fits all of this as of ", &day, "."].concat()
    });
    let default = pack.snapshots().next().map_or("", |it| it.label());
    let to_default = move |_| explorer.change(Trace::Step, |it| *it = Selection::new(pack));
    let filled = Signal::derive(move || !is_empty());
    let some_found =
        Signal::derive(move || explorer.answer.read().steps.iter().any(Option::is_some));
    view! {
        <div class="empty" hidden=filled>
            <p>{words}</p>
            {offer(Narrowing::Text, "Search")}
            {offer(Narrowing::Facet(FINDING), "Finding")}
            {facets.collect_view()}
            <button type="button" class="press" hidden=some_found on:click=to_default>
                {["Nothing had been found by then. Go to “", default, "”"].concat()}
            </button>
        </div>
    }
}
