//! One subject.

use leptos::html;
use leptos::prelude::*;

use crate::dataset::pack::{Finding, Step, Subject};
use crate::query::Selection;
use crate::query::address::encode;

use super::app::Histories;
use super::compare::CompareChoice;
use super::explorer::{Explorer, Trace};
use super::mark::Mark;
use super::markup;
use super::said::{cited, is_only_in_history, key_facts, was};

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
    let current = Memo::new(move |_| explorer.step(row));
    let finding = Signal::derive(move || current.get().map(Step::finding));
    let tone = Signal::derive(move || finding.get().map_or("", Finding::tone));
    let label = Signal::derive(move || finding.get().map_or("No finding yet", Finding::label));
    // What it was on the day that the reader came from.
    let was = Signal::derive(move || {
        let as_of = explorer.selection.read().as_of;
        was(subject, finding.get(), explorer.before.get(), as_of)
    });
    let id = Signal::derive(move || finding.get().map_or("", Finding::id));
    let step = Signal::derive(move || current.get().or_else(|| subject.steps().next()));
    let said = Signal::derive(move || {
        let said = step.get().map(|it| (it.summary(), it.citation()));
        cited(&explorer.search.read(), said).into_string()
    });
    let qualification = Signal::derive(move || {
        let more = step.get().and_then(Step::qualification);
        cited(&explorer.search.read(), more).into_string()
    });
    let facts = Signal::derive(move || {
        key_facts(&explorer.search.read(), subject, step.get()).into_string()
    });
    let hidden = Signal::derive(move || !explorer.answer.read().is_shown(row));
    let is_open = Signal::derive(move || explorer.selection.read().open == Some(row));
    let summary = NodeRef::<html::Summary>::new();
    let close = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            set_open(explorer, subject, false);
            _ = summary.get_untracked().map(|it| it.focus());
        }
    };
    let not_only_in_history =
        Signal::derive(move || !is_only_in_history(&explorer.search.read(), subject, step.get()));
    view! {
        <article
            class="card"
            id=["open=", subject.id()].concat()
            data-subject=subject.id()
            data-finding=id
            hidden=hidden
            aria-labelledby=subject.id()
            on:keydown=close
        >
            <p class="badge" data-tone=tone hidden=!explorer.pack.has_findings()>
                <Mark finding />
                {label}
                <span class="badge__was">{was}</span>
            </p>
            <h3 id=subject.id() inner_html=marked(explorer, Signal::stored(subject.name()))></h3>
            <p
                class="card__place"
                inner_html=marked(explorer, Signal::stored(subject.place()))
            ></p>
            <p class="card__sentence" inner_html=said></p>
            <p class="card__qualification" inner_html=qualification></p>
            <dl class="card__facts" inner_html=facts></dl>
            <p class="card__hint" hidden=not_only_in_history>
                "Found in its history"
            </p>
            <Details explorer subject histories is_open summary />
            <CompareChoice explorer subject />
            <Link explorer subject />
        </article>
    }
}

/// Opens a subject's history, or closes it if it is the open one.
fn set_open(explorer: Explorer, subject: Subject, open: bool) {
    let row = subject.row();
    explorer.change(Trace::Step, |it| match (open, it.open == Some(row)) {
        (true, _) => it.open = Some(row),
        (false, true) => it.open = None,
        (false, false) => {}
    });
}

/// A text as markup, with what the search finds in it marked.
fn marked(explorer: Explorer, text: Signal<&'static str>) -> Signal<String> {
    Signal::derive(move || markup::marked(&explorer.search.read(), text.get()).into_string())
}

/// The history, to open.
#[component]
fn Details(
    /// The state of the page.
    explorer: Explorer,
    /// The subject.
    subject: Subject,
    /// What stands in each card's history.
    histories: Histories,
    /// Whether it is open.
    is_open: Signal<bool>,
    /// Where the focus returns to.
    summary: NodeRef<html::Summary>,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let press = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        set_open(explorer, subject, !is_open.get_untracked());
    };
    // A browser opens it without a press where it finds a text inside.
    let toggled = move |_| {
        if let Some(details) = details.get_untracked() {
            set_open(explorer, subject, details.open());
        }
    };
    let n_events = subject.n_events().to_string();
    let n_sources = subject.n_sources().to_string();
    view! {
        <details class="card__details" node_ref=details prop:open=is_open on:toggle=toggled>
            <summary node_ref=summary on:click=press>
                "History"
                <span class="unseen">" of " {subject.name()}</span>
                <span class="card__n">
                    {[&n_events, " events · ", &n_sources, " sources"].concat()}
                </span>
            </summary>
            {history(subject, histories)}
        </details>
    }
}

#[cfg(feature = "site")]
fn history(subject: Subject, histories: Histories) -> impl IntoView {
    let markup = histories
        .markup
        .read_value()
        .get(subject.row())
        .cloned()
        .unwrap_or_default();
    view! { <div class="history" inner_html=markup></div> }
}

#[cfg(not(feature = "site"))]
fn history(_: Subject, _: Histories) -> impl IntoView {
    view! { <div class="history"></div> }
}

/// A link to this card on the chosen day. Followed, it opens the card and leaves the rest as it is.
#[component]
fn Link(
    /// The state of the page.
    explorer: Explorer,
    /// The subject.
    subject: Subject,
) -> impl IntoView {
    let href = Signal::derive(move || {
        let pack = explorer.pack;
        let mut open = Selection::new(pack);
        open.as_of = explorer.selection.read().as_of;
        open.open = Some(subject.row());
        ["#", &encode(pack, &open)].concat()
    });
    let follow = move |event: leptos::ev::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            set_open(explorer, subject, true);
        }
    };
    view! {
        <a class="card__link" href=href on:click=follow>
            "Link"
            <span class="unseen">" to " {subject.name()}</span>
        </a>
    }
}
