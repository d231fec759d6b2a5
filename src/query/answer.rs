//! What a selection shows, and what each further choice would show.

use crate::dataset::pack::{Pack, Step, Subject};

use super::lock::Lock;
use super::search::{Search, find};
use super::selection::{FINDING, Narrowing, Selection, Sort};

/// A dataset's answer to a selection.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Every subject's number, in the order of the cards. Those without a finding come last.
    pub order: Vec<usize>,
    /// By subject, whether it is shown.
    pub shown: Vec<bool>,
    /// The number of subjects shown.
    pub n_shown: usize,
    /// By subject, the step that sets its finding on the chosen day.
    pub steps: Vec<Option<Step>>,
    /// By facet (see [`FINDING`]) and value, the number of subjects shown if the value were also
    /// chosen, with its own facet's other choices left out of the count.
    pub counts: Vec<Vec<usize>>,
    /// The words to mark.
    pub search: Search,
    /// What it was narrowed to beforehand.
    pub lock: Lock,
}

impl Answer {
    /// The numbers of the subjects shown, in order.
    pub fn shown(&self) -> impl Iterator<Item = usize> {
        let is_shown = |it: &usize| self.shown.get(*it) == Some(&true);
        self.order.iter().copied().filter(is_shown)
    }

    /// The count beside a value of a facet.
    pub fn count(&self, facet: usize, value: usize) -> usize {
        self.counts
            .get(facet)
            .and_then(|it| it.get(value))
            .copied()
            .unwrap_or(0)
    }
}

/// Answers a selection.
pub fn answer(pack: Pack, selection: &Selection) -> Answer {
    answer_within(pack, &Lock::default(), selection)
}

/// Answers a selection within a lock, as if there were nothing outside it.
///
/// One pass over the subjects: one that fails no facet counts for each of its values; one that
/// fails a single facet counts for its values of that facet, since choosing one would show it; and
/// one that fails more counts for nothing.
pub fn answer_within(pack: Pack, lock: &Lock, selection: &Selection) -> Answer {
    let found = find(pack, &selection.text);
    let facets: Vec<_> = pack.facets().collect();
    let n_facets = 1 + facets.len();
    let mut counts: Vec<Vec<usize>> = vec![vec![0; pack.findings().len()]];
    counts.extend(facets.iter().map(|it| vec![0; it.values().len()]));
    let fits = |chosen: &[(usize, usize)], facet: usize, values: &[usize]| {
        let has = |value: &usize| chosen.binary_search(&(facet, *value)).is_ok();
        !chosen.iter().any(|it| it.0 == facet) || values.iter().any(has)
    };

    let values_of = |facet: usize, subject: usize, step: Step| -> Vec<usize> {
        match facet.checked_sub(1).and_then(|it| facets.get(it)) {
            Some(facet) => facet.values_of(subject).collect(),
            None => vec![step.finding().rank()],
        }
    };
    let mut count = |facet: usize, values: &[usize]| {
        let Some(counts) = counts.get_mut(facet) else {
            return;
        };
        for value in values {
            if let Some(count) = counts.get_mut(*value) {
                *count += 1;
            }
        }
    };

    let steps: Vec<Option<Step>> = pack
        .subjects()
        .map(|it| it.step_on(selection.as_of))
        .collect();
    let mut shown = vec![false; steps.len()];
    let subjects = shown.iter_mut().zip(&steps).zip(&found.hits).enumerate();
    for (subject, ((shown, step), hit)) in subjects {
        let (Some(step), true) = (step, hit) else {
            continue;
        };
        let fails = |chosen: &[(usize, usize)]| -> Vec<usize> {
            let fits = |it: &usize| fits(chosen, *it, &values_of(*it, subject, *step));
            (FINDING..n_facets).filter(|it| !fits(it)).collect()
        };
        let is_in = lock.only.is_empty() || lock.only.contains(&subject);
        if !is_in || !fails(&lock.chosen).is_empty() {
            continue;
        }
        let failed = fails(&selection.chosen);
        match failed.as_slice() {
            [] => {
                *shown = true;
                (FINDING..n_facets).for_each(|it| count(it, &values_of(it, subject, *step)));
            }
            [facet] => count(*facet, &values_of(*facet, subject, *step)),
            _ => {}
        }
    }
    Answer {
        order: order(pack, selection, &steps),
        n_shown: shown.iter().filter(|it| **it).count(),
        shown,
        steps,
        counts,
        search: found.search,
        lock: lock.clone(),
    }
}

/// Every subject's number in the order that was asked for; those without a finding come last.
/// Subjects are numbered by name, and the sort is stable.
fn order(pack: Pack, selection: &Selection, steps: &[Option<Step>]) -> Vec<usize> {
    let step = |it: &Subject| steps.get(it.row()).copied().flatten();
    // Texts are compared as they are: places begin with words of the dataset's own.
    let compare = |a: &Subject, b: &Subject| match selection.sort {
        Sort::Finding => {
            let rank = |it| step(it).map(|it| it.finding().rank());
            rank(a).cmp(&rank(b))
        }
        Sort::Name => a.row().cmp(&b.row()),
        Sort::Place => a.place().cmp(b.place()),
        Sort::Since => {
            let day = |it: &Subject| it.since(selection.as_of);
            day(b).cmp(&day(a))
        }
        Sort::LastEvent => {
            let day = |it: &Subject| it.last_event_on(selection.as_of);
            day(b).cmp(&day(a))
        }
        Sort::Sources => b.n_sources().cmp(&a.n_sources()),
    };
    let mut subjects: Vec<Subject> = pack.subjects().collect();
    subjects.sort_by(|a, b| {
        let found = step(a).is_none().cmp(&step(b).is_none());
        found.then_with(|| {
            if selection.reversed {
                compare(b, a)
            } else {
                compare(a, b)
            }
        })
    });
    subjects.iter().map(|it| it.row()).collect()
}

/// The number of subjects shown if one thing were dropped from a selection; 0 where the selection
/// doesn't have it.
pub fn without(pack: Pack, lock: &Lock, selection: &Selection, narrowing: Narrowing) -> usize {
    let mut wider = selection.clone();
    wider.drop(narrowing);
    if wider == *selection {
        0
    } else {
        answer_within(pack, lock, &wider).n_shown
    }
}
