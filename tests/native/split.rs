//! A split pack answers as the whole one does, once what it says it lacks has come.

use std::path::Path;
use std::sync::Arc;

use fact_explorer::dataset::model::{Dataset, Subject};
use fact_explorer::dataset::pack::{Damage, Holds, Pack, name_of_part, sum_of};
use fact_explorer::dataset::packing::{Packed, pack, pack_more, split};
use fact_explorer::dataset::read::read;
use fact_explorer::query::address::{decode, ids};
use fact_explorer::query::answer::{Engine, lacks};
use fact_explorer::query::named::named;
use fact_explorer::query::values::found;
use fact_explorer::query::{Lock, Selection, View, answer};
use fact_explorer::site::opened;
use fact_explorer::view::compare::compare;
use fact_explorer::view::map::map;
use fact_explorer::view::other::other;
use fact_explorer::view::timeline::timeline;
use fact_explorer::view::{Explorer, Trace};
use proptest::prelude::*;

use crate::random::{any_dataset, any_selection};

fn head_of(packed: &Packed) -> Pack {
    Pack::open(packed.pack.clone().leak()).unwrap()
}

/// Adds what an answer lacks until it lacks nothing; gives the number of parts that came.
fn bring(packed: &Packed, pack: Pack, lock: &Lock, selection: &Selection) -> usize {
    let mut n = 0;
    loop {
        let lacks = lacks(pack, lock, selection);
        if lacks.is_empty() {
            return n;
        }
        for part in lacks {
            pack.add(part, packed.parts[part].clone().leak()).unwrap();
            n += 1;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn it_answers_as_the_whole_does((dataset, whole, selections) in any_dataset().prop_flat_map(|(dataset, pack)| {
        (Just(Arc::new(dataset)), Just(pack), prop::collection::vec(any_selection(pack), 1..4))
    })) {
        let packed = split(&dataset);
        let pack = head_of(&packed);
        let mut engine = Engine::new(pack);
        let lock = Lock::default();
        for selection in selections {
            bring(&packed, pack, &lock, &selection);
            let (split, whole) = (engine.answer(&lock, &selection), answer(whole, &selection));
            prop_assert_eq!(split.counts, whole.counts);
            prop_assert_eq!(split.order, whole.order);
            prop_assert_eq!(split.shown, whole.shown);
        }
    }

    /// With the texts that it says it needs, a page of a split pack says what it says of a whole one.
    #[test]
    fn whom_a_page_names_is_named((dataset, whole, selection) in any_dataset().prop_flat_map(|(dataset, pack)| {
        (Just(Arc::new(dataset)), Just(pack), any_selection(pack))
    })) {
        let packed = split(&dataset);
        let pack = head_of(&packed);
        let more = Pack::open(pack_more(&dataset).leak()).unwrap();
        bring(&packed, pack, &Lock::default(), &selection);
        let of_whole = answer(whole, &selection);
        let of_split = answer(pack, &selection);
        let named = named(pack, Some(more), &selection, &of_split);
        for part in pack.lacks_texts(named.into_iter()) {
            pack.add(part, packed.parts[part].clone().leak()).unwrap();
        }
        prop_assert_eq!(
            compare(pack, &selection, &of_split),
            compare(whole, &selection, &of_whole)
        );
        match selection.view {
            View::Timeline => prop_assert_eq!(
                timeline(pack, more, &selection, &of_split),
                timeline(whole, more, &selection, &of_whole)
            ),
            View::Map => prop_assert_eq!(
                map(pack, more, &selection, &of_split),
                map(whole, more, &selection, &of_whole)
            ),
            View::Cards | View::Table => {}
        }
    }
}

/// What follows from an answer isn't said of the one before, nor of a part of it.
#[test]
fn nothing_is_told_of_an_answer_before_it_is_there() {
    let dataset = read(Path::new("data/section-1373")).unwrap();
    let packed = split(&dataset);
    let pack = head_of(&packed);
    let lock = Lock::default();
    bring(&packed, pack, &lock, &Selection::new(pack));
    let asked = |text: &str| Selection {
        text: text.to_owned(),
        as_of: pack.last_day(),
        ..Selection::new(pack)
    };
    let mut pages = [pack, Pack::embedded()].map(Explorer::new);
    for page in &mut pages {
        page.replace(Trace::Step, asked("chicago"));
    }
    let [page, whole] = &mut pages;
    assert!(whole.changed.contains("Chicago"), "{}", whole.changed);
    assert!(!page.lacking.is_empty());
    assert_eq!(page.changed, "");
    page.answer = Arc::new(Engine::new(pack).answer(&lock, &asked("nobody")));
    assert_eq!(page.answer.n_shown, 0);
    assert_eq!(other(page).into_string(), "");
    for text in ["chicago", "nobody"] {
        bring(&packed, pack, &lock, &asked(text));
    }
    for part in pack.lacks_texts(0..pack.n_subjects()) {
        pack.add(part, packed.parts[part].clone().leak()).unwrap();
    }
    page.arrive();
    assert_eq!(page.changed, whole.changed);
    page.replace(Trace::Step, asked("nobody"));
    assert!(other(page).into_string().contains("data-to"));
}

/// A dataset of many small subjects, of which every seventh has a rare word.
fn many(n: usize) -> Dataset {
    let mut dataset = Dataset {
        about: toml::from_str(
            "title = \"Many\"\n[[facet]]\nid = \"half\"\nlabel = \"Half\"\n\
             values = [{ id = \"a\", label = \"A\" }, { id = \"b\", label = \"B\" }]",
        )
        .unwrap(),
        ..Dataset::default()
    };
    for number in 0..n {
        let rare = if number % 7 == 0 { "seventh" } else { "other" };
        let half = if number % 2 == 0 { "a" } else { "b" };
        let mut subject: Subject = toml::from_str(&format!(
            "name = \"Subject {number:05}\"\nplace = \"{rare} place\"\nfacets = {{ half = [\"{half}\"] }}"
        ))
        .unwrap();
        subject.id = format!("s{number:05}");
        dataset.subjects.push(subject);
    }
    dataset
}

#[test]
fn it_opens_with_little_and_asks_for_what_it_needs() {
    let dataset = many(1000);
    let (packed, whole) = (split(&dataset), pack(&dataset));
    assert!(
        packed.pack.len() * 20 < whole.len(),
        "{} of {}",
        packed.pack.len(),
        whole.len()
    );
    let pack = head_of(&packed);
    let mut engine = Engine::new(pack);
    let lock = Lock::default();
    let mut selection = Selection::new(pack);
    assert!(
        lacks(pack, &lock, &selection).is_empty(),
        "nothing is asked for at first"
    );
    let all = engine.answer(&lock, &selection);
    assert_eq!((all.n_shown, &all.counts[1]), (1000, &vec![500, 500]));

    selection.set(1, 0, true);
    assert_eq!(bring(&packed, pack, &lock, &selection), 1);
    assert_eq!(engine.answer(&lock, &selection).n_shown, 500);

    selection.text = "seventh".to_owned();
    assert!(
        bring(&packed, pack, &lock, &selection) >= 2,
        "words, then lists"
    );
    assert_eq!(engine.answer(&lock, &selection).n_shown, 72);

    // Texts come for those that are near the screen.
    let subject = pack.subject(500).unwrap();
    assert!(!pack.has_texts(500));
    assert_eq!(subject.name(), "");
    let lacks = pack.lacks(Holds::Rows, 500..501);
    assert_eq!(lacks.len(), 1);
    pack.add(lacks[0], packed.parts[lacks[0]].clone().leak())
        .unwrap();
    assert_eq!((subject.name(), subject.id()), ("Subject 00500", "s00500"));
    assert!(pack.lacks(Holds::Rows, 500..501).is_empty());
    for part in pack.lacks(Holds::Rows, 0..1000) {
        pack.add(part, packed.parts[part].clone().leak()).unwrap();
    }
    let names: Vec<&str> = pack
        .subjects()
        .map(fact_explorer::dataset::pack::Subject::name)
        .collect();
    assert!(names.is_sorted() && names.len() == 1000 && names[0] == "Subject 00000");
}

#[test]
fn values_are_looked_for_by_their_words_before_anything_has_come() {
    let mut dataset = many(10);
    dataset.about = toml::from_str(
        "title = \"Many\"\n[[facet]]\nid = \"half\"\nlabel = \"Half\"\n\
         values = [{ id = \"a\", label = \"МОСКВА\" }, { id = \"b\", label = \"Αθήνα\" }]",
    )
    .unwrap();
    let pack = head_of(&split(&dataset));
    let selection = Selection::new(pack);
    let facet = pack.facets().next().unwrap();
    for (text, value) in [("москва", 0), ("Мос", 0), ("ΑΘΗΝΑ", 1), ("αθη", 1)] {
        assert_eq!(
            found(pack, facet, &selection, text),
            (vec![value], 1),
            "{text}"
        );
    }
    assert_eq!(found(pack, facet, &selection, "киев").1, 0);
}

#[test]
fn whom_a_link_names_is_known_with_one_part() {
    let dataset = many(5000);
    let packed = split(&dataset);
    let whole = Pack::open(pack(&dataset).leak()).unwrap();
    let n_parts = head_of(&packed).lacks(Holds::Ids, 0..1 << 24).len();
    assert!(n_parts > 1, "{n_parts}");
    let add = |pack: Pack, lacks: Vec<usize>| {
        for part in lacks {
            pack.add(part, packed.parts[part].clone().leak()).unwrap();
        }
    };
    for number in (0..5000).step_by(97) {
        let pack = head_of(&packed);
        let id = format!("s{number:05}");
        assert!(pack.subject_with_id(&id).is_none());
        let lacks = pack.lacks_ids([id.as_str()].into_iter());
        assert_eq!(lacks.len(), 1, "{id}");
        add(pack, lacks);
        assert_eq!(pack.subject_with_id(&id).unwrap().row(), number);
        assert!(pack.lacks_ids([id.as_str()].into_iter()).is_empty());
        // So is that of whom somebody made up.
        let lacks = pack.lacks_ids(["nobody"].into_iter());
        assert!(lacks.len() < 2);
        add(pack, lacks);
        assert!(pack.subject_with_id("nobody").is_none());
        assert!(pack.subject_with_id("").is_none());
    }
    // A link's own way to it.
    let pack = head_of(&packed);
    let fragment = "#open=s04999&compare=s00001,s02500";
    let ids = ids(fragment);
    assert_eq!(ids, ["s04999", "s00001", "s02500"]);
    add(pack, pack.lacks_ids(ids.iter().map(String::as_str)));
    assert_eq!(decode(pack, fragment), decode(whole, fragment));
}

#[test]
fn a_part_is_of_one_pack_and_whole() {
    let packed = split(&many(300));
    let pack = head_of(&packed);
    let part = packed.parts[2].clone();
    assert_eq!(pack.part_name(2), name_of_part(sum_of(&part)));
    assert_eq!(pack.add(1, part.clone().leak()), Err(Damage::Foreign));
    assert_eq!(pack.add(999, part.clone().leak()), Err(Damage::Foreign));
    for at in (0..part.len()).step_by(101) {
        let mut altered = part.clone();
        altered[at] ^= 4;
        assert!(pack.add(2, altered.leak()).is_err(), "byte {at}");
    }
    assert_eq!(pack.add(2, part.leak()), Ok(()));
    assert!(opened(packed).is_ok());
}
