//! What machines look for: the feed of changes, and the map of the site.

use uuid::Uuid;

use super::address::Address;
use super::limits;
use crate::dataset::changes::{Change, changes};
use crate::dataset::date::Date;
use crate::dataset::model::{Correction, Dataset, Event};
use crate::dataset::telling::cited;
use crate::language::Word;
use crate::view::corrections::target;
use crate::view::long::path_in_site;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// `sitemap.xml` (<https://www.sitemaps.org/protocol.html>): every page, with the day the data was
/// last changed. Search engines take it only where its addresses are absolute.
pub fn sitemap<'a>(
    dataset: &Dataset,
    address: &Address,
    paths: impl Iterator<Item = &'a str>,
) -> String {
    let day = updated(dataset).map_or_else(String::new, |it| element("lastmod", &it.iso()));
    let mut xml = DECLARATION.to_owned();
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for path in paths {
        let loc = element("loc", &address.of(short(path, address), ""));
        xml.push_str(&format!("<url>{loc}{day}</url>\n"));
    }
    xml + "</urlset>\n"
}

/// A page's path as its address shows it: the first page is the site's folder itself, where that has
/// an address.
pub fn short<'a>(path: &'a str, address: &Address) -> &'a str {
    if address.is_known() && path == "index.html" {
        ""
    } else {
        path
    }
}

/// `changes.atom` (RFC 4287): each change of a finding and each correction, newest first.
pub fn feed(dataset: &Dataset, address: &Address) -> String {
    let about = &dataset.about;
    let ids = Ids::of(dataset);
    let mut entries: Vec<(Date, String)> = Vec::new();
    for change in &changes(dataset) {
        entries.push(change_entry(dataset, address, ids, change));
    }
    for correction in &dataset.corrections {
        entries.push(correction_entry(dataset, address, ids, correction));
    }
    // Stable, so that what has one day stays in the order above.
    entries.sort_by_key(|it| std::cmp::Reverse(it.0));
    entries.truncate(limits::ENTRIES);
    let latest = entries.first().map(|it| it.0).max(updated(dataset));
    let latest = latest.or(Some(dataset.last_day()).filter(|_| dataset.is_dated()));
    let mut xml = DECLARATION.to_owned();
    xml.push_str(&format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        escape(dataset.page_language())
    ));
    for line in [
        element("id", &ids.id("feed")),
        element("title", &about.title),
        optional("subtitle", &about.standfirst),
        element("updated", &latest.map_or_else(|| NEVER.to_owned(), moment)),
        format!(
            "<author>{}</author>",
            element("name", about.publisher_or_title())
        ),
        optional("rights", &about.licence.data),
        link("self", &address.of("changes.atom", ""), Some(FEED_TYPE), ""),
        link(
            "alternate",
            &address.of("changes.html", ""),
            Some("text/html"),
            "",
        ),
    ] {
        if !line.is_empty() {
            xml.push_str(&line);
            xml.push('\n');
        }
    }
    for (_, entry) in entries {
        xml.push_str(&entry);
    }
    xml + "</feed>\n"
}

/// When a feed was updated that has nothing yet, of a dataset that says no day: there has to be a moment,
/// and that of the build would give other bytes each time.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// A feed's media type.
pub const FEED_TYPE: &str = "application/atom+xml";

fn change_entry(dataset: &Dataset, address: &Address, ids: Ids, change: &Change) -> (Date, String) {
    let event: &Event = change.event;
    let id = event.id.get_ref();
    let name = change.subject.name.get_ref();
    let after = &change.after.label;
    let title = match change.before {
        Some(before) => dataset
            .words()
            .fill(Word::ChangedFromTo, &[name, &before.label, after]),
        None => format!("{name}: {after}"),
    };
    let mut said = event.summary.clone();
    if let Some(qualification) = &event.qualification {
        said.extend([" ", &qualification.text]);
    }
    let corrected = dataset.corrections.iter().filter(|it| it.is_of_event(id));
    let day = corrected.map(Correction::day).max().max(Some(change.day));
    let day = day.unwrap_or(change.day);
    let page = path_in_site(dataset, change.subject, id);
    let mut more = vec![
        element("published", &moment(change.day)),
        format!(
            "<category term=\"{}\" label=\"{}\"/>",
            escape(change.after.id.get_ref()),
            escape(after)
        ),
    ];
    let mut seen: Vec<String> = Vec::new();
    for citation in event.citations() {
        let href = dataset.link(citation);
        if !seen.contains(&href) {
            more.push(link("via", &href, None, &cited(dataset, citation)));
            seen.push(href);
        }
    }
    let id = ids.id(&format!("event/{id}"));
    let page = address.of(&page, "");
    (day, entry(&id, &title, day, &page, &said, &more))
}

fn correction_entry(
    dataset: &Dataset,
    address: &Address,
    ids: Ids,
    correction: &Correction,
) -> (Date, String) {
    let id = correction.id.get_ref();
    let words = dataset.words();
    let title = words.fill(Word::CorrectionOf, &[&target(dataset, correction).1]);
    let told = [&*correction.said, &*correction.says, &*correction.why];
    let said = words.fill(Word::SaidSaysWhy, &told);
    let day = correction.day();
    let page = address.of(&format!("corrections.html#{id}"), "");
    let id = ids.id(&format!("correction/{id}"));
    (day, entry(&id, &title, day, &page, &said, &[]))
}

fn entry(id: &str, title: &str, day: Date, page: &str, said: &str, more: &[String]) -> String {
    let mut xml = "<entry>".to_owned();
    for piece in [
        element("id", id),
        element("title", title),
        element("updated", &moment(day)),
        link("alternate", page, Some("text/html"), ""),
        optional("summary", said),
    ] {
        xml.push_str(&piece);
    }
    xml + &more.concat() + "</entry>\n"
}

/// Ids that stay the same for as long as the dataset's and the event's own do, wherever the site is
/// and whoever builds it: name-based UUIDs (RFC 9562, version 5).
#[derive(Clone, Copy)]
struct Ids(Uuid);

impl Ids {
    fn of(dataset: &Dataset) -> Self {
        let name = format!("urn:fact-explorer:{}", dataset.about.id);
        Self(Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()))
    }

    fn id(self, name: &str) -> String {
        Uuid::new_v5(&self.0, name.as_bytes()).urn().to_string()
    }
}

/// The day the data was last changed.
pub fn updated(dataset: &Dataset) -> Option<Date> {
    let updated = dataset.about.updated.as_ref();
    updated.and_then(|it| Date::parse(it.get_ref()))
}

/// A day as a moment. At noon of UTC it is the same day nearly everywhere.
fn moment(day: Date) -> String {
    format!("{}T12:00:00Z", day.iso())
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escape(text))
}

/// An element, where there is a text for it.
fn optional(name: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        element(name, text)
    }
}

fn link(rel: &str, href: &str, kind: Option<&str>, title: &str) -> String {
    let attribute = |name: &str, value: &str| {
        if value.is_empty() {
            String::new()
        } else {
            format!(" {name}=\"{}\"", escape(value))
        }
    };
    [
        format!("<link rel=\"{rel}\""),
        attribute("type", kind.unwrap_or("")),
        attribute("title", title),
        attribute("href", href),
        "/>".to_owned(),
    ]
    .concat()
}

/// Text for an element or an attribute, without the characters that XML 1.0 can't have.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control < ' ' => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
