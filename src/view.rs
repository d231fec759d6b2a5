//! The page as Leptos components, one to a file. They ask [`crate::query`] and show the answer.
//!
//! [`app`] is what the browser makes live; [`explorer`] is its state. The first render is the
//! default selection: nothing here reads the browser, a clock or chance. The masthead, the
//! histories and the foot of the page never change while it is open, so only [`crate::site`]
//! renders them and the browser leaves them as it finds them. Cards ([`card`]) and choices ([`facet`])
//! are markup, as are the views that aren't there on the first paint.

pub mod app;
pub mod as_of;
pub mod card;
pub mod card_list;
pub mod compare;
pub mod empty;
pub mod explorer;
pub mod facet;
pub mod filters;
pub mod finding_bar;
pub mod long;
pub mod map;
pub mod mark;
pub mod markup;
pub mod notes;
pub mod other;
pub mod result_bar;
pub mod said;
pub mod search_box;
pub mod table;
pub mod take;
pub mod timeline;

#[cfg(feature = "site")]
pub mod about;
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
pub mod page_head;
#[cfg(feature = "site")]
pub mod record;
#[cfg(feature = "site")]
pub mod spot;

pub use app::App;
pub use explorer::{Explorer, More, Trace};
