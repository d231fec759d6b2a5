use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::wording::words;
use fact_explorer::export::cite::{Style, Work, cite, plain_address};
use fact_explorer::language::Language;
use proptest::prelude::*;

const PUBLISHER: &str = "Fact Explorer";

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn page() -> Work<'static> {
    Work {
        publisher: PUBLISHER,
        title: "Who did the Justice Department warn?",
        part: "",
        as_of: day("2017-10-12"),
        updated: Some(day("2026-11-24")),
        address: "https://example.org/facts/index.html#as-of=2017-10-12",
        key: "section-1373",
        words: words(Language::En),
    }
}

fn fact() -> Work<'static> {
    Work {
        part: "Philadelphia: “Letter” & 100%",
        as_of: day("2017-10-11"),
        address: "https://example.org/facts/subject/philadelphia-pa.html#philadelphia-pa-07",
        key: "section-1373-philadelphia-pa-07",
        ..page()
    }
}

#[test]
fn apa() {
    assert_eq!(
        cite(&page(), Style::Apa),
        "Fact Explorer. (2026, November 24). Who did the Justice Department warn? \
         (as of October 12, 2017) [Data set]. https://example.org/facts/index.html#as-of=2017-10-12"
    );
    assert_eq!(
        cite(&fact(), Style::Apa),
        "Fact Explorer. (2026, November 24). Philadelphia: “Letter” & 100% (as of October 11, 2017). \
         In Who did the Justice Department warn? [Data set]. \
         https://example.org/facts/subject/philadelphia-pa.html#philadelphia-pa-07"
    );
}

#[test]
fn without_a_publisher_the_title_comes_first() {
    let page = Work {
        publisher: "",
        ..page()
    };
    let fact = Work {
        publisher: "",
        ..fact()
    };
    assert_eq!(
        cite(&page, Style::Apa),
        "Who did the Justice Department warn? (as of October 12, 2017) [Data set]. \
         (2026, November 24). https://example.org/facts/index.html#as-of=2017-10-12"
    );
    assert_eq!(
        cite(&fact, Style::Apa),
        "Philadelphia: “Letter” & 100% (as of October 11, 2017). (2026, November 24). \
         In Who did the Justice Department warn? [Data set]. \
         https://example.org/facts/subject/philadelphia-pa.html#philadelphia-pa-07"
    );
    assert!(
        cite(&page, Style::Chicago).starts_with("“Who did the Justice Department warn?” As of")
    );
    assert!(cite(&page, Style::Bibtex).starts_with("@misc{section-1373,\n  title = {{Who"));
    let ris = cite(&page, Style::Ris);
    assert!(!ris.contains("AU  -") && !ris.contains("PB  -"), "{ris}");
}

#[test]
fn chicago() {
    assert_eq!(
        cite(&page(), Style::Chicago),
        "Fact Explorer. “Who did the Justice Department warn?” As of October 12, 2017. \
         Last modified November 24, 2026. https://example.org/facts/index.html#as-of=2017-10-12."
    );
    assert_eq!(
        cite(&fact(), Style::Chicago),
        "Fact Explorer. “Philadelphia: ‘Letter’ & 100%.” Who did the Justice Department warn? \
         As of October 11, 2017. Last modified November 24, 2026. \
         https://example.org/facts/subject/philadelphia-pa.html#philadelphia-pa-07."
    );
}

#[test]
fn bibtex() {
    assert_eq!(
        cite(&fact(), Style::Bibtex),
        "@misc{section-1373-philadelphia-pa-07,\n  \
         author = {{Fact Explorer}},\n  \
         title = {{Philadelphia: “Letter” \\& 100\\%: Who did the Justice Department warn?}},\n  \
         year = {2026},\n  \
         month = nov,\n  \
         url = {https://example.org/facts/subject/philadelphia-pa.html#philadelphia-pa-07},\n  \
         note = {As of October 11, 2017; last modified November 24, 2026}\n}\n"
    );
    let odd = Work {
        title: r"a & b % c $ d # e _ f { g } h ~ i ^ j \ k",
        ..page()
    };
    assert!(cite(&odd, Style::Bibtex).contains(
        r"{{a \& b \% c \$ d \# e \_ f \textbraceleft{} g \textbraceright{} h \textasciitilde{} i \textasciicircum{} j \textbackslash{} k}}"
    ));
    for (month, name) in [("01", "jan"), ("05", "may"), ("12", "dec")] {
        let updated = Some(day(&format!("2026-{month}-03")));
        let text = cite(&Work { updated, ..page() }, Style::Bibtex);
        assert!(text.contains(&format!("\n  month = {name},\n")), "{text}");
    }
}

#[test]
fn ris() {
    assert_eq!(
        cite(&page(), Style::Ris),
        "TY  - DATA\r\n\
         ID  - section-1373\r\n\
         AU  - Fact Explorer\r\n\
         TI  - Who did the Justice Department warn?\r\n\
         PB  - Fact Explorer\r\n\
         PY  - 2026\r\n\
         DA  - 2026/11/24\r\n\
         N1  - As of October 12, 2017\r\n\
         UR  - https://example.org/facts/index.html#as-of=2017-10-12\r\n\
         ER  - \r\n"
    );
    let text = cite(&fact(), Style::Ris);
    assert!(text.contains(
        "\r\nTI  - Philadelphia: “Letter” & 100%\r\nT2  - Who did the Justice Department warn?\r\n"
    ));
}

#[test]
fn what_is_not_known_is_left_out() {
    let bare = Work {
        updated: None,
        address: "",
        key: "",
        ..page()
    };
    assert_eq!(
        Style::ALL.map(|it| cite(&bare, it)),
        [
            "Fact Explorer. (n.d.). Who did the Justice Department warn? (as of October 12, 2017) \
             [Data set].",
            "Fact Explorer. “Who did the Justice Department warn?” As of October 12, 2017.",
            "@misc{facts,\n  author = {{Fact Explorer}},\n  \
             title = {{Who did the Justice Department warn?}},\n  \
             note = {As of October 12, 2017}\n}\n",
            "TY  - DATA\r\nAU  - Fact Explorer\r\nTI  - Who did the Justice Department warn?\r\n\
             PB  - Fact Explorer\r\nN1  - As of October 12, 2017\r\nER  - \r\n",
        ]
    );
}

#[test]
fn sentences_end_once() {
    let work = Work {
        title: "All facts.",
        part: "It was sent.",
        ..page()
    };
    assert!(
        cite(&work, Style::Apa)
            .contains(" It was sent (as of October 12, 2017). In All facts [Data set].")
    );
    assert!(cite(&work, Style::Chicago).contains("“It was sent.” All facts. As of "));
    // An abbreviation keeps its own.
    let work = Work {
        title: "All of D.C.",
        part: "Washington, D.C.",
        ..page()
    };
    let apa = cite(&work, Style::Apa);
    let end = " Washington, D.C. (as of October 12, 2017). In All of D.C. [Data set].";
    assert!(apa.contains(end), "{apa}");
    let undated = Work {
        as_of: Date::default(),
        ..work
    };
    let apa = cite(&undated, Style::Apa);
    assert!(
        apa.contains(" Washington, D.C. In All of D.C. [Data set]."),
        "{apa}"
    );
}

#[test]
fn styles_have_each_their_own_name() {
    assert_eq!(
        Style::ALL.map(Style::id),
        ["apa", "chicago", "bibtex", "ris"]
    );
    assert_eq!(
        Style::ALL.map(Style::label),
        ["APA", "Chicago (CMOS)", "BibTeX", "RIS"]
    );
}

/// Any text, often one with what a form gives a meaning of its own.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-c{}\\\\%&#_~^$@\",\r\n\t\u{85}\u{2028} -]{0,24}"
    ]
}

proptest! {
    #[test]
    fn no_text_breaks_the_form_of_a_citation(
        title in any_text(), part in any_text(), address in any_text(), key in any_text(),
        days in 0_u32..3_600_000, is_known in any::<bool>(),
    ) {
        let as_of = Date::from_days(days);
        let work = Work {
            publisher: PUBLISHER, title: &title, part: &part, as_of,
            updated: is_known.then_some(as_of), address: &address, key: &key,
            words: words(Language::En),
        };
        for style in Style::ALL {
            let text = cite(&work, style);
            let breaks = |it: &str| it.chars().any(|it| it.is_control() || matches!(it, '\u{2028}' | '\u{2029}'));
            let lines: Vec<&str> = match style {
                Style::Ris => text.split("\r\n").collect(),
                _ => text.split('\n').collect(),
            };
            prop_assert!(!lines.iter().any(|it| breaks(it)), "{text:?}");
            prop_assert!(text.contains(&plain_address(&address)));
            match style {
                Style::Apa | Style::Chicago => prop_assert_eq!(lines.len(), 1),
                Style::Ris => {
                    let (last, records) = lines.split_last().unwrap();
                    prop_assert_eq!(*last, "");
                    for line in records {
                        let bytes = line.as_bytes();
                        prop_assert!(line.get(2..6) == Some("  - ") && bytes[0].is_ascii_uppercase()
                            && (bytes[1].is_ascii_uppercase() || bytes[1].is_ascii_digit()), "{line:?}");
                    }
                    prop_assert_eq!((records[0], records[records.len() - 1]), ("TY  - DATA", "ER  - "));
                    prop_assert_eq!(records.iter().filter(|it| it.starts_with("TY") || it.starts_with("ER")).count(), 2);
                }
                Style::Bibtex => {
                    // Every brace counts to BibTeX, and only the last one closes the entry.
                    let mut depth = 0;
                    for (at, letter) in text.char_indices() {
                        match letter { '{' => depth += 1, '}' => depth -= 1, _ => {} }
                        prop_assert!(depth > 0 || at < 6 || at >= text.len() - 2, "{text:?}");
                    }
                    prop_assert_eq!(depth, 0);
                    let is_entry = text.starts_with("@misc{") && text.ends_with("\n}\n");
                    prop_assert!(is_entry, "{text:?}");
                    let fields = lines.len() - 3;
                    let expected = 3 + usize::from(!address.is_empty()) + 2 * usize::from(is_known);
                    prop_assert_eq!(fields, expected);
                }
            }
        }
    }
}
