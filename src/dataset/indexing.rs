//! Texts, written as the search index that [`super::index`] reads.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use super::index::BLOCK;
use super::words::{Fold, Kind, Word, built_in, each_word, voiced};

/// The four sections of an index, as [`super::index::Index`] takes them.
#[derive(Clone, Debug, Default)]
pub struct Sections {
    /// Where each block of words begins.
    pub blocks: Vec<u8>,
    /// The words.
    pub words: Vec<u8>,
    /// The rows of each word.
    pub postings: Vec<u8>,
    /// The letters with a folding of the dataset's own.
    pub folds: Vec<u8>,
}

/// Indexes subjects, which are the rows 0, 1, 2 and so on: the texts of each one's name, and its
/// other texts.
pub fn index<'a>(subjects: impl Iterator<Item = (Vec<&'a str>, Vec<String>)>) -> Sections {
    let folding = Folding::default();
    let mut known: HashMap<String, Rows> = HashMap::new();
    for (row, (name, others)) in subjects.enumerate() {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let mut see = |word: &Word, is_name: bool| {
            if let Some(rows) = known.get_mut(&word.folded) {
                rows.add(row, is_name);
            } else {
                known
                    .entry(word.folded.clone())
                    .or_default()
                    .add(row, is_name);
            }
        };
        for text in name {
            folding.each_word(text, |it| see(it, true));
        }
        for text in others {
            folding.each_word(&text, |it| see(it, false));
        }
    }
    let mut known: Vec<(String, Rows)> = known.into_iter().collect();
    known.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let mut sections = Sections {
        folds: folding.folds(),
        ..Sections::default()
    };
    let mut last = "";
    for (number, (word, rows)) in known.iter().enumerate() {
        if number % BLOCK == 0 {
            sections.block();
            last = "";
        }
        sections.word(last, word, rows);
        last = word;
    }
    sections.block();
    sections
}

/// The rows that have a word.
#[derive(Default)]
struct Rows {
    /// In their names.
    named: Vec<u32>,
    /// Elsewhere only.
    others: Vec<u32>,
}

impl Rows {
    /// Adds a row, once. A row's name comes first.
    fn add(&mut self, row: u32, is_name: bool) {
        if self.named.last() == Some(&row) || self.others.last() == Some(&row) {
            return;
        }
        let list = if is_name {
            &mut self.named
        } else {
            &mut self.others
        };
        list.push(row);
    }
}

impl Sections {
    /// Notes where the next block begins.
    fn block(&mut self) {
        for at in [self.words.len(), self.postings.len()] {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            self.blocks.extend(at.to_le_bytes());
        }
    }

    fn word(&mut self, last: &str, word: &str, rows: &Rows) {
        let same = word.chars().zip(last.chars()).take_while(|(a, b)| a == b);
        let shared: usize = same.map(|it| it.0.len_utf8()).sum();
        let further = word.get(shared..).unwrap_or("");
        self.words.push(u8::try_from(shared).unwrap_or(0));
        self.words.push(u8::try_from(further.len()).unwrap_or(0));
        self.words.extend(further.bytes());
        for rows in [&rows.named, &rows.others] {
            let start = self.postings.len();
            let mut next = 0;
            for row in rows {
                number(&mut self.postings, row - next);
                next = row + 1;
            }
            let n_bytes = rows.last().map_or(0, |it| *it as usize / 8 + 1);
            let is_bits = n_bytes < self.postings.len() - start;
            if is_bits {
                self.postings.truncate(start);
                self.postings.resize(start + n_bytes, 0);
                for row in rows {
                    if let Some(byte) = self.postings.get_mut(start + *row as usize / 8) {
                        *byte |= 1 << (row % 8);
                    }
                }
            }
            let length = (self.postings.len() - start) << 1 | usize::from(is_bits);
            number(&mut self.words, u32::try_from(length).unwrap_or(u32::MAX));
        }
    }
}

/// One number: seven bits a byte, the highest first, and the top bit set in all bytes but the last.
fn number(out: &mut Vec<u8>, number: u32) {
    for shift in [28, 21, 14, 7] {
        if number >> shift != 0 {
            out.push(u8::try_from(number >> shift & 0x7f).unwrap_or(0) | 0x80);
        }
    }
    out.push(u8::try_from(number & 0x7f).unwrap_or(0));
}

/// What each letter of a dataset is to a search, by all that Unicode says of it.
#[derive(Debug, Default)]
pub struct Folding(RefCell<HashMap<char, Fold>>);

impl Folding {
    /// Goes through the words of a text, in order.
    pub fn each_word(&self, text: &str, see: impl FnMut(&Word)) {
        each_word(text, |it| self.fold(it), see);
    }

    /// The words of a text, folded, in order.
    pub fn words(&self, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        self.each_word(text, |it| words.push(it.folded.clone()));
        words
    }

    fn fold(&self, letter: char) -> Fold {
        if letter.is_ascii() {
            return built_in(letter);
        }
        *self
            .0
            .borrow_mut()
            .entry(letter)
            .or_insert_with(|| fold(letter))
    }

    /// The section for what a page doesn't know by itself: every letter met so far, and those that
    /// a reader may type in their stead, which are the others of the same alphabets and what folds
    /// to them.
    pub fn folds(&self) -> Vec<u8> {
        /// Letters that a page doesn't know by itself and that a keyboard may have: all before
        /// punctuation, and the narrow ones for Japanese and Korean.
        static TYPED: LazyLock<Vec<(char, Fold)>> = LazyLock::new(|| {
            let letters = ('\u{80}'..'\u{2000}').chain('\u{ff61}'..'\u{ffe0}');
            let folded = letters.map(|it| (it, fold(it)));
            folded.filter(|it| it.1 != built_in(it.0)).collect()
        });
        let met = self.0.borrow();
        let block = |it: char| it as u32 >> 7;
        let alphabets: BTreeSet<u32> = met
            .values()
            .flat_map(|it| it.letters)
            .filter(|it| !it.is_ascii())
            .map(block)
            .collect();
        let others = alphabets.iter().flat_map(|it| it << 7..(it + 1) << 7);
        let others = others.filter_map(char::from_u32).map(|it| (it, fold(it)));
        let is_known = |it: &char| it.is_ascii() || alphabets.contains(&block(*it));
        let stands_for = |it: &&(char, Fold)| {
            let letters = it.1.letters;
            letters.iter().all(is_known) && !letters.iter().all(char::is_ascii)
        };
        let letters: BTreeMap<char, Fold> = met
            .iter()
            .map(|it| (*it.0, *it.1))
            .chain(TYPED.iter().filter(stands_for).copied())
            .chain(others)
            .collect();
        let mut folds = Vec::new();
        for (letter, fold) in letters {
            if fold != built_in(letter) {
                folds.extend((letter as u32).to_le_bytes().into_iter().take(3));
                folds.push(fold.kind as u8);
                for letter in fold.letters {
                    folds.extend((letter as u32).to_le_bytes().into_iter().take(3));
                }
            }
        }
        folds
    }
}

/// What a letter is to a search. Compatibility decomposition (NFKD of Unicode Standard Annex 15),
/// lower case, without marks; Latin letters with strokes and the like as [`built_in`] has them.
pub fn fold(letter: char) -> Fold {
    if is_dropped(letter) {
        return folded(Kind::Joins, &[]);
    }
    // Apostrophes, though some are letters to Unicode.
    let is_apart = matches!(letter, '\u{2bb}' | '\u{2bc}') || !is_part(letter);
    if is_apart {
        return folded(Kind::Apart, &[]);
    }
    let latin = built_in(letter);
    if is_latin(letter) && latin.letters[0] != letter {
        return latin;
    }
    let mut parts = parts(letter);
    let is_pair = |it: &char| built_in(*it).kind == Kind::Pair;
    // A fraction, a word in one sign, a sign for two syllables.
    let is_odd = parts.len() > 4 || !parts.iter().all(|it| is_part(*it));
    if is_odd || (parts.len() > 1 && parts.iter().any(is_pair)) {
        parts = letter.to_lowercase().take(4).collect();
    }
    let kind = match parts.first() {
        Some(it) if is_pair(it) => Kind::Pair,
        Some(it) if !is_combining_mark(*it) && !is_hangul_vowel_or_last(*it) => Kind::Letter,
        _ => Kind::Joins,
    };
    folded(kind, &parts)
}

fn folded(kind: Kind, letters: &[char]) -> Fold {
    let letter = |it| letters.get(it).copied().unwrap_or('\0');
    Fold::new(kind, std::array::from_fn(letter))
}

/// What a letter is made of, in lower case and without marks.
fn parts(letter: char) -> Vec<char> {
    let lower = |it: char| it.to_lowercase().nfkd().collect::<Vec<_>>();
    let mut parts: Vec<char> = Vec::new();
    for part in letter.to_string().nfkd().flat_map(lower) {
        match parts.last().and_then(|it| voiced(*it, part)) {
            Some(syllable) => {
                parts.pop();
                parts.push(syllable);
            }
            None if is_dropped(part) => {}
            None if part == 'ς' => parts.push('σ'),
            None if is_latin(part) => {
                let base = built_in(part).letters.into_iter();
                parts.extend(base.filter(|it| *it != '\0'));
            }
            None => parts.push(part),
        }
    }
    parts
}

/// Whether it may be part of a word.
fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// Whether [`built_in`] has a table for it.
fn is_latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

fn is_hangul_vowel_or_last(letter: char) -> bool {
    matches!(letter, '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}')
}

/// Whether a search does without it: accents, tones, points and the like, but no vowel, nor what
/// takes a vowel away, nor what voices a Japanese syllable. By canonical combining class (Unicode
/// Standard Annex 44, table 15), which enclosing marks and what is unseen don't have.
fn is_dropped(letter: char) -> bool {
    let is_unseen = matches!(letter,
        // A hyphen only at the end of a line, the stroke that widens Arabic words, what directs
        // and joins letters, and what chooses among their shapes.
        '\u{ad}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    let encloses = matches!(letter, '\u{488}' | '\u{489}' | '\u{20dd}'..='\u{20e4}');
    let class = canonical_combining_class(letter);
    is_unseen || encloses || matches!(class, 1 | 6 | 7 | 10..=36 | 107 | 122 | 200..)
}
