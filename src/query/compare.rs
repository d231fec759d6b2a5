//! Subjects side by side.

use crate::dataset::date::{Date, When};
use crate::dataset::pack::{Facet, Has, Pack, Step, Subject};
use crate::language::Word;

/// One point on which subjects are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What the point is.
    pub label: &'static str,
    /// What it is for each subject, in their order; empty where it isn't known.
    pub cells: Vec<String>,
    /// Whether the label is the dataset's own.
    pub is_own_label: bool,
    /// Whether the cells are.
    pub is_own: bool,
}

impl Row {
    /// Whether the subjects aren't all alike.
    pub fn differs(&self) -> bool {
        self.cells.iter().any(|it| Some(it) != self.cells.first())
    }
}

/// Everything that cards say of some subjects on a day, point by point. Points on which nothing is
/// known of any are left out.
pub fn rows(pack: Pack, subjects: &[Subject], as_of: Date) -> Vec<Row> {
    let words = pack.words();
    let row = |label, cell: &dyn Fn(Subject) -> String| Row {
        label,
        cells: subjects.iter().map(|it| cell(*it)).collect(),
        is_own_label: false,
        is_own: false,
    };
    let own = |row: Row| Row {
        is_own: true,
        ..row
    };
    let said = |what: fn(Step) -> &'static str| {
        move |it: Subject| it.step_on(as_of).map_or("", what).to_owned()
    };
    let day = |what: fn(Step) -> Option<Date>| {
        move |it: Subject| {
            let day = it.step_on(as_of).and_then(what);
            day.map_or_else(String::new, |it| it.long(words))
        }
    };
    let mut rows = vec![
        row(words.text(Word::Finding), &|it: Subject| {
            let step = it.step_on(as_of);
            step.map_or(words.text(Word::NoFindingYet), |it| it.finding().label())
                .to_owned()
        }),
        row(words.text(Word::Since), &|it: Subject| {
            let day = it.since(as_of);
            day.map_or_else(String::new, |it| it.long(words))
        }),
        // It may have been set again since it was first.
        own(row(words.text(Word::SetBy), &|it: Subject| {
            let Some(step) = it.step_on(as_of) else {
                return String::new();
            };
            let day = match step.when() {
                unsaid if unsaid == When::default() => String::new(),
                when => when.long(words),
            };
            let is_both = !day.is_empty() && !step.kind().is_empty();
            let comma = if is_both { words.text(Word::Comma) } else { "" };
            [step.kind(), comma, &day].concat()
        })),
        own(row(words.text(Word::WhatHappened), &said(Step::summary))),
        own(row(
            words.text(Word::Also),
            &said(|it| it.qualification().map_or("", |it| it.0)),
        )),
        own(row(words.text(Word::To), &said(Step::to))),
        row(words.text(Word::ReplyBy), &day(Step::reply_by)),
    ];
    if !pack.has_findings() {
        // There is no scale to be on, no change of it, and nothing that sets it.
        rows.drain(..3);
    }
    rows.extend(pack.fields().map(|field| Row {
        is_own_label: true,
        ..own(row(field.label(), &|it| field.of(it).to_owned()))
    }));
    rows.extend(pack.facets().map(|facet| Row {
        label: facet.label(),
        cells: subjects.iter().map(|it| values(facet, *it)).collect(),
        is_own_label: true,
        is_own: true,
    }));
    // A row of a table without a date is no event.
    if pack.has(Has::Events) {
        rows.push(row(words.text(Word::EventsSoFar), &|it: Subject| {
            it.n_events_by(as_of).to_string()
        }));
    }
    if pack.has(Has::Sources) {
        rows.push(row(words.text(Word::SourcesInAll), &|it: Subject| {
            it.n_sources().to_string()
        }));
    }
    rows.retain(|it| it.cells.iter().any(|it| !it.is_empty()));
    rows
}

/// A subject's values of a facet, in words.
pub fn values(facet: Facet, subject: Subject) -> String {
    let values = facet.values_of(subject.row());
    let labels = values.filter_map(|it| Some(facet.value(it)?.1));
    let comma = subject.pack().words().text(Word::Comma);
    labels.collect::<Vec<_>>().join(comma)
}
