use fact_explorer::dataset::pack::Pack;
use fact_explorer::query::search::{Found, Search};
use fact_explorer::query::{Selection, answer};
use fact_explorer::view::card::Asked;
use fact_explorer::view::markup::Markup;
use fact_explorer::view::said::is_only_in_record;
use fact_explorer::view::table::row;

fn find(text: &str) -> Found {
    let pack = Pack::embedded();
    fact_explorer::query::search::find(pack.index(), pack.n_subjects(), text)
}

/// The names of what a search of the shipped dataset finds.
fn found(text: &str) -> Vec<&'static str> {
    let hits = find(text).hits;
    Pack::embedded()
        .subjects()
        .filter(|it| hits.has(it.row()))
        .map(fact_explorer::dataset::pack::Subject::name)
        .collect()
}

/// The words of a search of the shipped dataset.
fn searched(text: &str) -> Search {
    find(text).search
}

/// The marked pieces of a text.
fn marked<'a>(search: &str, text: &'a str) -> Vec<&'a str> {
    searched(search)
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
    let street = searched("strass").marks("Straße");
    assert_eq!(street, [(0, "Straß".len())]);
}

#[test]
fn an_s_after_an_apostrophe_belongs_to_its_word() {
    assert_eq!(marked("mayor's", "Mayor’s Office"), ["Mayor’s"]);
    // Nothing is marked for a letter that isn't a word.
    assert_eq!(marked("s", "Mayor’s Office"), [""; 0]);
}

#[test]
fn an_abbreviation_is_found_with_its_dots_and_without() {
    assert_eq!(found("washington dc"), ["Washington, D.C."]);
    assert_eq!(found("D.C."), found("dc"));
    assert!(found("dc").len() < 40);
    assert_eq!(marked("dc", "Washington, D.C. and DC"), ["D.C", "DC"]);
}

/// What a name has comes before what only the history has.
#[test]
fn a_name_comes_first() {
    let pack = Pack::embedded();
    let row = |name: &str| pack.subjects().find(|it| it.name() == name).unwrap().row();
    let found = find("california");
    assert_eq!(found.rank(row("California")), 0);
    let others = found.hits.iter().filter(|it| *it != row("California"));
    let ranks: Vec<usize> = others.map(|it| found.rank(it)).collect();
    assert!(
        !ranks.is_empty() && ranks.iter().all(|it| *it == 2),
        "{ranks:?}"
    );
    assert_eq!(find("calif").rank(row("California")), 1);
    assert_eq!(find("califronia").rank(row("California")), 1);
    // What isn't found is worse than all that is.
    assert_eq!(found.rank(usize::MAX), 3);
    assert_eq!(find("").rank(0), 0);
}

#[test]
fn a_card_that_says_what_was_asked_for_is_not_said_to_have_it_in_its_record() {
    let pack = Pack::embedded();
    let chicago = pack.subject_with_id("chicago-il").unwrap();
    let step = chicago.step_on(pack.default_day());
    let only_there = |text: &str| is_only_in_record(&searched(text), chicago, step);
    assert!(!only_there("warned"));
    assert!(!only_there("Illinois"));
    assert!(only_there("Welcoming City"));
}

/// In cards, in a table and beside a map.
#[test]
fn what_matched_is_marked_wherever_it_is_shown() {
    let pack = Pack::embedded();
    let chicago = pack.subject_with_id("chicago-il").unwrap();
    for text in ["warned", "chicago", "illinois"] {
        let mut selection = Selection::new(pack);
        text.clone_into(&mut selection.text);
        let answer = answer(pack, &selection);
        let asked = Asked {
            selection: &selection,
            answer: &answer,
            before: None,
        };
        let card: String = asked
            .head(chicago)
            .into_iter()
            .map(Markup::into_string)
            .collect();
        let row = row(&selection, &answer, chicago, None).into_string();
        for markup in [card, row] {
            let marks = markup.matches("<mark>").count();
            let right = markup
                .to_lowercase()
                .matches(&["<mark>", text].concat())
                .count();
            assert!(marks > 0 && marks == right, "{text}: {markup}");
        }
    }
}

/// What a card's badge says is found, whenever it was so; what a record's facts say of facets, too.
#[test]
fn what_cards_show_is_found() {
    let pack = Pack::embedded();
    for finding in pack.findings() {
        let hits = find(finding.label()).hits;
        for subject in pack.subjects() {
            let has = subject.steps().any(|it| it.finding() == finding);
            assert!(
                !has || hits.has(subject.row()),
                "{}: {}",
                finding.label(),
                subject.name()
            );
        }
    }
    assert!(found("sued the federal government").len() >= 5);
    let csv = "name,link,planet,size\nTitan,https://example.org/,Saturn,big\nIo,https://example.org/,Jupiter,small\nRhea,https://example.org/,Saturn,small\nMoon,https://example.org/,Earth,big\n";
    let path = crate::table::with_files("facets-found", &[("moons.csv", csv.as_bytes())]);
    let dataset = fact_explorer::dataset::read::read(&path.join("moons.csv")).unwrap();
    let pack = fact_explorer::site::packed(&dataset).unwrap();
    for (label, n) in [("saturn", 2), ("small", 2), ("jupiter small", 1)] {
        let found = fact_explorer::query::search::find(pack.index(), pack.n_subjects(), label);
        assert_eq!(found.hits.iter().count(), n, "{label}");
    }
}
