//! What a site leaves out where it would have too many of it: these are about files, and about bytes that most readers
//! don't need. Whatever the size, all that cards have is on the page; the rest of a record is on pages of records, which
//! there are up to [`PAGES`](crate::view::long::PAGES) of, and in the files with all the data.

/// Up to this many subjects each has a picture of its own for shared links; with more, they share the
/// whole's. Three hundred pictures are six megabytes, and a minute of a slow machine.
pub const PICTURES: usize = 300;

/// Up to this many subjects, `index.html` has their histories, to be read before any script. With more,
/// a card has a link to the record in place of it, as in the compact form, and an open one brings it
/// from there.
pub const HISTORIES: usize = 300;

/// Up to this many subjects, a browser keeps their records for reading offline. With more it keeps
/// everything else.
pub const KEPT: usize = 300;

/// A browser keeps no file of more bytes than this for reading offline, but for pages: the data of a large
/// dataset are there for those who ask for them, and not for every visitor to download.
pub const KEPT_BYTES: u64 = 1 << 20;

/// Up to this many subjects, their pages have compressed copies beside them, and addresses for services
/// that embed (oEmbed). With more, hosts compress them as they are asked for, as they do the pages of
/// the list; and there is one file for each page, since hosts of sites count files.
pub const COPIES: usize = 300;

/// The most entries of the feed, the newest; readers of feeds keep those that they have seen.
pub const ENTRIES: usize = 500;
