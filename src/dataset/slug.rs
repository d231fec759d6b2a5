//! Ids made from words.

use std::collections::{HashMap, HashSet};

use super::indexing::Folding;
use super::pack::checksum;

/// An id may be longer where an author writes it; one that is made from a name isn't, since pages
/// are files of that name.
const LONGEST: usize = 60;

/// The id for a text: its words without case and accents, of a-z and 0-9, with hyphens between them
/// (“Łódź, old town” is `lodz-old-town`). A text without any such letter gives `v-` and the numbers
/// of its first six letters in hexadecimal (“北京” is `v-5317-4eac`); where it has more, the first six digits of a
/// [`checksum`] of all its letters follow, since names often begin alike (“محافظة القاهرة”, “محافظة بغداد”). An
/// empty one gives `v`.
pub fn slug(text: &str) -> String {
    let mut id = String::new();
    for word in Folding::default().words(text) {
        let ascii: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if ascii.is_empty() || (!id.is_empty() && id.len() + ascii.len() >= LONGEST) {
            continue;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.extend(ascii.chars().take(LONGEST));
    }
    if id.is_empty() {
        id.push('v');
        let letters: String = text.chars().filter(|it| !it.is_whitespace()).collect();
        for letter in letters.chars().take(6) {
            id.push_str(&format!("-{:x}", u32::from(letter)));
        }
        if letters.chars().count() > 6 {
            id.push_str(&format!("-{:06x}", checksum(letters.as_bytes()) >> 40));
        }
    }
    id
}

/// Whether a text is written as ids are: a-z, 0-9, and hyphens between them.
pub fn is_id(text: &str) -> bool {
    text.split('-').all(|it| {
        !it.is_empty()
            && it
                .bytes()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    })
}

/// The ids that are taken.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
    /// For a text that was asked for before, the number to try next.
    next: HashMap<String, usize>,
}

impl Ids {
    /// Takes an id that is what it is; false where it was taken already.
    pub fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// Takes a free id for a text: its [`slug`], and where that is taken the same with `-2`, `-3` and
    /// so on. The same texts in the same order always get the same ids.
    pub fn free(&mut self, text: &str) -> String {
        let slug = slug(text);
        if self.take(&slug) {
            return slug;
        }
        let mut n = self.next.get(&slug).copied().unwrap_or(2);
        let id = loop {
            let id = format!("{slug}-{n}");
            n += 1;
            if self.take(&id) {
                break id;
            }
        };
        self.next.insert(slug, n);
        id
    }
}
