//! What a page shows, one part to a file. It asks [`crate::query`] and shows the answer.
//!
//! [`explorer`] is the state of a page, and everything shown follows from it. [`crate::site`] writes
//! each page once, with Leptos components; [`app`] is the part that the browser makes live. Whatever
//! of it another selection changes is a function of the state that gives text or markup, so that the
//! page is written and kept by the same one. Nothing here reads the browser, a clock or chance.

pub mod beside;
pub mod card;
pub mod compare;
pub mod empty;
pub mod explorer;
pub mod facet;
pub mod filters;
pub mod finding_bar;
pub mod later;
pub mod long;
pub mod map;
pub mod mark;
pub mod markup;
pub mod notes;
pub mod other;
pub mod result_bar;
pub mod said;
pub mod table;
pub mod take;
pub mod timeline;

#[cfg(feature = "site")]
pub mod about;
#[cfg(feature = "site")]
pub mod app;
#[cfg(feature = "site")]
pub mod as_of;
#[cfg(feature = "site")]
pub mod card_list;
#[cfg(feature = "site")]
pub mod changes;
#[cfg(feature = "site")]
pub mod cite_this;
#[cfg(feature = "site")]
pub mod colophon;
#[cfg(feature = "site")]
pub mod corrections;
#[cfg(feature = "site")]
pub mod dossier;
#[cfg(feature = "site")]
pub mod embed;
#[cfg(feature = "site")]
pub mod list_page;
#[cfg(feature = "site")]
pub mod masthead;
#[cfg(feature = "site")]
pub mod maybe;
#[cfg(feature = "site")]
pub mod moment;
#[cfg(feature = "site")]
pub mod notices;
#[cfg(feature = "site")]
pub mod page_head;
#[cfg(feature = "site")]
pub mod record;
#[cfg(feature = "site")]
pub mod search_box;
#[cfg(feature = "site")]
pub mod spot;
#[cfg(feature = "site")]
pub mod told;

#[cfg(feature = "site")]
pub use app::App;
pub use explorer::{Explorer, Fetched, Print, Trace};
