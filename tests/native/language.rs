use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::model::{Dataset, PartialDate};
use fact_explorer::dataset::numbers::count;
use fact_explorer::dataset::read::read;
use fact_explorer::dataset::wording::{
    block, direction, file, is_tag, key, live, source, table, words,
};
use fact_explorer::language::{LIVE, Language, PLACE, Plural, Word, Words, form};
use fact_explorer::site::document::{Shared, document};
use fact_explorer::site::packed;
use fact_explorer::site::page::{embed, index, plain};
use fact_explorer::site::shell::{body, said};
use proptest::prelude::*;
use scraper::{ElementRef, Html};
use toml::Value;

/// The names between braces in a text.
fn places(text: &str) -> BTreeSet<&str> {
    let pieces = text.split('{').skip(1);
    pieces.map(|it| it.split_once('}').unwrap().0).collect()
}

#[test]
fn every_language_has_exactly_the_words_and_what_is_filled_in() {
    for language in Language::ALL {
        let tag = language.tag();
        let parsed: Result<toml::Table, _> = file(language).parse();
        assert!(parsed.is_ok(), "{tag}: {:?}", parsed.err());
        let table = table(language);
        let known: BTreeSet<String> = Word::ALL.iter().map(|it| key(it.1)).collect();
        let has: BTreeSet<String> = table.keys().cloned().collect();
        assert_eq!(has, known, "{tag}");
        for (_, name, wanted) in Word::ALL {
            let wanted: BTreeSet<&str> = wanted.iter().copied().collect();
            match &table[&key(name)] {
                Value::String(text) => assert_eq!(places(text), wanted, "{tag}: {name}"),
                Value::Table(forms) => {
                    let has: BTreeSet<&str> = forms.keys().map(String::as_str).collect();
                    let needs = language.plurals().iter().map(|it| it.name());
                    assert_eq!(has, needs.collect(), "{tag}: {name}");
                    for text in forms.values() {
                        // The word for one may say the number itself.
                        let has = places(text.as_str().unwrap());
                        assert!(has.is_subset(&wanted), "{tag}: {name}");
                    }
                    let other = forms["other"].as_str().unwrap();
                    assert_eq!(places(other), wanted, "{tag}: {name}");
                }
                other => panic!("{tag}: {name}: {other}"),
            }
        }
    }
}

#[test]
fn a_word_has_forms_in_every_language_or_in_none() {
    for (_, name, _) in Word::ALL {
        let has = Language::ALL.map(|it| table(it)[&key(name)].is_table());
        assert!(has.iter().all(|it| *it == has[0]), "{name}");
    }
}

#[test]
fn what_is_packed_is_what_the_files_say() {
    for language in Language::ALL {
        let all = words(language);
        assert_eq!(all.language(), language);
        let part = Words::new(live(all, &[]).leak());
        assert_eq!(part.language(), language);
        for (at, (word, name, _)) in Word::ALL.iter().enumerate() {
            assert_eq!(*word as usize, at);
            if let Value::String(text) = &table(language)[&key(name)] {
                assert_eq!(source(all, *word), *text, "{name}");
                assert!(!all.text(*word).is_empty(), "{name}");
            }
            if at < LIVE {
                assert_eq!(part.raw(*word), all.raw(*word), "{name}");
            }
        }
        assert_eq!(Words::default().text(Word::Months), "");
    }
}

/// Samples of the plural rules of CLDR 48, as its chart gives them for whole numbers.
#[test]
fn numbers_take_the_forms_that_cldr_says() {
    use Plural::{Few, Many, One, Other, Two, Zero};
    for (language, plural, samples) in [
        (Language::En, One, &[1][..]),
        (Language::En, Other, &[0, 2, 16, 21, 100, 1000, 1_000_000]),
        (Language::Es, One, &[1]),
        (Language::Es, Many, &[1_000_000, 2_000_000, 10_000_000]),
        (
            Language::Es,
            Other,
            &[0, 2, 16, 21, 100, 1000, 100_000, 1_000_001],
        ),
        (Language::Ar, Zero, &[0]),
        (Language::Ar, One, &[1]),
        (Language::Ar, Two, &[2]),
        (Language::Ar, Few, &[3, 4, 10, 103, 110, 1003]),
        (Language::Ar, Many, &[11, 26, 99, 111, 1011, 258]),
        (
            Language::Ar,
            Other,
            &[100, 101, 102, 200, 302, 1000, 10_000, 1_000_000],
        ),
    ] {
        for n in samples {
            assert_eq!(language.plural(*n), plural, "{} {n}", language.tag());
            assert!(language.plurals().contains(&plural));
        }
    }
}

#[test]
fn a_form_that_is_missing_is_taken_from_the_last() {
    let text = "\u{2}one\u{4}few\u{6}other";
    let forms = Plural::ALL.map(|it| form(text, it));
    assert_eq!(forms, ["other", "one", "other", "few", "other", "other"]);
    assert_eq!(form("plain", Plural::Two), "plain");
    assert_eq!(form("", Plural::Two), "");
    let n_events =
        |language, n: usize| words(language).counted(Word::NEvents, n, &[&n.to_string()]);
    assert_eq!(n_events(Language::En, 1), "1 event");
    assert_eq!(n_events(Language::En, 7), "7 events");
    assert_eq!(n_events(Language::Es, 1), "1 hecho");
    assert_eq!(n_events(Language::Es, 2), "2 hechos");
    assert_eq!(n_events(Language::Ar, 2), "حدثان");
    assert_eq!(n_events(Language::Ar, 7), "7 أحداث");
    assert_eq!(n_events(Language::Ar, 12), "12 حدثًا");
    assert_eq!(n_events(Language::Ar, 100), "100 حدث");
}

#[test]
fn dates_and_numbers_are_as_a_language_writes_them() {
    let day = Date::parse("2017-10-12").unwrap();
    let month = PartialDate::from("2017-10".to_owned());
    for (language, long, year_first, of_month, number) in [
        (
            Language::En,
            "October 12, 2017",
            "2017, October 12",
            "October 2017",
            "12,345",
        ),
        (
            Language::Es,
            "12 de octubre de 2017",
            "2017, 12 de octubre",
            "octubre de 2017",
            "12.345",
        ),
        (
            Language::Ar,
            "12 أكتوبر 2017",
            "2017، 12 أكتوبر",
            "أكتوبر 2017",
            "12,345",
        ),
    ] {
        let words = words(language);
        assert_eq!(day.long(words), long);
        assert_eq!(day.year_first(words), year_first);
        assert_eq!(month.long(words), of_month);
        assert_eq!(count(words, 12_345), number);
        assert_eq!(count(words, 2017), "2017");
        let months: BTreeSet<&str> = (1..=12).map(|it| words.month(it)).collect();
        assert_eq!(months.len(), 12);
        assert!(!months.contains(""));
        assert_eq!([words.month(0), words.month(13)], [""; 2]);
    }
}

#[test]
fn tags_are_told_from_other_texts_and_give_language_and_direction() {
    for (tag, language, dir) in [
        ("en", Some(Language::En), "ltr"),
        ("en-US", Some(Language::En), "ltr"),
        ("es-419", Some(Language::Es), "ltr"),
        ("ar", Some(Language::Ar), "rtl"),
        ("AR-eg", Some(Language::Ar), "rtl"),
        ("he", None, "rtl"),
        ("fr-CA", None, "ltr"),
        ("az-Arab-IR", None, "rtl"),
        ("ar-Latn", Some(Language::Ar), "ltr"),
        ("zh-Hant-TW", None, "ltr"),
        // What follows a single letter is no script.
        ("ar-u-nu-latn", Some(Language::Ar), "rtl"),
        ("en-t-arab", Some(Language::En), "ltr"),
    ] {
        assert!(is_tag(tag), "{tag}");
        assert_eq!(Language::of(tag), language, "{tag}");
        assert_eq!(direction(tag), dir, "{tag}");
    }
    for text in [
        "",
        "e",
        "English",
        "English (US)",
        "en_US",
        "en-",
        "-en",
        "en--US",
        "español",
        "123",
    ] {
        assert!(!is_tag(text), "{text}");
    }
}

#[test]
fn scripts_say_what_the_language_says_and_nothing_else() {
    let scripts = [
        "src/site/offline.js",
        "src/site/record.js",
        "src/site/watch.js",
        "embed/settings.js",
        "embed/this.js",
    ];
    let mut n = 0;
    for path in scripts {
        let script = fs::read_to_string(path).unwrap();
        let pieces: Vec<&str> = script.split('%').collect();
        for (_, name, _) in Word::ALL {
            let key = key(name);
            if pieces.contains(&key.as_str()) {
                n += 1;
                for language in Language::ALL {
                    let text = source(words(language), *word_of(name));
                    assert!(!text.contains(['"', '\'', '`', '\\', '%', '\n']), "{text}");
                }
            }
        }
        let spanish = said(&script, words(Language::Es));
        assert!(!spanish.contains("%copy%") && !spanish.contains("%use-it%"));
        // A sign of its own stays, as in a selector or a remainder.
        assert_eq!(said("a % b; 100% c", words(Language::Es)), "a % b; 100% c");
    }
    assert!(n > 40, "{n} words");
    assert_eq!(
        said("say(\"%copy%\")", words(Language::Es)),
        "say(\"Copiar\")"
    );
}

fn word_of(name: &str) -> &'static Word {
    &Word::ALL.iter().find(|it| it.1 == name).unwrap().0
}

/// Words with marks around whatever they say themselves.
fn marked() -> Words {
    let english = words(Language::En);
    let is_control = |it: char| it < ' ';
    let mark = |text: &str| -> String {
        let mut marked = String::new();
        for piece in text.split_inclusive(is_control) {
            let own = piece.trim_end_matches(is_control);
            if !own.is_empty() {
                marked.extend(["⟦", own, "⟧"]);
            }
            marked.push_str(&piece[own.len()..]);
        }
        marked
    };
    let texts = Word::ALL.iter().map(|(word, ..)| {
        let text = english.raw(*word);
        if *word == Word::Months {
            let months: Vec<String> = text.split('|').map(mark).collect();
            months.join("|")
        } else {
            mark(text)
        }
    });
    Words::new(block(Language::Es, &texts.collect::<Vec<_>>()).leak())
}

/// What a page says that is neither a word of the interface nor marked as the dataset's own.
fn unmarked(html: &Html) -> BTreeSet<String> {
    // Names, not words.
    let names = ["APA", "Chicago (CMOS)", "BibTeX", "RIS", "CSV", "JSON", "#"];
    let is_own = |it: ElementRef| it.attr("lang") == Some("en");
    let is_told = |text: &str| {
        let text = text.trim();
        text.contains(['⟦', '⟧']) || names.contains(&text) || !text.chars().any(char::is_alphabetic)
    };
    let mut found = BTreeSet::new();
    for element in html.tree.nodes().filter_map(ElementRef::wrap) {
        let ancestors = || element.ancestors().filter_map(ElementRef::wrap);
        let around = || std::iter::once(element).chain(ancestors());
        let is_unseen = |it: ElementRef| {
            // Citations are for programs, and addresses are addresses.
            ["script", "style", "title", "head", "noscript", "pre"].contains(&it.value().name())
                || it.attr("data-address").is_some()
        };
        if around().any(is_own) || around().any(is_unseen) {
            continue;
        }
        for name in ["aria-label", "placeholder", "title"] {
            let said = element.attr(name).filter(|it| !is_told(it));
            found.extend(said.map(|it| format!("{name}: {it}")));
        }
        for text in element.children().filter_map(|it| it.value().as_text()) {
            if !is_told(text) {
                found.insert(format!("{}: {}", element.value().name(), text.trim()));
            }
        }
    }
    found
}

fn section_1373() -> Dataset {
    let mut dataset = read(Path::new("data/section-1373")).unwrap();
    dataset.interface = Some(marked());
    dataset
}

#[test]
fn pages_say_what_the_language_says_or_mark_it_as_the_datasets_own() {
    let dataset = section_1373();
    assert_eq!(dataset.page_language(), "es");
    let pack = packed(&dataset).unwrap();
    let none = BTreeSet::new();
    let shared = Shared {
        language: dataset.page_language().to_owned(),
        ..Shared::default()
    };
    let mut all = BTreeSet::new();
    for (head, text) in plain(&dataset, pack, &shared) {
        let page = Html::parse_document(&document(&head, &text, true));
        let found = unmarked(&page).into_iter();
        all.extend(found.map(|it| format!("{}: {it}", head.path)));
        assert_eq!(page.root_element().attr("lang"), Some("es"));
    }
    assert_eq!(all, none);
    let page = index(&dataset, pack);
    let page = body(&page, dataset.words(), "", Some(""));
    let page = Html::parse_document(&page);
    assert_eq!(unmarked(&page), none, "index.html");
    let parts = embed(&dataset, pack);
    let page = [parts.head, parts.explorer, parts.foot].concat();
    assert_eq!(unmarked(&Html::parse_document(&page)), none, "embed.html");
}

#[test]
fn a_page_in_the_language_of_its_dataset_marks_nothing() {
    let dataset = read(Path::new("data/section-1373")).unwrap();
    let pack = packed(&dataset).unwrap();
    assert_eq!((pack.lang(), pack.dir()), (None, None));
    let page = index(&dataset, pack);
    let page = body(&page, dataset.words(), "", Some(""));
    assert!(!page.contains(" lang=") && !page.contains(" dir="));
    for (head, text) in plain(&dataset, pack, &Shared::default()) {
        assert!(
            !text.contains(" lang=") && !text.contains(" dir="),
            "{}",
            head.path
        );
    }
}

proptest! {
    /// Whatever a block says of itself, it is read without a fault.
    #[test]
    fn any_bytes_are_read_as_words(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let words = Words::new(bytes.leak());
        for (word, ..) in Word::ALL.iter().take(LIVE) {
            let filled = words.fill(*word, &["a", "b"]);
            prop_assert!(filled.len() <= 800);
            _ = words.counted(*word, 11, &[]);
        }
        _ = Date::from_days(1).long(words);
    }

    /// A block with a bit turned is still read without a fault.
    #[test]
    fn a_bit_may_turn_in_a_block(at in 0_usize..6000, bit in 0_u8..8) {
        let mut bytes = live(words(Language::Ar), &[]);
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        let words = Words::new(bytes.leak());
        for (word, ..) in Word::ALL.iter().take(LIVE) {
            _ = words.counted(*word, 3, &["a", "b", "c"]);
        }
    }

    /// What is filled in stands where it belongs, whatever it is.
    #[test]
    fn what_is_filled_in_stands_as_it_is(a in "\\PC{0,20}", b in "\\PC{0,20}") {
        let filled = words(Language::En).fill(Word::AllNouns, &[&a, &b]);
        prop_assert_eq!(filled, format!("All {a} {b}"));
    }
}

#[test]
fn places_are_no_letters() {
    assert!(PLACE > Plural::Other as u8 && PLACE + 8 < b' ');
}
