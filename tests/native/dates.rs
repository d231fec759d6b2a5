use fact_explorer::dataset::date::{Date, When};
use fact_explorer::dataset::model::PartialDate;
use fact_explorer::dataset::wording::words;
use fact_explorer::language::Language;
use proptest::prelude::*;

#[test]
fn days_are_counted_without_a_gap() {
    let mut day = Date::new(1, 1, 1).unwrap();
    for year in 1..=2400 {
        for month in 1..=12 {
            for of_month in 1..=31 {
                let Some(it) = Date::new(year, month, of_month) else {
                    continue;
                };
                assert_eq!(it, day);
                assert_eq!(it.parts(), (year, month, of_month));
                day = Date::from_days(day.days() + 1);
            }
        }
    }
    // 2,400 years of the Gregorian calendar are 6 cycles of 146,097 days.
    assert_eq!(day.days() - Date::new(1, 1, 1).unwrap().days(), 6 * 146_097);
}

#[test]
fn days_that_never_were_are_refused() {
    for text in [
        "2017-02-29",
        "2017-00-10",
        "2017-13-01",
        "2017-06-31",
        "1900-02-29",
        "17-10-12",
        "2017-1-02",
        "2017/10/12",
        "+017-10-12",
        "２017-10-12",
        "",
    ] {
        assert_eq!(Date::parse(text), None, "{text}");
    }
    assert_eq!(
        Date::parse("2000-02-29").unwrap().long(words(Language::En)),
        "February 29, 2000"
    );
}

#[test]
fn a_date_may_be_known_in_part() {
    for (text, long, first, last) in [
        ("2017-10-12", "October 12, 2017", "2017-10-12", "2017-10-12"),
        ("2016-02", "February 2016", "2016-02-01", "2016-02-29"),
        ("2021", "2021", "2021-01-01", "2021-12-31"),
    ] {
        let date = PartialDate::from(text.to_owned());
        assert!(date.is_real());
        assert_eq!(date.long(words(Language::En)), long);
        assert_eq!(date.first_day().iso(), first);
        assert_eq!(date.last_day().iso(), last);
        // A pack has it as one number, and says as much of it, wherever the record ends.
        let year_end = Date::parse("2021-12-31").unwrap();
        for end in [year_end, date.first_day()] {
            let when = When::from_number(date.when(end).number());
            assert_eq!(when.day(), date.last_day().min(end));
            assert_eq!(when.iso(), text);
            assert_eq!(when.long(words(Language::En)), long);
        }
        assert_eq!(date.to_string(), text);
    }
    for text in [
        "2017-13",
        "20171",
        "2017-1",
        "2017-02-30",
        "soon",
        "2017-10-12-01",
        // There is no year 0, and its first day stands for what has none.
        "0000-03-01",
        "0000-05",
        "0000",
    ] {
        assert!(!PartialDate::from(text.to_owned()).is_real(), "{text}");
    }
}

proptest! {
    #[test]
    fn a_day_survives_being_written(days in 400u32..3_600_000) {
        let day = Date::from_days(days);
        prop_assert_eq!(Date::parse(&day.iso()), Some(day));
    }

    #[test]
    fn no_text_breaks_a_date(text in "\\PC{0,12}") {
        Date::parse(&text);
        PartialDate::from(text).last_day();
    }
}
