//! What is wrong with a dataset, and where.

use std::collections::HashMap;
use std::fmt;

/// The names of all rules, as `docs/datasets.md` lists them.
pub const RULES: [&str; 52] = [
    "breaks",
    "caution-known",
    "cell",
    "characters",
    "cited",
    "column-exists",
    "column-named",
    "column-unique",
    "columns",
    "contact",
    "coordinates",
    "correction-of",
    "date",
    "encoding",
    "event-exists",
    "event-kind",
    "facet-filled",
    "facet-known",
    "facet-values",
    "field-known",
    "file-known",
    "filled",
    "finding-day",
    "finding-known",
    "finding-set",
    "finding-subject",
    "id-form",
    "id-reserved",
    "id-unique",
    "language",
    "length",
    "link",
    "map-known",
    "name",
    "not-empty",
    "number",
    "on-map",
    "positions",
    "quote",
    "readable",
    "row-length",
    "separator",
    "shape-known",
    "snapshot-id",
    "source-exists",
    "source-kind",
    "subject-exists",
    "support",
    "table",
    "tone-known",
    "well-formed",
    "yes-no",
];

/// One broken rule, at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the dataset's folder ([`super::read::folder`]).
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The rule's name, as `docs/datasets.md` lists it.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
    /// What would be right, or what was probably meant, where that is known.
    pub help: Option<String>,
    /// How many characters are wrong, from the column on and within its line; 0 where it is the
    /// place alone that matters.
    pub length: usize,
    /// The line, or what is near the place in a very long one.
    pub excerpt: String,
    /// How many characters of the line are before the excerpt.
    pub before_excerpt: usize,
    /// The name of the table's column that it is in.
    pub of_column: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            rule,
            message,
            help,
            ..
        } = self;
        write!(f, "{file}:{line}:{column}: {message}")?;
        if let Some(help) = help {
            write!(f, "; {help}")?;
        }
        write!(f, " [{rule}]")
    }
}

/// The most problems that are shown at once.
pub const SHOWN: usize = 200;

/// The most problems of one rule in one column of a table that are told one by one.
pub const ALIKE: usize = 3;

/// A problem to show.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The problem.
    pub problem: &'a Problem,
    /// How many others of its rule and its column aren't shown; said of the last of those that are.
    pub n_more: usize,
}

/// Which of many problems to show, in their order, and how many more there are of which nothing is said. Of one rule in
/// one column of a table there are at most [`ALIKE`]. Where there are still more than [`SHOWN`], those of the rarer
/// rules come first, so that one bad file doesn't hide the rest.
pub fn shown(problems: &[Problem]) -> (Vec<Shown<'_>>, usize) {
    let alike = |it: &'_ Problem| Some((it.file.clone(), it.rule, it.of_column.clone()?));
    let mut numbered: Vec<(usize, usize)> = Vec::new();
    let (mut n_of, mut n_alike) = (HashMap::new(), HashMap::new());
    for (number, problem) in problems.iter().enumerate() {
        if let Some(those) = alike(problem) {
            let n: &mut usize = n_alike.entry(those).or_default();
            *n += 1;
            if *n > ALIKE {
                continue;
            }
        }
        let n: &mut usize = n_of.entry(problem.rule).or_default();
        *n += 1;
        numbered.push((*n, number));
    }
    numbered.sort_unstable();
    numbered.truncate(SHOWN);
    numbered.sort_unstable_by_key(|it| it.1);
    let mut shown: Vec<Shown<'_>> = Vec::new();
    for problem in numbered.iter().filter_map(|it| problems.get(it.1)) {
        if let Some(n) = alike(problem).and_then(|it| n_alike.get_mut(&it)) {
            *n -= 1;
        }
        shown.push(Shown { problem, n_more: 0 });
    }
    // What is left of each goes to the last that is shown of it.
    for it in shown.iter_mut().rev() {
        let left = alike(it.problem).and_then(|it| n_alike.remove(&it));
        it.n_more = left.unwrap_or(0);
    }
    let told: usize = shown.iter().map(|it| 1 + it.n_more).sum();
    (shown, problems.len() - told)
}

/// A text of the author's as a message names it: in quotation marks, and cut where it is long.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(LONGEST).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    ["“", &short, "”"].concat()
}

/// A text with its control characters, and those that turn the direction of what follows, told by
/// their numbers: `\u{202e}`. What is printed then can neither move the cursor nor mislead.
pub fn visible(text: &str) -> String {
    if !text.chars().any(is_hidden) {
        return text.to_owned();
    }
    let mut out = String::new();
    for letter in text.chars() {
        if is_hidden(letter) {
            out.extend(letter.escape_unicode());
        } else {
            out.push(letter);
        }
    }
    out
}

/// Control characters, and the marks that turn the direction of what follows (Unicode Standard
/// Annex 9, explicit directional formatting), which make a text look like another.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is wrong with a text that has a character which can't be seen, other than the end of a line.
pub fn hidden(text: &str) -> Option<String> {
    // Most texts are plain, which is quick to tell.
    if text.bytes().all(|it| (0x20..0x7f).contains(&it)) {
        return None;
    }
    let is_wrong = |it: &char| is_hidden(*it) && !matches!(it, '\n' | '\r' | '\t');
    let letter = text.chars().find(is_wrong)?;
    Some(format!(
        "{} has the hidden character U+{:04X}",
        quoted(text),
        u32::from(letter)
    ))
}

/// The known word nearest to a misspelt one, where one is near enough to be meant: at most a third
/// of its letters differ (Levenshtein distance).
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|it| (distance(word, it), it))
        .filter(|(distance, it)| *distance <= it.chars().count().max(3) / 3)
        .min()
        .map(|(_, it)| it)
}

/// What to write in place of a word: the known one that was probably meant, or else any of those there are.
pub fn one_of<'a>(word: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let lower = word.to_lowercase();
    nearest(&lower, known.clone()).map_or_else(
        || {
            let all: Vec<&str> = known.collect();
            format!("it is one of {}", all.join(", "))
        },
        |it| format!("did you mean “{it}”?"),
    )
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            left = (diagonal + usize::from(x != *y))
                .min(left + 1)
                .min(above + 1);
            diagonal = above;
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
