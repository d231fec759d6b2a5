//! What a selection shows, and what each further choice would show.

use std::sync::Arc;

use crate::dataset::bits::Bits;
use crate::dataset::date::{Date, When};
use crate::dataset::pack::{Facet, Holds, Pack, Step, Subject};
use crate::language::Word;

use super::lock::Lock;
use super::search::{Found, Plan, Search};
use super::selection::{Selection, Sort};

/// A dataset's answer to a selection.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Every subject's number, in the order of the cards. Those without a finding come last.
    pub order: Arc<Vec<u32>>,
    /// The subjects shown.
    pub shown: Bits,
    /// The number of subjects shown.
    pub n_shown: usize,
    /// The number of subjects that have a finding on the chosen day, shown or not; all of them where
    /// there is no scale of findings.
    pub n_found: usize,
    /// By facet (see [`FINDING`]) and value, the number of subjects shown if the value were also
    /// chosen, with its own facet's other choices left out of the count.
    pub counts: Vec<Vec<u32>>,
    /// The words to mark.
    pub search: Search,
    /// What it was narrowed to beforehand.
    pub lock: Lock,
    pack: Pack,
    as_of: Date,
}

impl Answer {
    /// The day that it is of as the end of a clause, " as of November 15, 2017"; empty where nothing in
    /// the dataset has a day.
    pub fn as_of_words(&self) -> String {
        if self.pack.is_dated() {
            let words = self.pack.words();
            words.fill(Word::AsOfEnd, &[&self.as_of.long(words)])
        } else {
            String::new()
        }
    }

    /// The numbers of the subjects shown, in order.
    pub fn shown(&self) -> impl Iterator<Item = usize> {
        let rows = self.order.iter().map(|it| *it as usize);
        rows.filter(|it| self.shown.has(*it))
    }

    /// Whether a subject is shown.
    pub fn is_shown(&self, subject: usize) -> bool {
        self.shown.has(subject)
    }

    /// What a subject's card says on the chosen day: the step that sets its finding.
    pub fn step(&self, subject: usize) -> Option<Step> {
        self.pack.subject(subject)?.step_on(self.as_of)
    }

    /// The count beside a value of a facet.
    pub fn count(&self, facet: usize, value: usize) -> usize {
        let counts = self.counts.get(facet);
        counts.and_then(|it| it.get(value)).copied().unwrap_or(0) as usize
    }
}

/// Answers a selection.
pub fn answer(pack: Pack, selection: &Selection) -> Answer {
    answer_within(pack, &Lock::default(), selection)
}

/// Answers a selection within a lock, as if there were nothing outside it.
pub fn answer_within(pack: Pack, lock: &Lock, selection: &Selection) -> Answer {
    Engine::new(pack).answer(lock, selection)
}

/// The parts of a split pack that an answer needs and that haven't come yet. Which parts a search
/// needs may be known only when others have come.
pub fn lacks(pack: Pack, lock: &Lock, selection: &Selection) -> Vec<usize> {
    let mut lacks = Vec::new();
    if !pack.is_split() {
        return lacks;
    }
    let all = 0..pack.n_subjects();
    let searches = !selection.text.trim().is_empty();
    if searches {
        lacks.extend(pack.lacks(Holds::Words, all.clone()));
        let plan = Plan::new(pack.index(), &selection.text);
        // Neighbours may be in one part.
        for part in plan
            .ranges()
            .into_iter()
            .flat_map(|it| pack.lacks(Holds::Lists, it))
        {
            if !lacks.contains(&part) {
                lacks.push(part);
            }
        }
    }
    let narrows = searches || !selection.chosen.is_empty() || *lock != Lock::default();
    // A comparison has what the facets say.
    let tells = !selection.compare.is_empty() || pack.has_findings();
    if narrows || tells || selection.is_sorted(pack) {
        lacks.extend(pack.lacks(Holds::Columns, all));
    }
    lacks
}

/// Answers one selection after another, and keeps what the next may need again.
///
/// Each choice within a facet gives a set of subjects that fit it. A facet counts the subjects that
/// fit all the others: by going through its column for them, or for the rest where they are fewer,
/// since how many subjects have a value is known beforehand.
#[derive(Clone, Debug)]
pub struct Engine {
    pack: Pack,
    facets: Vec<Facet>,
    found: Option<(Date, Arc<Findings>)>,
    fits: Vec<Option<(Vec<usize>, Arc<Bits>)>>,
    hits: Option<(String, Arc<Found>)>,
    order: Option<(OrderKey, Arc<Vec<u32>>)>,
}

/// What an order depends on: its kind, whether it is the other way round, the day, and the search.
type OrderKey = (Sort, bool, Date, Option<String>);

/// The findings of a day.
#[derive(Clone, Debug)]
struct Findings {
    /// By subject, the rank of its finding and 1; 0 where it has none.
    ranks: Vec<u8>,
    /// Those who have one.
    have: Bits,
}

impl Engine {
    /// For a dataset.
    pub fn new(pack: Pack) -> Self {
        let facets: Vec<Facet> = pack.facets().collect();
        Self {
            pack,
            fits: vec![None; 1 + facets.len()],
            facets,
            found: None,
            hits: None,
            order: None,
        }
    }

    /// Answers a selection within a lock, as if there were nothing outside it. What [`lacks`]
    /// names must have come.
    pub fn answer(&mut self, lock: &Lock, selection: &Selection) -> Answer {
        let findings = self.findings(selection.as_of);
        let found = self.find(&selection.text);
        let mut base = findings.have.clone();
        if !lock.only.is_empty() {
            let mut only = Bits::none(base.len());
            lock.only.iter().for_each(|it| only.set(*it));
            base.and_assign(&only);
        }
        for facet in 0..self.fits.len() {
            let chosen = values_in(&lock.chosen, facet);
            if !chosen.is_empty() {
                base.and_assign(&self.fit(facet, &chosen, &findings));
            }
        }
        let n_found = base.count();
        base.and_assign(&found.hits);
        let narrowed: Vec<(usize, Arc<Bits>)> = (0..self.fits.len())
            .filter_map(|facet| {
                let chosen = values_in(&selection.chosen, facet);
                (!chosen.is_empty()).then(|| (facet, self.kept_fit(facet, chosen, &findings)))
            })
            .collect();
        let but = |facet: usize| {
            let mut rest = base.clone();
            let others = narrowed.iter().filter(|it| it.0 != facet);
            others.for_each(|it| rest.and_assign(&it.1));
            rest
        };
        let shown = but(usize::MAX);
        let n_shown = shown.count();
        let counts = (0..self.fits.len()).map(|facet| {
            if narrowed.iter().any(|it| it.0 == facet) {
                self.count(facet, &but(facet), &findings)
            } else {
                self.count(facet, &shown, &findings)
            }
        });
        Answer {
            counts: counts.collect(),
            order: self.order(selection, &findings, &found),
            n_shown,
            n_found,
            shown,
            search: found.search.clone(),
            lock: lock.clone(),
            pack: self.pack,
            as_of: selection.as_of,
        }
    }

    fn findings(&mut self, day: Date) -> Arc<Findings> {
        if let Some((of, findings)) = &self.found
            && *of == day
        {
            return findings.clone();
        }
        let n = self.pack.n_subjects();
        let findings = if self.pack.has_findings() {
            let rank = |it: Subject| {
                it.step_on(day)
                    .map_or(0, |it| it.finding().rank().saturating_add(1))
            };
            let rank = |it| u8::try_from(rank(it)).unwrap_or(u8::MAX);
            let ranks: Vec<u8> = self.pack.subjects().map(rank).collect();
            let have = Bits::collect(n, |row| ranks.get(row).is_some_and(|it| *it > 0));
            Findings { ranks, have }
        } else {
            Findings {
                ranks: Vec::new(),
                have: Bits::all(n),
            }
        };
        let findings = Arc::new(findings);
        // What fits the facet of findings is another set on another day.
        self.fits.iter_mut().take(1).for_each(|it| *it = None);
        self.found = Some((day, findings.clone()));
        findings
    }

    fn find(&mut self, text: &str) -> Arc<Found> {
        if let Some((of, found)) = &self.hits
            && of == text
        {
            return found.clone();
        }
        let pack = self.pack;
        let plan = Plan::new(pack.index(), text);
        let found = Arc::new(plan.find(pack.n_subjects(), |it| pack.lists(it)));
        self.hits = Some((text.to_owned(), found.clone()));
        found
    }

    /// The subjects that have one of some values of a facet.
    fn fit(&self, facet: usize, chosen: &[usize], findings: &Findings) -> Bits {
        let n = self.pack.n_subjects();
        match facet.checked_sub(1).and_then(|it| self.facets.get(it)) {
            Some(facet) => {
                let one_of = |it| facet.members(it).any(|it| chosen.contains(&it));
                let fit: Vec<bool> = (0..facet.n_combinations()).map(one_of).collect();
                let column = facet.column();
                Bits::collect(n, |row| fit.get(column.get(row)) == Some(&true))
            }
            None => Bits::collect(n, |row| {
                let rank = findings.ranks.get(row).copied().unwrap_or(0);
                usize::from(rank)
                    .checked_sub(1)
                    .is_some_and(|it| chosen.contains(&it))
            }),
        }
    }

    /// The same, kept for the next time.
    fn kept_fit(&mut self, facet: usize, chosen: Vec<usize>, findings: &Findings) -> Arc<Bits> {
        if let Some(Some((of, fit))) = self.fits.get(facet)
            && *of == chosen
        {
            return fit.clone();
        }
        let fit = Arc::new(self.fit(facet, &chosen, findings));
        if let Some(kept) = self.fits.get_mut(facet) {
            *kept = Some((chosen, fit.clone()));
        }
        fit
    }

    /// How many of some subjects have each value of a facet.
    fn count(&self, facet: usize, subjects: &Bits, findings: &Findings) -> Vec<u32> {
        let Some(facet) = facet.checked_sub(1).and_then(|it| self.facets.get(it)) else {
            let mut counts = vec![0; 1 + self.pack.findings().len()];
            for row in subjects.iter().take(findings.ranks.len()) {
                let rank = findings.ranks.get(row).copied().unwrap_or(0);
                if let Some(count) = counts.get_mut(usize::from(rank)) {
                    *count += 1;
                }
            }
            return counts.split_off(1);
        };
        if subjects.count() == subjects.len() {
            let totals = facet.totals().map(|it| u32::try_from(it).unwrap_or(0));
            return totals.collect();
        }
        let n = facet.n_combinations();
        let mut of_combinations = vec![0; n];
        let column = facet.column();
        if subjects.count() * 2 > subjects.len() {
            column.count(&subjects.not(), &mut of_combinations);
            for (combination, count) in of_combinations.iter_mut().enumerate() {
                let total = u32::try_from(facet.total_of(combination)).unwrap_or(0);
                *count = total.saturating_sub(*count);
            }
        } else {
            column.count(subjects, &mut of_combinations);
        }
        let mut counts = vec![0; facet.values().len()];
        for (combination, of_combination) in of_combinations.into_iter().enumerate() {
            for value in facet.members(combination) {
                if let Some(count) = counts.get_mut(value) {
                    *count = u32::saturating_add(*count, of_combination);
                }
            }
        }
        counts
    }

    /// Every subject's number in the order that was asked for; those without a finding come last.
    /// Subjects are numbered by name, which decides between equals.
    fn order(
        &mut self,
        selection: &Selection,
        findings: &Findings,
        found: &Found,
    ) -> Arc<Vec<u32>> {
        let (sort, reversed) = selection.order(self.pack);
        // Only that order depends on what was found.
        let text = Some(&selection.text).filter(|_| sort == Sort::Match);
        let key = (sort, reversed, selection.as_of, text.cloned());
        if let Some((of, order)) = &self.order
            && *of == key
        {
            return order.clone();
        }
        let day = selection.as_of;
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let days = |it: Option<Date>| it.map_or(0, Date::days);
        let rank = |it: usize| u32::from(findings.ranks.get(it).copied().unwrap_or(0));
        let sort_key = |it: Subject| match sort {
            Sort::Finding => rank(it.row()),
            Sort::Match => number(found.rank(it.row())) << 8 | rank(it.row()),
            Sort::Name => number(it.row()),
            Sort::Place => number(it.rank_of_place()),
            Sort::Since => days(it.since(day)),
            Sort::LastEvent => days(it.last_event_on(day).map(When::day)),
            Sort::Sources => number(it.n_sources()),
        };
        let backwards = sort.is_descending() != reversed;
        let keys: Vec<u32> = self
            .pack
            .subjects()
            .map(|it| {
                let key = sort_key(it) & FOUND;
                let key = if backwards { FOUND - key } else { key };
                let last = if findings.have.has(it.row()) {
                    0
                } else {
                    !FOUND
                };
                last | key
            })
            .collect();
        let order = Arc::new(sorted(&keys));
        self.order = Some((key, Arc::clone(&order)));
        order
    }
}

/// The part of a sort key that is left for subjects with a finding; the bit above puts those
/// without one last.
const FOUND: u32 = 0x7fff_ffff;

/// The places of keys in the order of the keys; equal ones keep theirs. A radix sort, byte by byte
/// from the lowest (Knuth, The Art of Computer Programming, volume 3, section 5.2.5).
fn sorted(keys: &[u32]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).zip(keys).map(|it| it.0).collect();
    let mut next = order.clone();
    for shift in [0, 8, 16, 24] {
        let digit = |it: u32| {
            keys.get(it as usize)
                .map_or(0, |it| (it >> shift & 255) as usize)
        };
        let mut ends = [0; 257];
        for row in &order {
            if let Some(n) = ends.get_mut(digit(*row) + 1) {
                *n += 1;
            }
        }
        let mut before = 0;
        for end in &mut ends {
            before += *end;
            *end = before;
        }
        for row in &order {
            if let Some(end) = ends.get_mut(digit(*row)) {
                if let Some(place) = next.get_mut(*end) {
                    *place = *row;
                }
                *end += 1;
            }
        }
        std::mem::swap(&mut order, &mut next);
    }
    order
}

/// The values of one facet among pairs of facet and value.
fn values_in(chosen: &[(usize, usize)], facet: usize) -> Vec<usize> {
    let of_facet = chosen.iter().filter(|it| it.0 == facet);
    of_facet.map(|it| it.1).collect()
}

/// The number of subjects shown if something of a selection were another; 0 where that changes nothing.
pub fn shown_instead(
    pack: Pack,
    lock: &Lock,
    selection: &Selection,
    change: &dyn Fn(&mut Selection),
) -> usize {
    let mut other = selection.clone();
    change(&mut other);
    if other == *selection {
        0
    } else {
        answer_within(pack, lock, &other).n_shown
    }
}
