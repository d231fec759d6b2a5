//! How many are shown, and how.

#[cfg(feature = "site")]
use leptos::prelude::*;

use crate::language::Word;
#[cfg(feature = "site")]
use crate::query::Sort;
use crate::query::{self, FINDING};

use super::explorer::{Explorer, Fetched};
#[cfg(feature = "site")]
use super::filters::FILTERS;
#[cfg(feature = "site")]
use super::take::TAKE;

/// The result count, which is also what a screen reader hears after each change; the order of the
/// cards; and the way out of every filter.
#[cfg(feature = "site")]
#[component]
pub fn ResultBar<'a>(
    /// The state of the page.
    explorer: &'a Explorer,
) -> impl IntoView {
    let pack = explorer.pack;
    let words = pack.words();
    let sorts = Sort::ALL.into_iter().filter(|it| it.is_of_use(pack));
    // Without a search everything matches as well.
    let sorts = sorts.map(|it| {
        let idle = it == Sort::Match;
        let label = words.text(it.word());
        view! { <option value=it.id() disabled=idle>{label}</option> }
    });
    view! {
        <div class="result-bar">
            <p class="result-bar__count" role="status" tabindex="-1">
                {status(explorer)}
            </p>
            <button type="button" class="press result-bar__filters live" popovertarget=FILTERS>
                {filters(explorer)}
            </button>
            <button type="button" class="press result-bar__clear" hidden>
                {words.text(Word::ClearAll)}
            </button>
            <button type="button" class="press live" popovertarget=TAKE>
                {words.text(Word::TakeAlong)}
            </button>
            <div class="result-bar__how live">
                <ViewSwitch explorer />
                <label class="result-bar__sort">
                    {[words.text(Word::SortBy), " "].concat()}
                    <select name="sort" autocomplete="off">
                        {sorts.collect_view()}
                    </select>
                </label>
            </div>
        </div>
    }
}

/// One choice of how to show what is shown.
#[cfg(feature = "site")]
#[component]
fn ViewSwitch<'a>(
    /// The state of the page.
    explorer: &'a Explorer,
) -> impl IntoView {
    let words = explorer.pack.words();
    let views = query::View::ALL
        .into_iter()
        .filter(|it| it.is_of_use(explorer.pack));
    let views = views.map(|it| {
        view! {
            <label>
                <input
                    type="radio"
                    name="view"
                    value=it.id()
                    autocomplete="off"
                    checked=it == query::View::default()
                />
                <span>{words.text(it.word())}</span>
            </label>
        }
    });
    view! {
        <fieldset class="views">
            <legend class="unseen">{words.text(Word::View)}</legend>
            {views.collect_view()}
        </fieldset>
    }
}

/// How many of how many are shown, on which day, and what the reader waits for.
pub fn status(explorer: &Explorer) -> String {
    let Explorer {
        pack, selection, ..
    } = explorer;
    let words = pack.words();
    // What a reader waits for that can't be seen to come is heard here: cards and names may be missing where the
    // answer itself is whole.
    // What is compared stands beside the cards, and its count is said here as it is.
    let is_view = selection.view != query::View::Cards;
    let waits = match explorer.rest() {
        Fetched::Awaited if is_view => words.text(Word::StillLoading),
        Fetched::Refused => words.text(Word::StillRefused),
        _ if explorer.refused => words.text(Word::StillRefused),
        _ if !explorer.lacking.is_empty() => words.text(Word::StillLoading),
        _ => "",
    };
    let compared = match selection.compare.len() {
        0 => String::new(),
        n => words.fill(Word::NCompared, &[&n.to_string()]),
    };
    let (n, all) = (explorer.answer.n_shown, pack.n_subjects());
    let with = [&*n.to_string(), &*all.to_string(), pack.nouns_of(all)];
    let shown = words.fill(Word::Shown, &with);
    // While the next answer has to wait, this one is of its own day.
    [&shown, &explorer.answer.as_of_words(), &compared, waits].concat()
}

/// What opens the sheet with the filters, in words.
pub fn filters(explorer: &Explorer) -> String {
    let words = explorer.pack.words();
    let chosen = explorer.selection.chosen.iter();
    match chosen.filter(|it| it.0 != FINDING).count() {
        0 => words.text(Word::Filters).to_owned(),
        n => words.fill(Word::FiltersN, &[&n.to_string()]),
    }
}
