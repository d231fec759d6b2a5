//! What each subject has of each facet: from what the files say to the ids of the facet's values,
//! which are made from the data where the author lists none.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use toml::Spanned;

use super::files::Found;
use super::indexing::Folding;
use super::language::{Word, Words};
use super::meant;
use super::model::{Dataset, Facet, FacetOrder, FacetType, PartialDate, Value};
use super::numbers::grouped;
use super::problem::{hidden, nearest, quoted};
use super::slug::Ids;

/// The most ranges that numbers are cut into by themselves.
pub const MOST_RANGES: usize = 6;

/// Turns what the subjects say of each facet into the ids of its values, and fills in the values of
/// each facet that lists none. Gives the ids of the facets of which something said is wrong.
pub fn resolve(dataset: &mut Dataset, found: &mut Vec<Found>) -> HashSet<String> {
    let mut wrong = HashSet::new();
    let words = dataset.own_words();
    let mut facets = std::mem::take(&mut dataset.about.facet);
    for facet in &mut facets {
        let mut cells = cells(dataset, facet, found);
        match facet.kind {
            FacetType::Category => {
                for cell in &mut cells {
                    cell.parts.push(cell.said.trim().to_owned());
                }
                categories(facet, &mut cells);
            }
            FacetType::Categories => {
                // An empty one is a problem of its own.
                let separator = facet.separator.as_ref().map(|it| it.get_ref().as_str());
                let separator = separator
                    .filter(|it| !it.is_empty())
                    .unwrap_or(";")
                    .to_owned();
                for cell in &mut cells {
                    let parts = cell.said.split(separator.as_str()).map(str::trim);
                    cell.parts = parts
                        .filter(|it| !it.is_empty())
                        .map(str::to_owned)
                        .collect();
                }
                categories(facet, &mut cells);
            }
            FacetType::Number => numbers(words, facet, &mut cells),
            FacetType::Date => dates(words, facet, &mut cells),
            FacetType::Place => places(words, facet, &mut cells),
            FacetType::YesNo => yes_no(words, facet, &mut cells),
        }
        if cells.iter().any(|it| it.wrong.is_some()) {
            wrong.insert(facet.id.get_ref().clone());
        }
        put(dataset, facet, cells, found);
    }
    dataset.about.facet = facets;
    wrong
}

/// One thing that a subject says of a facet.
struct Cell {
    subject: usize,
    span: Range<usize>,
    said: String,
    /// The several things that it says.
    parts: Vec<String>,
    /// The ids of the values that it means.
    ids: Vec<String>,
    /// What is wrong with it: rule, message, help.
    wrong: Option<(&'static str, String, Option<String>)>,
}

impl Cell {
    fn wrong(&mut self, rule: &'static str, what: &str, help: Option<String>) {
        let message = format!("{} {what}", quoted(&self.said));
        self.wrong = Some((rule, message, help));
    }
}

/// Takes what the subjects say of a facet.
fn cells(dataset: &mut Dataset, facet: &Facet, found: &mut Vec<Found>) -> Vec<Cell> {
    let id = facet.id.get_ref();
    let must_have = facet.kind == FacetType::Category && !facet.values.is_empty();
    let mut cells = Vec::new();
    for (number, subject) in dataset.subjects.iter_mut().enumerate() {
        let values = subject.facets.iter_mut().find(|it| it.0.get_ref() == id);
        let values = values.map(|it| std::mem::take(it.1)).unwrap_or_default();
        let first = cells.len();
        cells.extend(values.into_iter().filter_map(|it| {
            let span = it.span();
            let said = it.into_inner();
            (!said.trim().is_empty()).then_some(Cell {
                subject: number,
                span,
                parts: Vec::new(),
                said,
                ids: Vec::new(),
                wrong: None,
            })
        }));
        for cell in cells.get(first..).unwrap_or(&[]) {
            // The cells of a table were looked at as they were read.
            let message = hidden(&cell.said).filter(|_| subject.row.is_none());
            found.extend(message.map(|message| Found {
                file: subject.file(&dataset.about),
                span: cell.span.clone(),
                rule: "characters",
                message,
                help: Some("take it out".to_owned()),
            }));
        }
        if must_have && cells.len() == first {
            let at = subject.name.span();
            found.push(Found {
                file: subject.file(&dataset.about),
                span: if subject.row.is_some() {
                    at.start..at.start
                } else {
                    at
                },
                rule: "facet-filled",
                message: format!("the facet “{id}” has no value here"),
                help: None,
            });
        }
    }
    cells
}

/// Gives the subjects back what they have of a facet, each value once.
fn put(dataset: &mut Dataset, facet: &Facet, cells: Vec<Cell>, found: &mut Vec<Found>) {
    let id = facet.id.get_ref();
    for cell in cells {
        let Some(subject) = dataset.subjects.get_mut(cell.subject) else {
            continue;
        };
        if let Some((rule, message, help)) = cell.wrong {
            found.push(Found {
                file: subject.file(&dataset.about),
                span: cell.span.clone(),
                rule,
                message,
                help,
            });
        }
        let values = subject.facets.iter_mut().find(|it| it.0.get_ref() == id);
        let Some((_, values)) = values else { continue };
        for id in cell.ids {
            if !values.iter().any(|it| *it.get_ref() == id) {
                values.push(Spanned::new(cell.span.clone(), id));
            }
        }
    }
}

fn value(id: String, label: String, is_part: bool) -> Value {
    Value {
        id: Spanned::new(0..0, id),
        label,
        is_part,
    }
}

/// The ids of the values that a facet lists, by id and by label. An id goes before a label.
fn listed(facet: &Facet) -> HashMap<String, String> {
    let mut known = HashMap::new();
    for value in &facet.values {
        let id = value.id.get_ref();
        known
            .entry(value.label.trim().to_owned())
            .or_insert_with(|| id.clone());
    }
    for value in &facet.values {
        known.insert(value.id.get_ref().clone(), value.id.get_ref().clone());
    }
    known
}

/// What is wrong with a word that isn't a listed value.
fn unlisted(facet: &Facet, word: &str) -> (&'static str, String, Option<String>) {
    let id = facet.id.get_ref();
    let message = format!("there is no value of “{id}” called {}", quoted(word));
    let words = facet
        .values
        .iter()
        .flat_map(|it| [it.id.get_ref().as_str(), &it.label]);
    let help = nearest(word, words).map(|it| format!("did you mean “{it}”?"));
    ("facet-known", message, help)
}

fn categories(facet: &mut Facet, cells: &mut [Cell]) {
    let known = if facet.values.is_empty() {
        let words = cells.iter().flat_map(|it| &it.parts).map(String::as_str);
        let (values, known) = from_words(words, facet.order);
        facet.values = values;
        known
    } else {
        listed(facet)
    };
    for cell in cells {
        for part in &cell.parts {
            match known.get(part) {
                Some(id) => cell.ids.push(id.clone()),
                None => cell.wrong = Some(unlisted(facet, part)),
            }
        }
    }
}

/// The values for some words, in order, and the id for each word.
fn from_words<'a>(
    said: impl Iterator<Item = &'a str>,
    order: Option<FacetOrder>,
) -> (Vec<Value>, HashMap<String, String>) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in said {
        *counts.entry(word).or_default() += 1;
    }
    let mut ordered: Vec<(&str, usize)> = counts.into_iter().collect();
    ordered.sort_by_cached_key(|it| (sorted_as(it.0), it.0));
    // Given before they are ordered by their numbers: what an id stands for, links remember.
    let mut ids = Ids::default();
    let known: HashMap<String, String> = ordered
        .iter()
        .map(|(word, _)| ((*word).to_owned(), ids.free(word)))
        .collect();
    if order == Some(FacetOrder::Count) {
        ordered.sort_by_key(|it| std::cmp::Reverse(it.1));
    }
    let values = ordered.into_iter().filter_map(|(word, _)| {
        let id = known.get(word)?.clone();
        Some(value(id, word.to_owned(), false))
    });
    (values.collect(), known)
}

/// What a label is ordered by: its words without case and accents, and numbers by their size.
fn sorted_as(label: &str) -> Vec<String> {
    let word = |it: String| {
        if it.bytes().all(|it| it.is_ascii_digit()) {
            format!("{it:0>20}")
        } else {
            it
        }
    };
    Folding::default()
        .words(label)
        .into_iter()
        .map(word)
        .collect()
}

/// The number that a text says: digits with a point and a sign where needed, with commas between
/// thousands or without, or as in `1.5e6`. No thousands begin with a zero: in `0,125` the comma is a decimal one.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim().replace('\u{2212}', "-");
    let digits = text.trim_start_matches(['-', '+']);
    if !digits.starts_with(|it: char| it.is_ascii_digit() || it == '.')
        || text.len() - digits.len() > 1
    {
        return None;
    }
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let is_grouped = whole.contains(',');
    let is_group = |it: &str| it.len() == 3 && it.bytes().all(|it| it.is_ascii_digit());
    if rest.contains(',')
        || (is_grouped
            && (!(1..=3).contains(&first.len()) || first.starts_with('0') || !groups.all(is_group)))
    {
        return None;
    }
    let plain = if is_grouped {
        text.replace(',', "")
    } else {
        text
    };
    plain.parse().ok().filter(|it: &f64| it.is_finite())
}

/// Ranges of numbers, or the numbers themselves where there are few.
fn numbers(words: Words, facet: &mut Facet, cells: &mut [Cell]) {
    let mut all: Vec<(usize, f64)> = Vec::new();
    for (at, cell) in cells.iter_mut().enumerate() {
        if let Some(number) = number(&cell.said) {
            // There is one zero.
            all.push((at, number + 0.0));
        } else {
            let or_else = "write it as 1234 or 12.5, without a unit";
            let help = meant::cell_number(&cell.said, or_else, true);
            cell.wrong("number", "isn't a number", Some(help));
        }
    }
    let mut sorted: Vec<f64> = all.iter().map(|it| it.1).collect();
    sorted.sort_by(f64::total_cmp);
    let mut distinct = sorted.clone();
    distinct.dedup();
    let said = facet.breaks.get_ref();
    let ranges = if said.is_empty() && distinct.len() <= MOST_RANGES {
        let only = |it: &f64| Part {
            from: Some(*it),
            id: number_id(*it),
            label: number_label(words, *it),
        };
        distinct.iter().map(only).collect()
    } else {
        let breaks = if said.is_empty() {
            breaks(&sorted)
        } else {
            said.clone()
        };
        let is_whole = distinct.iter().chain(&breaks).all(|it| it.fract() == 0.0);
        ranges(words, &breaks, is_whole)
    };
    for (at, number) in all {
        // The last range that begins at or before the number.
        let range = ranges
            .iter()
            .rfind(|it| it.from.is_none_or(|it| it <= number));
        if let (Some(cell), Some(range)) = (cells.get_mut(at), range) {
            cell.ids.push(range.id.clone());
        }
    }
    facet.values = ranges
        .into_iter()
        .map(|it| value(it.id, it.label, false))
        .collect();
}

/// A range of numbers: from a number on, up to where the next begins.
struct Part {
    from: Option<f64>,
    id: String,
    label: String,
}

/// The ranges between breaks, which are in order. A break belongs to the range that it begins.
fn ranges(words: Words, breaks: &[f64], is_whole: bool) -> Vec<Part> {
    let (Some(first), Some(last)) = (breaks.first(), breaks.last()) else {
        return vec![Part {
            from: None,
            id: "all".to_owned(),
            label: words.text(Word::All).to_owned(),
        }];
    };
    let mut parts = vec![Part {
        from: None,
        id: format!("under-{}", number_id(*first)),
        label: words.fill(Word::Under, &[&number_label(words, *first)]),
    }];
    for (from, to) in breaks.iter().zip(breaks.iter().skip(1)) {
        let label = number_label(words, *from);
        parts.push(Part {
            from: Some(*from),
            id: format!("{}-{}", number_id(*from), number_id(*to)),
            label: if is_whole && *to - *from <= 1.0 {
                label
            } else if is_whole {
                words.fill(Word::NumberTo, &[&label, &number_label(words, *to - 1.0)])
            } else {
                words.fill(Word::NumberToUnder, &[&label, &number_label(words, *to)])
            },
        });
    }
    parts.push(Part {
        from: Some(*last),
        id: format!("{}-or-more", number_id(*last)),
        label: words.fill(Word::OrMore, &[&number_label(words, *last)]),
    });
    parts
}

/// Round numbers that cut sorted numbers into at most [`MOST_RANGES`] parts of like size. Each break
/// is the roundest number within half a part of where parts of equal size would be cut: a multiple of
/// the largest of 1, 2 and 5 times a power of ten. No part is empty.
pub fn breaks(sorted: &[f64]) -> Vec<f64> {
    let at = |halves: usize| {
        let place = sorted.len() * halves / (2 * MOST_RANGES);
        sorted
            .get(place.min(sorted.len().saturating_sub(1)))
            .copied()
    };
    (1..MOST_RANGES)
        .filter_map(|part| {
            let low = at(2 * part - 1)?;
            let high = at(2 * part + 1)?;
            (low < high).then(|| roundest(low, high, at(2 * part).unwrap_or(high)))
        })
        .collect()
}

/// The roundest number above `low` and at most `high`; of several, the one nearest to `wanted`.
fn roundest(low: f64, high: f64, wanted: f64) -> f64 {
    if low < 0.0 && high >= 0.0 {
        return 0.0;
    }
    let largest = low.abs().max(high.abs()).log10().ceil();
    let mut power = if largest.is_finite() { largest } else { 0.0 };
    for _ in 0..40 {
        for digit in [5.0, 2.0, 1.0] {
            let near = (wanted / step(digit, power)).round();
            let last = (high / step(digit, power)).floor();
            let first = (low / step(digit, power)).floor() + 1.0;
            let found = [near, first, last]
                .into_iter()
                .map(|it| multiple(it, digit, power))
                .filter(|it| low < *it && *it <= high)
                .min_by(|a, b| (a - wanted).abs().total_cmp(&(b - wanted).abs()));
            if let Some(found) = found {
                return found;
            }
        }
        power -= 1.0;
    }
    high
}

fn step(digit: f64, power: f64) -> f64 {
    digit * 10f64.powf(power)
}

/// A multiple of a step, as near as a number can be to its decimal digits: 3 times 0.1 is 0.3.
fn multiple(times: f64, digit: f64, power: f64) -> f64 {
    format!("{:.0}e{power:.0}", times * digit)
        .parse()
        .unwrap_or(f64::NAN)
}

/// A number within an id: `1p5` for 1.5, `minus-3` for -3.
fn number_id(number: f64) -> String {
    let digits = number.abs().to_string().replace('.', "p");
    if number < 0.0 {
        format!("minus-{digits}")
    } else {
        digits
    }
}

/// A number as a language writes it.
fn number_label(words: Words, number: f64) -> String {
    let digits = number.abs().to_string();
    let (whole, rest) = digits
        .find('.')
        .map_or((&*digits, ""), |it| digits.split_at(it));
    let sign = if number < 0.0 { "\u{2212}" } else { "" };
    let rest = rest.replace('.', words.text(Word::DecimalMark));
    [sign, &grouped(words, whole), &rest].concat()
}

/// A value for each year, and within it one for each month.
fn dates(words: Words, facet: &mut Facet, cells: &mut [Cell]) {
    let mut all: BTreeSet<String> = BTreeSet::new();
    let order = meant::order(cells.iter().map(|it| it.said.as_str()));
    for cell in cells {
        let date = PartialDate::from(cell.said.trim().to_owned());
        if !date.is_real() {
            let help = meant::cell_date(&cell.said, order);
            cell.wrong("date", "isn't a date", Some(help));
            continue;
        }
        let said = date.to_string();
        let parts = [said.get(..4), said.get(..7)];
        cell.ids = parts.into_iter().flatten().map(str::to_owned).collect();
        all.extend(cell.ids.iter().cloned());
    }
    // In this order a year comes right before its months.
    let label = |id: &str| PartialDate::from(id.to_owned()).long(words);
    facet.values = all
        .into_iter()
        .map(|id| {
            let label = label(&id);
            let is_part = id.len() > 4;
            value(id, label, is_part)
        })
        .collect();
}

/// The places within another, in the order of their words, and how often each is named.
type Within<'a> = BTreeMap<(Vec<String>, &'a [String]), usize>;

/// A value for what is before the first `/`, and within it one for each whole place.
fn places(words: Words, facet: &mut Facet, cells: &mut [Cell]) {
    // What is before the first slash, and what is after it, in the places' own order.
    let pieces = |said: &str| -> Vec<String> {
        let pieces = said.split('/').map(str::trim);
        pieces
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect()
    };
    for cell in cells.iter_mut() {
        cell.parts = pieces(&cell.said);
    }
    let tops = cells.iter().filter_map(|it| it.parts.first());
    let known = if facet.values.is_empty() {
        let (values, known) = from_words(tops.map(String::as_str), facet.order);
        facet.values = values;
        known
    } else {
        listed(facet)
    };
    let mut ids = Ids::default();
    for value in &facet.values {
        ids.take(value.id.get_ref());
    }
    // The places within each top, by its id.
    let mut within: HashMap<&str, Within<'_>> = HashMap::new();
    let mut tops = Vec::new();
    for cell in cells.iter() {
        let top = cell.parts.first().and_then(|it| known.get(it));
        tops.push(top.cloned());
        if let (Some(top), Some(rest @ [_, ..])) = (top, cell.parts.get(1..)) {
            let key = (rest.iter().flat_map(|it| sorted_as(it)).collect(), rest);
            *within.entry(top).or_default().entry(key).or_default() += 1;
        }
    }
    let mut whole: HashMap<(String, Vec<String>), String> = HashMap::new();
    let mut values = Vec::new();
    for top in std::mem::take(&mut facet.values) {
        let parts = within.remove(top.id.get_ref().as_str()).unwrap_or_default();
        let top_id = top.id.get_ref().clone();
        // As in `from_words`, ids come before the order by numbers.
        let mut parts: Vec<(&[String], usize, String)> = parts
            .into_iter()
            .map(|((_, rest), n)| {
                let id = ids.free(&format!("{top_id} {}", rest.join(" ")));
                (rest, n, id)
            })
            .collect();
        if facet.order == Some(FacetOrder::Count) {
            parts.sort_by_key(|it| std::cmp::Reverse(it.1));
        }
        let top_label = top.label.clone();
        values.push(top);
        for (rest, _, id) in parts {
            let mut label: Vec<&str> = rest.iter().rev().map(String::as_str).collect();
            label.push(&top_label);
            values.push(value(id.clone(), label.join(words.text(Word::Comma)), true));
            whole.insert((top_id.clone(), rest.to_vec()), id);
        }
    }
    facet.values = values;
    for (cell, top) in cells.iter_mut().zip(tops) {
        let Some((first, rest)) = cell.parts.split_first() else {
            continue;
        };
        let Some(top) = top else {
            cell.wrong = Some(unlisted(facet, first));
            continue;
        };
        let id = whole.get(&(top.clone(), rest.to_vec()));
        cell.ids = [Some(top), id.cloned()].into_iter().flatten().collect();
    }
}

/// Whether a text says yes or no.
pub fn is_yes(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" => Some(true),
        "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

fn yes_no(words: Words, facet: &mut Facet, cells: &mut [Cell]) {
    let known = listed(facet);
    let mut has: HashSet<&str> = HashSet::new();
    for cell in cells.iter_mut() {
        let said = cell.said.trim();
        let yes = is_yes(known.get(said).map_or(said, String::as_str));
        let Some(yes) = yes else {
            let help = "write it as yes or no".to_owned();
            cell.wrong("yes-no", "is neither yes nor no", Some(help));
            continue;
        };
        let id = if yes { "yes" } else { "no" };
        has.insert(id);
        if known.is_empty() || known.contains_key(id) {
            cell.ids.push(id.to_owned());
        } else {
            cell.wrong = Some(unlisted(facet, id));
        }
    }
    if facet.values.is_empty() {
        let both = [("yes", words.text(Word::Yes)), ("no", words.text(Word::No))];
        facet.values = both
            .into_iter()
            .filter(|it| has.contains(it.0))
            .map(|(id, label)| value(id.to_owned(), label.to_owned(), false))
            .collect();
    }
}
