use std::collections::BTreeSet;
use std::path::Path;

use fact_explorer::dataset::model::{Citation, Dataset};
use fact_explorer::dataset::pack::{CHECKSUM, Damage, HEAD, Pack, checksum};
use fact_explorer::dataset::packing;
use fact_explorer::dataset::problem::RULES;
use fact_explorer::dataset::read::read;
use fact_explorer::dataset::telling::cited;
use fact_explorer::query::search::find;

fn folder(name: &str) -> Result<Dataset, Vec<String>> {
    read(Path::new(name)).map_err(|it| it.iter().map(ToString::to_string).collect())
}

fn shipped() -> Dataset {
    folder("data/section-1373").unwrap()
}

#[test]
fn a_good_dataset_is_read_and_packed() {
    let dataset = folder("tests/datasets/good").unwrap();
    let pack = Pack::open(Box::leak(packing::pack(&dataset).into_boxed_slice())).unwrap();
    let names: Vec<_> = pack
        .subjects()
        .map(|it| (it.id(), it.name(), it.place()))
        .collect();
    assert_eq!(
        names,
        [("phobos", "Phobos", "Mars"), ("titan", "Titan", "Saturn")]
    );
    let titan = pack.subject_with_id("titan").unwrap();
    let money = pack.fields().next().unwrap();
    assert_eq!((money.id(), money.label()), ("money", "Money"));
    assert_eq!(money.of(titan), "$3 million; $4 million; sources differ");
    assert_eq!((titan.n_sources(), titan.n_events()), (2, 2));
    assert_eq!(pack.publisher(), "");
    assert_eq!(Pack::embedded().publisher(), "Fact Explorer");
    let steps: Vec<_> = titan.steps().collect();
    assert_eq!(steps[0].finding().id(), "seen");
    // The source that needs no caution is the one to show.
    assert_eq!(
        steps[0].citation(),
        (
            "Survey, January 2005",
            "https://example.org/log#:~:text=flew%20past"
        )
    );
    assert_eq!(steps[1].qualification().unwrap().0, "It landed in mud.");
    // What was corrected says so on the card, in exports and on the timeline.
    assert!(!steps[0].kind().contains("corrected"));
    assert!(
        steps[1].kind().ends_with(" (corrected)"),
        "{}",
        steps[1].kind()
    );
    let more = Pack::open(Box::leak(packing::pack_more(&dataset).into_boxed_slice())).unwrap();
    let marked: Vec<_> = more
        .happenings()
        .filter(|it| it.date().ends_with(" (corrected)"))
        .collect();
    assert_eq!(
        marked.iter().map(|it| it.id()).collect::<Vec<_>>(),
        ["titan-2"]
    );
    assert_eq!(steps[1].to(), "Mission control");
    assert_eq!(steps[1].reply_by().unwrap().iso(), "2005-01-20");
    assert_eq!(pack.default_day().iso(), "2005-01-14");
    assert_eq!(pack.first_day().iso(), "2004-07-03");
    assert_eq!(pack.last_day().iso(), "2007-03-01");
    // A date known by its year counts from the year's end.
    let phobos = pack.subject_with_id("phobos").unwrap();
    let day = |it| fact_explorer::dataset::date::Date::parse(it).unwrap();
    assert_eq!(phobos.last_event_on(day("2006-12-30")), None);
    let last = phobos.last_event_on(day("2006-12-31")).unwrap();
    assert_eq!(last.day(), day("2006-12-31"));
    assert_eq!(last.iso(), "2006");
}

#[test]
fn every_broken_rule_is_told_at_once_with_its_place() {
    let problems = folder("tests/datasets/broken").unwrap_err();
    let expected = include_str!("../datasets/broken/problems.txt");
    assert_eq!(problems.join("\n"), expected.trim_end());
    // What is told to authors is what is checked, and each rule is broken here, in the tests below or
    // in those of tables.
    let elsewhere = [
        "readable",
        "encoding",
        "well-formed",
        "not-empty",
        "table",
        "column-exists",
        "column-named",
        "column-unique",
        "columns",
        "row-length",
        "cell",
        "length",
        "name",
        "characters",
        "number",
        "yes-no",
        "coordinates",
        "field-known",
        "facet-values",
        "breaks",
        "separator",
        "file-known",
        "filled",
        "language",
        "map-known",
        "snapshot-id",
    ];
    let broken: BTreeSet<&str> = problems
        .iter()
        .filter_map(|it| it.rsplit_once('[')?.1.strip_suffix(']'))
        .chain(elsewhere)
        .collect();
    let readme = std::fs::read_to_string("docs/datasets.md").unwrap();
    let rules = readme
        .split_once("## Rules")
        .unwrap()
        .1
        .split_once("\n## ")
        .unwrap()
        .0;
    let rows = rules.lines().filter(|it| it.starts_with("| `"));
    let told: BTreeSet<&str> = rows
        .flat_map(|it| it.split('|').nth(1).unwrap().split('`').skip(1).step_by(2))
        .collect();
    assert_eq!(broken, told);
    // No problem has another: what places them asserts so.
    assert_eq!(BTreeSet::from(RULES), told);
}

#[test]
fn files_that_cannot_be_read_are_all_told() {
    let problems = folder("tests/datasets/unreadable").unwrap_err();
    let expected = include_str!("../datasets/unreadable/problems.txt");
    assert_eq!(problems.join("\n"), expected.trim_end());
    let problems = folder("tests/datasets/nowhere").unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].starts_with("dataset.toml:1:1: this file can't be read"),
        "{problems:?}"
    );
}

fn opened(bytes: &[u8]) -> Result<Pack, Damage> {
    Pack::open(Box::leak(bytes.to_vec().into_boxed_slice()))
}

#[test]
fn what_is_not_a_pack_is_refused() {
    assert_eq!(opened(b""), Err(Damage::NotAPack));
    assert_eq!(opened(&[0; 100]), Err(Damage::NotAPack));
    assert_eq!(opened(b"FXP1"), Err(Damage::OtherVersion));
    assert_eq!(opened(b"FXP2"), Err(Damage::OtherVersion));
    assert_eq!(opened(b"FXP3"), Err(Damage::OtherVersion));
    assert_eq!(opened(b"FXP6"), Err(Damage::Altered));
    assert_eq!(
        opened(b"FXP6aaaabbbbccccddddeeeeffffgggg"),
        Err(Damage::Altered)
    );
    // One that breaks off, or goes on, anywhere.
    let whole = packing::pack(&folder("tests/datasets/good").unwrap());
    for length in 0..whole.len() {
        assert!(opened(&whole[..length]).is_err());
    }
    assert_eq!(opened(&[&whole, &b"\0"[..]].concat()), Err(Damage::Altered));
    // An older checksum over ends that don't fit.
    let mut bytes = whole;
    bytes[HEAD - 4] ^= 1;
    let sum = checksum(&bytes[CHECKSUM.end..]);
    bytes[CHECKSUM].copy_from_slice(&sum.to_le_bytes());
    assert_eq!(opened(&bytes), Err(Damage::Altered));
}

/// Whatever byte is another one, and however.
#[test]
fn an_altered_pack_is_refused() {
    let whole = packing::pack(&folder("tests/datasets/good").unwrap());
    let mut bytes = whole.clone();
    for at in 0..whole.len() {
        for change in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
            bytes[at] = whole[at] ^ change;
            assert!(opened(&bytes).is_err(), "byte {at}, {change}");
        }
        bytes[at] = whole[at];
    }
    assert!(opened(&bytes).is_ok());
}

#[test]
fn a_garbled_pack_reads_as_something_and_never_panics() {
    let whole = packing::pack(&folder("tests/datasets/good").unwrap());
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] = bytes[at].wrapping_add(97);
        // As if someone had meant it.
        let sum = checksum(&bytes[CHECKSUM.end..]);
        bytes[CHECKSUM].copy_from_slice(&sum.to_le_bytes());
        let Ok(pack) = opened(&bytes) else {
            continue;
        };
        let n_facets = pack
            .facets()
            .take(9)
            .map(|it| it.values_of(1).take(9).count());
        assert!(n_facets.sum::<usize>() <= 81);
        for subject in pack.subjects().take(9) {
            _ = (subject.name(), subject.place());
            pack.fields().take(9).for_each(|it| _ = it.of(subject));
            for step in subject.steps().take(9) {
                _ = (
                    step.summary(),
                    step.citation(),
                    step.day().iso(),
                    step.finding().label(),
                );
            }
        }
        find(pack.index(), pack.n_subjects(), "philadelphia polcie");
    }
}

#[test]
fn the_record_is_whole() {
    let dataset = shipped();
    assert_eq!(dataset.subjects.len(), 40);
    assert_eq!(dataset.sources.len(), 211);
    assert_eq!(
        dataset
            .subjects
            .iter()
            .map(|it| it.event.len())
            .sum::<usize>(),
        186
    );
    assert_eq!(dataset.timeline.len(), 25);
    assert_eq!(dataset.cases.len(), 8);
    assert_eq!(
        dataset.cases.iter().map(|it| it.event.len()).sum::<usize>(),
        25
    );
    assert_eq!(dataset.disagreements.len(), 29);
    assert_eq!(dataset.about.method.open_questions.len(), 19);
}

#[test]
fn warned_are_the_five_of_october_2017_and_no_other() {
    let dataset = shipped();
    let mut warned = Vec::new();
    for subject in &dataset.subjects {
        for event in subject.event.iter().filter(|it| it.finding.is_some()) {
            let kind = event.kind.get_ref().as_str();
            assert!(
                ["letter", "oig"].contains(&kind),
                "{}: a {kind} sets no finding",
                event.id.get_ref()
            );
            if event.finding.as_ref().unwrap().get_ref() == "warned" {
                warned.push((subject.id.as_str(), event.date.get_ref().to_string()));
            }
        }
    }
    let five = [
        "chicago-il",
        "cook-county-il",
        "new-orleans-la",
        "new-york-city-ny",
        "philadelphia-pa",
    ];
    assert_eq!(warned, five.map(|it| (it, "2017-10-11".to_owned())));
}

#[test]
fn who_went_to_court_did() {
    let dataset = shipped();
    for subject in &dataset.subjects {
        let sued = subject
            .event
            .iter()
            .any(|it| it.kind.get_ref() == "lawsuit");
        let party = dataset
            .cases
            .iter()
            .any(|it| it.subjects.iter().any(|it| *it.get_ref() == subject.id));
        let says = subject.values("court") == ["yes"];
        assert_eq!(says, sued || party, "{}", subject.id);
    }
}

#[test]
fn a_quote_says_which_of_several_passages_has_it() {
    let dataset = shipped();
    let cases = dataset.cases.iter().flat_map(|it| &it.event);
    for event in dataset.events().chain(cases) {
        let all = event.cite.get_ref();
        let told = all.iter().filter(|it| it.quote).count();
        let several = event.quote.is_some() && all.len() > 1;
        assert_eq!(told, usize::from(several), "{}", event.id.get_ref());
    }
}

#[test]
fn less_certain_rows_say_so_in_words() {
    let dataset = shipped();
    let doubted: Vec<&str> = dataset
        .events()
        .filter(|it| it.confidence.is_some())
        .map(|it| it.id.get_ref().as_str())
        .collect();
    for id in [
        "philadelphia-pa-07",
        "west-palm-beach-fl-02",
        "chicago-il-01",
    ] {
        assert!(doubted.contains(&id), "{id}");
    }
}

#[test]
fn a_publisher_is_cited_whole_but_not_where_a_copy_is() {
    let dataset = shipped();
    let said = |source: &str| {
        let source = toml::Spanned::new(0..0, source.to_owned());
        let citation = Citation {
            source,
            at: None,
            from: None,
            to: None,
            quote: false,
        };
        cited(&dataset, &citation)
    };
    for (source, expected) in [
        ("ca3-2019-02-15", "US Court of Appeals, 3d Cir., "),
        ("doj-2017-04-21", "US Department of Justice, "),
        ("oyc-2017-10-12", "oyccanarias.com, "),
        ("fox8-2017-04", "FOX 8 (WVUE)"),
    ] {
        assert!(said(source).starts_with(expected), "{}", said(source));
    }
    let csv = "name,link,source\nTitan,https://example.org/,Le Monde (copy)\n";
    let path = crate::table::with_files("publisher", &[("moons.csv", csv.as_bytes())]);
    let dataset = read(&path.join("moons.csv")).unwrap();
    let citation = &dataset.subjects[0].event[0].cite.get_ref()[0];
    assert_eq!(cited(&dataset, citation), "Le Monde (copy)");
}
