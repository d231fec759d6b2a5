//! How to cite the page, a subject or a fact, in the four forms that readers ask for.
//!
//! A citation names the day that the facts are given for, and the day the data was last changed.
//! It names no day of access: that would need a clock.

use crate::dataset::date::Date;
use crate::language::{Word, Words};

/// What is cited. Texts may hold anything: line breaks in them become spaces.
#[derive(Clone, Copy, Debug)]
pub struct Work<'a> {
    /// Who publishes it; empty where that isn't known, and then it begins with the title.
    pub publisher: &'a str,
    /// The dataset's title.
    pub title: &'a str,
    /// The subject or the fact; empty where the whole page is cited.
    pub part: &'a str,
    /// The day that the facts are given for; the first of all days where they have none.
    pub as_of: Date,
    /// The day the data was last changed, where that is known.
    pub updated: Option<Date>,
    /// Where it is; left out where it is empty.
    pub address: &'a str,
    /// What a list of references calls it, as in `section-1373-albany-ny`.
    pub key: &'a str,
    /// The words of the language that it is cited in.
    pub words: Words,
}

/// A form of citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// American Psychological Association, 7th edition: data sets, and entries in a larger work
    /// (<https://apastyle.apa.org/style-grammar-guidelines/references/examples/data-set-references>).
    Apa,
    /// The Chicago Manual of Style, 17th edition, 14.207: content of a website, as in a bibliography
    /// (<https://www.chicagomanualofstyle.org/tools_citationguide/citation-guide-1.html>).
    Chicago,
    /// `BibTeX`, entry type `misc` with the field `url`
    /// (<https://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf>).
    Bibtex,
    /// The tagged format of Research Information Systems, record type `DATA`
    /// (<https://en.wikipedia.org/wiki/RIS_(file_format)>).
    Ris,
}

impl Style {
    /// Every style, in the order of a menu.
    pub const ALL: [Self; 4] = [Self::Apa, Self::Chicago, Self::Bibtex, Self::Ris];

    /// Its id in markup.
    pub fn id(self) -> &'static str {
        match self {
            Self::Apa => "apa",
            Self::Chicago => "chicago",
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
        }
    }

    /// Its name for readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Apa => "APA",
            // “Chicago” alone may be a place.
            Self::Chicago => "Chicago (CMOS)",
            Self::Bibtex => "BibTeX",
            Self::Ris => "RIS",
        }
    }

    /// Whether its line breaks mean something, so that it has to be shown as it is.
    pub fn has_lines(self) -> bool {
        matches!(self, Self::Bibtex | Self::Ris)
    }
}

/// A title without the full stop that ends it as a sentence; that of “D.C.” stays.
fn without_stop(title: &str) -> &str {
    let bare = title.trim_end_matches('.');
    let last = bare.rsplit(' ').next().unwrap_or("");
    if last.contains('.') || last.chars().count() < 2 {
        title
    } else {
        bare
    }
}

/// The citation of a work: one line in APA and Chicago, several in the other two. The address
/// stands in it once, as [`plain_address`] writes it.
pub fn cite(work: &Work, style: Style) -> String {
    let [publisher, title, part] = [work.publisher, work.title, work.part].map(one_line);
    let (publisher, title, part) = (&*publisher, &*title, &*part);
    let address = &*plain_address(work.address);
    let words = work.words;
    let is_nameless = publisher.is_empty();
    let by = if is_nameless {
        String::new()
    } else {
        ended(publisher)
    };
    // Where the facts have a day.
    let as_of = |word: Word| match work.as_of {
        it if it == Date::default() => String::new(),
        it => words.fill(word, &[&it.long(words)]),
    };
    match style {
        Style::Apa => {
            let (whole, of) = if part.is_empty() {
                (title, None)
            } else {
                (part, Some(title))
            };
            let day = as_of(Word::CiteAsOf);
            let rest = without_stop(of.unwrap_or(""));
            let whole = if of.is_some() && day.is_empty() {
                // A full stop follows.
                whole.trim_end_matches('.')
            } else {
                without_stop(whole)
            };
            let (before, after) = match of {
                None => ("", ""),
                Some(_) => (words.text(Word::CiteIn), rest),
            };
            let date = work.updated.map_or_else(
                || words.text(Word::NoDate).to_owned(),
                |it| it.year_first(words),
            );
            let gap = if address.is_empty() { "" } else { " " };
            let date = [" (", &date, ")"].concat();
            // After who published it, or else after what comes first then.
            let (of_part, of_whole) = (is_nameless && of.is_some(), is_nameless && of.is_none());
            [
                &by,
                only(!is_nameless, &date),
                only(!is_nameless, ". "),
                whole,
                &day,
                only(of_part, "."),
                only(of_part, &date),
                before,
                after,
                words.text(Word::CiteDataSet),
                only(of_whole, &date),
                only(of_whole, "."),
                gap,
                address,
            ]
            .concat()
        }
        Style::Chicago => {
            let (quoted, of) = if part.is_empty() {
                (title, String::new())
            } else {
                (part, [" ", &ended(title)].concat())
            };
            // Quotes within quotes are single ones.
            let quoted = ended(quoted)
                .replace('\u{201c}', "\u{2018}")
                .replace('\u{201d}', "\u{2019}");
            let sentence = |it: String| match &*it {
                "" => String::new(),
                it => [" ", it, "."].concat(),
            };
            let modified = work.updated.map_or_else(String::new, |it| {
                words.fill(Word::LastModified, &[&it.long(words)])
            });
            let (gap, end) = if address.is_empty() {
                ("", "")
            } else {
                (" ", ".")
            };
            [
                &by,
                only(!is_nameless, " "),
                "\u{201c}",
                &quoted,
                "\u{201d}",
                &of,
                &sentence(as_of(Word::AsOfDay)),
                &sentence(modified),
                gap,
                address,
                end,
            ]
            .concat()
        }
        Style::Bibtex => bibtex(work, &[publisher, title, part, address]),
        Style::Ris => {
            let as_of = as_of(Word::AsOfDay);
            ris(work, &[publisher, title, part, address, &as_of])
        }
    }
}

fn bibtex(work: &Work, [publisher, title, part, address]: &[&str; 4]) -> String {
    let key: String = work
        .key
        .chars()
        .filter(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '.' | ':'))
        .collect();
    let key = if key.is_empty() { "facts" } else { &key };
    let [publisher, title, part] = [publisher, title, part].map(|it| tex(it));
    let colon = if part.is_empty() { "" } else { ": " };
    let mut text = ["@misc{", key].concat();
    let mut field = |name: &str, pieces: &[&str]| {
        text.push_str(",\n  ");
        text.push_str(name);
        text.push_str(" = ");
        text.push_str(&pieces.concat());
    };
    // Braces within braces: one name, and a title whose capitals stay.
    if !publisher.is_empty() {
        field("author", &["{{", &publisher, "}}"]);
    }
    field("title", &["{{", &part, colon, &title, "}}"]);
    if let Some(updated) = work.updated {
        let (year, month, _) = updated.parts();
        field("year", &["{", &year.to_string(), "}"]);
        let names = "janfebmaraprmayjunjulaugsepoctnovdec";
        let at = (month as usize).saturating_sub(1) * 3;
        field("month", &[names.get(at..at + 3).unwrap_or("jan")]);
    }
    if !address.is_empty() {
        field("url", &["{", address, "}"]);
    }
    let words = work.words;
    let as_of = Some(work.as_of).filter(|it| *it != Date::default());
    let day = |it: Date| it.long(words);
    let note = match (as_of.map(day), work.updated.map(day)) {
        (None, None) => String::new(),
        (None, Some(modified)) => words.fill(Word::LastModified, &[&modified]),
        (Some(as_of), None) => words.fill(Word::AsOfDay, &[&as_of]),
        (Some(as_of), Some(modified)) => words.fill(Word::AsOfModified, &[&as_of, &modified]),
    };
    if !note.is_empty() {
        field("note", &["{", &note, "}"]);
    }
    text + "\n}\n"
}

fn ris(work: &Work, [publisher, title, part, address, as_of]: &[&str; 5]) -> String {
    let mut text = String::new();
    let mut line = |tag: &str, value: &str| {
        if !value.is_empty() || tag == "ER" {
            for piece in [tag, "  - ", value, "\r\n"] {
                text.push_str(piece);
            }
        }
    };
    line("TY", "DATA");
    line("ID", &one_line(work.key));
    line("AU", publisher);
    if part.is_empty() {
        line("TI", title);
    } else {
        line("TI", part);
        line("T2", title);
    }
    line("PB", publisher);
    if let Some(updated) = work.updated {
        let iso = updated.iso();
        line("PY", iso.get(..4).unwrap_or(""));
        line("DA", &iso.replace('-', "/"));
    }
    if !as_of.is_empty() {
        line("N1", as_of);
    }
    line("UR", address);
    line("ER", "");
    text
}

/// An address as a citation shows it: what can't stand in one is percent-encoded, so that it is one
/// word, and one that breaks no form of citation.
pub fn plain_address(address: &str) -> String {
    let mut plain = String::new();
    for letter in address.chars() {
        let stays = !letter.is_whitespace()
            && !letter.is_control()
            && !matches!(letter, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
        if stays {
            plain.push(letter);
            continue;
        }
        for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
            plain.push('%');
            for digit in [byte >> 4, byte & 15] {
                let digit = char::from_digit(digit.into(), 16);
                plain.extend(digit.map(|it| it.to_ascii_uppercase()));
            }
        }
    }
    plain
}

/// A text on one line: every run of blanks, line breaks and control characters becomes one space.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    let words = text.split(|it: char| it.is_whitespace() || it.is_control());
    for word in words.filter(|it| !it.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

fn only(is_so: bool, text: &str) -> &str {
    if is_so { text } else { "" }
}

/// A text with the full stop that ends it, where nothing else does.
fn ended(text: &str) -> String {
    let stop = if text.ends_with(['.', '?', '!', '…', '؟']) {
        ""
    } else {
        "."
    };
    [text, stop].concat()
}

/// A text for TeX. `BibTeX` counts braces even after a backslash, so those are named, too.
fn tex(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        let name = match letter {
            '&' | '%' | '$' | '#' | '_' => {
                escaped.push('\\');
                escaped.push(letter);
                continue;
            }
            '{' => "braceleft",
            '}' => "braceright",
            '~' => "asciitilde",
            '^' => "asciicircum",
            '\\' => "backslash",
            letter => {
                escaped.push(letter);
                continue;
            }
        };
        for piece in ["\\text", name, "{}"] {
            escaped.push_str(piece);
        }
    }
    escaped
}
