//! A subject on a day, as one row of a table.
//!
//! A column keeps its name and its meaning; a new one of a facet comes after the other facets'. `src/site/readme.rs`
//! tells readers what they are.

use crate::dataset::date::Date;
use crate::dataset::pack::{Field, MONEY, Pack, Step, Subject};

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
    MONEY,
    "n_sources",
];

/// The first of [`COLUMNS`] that tell of findings, and how many do; a dataset without a scale of
/// findings lacks them.
const OF_FINDINGS: std::ops::Range<usize> = 3..7;

/// The columns' names, in order, each once: the ids of facets and of further facts are an author's
/// own, and may be the same as each other or as a column's. The one that comes first keeps its name; a
/// facet's is `facet-…` then, and a further fact's `field-…`.
pub fn columns(pack: Pack) -> Vec<String> {
    let mut columns: Vec<String> = COLUMNS.iter().map(|it| (*it).to_owned()).collect();
    if !pack.has_findings() {
        columns.drain(OF_FINDINGS);
    }
    let mut add = |before: &str, id: &str| {
        let mut name = id.to_owned();
        while columns.contains(&name) || (name == QUALIFICATION && !before.is_empty()) {
            name.insert_str(0, before);
        }
        columns.push(name);
    };
    pack.facets().for_each(|it| add("facet-", it.id()));
    add("", QUALIFICATION);
    further(pack).for_each(|it| add("field-", it.id()));
    columns
}

/// The column after those of the facets.
const QUALIFICATION: &str = "qualification";

/// The further facts that have no column of their own.
pub fn further(pack: Pack) -> impl Iterator<Item = Field> {
    pack.fields().filter(|it| it.id() != MONEY)
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
        day(Some(as_of).filter(|_| pack.is_dated())),
        of(step.map(|it| it.finding().id())),
        of(step.map(|it| it.finding().label())),
        day(subject.since(as_of)),
        of(step.map(Step::kind)),
        of(step.map(Step::summary)),
        of(step.map(|it| it.citation().0)),
        of(step.map(|it| it.citation().1)),
        of(step.map(Step::to)),
        day(step.and_then(Step::reply_by)),
        of(pack
            .fields()
            .find(|it| it.id() == MONEY)
            .map(|it| it.of(subject))),
        subject.n_sources().to_string(),
    ];
    if !pack.has_findings() {
        cells.drain(OF_FINDINGS);
    }
    cells.extend(pack.facets().map(|facet| {
        let values = facet.values_of(subject.row());
        let ids = values.filter_map(|it| Some(facet.value(it)?.0));
        ids.collect::<Vec<_>>().join(";")
    }));
    cells.push(of(step.and_then(Step::qualification).map(|it| it.0)));
    cells.extend(further(pack).map(|it| it.of(subject).to_owned()));
    cells
}
