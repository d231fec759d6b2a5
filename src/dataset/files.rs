//! The files of a dataset as text, and where in them something is wrong.

use std::fs::{self, File};
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use super::problem::{Problem, RULES, visible};
use super::rows::Rows;

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 768 * 1024 * 1024;

/// Something wrong at a place of a file, as bytes of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The file's name within the dataset.
    pub file: String,
    /// What is wrong there; empty where it is the place alone that matters.
    pub span: Range<usize>,
    /// The rule's name.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
    /// What would be right, where that is known.
    pub help: Option<String>,
}

/// The text of each file, and whether it could be read as what it should be.
#[derive(Debug, Default)]
pub struct Files {
    files: Vec<Kept>,
}

#[derive(Debug)]
struct Kept {
    name: String,
    text: String,
    rows: Option<Rows>,
    failed: bool,
}

impl Files {
    /// Reads a file of a folder. `None` where it can't be read, which `problems` tells then, or where
    /// it isn't there and needn't be.
    pub fn open(
        &mut self,
        folder: &Path,
        name: &str,
        required: bool,
        problems: &mut Vec<Found>,
    ) -> Option<usize> {
        let bytes = match bytes(&folder.join(name)) {
            Ok(bytes) => bytes,
            Err(Refused::Missing(_)) if !required => return None,
            Err(Refused::Missing(message) | Refused::Other(message)) => {
                problems.push(Found {
                    file: name.to_owned(),
                    rule: "readable",
                    message,
                    ..Found::default()
                });
                self.add(name, String::new());
                self.fail(name);
                return None;
            }
        };
        match text(bytes) {
            Ok(text) => Some(self.add(name, text)),
            Err(garbled) => {
                self.add(name, garbled.text);
                self.fail(name);
                problems.push(Found {
                    file: name.to_owned(),
                    span: garbled.span,
                    rule: "encoding",
                    message: garbled.message,
                    help: Some(garbled.help.to_owned()),
                });
                None
            }
        }
    }

    fn add(&mut self, name: &str, text: String) -> usize {
        self.files.push(Kept {
            name: name.to_owned(),
            text,
            rows: None,
            failed: false,
        });
        self.files.len() - 1
    }

    /// The text of the file with this number; empty where there is none.
    pub fn text(&self, number: usize) -> &str {
        self.files.get(number).map_or("", |it| &it.text)
    }

    /// The text of the file with this name; empty where there is none.
    pub fn named(&self, name: &str) -> &str {
        let file = self.files.iter().find(|it| it.name == name);
        file.map_or("", |it| &it.text)
    }

    /// Says that a file isn't what it should be, so that what it would have defined is unknown, and
    /// not missing.
    pub fn fail(&mut self, name: &str) {
        for file in self.files.iter_mut().filter(|it| it.name == name) {
            file.failed = true;
        }
    }

    /// Whether the file with this name isn't what it should be.
    pub fn failed(&self, name: &str) -> bool {
        self.files.iter().any(|it| it.name == name && it.failed)
    }

    /// The names of the files that aren't what they should be.
    pub fn all_failed(&self) -> impl Iterator<Item = &str> {
        self.files
            .iter()
            .filter(|it| it.failed)
            .map(|it| it.name.as_str())
    }

    /// Keeps the rows of a table, so that a problem in it can name its row and column.
    pub fn keep_rows(&mut self, number: usize, rows: Rows) {
        if let Some(file) = self.files.get_mut(number) {
            file.rows = Some(rows);
        }
    }

    /// The problems with their lines and columns, in the order of files and places. Each file's text
    /// is gone through once, however many there are.
    pub fn placed(&self, mut found: Vec<Found>) -> Vec<Problem> {
        found.sort_by(|a, b| {
            let key = |it: &Found| (it.span.start, it.rule);
            a.file
                .cmp(&b.file)
                .then_with(|| key(a).cmp(&key(b)))
                .then_with(|| a.message.cmp(&b.message))
        });
        found.dedup();
        found.retain(|it| !self.is_shifted(it));
        debug_assert!(found.iter().all(|it| RULES.contains(&it.rule)));
        let mut problems: Vec<Problem> = Vec::with_capacity(found.len());
        let mut walk = Walk::default();
        let mut file: Option<&Kept> = None;
        for it in found {
            if problems.last().is_none_or(|last| last.file != it.file) {
                walk = Walk::default();
                file = self.files.iter().find(|file| file.name == it.file);
            }
            let text = file.map_or("", |it| it.text.as_str());
            walk.to(text, it.span.start);
            let (excerpt, before_excerpt) = walk.excerpt(text);
            let row = file.and_then(|it| it.rows.as_ref());
            let of_column = row.and_then(|rows| rows.column_at(text, &it.span));
            let of_column = of_column.map(visible);
            let row = row.and_then(|rows| rows.place(text, &it.span));
            problems.push(Problem {
                of_column,
                length: walk.length(text, &it.span),
                file: it.file,
                line: walk.line,
                column: walk.column,
                rule: it.rule,
                message: visible(&(row.unwrap_or_default() + &it.message)),
                help: it.help.as_deref().map(visible),
                excerpt,
                before_excerpt,
            });
        }
        problems
    }

    /// Whether a problem is of a cell that may be another column's, since its row has too many or too few: that of
    /// the row is told, and the rest would only follow.
    fn is_shifted(&self, found: &Found) -> bool {
        let file = self.files.iter().find(|it| it.name == found.file);
        let rows = file.and_then(|it| it.rows.as_ref());
        rows.is_some_and(|it| it.is_ragged(found.span.start))
            && !["row-length", "well-formed"].contains(&found.rule)
    }
}

/// A place of a text that only goes forward.
struct Walk {
    at: usize,
    line_start: usize,
    line: usize,
    column: usize,
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            at: 0,
            line_start: 0,
            line: 1,
            column: 1,
        }
    }
}

impl Walk {
    /// How many characters of a long line an excerpt has before and after the place.
    const AROUND: usize = 100;

    fn to(&mut self, text: &str, offset: usize) {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let passed = text.get(self.at..offset).unwrap_or("");
        match passed.rfind('\n') {
            Some(last) => {
                self.line += passed.bytes().filter(|it| *it == b'\n').count();
                self.line_start = self.at + last + 1;
                let rest = passed.get(last + 1..).unwrap_or("");
                self.column = rest.chars().count() + 1;
            }
            None => self.column += passed.chars().count(),
        }
        self.at = offset;
    }

    /// The characters of a span within the line.
    fn length(&self, text: &str, span: &Range<usize>) -> usize {
        let end = span.end.min(text.len());
        let wrong = text.get(self.at..end).unwrap_or("");
        wrong
            .chars()
            .take_while(|it| !matches!(it, '\n' | '\r'))
            .take(Self::AROUND * 2)
            .count()
    }

    /// The line around the place, and how many of its characters come before.
    fn excerpt(&self, text: &str) -> (String, usize) {
        let before = text.get(self.line_start..self.at).unwrap_or("");
        let start = before
            .char_indices()
            .rev()
            .take(Self::AROUND)
            .last()
            .map_or(before.len(), |it| it.0);
        let shown = before.get(start..).unwrap_or("");
        let rest = text.get(self.at..).unwrap_or("");
        let mut excerpt = shown.to_owned();
        excerpt.extend(
            rest.chars()
                .take_while(|it| !matches!(it, '\n' | '\r'))
                .take(Self::AROUND * 2),
        );
        (excerpt, self.column - 1 - shown.chars().count())
    }
}

enum Refused {
    Missing(String),
    Other(String),
}

fn bytes(path: &Path) -> Result<Vec<u8>, Refused> {
    let cannot = |it: std::io::Error| {
        let message = format!("this file can't be read: {it}");
        match it.kind() {
            std::io::ErrorKind::NotFound => Refused::Missing(message),
            _ => Refused::Other(message),
        }
    };
    // A link that leads nowhere is there, all the same.
    let meta = fs::metadata(path).map_err(|it| match cannot(it) {
        Refused::Missing(it) if fs::symlink_metadata(path).is_ok() => Refused::Other(it),
        it => it,
    })?;
    if meta.is_dir() {
        return Err(Refused::Other("this is a folder, not a file".to_owned()));
    }
    if !meta.is_file() {
        return Err(Refused::Other("this isn't a file".to_owned()));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(cannot)?;
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > LARGEST {
        let message = format!(
            "this file is too large: at most {} MB are read",
            LARGEST / 1024 / 1024
        );
        return Err(Refused::Other(message));
    }
    Ok(bytes)
}

/// A file that isn't UTF-8, or isn't text.
struct Garbled {
    /// What can be made of it, for line and column.
    text: String,
    span: Range<usize>,
    message: String,
    help: &'static str,
}

const SAVE: &str = "save it as UTF-8; in a spreadsheet, as “CSV UTF-8”";

/// The text of a file, without the mark that some programs put before UTF-8.
fn text(bytes: Vec<u8>) -> Result<String, Garbled> {
    let garbled = |message: String, help| Garbled {
        text: String::new(),
        span: 0..0,
        message,
        help,
    };
    match bytes.get(..4).unwrap_or(&bytes) {
        [b'P', b'K', 3, 4] | [0xd0, 0xcf, 0x11, 0xe0] => {
            return Err(garbled(
                "this is a workbook or a packed file, not text".to_owned(),
                "save the sheet as “CSV UTF-8”",
            ));
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            return Err(garbled("this file is UTF-16, not UTF-8".to_owned(), SAVE));
        }
        _ => {}
    }
    let head = bytes.get(..1024).unwrap_or(&bytes);
    let zeros = |odd: usize| {
        let halves = head.iter().skip(odd).step_by(2);
        halves.filter(|it| **it == 0).count() * 4 > head.len()
    };
    if zeros(0) != zeros(1) {
        return Err(garbled("this file is UTF-16, not UTF-8".to_owned(), SAVE));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let is_cut = error.utf8_error().error_len().is_none();
        not_utf8(error.as_bytes(), good, is_cut)
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if let Some(at) = text.find('\0') {
        return Err(Garbled {
            text,
            span: at..at + 1,
            message: "there is a NUL here, which no text has".to_owned(),
            help: "take it out; perhaps the file is damaged, or isn't text",
        });
    }
    Ok(text)
}

fn not_utf8(bytes: &[u8], good: usize, is_cut: bool) -> Garbled {
    let byte = bytes.get(good).copied().unwrap_or(0);
    let text = String::from_utf8_lossy(bytes).into_owned();
    let span = good..good + '\u{fffd}'.len_utf8();
    if is_cut {
        return Garbled {
            text,
            span,
            message: "this file ends in the middle of a letter".to_owned(),
            help: "perhaps it was cut off: get the whole file",
        };
    }
    let line = bytes.iter().take(good).filter(|it| **it == b'\n').count() + 1;
    // In Latin-1 these are control characters, which no text has; Windows has letters there.
    let is_windows = bytes.iter().any(|it| (0x80..0xa0).contains(it));
    let meant = match byte {
        0xa0.. => format!(", where it would be “{}”", char::from(byte)),
        _ => String::new(),
    };
    let name = if is_windows {
        "Windows-1252"
    } else {
        "Latin-1 (ISO 8859-1)"
    };
    Garbled {
        text,
        span,
        message: format!(
            "this file isn't UTF-8: line {line} has the byte {byte:02X}; it looks like {name}{meant}"
        ),
        help: SAVE,
    }
}
