//! Words as a search sees them: without case, accents or typographic quotes, in any script.
//!
//! The pack's index and a reader's query go through the same functions, and so does what is marked
//! on the page, so that the three can't disagree. What a letter folds to is known here for Latin,
//! Hangul and the scripts that are told by pairs; whatever else a dataset needs, its pack brings
//! along ([`Folds`]), since the tables of all of Unicode would weigh more than the search.

/// What a letter is to a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It isn't part of a word.
    Apart,
    /// A letter or a digit; a word is a run of them.
    Letter,
    /// A letter of a script that puts no spaces between words: Han, Hiragana or Katakana. Each two
    /// neighbours are a word, and so is the last one of a run.
    Pair,
    /// It belongs to the letter before it: a combining mark, a vowel sign, or something unseen.
    Joins,
}

/// What one letter of a text is to a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// What it is to a word.
    pub kind: Kind,
    /// The letters that stand for it, and `\0` where there are fewer.
    pub letters: [char; 4],
}

impl Fold {
    /// Of this kind, and these letters stand for it.
    pub const fn new(kind: Kind, letters: [char; 4]) -> Self {
        Self { kind, letters }
    }

    /// Of this kind, and one letter stands for it.
    const fn one(kind: Kind, letter: char) -> Self {
        Self::new(kind, [letter, '\0', '\0', '\0'])
    }

    /// Of this kind, and these letters stand for it.
    fn ascii(kind: Kind, letters: &[u8]) -> Self {
        let letter = |it| letters.get(it).copied().map_or('\0', char::from);
        Self::new(kind, std::array::from_fn(letter))
    }
}

/// The letters that a dataset folds otherwise than [`built_in`] does: sixteen bytes each, in the
/// order of their code points. `indexing.rs` writes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folds<'a>(pub &'a [u8]);

impl Folds<'_> {
    /// What a letter is to a search of the dataset.
    pub fn fold(self, letter: char) -> Fold {
        if letter.is_ascii() {
            return built_in(letter);
        }
        let (entries, _) = self.0.as_chunks::<16>();
        let place = entries.binary_search_by_key(&(letter as u32), |it| code(it, 0));
        match place.ok().and_then(|it| entries.get(it)) {
            Some(entry) => {
                let kind = match entry[3] {
                    0 => Kind::Apart,
                    1 => Kind::Letter,
                    2 => Kind::Pair,
                    _ => Kind::Joins,
                };
                let letter = |at| char::from_u32(code(entry, at)).unwrap_or('\0');
                Fold::new(kind, [letter(4), letter(7), letter(10), letter(13)])
            }
            None => built_in(letter),
        }
    }
}

/// A code point of three bytes.
fn code(entry: &[u8; 16], at: usize) -> u32 {
    match entry.get(at..at + 3) {
        Some(&[a, b, c]) => u32::from_le_bytes([a, b, c, 0]),
        _ => 0,
    }
}

/// Base letters from U+00A0, and from U+1E00: a capital for two letters, `.` for the letter itself
/// and a space for what is no letter. From the decompositions of the Unicode Character Database;
/// letters with a stroke and the like, which have none, as they are usually written without.
const LATIN: (&[u8; 432], &[u8; 256]) = (
    b"          a       23 .   1o ... \
      aaaaaaAceeeeiiiidnooooo ouuuuyTSaaaaaaAceeeeiiiidnooooo ouuuuyTy\
      aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkkllllllllllnnnnnnnnnooooooOOrrrrrrssssss\
      ssttttttuuuuuuuuuuuuwwyyyzzzzzzs................................\
      oo.............uu...................DDDLLLNNNaaiioouuuuuuuuuu.aa\
      aaAA..ggkkoooo..jDDDgg..nnaaAAooaaaaeeeeiiiioooorrrruuuusstt..hh\
      ......aaeeooooooooyy............................",
    b"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
      mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
      wwwwwwwwwwxxxxyyzzzzzzhtwy.s..S.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
      eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......",
);

/// The two letters that a capital of [`LATIN`] stands for.
const TWO: &[u8; 24] = b"AaeDdzIijLljNnjOoeSssTth";

/// Ligatures from U+FB00.
const LIGATURES: [&[u8]; 7] = [b"ff", b"fi", b"fl", b"ffi", b"ffl", b"st", b"st"];

/// Where letters of another kind begin, from U+0250. What isn't quite so, the folds of a dataset
/// say wherever it matters: for all that it has, and for the alphabets of its letters.
const KINDS: [(u32, Kind); 38] = {
    use Kind::{Apart, Joins, Letter, Pair};
    [
        (0x250, Letter),
        (0x2b9, Apart),
        // Marks.
        (0x300, Joins),
        (0x370, Letter),
        // Vowels and last consonants of Hangul.
        (0x1160, Joins),
        (0x1200, Letter),
        // Punctuation, and what directs or joins letters unseen.
        (0x2000, Apart),
        (0x200b, Joins),
        (0x2010, Apart),
        (0x202a, Joins),
        (0x202f, Apart),
        (0x2060, Joins),
        (0x2070, Letter),
        (0x20a0, Apart),
        (0x2c00, Letter),
        (0x2e00, Apart),
        // Japanese and Chinese.
        (0x3005, Pair),
        (0x3008, Apart),
        (0x3041, Pair),
        (0x3099, Joins),
        (0x309b, Pair),
        (0x30fb, Apart),
        (0x30fc, Pair),
        (0x3100, Letter),
        (0x31f0, Pair),
        (0x3200, Apart),
        (0x3400, Pair),
        (0xa000, Letter),
        (0xf900, Pair),
        (0xfb00, Letter),
        (0xfe00, Joins),
        (0xfe30, Apart),
        (0xfe70, Letter),
        (0xfeff, Apart),
        (0xff66, Letter),
        (0x1f000, Apart),
        (0x20000, Pair),
        (0xe0000, Joins),
    ]
};

/// What a letter is to a search, as far as it is known without a dataset.
pub fn built_in(letter: char) -> Fold {
    // Fullwidth forms are ASCII, elsewhere.
    let letter = match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        _ => letter,
    };
    if letter.is_ascii_alphanumeric() {
        return Fold::one(Kind::Letter, letter.to_ascii_lowercase());
    }
    let code = letter as usize;
    let base = match code {
        0..0xa0 => None,
        // A hyphen that is only seen at the end of a line.
        0xad => return Fold::ascii(Kind::Joins, b""),
        0xa0..0x250 => LATIN.0.get(code - 0xa0),
        0x1e00..0x1f00 => LATIN.1.get(code - 0x1e00),
        0xac00..0xd7a4 => return hangul(letter as u32 - 0xac00),
        0xfb00..0xfb07 => {
            let letters = LIGATURES.get(code - 0xfb00);
            return Fold::ascii(Kind::Letter, letters.unwrap_or(&&b""[..]));
        }
        _ => return beyond(letter),
    };
    match base {
        None | Some(b' ') => Fold::ascii(Kind::Apart, b""),
        Some(b'.') => Fold::one(Kind::Letter, letter),
        Some(b'A'..=b'Z') => {
            let two = TWO.chunks(3).find(|it| it.first() == base);
            Fold::ascii(Kind::Letter, two.and_then(|it| it.get(1..)).unwrap_or(b""))
        }
        Some(base) => Fold::one(Kind::Letter, char::from(*base)),
    }
}

/// A letter of no table but that of kinds.
fn beyond(letter: char) -> Fold {
    let kind = KINDS.iter().rfind(|it| it.0 <= letter as u32);
    let kind = kind.map_or(Kind::Apart, |it| it.1);
    // Marks are dropped, but not a vowel or a consonant, nor what voices a Japanese syllable.
    let stays = matches!(letter, '\u{1160}'..='\u{11ff}' | '\u{3099}' | '\u{309a}');
    match kind {
        Kind::Letter | Kind::Pair => Fold::one(kind, letter),
        Kind::Joins if stays => Fold::one(kind, letter),
        _ => Fold::ascii(kind, b""),
    }
}

/// The consonant, the vowel and the last consonant of a Hangul syllable, by its number (Unicode,
/// section 3.12). So a syllable that is still being typed is the beginning of it.
fn hangul(syllable: u32) -> Fold {
    let letter = |it| char::from_u32(it).unwrap_or('\0');
    let last = match syllable % 28 {
        0 => '\0',
        last => letter(0x11a7 + last),
    };
    let first = letter(0x1100 + syllable / 588);
    let vowel = letter(0x1161 + syllable % 588 / 28);
    Fold::new(Kind::Letter, [first, vowel, last, '\0'])
}

/// A Japanese syllable with the mark after it that voices it, where there is such a syllable.
pub fn voiced(syllable: char, mark: char) -> Option<char> {
    let code = syllable as u32;
    // Katakana stand as far from each other as Hiragana.
    let hiragana = if code < 0x30a0 { code } else { code - 0x60 };
    let further = match (mark, hiragana) {
        ('\u{309a}', 0x306f | 0x3072 | 0x3075 | 0x3078 | 0x307b) => 2,
        (
            '\u{3099}',
            0x306f | 0x3072 | 0x3075 | 0x3078 | 0x307b | 0x3064 | 0x3066 | 0x3068 | 0x309d,
        ) => 1,
        ('\u{3099}', 0x304b..=0x3061) if hiragana % 2 == 1 => 1,
        ('\u{3099}', 0x3046) => 0x4e,
        ('\u{3099}', 0x308f..=0x3092) if code >= 0x30a0 => 8,
        _ => return None,
    };
    char::from_u32(code + further)
}

/// One word of a text, folded, and where in the text its letters stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The word in lower case, without accents; at most [`LONGEST`] letters.
    pub folded: String,
    /// For each character of `folded`, the end (in bytes of the text) of the letter it came from,
    /// with all that joins it.
    ends: Vec<usize>,
    /// Where the word begins in the text, in bytes.
    pub start: usize,
    /// Whether it is the last letter of a pair, alone: a text has such words, a search needs none.
    pub is_rest: bool,
}

/// The most letters of a word; further ones don't count.
pub const LONGEST: usize = 60;

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

    fn push(&mut self, letters: &[char], start: usize, end: usize) {
        if self.ends.is_empty() {
            self.start = start;
        }
        for letter in letters {
            if self.ends.len() < LONGEST {
                self.folded.push(*letter);
                self.ends.push(end);
            } else if let Some(last) = self.ends.last_mut() {
                *last = end;
            }
        }
    }

    fn clear(&mut self) {
        self.folded.clear();
        self.ends.clear();
        self.is_rest = false;
    }
}

/// The words of a text, in order; see [`each_word`].
pub fn words(text: &str, folds: Folds) -> Vec<Word> {
    let mut words = Vec::new();
    each_word(text, |it| folds.fold(it), |it| words.push(it.clone()));
    words
}

/// Goes through the words of a text, in order. A word is a run of letters and digits; what joins a
/// letter belongs to it, and everything else ends a word. But an s after an apostrophe belongs to
/// the word before it: “mayor’s” is one word, “O’Neill” two; and so does what is after the dot of an abbreviation of
/// single letters, or of a number: “D.C.” is “dc”, “1.6” is “16”. Of a run of Han, Hiragana and Katakana
/// each two neighbours are a word, and the last letter by itself.
pub fn each_word(text: &str, fold: impl Fn(char) -> Fold, see: impl FnMut(&Word)) {
    let mut reader = Reader {
        word: Word::default(),
        letters: Vec::new(),
        kind: Kind::Apart,
        start: 0,
        end: 0,
        see,
    };
    // The letters and digits since whatever else was there, and the last of them.
    let (mut run, mut last) = (0, ' ');
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        if matches!(letter, '\'' | '‘' | '’' | 'ʼ' | '.') {
            let mut rest = text.get(end..).unwrap_or("").chars();
            let next = rest.next().unwrap_or(' ');
            let is_apart = |it: char| fold(it).kind == Kind::Apart;
            let is_last = rest.next().is_none_or(is_apart);
            let goes_on = if letter != '.' {
                is_last && matches!(next, 's' | 'S')
            } else if last.is_ascii_digit() {
                next.is_ascii_digit()
            } else {
                is_last && run == 1 && !is_apart(next)
            };
            if goes_on {
                run = 0;
                continue;
            }
        }
        let Fold { kind, letters } = fold(letter);
        let n = letters.iter().take_while(|it| **it != '\0').count();
        let letters = letters.get(..n).unwrap_or(&[]);
        run = if kind == Kind::Apart { 0 } else { run + 1 };
        last = letter;
        match kind {
            Kind::Apart => reader.close(),
            Kind::Joins => reader.join(letters, at, end),
            Kind::Letter | Kind::Pair => reader.letter(kind, letters, at, end),
        }
    }
    reader.close();
}

/// Takes letters, and tells of words. A letter is held until the next, since marks may follow it.
struct Reader<F> {
    /// The word so far, without the letter that is held.
    word: Word,
    /// What stands for the letter that is held; nothing between words.
    letters: Vec<char>,
    kind: Kind,
    start: usize,
    end: usize,
    see: F,
}

impl<F: FnMut(&Word)> Reader<F> {
    fn letter(&mut self, kind: Kind, letters: &[char], start: usize, end: usize) {
        if self.kind == kind {
            self.put();
        } else {
            self.close();
        }
        self.kind = kind;
        self.letters.extend(letters);
        (self.start, self.end) = (start, end);
    }

    fn join(&mut self, letters: &[char], start: usize, end: usize) {
        if self.letters.is_empty() {
            // There is no letter to join, so that it is one, unless nothing is to be seen of it.
            if !matches!(letters, [] | ['\u{3099}' | '\u{309a}', ..]) {
                self.letter(Kind::Letter, letters, start, end);
            }
            return;
        }
        self.end = end;
        for letter in letters {
            match (letter, self.letters.last_mut()) {
                ('\u{3099}' | '\u{309a}', Some(last)) => {
                    *last = voiced(*last, *letter).unwrap_or(*last);
                }
                _ => self.letters.push(*letter),
            }
        }
    }

    /// Adds the letter that is held to its word.
    fn put(&mut self) {
        if self.letters.is_empty() {
            return;
        }
        let is_second = self.kind == Kind::Pair && !self.word.folded.is_empty();
        self.word.push(&self.letters, self.start, self.end);
        if is_second {
            self.word.is_rest = false;
            (self.see)(&self.word);
            self.word.clear();
            self.word.push(&self.letters, self.start, self.end);
            self.word.is_rest = true;
        }
        self.letters.clear();
    }

    fn close(&mut self) {
        self.put();
        if !self.word.folded.is_empty() {
            (self.see)(&self.word);
            self.word.clear();
        }
        self.kind = Kind::Apart;
    }
}

/// Reads a word letter by letter, and knows whether what was typed is the beginning of it but for
/// at most one slip: a letter missing, added, changed, or two neighbours swapped (optimal string
/// alignment distance of 1 to some beginning).
///
/// The state is a few bits: in which ways the letters so far may be those typed. In step, without a
/// slip; after one, the word may be a letter behind what was typed, even with it, or one ahead; and
/// the first of two swapped letters may have been read.
#[derive(Clone, Copy, Debug)]
pub struct Slip<'a>(pub &'a [char]);

impl Slip<'_> {
    /// The state when what was typed has been found, whatever follows.
    pub const FOUND: u8 = 1;
    /// The state when it can't be found, whatever follows.
    pub const LOST: u8 = 0;
    const EXACT: u8 = 2;
    /// A letter too many was typed, so that the letters typed are one ahead.
    const AHEAD: u8 = 4;
    const EVEN: u8 = 8;
    const BEHIND: u8 = 16;
    const SWAPPED: u8 = 32;

    /// The state before the first letter.
    pub fn start(self) -> u8 {
        self.settled(0, Self::EXACT | Self::AHEAD)
    }

    /// The state after a further letter of the word, its letter number `at`.
    pub fn after(self, state: u8, at: usize, letter: char) -> u8 {
        if matches!(state, Self::FOUND | Self::LOST) {
            return state;
        }
        let is = |it: usize| self.0.get(it) == Some(&letter);
        let (behind, even, ahead) = (at > 0 && is(at.wrapping_sub(1)), is(at), is(at + 1));
        let mut next = 0;
        if state & Self::EXACT != 0 {
            next |= Self::EVEN | Self::BEHIND;
            if even {
                next |= Self::EXACT | Self::AHEAD;
            }
            if ahead {
                next |= Self::SWAPPED;
            }
        }
        if even {
            next |= state & Self::EVEN;
        }
        if ahead {
            next |= state & Self::AHEAD;
        }
        if behind {
            next |= state & Self::BEHIND;
            if state & Self::SWAPPED != 0 {
                next |= Self::EVEN;
            }
        }
        self.settled(at + 1, next)
    }

    /// Found, once all that was typed is used up in one of the ways.
    fn settled(self, n: usize, state: u8) -> u8 {
        let used_up = match self.0.len() {
            it if it == n => Self::EXACT | Self::EVEN,
            it if it == n + 1 => Self::AHEAD,
            it if it + 1 == n => Self::BEHIND,
            _ => 0,
        };
        if state & used_up != 0 {
            Self::FOUND
        } else {
            state
        }
    }

    /// Whether what was typed is the beginning of a word but for at most one slip.
    pub fn begins(self, word: &str) -> bool {
        let mut state = self.start();
        for (at, letter) in word.chars().enumerate() {
            state = self.after(state, at, letter);
        }
        state == Self::FOUND
    }
}
