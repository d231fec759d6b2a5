//! The state of the page, which everything shown follows.

use std::sync::Arc;

use leptos::prelude::*;

use crate::dataset::pack::Pack;
use crate::query::Selection;
use crate::view::{Explorer, Fetched, Trace};

/// A handle to the state; copies are the same state.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The dataset.
    pub pack: Pack,
    state: &'static ArcRwSignal<Arc<Explorer>>,
}

impl Page {
    /// The page as it was written, with or without the later part of the program.
    pub fn new(pack: Pack, later: Fetched<()>) -> Self {
        let mut explorer = Explorer::new(pack);
        explorer.later = later;
        Self {
            pack,
            // As long as the page is open. Leptos' own store of signals would weigh more than all else of it.
            state: Box::leak(Box::new(ArcRwSignal::new(Arc::new(explorer)))),
        }
    }

    /// The state as it is now. It stays as it is for whoever has it, whatever changes meanwhile.
    pub fn now(self) -> Arc<Explorer> {
        self.state.get_untracked()
    }

    /// Calls a function with the state, now and after each change, once for all changes that are made
    /// together.
    pub fn follow(self, mut draw: impl FnMut(&Explorer) + 'static) {
        std::mem::forget(RenderEffect::new(move |_| draw(&self.state.get())));
    }

    /// Changes the state.
    pub fn update(self, change: impl FnOnce(&mut Explorer)) {
        let mut change = Some(change);
        self.update_by(&mut |it| {
            if let Some(change) = change.take() {
                change(it);
            }
        });
    }

    /// The part of [`Page::update`] that is the same for all changes, and that the WASM has once.
    #[inline(never)]
    fn update_by(self, change: &mut dyn FnMut(&mut Explorer)) {
        self.state.update(|it| change(Arc::make_mut(it)));
    }

    /// Changes the selection; where that leaves it the same, nothing happens.
    pub fn change(self, trace: Trace, change: impl FnOnce(&mut Selection)) {
        let mut selection = self.now().selection.clone();
        change(&mut selection);
        self.replace(trace, selection);
    }

    /// Takes another selection in place of this one.
    pub fn replace(self, trace: Trace, selection: Selection) {
        if self.now().selection != selection {
            self.update(|it| it.replace(trace, selection));
        }
    }
}
