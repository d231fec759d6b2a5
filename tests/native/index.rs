use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use fact_explorer::dataset::bits::Bits;
use fact_explorer::dataset::index::Index;
use fact_explorer::dataset::indexing::{Folding, Sections, index};
use fact_explorer::dataset::pack::Pack;
use fact_explorer::dataset::packing::pack;
use fact_explorer::dataset::read::read;
use fact_explorer::dataset::words::{Folds, words as page_words};
use fact_explorer::query::search::{FORGIVING, Found, Plan, find};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::weight::compressed;
use crate::words::{any_text, naive_slip};

/// A row's name and its other text.
type Row = (String, String);

fn indexed(rows: &[Row]) -> Index<'static> {
    let texts = rows
        .iter()
        .map(|it| (vec![it.0.as_str()], vec![it.1.clone()]));
    opened(index(texts))
}

fn opened(sections: Sections) -> Index<'static> {
    Index {
        blocks: sections.blocks.leak(),
        words: sections.words.leak(),
        postings: sections.postings.leak(),
        folds: sections.folds.leak(),
    }
}

/// The rows that a search finds and their ranks, by reading every text anew. What was typed is read as
/// a page does that has these folds.
fn naive(rows: &[Row], folds: Folds, text: &str) -> BTreeMap<usize, usize> {
    let folding = Folding::default();
    let words = |it: &str| folding.words(it);
    let rows: Vec<(Vec<String>, Vec<String>)> =
        rows.iter().map(|it| (words(&it.0), words(&it.1))).collect();
    let typed = page_words(text, folds).into_iter();
    let typed = typed.filter(|it| !it.is_rest).map(|it| it.folded);
    let mut found: BTreeMap<usize, usize> = (0..rows.len()).map(|it| (it, 0)).collect();
    for typed in typed {
        let begins = |it: &String| it.starts_with(&typed);
        let forgive = typed.chars().count() >= FORGIVING
            && !rows.iter().any(|it| it.0.iter().chain(&it.1).any(begins));
        let matches = |it: &String| begins(it) || (forgive && naive_slip(it, &typed));
        for (row, (name, other)) in rows.iter().enumerate() {
            if name.contains(&typed) {
            } else if name.iter().any(matches) {
                found.entry(row).and_modify(|it| *it += 1);
            } else if other.iter().any(matches) {
                found.entry(row).and_modify(|it| *it += 2);
            } else {
                found.remove(&row);
            }
        }
    }
    found
}

/// The rows that a search found and their ranks.
fn ranked(found: &Found, n_rows: usize) -> BTreeMap<usize, usize> {
    (0..n_rows)
        .filter(|it| found.hits.has(*it))
        .map(|it| (it, found.rank(it)))
        .collect()
}

/// Few words that resemble each other, so that searches find some, and slips others.
fn any_words(n: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[ab]{1,3}",
        "polic[ey]",
        "p[oi]lices?",
        "(Straße|strasse|STRASSEN|stressed)",
        "(Αθήνα|αθηνα|ΑΘΗΝΑΙ)",
        "(東京都|京都|東|한국|하나)",
        any_text(1..5),
    ];
    prop::collection::vec(word, n).prop_map(|it| it.join(" "))
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((any_words(0..4), any_words(0..8)), 0..30)
}

proptest! {
    /// The index finds what reading every text anew finds, as well.
    #[test]
    fn the_index_finds_what_the_texts_have(rows in any_rows(), text in any_words(0..4)) {
        let index = indexed(&rows);
        let found = find(index, rows.len(), &text);
        prop_assert_eq!(ranked(&found, rows.len()), naive(&rows, index.folds(), &text));
        let sum: usize = found.ranks.iter().map(Bits::count).sum();
        prop_assert!(found.search.is_empty() || sum == found.hits.count());
        // What a card has is what a search finds it for.
        for (row, (name, other)) in rows.iter().enumerate() {
            let is_in = found.search.is_in([name.as_str(), other.as_str()].into_iter());
            prop_assert_eq!(is_in, found.hits.has(row), "row {}", row);
        }
    }

    /// The ranges that a search tells of are all that it reads.
    #[test]
    fn a_search_reads_only_what_it_says(rows in any_rows(), text in any_words(0..3)) {
        let index = indexed(&rows);
        let plan = Plan::new(index, &text);
        let ranges = plan.ranges();
        let within = plan.find(rows.len(), |it| {
            let is_told = ranges.iter().any(|all| all.start <= it.start && it.end <= all.end);
            is_told.then(|| &index.postings[it])
        });
        prop_assert_eq!(within, find(index, rows.len(), &text));
    }

    /// Marks are in order and apart, on the borders of letters with all that joins them, wherever
    /// something is found, and the same whether a text is composed or decomposed.
    #[test]
    fn marks_are_letters_of_the_text(text in prop_oneof![any_text(0..14), any_words(0..5)], typed in any_words(0..3)) {
        let row = (text.clone(), format!("{text} {typed}"));
        let search = find(indexed(&[row]), 1, &typed).search;
        let pieces = |text: &str| -> Vec<String> {
            let marks = search.marks(text);
            marks.iter().map(|it| text[it.0..it.1].nfc().collect()).collect()
        };
        let mut last = None;
        for (start, end) in search.marks(&text) {
            prop_assert!(start < end && last.is_none_or(|it| it < start));
            let joins = |it: char| is_combining_mark(it) || ('\u{1160}'..='\u{11ff}').contains(&it);
            prop_assert!(!text[end..].starts_with(joins), "{:?} after {:?}", text, &text[..end]);
            last = Some(end);
        }
        if !search.is_empty() && search.is_in([text.as_str()].into_iter()) {
            prop_assert!(last.is_some());
        }
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(pieces(&composed), pieces(&decomposed));
    }

    /// Whatever the bytes, a search of them ends, and finds only rows that there are.
    #[test]
    fn any_bytes_are_no_worse_than_an_index_of_less(
        rows in any_rows(),
        text in any_words(1..3),
        garbled in prop::collection::vec((0..4usize, any::<prop::sample::Index>(), any::<u8>()), 0..12),
        short in (0..4usize, any::<prop::sample::Index>()),
    ) {
        let whole = indexed(&rows);
        let mut sections = [whole.blocks, whole.words, whole.postings, whole.folds].map(<[u8]>::to_vec);
        for (section, at, byte) in garbled {
            let section = &mut sections[section];
            if !section.is_empty() {
                let at = at.index(section.len());
                section[at] = byte;
            }
        }
        let section = &mut sections[short.0];
        section.truncate(short.1.index(section.len() + 1));
        let [blocks, words, postings, folds] = sections;
        let index = opened(Sections { blocks, words, postings, folds });
        let found = find(index, rows.len(), &text);
        for row in found.hits.iter() {
            prop_assert!(row < rows.len());
        }
        found.search.marks(&rows.iter().map(|it| it.1.as_str()).collect::<String>());
    }

    #[test]
    fn bytes_that_are_no_index_find_nothing_wrong(
        sections in prop::array::uniform4(prop::collection::vec(any::<u8>(), 0..80)),
        text in "[a-c]{1,7}",
    ) {
        let [blocks, words, postings, folds] = sections;
        let index = opened(Sections { blocks, words, postings, folds });
        let found = find(index, 9, &text);
        prop_assert!(found.hits.iter().all(|it| it < 9));
    }
}

/// A word in most rows is a bit a row; the others are gaps. Both are read alike.
#[test]
fn common_and_rare_words_are_found_alike() {
    let rows: Vec<Row> = (0..1000)
        .map(|row| {
            let name = if row % 3 == 0 { "common" } else { "other" };
            let text = match row {
                0 | 500 | 999 => "rare common",
                _ if row % 2 == 0 => "common",
                _ => "",
            };
            (name.to_owned(), text.to_owned())
        })
        .collect();
    let index = indexed(&rows);
    for text in [
        "common",
        "rare",
        "r",
        "comon",
        "rare common",
        "common other",
    ] {
        let found = find(index, rows.len(), text);
        assert_eq!(
            ranked(&found, rows.len()),
            naive(&rows, index.folds(), text),
            "{text}"
        );
    }
}

/// Rows in words that are as common as words of a language are: a few are everywhere, and most are
/// rare. 40 words of 6000, eight of them in the name.
fn zipf(n_rows: usize) -> (Vec<Row>, Vec<String>) {
    const SYLLABLES: [&str; 30] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu",
        "va", "we", "xi", "yo", "zu", "bra", "cle", "dri", "flo", "gru", "sta", "tre", "pli",
        "sco", "spu",
    ];
    // Marsaglia's xorshift: the same rows at every run.
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (usize::try_from(state >> 33).unwrap() * below) >> 31
    };
    let mut words: Vec<String> = Vec::new();
    let mut known = std::collections::HashSet::new();
    while words.len() < 6000 {
        let n = 1 + random(5);
        let word: String = (0..n).map(|_| SYLLABLES[random(30)]).collect();
        if known.insert(word.clone()) {
            words.push(word);
        }
    }
    // Each word as often as 1 to its place and ten.
    let mut ends: Vec<usize> = Vec::new();
    for place in 0..words.len() {
        ends.push(ends.last().unwrap_or(&0) + 10_000_000 / (place + 10));
    }
    let mut text = |n: usize| {
        let words: Vec<&str> = (0..n)
            .map(|_| {
                let at = random(*ends.last().unwrap());
                words[ends.partition_point(|it| *it <= at)].as_str()
            })
            .collect();
        words.join(" ")
    };
    let rows = (0..n_rows).map(|_| (text(8), text(32))).collect();
    (rows, words)
}

/// No lists of rows of words at random can be much smaller, compressed: these are within a few
/// percent of what tells each from all others of as many rows.
#[test]
fn rows_take_little_more_than_the_least_that_tells_them() {
    let n_rows = 5000;
    let (rows, _) = zipf(n_rows);
    let index = indexed(&rows);
    let bytes = compressed(index.postings);
    let mut counts: BTreeMap<(bool, &str), u32> = BTreeMap::new();
    for (name, other) in &rows {
        let name: std::collections::BTreeSet<&str> = name.split(' ').collect();
        let other: std::collections::BTreeSet<&str> = other.split(' ').collect();
        for word in &name {
            *counts.entry((true, word)).or_default() += 1;
        }
        for word in other.difference(&name) {
            *counts.entry((false, word)).or_default() += 1;
        }
    }
    let n = f64::from(u32::try_from(n_rows).unwrap());
    let bits: f64 = counts
        .values()
        .map(|it| f64::from(*it) / n)
        .map(|p| -n * (p * p.log2() + (1.0 - p) * (1.0 - p).log2()))
        .sum();
    println!("{bytes} bytes, of {:.0} at least", bits / 8.0);
    assert!(f64::from(u32::try_from(bytes).unwrap()) < 1.06 * bits / 8.0);
}

/// What a page reads to search a dataset, beside the dataset's own files. The airports, which are
/// little but names and codes, each in a row or two, are no dataset for it: their index is as large as
/// they are.
#[test]
fn an_index_is_a_third_of_its_data_at_most() {
    for folder in ["data/section-1373", "data/examples/earthquakes"] {
        let dataset = read(Path::new(folder)).unwrap();
        let mut data = Vec::new();
        for folder in [folder.to_owned(), format!("{folder}/subjects")] {
            for file in fs::read_dir(folder).into_iter().flatten() {
                data.extend(fs::read(file.unwrap().path()).unwrap_or_default());
            }
        }
        let data = compressed(&data);
        let index = Pack::open(pack(&dataset).leak()).unwrap().index();
        let index = [index.blocks, index.words, index.postings, index.folds].concat();
        let index = compressed(&index);
        assert!(
            index * 100 <= data * 35,
            "{folder}: {index} of {data} bytes"
        );
    }
}

/// Times searches of 100 000 rows: `cargo test --release --features site --test native measured --
/// --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn searches_measured() {
    let n_rows = 100_000;
    let (rows, words) = zipf(n_rows);
    let start = Instant::now();
    let index = indexed(&rows);
    println!("{n_rows} rows indexed in {:?}", start.elapsed());
    // Words as often as they are in the texts.
    let typed: Vec<&str> = rows
        .iter()
        .step_by(500)
        .filter_map(|it| it.1.split(' ').next())
        .collect();
    let upto = |n: usize| move |it: &&str| it.chars().take(n).collect::<String>();
    let long = || words.iter().step_by(29).filter(|it| it.len() > 5);
    let swapped = |it: &String| {
        let mut letters: Vec<char> = it.chars().collect();
        letters.swap(2, 3);
        letters.into_iter().collect::<String>()
    };
    let pairs = typed.iter().zip(typed.iter().skip(1));
    for (what, texts) in [
        (
            "a word",
            typed.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>(),
        ),
        ("three letters", typed.iter().map(upto(3)).collect()),
        ("two letters", typed.iter().map(upto(2)).collect()),
        ("one letter", typed.iter().map(upto(1)).collect()),
        (
            "two words",
            pairs.map(|it| format!("{} {}", it.0, it.1)).collect(),
        ),
        ("a slip", long().map(swapped).collect()),
    ] {
        let mut n_hits = 0;
        let mut times: Vec<f64> = texts
            .iter()
            .map(|text| {
                let start = Instant::now();
                let found = find(index, n_rows, text);
                let took = start.elapsed().as_secs_f64() * 1e3;
                n_hits += found.hits.count();
                took
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
        println!(
            "{what}: median {median:.3} ms, at most {most:.3} ms, {} rows",
            n_hits / texts.len()
        );
    }
}
