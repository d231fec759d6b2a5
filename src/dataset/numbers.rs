//! Numbers as people read them.

use super::language::{Word, Words};

/// Digits with a language's mark between thousands, from 10,000 on, so that a year has none.
pub fn grouped(words: Words, digits: &str) -> String {
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && digits.len() > 4 && (digits.len() - at).is_multiple_of(3) {
            grouped.push_str(words.text(Word::GroupMark));
        }
        grouped.push(digit);
    }
    grouped
}

/// How many there are, in a sentence. Where a script reads a number (the result's, and the counts
/// beside values) it stands without marks.
pub fn count(words: Words, n: usize) -> String {
    grouped(words, &n.to_string())
}
