//! What an author probably meant by a date that isn't written as dates are.

use super::date::Date;
use super::language::Language;
use super::wording::words;

/// What to write in place of a text that isn't a date: every day that it can mean, or how days are
/// written.
pub fn date(text: &str, or_else: &str) -> String {
    let days = days(text);
    let isos: Vec<String> = days.iter().map(|it| it.iso()).collect();
    if isos.is_empty() {
        format!("write it as {or_else}")
    } else {
        format!("write it as {}", isos.join(" or "))
    }
}

/// The days that a text such as `31/12/2017`, `12.31.2017`, `2017/12/31`, `2017-7-3` or
/// `December 31, 2017` can mean: two where day and month can't be told apart.
fn days(text: &str) -> Vec<Date> {
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
    let mut days: Vec<Date> = [
        day(year(a), number(b), number(c)),
        day(year(c), number(b), number(a)),
        day(year(c), number(a), number(b)),
        day(year(c), month(a), number(b)),
        day(year(c), month(b), number(a)),
    ]
    .into_iter()
    .flatten()
    .collect();
    days.sort_unstable();
    days.dedup();
    days
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
