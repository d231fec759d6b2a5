//! A search index, read in place: which rows have which words, and which have them in their names.
//!
//! Four sections of a pack; docs/contracts/pack.md has them byte by byte. `words` is a sorted
//! dictionary, in blocks of words that say only how they differ from the word before. `blocks` says
//! where each block begins, so that a word is found by halving. `postings` are the rows of each
//! word, one list after another: gaps from row to row, or one bit a row where that is shorter.
//! `folds` are the letters that the dataset folds in a way of its own ([`Folds`]).
//! `indexing.rs` writes what this file reads.
//!
//! Which bytes of `postings` a search needs is known from the other three alone, so that a page
//! may hold only some of them. Nothing here panics: bytes that are no index have fewer words.

use std::ops::Range;

use super::words::{Folds, Slip};

/// The number of words in a block.
pub const BLOCK: usize = 32;

/// A search index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Index<'a> {
    /// For each block of words, and for the end, where it begins in `words`, and where the rows of
    /// its first word begin in `postings`.
    pub blocks: &'a [u8],
    /// For each word the letters it shares with the word before, those it doesn't, and how long its
    /// lists of rows are.
    pub words: &'a [u8],
    /// For each word the rows that have it in their names, then the others that have it.
    pub postings: &'a [u8],
    /// The letters with a folding of the dataset's own.
    pub folds: &'a [u8],
}

/// One list of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Where it is in `postings`.
    pub bytes: Range<usize>,
    /// Whether it is one bit a row instead of gaps.
    pub is_bits: bool,
}

/// A word that a search found in the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Whether it is the word that was typed, not only the beginning of it.
    pub is_whole: bool,
    /// The rows that have it in their names.
    pub named: List,
    /// The other rows that have it.
    pub others: List,
}

impl<'a> Index<'a> {
    /// The letters with a folding of the dataset's own.
    pub fn folds(self) -> Folds<'a> {
        Folds(self.folds)
    }

    /// The words that begin with what was typed, in order: one run of `postings`.
    pub fn beginning(self, typed: &str) -> Vec<Entry> {
        let mut found = Vec::new();
        // The last block that may have an earlier word; what was typed may begin within it.
        let block = self.first_block(|it| it >= typed.as_bytes());
        let mut cursor = self.cursor(block.saturating_sub(1));
        while cursor.next() {
            if cursor.word.starts_with(typed.as_bytes()) {
                found.push(cursor.entry(cursor.word.len() == typed.len()));
            } else if cursor.word.as_slice() > typed.as_bytes() {
                break;
            }
        }
        found
    }

    /// The words that begin with what was typed but for one slip, in order.
    ///
    /// Reads the dictionary as a tree: what two neighbours share is judged once, and words that
    /// share what is lost already are passed over, a block at a time.
    pub fn resembling(self, typed: &str) -> Vec<Entry> {
        let letters: Vec<char> = typed.chars().collect();
        let slip = Slip(&letters);
        let mut found = Vec::new();
        // For each letter of the word, its end in bytes and the state after it.
        let mut states: Vec<(usize, u8)> = Vec::new();
        let mut cursor = self.cursor(0);
        while cursor.next() {
            while states.pop_if(|it| it.0 > cursor.shared).is_some() {}
            let (mut end, mut state) = states.last().copied().unwrap_or((0, slip.start()));
            if !matches!(state, Slip::LOST | Slip::FOUND) {
                let further = cursor.word.get(end..).unwrap_or(&[]);
                for letter in std::str::from_utf8(further).unwrap_or("").chars() {
                    state = slip.after(state, states.len(), letter);
                    end += letter.len_utf8();
                    states.push((end, state));
                    if matches!(state, Slip::LOST | Slip::FOUND) {
                        break;
                    }
                }
                if state == Slip::LOST {
                    cursor.pass(end);
                }
            }
            if state == Slip::FOUND {
                found.push(cursor.entry(false));
            }
        }
        found
    }

    /// The number of the first block whose first word is past something; words are sorted.
    fn first_block(self, is_past: impl Fn(&[u8]) -> bool) -> usize {
        let (mut low, mut high) = (0, self.n_blocks());
        while low < high {
            let middle = low.midpoint(high);
            if is_past(self.first_word(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    fn n_blocks(self) -> usize {
        (self.blocks.len() / 8).saturating_sub(1)
    }

    /// Where a block begins, in `words` and in `postings`.
    fn block(self, block: usize) -> (usize, usize) {
        let number = |at: usize| match self.blocks.get(at..at + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]) as usize,
            _ => usize::MAX,
        };
        (number(block * 8), number(block * 8 + 4))
    }

    fn first_word(self, block: usize) -> &'a [u8] {
        match self.words.get(self.block(block).0..) {
            Some([_, n, rest @ ..]) => rest.get(..usize::from(*n)).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// Reads words, from the first one of a block.
    fn cursor(self, block: usize) -> Cursor<'a> {
        let mut cursor = Cursor {
            index: self,
            block: 0,
            at: 0,
            left: 0,
            word: Vec::new(),
            shared: 0,
            named: List::default(),
            others: List::default(),
        };
        cursor.go(block);
        cursor
    }
}

/// A place in the dictionary.
struct Cursor<'a> {
    index: Index<'a>,
    block: usize,
    at: usize,
    /// The number of words in the block that are still to be read.
    left: usize,
    word: Vec<u8>,
    /// The number of bytes that the word shares with the one read before, at least.
    shared: usize,
    named: List,
    others: List,
}

impl Cursor<'_> {
    /// Stands before the first word of a block.
    fn go(&mut self, block: usize) {
        let (at, posting) = self.index.block(block);
        self.block = block;
        self.at = at;
        self.left = if block < self.index.n_blocks() {
            BLOCK
        } else {
            0
        };
        self.others.bytes = posting..posting;
    }

    /// Reads the next word; false after the last one.
    fn next(&mut self) -> bool {
        if self.left == 0 {
            self.go(self.block + 1);
        }
        self.read().is_some()
    }

    fn read(&mut self) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        let (shared, rest) = self.index.words.get(self.at..)?.split_first()?;
        let (n, rest) = rest.split_first()?;
        let (further, rest) = rest.split_at_checked((*n).into())?;
        self.shared = (*shared).into();
        self.word.truncate(self.shared);
        self.word.extend(further);
        self.at += 2 + further.len();
        let mut rest = rest.iter();
        let mut list = |start: usize| {
            let before = rest.len();
            let number = number(&mut rest);
            self.at += before - rest.len();
            List {
                bytes: start..start.saturating_add(number >> 1),
                is_bits: number & 1 != 0,
            }
        };
        self.named = list(self.others.bytes.end);
        self.others = list(self.named.bytes.end);
        Some(())
    }

    fn entry(&self, is_whole: bool) -> Entry {
        Entry {
            is_whole,
            named: self.named.clone(),
            others: self.others.clone(),
        }
    }

    /// Passes over the blocks of which every word begins like this one, up to a byte. The words
    /// that follow share no more than that is told of.
    fn pass(&mut self, upto: usize) {
        let lost = self.word.get(..upto).unwrap_or(&[]);
        let is_past = |it: &[u8]| !it.starts_with(lost) && it > lost;
        if is_past(self.index.first_word(self.block + 1)) || self.block + 1 >= self.index.n_blocks()
        {
            return;
        }
        let next = self.index.first_block(is_past).saturating_sub(1);
        if next > self.block {
            self.go(next);
        }
    }
}

/// The rows of a list of gaps, in order, each once.
pub fn rows(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut rest = bytes.iter();
    let mut next = 0usize;
    std::iter::from_fn(move || {
        (!rest.as_slice().is_empty()).then(|| {
            let row = next.wrapping_add(number(&mut rest));
            next = row.wrapping_add(1);
            row
        })
    })
}

/// One number: seven bits a byte, the highest first, and the top bit set in all bytes but the last.
fn number(bytes: &mut std::slice::Iter<u8>) -> usize {
    let mut number = 0usize;
    for byte in bytes {
        number = number << 7 | usize::from(byte & 0x7f);
        if *byte < 0x80 {
            break;
        }
    }
    number
}
