//! What breaks no rule of a dataset, and may not be meant all the same.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use crate::dataset::date::Date;
use crate::dataset::files::Files;
use crate::dataset::model::{Dataset, Event, Facet, FacetType, Subject};
use crate::dataset::problem::{is_hidden, quoted, visible};
use crate::dataset::read::folder;
use crate::dataset::rows::{Problems, Rows};
use crate::dataset::table;
use crate::view::long::PAGES;

/// The most of one kind that are told one by one.
const TOLD: usize = 3;

/// What an author should look at in the dataset of a path, a sentence each; `today` is the day on which it is asked.
pub fn doubts(dataset: &Dataset, path: &Path, today: Date) -> Vec<String> {
    let kinds = [late(dataset, today), alike(dataset), without_page(dataset)];
    let kinds = kinds.into_iter().chain(of_table(dataset, path));
    kinds.flat_map(few).collect()
}

/// The first of several, and how many more there are.
fn few(mut all: Vec<String>) -> Vec<String> {
    let n_more = all.len().saturating_sub(TOLD);
    all.truncate(TOLD);
    if let Some(last) = all.last_mut().filter(|_| n_more > 0) {
        last.push_str(&format!(" (and {n_more} more like this)"));
    }
    all
}

/// Events after the day of the last change, or after today.
fn late(dataset: &Dataset, today: Date) -> Vec<String> {
    let updated = dataset.about.updated.as_ref();
    let updated = updated.and_then(|it| Date::parse(it.get_ref()));
    let told = |place: String, event: &Event| {
        let date = event.date.get_ref();
        let first = date.first_day();
        let what = match updated {
            _ if first > today => "which is still to come".to_owned(),
            Some(it) if first > it => format!("after the `updated` of dataset.toml, {}", it.iso()),
            _ => return None,
        };
        Some(visible(&format!("{place}: the date is {date}, {what}")))
    };
    let subjects = dataset.subjects.iter().flat_map(|subject| {
        let file = subject.file(&dataset.about);
        subject.event.iter().map(move |event| {
            let place = match subject.row {
                Some(row) => format!("{file}, row {row}"),
                None => format!("{file}, event {}", quoted(event.id.get_ref())),
            };
            (place, event)
        })
    });
    let of = |file: &str, event: &Event| format!("{file}, event {}", quoted(event.id.get_ref()));
    let timeline = dataset.timeline.iter();
    let timeline = timeline.map(|it| (of("timeline.toml", it), it));
    let cases = dataset.cases.iter().flat_map(|it| &it.event);
    let cases = cases.map(|it| (of("cases.toml", it), it));
    let all = subjects.chain(timeline).chain(cases);
    all.filter_map(|(place, event)| told(place, event))
        .collect()
}

/// Subjects with more to tell than a place on a page of a list has room for, where none has a page of its own.
fn without_page(dataset: &Dataset) -> Vec<String> {
    let has_more = |it: &&Subject| {
        let has_quote = it.event.iter().any(|it| it.quote.is_some());
        it.note.is_some() || has_quote || !it.money.is_empty() || !it.policies.is_empty()
    };
    let subjects = dataset.subjects.iter();
    let subjects = subjects.filter(|_| dataset.subjects.len() > PAGES);
    let told = subjects.filter(has_more).map(|it| {
        let file = it.file(&dataset.about);
        format!("{file}: of more than {PAGES} entries none has a page of its own, so that its note, its quotes, its money and its policies are in data/dataset.json alone")
    });
    told.map(|it| visible(&it)).collect()
}

/// Values of a facet that readers can't tell from each other, or can by small and capital letters alone.
fn alike(dataset: &Dataset) -> Vec<String> {
    use FacetType::{Categories, Category, Place};
    let facets = dataset.about.facet.iter();
    let facets = facets.filter(|it| matches!(it.kind, Category | Categories | Place));
    facets.flat_map(alike_in).collect()
}

fn alike_in(facet: &Facet) -> Vec<String> {
    let mut by_looks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for value in &facet.values {
        let seen: String = value.label.chars().filter(|it| !is_unseen(*it)).collect();
        let words: Vec<&str> = seen.split_whitespace().collect();
        let labels = by_looks.entry(words.join(" ").to_lowercase()).or_default();
        labels.push(quoted(&shown(&value.label)));
    }
    let several = by_looks.into_values().filter(|it| it.len() > 1);
    let name = quoted(&facet.label);
    let told = several.map(|it| {
        let labels = it.join(", ");
        format!("the facet {name} has values that look alike: {labels}; write them in one way if they are one")
    });
    told.map(|it| visible(&it)).collect()
}

/// Letters that take no room: hyphens that are seen at the end of a line alone, joiners, marks of direction.
fn is_unseen(letter: char) -> bool {
    is_hidden(letter)
        || matches!(
            letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        )
        || matches!(letter, '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// A text whose unseen letters are told by their numbers.
fn shown(text: &str) -> String {
    let mut shown = String::new();
    for letter in text.chars() {
        if is_unseen(letter) || (letter.is_whitespace() && letter != ' ') {
            shown.push_str(&format!("[U+{:04X}]", u32::from(letter)));
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// What is doubtful in a table itself.
fn of_table(dataset: &Dataset, path: &Path) -> Vec<Vec<String>> {
    let file = dataset.about.table.as_ref().map(|it| it.file.get_ref());
    let Some(file) = file else {
        return Vec::new();
    };
    let (mut files, mut found) = (Files::default(), Vec::new());
    let number = files.open(folder(path), file, true, &mut found);
    let text = number.map_or("", |it| files.text(it));
    let mut problems = Problems {
        file,
        found: &mut found,
    };
    let rows = table::rows(file, text, &mut problems).unwrap_or_default();
    vec![twice(file, &rows, text), commas(dataset, file, &rows, text)]
}

/// Numbers whose comma may be a decimal one. Spreadsheets set cells apart by semicolons in languages in which it is.
fn commas(dataset: &Dataset, file: &str, rows: &Rows, text: &str) -> Vec<String> {
    let facets = dataset.about.facet.iter();
    let facets = facets.filter(|it| it.kind == FacetType::Number && rows.delimiter() == b';');
    let columns = facets.filter_map(|it| {
        let named = it.column.as_ref().unwrap_or(&it.id);
        rows.column(named.get_ref())
    });
    columns
        .flat_map(|column| {
            let cells = (0..rows.len()).filter_map(|row| {
                let said = rows.texts(text, rows.cell(row, column)?).concat();
                Some((rows.number(row), said))
            });
            let cells: Vec<(u32, String)> = cells.collect();
            // One with a point, or with two commas, tells what commas are in all of them.
            let tells = |it: &str| it.contains('.') || it.matches(',').count() > 1;
            let is_told = cells.iter().any(|it| tells(&it.1));
            let doubtful = cells.into_iter().filter(move |it| !is_told && it.1.contains(','));
            doubtful.map(|(row, said)| {
                let (read, meant) = (said.replace(',', ""), said.replace(',', "."));
                let said = quoted(&said);
                visible(&format!(
                    "{file}, row {row}: {said} is read as {read}; write {meant} if the comma is a decimal one"
                ))
            })
        })
        .collect()
}

/// Rows that say the same in every cell.
fn twice(file: &str, rows: &Rows, text: &str) -> Vec<String> {
    let mut first: HashMap<Vec<(usize, Vec<String>)>, u32> = HashMap::new();
    let mut told = Vec::new();
    for row in 0..rows.len() {
        let number = rows.number(row);
        let before = *first.entry(cells(rows, text, row)).or_insert(number);
        if before != number {
            told.push(format!(
                "{file}, row {number}: all cells are those of row {before}"
            ));
        }
    }
    told
}

/// What the cells of a row say that aren't empty, each with its column.
fn cells(rows: &Rows, text: &str, row: usize) -> Vec<(usize, Vec<String>)> {
    let cells = rows.cells(row).iter();
    cells
        .map(|it| (it.column(), rows.texts(text, *it)))
        .collect()
}
