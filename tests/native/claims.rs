//! A pack whose checksum is right and which speaks of more than it has: such a one is refused, or what
//! isn't there isn't counted.

use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::pack::{CHECKSUM, Damage, Facet, HEAD, Pack, Section, about, checksum};
use fact_explorer::dataset::packing::{pack, pack_more, split};
use fact_explorer::query::timeline::timeline;
use fact_explorer::query::{FINDING, Selection, answer};

use crate::readers::{bridges, moons};

fn number(block: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(block[at..at + 4].try_into().unwrap())
}

/// A block in which a field of the `row`th row of a section, by its width, is another number.
fn claiming(
    mut block: Vec<u8>,
    section: Section,
    (width, row, field): (usize, usize, usize),
    claim: u32,
) -> Vec<u8> {
    let at = CHECKSUM.end + section as usize * 4;
    let start = match section {
        Section::About => HEAD,
        _ => number(&block, at - 4) as usize,
    };
    let end = number(&block, at) as usize;
    let place = start + (row * width + field) * 4;
    assert!(place + 4 <= end, "{section:?} has no such field");
    block[place..place + 4].copy_from_slice(&claim.to_le_bytes());
    let sum = checksum(&block[CHECKSUM.end..]);
    block[CHECKSUM].copy_from_slice(&sum.to_le_bytes());
    block
}

fn opened(block: Vec<u8>) -> Pack {
    Pack::open(block.leak()).unwrap()
}

const N_SUBJECTS: (usize, usize, usize) = (about::N, 0, about::N_SUBJECTS);

#[test]
fn more_subjects_than_there_are_is_refused() {
    let (moons, bridges) = (pack(&moons()), split(&bridges()));
    for claim in [3, 1 << 20, u32::MAX] {
        let block = claiming(moons.clone(), Section::About, N_SUBJECTS, claim);
        assert_eq!(Pack::open(block.leak()), Err(Damage::Altered), "{claim}");
    }
    // Before a part comes, it is only known that none has more than 128.
    let parts = u32::try_from(bridges.parts.len()).unwrap();
    for claim in [parts * 128 + 1, u32::MAX] {
        let block = claiming(bridges.pack.clone(), Section::About, N_SUBJECTS, claim);
        assert_eq!(Pack::open(block.leak()), Err(Damage::Altered), "{claim}");
    }
    let fewer = claiming(moons, Section::About, N_SUBJECTS, 1);
    assert_eq!(opened(fewer).n_subjects(), 1);
}

#[test]
fn a_facet_has_no_more_than_the_pack() {
    let block = pack(&bridges());
    let whole = opened(block.clone());
    let n_values: usize = whole.facets().map(|it| it.values().len()).sum();
    let first = |field| (8, 0, field);
    let claims = claiming(block.clone(), Section::Facets, first(3), u32::MAX);
    let facet = opened(claims).facets().next().unwrap();
    assert_eq!(facet.values().len(), n_values);
    assert_eq!(facet.parts().len(), n_values);
    assert_eq!(facet.totals().len(), n_values);
    // And one that begins after the end has none.
    let claims = claiming(block.clone(), Section::Facets, first(2), u32::MAX);
    assert_eq!(opened(claims).facets().next().unwrap().values().len(), 0);

    let n: usize = whole.facets().map(Facet::n_combinations).sum();
    let claims = claiming(block.clone(), Section::Facets, first(7), u32::MAX);
    assert_eq!(opened(claims).facets().next().unwrap().n_combinations(), n);
    let claims = claiming(block, Section::Combinations, (3, 0, 1), u32::MAX);
    let facet = opened(claims).facets().next().unwrap();
    assert!(facet.members(0).take(1000).count() < 1000);
}

#[test]
fn a_history_has_no_more_than_the_pack() {
    let block = pack(&moons());
    // Where the last subject's steps and events end.
    for (field, n_before) in [(0, 1), (1, 2)] {
        let claims = claiming(block.clone(), Section::Course, (4, 2, field), u32::MAX);
        let titan = opened(claims).subject_with_id("titan").unwrap();
        assert_eq!(
            titan.n_events(),
            2,
            "there are four, and two are of the other"
        );
        assert_eq!(titan.steps().take(1000).count(), 2);
        let claims = claiming(block.clone(), Section::Course, (4, 1, field), u32::MAX);
        let pack = opened(claims);
        let phobos = pack.subject_with_id("phobos").unwrap();
        assert!(phobos.n_events() <= 4 && phobos.steps().take(1000).count() <= 3);
        assert_eq!(
            pack.subject_with_id("titan").unwrap().n_events().min(1),
            usize::from(field == 0),
            "{n_before}"
        );
    }
}

/// A release's WASM counts past the end without a word; elsewhere that is a panic.
#[test]
fn counts_that_cannot_be_stop_at_the_greatest() {
    let block = pack(&bridges());
    let n: usize = opened(block.clone())
        .facets()
        .map(Facet::n_combinations)
        .sum();
    let block = (0..n).fold(block, |block, row| {
        claiming(block, Section::Combinations, (3, row, 2), u32::MAX)
    });
    let pack = opened(block);
    let mut selection = Selection::new(pack);
    // Most of them, so that it is the rest that is counted.
    selection.set(FINDING, 0, true);
    selection.set(FINDING, 1, true);
    let answer = answer(pack, &selection);
    assert!(answer.n_shown * 2 > pack.n_subjects() && answer.n_shown < pack.n_subjects());
    // One bridge may be of stone and of steel.
    let kinds = answer.counts.last().unwrap();
    assert!(kinds.contains(&u32::MAX), "{kinds:?}");
}

#[test]
fn no_day_is_after_the_last_one_that_has_a_date() {
    let last = Date::new(9999, 12, 31).unwrap();
    assert_eq!(Date::from_days(last.days()), last);
    assert_eq!(Date::from_days(u32::MAX), last);
    assert_eq!(
        Date::from_days(u32::MAX).long(fact_explorer::dataset::wording::words(
            fact_explorer::language::Language::En
        )),
        "December 31, 9999"
    );
    let moons = moons();
    let day = (about::N, 0, about::LAST_DAY);
    let pack = opened(claiming(pack(&moons), Section::About, day, u32::MAX));
    let selection = Selection::new(pack);
    let answer = answer(pack, &selection);
    let timeline = timeline(pack, opened(pack_more(&moons)), &selection, &answer);
    assert!(timeline.quarters.len() <= 40_000);
}
