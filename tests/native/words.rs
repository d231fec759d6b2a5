use fact_explorer::dataset::indexing::{Folding, fold};
use fact_explorer::dataset::words::{Fold, Folds, Kind, LONGEST, Slip, words};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a dataset of this text brings along.
pub fn folds_of(text: &str) -> Vec<u8> {
    let folding = Folding::default();
    folding.words(text);
    folding.folds()
}

/// The words of a text as a page sees them that has a dataset of another.
fn in_dataset(dataset: &str, text: &str) -> Vec<String> {
    let words = words(text, Folds(&folds_of(dataset)));
    words.into_iter().map(|it| it.folded).collect()
}

/// The words of a text as a page sees them whose dataset it is.
fn folded(text: &str) -> Vec<String> {
    in_dataset(text, text)
}

fn composed(text: &str) -> String {
    text.nfc().collect()
}

fn decomposed(text: &str) -> String {
    text.nfd().collect()
}

/// All letters, digits and marks beyond ASCII.
fn all() -> impl Iterator<Item = char> {
    ('\u{80}'..=char::MAX).filter(|it| it.is_alphanumeric() || is_combining_mark(*it))
}

#[test]
fn case_and_accents_do_not_matter_in_any_script() {
    for (text, word) in [
        ("Zürich", "zurich"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("œuvre", "oeuvre"),
        ("eﬃciency", "efficiency"),
        ("ﬁnd", "find"),
        ("ﬅ", "st"),
        ("ＦＡＣＴ２", "fact2"),
        ("m²", "m2"),
        ("Việt", "viet"),
        ("NGƯỜI", "nguoi"),
        ("DİYARBAKIR", "diyarbakir"),
        ("Diyarbakır", "diyarbakir"),
        ("nǐhǎo", "nihao"),
        ("ΑΘΗΝΑ", "αθηνα"),
        ("Αθήνα", "αθηνα"),
        ("ᾠδή", "ωδη"),
        ("Οδυσσεύς", "οδυσσευσ"),
        ("ΟΔΥΣΣΕΎΣ", "οδυσσευσ"),
        ("Москва", "москва"),
        ("Йошкар", "иошкар"),
        ("ЁЛКА", "елка"),
        ("ԵՐԵՎԱՆ", "երեվան"),
        ("ᲗᲑᲘᲚᲘᲡᲘ", "თბილისი"),
        ("مُحَمَّد", "محمد"),
        ("مـحـمـد", "محمد"),
        ("أحمد", "احمد"),
        ("שָׁלוֹם", "שלום"),
        ("می\u{200c}خواهم", "میخواهم"),
        ("हिन्दी", "हिन्दी"),
        ("क़लम", "कलम"),
        ("co\u{ad}operate", "cooperate"),
        ("𝐁old", "bold"),
        ("ａ\u{301}b", "ab"),
    ] {
        for text in [text, &composed(text), &decomposed(text)] {
            assert_eq!(folded(text), [word], "{text}");
        }
    }
}

/// A page knows what to fold of a query whose letters its dataset doesn't have in that form.
#[test]
fn a_reader_may_type_another_form_than_the_dataset_has() {
    for (dataset, typed) in [
        ("athens viet strasse", "ẬＴＨĖÑŚ VIỆT STRAẞE"),
        ("αθηνα ωδη", "ΑΘΉΝΑ ᾨΔΉ"),
        ("москва ежик", "МОСКВА ЁЖИК"),
        ("محمد", "مُحَمَّد"),
        ("שלום", "שָׁלוֹם"),
        ("カタカナ", "ｶﾀｶﾅ"),
        ("ガギ", "ｶﾞｷﾞ"),
        ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
    ] {
        let as_it_is = in_dataset(dataset, dataset);
        assert_eq!(in_dataset(dataset, typed), as_it_is, "{typed}");
    }
    // What a dataset has nothing of is still a word, so that nothing is found for it.
    for typed in ["Москва", "שלום", "東", "ไทย", "🙂東"] {
        assert!(!in_dataset("Chicago", typed).is_empty(), "{typed}");
    }
    for typed in ["– “…” ·", "🙂", "。、", "\u{301}", "\u{200d}"] {
        assert_eq!(in_dataset("Chicago", typed), [""; 0], "{typed}");
    }
}

#[test]
fn scripts_without_spaces_are_told_by_pairs() {
    for (text, words) in [
        ("東京都", &["東京", "京都", "都"][..]),
        ("京", &["京"]),
        ("東京、京都", &["東京", "京", "京都", "都"]),
        ("第3回AI会議", &["第", "3", "回", "ai", "会議", "議"]),
        ("データ", &["デー", "ータ", "タ"]),
        ("テ\u{3099}ータ", &["デー", "ータ", "タ"]),
        ("ﾃﾞｰﾀ", &["デー", "ータ", "タ"]),
        ("ぱは", &["ぱは", "は"]),
        ("神\u{fe00}社", &["神社", "社"]),
        ("𠮷野", &["𠮷野", "野"]),
    ] {
        assert_eq!(folded(text), words);
    }
    let words = words("東京都 東", Folds::default());
    let is_rest: Vec<bool> = words.iter().map(|it| it.is_rest).collect();
    assert_eq!(is_rest, [false, false, true, false]);
}

#[test]
fn an_s_after_an_apostrophe_belongs_to_its_word() {
    assert_eq!(
        folded("the mayor’s O'Neill"),
        ["the", "mayors", "o", "neill"]
    );
    assert_eq!(folded("cities’ 's' o'n"), ["cities", "s", "o", "n"]);
    for text in ["Hawai'i", "Hawai’i", "Hawaiʻi"] {
        assert_eq!(folded(text), ["hawai", "i"]);
    }
}

/// A page with what its pack brings along folds as Unicode's own tables do: every letter that the
/// dataset has, and every other of the same alphabets.
#[test]
fn a_page_folds_as_unicode_does() {
    let agree = |folds: &[u8], letters: &mut dyn Iterator<Item = char>| {
        for letter in letters {
            let code = letter as u32;
            assert_eq!(Folds(folds).fold(letter), fold(letter), "U+{code:04X}");
        }
    };
    let everything: String = all().collect();
    agree(&folds_of(&everything), &mut all());
    for text in [
        "Ω", "ж", "א", "ب", "क", "ก", "あ", "ァ", "中", "한", "ᄒ", "Ꭰ", "𐐀", "Ɓ",
    ] {
        let letter = text.chars().next().unwrap();
        let block = fold(letter).letters[0] as u32 >> 7;
        let mut letters = (block << 7..(block + 1) << 7).filter_map(char::from_u32);
        agree(&folds_of(text), &mut letters);
    }
}

/// A dataset in the scripts that are built in brings next to nothing along.
#[test]
fn a_dataset_in_latin_letters_brings_no_table() {
    let folds = folds_of(
        "Zażółć gęślą jaźń – “Œuvre” Ærø Straße Türkçe İstanbul Příliš Người Việt ﬁ ２ 中文",
    );
    assert!(folds.len() <= 16, "{} bytes", folds.len());
}

/// Composed and decomposed are the same, and what is folded is folded no further.
#[test]
fn every_letter_is_folded_once_and_for_all() {
    let folding = Folding::default();
    for letter in all() {
        let code = letter as u32;
        let text = letter.to_string();
        let Fold { kind, letters } = fold(letter);
        assert_eq!(
            folding.words(&decomposed(&text)),
            folding.words(&text),
            "U+{code:04X}"
        );
        for letter in letters.into_iter().filter(|it| *it != '\0') {
            let again = fold(letter);
            assert_eq!(again.letters, [letter, '\0', '\0', '\0'], "U+{code:04X}");
            assert!(kind != Kind::Pair || again.kind == Kind::Pair);
        }
    }
}

#[test]
fn letters_beyond_the_longest_word_do_not_count() {
    let found = words(&"ab".repeat(50), Folds::default());
    assert_eq!(found[0].folded.len(), LONGEST);
    assert_eq!(found[0].end(), 100);
}

/// Letters of many scripts as they come: composed, decomposed, joined and unseen ones.
const LETTERS: &[&str] = &[
    "a",
    "b",
    "e",
    "S",
    "i",
    "É",
    "e\u{301}",
    "ß",
    "ﬁ",
    "Ａ",
    "ệ",
    "ơ\u{323}",
    "ø",
    "İ",
    "ı",
    "ά",
    "Σ",
    "ς",
    "ᾳ",
    "й",
    "и\u{306}",
    "Ё",
    "м",
    "ح",
    "م\u{64e}",
    "ـ",
    "أ",
    "\u{651}",
    "ש\u{5b8}",
    "ל",
    "\u{5c1}",
    "한",
    "하",
    "ㅎ",
    "\u{1112}\u{1161}\u{11ab}",
    "국",
    "क",
    "ि",
    "्",
    "क़",
    "ก",
    "ี",
    "東",
    "京",
    "都",
    "神\u{fe00}",
    "か",
    "が",
    "か\u{3099}",
    "ﾊ",
    "ﾟ",
    "ー",
    "タ",
    "𠮷",
    "\u{200d}",
    "\u{ad}",
    "'",
    "’s",
    "ʼ",
    "1",
    "²",
    "½",
    " ",
    " ",
    " ",
    "–",
    "、",
    "،",
    "🙂",
    "\u{301}",
];

/// A text in several scripts at once.
pub fn any_text(letters: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(LETTERS), letters).prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn composed_and_decomposed_texts_have_the_same_words(text in any_text(0..12)) {
        prop_assert_eq!(folded(&composed(&text)), folded(&text));
        prop_assert_eq!(folded(&decomposed(&text)), folded(&text));
    }

    /// A word's letters are where it says.
    #[test]
    fn words_know_their_places(text in prop_oneof!["\\PC{0,40}", any_text(0..12)]) {
        let folds = folds_of(&text);
        for word in words(&text, Folds(&folds)) {
            let piece = text.get(word.start..word.end()).unwrap();
            let again = words(piece, Folds(&folds));
            prop_assert_eq!(&again.first().unwrap().folded, &word.folded);
        }
    }

    #[test]
    fn a_slip_is_a_distance_of_one_to_some_beginning(word in "[abß]{0,6}", typed in "[abß]{0,6}") {
        let letters: Vec<char> = typed.chars().collect();
        prop_assert_eq!(Slip(&letters).begins(&word), naive_slip(&word, &typed));
    }
}

/// Optimal string alignment distance of at most one to some beginning of the word.
pub fn naive_slip(word: &str, typed: &str) -> bool {
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

#[test]
fn a_dot_within_an_abbreviation_or_a_number_ends_no_word() {
    assert_eq!(
        folded("Washington, D.C., 8 U.S.C. § 1373"),
        ["washington", "dc", "8", "usc", "1373"]
    );
    assert_eq!(folded("$1.67 million"), ["167", "million"]);
    assert_eq!(
        folded("J. Smith, No.4, at the end.Then 3."),
        ["j", "smith", "no", "4", "at", "the", "end", "then", "3"]
    );
}
