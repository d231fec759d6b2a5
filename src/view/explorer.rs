//! The state of the page: one selection, and what follows from it.

use leptos::prelude::*;

use crate::dataset::pack::{Pack, Step};
use crate::query::search::Search;
use crate::query::{Answer, Selection, answer};

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
}

impl Explorer {
    /// The page as it is written.
    pub fn new(pack: Pack) -> Self {
        let selection = RwSignal::new(Selection::new(pack));
        let answer = Memo::new(move |_| answer(pack, &selection.read()));
        Self {
            pack,
            selection,
            answer,
            search: Memo::new(move |_| answer.read().search.clone()),
            trace: StoredValue::new(Trace::default()),
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
        if *self.selection.read_untracked() != selection {
            self.trace.set_value(trace);
            self.selection.set(selection);
        }
    }

    /// The step that sets a subject's finding on the chosen day.
    pub fn step(self, subject: usize) -> Option<Step> {
        self.answer.read().steps.get(subject).copied().flatten()
    }
}
