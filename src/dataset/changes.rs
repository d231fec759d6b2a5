//! What changed: each time that a subject's finding became another one.

use super::date::Date;
use super::model::{Dataset, Event, Finding, Subject};
use super::telling::{finding, steps};

/// One change of a subject's finding.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The day from which it counts.
    pub day: Date,
    /// The subject.
    pub subject: &'a Subject,
    /// The finding before; none where it is the first.
    pub before: Option<&'a Finding>,
    /// The finding from that day on.
    pub after: &'a Finding,
    /// What set it.
    pub event: &'a Event,
}

/// Every change of a finding, in the order of days and, on one day, of the subjects' names. An event
/// that sets the finding which already stands is no change; of several events on one day the last
/// counts, as everywhere on the page.
pub fn changes(dataset: &Dataset) -> Vec<Change<'_>> {
    let mut changes = Vec::new();
    for subject in dataset.by_name() {
        let mut last: Vec<Change> = Vec::new();
        for event in steps(dataset, subject) {
            let Some(after) = finding(dataset, event) else {
                continue;
            };
            last.push(Change {
                day: event.date.get_ref().last_day(),
                subject,
                before: last.last().map(|it| it.after),
                after,
                event,
            });
        }
        last.retain(|it| it.before.is_none_or(|before| before.id != it.after.id));
        // What was found on a day that isn't known is a finding, and no change on any day.
        last.retain(|it| it.day != Date::default());
        changes.extend(last);
    }
    // Stable: subjects stay in the order of their names.
    changes.sort_by_key(|it| it.day);
    changes
}
