//! Everything that needs no browser. One binary; each module says what it is for.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

/// What is told of accessibility, and the colours of both themes.
mod accessibility;
/// A finding on a day, for every subject and day.
mod as_of;
/// A table without dates, findings or links, and what authors call things: nothing is told that isn't there.
mod bare;
/// Which part of a long list is near the screen: against laying all of it out.
mod blocks;
/// What is told of wrong cells, so that each is told once, where it is, and with what would be right.
mod cells;
/// What changed: the page, and the feed as RFC 4287 has it.
mod changes;
/// Citations, letter by letter, and that no text breaks their form.
mod cite;
/// What a pack may claim that has its checksum right.
mod claims;
/// Links: round trip, and that no address breaks the page.
mod codec;
/// The command for authors, from a table or nothing to a site.
mod command;
/// The rules of a dataset, their exact messages, and the shipped dataset's own promises.
mod dataset;
/// Dates.
mod dates;
/// What is written about the project: its links lead somewhere, and its commands are there.
mod docs;
/// What breaks no rule, and may not be meant all the same.
mod doubts;
/// The stylesheet of the element for other pages.
mod element;
/// What differs between the engines that the browser tests run in: the list of it, and the documentation.
mod engines;
/// The example datasets, built whole by the command.
mod examples;
/// Files to take along, parsed back.
mod explorer;
mod export;
/// Facet counts against a naive recount.
mod facets;
/// Texts that mean something elsewhere: on the pages they are text, and what can't be shown is refused.
mod hostile;
/// The search index: against reading every text, its size, and any bytes.
mod index;
/// The words of the interface: none is missing in any language, and pages say nothing else.
mod language;
/// What comes later of the WASM: all that only it needs, and nothing else.
mod later;
/// Which part of the source may name which.
mod layers;
/// Linked data: only words of schema.org, all that is asked for, and addresses that lead somewhere.
mod linked;
/// Long lists and large facets as markup: their cards are those of short ones.
mod long;
/// The shapes of the map, where subjects stand on it, and whether that is where they are.
mod map;
/// The prerendered page.
mod markup;
/// What embeds a page by its address.
mod oembed;
/// The pages that need no script: each subject's record, and the page behind the facts.
mod pages;
/// Links that land on a passage, and archived copies.
mod passages;
/// What is in the published folder, and what helps a host to serve it and a browser to keep it.
mod published;
/// Random datasets and selections for the properties.
mod random;
/// What reads bytes from outside, as it is fuzzed.
#[path = "../../fuzz/src/readers.rs"]
mod readers;
/// Problems as they are told to people and to machines.
mod report;
/// The published schemas: they fit our own files, and know the fields that the reader knows.
mod schemas;
/// Search: rules, and marks.
mod search;
/// What reads bytes from outside, given what fuzzing begins with and once found.
mod seeds;
/// What is installed on a bare machine: all that is needed, and once.
mod setup;
/// The site's own address, and what knows it: the head of a page, and the map of the site.
mod site;
/// The pictures for shared links.
mod social;
/// Datasets that are split: their parts, and what is asked for when.
mod split;
/// Everything in one file: its size, its links, its policy, and that it holds what it should.
mod standalone;
/// What styles cost, and that layout follows the direction of the writing.
mod styles;
/// What comes from elsewhere: whose works ship, under which licences, and that it is pinned.
mod supply;
/// Tables as datasets, and whatever else an author may hand in.
mod table;
/// What is known without a day, a kind or a place in the record, in every form that it is told in.
mod unsaid;
/// The values of facets that come from the data, against a slower way to tell them.
mod values;
/// The views that are markup, and what they are made of.
mod views;
/// Short names between the WASM and its script.
mod wasm;
/// The size of what a reader downloads, and the pins of the tools.
mod weight;
/// Words: what is one in which script, and what its letters are folded to.
mod words;
