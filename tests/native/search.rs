use fact_explorer::dataset::pack::Pack;
use fact_explorer::dataset::packing::{by_name, searched};
use fact_explorer::dataset::words::{begins_within_one_slip, words};
use fact_explorer::query::search::{FORGIVING, find};
use proptest::prelude::*;

use crate::random::any_dataset;

/// The names of what a search of the shipped dataset finds.
fn found(text: &str) -> Vec<&'static str> {
    let pack = Pack::embedded();
    let hits = find(pack, text).hits;
    pack.subjects()
        .filter(|it| hits.has(it.row()))
        .map(fact_explorer::dataset::pack::Subject::name)
        .collect()
}

/// The marked pieces of a text.
fn marked<'a>(search: &str, text: &'a str) -> Vec<&'a str> {
    let search = find(Pack::embedded(), search).search;
    search
        .marks(text)
        .into_iter()
        .map(|(start, end)| &text[start..end])
        .collect()
}

#[test]
fn words_match_from_their_beginning() {
    assert_eq!(found("philad"), ["Philadelphia"]);
    assert_eq!(found("delphia"), [""; 0]);
    assert_eq!(found("").len(), 40);
    assert_eq!(found(" – “” ").len(), 40);
}

#[test]
fn every_word_must_match() {
    assert_eq!(found("emanuel siskel"), ["Chicago"]);
    assert_eq!(found("emanuel atlantis"), [""; 0]);
}

#[test]
fn case_accents_and_typographic_quotes_do_not_matter() {
    for text in ["o'neill", "O’NEILL", "ó neíll", "o‘neill"] {
        assert_eq!(found(text), ["New York City"], "{text}");
    }
}

#[test]
fn one_slip_is_forgiven_in_words_of_five_letters_or_more() {
    for text in ["chicgo", "chicagoo", "chivago", "chciago", "hicago"] {
        assert!(found(text).contains(&"Chicago"), "{text}");
    }
    assert_eq!(found("chcgo"), [""; 0], "two slips");
    assert_eq!(found("coik"), [""; 0], "four letters");
    // Where the word as typed is there, what merely resembles it stays away.
    assert!(found("police").len() < found("polic").len());
}

#[test]
fn marks_show_what_matched_in_the_letters_of_the_page() {
    assert_eq!(
        marked("chic", "Chicago’s CHICAGO, michicago"),
        ["Chic", "CHIC"]
    );
    assert_eq!(marked("chicgo", "Chicago’s"), ["Chicago’s"]);
    assert_eq!(marked("o'neill", "Commissioner O’Neill’s"), ["O", "Neill"]);
    assert_eq!(marked("", "Chicago"), [""; 0]);
    // Folding may lengthen a letter; the mark ends where the letter does.
    let strasse = find(Pack::embedded(), "strass").search.marks("Straße");
    assert_eq!(strasse, [(0, "Straß".len())]);
}

#[test]
fn an_s_after_an_apostrophe_belongs_to_its_word() {
    let folded =
        |text: &str| -> Vec<String> { words(text).into_iter().map(|it| it.folded).collect() };
    assert_eq!(
        folded("the mayor’s O'Neill"),
        ["the", "mayors", "o", "neill"]
    );
    assert_eq!(folded("cities’ 's' o'n"), ["cities", "s", "o", "n"]);
    assert_eq!(marked("mayor's", "Mayor’s Office"), ["Mayor’s"]);
    // Nothing is marked for a letter that isn't a word.
    assert_eq!(marked("s", "Mayor’s Office"), [""; 0]);
}

/// Capitals are folded as the standard library folds them, in the scripts that the page knows.
#[test]
fn capitals_are_folded_in_latin_greek_cyrillic_and_armenian() {
    for letter in ('\u{41}'..='\u{24f}')
        .chain('\u{370}'..='\u{556}')
        .chain('\u{1e00}'..='\u{1eff}')
        .chain('\u{ff21}'..='\u{ff5a}')
    {
        let small: String = letter.to_lowercase().collect();
        let fold = |text: &str| {
            words(text)
                .into_iter()
                .map(|it| it.folded)
                .collect::<String>()
        };
        // Rare ones: letters of phonetic or historical alphabets, and titlecase pairs.
        let rare = ('\u{180}'..='\u{1cc}').contains(&letter) || "\u{1f1}\u{1f2}\u{1f6}\u{1f7}\u{220}\u{23a}\u{23b}\u{23d}\u{23e}\u{241}\u{243}\u{244}\u{245}\u{370}\u{372}\u{376}\u{37f}\u{3cf}\u{3d8}\u{3da}\u{3dc}\u{3de}\u{3e0}\u{3e2}\u{3e4}\u{3e6}\u{3e8}\u{3ea}\u{3ec}\u{3ee}\u{3f4}\u{3f7}\u{3f9}\u{3fa}\u{3fd}\u{3fe}\u{3ff}\u{1e9e}".contains(letter);
        if !rare {
            assert_eq!(
                fold(&letter.to_string()),
                fold(&small),
                "{letter} (U+{:04X})",
                letter as u32
            );
        }
    }
    assert_eq!(
        words("ΑΘΗΝΑ Москва ԵՐԵՎԱՆ HÀ NỘI")
            .iter()
            .map(|it| it.folded.as_str())
            .collect::<Vec<_>>(),
        ["αθηνα", "москва", "երեվան", "ha", "nội"]
    );
}

proptest! {
    /// The packed index finds what reading every text anew finds.
    #[test]
    fn the_index_finds_what_the_texts_have((dataset, pack) in any_dataset(), text in "(evora|zurich|o'neil|word[0-3]|polic[ey]?|pilice|nowhere|lodz|town new|[a-z]{1,3})") {
        let subjects = by_name(&dataset);
        let texts: Vec<Vec<String>> = subjects
            .iter()
            .map(|it| searched(&dataset, it).iter().flat_map(|it| words(it)).map(|it| it.folded).collect())
            .collect();
        let mut expected = vec![true; subjects.len()];
        for typed in words(&text) {
            let exact = |it: &Vec<String>| it.iter().any(|it| it.starts_with(&typed.folded));
            let slip = |it: &Vec<String>| it.iter().any(|it| naive_slip(it, &typed.folded));
            let forgive = typed.folded.chars().count() >= FORGIVING && !texts.iter().any(exact);
            for (hit, words) in expected.iter_mut().zip(&texts) {
                *hit &= exact(words) || (forgive && slip(words));
            }
        }
        let hits = find(pack, &text).hits;
        let hits: Vec<bool> = (0..subjects.len()).map(|it| hits.has(it)).collect();
        prop_assert_eq!(hits, expected);
    }

    #[test]
    fn a_slip_is_a_distance_of_one_to_some_beginning(word in "[ab]{0,6}", typed in "[ab]{0,6}") {
        prop_assert_eq!(begins_within_one_slip(&word, &typed), naive_slip(&word, &typed));
    }

    /// Marks are in order, apart, and on the borders of letters, whatever the text.
    #[test]
    fn marks_are_places_in_the_text(text in "\\PC{0,40}", search in "\\PC{0,6}") {
        let mut last = 0;
        for (start, end) in find(Pack::embedded(), &search).search.marks(&text) {
            prop_assert!(last <= start && start < end);
            prop_assert!(text.get(start..end).is_some());
            last = end;
        }
    }

    /// A word's letters are where it says.
    #[test]
    fn words_know_their_places(text in "\\PC{0,40}") {
        for word in words(&text) {
            let piece = text.get(word.start..word.end()).unwrap();
            let again: Vec<String> = words(piece).into_iter().map(|it| it.folded).collect();
            prop_assert_eq!(again, vec![word.folded]);
        }
    }
}

/// Optimal string alignment distance of at most one to some beginning of the word.
fn naive_slip(word: &str, typed: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    let typed: Vec<char> = typed.chars().collect();
    (0..=word.len()).any(|it| alignment(&word[..it], &typed) <= 1)
}

fn alignment(a: &[char], b: &[char]) -> usize {
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut least = change.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(table[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    table[a.len()][b.len()]
}
