//! What a dataset is, from a folder of TOML or a table to the pack that a page reads in place.
//!
//! Two halves. The browser's: [`date`], [`words`], [`numbers`], [`bits`], [`index`] (what a search
//! looks up) and [`pack`], which parse nothing and allocate next to nothing. The authors', native only and shared
//! with `build.rs`: [`model`] (the files), [`read`] (a folder or a table; with [`files`], [`rows`],
//! [`table`], [`facets`], [`slug`], [`meant`] and [`misread`]), [`check`] (the rules), [`problem`] (what is wrong,
//! and where), [`wording`] (the words of the interface), [`packing`] and [`indexing`] (the dataset, as blocks of bytes), [`telling`] (what is told of a subject),
//! [`passage`] (links that land on what is cited), [`changes`] (what was found anew, day by day) and [`outline`] (the shapes of a map).
//!
//! The files here name each other as `super::…`, since `build.rs` includes them one by one.

use crate::language;

pub mod bits;
pub mod date;
pub mod index;
pub mod numbers;
pub mod pack;
pub mod words;

#[cfg(feature = "site")]
pub mod changes;
#[cfg(feature = "site")]
pub mod check;
#[cfg(feature = "site")]
pub mod facets;
#[cfg(feature = "site")]
pub mod files;
#[cfg(feature = "site")]
pub mod indexing;
#[cfg(feature = "site")]
pub mod meant;
#[cfg(feature = "site")]
pub mod misread;
#[cfg(feature = "site")]
pub mod model;
#[cfg(feature = "site")]
pub mod outline;
#[cfg(feature = "site")]
pub mod packing;
#[cfg(feature = "site")]
pub mod passage;
#[cfg(feature = "site")]
pub mod problem;
#[cfg(feature = "site")]
pub mod read;
#[cfg(feature = "site")]
pub mod rows;
#[cfg(feature = "site")]
pub mod slug;
#[cfg(feature = "site")]
pub mod table;
#[cfg(feature = "site")]
pub mod telling;
#[cfg(feature = "site")]
pub mod wording;

/// The pack of the dataset under `data/section-1373`, made by `build.rs`.
pub static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dataset.pack"));
