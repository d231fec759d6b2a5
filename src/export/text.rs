//! Plain text, for a message or a note.

use crate::dataset::date::Date;
use crate::dataset::pack::{Pack, Step, Subject};
use crate::language::Word;

/// Subjects on a day, a paragraph each: name, place, finding and since when, what happened, and where
/// that can be checked. The dataset's title comes first, the page's address last.
pub fn text(
    pack: Pack,
    subjects: impl Iterator<Item = Subject>,
    as_of: Date,
    address: &str,
) -> String {
    let words = pack.words();
    let mut text = [pack.title(), "\n"].concat();
    if pack.is_dated() {
        let day = words.fill(Word::AsOfDay, &[&as_of.long(words)]);
        text.push_str(&[&day, "\n"].concat());
    }
    for subject in subjects {
        let step = subject.step_on(as_of);
        let finding = step.map_or(words.text(Word::NoFindingYet), |it| it.finding().label());
        let since = subject.since(as_of);
        let since = since.map_or_else(String::new, |it| {
            words.fill(Word::SinceDay, &[&it.long(words)])
        });
        text.push_str(&["\n", subject.name()].concat());
        if !subject.place().is_empty() {
            text.push_str(&[" (", subject.place(), ")"].concat());
        }
        if pack.has_findings() {
            text.push_str(&[": ", finding, &since, "."].concat());
        }
        text.push('\n');
        if let Some(step) = step {
            let (words, url) = step.citation();
            sentence(step.summary(), words, url, &mut text);
        }
        if let Some((said, (words, url))) = step.and_then(Step::qualification) {
            sentence(said, words, url, &mut text);
        }
    }
    if !address.is_empty() {
        text.push_str(&["\n", address, "\n"].concat());
    }
    text
}

/// A sentence and its source, if there is one to say.
fn sentence(said: &str, words: &str, url: &str, into: &mut String) {
    if said.is_empty() {
        return;
    }
    into.push_str(&[said, "\n"].concat());
    if !words.is_empty() {
        into.push_str(&[words, ": ", url, "\n"].concat());
    }
}
