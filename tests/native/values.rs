use std::collections::{BTreeMap, BTreeSet};

use fact_explorer::dataset::facets::{breaks, is_yes, number, resolve};
use fact_explorer::dataset::model::{About, Dataset, Facet, Subject};
use proptest::prelude::*;

/// A dataset of one facet, told in TOML, and of a subject for each list of what it says of it.
fn dataset(facet: &str, said: &[Vec<&str>]) -> Dataset {
    let about: About =
        toml::from_str(&format!("[[facet]]\nid = \"f\"\nlabel = \"F\"\n{facet}")).unwrap();
    let mut dataset = Dataset {
        about,
        ..Dataset::default()
    };
    for (number, said) in said.iter().enumerate() {
        let said: Vec<String> = said.iter().map(|it| format!("{it:?}")).collect();
        let text = format!(
            "name = \"S{number}\"\nfacets = {{ f = [{}] }}",
            said.join(", ")
        );
        let mut subject: Subject = toml::from_str(&text).unwrap();
        subject.id = format!("s{number}");
        dataset.subjects.push(subject);
    }
    dataset
}

/// The values of the facet, a part after a dash; what each subject has; and the problems.
fn resolved(facet: &str, said: &[Vec<&str>]) -> (Vec<String>, Vec<String>, Vec<String>) {
    let mut dataset = dataset(facet, said);
    let mut found = Vec::new();
    resolve(&mut dataset, &mut found);
    let facet: &Facet = &dataset.about.facet[0];
    let values = facet.values.iter().map(|it| {
        let dash = if it.is_part { "- " } else { "" };
        format!("{dash}{}: {}", it.id.get_ref(), it.label)
    });
    let has = dataset.subjects.iter().map(|it| it.values("f").join(" "));
    let found = found.iter().map(|it| {
        let help = it.help.as_deref().unwrap_or("");
        format!("{}: {} [{}] {help}", it.file, it.message, it.rule)
    });
    (values.collect(), has.collect(), found.collect())
}

fn one_each<'a>(said: &[&'a str]) -> Vec<Vec<&'a str>> {
    said.iter().map(|it| vec![*it]).collect()
}

#[test]
fn words_are_values_in_the_order_of_their_labels() {
    let said = one_each(&[
        "Zürich",
        "grade 10",
        "Évora",
        "grade 2",
        "evora",
        " Zürich ",
        "",
    ]);
    let (values, has, found) = resolved("", &said);
    assert_eq!(
        values,
        [
            "evora: evora",
            "evora-2: Évora",
            "grade-2: grade 2",
            "grade-10: grade 10",
            "zurich: Zürich"
        ]
    );
    assert_eq!(
        has,
        [
            "zurich", "grade-10", "evora-2", "grade-2", "evora", "zurich", ""
        ]
    );
    assert!(found.is_empty());
    let (values, ..) = resolved("order = \"count\"", &said);
    assert_eq!(values[0], "zurich: Zürich");
    // What an id stands for doesn't change with the numbers, as links have it.
    let said = one_each(&["évora", "C", "C++", "C++"]);
    let (values, ..) = resolved("order = \"count\"", &said);
    assert_eq!(values, ["c-2: C++", "c: C", "evora: évora"]);
    let said = one_each(&["a/C++", "a/C++", "a/C"]);
    let (values, ..) = resolved("type = \"place\"\norder = \"count\"", &said);
    assert_eq!(values, ["a: a", "- a-c-2: C++, a", "- a-c: C, a"]);
}

#[test]
fn listed_values_are_named_by_id_or_label() {
    let listed = "values = [{ id = \"b\", label = \"Second\" }, { id = \"a\", label = \"b\" }]";
    let (values, has, found) = resolved(
        listed,
        &one_each(&["b", "Second", "a", "Secnd", "zebra", ""]),
    );
    assert_eq!(values, ["b: Second", "a: b"]);
    assert_eq!(has, ["b", "b", "a", "", "", ""]);
    assert_eq!(
        found,
        [
            "subjects/s5.toml: the facet “f” has no value here [facet-filled] ",
            "subjects/s3.toml: there is no value of “f” called “Secnd” [facet-known] did you mean “Second”?",
            "subjects/s4.toml: there is no value of “f” called “zebra” [facet-known] ",
        ]
    );
}

#[test]
fn several_values_are_set_apart() {
    let said = one_each(&["b; a", "a;;a", ";", "c"]);
    let (values, has, _) = resolved("type = \"categories\"", &said);
    assert_eq!(values, ["a: a", "b: b", "c: c"]);
    assert_eq!(has, ["b a", "a", "", "c"]);
    let facet = "type = \"categories\"\nseparator = \"/\"";
    let (values, has, _) = resolved(facet, &one_each(&["b / a;c"]));
    assert_eq!(values, ["a-c: a;c", "b: b"]);
    assert_eq!(has, ["b a-c"]);
}

#[test]
fn numbers_are_filtered_by_ranges() {
    let said = one_each(&["-3", "0", "9.99", "10", "19", "20", "1,200", "n/a", ""]);
    let (values, has, found) = resolved("type = \"number\"\nbreaks = [0, 10, 20, 10000]", &said);
    assert_eq!(
        values,
        [
            "under-0: Under 0",
            "0-10: 0 to under 10",
            "10-20: 10 to under 20",
            "20-10000: 20 to under 10,000",
            "10000-or-more: 10,000 or more"
        ]
    );
    assert_eq!(
        has,
        [
            "under-0", "0-10", "0-10", "10-20", "10-20", "20-10000", "20-10000", "", ""
        ]
    );
    assert_eq!(
        found,
        [
            "subjects/s7.toml: “n/a” isn't a number [number] leave the cell empty where nothing is known"
        ]
    );
    // Of whole numbers a range names its last.
    let said = one_each(&["-3", "1", "9", "10"]);
    let (values, ..) = resolved("type = \"number\"\nbreaks = [-1.0, 1.0, 2.0, 10.0]", &said);
    assert_eq!(
        values,
        [
            "under-minus-1: Under −1",
            "minus-1-1: −1 to 0",
            "1-2: 1",
            "2-10: 2 to 9",
            "10-or-more: 10 or more"
        ]
    );
    // Few numbers are values themselves, in their order.
    let (values, has, _) = resolved("type = \"number\"", &one_each(&["10", "2.5", "-1", "10.0"]));
    assert_eq!(values, ["minus-1: −1", "2p5: 2.5", "10: 10"]);
    assert_eq!(has, ["10", "2p5", "minus-1", "10"]);
}

#[test]
fn breaks_are_round() {
    let hundred: Vec<f64> = (0..100).map(f64::from).collect();
    assert_eq!(breaks(&hundred), [20.0, 40.0, 50.0, 60.0, 80.0]);
    let years: Vec<f64> = (1961..2021).map(f64::from).collect();
    assert_eq!(breaks(&years), [1970.0, 1980.0, 1990.0, 2000.0, 2010.0]);
    let tenths: Vec<f64> = (0..60).map(|it| f64::from(it) / 100.0).collect();
    assert_eq!(breaks(&tenths), [0.1, 0.2, 0.3, 0.4, 0.5]);
    assert_eq!(breaks(&[]), [0.0; 0]);
    assert_eq!(breaks(&[7.0; 50]), [0.0; 0]);
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (text, expected) in [
        ("12", Some(12.0)),
        (" -1.5 ", Some(-1.5)),
        ("−7", Some(-7.0)),
        ("+.5", Some(0.5)),
        ("1,234,567.8", Some(1_234_567.8)),
        ("1.5e6", Some(1.5e6)),
        ("1,23", None),
        ("1234,567", None),
        (",123", None),
        ("1.234,5", None),
        ("1,234.5,6", None),
        ("1,2e3", None),
        ("--1", None),
        ("inf", None),
        ("NaN", None),
        ("1e999", None),
        ("12 km", None),
        ("$5", None),
        ("", None),
    ] {
        assert_eq!(number(text), expected, "{text}");
    }
}

#[test]
fn dates_are_filtered_by_year_and_month() {
    let said = one_each(&[
        "2017-10-12",
        "2017",
        "2016-01",
        "2017-10",
        "12/31/2017",
        "2017-02-30",
    ]);
    let (values, has, found) = resolved("type = \"date\"", &said);
    assert_eq!(
        values,
        [
            "2016: 2016",
            "- 2016-01: January 2016",
            "2017: 2017",
            "- 2017-10: October 2017"
        ]
    );
    assert_eq!(
        has,
        [
            "2017 2017-10",
            "2017",
            "2016 2016-01",
            "2017 2017-10",
            "",
            ""
        ]
    );
    assert_eq!(
        found,
        [
            "subjects/s4.toml: “12/31/2017” isn't a date [date] write it as 2017-12-31",
            "subjects/s5.toml: “2017-02-30” isn't a date [date] February 2017 has 28 days",
        ]
    );
}

#[test]
fn places_are_filtered_by_the_whole_and_by_what_it_is_in() {
    let said = one_each(&[
        "US/Texas",
        "US / California/Fresno",
        "DE",
        "US/California",
        "/",
        "US//Texas",
    ]);
    let (values, has, _) = resolved("type = \"place\"", &said);
    assert_eq!(
        values,
        [
            "de: DE",
            "us: US",
            "- us-california: California, US",
            "- us-california-fresno: Fresno, California, US",
            "- us-texas: Texas, US",
        ]
    );
    assert_eq!(
        has,
        [
            "us us-texas",
            "us us-california-fresno",
            "de",
            "us us-california",
            "",
            "us us-texas"
        ]
    );
    let listed = "type = \"place\"\nvalues = [{ id = \"usa\", label = \"US\" }]";
    let (values, has, found) = resolved(listed, &one_each(&["US/Texas", "DE/Bayern"]));
    assert_eq!(values, ["usa: US", "- usa-texas: Texas, US"]);
    assert_eq!(has, ["usa usa-texas", ""]);
    assert_eq!(found.len(), 1);
}

#[test]
fn yes_and_no_have_many_words() {
    let said = one_each(&["yes", "No", "TRUE", "0", "y", "maybe", ""]);
    let (values, has, found) = resolved("type = \"yes-no\"", &said);
    assert_eq!(values, ["yes: Yes", "no: No"]);
    assert_eq!(has, ["yes", "no", "yes", "no", "yes", "", ""]);
    assert_eq!(
        found,
        ["subjects/s5.toml: “maybe” is neither yes nor no [yes-no] write it as yes or no"]
    );
    let listed = "type = \"yes-no\"\nvalues = [{ id = \"no\", label = \"None\" }, { id = \"yes\", label = \"Some\" }]";
    let (values, has, _) = resolved(listed, &one_each(&["Some", "0", "None"]));
    assert_eq!(values, ["no: None", "yes: Some"]);
    assert_eq!(has, ["yes", "no", "no"]);
}

/// What subjects say of a facet: few words, so that they are often the same.
fn any_said() -> impl Strategy<Value = Vec<Vec<String>>> {
    let word = prop::sample::select(vec![
        "1",
        "0",
        "-2.5",
        "17",
        "1,000",
        "yes",
        "no",
        "US/California",
        "US",
        "2017",
        "2017-10",
        "2017-10-12",
        "a;b",
        "b",
        "É",
        "é",
        "",
        "北京",
        "/",
        ";",
    ]);
    let said = prop::collection::vec(word.prop_map(str::to_owned), 0..3);
    prop::collection::vec(said, 0..12)
}

/// What one thing said means, told the slow way: the labels of its values.
fn meant(kind: &str, said: &str) -> Vec<String> {
    let said = said.trim();
    let pieces = |by: char| -> Vec<String> {
        let pieces = said.split(by).map(|it| it.trim().to_owned());
        pieces.filter(|it| !it.is_empty()).collect()
    };
    match kind {
        "category" => vec![said.to_owned()]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect(),
        "categories" => pieces(';'),
        "place" => {
            let pieces = pieces('/');
            let mut labels: Vec<String> = pieces.first().cloned().into_iter().collect();
            if pieces.len() > 1 {
                labels.push(pieces.iter().rev().cloned().collect::<Vec<_>>().join(", "));
            }
            labels
        }
        "date" if ["2017", "2017-10", "2017-10-12"].contains(&said) => {
            let mut labels = vec!["2017".to_owned()];
            if said.len() > 4 {
                labels.push("October 2017".to_owned());
            }
            labels
        }
        "yes-no" => is_yes(said)
            .map(|it| if it { "Yes" } else { "No" }.to_owned())
            .into_iter()
            .collect(),
        // Six different numbers at most: each is a value.
        "number" => number(said)
            .map(|it| it.to_string().replace('-', "\u{2212}"))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Each subject has the values that what it says means, and the facet has no others.
    #[test]
    fn a_subject_has_what_it_says(
        said in any_said(),
        kind in prop::sample::select(vec!["category", "categories", "number", "date", "place", "yes-no"]),
    ) {
        let borrowed: Vec<Vec<&str>> =
            said.iter().map(|it| it.iter().map(String::as_str).collect()).collect();
        let mut dataset = dataset(&format!("type = \"{kind}\""), &borrowed);
        resolve(&mut dataset, &mut Vec::new());
        let values = &dataset.about.facet[0].values;
        let labels: BTreeMap<&str, &str> =
            values.iter().map(|it| (it.id.get_ref().as_str(), it.label.as_str())).collect();
        prop_assert_eq!(labels.len(), values.len(), "an id is there twice");
        let mut used = BTreeSet::new();
        for (subject, said) in dataset.subjects.iter().zip(&said) {
            let has: BTreeSet<String> =
                subject.values("f").into_iter().map(|it| labels[it].to_owned()).collect();
            prop_assert_eq!(has.len(), subject.values("f").len(), "a value is there twice");
            let meant: BTreeSet<String> = said.iter().flat_map(|it| meant(kind, it)).collect();
            prop_assert_eq!(&has, &meant);
            used.extend(has);
        }
        prop_assert_eq!(used.len(), values.len());
        // Who has a part has what it is a part of.
        let mut whole = "";
        for value in values {
            let id = value.id.get_ref().as_str();
            if !value.is_part {
                whole = id;
                continue;
            }
            for subject in &dataset.subjects {
                let has = subject.values("f");
                prop_assert!(!has.contains(&id) || has.contains(&whole));
            }
        }
    }

    /// At most six parts, none empty and none with more than two sixths and what is equal to its ends.
    #[test]
    fn breaks_cut_into_parts_of_like_size(mut numbers in prop::collection::vec(-1e6..1e6f64, 1..300), whole in any::<bool>()) {
        if whole {
            for number in &mut numbers {
                *number = (*number / 1e4).round();
            }
        }
        numbers.sort_by(f64::total_cmp);
        let breaks = breaks(&numbers);
        prop_assert!(breaks.len() < 6 && breaks.is_sorted_by(|a, b| a < b));
        let mut ends: Vec<usize> =
            breaks.iter().map(|at| numbers.partition_point(|it| it < at)).collect();
        ends.push(numbers.len());
        let mut start = 0;
        for end in ends {
            prop_assert!(end > start, "an empty part: {:?}", breaks);
            let part = &numbers[start..end];
            // What can't be cut isn't: one number that many have.
            let most = part.chunk_by(|a, b| a.total_cmp(b).is_eq()).map(<[f64]>::len).max().unwrap();
            prop_assert!(part.len() <= numbers.len() / 3 + 2 + 2 * most, "{} of {}", part.len(), numbers.len());
            start = end;
        }
    }

    /// A number is in the one range whose ends hold it.
    #[test]
    fn a_number_is_in_its_range(
        numbers in prop::collection::vec(-500..500i32, 8..60),
        breaks in prop::collection::btree_set(-50..50i32, 1..5),
    ) {
        let breaks: Vec<f64> = breaks.into_iter().map(|it| f64::from(it) * 10.0).collect();
        let said: Vec<String> = numbers.iter().map(|it| (f64::from(*it) / 2.0).to_string()).collect();
        let said: Vec<Vec<&str>> = said.iter().map(|it| vec![it.as_str()]).collect();
        let mut dataset = dataset(&format!("type = \"number\"\nbreaks = {breaks:?}"), &said);
        resolve(&mut dataset, &mut Vec::new());
        let values = &dataset.about.facet[0].values;
        prop_assert_eq!(values.len(), breaks.len() + 1);
        for (subject, number) in dataset.subjects.iter().zip(&numbers) {
            let number = f64::from(*number) / 2.0;
            let n_below = breaks.iter().filter(|it| **it <= number).count();
            prop_assert_eq!(subject.values("f"), [values[n_below].id.get_ref().as_str()]);
        }
    }
}
