//! The whole state of a page, as one small value.

use crate::dataset::date::Date;
use crate::dataset::pack::{Has, Pack};
use crate::language::Word;

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
    /// What the order was asked to go by, if it was; [`Selection::order`] tells what it goes by.
    pub sort: Option<Sort>,
    /// Whether the order is the other way round.
    pub reversed: bool,
    /// How the subjects are shown.
    pub view: View,
    /// The one kind of event that the timeline shows, by its number; all kinds where there is none.
    pub kind: Option<usize>,
    /// The subject whose history is open, by its number.
    pub open: Option<usize>,
    /// The subjects set side by side, by their numbers, in the order of choosing: each once, at most
    /// [`MOST_COMPARED`].
    pub compare: Vec<usize>,
}

/// Something that narrows the page and could be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Narrowing {
    /// The search.
    Text,
    /// All choices of a facet.
    Facet(usize),
}

/// The most subjects that fit side by side.
pub const MOST_COMPARED: usize = 4;

impl Selection {
    /// The page as it is written: all that has a finding on the dataset's first snapshot.
    pub fn new(pack: Pack) -> Self {
        Self {
            text: String::new(),
            chosen: Vec::new(),
            as_of: pack.default_day(),
            sort: None,
            reversed: false,
            view: View::Cards,
            kind: None,
            open: None,
            compare: Vec::new(),
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

    /// Drops one thing that narrows the page.
    pub fn drop(&mut self, narrowing: Narrowing) {
        match narrowing {
            Narrowing::Text => self.text.clear(),
            Narrowing::Facet(facet) => self.chosen.retain(|it| it.0 != facet),
        }
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

    /// Sets a subject beside the others, if there is room, or takes it away.
    pub fn set_compared(&mut self, subject: usize, on: bool) {
        let is_in = self.compare.contains(&subject);
        if !on {
            self.compare.retain(|it| *it != subject);
        } else if !is_in && self.compare.len() < MOST_COMPARED {
            self.compare.push(subject);
        }
    }

    /// What the order goes by, and whether it is the other way round. Where nothing was asked for, a
    /// search has its best matches first.
    pub fn order(&self, pack: Pack) -> (Sort, bool) {
        (self.sort.unwrap_or(self.own_order(pack)), self.reversed)
    }

    fn own_order(&self, pack: Pack) -> Sort {
        if self.text.trim().is_empty() {
            Sort::first(pack)
        } else {
            Sort::Match
        }
    }

    /// Whether the order is another than it would be by itself.
    pub fn is_sorted(&self, pack: Pack) -> bool {
        self.order(pack) != (self.own_order(pack), false)
    }

    /// Orders by something. What the order would be by itself is as if nothing had been asked for.
    pub fn set_order(&mut self, pack: Pack, sort: Sort, reversed: bool) {
        let is_own = sort == self.own_order(pack) && !reversed;
        self.sort = (!is_own).then_some(sort);
        self.reversed = reversed;
    }

    /// Has the order as if nothing had been asked for, where it is what it would be by itself. That depends on the
    /// search, so it is to be called once that is another.
    pub fn settle_order(&mut self, pack: Pack) {
        let (sort, reversed) = self.order(pack);
        self.set_order(pack, sort, reversed);
    }

    /// Orders by something; the other way round if the order goes by it already.
    pub fn sort_by(&mut self, pack: Pack, sort: Sort) {
        let (last, reversed) = self.order(pack);
        self.set_order(pack, sort, last == sort && !reversed);
    }

    /// Moves the day into the span of the record.
    pub fn set_as_of(&mut self, pack: Pack, day: Date) {
        self.as_of = day.min(pack.last_day()).max(pack.first_day());
    }
}

/// How the subjects of a selection are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// A card each.
    #[default]
    Cards,
    /// A row each.
    Table,
    /// What happened, to them and nationally, by day.
    Timeline,
    /// A mark each, where they are.
    Map,
}

impl View {
    /// Every view.
    pub const ALL: [Self; 4] = [Self::Cards, Self::Table, Self::Timeline, Self::Map];

    /// Its word in the address and in the switch's values.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Cards => "cards",
            Self::Table => "table",
            Self::Timeline => "timeline",
            Self::Map => "map",
        }
    }

    /// Its word on the page.
    pub const fn word(self) -> Word {
        match self {
            Self::Cards => Word::Cards,
            Self::Table => Word::Table,
            Self::Timeline => Word::Timeline,
            Self::Map => Word::Map,
        }
    }

    /// The view with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }

    /// Whether a dataset has something to show in it.
    pub fn is_of_use(self, pack: Pack) -> bool {
        match self {
            Self::Cards | Self::Table => true,
            Self::Timeline => pack.has(Has::Events),
            Self::Map => pack.frame().0 > 0,
        }
    }
}

/// What the order of the subjects goes by. Names decide between equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// The findings scale.
    Finding,
    /// Names.
    Name,
    /// What a subject is and where.
    Place,
    /// The day on which the finding was set, newest first.
    Since,
    /// The last event by the chosen day, newest first.
    LastEvent,
    /// The number of sources, most first.
    Sources,
    /// How well a search is matched, then as [`Sort::first`].
    Match,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 7] = [
        Self::Finding,
        Self::Name,
        Self::Place,
        Self::Since,
        Self::LastEvent,
        Self::Sources,
        Self::Match,
    ];

    /// Its word in the address and in the menu's value.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::Name => "name",
            Self::Place => "place",
            Self::Since => "since",
            Self::LastEvent => "last-event",
            Self::Sources => "sources",
            Self::Match => "match",
        }
    }

    /// Its words on the page.
    pub const fn word(self) -> Word {
        match self {
            Self::Finding => Word::Finding,
            Self::Name => Word::Name,
            Self::Place => Word::KindAndPlace,
            Self::Since => Word::Since,
            Self::LastEvent => Word::LastEvent,
            Self::Sources => Word::Sources,
            Self::Match => Word::BestMatch,
        }
    }

    /// Whether the greatest comes first, as the newest day does.
    pub const fn is_descending(self) -> bool {
        matches!(self, Self::Since | Self::LastEvent | Self::Sources)
    }

    /// The order with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }

    /// The order that a dataset's page begins with.
    pub fn first(pack: Pack) -> Self {
        if pack.has_findings() {
            Self::Finding
        } else {
            Self::Name
        }
    }

    /// Whether a dataset has something to order by.
    pub fn is_of_use(self, pack: Pack) -> bool {
        match self {
            Self::Name | Self::Match => true,
            Self::Finding => pack.has_findings(),
            Self::Since => pack.is_dated(),
            Self::Place => pack.has(Has::Places),
            Self::LastEvent => pack.has(Has::Events),
            Self::Sources => pack.has(Has::Sources),
        }
    }
}
