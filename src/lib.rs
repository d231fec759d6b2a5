//! A page of facts that a reader can question.
//!
//! `page = view(dataset, selection)`: the dataset never changes while a page is open, the selection
//! is one small value that round-trips through the address, and everything else is computed from
//! the two. The same view runs natively, to write the pages, and in the browser, to make them live.
//!
//! The map, in reading order. Arrows go one way: view → export → query → dataset; `browser` and
//! `site` sit at the edges, and nothing else imports `view`. What the page says in its own words comes
//! from [`language`], which is below all of them.
//!
//! * [`language`]: the words of the interface, in every language that it has.
//! * [`dataset`]: what a fact is; reading and checking a folder of data; packing it for the page. Its files are
//!   compiled into `build.rs` as well, which packs the dataset that the WASM has in itself.
//! * [`query`]: what a reader asked for, and the answer. Pure, no browser.
//! * [`export`]: rows and files to take along. Pure.
//! * [`view`]: what a page shows, one part to a file: Leptos components where a page is only written, functions of
//!   the state where it changes, too. Nothing here could live in `query`. What only few readers open comes later, as a
//!   program of its own: [`view::later`].
//! * [`browser`]: the only place that touches web-sys and gloo.
//! * [`site`]: native only; writes the finished pages. Its `engine` is what every site is made of, whatever the
//!   dataset.
//!
//! Two programs are made of it. `src/main.rs`, with the feature `hydrate`, is the WASM: it starts the page in the
//! browser. `src/bin/fact-explorer`, with the feature `site`, is the command for authors, and Trunk's hook.
//!
//! How a fact gets to a reader: [`dataset::read`] → [`dataset::check`] → [`dataset::packing`] → [`site::write`], which
//! renders [`view`] natively; in the browser [`browser::start`] opens the [`dataset::pack`], [`query::address`]
//! reads the selection, [`fn@query::answer`] answers it, and [`view::explorer`] says what changes with it. What is
//! beside the crate (styles, scripts of embeds, tests, tools) is in the table of `CONTRIBUTING.md`.

#![recursion_limit = "256"]

pub mod language;

pub mod dataset;

pub mod query;

pub mod export;

pub mod view;

#[cfg(feature = "hydrate")]
pub mod browser;

#[cfg(feature = "site")]
pub mod site;

/// What gives memory out in the browser: a quarter of the usual one's code (docs/decisions/0004-size.md).
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::GlobalTlsf<Growing> = rlsf::GlobalTlsf::new();

/// How it gives.
#[cfg(target_arch = "wasm32")]
struct Growing;

#[cfg(target_arch = "wasm32")]
impl rlsf::GlobalTlsfOptions for Growing {
    // What grows is copied to where there is room for it: that it may stay where it is takes 1 KB of code.
    const ENABLE_REALLOCATION: bool = false;
}
