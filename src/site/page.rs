//! What a page says, before it is put into its shell.

use std::collections::HashMap;

use leptos::prelude::*;

use super::document::{Head, Inside, LOST, Shared};
use super::embed;
use super::limits;
use super::linked;
use super::oembed;
use super::shell::compact;

use crate::dataset::date::Date;
use crate::dataset::model::{Dataset, Subject};
use crate::dataset::numbers::count;
use crate::dataset::pack::{self, Pack};
use crate::dataset::telling::place;
use crate::language::Word;
use crate::query::Selection;
use crate::view::about::AboutPage;
use crate::view::changes::ChangesPage;
use crate::view::colophon::Colophon;
use crate::view::corrections::CorrectionsPage;
use crate::view::dossier::{History, joined};
use crate::view::embed::{EmbedFoot, EmbedHead};
use crate::view::list_page::ListPage;
use crate::view::long::{self, is_long};
use crate::view::masthead::Masthead;
use crate::view::notices::{Notices, NoticesFoot};
use crate::view::page_head::PageHead;
use crate::view::record::Record;
use crate::view::spot::Spot;
use crate::view::{App, Explorer};

/// How a page with a long list differs.
const LONG: &str = include_str!("../../style/long.css");

/// The parts of the explorer's page, as markup.
#[derive(Clone, Debug)]
pub struct Page {
    /// The head of the page.
    pub masthead: String,
    /// The part that the browser makes live.
    pub explorer: String,
    /// The foot of the page.
    pub colophon: String,
    /// The rules that this dataset adds: those that let the findings filter before, or without, any script, and those
    /// for a long list.
    pub css: String,
    /// Whether there are findings.
    pub has_findings: bool,
    /// Whether every subject is shown at first: on the day that the page opens at, each has a finding.
    pub shows_all: bool,
    /// The day that they are of at first, in words; none where they have no days.
    pub default_day: Option<String>,
}

/// The explorer's page, at its default selection.
pub fn index(dataset: &Dataset, pack: Pack) -> Page {
    let histories = if dataset.subjects.len() <= limits::HISTORIES {
        histories(dataset, pack, Spot::EXPLORER)
    } else {
        links(dataset, pack)
    };
    explorer(dataset, pack, Spot::EXPLORER, &histories)
}

/// The explorer on a page, with the subjects' histories, or none of them, in it.
pub fn explorer(dataset: &Dataset, pack: Pack, spot: Spot, histories: &[String]) -> Page {
    let findings = pack.findings().collect();
    Owner::new().with(|| Page {
        masthead: settled(view! { <Masthead dataset spot /> }),
        explorer: live(pack, histories),
        colophon: settled(view! { <Colophon dataset findings spot /> }),
        css: finding_filter(pack) + &compact(if is_long(pack) { LONG } else { "" }),
        has_findings: pack.has_findings(),
        shows_all: pack
            .subjects()
            .all(|it| it.step_on(pack.default_day()).is_some()),
        default_day: pack
            .is_dated()
            .then(|| Selection::new(pack).as_of.long(dataset.words())),
    })
}

/// The head of the explorer's page.
pub fn index_head(dataset: &Dataset, shared: &Shared) -> Head {
    Head {
        title: dataset.about.title.clone(),
        description: description(dataset),
        path: "index.html".to_owned(),
        script: false,
        linked_data: linked::dataset(dataset, &shared.address),
        image: Some("social/index.png".to_owned()),
        oembed: Some(oembed::path(None)),
        early: String::new(),
        is_framed: false,
        inside: Inside::default(),
        shared: shared.clone(),
    }
}

/// What the dataset is, in a sentence: the author's, or else what it has.
pub fn description(dataset: &Dataset) -> String {
    let about = &dataset.about;
    if about.standfirst.is_empty() {
        let words = dataset.words();
        let n = dataset.subjects.len();
        let told = [&*about.title, &*count(words, n), about.noun.of(n, words)];
        words.fill(Word::Described, &told)
    } else {
        about.standfirst.clone()
    }
}

/// The path of the picture that stands for a subject's page.
pub fn image(dataset: &Dataset, id: &str) -> String {
    if dataset.subjects.len() > limits::PICTURES {
        "social/index.png".to_owned()
    } else {
        format!("social/{id}.png")
    }
}

/// The subjects that have pages of their own: all, or none.
pub fn recorded(dataset: &Dataset) -> &[Subject] {
    if dataset.subjects.len() > long::PAGES {
        &[]
    } else {
        &dataset.subjects
    }
}

/// The parts of the compact form, as markup.
#[derive(Clone, Debug)]
pub struct Embed {
    /// What stands above the explorer.
    pub head: String,
    /// The part that the browser makes live.
    pub explorer: String,
    /// What stands below it.
    pub foot: String,
}

/// The compact form, at its default selection.
pub fn embed(dataset: &Dataset, pack: Pack) -> Embed {
    Owner::new().with(|| Embed {
        head: settled(view! { <EmbedHead dataset /> }),
        explorer: live(pack, &links(dataset, pack)),
        foot: settled(view! { <EmbedFoot dataset /> }),
    })
}

/// The head of the compact form. Search engines are to find the whole page instead, and in another
/// site's page the browser keeps nothing.
pub fn embed_head(dataset: &Dataset, shared: &Shared) -> Head {
    let shared = Shared {
        offline: String::new(),
        ..shared.clone()
    };
    Head {
        path: embed::PATH.to_owned(),
        linked_data: String::new(),
        image: None,
        oembed: None,
        is_framed: true,
        ..index_head(dataset, &shared)
    }
}

/// What the browser makes live, with the histories in it.
fn live(pack: Pack, histories: &[String]) -> String {
    let explorer = &Explorer::new(pack);
    settled(view! { <App explorer histories /> })
}

/// For each subject, by the pack's numbers, a link to its record in place of its history; none where
/// subjects have no records.
fn links(dataset: &Dataset, pack: Pack) -> Vec<String> {
    if recorded(dataset).is_empty() {
        return Vec::new();
    }
    let link = |id: &str| {
        let href = format!("./subject/{id}.html");
        let whole = dataset.words().text(Word::WholeRecord);
        settled(view! { <p class="history__link"><a href=href>{whole}</a></p> })
    };
    pack.subjects().map(|it| link(it.id())).collect()
}

/// Every page that can be read without a script, each made as it is asked for: its head, and its
/// body's markup.
pub fn plain<'a>(
    dataset: &'a Dataset,
    pack: Pack,
    shared: &'a Shared,
) -> impl Iterator<Item = (Head, String)> + 'a {
    let packed: HashMap<&str, pack::Subject> = if recorded(dataset).is_empty() {
        HashMap::new()
    } else {
        pack.subjects().map(|it| (it.id(), it)).collect()
    };
    let neighbours = dataset.by_name();
    let places: HashMap<&str, usize> = neighbours
        .iter()
        .enumerate()
        .map(|(at, it)| (it.id.as_str(), at))
        .collect();
    let records = recorded(dataset).iter().map(move |subject| {
        let id = subject.id.as_str();
        let at = places.get(id).copied().unwrap_or(0);
        let before = at.checked_sub(1).and_then(|it| neighbours.get(it));
        let beside = [before, neighbours.get(at + 1)].map(Option::<&&Subject>::copied);
        record(
            dataset,
            pack,
            shared,
            (subject, packed.get(id).copied()),
            beside,
        )
    });
    let about = &dataset.about;
    let list = listed(dataset, pack).map(move |(title, path, body)| {
        let head = page_head(dataset, shared, [&title, &about.standfirst, &path]);
        (head, body)
    });
    records.chain(list).chain(behind(dataset, pack, shared))
}

/// A subject's page.
fn record(
    dataset: &Dataset,
    pack: Pack,
    shared: &Shared,
    (subject, packed): (&Subject, Option<pack::Subject>),
    beside: [Option<&Subject>; 2],
) -> (Head, String) {
    let about = &dataset.about;
    let words = dataset.words();
    let id = subject.id.as_str();
    let name = subject.name.get_ref();
    let last = packed.and_then(|it| it.steps().next_back());
    let description = match last {
        Some(it) if pack.has_findings() => {
            let label = it.finding().label();
            let by = match about.found_by.as_str() {
                "" => label.to_owned(),
                by => words.fill(Word::FindingBy, &[label, by]),
            };
            if it.day() == Date::default() {
                format!("{name}: {by}. {}", it.summary())
            } else {
                let day = it.day().long(words);
                words.fill(Word::FoundOn, &[name, &by, &day, it.summary()])
            }
        }
        Some(it) if !it.summary().is_empty() => format!("{name}: {}", it.summary()),
        _ => joined(" · ", [name, &place(dataset, subject), &about.title]),
    };
    let path = format!("subject/{id}.html");
    let head = Head {
        title: format!("{name} · {}", about.title),
        description,
        path: path.clone(),
        script: true,
        linked_data: linked::subject(dataset, subject, &path, &shared.address),
        image: Some(image(dataset, id)),
        oembed: oembed::has_own(dataset).then(|| oembed::path(Some(id))),
        early: String::new(),
        is_framed: false,
        inside: Inside::default(),
        shared: shared.clone(),
    };
    let spot = Spot {
        path: &path,
        site: shared.address.known(),
        name,
        alone: false,
    };
    let body = || settled(view! { <Record dataset pack subject packed spot beside /> });
    (head, Owner::new().with(body))
}

/// The head of a page that isn't a subject's: its title, what it is, and its path.
fn page_head(dataset: &Dataset, shared: &Shared, [title, description, path]: [&str; 3]) -> Head {
    let is_about = path == "about.html";
    let kind = if is_about { "AboutPage" } else { "WebPage" };
    Head {
        title: format!("{title} · {}", dataset.about.title),
        description: description.to_owned(),
        path: path.to_owned(),
        script: is_about,
        linked_data: linked::page(dataset, kind, title, path, &shared.address),
        image: Some("social/index.png".to_owned()),
        oembed: None,
        early: String::new(),
        is_framed: false,
        inside: Inside::default(),
        shared: shared.clone(),
    }
}

/// The pages behind the facts.
fn behind(dataset: &Dataset, pack: Pack, shared: &Shared) -> [(Head, String); 3] {
    let head = |title, description, path| page_head(dataset, shared, [title, description, path]);
    let owner = Owner::new();
    let words = dataset.words();
    let collected = match dataset.about.method.collected.as_str() {
        "" => words.text(Word::AboutDescription),
        collected => collected,
    };
    let findings = pack.findings().collect();
    let spot = Spot {
        path: "about.html",
        site: shared.address.known(),
        name: "",
        alone: false,
    };
    let notices = Some(shared.notices.as_str()).filter(|it| !it.is_empty());
    let foot = notices.map(|it| Notices::File(it.to_owned()));
    let foot = foot.map(|notices| view! { <NoticesFoot notices words /> });
    [
        (
            head(words.text(Word::BehindFacts), collected, "about.html"),
            owner.with(|| settled(view! { <AboutPage dataset findings spot /> {foot} })),
        ),
        (
            head(
                words.text(Word::Corrections),
                words.text(Word::CorrectionsDescription),
                "corrections.html",
            ),
            owner.with(|| settled(view! { <CorrectionsPage dataset /> })),
        ),
        (
            head(
                words.text(Word::WhatChanged),
                words.text(if dataset.about.finding.is_empty() {
                    Word::ChangesDescriptionBare
                } else {
                    Word::ChangesDescription
                }),
                "changes.html",
            ),
            owner.with(|| settled(view! { <ChangesPage dataset pack spot=Spot::EXPLORER /> })),
        ),
    ]
}

/// The page that a host sends where it has nothing at an address; none where the site's own isn't known, since from
/// another folder a relative link would lead nowhere either.
pub fn lost(dataset: &Dataset, shared: &Shared) -> Option<(Head, String)> {
    let site = Some(shared.address.known()).filter(|it| !it.is_empty())?;
    let words = dataset.words();
    let title = words.text(Word::NothingHere);
    let standfirst = words.text(Word::NothingHereStandfirst);
    let mut head = page_head(dataset, shared, [title, standfirst, LOST]);
    head.linked_data.clear();
    head.early += "<meta name=\"robots\" content=\"noindex\">";
    let links = [
        ("about.html", Word::BehindFacts),
        ("changes.html", Word::WhatChanged),
    ];
    let body = || {
        let [behind, changes] = links.map(|(path, word)| {
            let (href, said) = ([site, path].concat(), words.text(word));
            view! { <a href=href>{said}</a> }
        });
        settled(
            view! { <PageHead dataset title standfirst site>{behind} " · " {changes}</PageHead> },
        )
    };
    Some((head, Owner::new().with(body)))
}

/// The pages of a long list, for readers without scripts: the title, the path and the body of each.
fn listed(dataset: &Dataset, pack: Pack) -> impl Iterator<Item = (String, String, String)> {
    let n_pages = if is_long(pack) {
        pack.n_subjects().div_ceil(long::LISTED)
    } else {
        0
    };
    let page = move |page: usize| {
        let told = [
            &*dataset.about.noun.many,
            &*page.to_string(),
            &*n_pages.to_string(),
        ];
        let title = dataset.words().fill(Word::ListTitle, &told);
        let body = || settled(view! { <ListPage dataset pack page n_pages /> });
        (title, format!("list/{page}.html"), Owner::new().with(body))
    };
    (1..=n_pages).map(page)
}

/// Markup that no script will touch, and that needs no marks for one.
pub fn settled(view: impl IntoView) -> String {
    view.into_view().to_html().replace("<!>", "")
}

/// Each subject's history, by the pack's numbers.
pub fn histories(dataset: &Dataset, pack: Pack, spot: Spot) -> Vec<String> {
    let subjects: HashMap<&str, &Subject> = dataset
        .subjects
        .iter()
        .map(|it| (it.id.as_str(), it))
        .collect();
    let of = |id: &str| {
        let subject = *subjects.get(id)?;
        let as_of = Some(pack.default_day());
        Some(settled(view! { <History dataset subject spot as_of /> }))
    };
    pack.subjects()
        .map(|it| of(it.id()).unwrap_or_default())
        .collect()
}

/// CSS for the main facet: where a finding is chosen, cards with another one go. It ends where the
/// page is live, since then the cards themselves are hidden.
fn finding_filter(pack: Pack) -> String {
    if !pack.has_findings() {
        return String::new();
    }
    // Once it is live, browsers stop at the attribute: to tell what else the page has, they would go through
    // all of it, with every change.
    let mut css = String::from(
        "@layer utilities{html:not([data-ready]):has([data-facet=finding] :checked) \
         .card{display:none}\
         html:not([data-ready]):has([data-facet=finding] :checked) \
         .result-bar__count{visibility:hidden}",
    );
    for finding in pack.findings() {
        let id = finding.id();
        css.push_str(&format!(
            "html:not([data-ready]):has([data-facet=finding] [value=\"{id}\"]:checked) \
             .card[data-finding=\"{id}\"]{{display:grid}}"
        ));
    }
    css + "}"
}
