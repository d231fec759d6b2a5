//! One subject.

use leptos::html;
use leptos::prelude::*;

use crate::dataset::date::Date;
use crate::dataset::pack::{Finding, Step, Subject};
use crate::query::Selection;
use crate::query::address::encode;

use super::app::Histories;
use super::explorer::{Explorer, Trace};
use super::mark::Mark;
use super::marked::Marked;

/// A subject's card: its finding on the chosen day and what set it, its key facts, and its history
/// to open.
///
/// Where there is no finding yet the card is hidden; what it says then is for readers without
/// scripts, who see every card.
#[component]
pub fn Card(
    /// The state of the page.
    explorer: Explorer,
    /// The subject.
    subject: Subject,
    /// What stands in each card's history.
    histories: Histories,
) -> impl IntoView {
    let row = subject.row();
    let pack = explorer.pack;
    let current = Memo::new(move |_| explorer.step(row));
    let finding = Signal::derive(move || current.get().map(Step::finding));
    let shown = move || explorer.answer.read().shown.get(row) == Some(&true);
    let step = move || current.get().or_else(|| subject.steps().next());
    let said = move |what: fn(Step) -> &'static str| {
        Signal::derive(move || step().map_or("", what))
    };
    let day = move |what: fn(Step) -> Option<Date>| Signal::derive(move || step().and_then(what));

    let is_open = move || explorer.selection.read().open == Some(row);
    let set_open = move |open: bool| {
        explorer.change(Trace::Step, |it| match (open, it.open == Some(row)) {
            (true, _) => it.open = Some(row),
            (false, true) => it.open = None,
            (false, false) => {}
        });
    };
    let details = NodeRef::<html::Details>::new();
    let press = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        set_open(!is_open());
    };
    // A browser opens it without a press where it finds a text inside.
    let toggled = move |_| details.get_untracked().iter().for_each(|it| set_open(it.open()));
    let summary = NodeRef::<html::Summary>::new();
    let key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && explorer.selection.read_untracked().open == Some(row) {
            set_open(false);
            _ = summary.get_untracked().map(|it| it.focus());
        }
    };
    let link = move || {
        let open = Selection {
            as_of: explorer.selection.read().as_of,
            open: Some(row),
            ..Selection::new(pack)
        };
        ["#", &encode(pack, &open)].concat()
    };
    let follow = move |event: leptos::ev::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            set_open(true);
        }
    };

    // A match that only the history has would leave a reader wondering why the card is here.
    let in_history = move || {
        let search = explorer.search.read();
        let said = |it: Step| [it.summary(), it.qualification().0, it.to()];
        let own = [subject.name(), subject.place(), subject.money()];
        !search.is_empty() && !search.is_in(step().map(said).into_iter().flatten().chain(own))
    };

    #[cfg(feature = "site")]
    let history = view! {
        <div class="history" inner_html=histories.get(row).cloned().unwrap_or_default()></div>
    };
    #[cfg(not(feature = "site"))]
    let history = {
        let () = histories;
        view! { <div class="history"></div> }
    };

    let n_events = subject.n_events().to_string();
    let n_sources = subject.n_sources().to_string();
    view! {
        <article
            class="card"
            id=["open=", subject.id()].concat()
            data-subject=subject.id()
            data-finding=move || finding.get().map_or("", Finding::id)
            hidden=move || !shown()
            aria-labelledby=subject.id()
            on:keydown=key
        >
            <p class="badge" data-tone=move || finding.get().map_or("", Finding::tone)>
                <Mark finding />
                {move || finding.get().map_or("No finding yet", Finding::label)}
            </p>
            <h3 id=subject.id()>
                <Marked explorer text=Signal::stored(subject.name()) />
            </h3>
            <p class="card__place">
                <Marked explorer text=Signal::stored(subject.place()) />
            </p>
            <p class="card__sentence">
                <Marked explorer text=said(Step::summary) />
                <Cite words=said(|it| it.citation().0) url=said(|it| it.citation().1) />
            </p>
            <p class="card__qualification" hidden=move || step().is_none_or(|it| it.qualification().0.is_empty())>
                <Marked explorer text=said(|it| it.qualification().0) />
                <Cite words=said(|it| it.qualification().1) url=said(|it| it.qualification().2) />
            </p>
            <dl class="card__facts">
                <div>
                    <dt>{said(Step::kind)}</dt>
                    <dd><Day day=day(|it| Some(it.day())) /></dd>
                </div>
                <div hidden=move || step().is_none_or(|it| it.to().is_empty())>
                    <dt>"To"</dt>
                    <dd><Marked explorer text=said(Step::to) /></dd>
                </div>
                <div hidden=move || step().is_none_or(|it| it.reply_by().is_none())>
                    <dt>"Reply by"</dt>
                    <dd><Day day=day(Step::reply_by) /></dd>
                </div>
                <div hidden=subject.money().is_empty()>
                    <dt>"Grant at stake"</dt>
                    <dd><Marked explorer text=Signal::stored(subject.money()) /></dd>
                </div>
            </dl>
            <p class="card__hint" hidden=move || !in_history()>"Found in its history"</p>
            <details class="card__details" node_ref=details prop:open=is_open on:toggle=toggled>
                <summary node_ref=summary on:click=press>
                    "History" <span class="unseen">" of " {subject.name()}</span>
                    <span class="card__n">{n_events} " events · " {n_sources} " sources"</span>
                </summary>
                {history}
            </details>
            <a class="card__link" href=link on:click=follow>
                "Link" <span class="unseen">" to " {subject.name()}</span>
            </a>
        </article>
    }
}

/// A day, for readers and for machines.
#[component]
fn Day(
    /// The day.
    day: Signal<Option<Date>>,
) -> impl IntoView {
    let iso = move || day.get().map(Date::iso);
    view! { <time datetime=iso>{move || day.get().map(Date::long)}</time> }
}

/// Where a sentence can be checked.
#[component]
fn Cite(
    /// The source in words; nothing is shown where they are empty.
    words: Signal<&'static str>,
    /// Its address.
    url: Signal<&'static str>,
) -> impl IntoView {
    view! { " " <a class="cite" href=url hidden=move || words.get().is_empty()>{words}</a> }
}
