//! Finding subjects by words, and marking what was found.
//!
//! Every word must match, from its beginning. One slip is forgiven in words of five letters or
//! more, where nothing matches as written: exact matches come first, and a reader who types
//! “police” isn't shown every “policy”.

use crate::dataset::bits::Bits;
use crate::dataset::pack::Pack;
use crate::dataset::words::{begins_within_one_slip, words};

/// The least number of letters in a word for a slip in it to be forgiven.
pub const FORGIVING: usize = 5;

/// One word that a reader typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Typed {
    folded: String,
    n_letters: usize,
    /// Whether to forgive a slip, since nothing matches as written.
    forgive: bool,
}

impl Typed {
    fn matches(&self, word: &str) -> bool {
        word.starts_with(&self.folded)
            || (self.forgive && begins_within_one_slip(word, &self.folded))
    }
}

/// The words of a search, ready to find and to mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search(Vec<Typed>);

impl Search {
    /// Whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What to mark in a text: byte ranges in order, apart from each other. The letters that were
    /// typed, or the whole word where a slip was forgiven.
    pub fn marks(&self, text: &str) -> Vec<(usize, usize)> {
        if self.is_empty() {
            return Vec::new();
        }
        let found = words(text).into_iter().filter_map(|word| {
            let exact = self
                .0
                .iter()
                .filter(|it| word.folded.starts_with(&it.folded));
            let end = match exact.map(|it| it.n_letters).max() {
                Some(letters) => word.end_of(letters),
                None if self.0.iter().any(|it| it.matches(&word.folded)) => word.end(),
                None => return None,
            };
            Some((word.start, end))
        });
        found.collect()
    }

    /// Whether every word of the search is in one of these texts.
    pub fn is_in<'a>(&self, texts: impl Iterator<Item = &'a str>) -> bool {
        let mut missing: Vec<&Typed> = self.0.iter().collect();
        for text in texts {
            for word in words(text) {
                missing.retain(|it| !it.matches(&word.folded));
            }
        }
        missing.is_empty()
    }
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The words, for marking.
    pub search: Search,
    /// The subjects that have every word; all of them where there is nothing to search for.
    pub hits: Bits,
}

/// Searches a dataset's index.
pub fn find(pack: Pack, text: &str) -> Found {
    let mut typed: Vec<Typed> = words(text)
        .into_iter()
        .map(|it| Typed {
            n_letters: it.folded.chars().count(),
            folded: it.folded,
            forgive: false,
        })
        .collect();
    let mut hits = Bits::all(pack.n_subjects());
    for word in &mut typed {
        let mut has = has_word(pack, word);
        if word.n_letters >= FORGIVING && has.count() == 0 {
            word.forgive = true;
            has = has_word(pack, word);
        }
        hits.and_assign(&has);
    }
    Found {
        search: Search(typed),
        hits,
    }
}

fn has_word(pack: Pack, typed: &Typed) -> Bits {
    let mut has = Bits::none(pack.n_subjects());
    pack.each_word(|word, subjects| {
        if typed.matches(word) {
            subjects.iter().for_each(|it| has.set(*it));
        }
    });
    has
}
