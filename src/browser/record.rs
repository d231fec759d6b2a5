//! The rest of a record, in place.
//!
//! The page itself has every history. What else a subject's record says (money, court cases, where
//! sources differ, its sources) is on its own page, and comes from there when its card is opened.
//! Where it can't come, the link to that page stands.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DomParser, Element, Response, SupportedType};

use crate::dataset::pack::Subject;
use crate::view::Explorer;

use super::history::{mark, within};
use super::{document, elements, window};

/// The parts that a history doesn't have, by the ids of their headings on the record's page.
const PARTS: [&str; 4] = ["money", "cases", "disagreements", "sources"];

/// Brings the rest of the open record.
pub fn follow(explorer: Explorer) {
    let open = Memo::new(move |_| explorer.selection.read().open);
    Effect::new(move |_| {
        let Some(subject) = open.get().and_then(|it| explorer.pack.subject(it)) else {
            return;
        };
        spawn_local(async move {
            let Some(record) = fetch(subject).await else {
                return;
            };
            let Some(history) = elements(&within(subject, ".history:not(:has(section))")).pop()
            else {
                return;
            };
            for part in PARTS.iter().filter_map(|it| adapt(&record, it)) {
                mark(&part, &explorer.search.read_untracked());
                _ = history.append_child(&part);
            }
        });
    });
}

/// A subject's page.
async fn fetch(subject: Subject) -> Option<Document> {
    let address = ["./subject/", subject.id(), ".html"].concat();
    let response = JsFuture::from(window()?.fetch_with_str(&address))
        .await
        .ok()?;
    let response: Response = response.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    let text = text.as_string().filter(|_| response.ok())?;
    let parser = DomParser::new().ok()?;
    parser
        .parse_from_string(&text, SupportedType::TextHtml)
        .ok()
}

/// A part of a record as it stands in a card: its heading under the card's, without ids, which the
/// page has already, its links from the page's own folder.
fn adapt(record: &Document, id: &str) -> Option<Element> {
    let heading = record.get_element_by_id(id)?;
    let part = heading.parent_element()?;
    let own = document()?.create_element("h4").ok()?;
    own.set_text_content(heading.text_content().as_deref());
    heading.replace_with_with_node_1(&own).ok()?;
    let all = part
        .query_selector_all("[id], a, .cite-this, .permalink")
        .ok()?;
    for element in (0..all.length()).filter_map(|it| all.get(it)?.dyn_into::<Element>().ok()) {
        if element.matches(".cite-this, .permalink").unwrap_or(false) {
            element.remove();
        }
        _ = element.remove_attribute("id");
        let href = element.get_attribute("href").unwrap_or_default();
        if let Some(rest) = href.strip_prefix("../") {
            _ = element.set_attribute("href", &["./", rest].concat());
        }
    }
    Some(part)
}
