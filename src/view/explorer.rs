//! The state of the page: one selection, and what follows from it.

use std::sync::Arc;

use crate::dataset::date::Date;
use crate::dataset::pack::Pack;
use crate::language::Word;
use crate::query::address::encode;
use crate::query::answer::{Engine, lacks};
use crate::query::difference::between;
use crate::query::named::chosen;
use crate::query::{Answer, Lock, Selection, View};

use super::later;

/// How the address should follow a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trace {
    /// A step of its own, which the back button undoes.
    Step,
    /// Typing in the field of this name, which is one step however many letters it has.
    Typing(&'static str),
    /// The address is where the change came from. So it is at first: the page is written before it is read.
    #[default]
    FromAddress,
}

/// Whether a page is being printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// Nobody asks for it, or it is done.
    No,
    /// The browser is asked to. A page in a frame that may not print isn't told that nothing comes of it.
    Asked,
    /// The browser is at it.
    Begun,
}

/// What a page knows of the browser around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The page's address without a fragment; empty where there is no browser.
    pub address: String,
    /// Whether the device has a way of its own to share.
    pub shares: bool,
    /// What an embed is narrowed to; nothing elsewhere.
    pub lock: Lock,
}

/// What a page fetches once it is needed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Fetched<T> {
    /// Nobody asked for it yet, or it is on its way.
    #[default]
    Awaited,
    /// It came.
    Here(T),
    /// It can't be had. It is asked for anew once a reader asks for something else, and not before: a host
    /// that has trouble isn't helped by being asked without end.
    Refused,
}

impl<T> Fetched<T> {
    /// As it is, without what came.
    pub fn state(&self) -> Fetched<()> {
        match self {
            Self::Awaited => Fetched::Awaited,
            Self::Here(_) => Fetched::Here(()),
            Self::Refused => Fetched::Refused,
        }
    }

    /// Leaves what was refused to be asked for anew.
    fn ask_anew(&mut self) {
        if matches!(self, Self::Refused) {
            *self = Self::Awaited;
        }
    }
}

/// Everything that a page shows follows from this: `page = view(dataset, selection)`.
#[derive(Clone, Debug)]
pub struct Explorer {
    /// The dataset.
    pub pack: Pack,
    /// What the reader asked for.
    pub selection: Selection,
    /// The dataset's answer to it. While parts of a split pack are lacking, it is the one before.
    pub answer: Arc<Answer>,
    /// How the address should follow the last change.
    pub trace: Trace,
    /// The day that the reader left for this one, which may be this one again.
    left: Option<Date>,
    /// What differs from that day, in words, or that no other day could be had; nothing where there is
    /// neither.
    pub changed: String,
    /// The dataset's second pack, which only some views need.
    pub more: Fetched<Pack>,
    /// The part of the program that only readers who ask for it need: see [`super::later`].
    pub later: Fetched<()>,
    /// The subjects near the screen whose texts a split pack lacks.
    pub wanted: Vec<usize>,
    /// How many times parts of a split pack have come.
    pub arrived: usize,
    /// The parts that the answer waits for.
    pub lacking: Vec<usize>,
    /// The parts that are lacking of what else the page names than cards: see [`named`].
    pub unnamed: Vec<usize>,
    /// Whether a part that was asked for couldn't be had.
    pub refused: bool,
    /// The address of the link that last led to a card from another view, and how many with the same stand before it.
    pub followed: (String, usize),
    /// Whether the page is being printed.
    pub print: Print,
    /// The browser around it.
    pub around: Around,
    /// What became of what was last taken along, in words; empty where there is nothing to say.
    pub taken: &'static str,
    /// Whether the sheet with what can be taken along was ever opened.
    pub takes: bool,
    engine: Engine,
}

impl Explorer {
    /// The page as it is written. Of a split pack, what that shows must have come: see [`lacks`].
    pub fn new(pack: Pack) -> Self {
        let selection = Selection::new(pack);
        let mut engine = Engine::new(pack);
        let around = Around::default();
        let answer = Arc::new(engine.answer(&around.lock, &selection));
        let mut explorer = Self {
            pack,
            selection,
            answer,
            trace: Trace::default(),
            left: None,
            changed: String::new(),
            more: Fetched::default(),
            later: Fetched::Here(()),
            wanted: Vec::new(),
            arrived: 0,
            lacking: Vec::new(),
            unnamed: Vec::new(),
            refused: false,
            followed: (String::new(), 0),
            print: Print::No,
            around,
            taken: "",
            takes: false,
            engine,
        };
        explorer.name();
        explorer
    }

    /// Takes another selection in place of this one.
    pub fn replace(&mut self, trace: Trace, mut selection: Selection) {
        selection.settle_order(self.pack);
        if self.selection == selection {
            return;
        }
        // A date passes through others while one types it.
        let goes_on = matches!(trace, Trace::Typing(_)) && trace == self.trace;
        self.trace = trace;
        if trace == Trace::FromAddress {
            self.left = None;
        } else if self.selection.as_of != selection.as_of && !goes_on {
            self.left = Some(self.selection.as_of);
        }
        self.selection = selection;
        self.more.ask_anew();
        self.later.ask_anew();
        self.refresh();
    }

    /// The day that findings were asked for before the reader chose this one.
    pub fn before(&self) -> Option<Date> {
        self.left.filter(|it| *it != self.selection.as_of)
    }

    /// Opens the sheet with what can be taken along.
    pub fn open_sheet(&mut self) {
        self.takes = true;
        self.taken = "";
        self.later.ask_anew();
    }

    /// Narrows the page, as an embed's settings say.
    pub fn narrow(&mut self, lock: Lock) {
        self.around.lock = lock;
        self.refresh();
    }

    /// Parts of a split pack have come.
    pub fn arrive(&mut self) {
        self.arrived += 1;
        self.refresh();
    }

    /// The second pack has come, or can't be had.
    pub fn have_more(&mut self, more: Fetched<Pack>) {
        self.more = more;
        self.name();
    }

    /// The later part of the program has come, or can't be had.
    pub fn have_later(&mut self, later: Fetched<()>) {
        self.later = later;
        self.name();
    }

    /// Whether the page shows what the second pack has.
    pub fn needs_more(&self) -> bool {
        matches!(self.selection.view, View::Timeline | View::Map)
    }

    /// Whether the page shows what the later part of the program writes, beside the cards.
    fn shows_later(&self) -> bool {
        self.selection.view != View::Cards || !self.selection.compare.is_empty()
    }

    /// Whether a reader asked for what the later part of the program writes.
    pub fn needs_later(&self) -> bool {
        self.takes || self.shows_later()
    }

    /// Whether all is there that the page shows beside the cards.
    pub fn rest(&self) -> Fetched<()> {
        let needed = [
            (self.shows_later(), self.later),
            (self.needs_more(), self.more.state()),
        ];
        let is_any = |state| needed.contains(&(true, state));
        if is_any(Fetched::Refused) {
            Fetched::Refused
        } else if is_any(Fetched::Awaited) {
            Fetched::Awaited
        } else {
            Fetched::Here(())
        }
    }

    /// Says which days there are, where another was asked for.
    pub fn refuse_day(&mut self) {
        let words = self.pack.words();
        let days = [self.pack.first_day(), self.pack.last_day()].map(|it| it.long(words));
        self.changed = words.fill(Word::NoSuchDay, &days.each_ref().map(String::as_str));
    }

    /// Answers the selection, if all that the answer needs is there.
    fn refresh(&mut self) {
        let lock = &self.around.lock;
        self.lacking = lacks(self.pack, lock, &self.selection);
        self.changed.clear();
        if self.lacking.is_empty() {
            self.answer = Arc::new(self.engine.answer(lock, &self.selection));
            // It goes through all subjects, on two days: once for each answer, not for each drawing.
            if let Some(day) = self.before() {
                self.changed = between(self.pack, &self.selection, &self.answer, day);
            }
        }
        self.name();
    }

    /// Finds out whose names are lacking.
    fn name(&mut self) {
        if !self.pack.is_split() {
            return;
        }
        let named = later::named(self).unwrap_or_else(|| chosen(&self.selection));
        self.unnamed = self.pack.lacks_texts(named.into_iter());
    }

    /// The page's address with the selection in it; in an embed, that of the whole page. Empty where
    /// the page has no address that others could follow.
    pub fn address(&self) -> String {
        let around = &self.around;
        if around.address.is_empty() {
            return String::new();
        }
        let whole = around.lock.unlocked(&self.selection);
        let fragment = encode(self.pack, &whole);
        let hash = if fragment.is_empty() { "" } else { "#" };
        [&around.address, hash, &fragment].concat()
    }
}
