//! A subject on a day, as one row of a table.
//!
//! The columns are stable: new ones come last, none changes its meaning. `data/README.md` lists them.

use crate::dataset::date::Date;
use crate::dataset::pack::{Pack, Subject};

/// The columns before those of the facets, which are named by the facets' ids.
const COLUMNS: [&str; 15] = [
    "id",
    "name",
    "place",
    "as_of",
    "finding",
    "finding_label",
    "since",
    "event",
    "summary",
    "source",
    "source_url",
    "addressee",
    "reply_by",
    "money",
    "n_sources",
];

/// The columns' names, in order.
pub fn columns(pack: Pack) -> Vec<&'static str> {
    COLUMNS
        .into_iter()
        .chain(pack.facets().map(super::super::dataset::pack::Facet::id))
        .chain(["qualification"])
        .collect()
}

/// A subject's cells on a day, in the order of [`columns`]; what isn't known is empty, and a facet's
/// several values are set apart by `;`.
pub fn row(pack: Pack, subject: Subject, as_of: Date) -> Vec<String> {
    let step = subject.step_on(as_of);
    let of = |text: Option<&'static str>| text.unwrap_or("").to_owned();
    let day = |day: Option<Date>| day.map_or_else(String::new, Date::iso);
    let mut cells = vec![
        subject.id().to_owned(),
        subject.name().to_owned(),
        subject.place().to_owned(),
        as_of.iso(),
        of(step.map(|it| it.finding().id())),
        of(step.map(|it| it.finding().label())),
        day(subject.since(as_of)),
        of(step.map(super::super::dataset::pack::Step::kind)),
        of(step.map(super::super::dataset::pack::Step::summary)),
        of(step.map(|it| it.citation().0)),
        of(step.map(|it| it.citation().1)),
        of(step.map(super::super::dataset::pack::Step::to)),
        day(step.and_then(super::super::dataset::pack::Step::reply_by)),
        subject.money().to_owned(),
        subject.n_sources().to_string(),
    ];
    cells.extend(pack.facets().map(|facet| {
        let ids: Vec<&str> = facet.values().map(|it| it.0).collect();
        let values = facet
            .values_of(subject.row())
            .filter_map(|it| ids.get(it).copied());
        values.collect::<Vec<_>>().join(";")
    }));
    cells.push(of(step.map(|it| it.qualification().0)));
    cells
}
