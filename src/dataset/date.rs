//! Calendar dates of the proleptic Gregorian calendar, as one number each.

use super::language::{Word, Words};

/// A day, as the number of days since 0000-03-01. Years 0 to 9999.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(u32);

impl Date {
    /// The day with this year (0 to 9999), month (1 to 12) and day of the month; `None` where there
    /// is no such day. The arithmetic is Howard Hinnant's `days_from_civil`.
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let length = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if day == 0 || day > length || year > 9999 || (year == 0 && month < 3) {
            return None;
        }
        let year = if month < 3 { year - 1 } else { year };
        let month = (month + 9) % 12;
        Some(Self(
            year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1,
        ))
    }

    /// The day written as `2017-10-12`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return None;
        }
        Self::new(
            number(text.get(..4)?)?,
            number(text.get(5..7)?)?,
            number(text.get(8..)?)?,
        )
    }

    /// The number of days since 0000-03-01.
    pub fn days(self) -> u32 {
        self.0
    }

    /// The day that is `days` after 0000-03-01, or the last day there is: 9999-12-31.
    pub fn from_days(days: u32) -> Self {
        const LAST: u32 = 3_652_364;
        Self(days.min(LAST))
    }

    /// Year, month (1 to 12) and day of the month. Hinnant's `civil_from_days`.
    pub fn parts(self) -> (u32, u32, u32) {
        let era = self.0 / 146_097;
        let of_era = self.0 % 146_097;
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let year = year_of_era + era * 400 + u32::from(month > 9);
        (year, if month < 10 { month + 3 } else { month - 9 }, day)
    }

    /// `2017-10-12`.
    pub fn iso(self) -> String {
        let (year, month, day) = self.parts();
        let mut text = String::new();
        for (value, width) in [(year, 4), (month, 2), (day, 2)] {
            if !text.is_empty() {
                text.push('-');
            }
            let digits = value.to_string();
            for _ in digits.len()..width {
                text.push('0');
            }
            text.push_str(&digits);
        }
        text
    }

    /// As a language writes it: `October 12, 2017`, `12 de octubre de 2017`.
    pub fn long(self, words: Words) -> String {
        self.written(words, Word::DateLong)
    }

    /// As a citation writes it, with the year first: `2017, October 12`.
    pub fn year_first(self, words: Words) -> String {
        self.written(words, Word::DateYearFirst)
    }

    fn written(self, words: Words, pattern: Word) -> String {
        let (year, month, day) = self.parts();
        words.fill(
            pattern,
            &[&day.to_string(), words.month(month), &year.to_string()],
        )
    }
}

/// When something happened, of which the day, or the month and the day, may be unknown: a day to go by, and how
/// much of it is known. Those of one day are in the order in which more is known of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When(u32);

impl When {
    /// The day, the month or the year.
    const PRECISIONS: u32 = 3;

    /// What goes by this day, of which the first `n_parts` of year, month and day are known (1 to 3).
    pub fn new(day: Date, n_parts: u32) -> Self {
        Self(day.0 * Self::PRECISIONS + (3 - n_parts.clamp(1, 3)))
    }

    /// From its one number, as a pack has it.
    pub fn from_number(number: u32) -> Self {
        Self(number)
    }

    /// Its one number.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The day to go by, on which it had surely happened.
    pub fn day(self) -> Date {
        Date::from_days(self.0 / Self::PRECISIONS)
    }

    /// What is known of it: `2017-10-12`, `2017-10` or `2017`.
    pub fn iso(self) -> String {
        let mut text = self.day().iso();
        text.truncate(match self.0 % Self::PRECISIONS {
            0 => 10,
            1 => 7,
            _ => 4,
        });
        text
    }

    /// As a language writes it: `October 12, 2017`, `October 2017` or `2017`.
    pub fn long(self, words: Words) -> String {
        let (year, month, _) = self.day().parts();
        match self.0 % Self::PRECISIONS {
            0 => self.day().long(words),
            1 => words.fill(Word::DateMonth, &[words.month(month), &year.to_string()]),
            _ => year.to_string(),
        }
    }
}

/// A day of which all is known.
impl From<Date> for When {
    fn from(day: Date) -> Self {
        Self::new(day, 3)
    }
}

/// The value of a text of ASCII digits alone.
pub fn number(text: &str) -> Option<u32> {
    if text.is_empty() || !text.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}
