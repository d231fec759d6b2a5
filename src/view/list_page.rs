//! A page of a long list, for readers without scripts, and for what reads pages instead of people.

use leptos::prelude::*;

use crate::dataset::model::Dataset;
use crate::dataset::numbers::count;
use crate::dataset::pack::{Pack, Step, Subject};
use crate::query::compare::rows;
use crate::query::search::Search;

use super::long::{LISTED, PAGES};
use super::markup::{Markup, markup};
use super::said::cited;

/// A run of the subjects, in the order of their names, with all that is known of each.
#[component]
pub fn ListPage<'a>(
    /// The dataset.
    dataset: &'a Dataset,
    /// Its pack.
    pack: Pack,
    /// Which page it is, from 1.
    page: usize,
    /// The number of pages.
    n_pages: usize,
) -> impl IntoView {
    let about = &dataset.about;
    let subjects = pack.subjects().skip((page - 1) * LISTED).take(LISTED);
    let mut list = Markup::default();
    for subject in subjects {
        list.part(&entry(pack, subject));
    }
    let link = move |to: usize, words: &'static str| {
        (1..=n_pages)
            .contains(&to)
            .then(|| view! { <a href=format!("./{to}.html")>{words}</a> " " })
    };
    view! {
        <header class="masthead">
            <p class="masthead__kicker">
                <a href="../index.html">{about.title.clone()}</a>
            </p>
            <h1>{format!("All {} {}", count(pack.n_subjects()), about.noun.many)}</h1>
            <p class="masthead__dateline">{format!("Page {page} of {n_pages}, in the order of their names")}</p>
        </header>
        <main>
            <div class="cards" inner_html=list.into_string()></div>
            <nav aria-label="Pages of the list">
                <p>{link(page - 1, "Previous page")} {link(page + 1, "Next page")}</p>
            </nav>
        </main>
    }
}

/// One subject: what its card says, and every fact and value.
fn entry(pack: Pack, subject: Subject) -> Markup {
    let day = pack.last_day();
    let step = subject.step_on(day);
    let search = Search::default();
    let mut entry = Markup::default();
    markup!(entry: "<article class=\"card\" id=\"" (subject.id()) "\"><h2>");
    if pack.n_subjects() > PAGES {
        entry.text(subject.name());
    } else {
        markup!(entry: "<a href=\"../subject/" (subject.id()) ".html\">" (subject.name()) "</a>");
    }
    markup!(entry:
        "</h2><p class=\"card__place\">" (subject.place()) "</p><p class=\"card__sentence\">"
        {cited(&search, step.map(|it| (it.summary(), it.citation())))} "</p><p class=\"card__qualification\">"
        {cited(&search, step.and_then(Step::qualification))} "</p><dl class=\"card__facts\">"
    );
    for row in rows(pack, &[subject], day) {
        let said = row.cells.concat();
        if step.is_none_or(|it| said != it.summary()) {
            markup!(entry: "<div><dt>" (row.label) "</dt><dd>" (&said) "</dd></div>");
        }
    }
    entry.raw("</dl></article>");
    entry
}
