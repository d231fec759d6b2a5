//! What differs between two days, and on which days anything changes.

use crate::dataset::date::Date;
use crate::dataset::pack::{Finding, Pack, Step, Subject};
use crate::language::Word;

use super::answer::answer_within;
use super::{Answer, Selection};

/// A subject whose finding isn't the same on two days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The subject.
    pub subject: Subject,
    /// Its finding on the first of the days, if it had one.
    pub before: Option<Finding>,
    /// Its finding on the other.
    pub after: Option<Finding>,
}

/// Every subject whose finding differs between two days, by name.
pub fn differences(pack: Pack, from: Date, to: Date) -> Vec<Difference> {
    let finding = |subject: Subject, day| subject.step_on(day).map(Step::finding);
    pack.subjects()
        .map(|subject| Difference {
            subject,
            before: finding(subject, from),
            after: finding(subject, to),
        })
        .filter(|it| it.before != it.after)
        .collect()
}

/// The most subjects that are told by name where they differ alike.
const NAMED: usize = 3;

/// The differences in words: “New Orleans from Warned to Cleared; 29 jurisdictions from no finding to
/// Questioned”. Subjects that differ alike are told
/// together.
pub fn told(pack: Pack, differences: &[Difference]) -> String {
    let mut alike: Vec<Vec<&Difference>> = Vec::new();
    for difference in differences {
        let same = |it: &&mut Vec<&Difference>| {
            it.first()
                .is_some_and(|it| (it.before, it.after) == (difference.before, difference.after))
        };
        match alike.iter_mut().find(same) {
            Some(group) => group.push(difference),
            None => alike.push(vec![difference]),
        }
    }
    let words = pack.words();
    let label = |it: Option<Finding>| it.map_or(words.text(Word::NoFinding), Finding::label);
    let mut told = String::new();
    for group in &alike {
        let Some(first) = group.first() else { continue };
        let is_known = |it: &&Difference| pack.has_texts(it.subject.row());
        let who = if group.len() > NAMED || !group.iter().all(is_known) {
            let n = group.len();
            [&n.to_string(), " ", pack.nouns_of(n)].concat()
        } else {
            let names: Vec<&str> = group.iter().map(|it| it.subject.name()).collect();
            names.join(words.text(Word::Comma))
        };
        let with = [&who, label(first.before), label(first.after)];
        if !told.is_empty() {
            told.push_str(words.text(Word::Semicolon));
        }
        told.push_str(&words.fill(Word::FromTo, &with));
    }
    told
}

/// What differs between a selection's day and another, in the order of time: of the subjects that are
/// shown on either day. `shown` is the selection's own answer. A whole sentence.
pub fn between(pack: Pack, selection: &Selection, shown: &Answer, other: Date) -> String {
    let then = Selection {
        as_of: other,
        ..selection.clone()
    };
    let then = answer_within(pack, &shown.lock, &then);
    let (from, to) = (other.min(selection.as_of), other.max(selection.as_of));
    let mut found = differences(pack, from, to);
    found.retain(|it| {
        let row = it.subject.row();
        shown.is_shown(row) || then.is_shown(row)
    });
    let words = pack.words();
    let told = match found.as_slice() {
        [] => words.text(Word::NoneBecame).to_owned(),
        found => told(pack, found),
    };
    words.fill(Word::Between, &[&from.long(words), &to.long(words), &told])
}

/// The days of the changes before and after a day, where there are such, of all those days in order.
pub fn steps(days: &[Date], day: Date) -> [Option<Date>; 2] {
    let before = days.iter().rfind(|it| **it < day);
    let after = days.iter().find(|it| **it > day);
    [before, after].map(Option::<&Date>::copied)
}
