//! Finding subjects by words, and marking what was found.
//!
//! Every word must match, from its beginning. One slip is forgiven in words of five letters or
//! more, where nothing matches as written: exact matches come first, and a reader who types
//! “police” isn't shown every “policy”.

use std::ops::Range;

use crate::dataset::bits::Bits;
use crate::dataset::index::{Entry, Index, List, rows};
use crate::dataset::words::{Folds, Slip, words};

/// The least number of letters in a word for a slip in it to be forgiven.
pub const FORGIVING: usize = 5;

/// The most ranks that are told apart; in long searches the last has all that would be further.
const N_RANKS: usize = 16;

/// One word that a reader typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Typed {
    folded: String,
    letters: Vec<char>,
    /// Whether to forgive a slip, since nothing matches as written.
    forgive: bool,
}

impl Typed {
    fn matches(&self, word: &str) -> bool {
        word.starts_with(&self.folded) || (self.forgive && Slip(&self.letters).begins(word))
    }
}

/// The words of a search, ready to find and to mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    typed: Vec<Typed>,
    folds: Folds<'static>,
}

impl Search {
    /// The words of a text as they are written, with the foldings of an index, to look for elsewhere
    /// than in it.
    pub fn of(index: Index<'static>, text: &str) -> Self {
        let folds = index.folds();
        let typed = words(text, folds).into_iter().filter(|it| !it.is_rest);
        let typed = typed.map(|it| Typed {
            letters: it.folded.chars().collect(),
            folded: it.folded,
            forgive: false,
        });
        Self {
            typed: typed.collect(),
            folds,
        }
    }

    /// Whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// What to mark in a text: byte ranges in order, apart from each other. The letters that were
    /// typed, or the whole word where a slip was forgiven.
    pub fn marks(&self, text: &str) -> Vec<(usize, usize)> {
        let mut marks: Vec<(usize, usize)> = Vec::new();
        if self.is_empty() {
            return marks;
        }
        for word in words(text, self.folds) {
            let exact = self
                .typed
                .iter()
                .filter(|it| word.folded.starts_with(&it.folded));
            let end = match exact.map(|it| it.letters.len()).max() {
                Some(letters) => word.end_of(letters),
                None if self.typed.iter().any(|it| it.matches(&word.folded)) => word.end(),
                None => continue,
            };
            match marks.last_mut() {
                // Pairs overlap, as in 東京 and 京都 of 東京都.
                Some(last) if word.start <= last.1 => last.1 = end.max(last.1),
                _ => marks.push((word.start, end)),
            }
        }
        marks
    }

    /// Whether every word of the search is in one of these texts.
    pub fn is_in<'a>(&self, texts: impl Iterator<Item = &'a str>) -> bool {
        let mut missing: Vec<&Typed> = self.typed.iter().collect();
        for text in texts {
            for word in words(text, self.folds) {
                missing.retain(|it| !it.matches(&word.folded));
            }
        }
        missing.is_empty()
    }
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The words, for marking.
    pub search: Search,
    /// The rows that have every word; all of them where there is nothing to search for.
    pub hits: Bits,
    /// The same rows, each in one set only, the best first; none where there is nothing to search
    /// for. A word adds 0 to the rank of a row whose name has it, 1 where a word of the name begins
    /// with it or resembles it, and 2 where it is elsewhere.
    pub ranks: Vec<Bits>,
}

impl Found {
    /// How well a row matches: 0 is best, and what was not found is worse than all that was.
    pub fn rank(&self, row: usize) -> usize {
        let rank = self.ranks.iter().position(|it| it.has(row));
        rank.unwrap_or(self.ranks.len())
    }
}

/// A search of an index, before any row is read.
#[derive(Clone, Debug)]
pub struct Plan {
    search: Search,
    /// For each word that was typed, those of the index that match it.
    entries: Vec<Vec<Entry>>,
}

impl Plan {
    /// Looks the words of a search up.
    pub fn new(index: Index<'static>, text: &str) -> Self {
        let folds = index.folds();
        let mut plan = Self {
            search: Search {
                typed: Vec::new(),
                folds,
            },
            entries: Vec::new(),
        };
        for word in words(text, folds).into_iter().filter(|it| !it.is_rest) {
            let letters: Vec<char> = word.folded.chars().collect();
            let mut entries = index.beginning(&word.folded);
            // Every word of an index has rows.
            let forgive = entries.is_empty() && letters.len() >= FORGIVING;
            if forgive {
                entries = index.resembling(&word.folded);
            }
            plan.search.typed.push(Typed {
                folded: word.folded,
                letters,
                forgive,
            });
            plan.entries.push(entries);
        }
        plan
    }

    /// The bytes of the index's postings that [`Plan::find`] reads: in order for each word typed.
    pub fn ranges(&self) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for entry in self.entries.iter().flatten() {
            let (start, end) = (entry.named.bytes.start, entry.others.bytes.end);
            match ranges.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => ranges.push(start..end),
            }
        }
        ranges
    }

    /// Finds the rows, of `n_rows`. `read` gives bytes of the postings; what it doesn't have isn't
    /// found.
    pub fn find<'a>(self, n_rows: usize, read: impl Fn(Range<usize>) -> Option<&'a [u8]>) -> Found {
        let mut found: Option<Vec<Bits>> = None;
        for entries in &self.entries {
            let levels = levels(entries, n_rows, &read);
            found = Some(match found {
                Some(found) => both(&found, &levels, n_rows),
                None => levels.into(),
            });
        }
        let hits = match &found {
            Some(ranks) => {
                let mut hits = Bits::none(n_rows);
                for rows in ranks {
                    hits.or_assign(rows);
                }
                hits
            }
            None => Bits::all(n_rows),
        };
        Found {
            search: self.search,
            hits,
            ranks: found.unwrap_or_default(),
        }
    }
}

/// Searches an index whose postings are all at hand.
pub fn find(index: Index<'static>, n_rows: usize, text: &str) -> Found {
    Plan::new(index, text).find(n_rows, |it| index.postings.get(it))
}

/// The rows that have some of these words: in their names, in their names but not wholly, and
/// elsewhere.
fn levels<'a>(
    entries: &[Entry],
    n_rows: usize,
    read: impl Fn(Range<usize>) -> Option<&'a [u8]>,
) -> [Bits; 3] {
    let mut levels = [(); 3].map(|()| Bits::none(n_rows));
    let [whole, named, others] = &mut levels;
    let put = |into: &mut Bits, list: &List| {
        let bytes = read(list.bytes.clone()).unwrap_or(&[]);
        if list.is_bits {
            into.or_bytes(bytes);
        } else {
            rows(bytes).for_each(|it| into.set(it));
        }
    };
    for entry in entries {
        put(if entry.is_whole { whole } else { named }, &entry.named);
        put(others, &entry.others);
    }
    named.minus_assign(whole);
    others.minus_assign(whole);
    others.minus_assign(named);
    levels
}

/// The rows that are in both, by the sum of their ranks.
fn both(found: &[Bits], levels: &[Bits; 3], n_rows: usize) -> Vec<Bits> {
    let n = (found.len() + levels.len() - 1).min(N_RANKS);
    let mut sums = vec![Bits::none(n_rows); n];
    for (rank, found) in found.iter().enumerate() {
        for (further, level) in levels.iter().enumerate() {
            if let Some(sum) = sums.get_mut((rank + further).min(n - 1)) {
                let mut both = found.clone();
                both.and_assign(level);
                sum.or_assign(&both);
            }
        }
    }
    sums
}
