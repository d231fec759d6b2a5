//! Words as a search sees them: without case, accents or typographic quotes.
//!
//! The pack's index and a reader's query go through the same functions, and so does what is marked
//! on the page, so that the three can't disagree.

/// One word of a text, folded, and where in the text its letters stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word in lower case, without accents.
    pub folded: String,
    /// For each character of `folded`, the end (in bytes of the text) of the letter it came from.
    ends: Vec<usize>,
    /// Where the word begins in the text, in bytes.
    pub start: usize,
}

impl Word {
    /// Where the word ends in the text, in bytes.
    pub fn end(&self) -> usize {
        self.ends.last().copied().unwrap_or(self.start)
    }

    /// Where the first `n` folded characters end in the text, in bytes.
    pub fn end_of(&self, n: usize) -> usize {
        n.checked_sub(1)
            .and_then(|it| self.ends.get(it))
            .copied()
            .unwrap_or(self.end())
    }
}

/// The words of a text, in order. A word is a run of letters and digits; combining marks belong to
/// the letter before them, and everything else ends a word. But an s after an apostrophe belongs to
/// the word before it: “mayor’s” is one word, “O’Neill” two.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut open: Option<Word> = None;
    for (at, letter) in text.char_indices() {
        if matches!(letter, '\'' | '‘' | '’' | 'ʼ')
            && is_possessive(text.get(at + letter.len_utf8()..))
        {
            continue;
        }
        let end = at + letter.len_utf8();
        if is_combining(letter) {
            if let Some(last) = open.as_mut().and_then(|it| it.ends.last_mut()) {
                *last = end;
            }
        } else if letter.is_alphanumeric() {
            let word = open.get_or_insert_with(|| Word {
                folded: String::new(),
                ends: Vec::new(),
                start: at,
            });
            fold(letter, &mut word.folded);
            word.ends.resize(word.folded.chars().count(), end);
        } else if let Some(word) = open.take() {
            words.push(word);
        }
    }
    words.extend(open);
    words
}

/// Whether a text begins with an s that ends a word.
fn is_possessive(text: Option<&str>) -> bool {
    let mut letters = text.unwrap_or("").chars();
    matches!(letters.next(), Some('s' | 'S'))
        && !letters
            .next()
            .is_some_and(|it| it.is_alphanumeric() || is_combining(it))
}

/// Marks that sit on the letter before them (U+0300 to U+036F).
fn is_combining(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// For each letter from U+00C0 to U+017F its base letters; `.` keeps the letter itself.
/// From the canonical decompositions of the Unicode Character Database.
const LATIN: [&str; 192] = [
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", // C0
    "d", "n", "o", "o", "o", "o", "o", ".", "o", "u", "u", "u", "u", "y", "th", "ss", // D0
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", // E0
    "d", "n", "o", "o", "o", "o", "o", ".", "o", "u", "u", "u", "u", "y", "th", "y", // F0
    "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d", // 100
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g", // 110
    "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i", // 120
    "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l", // 130
    "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o", // 140
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s", // 150
    "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u", // 160
    "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s", // 170
];

fn fold(letter: char, into: &mut String) {
    if letter.is_ascii() {
        into.push(letter.to_ascii_lowercase());
        return;
    }
    let base = (letter as usize)
        .checked_sub(0xc0)
        .and_then(|it| LATIN.get(it))
        .copied();
    match base {
        Some(base) if base != "." => into.push_str(base),
        _ => into.push(lower(letter)),
    }
}

/// Runs of capitals beyond Latin's first blocks: the first and the last, how many letters from one
/// to the next, and how far each is from its small letter. Latin, Greek, Cyrillic, Armenian and
/// fullwidth letters; from the Unicode Character Database. The standard library knows every script,
/// and its tables weigh 5 KB in the WASM (brotli).
const CAPITALS: [(char, char, u32, u32); 23] = [
    ('\u{1cd}', '\u{1db}', 2, 1),
    ('\u{1de}', '\u{1ee}', 2, 1),
    ('\u{1f4}', '\u{1f4}', 1, 1),
    ('\u{1f8}', '\u{21e}', 2, 1),
    ('\u{222}', '\u{232}', 2, 1),
    ('\u{246}', '\u{24e}', 2, 1),
    ('\u{386}', '\u{386}', 1, 38),
    ('\u{388}', '\u{38a}', 1, 37),
    ('\u{38c}', '\u{38c}', 1, 64),
    ('\u{38e}', '\u{38f}', 1, 63),
    ('\u{391}', '\u{3ab}', 1, 32),
    ('\u{400}', '\u{40f}', 1, 80),
    ('\u{410}', '\u{42f}', 1, 32),
    ('\u{460}', '\u{480}', 2, 1),
    ('\u{48a}', '\u{4be}', 2, 1),
    ('\u{4c0}', '\u{4c0}', 1, 15),
    ('\u{4c1}', '\u{4cd}', 2, 1),
    ('\u{4d0}', '\u{52e}', 2, 1),
    ('\u{531}', '\u{556}', 1, 48),
    ('\u{1e00}', '\u{1e94}', 2, 1),
    ('\u{1ea0}', '\u{1efe}', 2, 1),
    ('\u{2c00}', '\u{2c2f}', 1, 48),
    ('\u{ff21}', '\u{ff3a}', 1, 32),
];

/// A letter's small letter, in the scripts of [`CAPITALS`].
fn lower(letter: char) -> char {
    let run = CAPITALS.iter().find(|(first, last, step, _)| {
        (*first..=*last).contains(&letter) && (letter as u32 - *first as u32).is_multiple_of(*step)
    });
    run.and_then(|it| char::from_u32(letter as u32 + it.3))
        .unwrap_or(letter)
}

/// Whether `typed` is the beginning of `word` but for at most one slip: a letter missing, added,
/// changed, or two neighbours swapped (optimal string alignment distance of 1 to some beginning).
pub fn begins_within_one_slip(word: &str, typed: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    let typed: Vec<char> = typed.chars().collect();
    let same = word.iter().zip(&typed).take_while(|(a, b)| a == b).count();
    let (word, typed) = (
        word.get(same..).unwrap_or(&[]),
        typed.get(same..).unwrap_or(&[]),
    );
    let Some((_, missed)) = typed.split_first() else {
        return true;
    };
    let rest = word.get(1..).unwrap_or(&[]);
    let swapped = match (word, typed) {
        ([a, b, word @ ..], [c, d, typed @ ..]) => a == d && b == c && word.starts_with(typed),
        _ => false,
    };
    // In turn: a letter too many, one missing, one changed, two swapped.
    word.starts_with(missed)
        || (!word.is_empty() && (rest.starts_with(typed) || rest.starts_with(missed)))
        || swapped
}
