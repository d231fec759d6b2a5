//! The rest of a record, in place.
//!
//! The page itself has every history. What else a subject's record says (money, court cases, where
//! sources differ, its sources) is on its own page, and comes from there when its card is opened.
//! Where it can't come, the card says so, and the link to that page stands.

use std::cell::Cell;

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DomParser, Element, SupportedType};

use crate::dataset::date::Date;
use crate::dataset::pack::Subject;
use crate::language::Word;
use crate::view::Explorer;
use crate::view::long::path_of_record;

use super::history::{mark, within};
use super::page::Page;
use super::{base, document, elements, root, set};

/// The parts to bring, by the ids of their headings on the record's page; the first only to an embed,
/// whose cards have no histories.
const PARTS: [&str; 5] = ["history", "money", "cases", "disagreements", "sources"];

thread_local! {
    /// Whose record was last asked for, while it is on its way. A list asks with each block that it draws.
    static COMING: Cell<Option<usize>> = const { Cell::new(None) };
}

/// The subject whose record was last brought, or is on its way.
#[derive(Debug, Default)]
pub struct Records {
    open: Option<usize>,
}

impl Records {
    /// Brings the rest of the open record.
    pub fn draw(&mut self, page: Page, now: &Explorer) {
        let open = now.selection.open;
        // Whose it is may not be known yet.
        let is_known = open.is_none_or(|it| now.pack.has_texts(it));
        if open == self.open || !is_known {
            return;
        }
        self.open = open;
        if let Some(subject) = open.and_then(|it| now.pack.subject(it)) {
            bring(page, subject);
        }
    }
}

/// Brings the rest of a record whose card is open.
pub fn bring(page: Page, subject: Subject) {
    // Where it came before, it is still there.
    let lacking = within(subject, ".history:not(:has(section))");
    if elements(&lacking).is_empty() {
        return;
    }
    // On a page of a list it isn't alone.
    let path = path_of_record(subject);
    if path.contains('#') {
        return;
    }
    let row = Some(subject.row());
    if COMING.replace(row) == row {
        return;
    }
    spawn_local(async move {
        let record = fetch(&path).await;
        if COMING.get() == row {
            COMING.set(None);
        }
        let Some(history) = elements(&lacking).pop() else {
            return;
        };
        let has_history = elements(&within(subject, ".history > .history__link")).is_empty();
        let words = page.pack.words();
        let to_the_end = if has_history {
            Word::RestToEnd
        } else {
            Word::RecordToEnd
        };
        let last_day = page.pack.last_day();
        // What has no dates has no end to tell of.
        let is_told = record.is_none() || last_day != Date::default();
        // What was said when it was asked for before.
        for it in elements(&within(subject, NOTE)) {
            it.remove();
        }
        let note = document().and_then(|it| it.create_element("p").ok());
        if let Some(note) = note.filter(|_| is_told) {
            note.set_class_name("history__rest");
            let said = match record {
                Some(_) => words.fill(to_the_end, &[&last_day.long(words)]),
                None => words.text(Word::RestRefused).to_owned(),
            };
            note.set_text_content(Some(&said));
            // Whoever doesn't see the card hears that something is missing.
            if record.is_none() {
                set(&note, "role", "status");
            }
            _ = history.append_child(&note);
        }
        let Some(record) = record else { return };
        let prefix = ["in-", subject.id(), "-"].concat();
        let parts = PARTS.iter().skip(usize::from(has_history));
        for part in parts.filter_map(|it| adapt(&record, it, &prefix)) {
            mark(&part, &page.now().answer.search);
            _ = history.append_child(&part);
        }
    });
}

/// Where a card says of which day the rest of its record is, or that it couldn't be had.
pub const NOTE: &str = ".history > .history__rest";

/// A subject's page; none where it can't be had, or is something else, such as the page on which a
/// network asks who is there.
async fn fetch(path: &str) -> Option<Document> {
    let address = base() + path;
    let response = super::fetch(&address).await?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    let text = text.as_string()?;
    let parser = DomParser::new().ok()?;
    let page = parser
        .parse_from_string(&text, SupportedType::TextHtml)
        .ok()?;
    // A record ends with how to cite it. The one file has only what its cards lack, which may be nothing.
    let own = page.query_selector("#cite, section").ok().flatten();
    (text.is_empty() || own.is_some()).then_some(page)
}

/// A part of a record as it stands in a card: its headings under the card's, its ids with a prefix,
/// since the page has some of them already, its links from the page's own folder.
fn adapt(record: &Document, id: &str, prefix: &str) -> Option<Element> {
    let part = record.get_element_by_id(id)?.parent_element()?;
    let all = part.query_selector_all("*").ok()?;
    for element in (0..all.length()).filter_map(|it| Some(all.get(it)?.unchecked_into::<Element>()))
    {
        let own = match element.tag_name().as_str() {
            "H2" => "h4",
            "H3" => "h5",
            _ => "",
        };
        if !own.is_empty() {
            let own = document()?.create_element(own).ok()?;
            own.set_text_content(element.text_content().as_deref());
            if !element.id().is_empty() {
                own.set_id(&[prefix, &element.id()].concat());
            }
            for name in ["lang", "dir"] {
                if let Some(value) = element.get_attribute(name) {
                    set(&own, name, &value);
                }
            }
            element.replace_with_with_node_1(&own).ok()?;
        } else if element.matches(".cite-this, .permalink").unwrap_or(false) {
            element.remove();
        }
        if !element.id().is_empty() {
            element.set_id(&[prefix, &element.id()].concat());
        }
        let href = element.get_attribute("href").unwrap_or_default();
        let is_here = |id| root().and_then(|it| it.get_element_by_id(id)).is_some();
        let own = match (href.strip_prefix("../"), href.strip_prefix('#')) {
            (Some(rest), _) => [&base(), rest].concat(),
            (_, Some(id)) if !is_here(id) => ["#", prefix, id].concat(),
            _ => continue,
        };
        _ = element.set_attribute("href", &own);
    }
    Some(part)
}
