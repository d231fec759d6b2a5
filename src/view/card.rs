//! One subject.

use leptos::html;
use leptos::prelude::*;

use crate::dataset::date::Date;
use crate::dataset::pack::{Finding, Step, Subject};
use crate::query::Selection;
use crate::query::address::encode;

use super::app::Histories;
use super::compare::CompareChoice;
use super::explorer::{Explorer, Trace};
use super::mark::Mark;
use super::markup;

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
        let Some(day) = explorer.before.get() else {
            return String::new();
        };
        let was = subject.step_on(day).map(Step::finding);
        if was == finding.get() {
            return String::new();
        }
        let when = if day < explorer.selection.read().as_of {
            " before: "
        } else {
            " later: "
        };
        [when, was.map_or("no finding", Finding::label)].concat()
    });
    let id = Signal::derive(move || finding.get().map_or("", Finding::id));
    let step = Signal::derive(move || current.get().or_else(|| subject.steps().next()));
    let hidden = Signal::derive(move || !explorer.answer.read().is_shown(row));
    let is_open = Signal::derive(move || explorer.selection.read().open == Some(row));
    let summary = NodeRef::<html::Summary>::new();
    let close = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            set_open(explorer, subject, false);
            _ = summary.get_untracked().map(|it| it.focus());
        }
    };
    // A match that only the history has would leave a reader wondering why the card is here.
    let not_only_in_history = Signal::derive(move || {
        let search = explorer.search.read();
        let said = |it: Step| [it.summary(), it.qualification().0, it.to()];
        let own = [subject.name(), subject.place()];
        let fields = explorer.pack.fields().filter(|it| it.is_on_card());
        let own = own.into_iter().chain(fields.map(|it| it.of(subject)));
        let said = step.get().map(said).into_iter().flatten().chain(own);
        search.is_empty() || search.is_in(said)
    });
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
                hidden=subject.place().is_empty()
                inner_html=marked(explorer, Signal::stored(subject.place()))
            ></p>
            <Said explorer step />
            <KeyFacts explorer subject step />
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

/// One text of a step; empty where there is no step.
fn said(step: Signal<Option<Step>>, what: fn(Step) -> &'static str) -> Signal<&'static str> {
    Signal::derive(move || step.get().map_or("", what))
}

/// A text as markup, with what the search finds in it marked.
fn marked(explorer: Explorer, text: Signal<&'static str>) -> Signal<String> {
    Signal::derive(move || markup::marked(&explorer.search.read(), text.get()).into_string())
}

/// Whether a text is empty.
fn is_empty(text: Signal<&'static str>) -> Signal<bool> {
    Signal::derive(move || text.get().is_empty())
}

/// What happened in one sentence, and one more where the finding was conditional or mixed; each
/// with its citation.
#[component]
fn Said(
    /// The state of the page.
    explorer: Explorer,
    /// What set the finding.
    step: Signal<Option<Step>>,
) -> impl IntoView {
    let qualification = said(step, |it| it.qualification().0);
    view! {
        <p class="card__sentence">
            <span inner_html=marked(explorer, said(step, Step::summary))></span>
            <Cite words=said(step, |it| it.citation().0) url=said(step, |it| it.citation().1) />
        </p>
        <p class="card__qualification" hidden=is_empty(qualification)>
            <span inner_html=marked(explorer, qualification)></span>
            <Cite
                words=said(step, |it| it.qualification().1)
                url=said(step, |it| it.qualification().2)
            />
        </p>
    }
}

/// Where a sentence can be checked.
#[component]
fn Cite(
    /// The source in words; nothing is shown where they are empty.
    words: Signal<&'static str>,
    /// Its address.
    url: Signal<&'static str>,
) -> impl IntoView {
    view! {
        " "
        <a class="cite" href=url hidden=is_empty(words)>
            {words}
        </a>
    }
}

/// A few facts: when, to whom, by when, and the further ones that cards have.
#[component]
fn KeyFacts(
    /// The state of the page.
    explorer: Explorer,
    /// The subject.
    subject: Subject,
    /// What set the finding.
    step: Signal<Option<Step>>,
) -> impl IntoView {
    let to = said(step, Step::to);
    let day = Signal::derive(move || {
        step.get()
            .map(Step::day)
            .filter(|it| *it != Date::default())
    });
    let kind = said(step, |it| match it.kind() {
        "" => "Date",
        kind => kind,
    });
    let reply_by = Signal::derive(move || step.get().and_then(Step::reply_by));
    let fields = explorer.pack.fields().filter(|it| it.is_on_card());
    let fields = fields.map(|it| (it.label(), it.of(subject)));
    let fields = fields.map(|(label, said)| {
        view! {
            <div hidden=said.is_empty()>
                <dt>{label}</dt>
                <dd inner_html=marked(explorer, Signal::stored(said))></dd>
            </div>
        }
    });
    view! {
        <dl class="card__facts">
            <div hidden=Signal::derive(move || day.get().is_none())>
                <dt>{kind}</dt>
                <dd>
                    <Day day />
                </dd>
            </div>
            <div hidden=is_empty(to)>
                <dt>"To"</dt>
                <dd inner_html=marked(explorer, to)></dd>
            </div>
            <div hidden=Signal::derive(move || reply_by.get().is_none())>
                <dt>"Reply by"</dt>
                <dd>
                    <Day day=reply_by />
                </dd>
            </div>
            {fields.collect_view()}
        </dl>
    }
}

/// A day, for readers and for machines.
#[component]
fn Day(
    /// The day.
    day: Signal<Option<Date>>,
) -> impl IntoView {
    let iso = Signal::derive(move || day.get().map_or_else(String::new, Date::iso));
    let long = Signal::derive(move || day.get().map_or_else(String::new, Date::long));
    view! { <time datetime=iso>{long}</time> }
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
