//! What a page tells the program of what is beside it: attributes of its live part, `#explorer`. `src/site` writes them,
//! `src/browser` reads them.

/// The address of the second pack, relative to the page.
pub const MORE: &str = "data-more";

/// The address of the page's own pack, where it brings one: it takes the embedded one's place.
pub const PACK: &str = "data-pack";

/// The address of the later part of the program, where it isn't in the WASM.
pub const LATER: &str = "data-later";

/// The digest of the later part, as `integrity` has it, where browsers are to compare it.
pub const LATER_INTEGRITY: &str = "data-later-integrity";

/// An embed's settings, as in its address's query. A page that isn't one doesn't have it.
pub const SETTINGS: &str = "data-query";
