//! What happened, by day.

use crate::dataset::date::Date;
use crate::dataset::pack::{Happening, Pack};

use super::{Answer, Selection};

/// A quarter of a year, and how much happened in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quarter {
    /// The year, from 1.
    pub year: u32,
    /// 0 to 3.
    pub quarter: u32,
    /// The number of national events.
    pub national: usize,
    /// The number of subjects' events.
    pub own: usize,
}

/// What a timeline shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// The events, by day: the national ones, and those of the subjects that are shown, or of the
    /// one whose history is open; of one kind, where one is chosen.
    pub events: Vec<Happening>,
    /// Every quarter from the first finding's year to the record's end, and before them one that
    /// has all that is older, if anything is.
    pub quarters: Vec<Quarter>,
    /// By kind, the number of events if that kind were chosen.
    pub kinds: Vec<usize>,
}

/// The timeline of a selection. `more` is the dataset's second pack.
pub fn timeline(pack: Pack, more: Pack, selection: &Selection, answer: &Answer) -> Timeline {
    let is_in = |it: &Happening| match (it.subject(), selection.open) {
        (None, _) => true,
        (Some(subject), Some(open)) => subject == open,
        (Some(subject), None) => answer.is_shown(subject),
    };
    let mut kinds = vec![0; pack.kinds().len()];
    let mut events: Vec<Happening> = more.happenings().filter(is_in).collect();
    for event in &events {
        if let Some(n) = kinds.get_mut(event.kind()) {
            *n += 1;
        }
    }
    events.retain(|it| selection.kind.is_none_or(|kind| it.kind() == kind));
    Timeline {
        quarters: quarters(pack, &events),
        events,
        kinds,
    }
}

fn quarter_of(day: Date) -> (u32, u32) {
    let (year, month, _) = day.parts();
    (year, (month - 1) / 3)
}

fn quarters(pack: Pack, events: &[Happening]) -> Vec<Quarter> {
    let first = pack.step_days().first().copied();
    let (first, _) = quarter_of(first.unwrap_or(pack.last_day()));
    let (last, last_quarter) = quarter_of(pack.last_day());
    let empty = |year, quarter| Quarter {
        year,
        quarter,
        national: 0,
        own: 0,
    };
    let mut quarters = vec![empty(first.saturating_sub(1), 3)];
    quarters.extend(
        (first..=last)
            .flat_map(|year| (0..4).map(move |quarter| empty(year, quarter)))
            .take_while(|it| (it.year, it.quarter) <= (last, last_quarter)),
    );
    for event in events {
        let (year, quarter) = quarter_of(event.day());
        let after_older = (year.max(first) - first) * 4 + quarter + 1;
        let at = if year < first { 0 } else { after_older };
        if let Some(quarter) = quarters.get_mut(at as usize) {
            match event.subject() {
                None => quarter.national += 1,
                Some(_) => quarter.own += 1,
            }
        }
    }
    if let Some((older, rest)) = quarters.split_first()
        && older.national + older.own == 0
    {
        return rest.to_vec();
    }
    quarters
}
