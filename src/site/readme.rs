//! What is in the files that readers take along, in words: `data/README.txt`, beside them for whoever opens them alone.

use std::fmt::Write;

use toml::Spanned;

use crate::dataset::model::Dataset;
use crate::dataset::pack::{Facet, Field, Pack};
use crate::export::rows::{columns, further};

use super::address::Address;

/// Where it is in the site.
pub const PATH: &str = "data/README.txt";

/// What the columns mean that every dataset has.
const MEANINGS: [(&str, &str); 16] = [
    ("id", "the subject's own id, the same in both files"),
    ("name", "its name"),
    ("place", "where it is"),
    ("as_of", "the day that the row speaks of"),
    (
        "finding",
        "the id of the finding on that day; empty before the first",
    ),
    ("finding_label", "the same in words"),
    (
        "since",
        "the day since which it has stood without a break; it may have been set again meanwhile",
    ),
    ("event", "the kind of event that set it last"),
    ("summary", "what happened then"),
    ("source", "the first source of that which needs no caution"),
    (
        "source_url",
        "its address, with the words that lead to the passage",
    ),
    ("addressee", "whom a letter was written to"),
    ("reply_by", "the day on which an answer was due"),
    ("money", "the figures that the card shows"),
    (
        "n_sources",
        "how many sources support what is said of the subject",
    ),
    (
        "qualification",
        "one sentence where the finding was conditional or mixed",
    ),
];

/// The parts of the JSON, which has everything.
const JSON: &str = "\
dataset.json has everything that the site says, as one object.

  noun           what a subject is called, one and many
  findings       the scale, in its order, each with its definition; found-by says whose they are
  facets, fields what the subjects are told apart by, and further facts; their values' ids and words
  event-kinds    the kinds of events, their ids and words
  snapshots      days that have a name
  background     what stands behind the facts, with its citations
  method         how they were collected and checked, and what is still open
  subjects       each with its facets, its money and its events
  timeline       events that are of no single subject
  cases          court cases, each with its own events
  disagreements  points on which sources differ, what is shown and why
  corrections    what was said before, what is said now, and why
  sources        documents, by the ids that citations name

An event has a date (a day, a month or a year, as far as it is known), a kind, a summary and, where it sets one, a \
finding. \"cite\" lists its citations: \"source\" is the id of the document, \"at\" tells where in it, \"from\" and \
\"to\" are the words that the passage begins and ends with, and \"link\" leads to it. \"quote\" of an event has words that \
somebody said; \"quote\": true of a citation says that the passage has them. \"confidence\" tells what about the event is \
less than certain. \"caution\" of a source says why it isn't enough by itself, as where it is a copy. What isn't known is \
null, or left empty.
";

/// The words for a dataset, on a site at this address.
pub fn readme(dataset: &Dataset, pack: Pack, address: &Address) -> String {
    let about = &dataset.about;
    let mut text = format!("{}\n\n{}\n", about.title, about.standfirst);
    if !about.publisher.is_empty() {
        _ = writeln!(text, "\nPublished by {}.", about.publisher);
    }
    if address.is_known() {
        _ = writeln!(text, "\nFrom {}", address.known());
    }
    if let Some(day) = about.updated.as_ref().map(Spanned::get_ref) {
        _ = writeln!(text, "\nUpdated {day}.");
    }
    let licence = &about.licence;
    if !licence.data.is_empty() {
        let url = licence.data_url.as_ref().map(Spanned::get_ref);
        let url = url.map_or_else(String::new, |it| format!(" ({it})"));
        _ = writeln!(text, "\nLicence of the data: {}{url}.", licence.data);
    }
    for it in &about.credit {
        let url = it.url.as_ref().map(|it| format!(" ({})", it.get_ref()));
        _ = writeln!(text, "\n{}{}", it.text, url.unwrap_or_default());
    }
    text.push_str(
        "\nBoth files are in UTF-8. dataset.csv (RFC 4180) has one row a subject, on the last day of the record. \
         The files that the page saves have the same columns, for the day and the subjects that were chosen; their names \
         tell the day and, of a part, how many of how many. A facet's column has the ids of values, whose words are \
         under facets in dataset.json. Several values in one cell are set apart by a semicolon. A cell that a spreadsheet would take for a \
         formula begins with an apostrophe. A column with the id of one before it has facet- or field- before its own.\n\n",
    );
    let own = pack.facets().map(Facet::label);
    let mut own = own.chain([""]).chain(further(pack).map(Field::label));
    let columns = columns(pack);
    let n_own = pack.facets().count() + 1 + further(pack).count();
    let n_common = columns.len().saturating_sub(n_own);
    for (at, column) in columns.iter().enumerate() {
        let known = MEANINGS.iter().find(|it| it.0 == *column);
        // What isn't every dataset's comes after the others, in this order, with one of those in between.
        let own = if at < n_common {
            ""
        } else {
            own.next().unwrap_or("")
        };
        let meaning = known.filter(|_| own.is_empty()).map_or(own, |it| it.1);
        _ = writeln!(text, "  {column:<15} {meaning}");
    }
    text.push('\n');
    text.push_str(JSON);
    text
}
