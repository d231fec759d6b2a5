//! A sheet of a spreadsheet as rows of text, and what such rows can't keep of it.

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::path::Path;

use calamine::{Data, Range, Reader, Sheets, StyleRange, open_workbook_auto};

use crate::number_format::{Shown, decimal, shown};
use crate::outcome::Failed;

/// A sheet that was read.
#[derive(Debug)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// What its cells say, the first row being its headers; without rows that say nothing.
    pub rows: Vec<Vec<String>>,
    /// What its author should know of how it was read.
    pub notes: Vec<String>,
}

/// Whether a file is a spreadsheet, by the ending of its name.
pub fn is_spreadsheet(file: &Path) -> bool {
    ["xlsx", "xlsm", "xlsb", "xls", "ods"].contains(&ending(file).as_str())
}

fn ending(file: &Path) -> String {
    let ending = file.extension().map(|it| it.to_string_lossy());
    ending.unwrap_or_default().to_lowercase()
}

/// Reads a sheet: the one of this name, or the first that has a row below its headers.
pub fn read(file: &Path, sheet: Option<&str>) -> Result<Sheet, Failed> {
    let shown = file.display();
    let mut book = open_workbook_auto(file)
        .map_err(|it| Failed::data(format!("{shown} can't be read as a spreadsheet: {it}")))?;
    let names = book.sheet_names();
    if let Some(sheet) = sheet.filter(|it| !names.iter().any(|name| name == it)) {
        return Err(Failed::usage(format!(
            "{shown} has no sheet “{sheet}”; its sheets are {}",
            names.join(", ")
        )));
    }
    let is_wanted = |it: &&String| sheet.is_none_or(|sheet| sheet == **it);
    for name in names.iter().filter(is_wanted) {
        let range = book.worksheet_range(name).map_err(|it| {
            Failed::data(format!("{shown}: the sheet “{name}” can't be read: {it}"))
        })?;
        let around = Around::of(&mut book, name);
        let mut lost = Lost::default();
        let rows = texts(&range, &around, &mut lost);
        if rows.len() > 1 {
            let mut notes: Vec<String> = which(name, &names).into_iter().collect();
            notes.extend(lost.notes(rows.first()));
            if around.is_formatless {
                notes.extend(lost.formats(rows.first(), &ending(file)));
            }
            let name = name.clone();
            return Ok(Sheet { name, rows, notes });
        }
    }
    Err(Failed::data(format!(
        "{shown} has no sheet with a row of headers and rows below it"
    )))
}

/// Which of several sheets was taken.
fn which(taken: &str, all: &[String]) -> Option<String> {
    let others = all.iter().filter(|it| *it != taken);
    let others: Vec<String> = others.map(|it| format!("“{it}”")).collect();
    let (is, it) = match others.len() {
        0 => return None,
        1 => ("the other is", "it"),
        _ => ("the others are", "one of them"),
    };
    Some(format!(
        "the sheet “{taken}” was taken; {is} {}, and --sheet takes {it}",
        others.join(", ")
    ))
}

/// What a sheet knows of its cells beside their values.
struct Around {
    styles: StyleRange,
    formulas: Range<String>,
    /// The cells with links, by row and column, and where they lead.
    links: BTreeMap<(u32, u32), String>,
    /// Whether the library can't tell how numbers are shown in such a file.
    is_formatless: bool,
}

impl Around {
    /// Where a part of it can't be read, the values still can: it is as if the sheet hadn't got it.
    fn of<RS: Read + Seek>(book: &mut Sheets<RS>, name: &str) -> Self {
        let mut links = BTreeMap::new();
        if let Sheets::Xlsx(book) = book {
            for link in book.hyperlinks_by_sheet_name(name).unwrap_or_default() {
                // A link over many cells is told at its first.
                links.extend(link.target.map(|it| (link.range.start, it)));
            }
        }
        Self {
            styles: book.worksheet_style(name).unwrap_or_default(),
            formulas: book.worksheet_formula(name).unwrap_or_default(),
            links,
            is_formatless: !matches!(book, Sheets::Xlsx(_)),
        }
    }

    fn format(&self, at: (u32, u32)) -> Option<&str> {
        let format = self.styles.get(at)?.number_format.as_ref()?;
        Some(&format.format_code)
    }

    fn formula(&self, at: (u32, u32)) -> &str {
        self.formulas.get_value(at).map_or("", String::as_str)
    }

    /// Where a cell leads whose words don't say so.
    fn link(&self, at: (u32, u32), said: &str) -> Option<String> {
        let formula = self.formula(at);
        let formula = formula.strip_prefix("of:=").unwrap_or(formula);
        let of_formula = || {
            let rest = formula.strip_prefix("HYPERLINK(\"")?;
            Some(rest.split_once('"')?.0.to_owned())
        };
        let link = self.links.get(&at).cloned().or_else(of_formula)?;
        let is_web = link.starts_with("https://") || link.starts_with("http://");
        let plain = |it: &str| it.trim_end_matches('/').to_owned();
        (is_web && plain(&link) != plain(said)).then_some(link)
    }
}

/// What a cell has that its text in a table can't keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Percent,
    Beside,
    Error,
    NoResult,
    Link,
    Number,
}

/// How many cells of a column have it, and the first of them: its row in the sheet, and what it is there.
#[derive(Debug)]
struct Those {
    n: usize,
    row: u32,
    first: String,
}

#[derive(Debug, Default)]
struct Lost(BTreeMap<(usize, What), Those>);

impl Lost {
    fn add(&mut self, column: usize, what: What, row: u32, first: &str) {
        let those = self.0.entry((column, what)).or_insert_with(|| Those {
            n: 0,
            row: row + 1,
            first: first.to_owned(),
        });
        those.n += 1;
    }

    /// A sentence for each column and what it loses.
    fn notes(&self, headers: Option<&Vec<String>>) -> Vec<String> {
        let sentences = self.0.iter().filter_map(|((column, what), those)| {
            let told = those.told(*what)?;
            Some(format!("{}: {told}", header(headers, *column)))
        });
        sentences.collect()
    }

    /// That what is shown around numbers isn't known, and where there are numbers.
    fn formats(&self, headers: Option<&Vec<String>>, ending: &str) -> Option<String> {
        let numbers = self.0.iter().filter(|it| it.0.1 == What::Number);
        let places = numbers.map(|((column, _), it)| {
            let name = header(headers, *column);
            format!("{name} (row {}: {})", it.row, it.first)
        });
        let places: Vec<String> = places.collect();
        (!places.is_empty()).then(|| {
            format!(
                "how a .{ending} shows its numbers isn't known: a percentage is written as 0.426, and signs of money, \
                 units and zeros before a number are left out. Compare {}. Where it matters, save the sheet as .xlsx \
                 and import that",
                places.join(", ")
            )
        })
    }
}

fn header(headers: Option<&Vec<String>>, column: usize) -> String {
    let name = headers.and_then(|it| it.get(column));
    let name = name.filter(|it| !it.is_empty()).cloned();
    name.unwrap_or_else(|| format!("column {}", column + 1))
}

impl Those {
    fn told(&self, what: What) -> Option<String> {
        let Self { n, row, first } = self;
        let (cells, where_is) = if *n == 1 {
            ("1 cell".to_owned(), format!("in row {row}"))
        } else {
            (format!("{n} cells"), format!("the first in row {row}"))
        };
        let one = *n == 1;
        let pick = |it: &'static str, many: &'static str| if one { it } else { many };
        Some(match what {
            What::Percent => format!(
                "{cells} {} shown as {}, {where_is} ({first}), and kept so. To filter by ranges, write the number \
                 alone, and the sign in the column's name",
                pick("is", "are"),
                pick("a percentage", "percentages"),
            ),
            What::Beside => format!(
                "{cells} {} “{first}” beside the number, {where_is}; the number is kept, and that isn't",
                pick("shows", "show"),
            ),
            What::Error => format!(
                "{cells} {} an error, {where_is} ({first}); here {} empty",
                pick("has", "have"),
                pick("it is", "they are"),
            ),
            What::NoResult => format!(
                "{cells} {} a formula whose result isn't in the file, {where_is}; here {} empty. Open the file in a \
                 spreadsheet, save it there, and import it again",
                pick("has", "have"),
                pick("it is", "they are"),
            ),
            What::Link => format!(
                "{cells} {} an address behind the words, {where_is} ({first}); it isn't kept. Put the addresses into a \
                 column of their own, and name that with --link",
                pick("has", "have"),
            ),
            What::Number => return None,
        })
    }
}

/// What the cells of a sheet say; without rows that say nothing.
fn texts(range: &Range<Data>, around: &Around, lost: &mut Lost) -> Vec<Vec<String>> {
    let (top, left) = range.start().unwrap_or_default();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (row, cells) in (top..).zip(range.rows()) {
        // Nothing is lost of headers, which are words.
        let mut unheard = Lost::default();
        let lost = if rows.is_empty() {
            &mut unheard
        } else {
            &mut *lost
        };
        let texts = (left..)
            .zip(cells)
            .enumerate()
            .map(|(nth, (column, cell))| {
                let mut tell = |what, first: &str| lost.add(nth, what, row, first);
                text(cell, (row, column), around, &mut tell)
            });
        let texts: Vec<String> = texts.collect();
        if texts.iter().any(|it| !it.is_empty()) {
            rows.push(texts);
        }
    }
    rows
}

/// What a cell says; `tell` hears what is lost of it.
fn text(cell: &Data, at: (u32, u32), around: &Around, tell: &mut impl FnMut(What, &str)) -> String {
    if let Some(error) = error(cell) {
        tell(What::Error, &error);
        return String::new();
    }
    let number = match cell {
        Data::Float(it) => Some(*it),
        #[allow(
            clippy::cast_precision_loss,
            reason = "a spreadsheet's own numbers are no larger"
        )]
        Data::Int(it) => Some(*it as f64),
        _ => None,
    };
    if let Some(number) = number {
        return match shown(number, around.format(at).unwrap_or("")) {
            Shown::Percent(it) => {
                tell(What::Percent, &it);
                it
            }
            Shown::Beside(words) => {
                tell(What::Beside, &words);
                decimal(number)
            }
            Shown::Padded(it) => it,
            Shown::Plain => {
                tell(What::Number, &decimal(number));
                decimal(number)
            }
        };
    }
    let said = said(cell);
    if said.is_empty() && !around.formula(at).is_empty() && !matches!(cell, Data::String(_)) {
        tell(What::NoResult, "");
    }
    if let Some(link) = around.link(at, &said) {
        tell(What::Link, &link);
    }
    said
}

/// The error that a cell has in place of a value; of an `.ods` it is a text like any other.
fn error(cell: &Data) -> Option<String> {
    const ERRORS: [&str; 8] = [
        "#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NULL!", "#NUM!", "#SPILL!",
    ];
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    match cell {
        Data::Error(it) => Some(it.to_string()),
        Data::String(it) => {
            let said = it.trim();
            let is_error =
                ERRORS.contains(&said) || said.strip_prefix("Err:").is_some_and(is_number);
            is_error.then(|| said.to_owned())
        }
        _ => None,
    }
}

/// What a cell says that is no number: a day is written as 2017-10-12, a time as 09:30 and a duration in hours and
/// minutes as 30:00.
fn said(cell: &Data) -> String {
    match cell {
        Data::DateTime(it) if it.is_duration() => {
            let sign = if it.as_f64() < 0.0 { "-" } else { "" };
            let minutes = minutes(it.as_f64());
            format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
        }
        // What has no day is a time of it.
        Data::DateTime(it) if it.as_f64() < 1.0 => {
            let (.., hour, minute, _, _) = it.to_ymd_hms_milli();
            format!("{hour:02}:{minute:02}")
        }
        Data::DateTime(it) if it.is_datetime() => {
            let (year, month, day, hour, minute, ..) = it.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute) == (0, 0) {
                date
            } else {
                format!("{date} {hour:02}:{minute:02}")
            }
        }
        Data::DateTimeIso(it) => match it.split_once('T') {
            Some((day, time)) if time.starts_with("00:00") => day.to_owned(),
            Some((day, time)) => format!("{day} {}", time.get(..5).unwrap_or(time)),
            None => it.clone(),
        },
        Data::DurationIso(it) => hours(it).unwrap_or_else(|| it.clone()),
        Data::Bool(it) => if *it { "yes" } else { "no" }.to_owned(),
        Data::Error(_) | Data::Empty => String::new(),
        cell => cell.to_string().trim().to_owned(),
    }
}

/// The whole minutes of so many days, whatever their sign.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "none is negative, and so many that they don't fit are no duration"
)]
fn minutes(days: f64) -> u64 {
    (days.abs() * 24.0 * 60.0).round() as u64
}

/// A time or a duration that is written as `PT09H30M00S`.
fn hours(text: &str) -> Option<String> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, _) = rest.split_once('M')?;
    Some(format!("{hours:0>2}:{minutes:0>2}"))
}
