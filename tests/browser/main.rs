//! Everything a reader does, in a real browser, against the pages as they are published.
//!
//! `make test` builds the release and sets what these tests need: `CHROMIUM`, `CHROMEDRIVER`,
//! `AXE_CORE`, `PYM`, `NEWSWIRE_FRAMES` and the folder `dist`. The pages are served under a sub-path
//! and with the strict policy that the site promises to run under. Each test ends by finding the console empty.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

mod reader;
mod server;

/// axe finds nothing to mend, in light and dark, wide and narrow, closed and open.
mod accessibility;
/// Links, back and forward.
mod address;
/// Asking for another day.
mod as_of;
/// A site that the command built of a small table.
mod built;
/// Subjects side by side.
mod compare;
/// `<fact-explorer>` in other pages, with policies and styles of their own.
mod element;
/// Embed codes: the dialog that writes them, and the heights in them.
mod embed;
/// Choosing and dropping values; counts.
mod filters;
/// What one sees on arrival.
mod first_view;
/// The compact form in other pages' frames, and what works where.
mod frame;
/// Opening a card.
mod history;
/// Lists of any length, and facets of any size.
mod long;
/// Without a network, and when a newer version is published.
mod offline;
/// The pages that need no script.
mod pages;
/// Without scripts, without WASM, from a folder.
mod plain;
/// The policy that the site runs under.
mod policy;
/// Finding words.
mod search;
/// Other orders.
mod sort;
/// Everything in one file, opened from a disk.
mod standalone;
/// Files, copies, citations and print.
mod take;
/// Table, timeline and map.
mod views;
