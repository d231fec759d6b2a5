//! The words of the interface, from the files in `src/language` to the blocks that
//! [`super::language::Words`] reads.

use std::sync::OnceLock;

use toml::{Table, Value};

use super::language::{LIVE, Language, PLACE, Plural, Word, Words};

/// The text of a language's file.
pub const fn file(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../language/en.toml"),
        Language::Es => include_str!("../language/es.toml"),
        Language::Ar => include_str!("../language/ar.toml"),
    }
}

/// A word's name in the files: `ShowAllN` is `show-all-n`.
pub fn key(name: &str) -> String {
    let mut key = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !key.is_empty() {
            key.push('-');
        }
        key.push(letter.to_ascii_lowercase());
    }
    key
}

/// What a language's file has, by the words' names. A test reads every file, so that none that can't
/// be read ships.
pub fn table(language: Language) -> Table {
    file(language).parse().unwrap_or_default()
}

/// A word of a file as a block has it: each form after its byte, and a byte for each place.
fn packed(value: &Value, places: &[&str]) -> String {
    let text = match value {
        Value::Table(forms) => {
            let forms = Plural::ALL.iter().filter_map(|it| {
                let form = forms.get(it.name())?.as_str()?;
                Some(format!("{}{form}", char::from(*it as u8)))
            });
            forms.collect()
        }
        value => value.as_str().unwrap_or("").to_owned(),
    };
    places.iter().zip(PLACE..).fold(text, |text, (name, byte)| {
        text.replace(&format!("{{{name}}}"), &char::from(byte).to_string())
    })
}

/// A block of a language with these texts, in the order of [`Word`].
pub fn block(language: Language, texts: &[String]) -> Vec<u8> {
    let mut end = (texts.len() + 2) * 2;
    let mut offsets = vec![language as usize, end];
    for text in texts {
        end += text.len();
        offsets.push(end);
    }
    let offset = |it: usize| u16::try_from(it).unwrap_or(u16::MAX).to_le_bytes();
    let mut block: Vec<u8> = offsets.into_iter().flat_map(offset).collect();
    block.extend(texts.concat().bytes());
    block
}

/// All the words of a language.
pub fn words(language: Language) -> Words {
    static BLOCKS: [OnceLock<Words>; Language::ALL.len()] =
        [const { OnceLock::new() }; Language::ALL.len()];
    let make = || {
        let table = table(language);
        let text = |(_, name, places): &(Word, &str, &[&str])| {
            let value = table.get(&key(name));
            value.map_or_else(String::new, |it| packed(it, places))
        };
        let texts: Vec<String> = Word::ALL.iter().map(text).collect();
        Words::new(block(language, &texts).leak())
    };
    let kept = BLOCKS.get(language as usize);
    kept.map_or_else(make, |it| *it.get_or_init(make))
}

/// The block of those words that the browser needs, with what a dataset says in place of some.
pub fn live(words: Words, own: &[(Word, String)]) -> Vec<u8> {
    let all = Word::ALL.iter().take(LIVE);
    let text = |word: Word| {
        let own = own.iter().find(|it| it.0 == word);
        own.map_or_else(|| words.raw(word), |it| &it.1).to_owned()
    };
    let texts: Vec<String> = all.map(|it| text(it.0)).collect();
    block(words.language(), &texts)
}

/// A word as its file has it, with the names of what is filled in between braces: for scripts, which
/// fill it in themselves.
pub fn source(words: Words, word: Word) -> String {
    let all = Word::ALL.iter().find(|it| it.0 == word);
    let places = all.map_or(&[][..], |it| it.2);
    let text = words.raw(word).to_owned();
    places.iter().zip(PLACE..).fold(text, |text, (name, byte)| {
        text.replace(char::from(byte), &format!("{{{name}}}"))
    })
}

/// The languages whose scripts are written from right to left, and those scripts (ISO 15924).
const FROM_RIGHT: [&str; 26] = [
    "ar", "arc", "azb", "ckb", "dv", "fa", "he", "khw", "ks", "lrc", "mzn", "nqo", "pnb", "prs",
    "ps", "sd", "syr", "ug", "ur", "yi", "adlm", "arab", "hebr", "nkoo", "syrc", "thaa",
];

/// The direction in which a language is written, by its tag: `ltr` or `rtl`.
pub fn direction(tag: &str) -> &'static str {
    let tag = tag.to_lowercase();
    // What follows a single letter is an extension's own: `u-nu-latn` names digits, and no script.
    let mut parts = tag.split('-').take_while(|it| it.len() > 1);
    let language = parts.next().unwrap_or("");
    // A script says it, where the tag names one.
    let script = parts.find(|it| it.len() == 4 && it.bytes().all(|it| it.is_ascii_alphabetic()));
    if FROM_RIGHT.contains(&script.unwrap_or(language)) {
        "rtl"
    } else {
        "ltr"
    }
}

/// Whether a text has the form of a language's tag (BCP 47): pieces of one to eight letters and digits
/// with hyphens between them, the first of two or three letters; longer ones
/// are of no language yet.
pub fn is_tag(text: &str) -> bool {
    let mut pieces = text.split('-');
    let first = pieces.next().unwrap_or("");
    (2..=3).contains(&first.len())
        && first.bytes().all(|it| it.is_ascii_alphabetic())
        && pieces.all(|it| {
            (1..=8).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric())
        })
}
