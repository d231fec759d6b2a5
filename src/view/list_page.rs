//! A page of a long list, for readers without scripts, and for what reads pages instead of people.

use leptos::prelude::*;

use crate::dataset::model::Dataset;
use crate::dataset::numbers::count;
use crate::dataset::pack::{Pack, Step, Subject};
use crate::language::Word;
use crate::query::compare::rows;
use crate::query::search::Search;

use super::long::{LISTED, PAGES};
use super::markup::{Markup, markup, own};
use super::said::cited;
use super::told::Own;

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
    let words = dataset.words();
    let Own { lang, dir } = Own::of(dataset);
    let n = pack.n_subjects();
    let all = [&*count(words, n), about.noun.of(n, words)];
    let page_of = [&*page.to_string(), &*n_pages.to_string()];
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
                <a href="../index.html" lang=lang dir=dir>
                    {about.title.clone()}
                </a>
            </p>
            <h1>{words.fill(Word::AllNouns, &all)}</h1>
            <p class="masthead__dateline">{words.fill(Word::PageOf, &page_of)}</p>
        </header>
        <main>
            <div class="cards" inner_html=list.into_string()></div>
            <nav aria-label=words.text(Word::PagesOfList)>
                <p>{link(page - 1, words.text(Word::PreviousPage))}
                    {link(page + 1, words.text(Word::NextPage))}</p>
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
    let own = own(pack);
    markup!(entry: "<article class=\"card\" id=\"" (subject.id()) "\"><h2" {own} ">");
    if pack.n_subjects() > PAGES {
        entry.text(subject.name());
    } else {
        markup!(entry: "<a href=\"../subject/" (subject.id()) ".html\">" (subject.name()) "</a>");
    }
    markup!(entry:
        "</h2><p class=\"card__place\"" {own} ">" (subject.place()) "</p><p class=\"card__sentence\"" {own} ">"
        {cited(&search, step.map(|it| (it.summary(), it.citation())))} "</p><p class=\"card__qualification\"" {own} ">"
        {cited(&search, step.and_then(Step::qualification))} "</p><dl class=\"card__facts\">"
    );
    let mut told = Vec::new();
    for row in rows(pack, &[subject], day) {
        let said = row.cells.concat();
        // A field comes before the facet of its ranges.
        if row.is_own_label && told.contains(&row.label) {
            continue;
        }
        told.extend(row.is_own_label.then_some(row.label));
        if step.is_none_or(|it| said != it.summary()) {
            let none = Markup::default();
            let of_label = if row.is_own_label { &own } else { &none };
            let of_cells = if row.is_own { &own } else { &none };
            markup!(entry:
                "<div><dt" {of_label} ">" (row.label) "</dt><dd" {of_cells} ">" (&said) "</dd></div>");
        }
    }
    entry.raw("</dl></article>");
    entry
}
