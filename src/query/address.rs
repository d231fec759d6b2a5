//! A selection, written into the address's fragment and read back.
//!
//! `#q=…&finding=a,b&kind=…&as-of=2017-10-12&sort=…&view=…&event=…&open=<id>&compare=a,b`; a sort
//! that begins with `-` is the other way round. Defaults are left out; unknown keys
//! and values are dropped without an error, so that a link from another year still opens.

use crate::dataset::date::Date;
use crate::dataset::pack::{Facet, Finding, Pack, Subject};

use super::lock::ONLY;
use super::selection::{FINDING, Selection, Sort, View};

/// The fragment for a selection, without its `#`; empty for the page as it is written.
pub fn encode(pack: Pack, selection: &Selection) -> String {
    let mut fragment = String::new();
    let mut part = |texts: &[&str]| {
        if !fragment.is_empty() {
            fragment.push('&');
        }
        for it in texts {
            fragment.push_str(it);
        }
    };
    if !selection.text.is_empty() {
        part(&["q=", &escape(&selection.text)]);
    }
    // Only what is chosen is looked at: a long list has a link on each of its cards.
    for chosen in selection.chosen.chunk_by(|a, b| a.0 == b.0) {
        let facet = chosen.first().and_then(|it| it.0.checked_sub(1));
        let facet = facet.map(|it| pack.facets().nth(it));
        let id = |value| match facet {
            None => pack.findings().nth(value).map(Finding::id),
            Some(facet) => facet?.value(value).map(|it| it.0),
        };
        let ids: Vec<&str> = chosen.iter().filter_map(|it| id(it.1)).collect();
        let key = facet.map_or(FINDINGS, |it| it.map_or("", Facet::id));
        if !ids.is_empty() {
            part(&[key, "=", &ids.join(",")]);
        }
    }
    let open = selection.open.and_then(|it| pack.subject(it));
    let default = pack.default_day();
    // A link to a subject that has no finding by default opens at the latest day (see `decode`), so
    // the default day has to be said.
    let is_latest = open.is_some_and(|it| it.step_on(default).is_none());
    if pack.is_dated() && (selection.as_of != default || is_latest) {
        part(&["as-of=", &selection.as_of.iso()]);
    }
    if selection.is_sorted(pack) {
        let (sort, reversed) = selection.order(pack);
        let reversed = if reversed { "-" } else { "" };
        part(&["sort=", reversed, sort.id()]);
    }
    if selection.view != View::default() {
        part(&["view=", selection.view.id()]);
    }
    if let Some((id, _)) = selection.kind.and_then(|it| pack.kinds().nth(it)) {
        part(&["event=", id]);
    }
    // One whose texts are still to come can't be named.
    if let Some(subject) = open.filter(|it| !it.id().is_empty()) {
        part(&["open=", subject.id()]);
    }
    let compared = selection.compare.iter().filter_map(|it| pack.subject(*it));
    let compared = compared.map(Subject::id).filter(|it| !it.is_empty());
    let compared: Vec<&str> = compared.collect();
    if !compared.is_empty() {
        part(&["compare=", &compared.join(",")]);
    }
    fragment
}

/// The selection that a fragment asks for, with or without its `#`. Never fails: what it doesn't
/// understand stays as it is by default. A snapshot's id will do for a date, and so will `latest`. Where the day isn't
/// said and the subject to open has no finding yet on the default day, the day is the latest.
pub fn decode(pack: Pack, fragment: &str) -> Selection {
    decode_with_day(pack, fragment).0
}

/// The same, and whether the day is said in a way that is understood.
pub(super) fn decode_with_day(pack: Pack, fragment: &str) -> (Selection, bool) {
    let mut selection = Selection::new(pack);
    let mut day_said = false;
    for part in fragment.trim_start_matches('#').split('&') {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let understood = apply(pack, &mut selection, key, &unescape(value));
        day_said |= understood && key == AS_OF;
    }
    selection.settle_order(pack);
    let open = selection.open.and_then(|it| pack.subject(it));
    if !day_said && open.is_some_and(|it| it.step_on(selection.as_of).is_none()) {
        selection.as_of = pack.last_day();
    }
    (selection, day_said)
}

/// The ids of the subjects that a fragment, or an embed's settings, may name.
pub fn ids(fragment: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for part in fragment.trim_start_matches('#').split('&') {
        if let Some((key, value)) = part.split_once('=')
            && matches!(key, "open" | "compare" | ONLY)
        {
            ids.extend(unescape(value).split(',').map(str::to_owned));
        }
    }
    ids
}

/// Whether a fragment, or an embed's settings, asks for something beside cards.
pub fn is_beside_cards(fragment: &str) -> bool {
    let mut parts = fragment.trim_start_matches('#').split('&');
    parts.any(|it| it.starts_with("view=") || it.starts_with("compare="))
}

/// The key of the day.
pub const AS_OF: &str = "as-of";

/// Adds to a selection what one key of an address says, its value without escapes; what isn't understood changes
/// nothing. Whether the key is one of all pages and, of a day, an order or a facet, anything of its value was understood.
pub fn apply(pack: Pack, selection: &mut Selection, key: &str, value: &str) -> bool {
    let subject = |id: &str| pack.subject_with_id(id).map(Subject::row);
    match key {
        "q" => value.clone_into(&mut selection.text),
        AS_OF => {
            let snapshot = pack.snapshots().find(|it| it.id() == value);
            let day = match snapshot {
                Some(snapshot) => Some(snapshot.day()),
                None if value == "latest" => Some(pack.last_day()),
                None => Date::parse(value),
            };
            let Some(day) = day.filter(|_| pack.is_dated()) else {
                return false;
            };
            selection.set_as_of(pack, day);
        }
        "sort" => {
            let bare = value.strip_prefix('-');
            let sort = Sort::from_id(bare.unwrap_or(value));
            let Some(sort) = sort.filter(|it| it.is_of_use(pack)) else {
                return false;
            };
            (selection.sort, selection.reversed) = (Some(sort), bare.is_some());
        }
        "view" => {
            let view = View::from_id(value).filter(|it| it.is_of_use(pack));
            selection.view = view.unwrap_or(selection.view);
        }
        "event" => {
            let kind = pack.kinds().position(|it| it.0 == value);
            selection.kind = kind.or(selection.kind);
        }
        "open" => selection.open = subject(value).or(selection.open),
        "compare" => {
            for subject in value.split(',').filter_map(subject) {
                selection.set_compared(subject, true);
            }
        }
        key => {
            let Some((facet, values)) = facet(pack, key) else {
                return false;
            };
            let mut known = false;
            for id in value.split(',') {
                if let Some(value) = values.iter().position(|it| *it == id) {
                    selection.set(facet, value, true);
                    known = true;
                }
            }
            return known;
        }
    }
    true
}

/// The key of the findings.
pub const FINDINGS: &str = "finding";

/// The number of the facet that has a key in the address, and the ids of its values.
pub fn facet(pack: Pack, key: &str) -> Option<(usize, Vec<&'static str>)> {
    if key == FINDINGS {
        return Some((FINDING, pack.findings().map(Finding::id).collect()));
    }
    let facet = pack.facets().find(|it| it.id() == key)?;
    Some((facet.row() + 1, facet.values().map(|it| it.0).collect()))
}

/// Percent-encodes what a fragment's value can't have; a space is `+`.
fn escape(text: &str) -> String {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(byte.into());
            }
            b' ' => out.push('+'),
            _ => {
                out.push('%');
                out.extend(
                    [byte >> 4, byte & 15]
                        .iter()
                        .filter_map(|it| HEX.get(usize::from(*it))),
                );
            }
        }
    }
    out
}

/// Undoes [`escape`]. What isn't an escape stays as it is, and so does all of a text that isn't UTF-8.
pub fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = after;
                }
                _ => bytes.push(b'%'),
            },
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
