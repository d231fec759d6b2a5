//! The whole state of a page, as one small value.

use crate::dataset::date::Date;
use crate::dataset::pack::Pack;

/// The number of the facet “finding”, whose values are the findings of the chosen day. The
/// dataset's own facets follow it, in their order.
pub const FINDING: usize = 0;

/// Everything a reader has asked for. Its default for a dataset is the page as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// What stands in the search field.
    pub text: String,
    /// Chosen values, as pairs of facet (see [`FINDING`]) and place among its values; in order,
    /// each once.
    pub chosen: Vec<(usize, usize)>,
    /// The day that findings are asked for.
    pub as_of: Date,
    /// The order of the cards.
    pub sort: Sort,
    /// The subject whose history is open, by its number.
    pub open: Option<usize>,
}

impl Selection {
    /// The page as it is written: all that has a finding on the dataset's first snapshot.
    pub fn new(pack: Pack) -> Self {
        Self {
            text: String::new(),
            chosen: Vec::new(),
            as_of: pack.default_day(),
            sort: Sort::Finding,
            open: None,
        }
    }

    /// Whether a value of a facet is chosen.
    pub fn has(&self, facet: usize, value: usize) -> bool {
        self.chosen.binary_search(&(facet, value)).is_ok()
    }

    /// Chooses a value of a facet, or drops it.
    pub fn set(&mut self, facet: usize, value: usize, on: bool) {
        match (self.chosen.binary_search(&(facet, value)), on) {
            (Err(at), true) => self.chosen.insert(at, (facet, value)),
            (Ok(at), false) => {
                self.chosen.remove(at);
            }
            _ => {}
        }
    }

    /// Drops every choice of a facet.
    pub fn drop_facet(&mut self, facet: usize) {
        self.chosen.retain(|it| it.0 != facet);
    }

    /// Drops what narrows the page: the search and every facet's choices. The day, the order and
    /// the open history stay.
    pub fn clear(&mut self) {
        self.text.clear();
        self.chosen.clear();
    }

    /// Whether anything narrows the page.
    pub fn is_narrowed(&self) -> bool {
        !self.chosen.is_empty() || !self.text.trim().is_empty()
    }

    /// Moves the day into the span of the record.
    pub fn set_as_of(&mut self, pack: Pack, day: Date) {
        self.as_of = day.min(pack.last_day()).max(pack.first_day());
    }
}

/// The order of the cards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The findings scale, then names.
    #[default]
    Finding,
    /// Names.
    Name,
    /// The last event by the chosen day, newest first, then names.
    LastEvent,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Finding, Self::Name, Self::LastEvent];

    /// Its word in the address and in the menu's value.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::Name => "name",
            Self::LastEvent => "last-event",
        }
    }

    /// Its words on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Finding => "Finding",
            Self::Name => "Name",
            Self::LastEvent => "Last event",
        }
    }

    /// The order with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }
}
