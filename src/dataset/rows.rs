//! A table's rows, from CSV or from a list of JSON objects, each cell with its place in the file.
//!
//! Cells are kept as places, and are read out of the text as they are asked for: a table takes little
//! more memory than its file.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::files::Found;
use super::problem::quoted;

/// The most columns that a table may have.
pub const MOST_COLUMNS: usize = 1000;

/// The rows of a table, without those that are empty.
#[derive(Debug, Default)]
pub struct Rows {
    columns: Vec<Column>,
    list: Vec<Row>,
    cells: Vec<Cell>,
    is_json: bool,
    /// What sets the cells of CSV apart.
    delimiter: u8,
    /// Where the rows begin that have another number of cells than the first.
    ragged: Vec<u32>,
}

/// A column's name, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, without blanks around it.
    pub name: String,
    /// Where the name stands: in the first row of CSV, at the first object of JSON that has it.
    pub span: Range<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    number: u32,
    start: u32,
    first_cell: u32,
}

/// A cell that isn't empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    column: u16,
    start: u32,
    end: u32,
}

impl Cell {
    /// The number of its column.
    pub fn column(self) -> usize {
        self.column.into()
    }

    /// Where it stands in the file.
    pub fn span(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Rows {
    /// The columns, in the file's order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// What sets the cells of CSV apart; 0 in JSON.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The number of the column with this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|it| it.name == name)
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What a row is counted as: in CSV as a spreadsheet counts it, in JSON its place in the list,
    /// from 1.
    pub fn number(&self, row: usize) -> u32 {
        self.list.get(row).map_or(0, |it| it.number)
    }

    /// Where a row begins in the file.
    pub fn start(&self, row: usize) -> usize {
        self.list.get(row).map_or(0, |it| it.start as usize)
    }

    /// The cells of a row that aren't empty, in the order of their columns.
    pub fn cells(&self, row: usize) -> &[Cell] {
        let first = |row: usize| {
            let first = self.list.get(row).map(|it| it.first_cell as usize);
            first.unwrap_or(self.cells.len())
        };
        self.cells.get(first(row)..first(row + 1)).unwrap_or(&[])
    }

    /// The cell of a row in a column, where it isn't empty.
    pub fn cell(&self, row: usize, column: usize) -> Option<Cell> {
        let cells = self.cells(row);
        let at = cells.binary_search_by_key(&column, |it| it.column());
        at.ok().and_then(|it| cells.get(it)).copied()
    }

    /// What a cell says: one text, or several where JSON has a list. None is empty, and none has
    /// blanks around it.
    pub fn texts(&self, text: &str, cell: Cell) -> Vec<String> {
        let raw = text.get(cell.span()).unwrap_or("");
        let mut texts = Vec::new();
        if self.is_json {
            json_texts(raw, &mut texts);
        } else {
            texts.push(unquoted(raw));
        }
        texts.retain_mut(|it| {
            let trimmed = it.trim();
            if trimmed.len() != it.len() {
                *it = trimmed.to_owned();
            }
            !it.is_empty()
        });
        texts
    }

    /// The row and the column of a place in the file, as a problem's words begin with them. An empty
    /// span is of the whole row.
    pub fn place(&self, text: &str, span: &Range<usize>) -> Option<String> {
        let number = self.number(self.row_at(span.start)?);
        Some(match self.column_at(text, span) {
            Some(column) => format!("row {number}, column {}: ", quoted(column)),
            None => format!("row {number}: "),
        })
    }

    fn row_at(&self, at: usize) -> Option<usize> {
        let rows = self.list.partition_point(|it| it.start as usize <= at);
        rows.checked_sub(1)
    }

    /// The name of the column that a place in the file is of: of a cell, or of where an empty one is.
    pub fn column_at(&self, text: &str, span: &Range<usize>) -> Option<&str> {
        let row = self.row_at(span.start)?;
        let cells = self.cells(row);
        let column = if span.is_empty() {
            // What is told at the beginning of a row or of a cell is of the row as a whole.
            let is_begin = self.start(row) == span.start
                || cells.iter().any(|it| it.span().start == span.start);
            let before = cells.iter().rfind(|it| it.span().end <= span.start);
            let (column, end) =
                before.map_or((0, self.start(row)), |it| (it.column(), it.span().end));
            let between = text
                .get(end..span.start)
                .filter(|_| !is_begin && !self.is_json)?;
            column + between.bytes().filter(|it| *it == self.delimiter).count()
        } else {
            let is_it = |it: &&Cell| it.span().contains(&span.start);
            cells.iter().rfind(is_it)?.column()
        };
        let name = self.columns.get(column)?.name.as_str();
        (!name.is_empty()).then_some(name)
    }

    /// Where the empty cell of a row in a column is; of JSON, which hasn't got it, where the row begins.
    pub fn empty(&self, text: &str, row: usize, column: usize) -> usize {
        let before = self.cells(row).iter().rfind(|it| it.column() < column);
        let (first, mut at) =
            before.map_or((0, self.start(row)), |it| (it.column(), it.span().end));
        for _ in first..column {
            let rest = text.as_bytes().get(at..).unwrap_or(&[]);
            let next = rest.iter().position(|it| *it == self.delimiter);
            match next.filter(|_| !self.is_json) {
                Some(next) => at += next + 1,
                None => return self.start(row),
            }
        }
        at
    }

    /// Whether a place in the file is in a row with another number of cells than the first, so that nobody knows
    /// which column a cell of it is of.
    pub fn is_ragged(&self, at: usize) -> bool {
        let start = self.row_at(at).map(|it| self.start(it));
        start.is_some_and(|it| self.ragged.binary_search(&small(it)).is_ok())
    }

    fn begin(&mut self, number: usize, start: usize) {
        self.list.push(Row {
            number: small(number),
            start: small(start),
            first_cell: small(self.cells.len()),
        });
    }

    fn push(&mut self, column: usize, span: Range<usize>) {
        self.cells.push(Cell {
            column: u16::try_from(column).unwrap_or(u16::MAX),
            start: small(span.start),
            end: small(span.end),
        });
    }

    /// Drops the last row where it is empty.
    fn end(&mut self) {
        self.list
            .pop_if(|it| it.first_cell as usize == self.cells.len());
    }
}

/// Files are at most 768 MB, so that every place fits.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Where a table's problems go.
pub struct Problems<'a> {
    /// The table's file.
    pub file: &'a str,
    /// All that was found.
    pub found: &'a mut Vec<Found>,
}

impl fmt::Debug for Problems<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} problems", self.file, self.found.len())
    }
}

impl Problems<'_> {
    /// Adds a problem.
    pub fn add(
        &mut self,
        span: Range<usize>,
        rule: &'static str,
        message: impl Into<String>,
        help: Option<&str>,
    ) {
        self.found.push(Found {
            file: self.file.to_owned(),
            span,
            rule,
            message: message.into(),
            help: help.map(str::to_owned),
        });
    }
}

/// Reads a CSV file (RFC 4180; the cells of a row set apart by commas, semicolons or tabs, whichever
/// its first line has most of, or by what a line `sep=;` names). `None` where nothing can be made of it.
pub fn csv(text: &str, problems: &mut Problems<'_>) -> Option<Rows> {
    let (named, start) = named_delimiter(text).unzip();
    let delimiter = named.unwrap_or_else(|| delimiter(text));
    let mut cells = Cells::new(text, delimiter);
    cells.at = start.unwrap_or(0);
    let mut rows = Rows {
        delimiter,
        ..Rows::default()
    };
    let Some(header) = cells.record() else {
        problems.add(
            0..0,
            "not-empty",
            "this table is empty",
            Some("its first row names the columns, and each other one is an entry"),
        );
        return None;
    };
    let is_misquoted = misquoted(&header, text, problems);
    if !is_misquoted && is_title(&header, &cells, text) {
        problems.add(
            header.span(),
            "column-named",
            "the first row looks like a title, and not like the names of the columns",
            Some("take it out, so that the names of the columns come first"),
        );
        return None;
    }
    for span in &header.cells {
        let name = unquoted(text.get(span.clone()).unwrap_or(""));
        rows.columns.push(Column {
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            span: span.clone(),
        });
    }
    // Spreadsheets write columns past the last one that has a name.
    let n_named = rows.columns.iter().rposition(|it| !it.name.is_empty());
    let n_columns = rows.columns.len();
    if n_columns > MOST_COLUMNS {
        let message = format!("there are {n_columns} columns, and at most {MOST_COLUMNS} are read");
        problems.add(header.span(), "columns", message, None);
        return None;
    }
    names(&rows.columns, n_named.map_or(0, |it| it + 1), problems);
    let mut extra = None;
    while let Some(record) = cells.record() {
        let is_misquoted = misquoted(&record, text, problems);
        rows.begin(record.number, record.start());
        for (column, span) in record.cells.iter().enumerate() {
            if is_blank(text, span) || column >= n_columns {
                continue;
            }
            if n_named.is_none_or(|it| column > it) && extra.is_none() {
                extra = Some((column, span.clone()));
            }
            rows.push(column, span.clone());
        }
        let has_any = record.cells.iter().any(|it| !is_blank(text, it));
        if is_misquoted {
            rows.ragged.push(small(record.start()));
        } else if has_any && record.cells.len() != n_columns {
            rows.ragged.push(small(record.start()));
            let n = record.cells.len();
            let message = format!(
                "there {} here, and {} in the first row",
                are(n),
                count(n_columns)
            );
            let is_cell_of_lines = |it: &&Range<usize>| {
                let raw = text.get((*it).clone()).unwrap_or("");
                raw.starts_with('"') && raw.contains('\n')
            };
            let help = if record.cells.iter().any(|it| is_cell_of_lines(&it)) {
                Some(
                    "a quotation mark opens a cell that goes on over several lines; perhaps the one that closes it is missing",
                )
            } else {
                (n > n_columns).then_some(
                    "a cell that has the separator in it is put in quotes: \"Portland, Oregon\"",
                )
            };
            let at = record.start();
            problems.add(at..at, "row-length", message, help);
        }
        rows.end();
    }
    if let Some((column, span)) = extra {
        let message = format!("column {} has no name in the first row", column + 1);
        problems.add(span, "column-named", message, None);
    }
    while rows.columns.pop_if(|it| it.name.is_empty()).is_some() {}
    Some(rows)
}

/// Whether a cell says nothing: many programs write empty ones as `""`.
fn is_blank(text: &str, cell: &Range<usize>) -> bool {
    let raw = text.get(cell.clone()).unwrap_or("");
    let is_empty = |it: &str| it.trim().is_empty();
    is_empty(raw) || (raw.starts_with('"') && is_empty(&unquoted(raw)))
}

fn are(n: usize) -> String {
    let verb = if n == 1 { "is" } else { "are" };
    format!("{verb} {}", count(n))
}

fn count(n: usize) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} cell{s}")
}

/// That each column has a name of its own.
fn names(columns: &[Column], n_named: usize, problems: &mut Problems<'_>) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (number, column) in columns.iter().enumerate().take(n_named) {
        if column.name.is_empty() {
            let message = format!("column {} has no name", number + 1);
            problems.add(column.span.clone(), "column-named", message, None);
        } else if let Some(first) = seen.insert(&column.name, number) {
            let message = format!(
                "columns {} and {} are both called {}",
                first + 1,
                number + 1,
                quoted(&column.name)
            );
            problems.add(column.span.clone(), "column-unique", message, None);
        }
    }
}

/// Whether the first row is a title above a table: it has one cell that says anything, and the next one has many.
fn is_title(header: &Record, cells: &Cells<'_>, text: &str) -> bool {
    const MANY: usize = 3;
    let n_said = |it: &Record| it.cells.iter().filter(|it| !is_blank(text, it)).count();
    let mut ahead = Cells::new(text, cells.delimiter);
    ahead.at = cells.at;
    n_said(header) == 1 && ahead.record().is_some_and(|it| n_said(&it) >= MANY)
}

/// Tells of a quotation mark that doesn't do in a cell what its writer meant; whether there is one.
fn misquoted(record: &Record, text: &str, problems: &mut Problems<'_>) -> bool {
    const TWICE: &str = "within a cell in quotes, a quotation mark is written twice";
    for (number, span) in record.cells.iter().enumerate() {
        let raw = text.get(span.clone()).unwrap_or("");
        let blanks = raw.len() - raw.trim_start_matches([' ', '\t', '\u{a0}']).len();
        let (at, message, help) = match in_quotes(raw) {
            None if blanks > 0 && raw.get(blanks..).is_some_and(|it| it.starts_with('"')) => (
                span.start..span.start + blanks,
                "a blank stands before a quotation mark, which then is a part of the text, and what sets cells apart \
                 does so within it, too",
                "take the blank out".to_owned(),
            ),
            Some((_, None)) if record.is_last && number + 1 == record.cells.len() => (
                span.start..span.start + 1,
                "a quotation mark opens a cell in this line, and none closes it",
                format!("close it, or take it out; {TWICE}"),
            ),
            Some((_, Some(after))) if !after.trim().is_empty() => {
                let help = if raw.contains('\n') {
                    format!("perhaps the one that closes it is missing in this line; {TWICE}")
                } else {
                    TWICE.to_owned()
                };
                let message =
                    "a quotation mark opens a cell, and text comes after the one that closes it";
                (span.start..span.start + 1, message, help)
            }
            _ => continue,
        };
        problems.add(at, "well-formed", message, Some(&help));
        return true;
    }
    false
}

/// What a first line such as `sep=;` names, with which spreadsheets tell each other what sets cells apart,
/// and where the line after it begins. Spreadsheets don't count that line.
fn named_delimiter(text: &str) -> Option<(u8, usize)> {
    let (line, _) = text.split_once('\n')?;
    let named = line.trim_end_matches('\r').trim_matches('"');
    match named.strip_prefix("sep=")?.as_bytes() {
        [it @ (b',' | b';' | b'\t' | b'|')] => Some((*it, line.len() + 1)),
        _ => None,
    }
}

/// What sets the cells of a row apart: of comma, semicolon and tab the one that the first line has
/// most of, outside of quotes.
fn delimiter(text: &str) -> u8 {
    let mut in_quotes = false;
    let (mut commas, mut semicolons, mut tabs) = (0, 0, 0);
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' | b'\r' if !in_quotes => break,
            b',' if !in_quotes => commas += 1,
            b';' if !in_quotes => semicolons += 1,
            b'\t' if !in_quotes => tabs += 1,
            _ => {}
        }
    }
    if tabs > commas && tabs >= semicolons {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}

/// The records of a CSV file, as the places of their cells.
struct Cells<'a> {
    text: &'a str,
    reader: csv_core::Reader,
    delimiter: u8,
    at: usize,
    /// The number of records and of empty lines so far.
    number: usize,
}

struct Record {
    /// As a spreadsheet counts it: the first is 1.
    number: usize,
    cells: Vec<Range<usize>>,
    /// Whether it ends with the file, and not with a line.
    is_last: bool,
}

impl Record {
    fn start(&self) -> usize {
        self.cells.first().map_or(0, |it| it.start)
    }

    fn span(&self) -> Range<usize> {
        self.start()..self.cells.last().map_or(0, |it| it.end)
    }
}

impl<'a> Cells<'a> {
    fn new(text: &'a str, delimiter: u8) -> Self {
        Self {
            text,
            reader: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            delimiter,
            at: 0,
            number: 0,
        }
    }

    fn record(&mut self) -> Option<Record> {
        let bytes = self.text.as_bytes();
        // What the parser would copy the cells to: their places are all that's wanted.
        let mut copy = [0; 1024];
        let mut record = Record {
            number: 0,
            cells: Vec::new(),
            is_last: false,
        };
        // The second half of a line's end that the record before took the first half of.
        let ended = self.at.checked_sub(1).and_then(|it| bytes.get(it));
        if ended == Some(&b'\r') && bytes.get(self.at) == Some(&b'\n') {
            self.at += 1;
            self.reader.read_field(b"\n", &mut copy);
        }
        loop {
            let mut start = self.at;
            let mut at_end = false;
            let is_last_cell = loop {
                let rest = bytes.get(self.at..).unwrap_or(&[]);
                let (result, n, _) = self.reader.read_field(rest, &mut copy);
                self.at += n;
                match result {
                    csv_core::ReadFieldResult::InputEmpty => at_end = true,
                    csv_core::ReadFieldResult::OutputFull => {}
                    csv_core::ReadFieldResult::Field { record_end } => break record_end,
                    csv_core::ReadFieldResult::End => return None,
                }
            };
            if record.cells.is_empty() {
                start += self.empty_lines(start);
            }
            let end = if at_end { self.at } else { self.at - 1 };
            record.cells.push(start..end.max(start));
            if is_last_cell {
                self.number += 1;
                record.number = self.number;
                record.is_last = at_end;
                return Some(record);
            }
        }
    }

    /// Counts the empty lines before a record; the parser skips them. Their length in bytes.
    fn empty_lines(&mut self, start: usize) -> usize {
        let text = self.text.get(start..self.at).unwrap_or("");
        let lines = text.len() - text.trim_start_matches(['\r', '\n']).len();
        let lines = text.get(..lines).unwrap_or("");
        let crlf = lines.matches("\r\n").count();
        self.number += lines.len() - crlf;
        lines.len()
    }
}

/// What a cell of CSV says: what is in its quotes, with one quotation mark for two, and what comes
/// after them.
fn unquoted(raw: &str) -> String {
    match in_quotes(raw) {
        Some((said, after)) => said + after.unwrap_or(""),
        None => raw.to_owned(),
    }
}

/// What is in the quotes of a cell that begins with some, and what comes after them; none where nothing closes them.
fn in_quotes(raw: &str) -> Option<(String, Option<&str>)> {
    let mut rest = raw.strip_prefix('"')?;
    let mut said = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('"') {
        said.push_str(before);
        let Some(further) = after.strip_prefix('"') else {
            return Some((said, Some(after)));
        };
        said.push('"');
        rest = further;
    }
    Some((said + rest, None))
}

/// One object of JSON: its keys in their order, each with the text of its value.
struct Object<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Object(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// Reads a JSON file: a list of objects, whose keys are the columns. `None` where nothing can be made
/// of it.
pub fn json(text: &str, problems: &mut Problems<'_>) -> Option<Rows> {
    const FORM: &str = "a table in JSON is a list of objects, as in [{\"name\": \"Titan\", \"planet\": \"Saturn\"}]";
    let Some(first) = text.find(|it: char| !it.is_whitespace()) else {
        problems.add(0..0, "not-empty", "this table is empty", Some(FORM));
        return None;
    };
    if text.get(first..).is_some_and(|it| it.starts_with('{')) {
        let at = first..first + 1;
        let message = "this is an object, where a list is needed";
        problems.add(at, "well-formed", message, Some(FORM));
        return None;
    }
    let objects: Vec<&RawValue> = match serde_json::from_str(text) {
        Ok(objects) => objects,
        Err(error) => {
            let at = offset(text, error.line(), error.column());
            let message = format!("this isn't JSON: {}", without_place(&error));
            problems.add(at..at, "well-formed", message, Some(FORM));
            return None;
        }
    };
    let mut rows = Rows {
        is_json: true,
        ..Rows::default()
    };
    let mut known: HashMap<String, usize> = HashMap::new();
    for (number, object) in objects.iter().enumerate() {
        let span = within(text, object.get());
        rows.begin(number + 1, span.start);
        let Object(entries) = match serde_json::from_str(object.get()) {
            Ok(entries) => entries,
            Err(error) => {
                let is_object = object.get().starts_with('{');
                let told = format!("this isn't JSON: {}", without_place(&error));
                let message = if is_object {
                    &told
                } else {
                    "this isn't an object"
                };
                problems.add(span.start..span.start, "well-formed", message, Some(FORM));
                continue;
            }
        };
        let first_cell = rows.cells.len();
        for (name, value) in entries {
            let span = within(text, value.get());
            let column = if let Some(column) = known.get(&name) {
                *column
            } else {
                if known.len() == MOST_COLUMNS {
                    let message =
                        format!("there are more columns than the {MOST_COLUMNS} that are read");
                    problems.add(span, "columns", message, None);
                    return None;
                }
                rows.columns.push(Column {
                    name: name.clone(),
                    span: span.clone(),
                });
                known.insert(name, known.len());
                known.len() - 1
            };
            let wrong = not_a_cell(value.get());
            let mut said = Vec::new();
            json_texts(value.get(), &mut said);
            if wrong.is_some() || said.iter().any(|it| !it.trim().is_empty()) {
                rows.push(column, span.clone());
            }
            if let Some(message) = wrong {
                problems.add(span, "cell", message, None);
            }
        }
        let cells = rows.cells.get_mut(first_cell..).unwrap_or(&mut []);
        cells.sort_by_key(|it| it.column);
        for (a, b) in cells.iter().zip(cells.iter().skip(1)) {
            if a.column == b.column {
                let message = "this is said twice in one row";
                problems.add(b.span(), "column-unique", message, None);
            }
        }
        rows.end();
    }
    for column in rows.columns.iter().filter(|it| it.name.trim().is_empty()) {
        let message = "a key is empty, and names no column".to_owned();
        problems.add(column.span.clone(), "column-named", message, None);
    }
    Some(rows)
}

/// Why a value of JSON can't be a cell.
fn not_a_cell(raw: &str) -> Option<&'static str> {
    match raw.as_bytes().first() {
        Some(b'{') => Some("an object can't be a cell"),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
            let is_nested = items.iter().any(|it| it.get().starts_with(['{', '[']));
            let nested = is_nested.then_some("a list in a cell can only have texts and numbers");
            nested.or_else(|| items.iter().find_map(|it| not_a_cell(it.get())))
        }
        Some(b'"') if serde_json::from_str::<String>(raw).is_err() => {
            Some("this text has an escape that stands for no letter")
        }
        _ => None,
    }
}

fn json_texts(raw: &str, texts: &mut Vec<String>) {
    match raw.as_bytes().first() {
        Some(b'"') => texts.extend(serde_json::from_str::<String>(raw)),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
            for item in items.iter().filter(|it| !it.get().starts_with('[')) {
                json_texts(item.get(), texts);
            }
        }
        Some(b'n' | b'{') | None => {}
        Some(_) => texts.push(raw.to_owned()),
    }
}

/// What an error of JSON says without its line and column, which are told elsewhere.
fn without_place(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let (what, _) = told.rsplit_once(" at line ").unwrap_or((&told, ""));
    what.to_owned()
}

/// Where a part of a text stands in it.
fn within(text: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr().addr()).saturating_sub(text.as_ptr().addr());
    start..start + part.len()
}

/// The byte of a line and column, both from 1, the column in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        let rest = text.get(start..).unwrap_or("");
        start += rest.find('\n').map_or(rest.len(), |it| it + 1);
    }
    (start + column.saturating_sub(1)).min(text.len())
}
