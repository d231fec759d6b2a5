//! What a reader asked for, and the answer. Pure: no browser, no framework, tested natively.
//!
//! [`selection`] is the question; [`address`] writes it into a link and reads it back; [`search`]
//! finds and marks words; [`answer`] puts the two together with the dataset. [`difference`],
//! [`compare`] and [`timeline`] answer what is asked beside it: what differs between two days,
//! between subjects, and what happened when; [`named`] tells whose texts that needs. [`lock`] is what an embed is narrowed to.

pub mod address;
pub mod answer;
pub mod blocks;
pub mod compare;
pub mod difference;
pub mod lock;
pub mod named;
pub mod search;
pub mod selection;
pub mod timeline;
pub mod values;

pub use answer::{Answer, answer};
pub use lock::Lock;
pub use selection::{FINDING, Selection, Sort, View};
