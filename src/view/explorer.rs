//! The state of the page: one selection, and what follows from it.

use leptos::prelude::*;

use crate::dataset::date::Date;
use crate::dataset::pack::{Pack, Step};
use crate::query::address::encode;
use crate::query::answer::{Engine, answer_within};
use crate::query::named::named;
use crate::query::search::Search;
use crate::query::{Answer, Lock, Selection};

/// How the address should follow a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trace {
    /// A step of its own, which the back button undoes.
    #[default]
    Step,
    /// Typing in the field of this name, which is one step however many letters it has.
    Typing(&'static str),
    /// The address is where the change came from.
    FromAddress,
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

/// The dataset's second pack, which only some views need.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum More {
    /// Nobody asked for it yet, or it is on its way.
    #[default]
    Awaited,
    /// It came.
    Here(Pack),
    /// It can't be had.
    Refused,
}

/// Handles to the page's state; copies are the same state.
#[derive(Clone, Copy, Debug)]
pub struct Explorer {
    /// The dataset.
    pub pack: Pack,
    /// What the reader asked for.
    pub selection: RwSignal<Selection>,
    /// The dataset's answer to it.
    pub answer: Memo<Answer>,
    /// The words to mark.
    pub search: Memo<Search>,
    /// How the address should follow the last change.
    pub trace: StoredValue<Trace>,
    /// The day that findings were asked for before the reader chose this one.
    pub before: RwSignal<Option<Date>>,
    /// The dataset's second pack.
    pub more: RwSignal<More>,
    /// The subjects near the screen whose texts a split pack lacks.
    pub wanted: RwSignal<Vec<usize>>,
    /// How many times parts of a split pack have come.
    pub arrived: RwSignal<usize>,
    /// The parts that the answer waits for; meanwhile it is the one before.
    pub lacking: Memo<Vec<usize>>,
    /// The parts that are lacking of what else the page names than cards: see [`named`].
    pub unnamed: Memo<Vec<usize>>,
    /// Whether a part that was asked for last couldn't be had.
    pub refused: RwSignal<bool>,
    /// The address of the link that last led to a card from another view.
    pub followed: StoredValue<String>,
    /// Whether the page is being printed.
    pub printing: RwSignal<bool>,
    /// The browser around it.
    pub around: RwSignal<Around>,
    /// What became of what was last taken along, in words; empty where there is nothing to say.
    pub taken: RwSignal<&'static str>,
    /// Whether the sheet with what can be taken along was ever opened.
    pub takes: RwSignal<bool>,
}

impl Explorer {
    /// The page as it is written.
    pub fn new(pack: Pack) -> Self {
        let selection = RwSignal::new(Selection::new(pack));
        let around = RwSignal::new(Around::default());
        let engine = StoredValue::new(Engine::new(pack));
        let arrived = RwSignal::new(0);
        let lacking = Memo::new(move |_| {
            arrived.track();
            let lock = &around.read().lock;
            engine.with_value(|it| it.lacks(lock, &selection.read()))
        });
        let answer = Memo::new(move |last: Option<&Answer>| {
            if let Some(last) = last
                && !lacking.read().is_empty()
            {
                return last.clone();
            }
            let around = around.read();
            let selection = selection.read();
            let answer = engine.try_update_value(|it| it.answer(&around.lock, &selection));
            // The engine lives as long as the memo does.
            answer.unwrap_or_else(|| answer_within(pack, &around.lock, &selection))
        });
        let more = RwSignal::new(More::default());
        let unnamed = Memo::new(move |_| {
            if !pack.is_split() {
                return Vec::new();
            }
            arrived.track();
            let more = match more.get() {
                More::Here(more) => Some(more),
                _ => None,
            };
            let named = named(pack, more, &selection.read(), &answer.read());
            pack.lacks_texts(named.into_iter())
        });
        Self {
            pack,
            selection,
            answer,
            search: Memo::new(move |_| answer.read().search.clone()),
            trace: StoredValue::new(Trace::default()),
            before: RwSignal::new(None),
            more,
            wanted: RwSignal::new(Vec::new()),
            arrived,
            lacking,
            unnamed,
            refused: RwSignal::new(false),
            followed: StoredValue::new(String::new()),
            printing: RwSignal::new(false),
            around,
            taken: RwSignal::new(""),
            takes: RwSignal::new(false),
        }
    }

    /// Changes the selection; where that leaves it the same, nothing happens.
    pub fn change(self, trace: Trace, change: impl FnOnce(&mut Selection)) {
        let mut selection = self.selection.get_untracked();
        change(&mut selection);
        self.replace(trace, selection);
    }

    /// Takes another selection in place of this one.
    pub fn replace(self, trace: Trace, selection: Selection) {
        let day = self.selection.read_untracked().as_of;
        if *self.selection.read_untracked() != selection {
            let last = self.trace.get_value();
            self.trace.set_value(trace);
            // A date passes through others while one types it.
            let goes_on = matches!(trace, Trace::Typing(_)) && trace == last;
            if trace == Trace::FromAddress {
                self.before.set(None);
            } else if day != selection.as_of && !goes_on {
                self.before.set(Some(day));
            }
            self.selection.set(selection);
        }
    }

    /// The page's address with the selection in it; in an embed, that of the whole page. Empty where
    /// the page has no address that others could follow.
    pub fn address(self) -> String {
        let around = self.around.read();
        if around.address.is_empty() {
            return String::new();
        }
        let whole = around.lock.unlocked(&self.selection.read());
        let fragment = encode(self.pack, &whole);
        let hash = if fragment.is_empty() { "" } else { "#" };
        [&around.address, hash, &fragment].concat()
    }

    /// The step that sets a subject's finding on the chosen day.
    pub fn step(self, subject: usize) -> Option<Step> {
        self.answer.read().step(subject)
    }
}
