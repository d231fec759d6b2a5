use fact_explorer::query::answer::{Engine, answer_within};
use fact_explorer::query::search::find;
use fact_explorer::query::selection::Narrowing;
use fact_explorer::query::{FINDING, Lock, Selection, answer};
use proptest::prelude::*;

use crate::random::{any_dataset, any_page, any_selection};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The count beside a value is the number of cards there would be if its facet's other choices
    /// were dropped and it alone were chosen: asked anew, the slow way.
    #[test]
    fn a_count_is_what_choosing_the_value_gives((pack, selection) in any_page()) {
        let answered = answer(pack, &selection);
        let values: Vec<usize> = std::iter::once(pack.findings().len())
            .chain(pack.facets().map(|it| it.values().len()))
            .collect();
        for (facet, n_values) in values.into_iter().enumerate() {
            for value in 0..n_values {
                let mut alone = selection.clone();
                alone.drop(Narrowing::Facet(facet));
                alone.set(facet, value, true);
                let n = naive(pack, &alone).len();
                prop_assert_eq!(answered.count(facet, value), n, "facet {}, value {}", facet, value);
            }
        }
    }

    /// Values of a facet are OR, facets are AND, and what has no finding yet isn't shown.
    #[test]
    fn shown_is_what_fits_every_facet((pack, selection) in any_page()) {
        let answered = answer(pack, &selection);
        let shown: Vec<usize> =
            (0..pack.n_subjects()).filter(|it| answered.is_shown(*it)).collect();
        prop_assert_eq!(&shown, &naive(pack, &selection));
        prop_assert_eq!(answered.n_shown, shown.len());
    }

    /// Every subject is in the order once, whatever is shown.
    #[test]
    fn an_order_has_everyone_once((pack, selection) in any_page()) {
        let mut order = answer(pack, &selection).order.to_vec();
        order.sort_unstable();
        prop_assert_eq!(order, (0..).take(pack.n_subjects()).collect::<Vec<_>>());
    }

    /// What an engine keeps for the next selection never changes an answer.
    #[test]
    fn an_engine_remembers_nothing_wrong((pack, selections) in any_dataset().prop_flat_map(|(_, pack)| {
        (Just(pack), prop::collection::vec(any_selection(pack), 2..6))
    })) {
        let mut engine = Engine::new(pack);
        // Each again with one thing changed, since neighbours share most of what is kept.
        let steps = selections.iter().zip(selections.iter().cycle().skip(1)).flat_map(|(one, next)| {
            [one.clone(), Selection { as_of: next.as_of, ..one.clone() }, Selection { chosen: next.chosen.clone(), ..one.clone() }]
        });
        for selection in steps {
            prop_assert_eq!(engine.answer(&Lock::default(), &selection), answer(pack, &selection));
        }
    }

    /// A lock shows what would be shown anyway and fits it, and counts no more than that.
    #[test]
    fn a_lock_is_as_if_there_were_nothing_else(
        (pack, selection, chosen) in any_dataset().prop_flat_map(|(_, pack)| {
            (Just(pack), any_selection(pack), any_selection(pack).prop_map(|it| it.chosen))
        }),
        only in prop::collection::vec(0..12usize, 0..4),
    ) {
        let lock = Lock { chosen, only: only.into_iter().filter(|it| *it < pack.n_subjects()).collect() };
        let mut locked = Selection::new(pack);
        locked.as_of = selection.as_of;
        locked.chosen.clone_from(&lock.chosen);
        let mut within = naive(pack, &locked);
        within.retain(|it| lock.only.is_empty() || lock.only.contains(it));
        let answered = answer_within(pack, &lock, &selection);
        let shown: Vec<usize> = answered.shown().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        let mut expected = naive(pack, &selection);
        expected.retain(|it| within.contains(it));
        prop_assert_eq!(&shown, &expected);
        for (facet, counts) in answered.counts.iter().enumerate() {
            for (value, count) in counts.iter().enumerate() {
                let mut alone = selection.clone();
                alone.drop(Narrowing::Facet(facet));
                alone.set(facet, value, true);
                let mut expected = naive(pack, &alone);
                expected.retain(|it| within.contains(it));
                prop_assert_eq!(*count as usize, expected.len(), "facet {}, value {}", facet, value);
            }
        }
    }
}

fn naive(pack: fact_explorer::dataset::pack::Pack, selection: &Selection) -> Vec<usize> {
    let hits = find(pack.index(), pack.n_subjects(), &selection.text).hits;
    let fits = |subject: usize| {
        let mut steps = pack.subject(subject).unwrap().steps();
        let step = steps.rfind(|it| it.day() <= selection.as_of);
        // Without a scale every subject is there.
        let finding = match step {
            Some(step) => step.finding().rank(),
            None if pack.has_findings() => return None,
            None => usize::MAX,
        };
        let of = |facet: usize| -> Vec<usize> {
            if facet == FINDING {
                vec![finding]
            } else {
                pack.facets()
                    .nth(facet - 1)
                    .unwrap()
                    .values_of(subject)
                    .collect()
            }
        };
        let facets: std::collections::BTreeSet<usize> =
            selection.chosen.iter().map(|it| it.0).collect();
        let fits = facets.into_iter().all(|facet| {
            selection
                .chosen
                .iter()
                .any(|it| it.0 == facet && of(facet).contains(&it.1))
        });
        (fits && hits.has(subject)).then_some(())
    };
    (0..pack.n_subjects())
        .filter(|it| fits(*it).is_some())
        .collect()
}
