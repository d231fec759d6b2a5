//! What an author probably meant by a date or a number that isn't written as they are.

use super::date::Date;
use super::facets::number;
use super::language::Language;
use super::wording::words;

/// Which of day and month comes first in a column's dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As in 31/12/2017.
    DayFirst,
    /// As in 12/31/2017.
    MonthFirst,
}

/// The order of a column's dates, where some of them can be read in one way alone, and all of these in the same.
pub fn order<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Order> {
    let mut order = None;
    for text in texts {
        let readings = readings(text);
        if let [(Some(only), _)] = readings.as_slice() {
            if order.is_some_and(|it| it != *only) {
                return None;
            }
            order = Some(*only);
        }
    }
    order
}

/// What to write in place of a text that isn't a date: every day that it can mean, or how days are
/// written.
pub fn date(text: &str, or_else: &str) -> String {
    date_in(text, or_else, None)
}

/// What to write in place of a cell that isn't a date, in a column whose dates have this order.
pub fn cell_date(text: &str, order: Option<Order>) -> String {
    if is_nothing(text) {
        return EMPTY.to_owned();
    }
    date_in(text, "2017-10-12, 2017-10 or 2017", order)
}

fn date_in(text: &str, or_else: &str, order: Option<Order>) -> String {
    let mut days = readings(text);
    if days.len() > 1 {
        days.retain(|it| it.0.is_none() || order.is_none() || it.0 == order);
    }
    let mut days: Vec<Date> = days.into_iter().map(|it| it.1).collect();
    days.sort_unstable();
    days.dedup();
    let isos: Vec<String> = days.iter().map(|it| it.iso()).collect();
    if !isos.is_empty() {
        return format!("write it as {}", isos.join(" or "));
    }
    if let Some(why) = no_such_day(text) {
        return why;
    }
    match serial(text) {
        Some(day) => format!(
            "it looks like a spreadsheet's number for a day: write it as {}",
            day.iso()
        ),
        None => format!("write it as {or_else}"),
    }
}

/// What to do with a cell that says there is nothing to say.
const EMPTY: &str = "leave the cell empty where nothing is known";

/// Whether a text says that there is nothing to say.
fn is_nothing(text: &str) -> bool {
    const NOTHING: [&str; 18] = [
        "-", "--", "\u{2010}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}", "?", "...",
        "\u{2026}", "n/a", "n.a.", "na", "none", "null", "unknown", "tbd", "tba",
    ];
    NOTHING.contains(&text.trim().to_lowercase().as_str())
}

/// Why there is no such day, of a text that is written as a day is.
fn no_such_day(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let is_written = [(year, 4), (month, 2), (day, 2)]
        .iter()
        .all(|(it, n)| it.len() == *n && it.bytes().all(|it| it.is_ascii_digit()));
    let number = |it: &str| it.parse::<u32>().ok().filter(|_| is_written);
    let (in_year, in_month) = (number(year)?, number(month)?);
    if !(1..=12).contains(&in_month) {
        return Some(format!("there is no month {month}"));
    }
    let last = (28..=31)
        .rev()
        .find(|it| Date::new(in_year, in_month, *it).is_some())?;
    let name = words(Language::En).month(in_month);
    (number(day)? > last).then(|| format!("{name} {year} has {last} days"))
}

/// The day that a spreadsheet counts so: 45351 is 2024-02-29. Those from 1954 to 2119 are more likely meant than
/// anything else of five digits in a column of dates.
fn serial(text: &str) -> Option<Date> {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let is_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let number = super::date::number(whole).filter(|_| is_digits(rest))?;
    let zero = Date::new(1899, 12, 30)?;
    (20_000..80_000)
        .contains(&number)
        .then(|| Date::from_days(zero.days() + number))
}

/// What to write in place of a cell that isn't a number; with `or_else` where that can't be told.
pub fn cell_number(text: &str, or_else: &str, may_have_unit: bool) -> String {
    if is_nothing(text) {
        return EMPTY.to_owned();
    }
    let beside = |it: char| !it.is_ascii_digit() && !matches!(it, '-' | '+' | '\u{2212}');
    let bare = text.trim_matches(beside);
    let is_bare = bare.len() == text.trim().len();
    match plain(if may_have_unit { bare } else { text }) {
        Some(it) if is_bare || !may_have_unit => format!("write it as {it}"),
        Some(it) => format!("write it as {it}, without anything beside it"),
        None => or_else.to_owned(),
    }
}

/// A number without what stands between its thousands, and with a point.
fn plain(text: &str) -> Option<String> {
    let is_between = |it: char| it.is_whitespace() || matches!(it, '\'' | '\u{2019}');
    let mut groups = text.trim().split(is_between);
    let first = groups.next().unwrap_or("");
    let is_group = |it: &str| it.bytes().take_while(u8::is_ascii_digit).count() == 3;
    let rest: Vec<&str> = groups.collect();
    if !rest.iter().all(|it| is_group(it)) {
        return None;
    }
    let joined = [first, &rest.concat()].concat();
    // A comma before the decimals, as much of the world has it.
    let pointed = joined.replace(',', ".");
    let joined = if number(&joined).is_none() {
        pointed
    } else {
        joined.replace(',', "")
    };
    number(&joined).map(|_| joined)
}

/// The days that a text such as `31/12/2017`, `12.31.2017`, `2017/12/31`, `2017-7-3` or
/// `December 31, 2017` can mean, in order: two where day and month can't be told apart, each with what would come
/// first.
fn readings(text: &str) -> Vec<(Option<Order>, Date)> {
    // What is after the day may be a time of the day.
    let is_digit = |it: Option<char>| it.is_some_and(|it| it.is_ascii_digit());
    let time = text.match_indices(['T', 't']).find(|(at, _)| {
        let (before, after) = text.split_at(*at);
        before.len() >= 8 && is_digit(before.chars().last()) && is_digit(after.chars().nth(1))
    });
    let text = time.map_or(text, |(at, _)| text.split_at(at).0);
    let words: Vec<&str> = text
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .collect();
    let [a, b, c] = words.get(..3).unwrap_or(&[]) else {
        return Vec::new();
    };
    if words.len() > 3 && words.get(3).is_none_or(|it| it.len() > 2) {
        return Vec::new();
    }
    let number = |it: &str| it.parse::<u32>().ok();
    let year = |it: &str| number(it).filter(|_| it.len() == 4);
    let day =
        |year: Option<u32>, month: Option<u32>, day: Option<u32>| Date::new(year?, month?, day?);
    let days = [
        (None, day(year(a), number(b), number(c))),
        (Some(Order::DayFirst), day(year(c), number(b), number(a))),
        (Some(Order::MonthFirst), day(year(c), number(a), number(b))),
        (None, day(year(c), month(a), number(b))),
        (None, day(year(c), month(b), number(a))),
    ];
    let days = days
        .into_iter()
        .filter_map(|(order, it)| Some((order, it?)));
    days.collect()
}

/// The number of a month by its English name, or the first three letters of it.
fn month(word: &str) -> Option<u32> {
    (1..=12).find(|it| {
        let name = words(Language::En).month(*it);
        [Some(name), name.get(..3)]
            .into_iter()
            .flatten()
            .any(|it| it.eq_ignore_ascii_case(word))
    })
}
