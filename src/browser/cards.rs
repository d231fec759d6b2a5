//! The cards: kept at what is asked for, and followed in what a reader does to them.
//!
//! They are markup that the page was written with (`view/card.rs`), and only what an answer makes
//! different is changed in it: which cards are hidden, their order, and of a shown card the parts
//! that say something else on another day or that a search marks. One that is hidden is left as it
//! is until it is shown. Those far below the screen follow once nothing has been asked for a moment: a phone
//! takes two milliseconds to lay one out, and neither an answer nor the next letter should wait for what nobody
//! sees yet. Where a list is too long for the page, `list.rs` has that part.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use crate::dataset::bits::Bits;
use crate::dataset::date::Date;
use crate::query::search::Search;
use crate::query::selection::MOST_COMPARED;
use crate::query::{Answer, Selection, View};
use crate::view::card::{AT_ONCE, Asked, LATE};
use crate::view::long::is_long;
use crate::view::markup::Markup;
use crate::view::{Explorer, Print, Trace};

use super::page::Page;
use super::{
    after, before_paint, elements, holds, is_by_finger, listen, opens_elsewhere, place, root, set,
    target,
};

/// What the words of a card depend on.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    search: Search,
    as_of: Date,
    before: Option<Date>,
}

impl Said {
    fn of(now: &Explorer) -> Self {
        Self {
            search: now.answer.search.clone(),
            as_of: now.selection.as_of,
            before: now.before(),
        }
    }
}

/// What a reader has done to the cards: which is open, and which are compared.
type Done = (Option<usize>, Vec<usize>);

/// The cards of a list that is all in the page.
#[derive(Debug, Clone)]
pub struct Cards {
    list: Rc<RefCell<List>>,
}

/// How many of the cards that follow are laid out in a frame.
const IN_A_FRAME: usize = 3;

/// How long after an answer the others begin to follow on a phone, in milliseconds: while somebody types or taps, the
/// next answer is there before.
const PAUSE: i32 = 600;

/// How long the next of them wait after the last, in milliseconds: a frame.
const FRAME: i32 = 16;

/// The most columns that cards have where there is room for more than one (`style/layout.css`).
const COLUMNS: usize = 4;

/// The cards, as they were last drawn.
#[derive(Debug)]
struct List {
    /// By the numbers of their subjects.
    all: Vec<Card>,
    /// The numbers, in the order that the cards have in the page.
    order: Vec<u32>,
    /// The order that they were last asked to have.
    asked: Arc<Vec<u32>>,
    /// Those that are shown.
    shown: Bits,
    said: Said,
    /// How many times the cards have had to say something else.
    version: usize,
    done: Done,
    /// What the page was written for.
    written: (Selection, Arc<Answer>),
    /// How many of those shown are as they should be at once. The others follow.
    at_once: usize,
    /// How many of those shown are in order. The others follow.
    n_in_order: usize,
    /// Whether others are about to follow.
    goes_on: bool,
    /// Whether they were drawn since others last followed or began to wait for it.
    is_new: bool,
    /// Whether the page is live, so that an address comes from a reader who went back or forward.
    is_live: bool,
}

/// Whether what a card says is of another day, since its texts have still to come.
const BUSY: &str = "aria-busy";

#[derive(Debug)]
struct Card {
    element: HtmlElement,
    is_shown: bool,
    /// Whether it is laid out only once it comes near the screen.
    is_late: bool,
    /// Its words' version.
    version: usize,
    /// The markup of its parts above the history; empty while they are as they were written.
    head: Vec<String>,
}

/// Follows presses in the cards.
pub fn follow(page: Page) {
    listen(&["click", "change", "toggle", "keydown"], move |event| {
        _ = done(page, event);
    });
}

/// Whether nothing that has a key's focus would do something with it, and no sheet is open.
fn is_idle(focused: &Element) -> bool {
    let is_in = |it: &str| focused.closest(it).is_ok_and(|it| it.is_some());
    !is_in("input, select, dialog") && elements(":popover-open").is_empty()
}

/// What a reader does to a card.
fn done(page: Page, event: &Event) -> Option<()> {
    let target = target(event)?;
    let card = match target.closest(".card").ok()? {
        // Escape closes the open card from wherever nothing else has a use for it.
        None if event.type_() == "keydown" && is_idle(&target) => {
            let open = root()?.query_selector(".card__details[open]").ok()??;
            // One that isn't shown has nothing to close.
            let card = open.closest(".card:not([hidden])").ok()?;
            card.filter(|_| page.now().selection.view == View::Cards)
        }
        card => card,
    }?;
    let row = row_of(&card)?;
    let is_open = page.now().selection.open == Some(row);
    let open = |opens: bool| {
        page.change(Trace::Step, |it| match (opens, is_open) {
            (true, _) => it.open = Some(row),
            (false, true) => it.open = None,
            (false, false) => {}
        });
    };
    let own = |selector: &str| target.closest(selector).ok().flatten();
    match event.type_().as_str() {
        "click" if own(".card__details > summary").is_some() => {
            event.prevent_default();
            open(!is_open);
        }
        "click" if own(".card__link").is_some() && !opens_elsewhere(event) => {
            event.prevent_default();
            open(true);
        }
        // A browser opens it without a press where it finds a text inside.
        "toggle" if target.class_name() == "card__details" => open(target.has_attribute("open")),
        "change" if own(".card__compare").is_some() => {
            let on = target.dyn_ref::<HtmlInputElement>()?.checked();
            page.change(Trace::Step, |it| it.set_compared(row, on));
        }
        "keydown" if is_open && event.dyn_ref::<KeyboardEvent>()?.key() == "Escape" => {
            event.prevent_default();
            open(false);
            let summary = card.query_selector(".card__details > summary").ok()??;
            place::focus_on(summary.clone());
            // What was open may have been much higher than the screen.
            before_paint(move || {
                if place::top_of(&summary) < 0.0 {
                    card.scroll_into_view();
                }
            });
        }
        _ => {}
    }
    Some(())
}

/// The attribute with the number of an entry's subject.
pub const ROW: &str = "data-row";

/// The number of an entry's subject.
pub fn row_of(entry: &Element) -> Option<usize> {
    entry.get_attribute(ROW)?.parse().ok()
}

/// Shows what the reader has done to the cards: which is open, and which are compared.
pub fn mark(selection: &Selection) {
    let full = selection.compare.len() >= MOST_COMPARED;
    for details in elements(".card__details") {
        let row = details.parent_element().and_then(|it| row_of(&it));
        let is_open = row.is_some() && row == selection.open;
        if details.has_attribute("open") != is_open {
            _ = details.toggle_attribute_with_force("open", is_open);
        }
        let label = details.next_element_sibling();
        let choice = label.as_ref().and_then(Element::first_element_child);
        let Some(choice) = choice.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else {
            continue;
        };
        let is_in = row.is_some_and(|it| selection.compare.contains(&it));
        choice.set_checked(is_in);
        choice.set_disabled(full && !is_in);
        if let Some(words) = label.and_then(|it| it.last_element_child()) {
            _ = words.toggle_attribute_with_force("hidden", !full || is_in);
        }
    }
}

impl Cards {
    /// The cards as the page was written; none where the list is too long for it. `is_whole` is whether all have to
    /// be there at once.
    pub fn of_page(now: &Explorer, is_whole: bool) -> Option<Self> {
        if is_long(now.pack) {
            return None;
        }
        let mut cards: Vec<(usize, Card)> = elements(".cards > .card")
            .into_iter()
            .filter_map(|it| {
                let row = row_of(&it)?;
                let card = Card {
                    is_shown: !it.has_attribute("hidden"),
                    is_late: it.has_attribute(LATE),
                    element: it.unchecked_into(),
                    version: 0,
                    head: Vec::new(),
                };
                Some((row, card))
            })
            .collect();
        let order = cards.iter().filter_map(|it| u32::try_from(it.0).ok());
        let order: Vec<u32> = order.collect();
        cards.sort_unstable_by_key(|it| it.0);
        let html = root().and_then(|it| it.document_element());
        let is_late = !is_whole && html.is_some_and(|it| it.has_attribute(LATE));
        let list = List {
            all: cards.into_iter().map(|it| it.1).collect(),
            asked: Arc::new(order.clone()),
            shown: now.answer.shown.clone(),
            order,
            said: Said::of(now),
            version: 0,
            done: Done::default(),
            written: (now.selection.clone(), Arc::clone(&now.answer)),
            at_once: if is_late { n_at_once() } else { usize::MAX },
            n_in_order: usize::MAX,
            goes_on: false,
            is_new: false,
            is_live: false,
        };
        Some(Self {
            list: Rc::new(RefCell::new(list)),
        })
    }

    /// Finds out what is on the screen, where something is to change: before it does, since then the browser knows.
    /// Where it isn't asked to, all are there at once.
    pub fn look(&self, now: &Explorer) {
        if let Ok(mut list) = self.list.try_borrow_mut() {
            list.look(now);
        }
    }

    /// Has the cards as they are asked for.
    pub fn draw(&self, page: Page, now: &Explorer) {
        let more_follow = self.list.try_borrow_mut().is_ok_and(|mut it| {
            it.draw(page, now);
            it.more_follow()
        });
        if more_follow {
            self.go_on(page);
        }
    }

    /// Has the others follow, some in each frame, after a pause where something was asked for since.
    fn go_on(&self, page: Page) {
        let Ok(mut list) = self.list.try_borrow_mut() else {
            return;
        };
        if std::mem::replace(&mut list.goes_on, true) {
            return;
        }
        let is_new = std::mem::take(&mut list.is_new);
        let cards = self.clone();
        let waits = is_new && is_by_finger();
        after(if waits { PAUSE } else { FRAME }, move || {
            let more_follow = cards.list.try_borrow_mut().is_ok_and(|mut it| {
                it.goes_on = false;
                it.is_new || it.go_on(&page.now())
            });
            if more_follow {
                cards.go_on(page);
            }
        });
    }
}

impl List {
    /// Finds out how many cards are to be there at once, where something is to change.
    fn look(&mut self, now: &Explorer) {
        let Explorer {
            selection, trace, ..
        } = now;
        if selection.view != View::Cards {
            return;
        }
        let is_other = self.is_other(now);
        let is_opened = selection.open.is_some() && selection.open != self.done.0;
        // A browser goes back to where the page was scrolled to.
        let is_back = is_other && self.is_live && *trace == Trace::FromAddress;
        if is_opened || is_back {
            // Nothing above that place may change its height afterwards.
            self.at_once = usize::MAX;
        } else if is_other && self.is_live {
            self.at_once = self.n_above() + n_at_once();
        }
    }

    /// Whether other cards are asked for, or other words of them.
    fn is_other(&self, now: &Explorer) -> bool {
        self.shown != now.answer.shown
            || self.asked != now.answer.order
            || self.said != Said::of(now)
    }

    /// How many of the cards that are shown are above the screen.
    fn n_above(&self) -> usize {
        let cards = self
            .order
            .iter()
            .filter_map(|it| self.all.get(*it as usize));
        let shown: Vec<&Card> = cards.filter(|it| it.is_shown).collect();
        let is_above = |it: &&Card| it.element.get_bounding_client_rect().bottom() < 0.0;
        shown.partition_point(is_above)
    }

    fn draw(&mut self, page: Page, now: &Explorer) {
        let Explorer {
            pack,
            selection,
            answer,
            ..
        } = now;
        let done = (selection.open, selection.compare.clone());
        if done != self.done {
            mark(selection);
            self.done = done;
        }
        self.is_new = true;
        self.is_live = true;
        if selection.view != View::Cards {
            return;
        }
        let said = Said::of(now);
        if said != self.said {
            self.said = said;
            self.version += 1;
        }
        let at_once = if now.print == Print::No {
            self.at_once
        } else {
            usize::MAX
        };
        self.shown.clone_from(&answer.shown);
        let mut is_other = false;
        for (row, card) in self.all.iter_mut().enumerate() {
            if card.is_shown && !answer.is_shown(row) {
                card.show(false);
                is_other = true;
            }
        }
        let mut wanted = Vec::new();
        let shown = answer.order.iter().map(|it| *it as usize);
        for (at, row) in shown.filter(|it| answer.is_shown(*it)).enumerate() {
            let Some(card) = self.all.get_mut(row) else {
                continue;
            };
            let follows = at >= at_once;
            if !follows || !card.is_shown {
                card.be_late(follows);
            }
            if !card.is_shown {
                card.show(true);
                is_other = true;
            }
            if card.version == self.version {
                continue;
            }
            if !pack.has_texts(row) {
                // Without texts it still says what it was written with.
                let is_other_day = selection.as_of != self.written.0.as_of;
                let is_busy = if is_other_day { "true" } else { "false" };
                set(&card.element, BUSY, is_busy);
                wanted.push(row);
            } else if !follows {
                self.say(row, now);
            }
        }
        if now.wanted != wanted {
            page.update(|it| it.wanted = wanted);
        }
        if is_other || self.n_in_order < at_once || self.asked != answer.order {
            self.asked = Arc::clone(&answer.order);
            self.arrange(at_once, at_once);
        }
    }

    /// Whether any of the cards that are shown has yet to be what it should be, or where.
    fn more_follow(&self) -> bool {
        let mut shown = self.all.iter().filter(|it| it.is_shown);
        self.n_in_order < usize::MAX || shown.any(|it| it.is_late || it.version != self.version)
    }

    /// Makes the next of the cards that follow what they should be, and tells whether there are more.
    fn go_on(&mut self, now: &Explorer) -> bool {
        if now.selection.view != View::Cards {
            return false;
        }
        if self.n_in_order < usize::MAX {
            self.arrange(usize::MAX, self.at_once);
            return true;
        }
        let asked = Arc::clone(&self.asked);
        let mut n = 0;
        for row in asked.iter().map(|it| *it as usize) {
            let Some(card) = self.all.get_mut(row) else {
                continue;
            };
            let is_to_say = card.version != self.version && now.pack.has_texts(row);
            if !card.is_shown || !(card.is_late || is_to_say) {
                continue;
            }
            if n == IN_A_FRAME {
                return true;
            }
            n += 1;
            card.be_late(false);
            if is_to_say {
                self.say(row, now);
            }
        }
        false
    }

    /// Has a card's words as they are asked for.
    fn say(&mut self, row: usize, now: &Explorer) {
        let (Some(card), Some(subject)) = (self.all.get_mut(row), now.pack.subject(row)) else {
            return;
        };
        card.version = self.version;
        let asked = Asked {
            selection: &now.selection,
            answer: &now.answer,
            before: now.before(),
        };
        let head = |asked: &Asked| -> Vec<String> {
            let head = asked.head(subject).into_iter();
            head.map(Markup::into_string).collect()
        };
        if card.head.is_empty() {
            card.head = head(&Asked {
                selection: &self.written.0,
                answer: &self.written.1,
                before: None,
            });
        }
        card.say(head(&asked));
        _ = card.element.remove_attribute(BUSY);
        set(&card.element, "data-finding", asked.finding(subject));
        if let Some(link) = card.element.last_element_child() {
            set(&link, "href", &asked.link(subject));
        }
    }

    /// Moves the first `n` of the shown cards to where they should be. Hidden ones stay wherever they are. A card that
    /// is moved is laid out anew; from the place `at_once` on, later.
    fn arrange(&mut self, n: usize, at_once: usize) {
        self.n_in_order = usize::MAX;
        let focused = place::focused();
        let mut at = 0;
        let mut place = 0;
        let mut is_moved = false;
        for row in self.asked.iter() {
            let is_shown = |it: &u32| self.all.get(*it as usize).is_some_and(|it| it.is_shown);
            if !is_shown(row) {
                continue;
            }
            if place == n {
                self.n_in_order = n;
                break;
            }
            place += 1;
            let rest = self.order.iter().skip(at);
            let Some((next, there)) = (at..).zip(rest).find(|it| is_shown(it.1)) else {
                break;
            };
            at = next + 1;
            if there == row {
                continue;
            }
            let from = self.order.iter().position(|it| it == row);
            let before = self.all.get(*there as usize).map(|it| it.element.clone());
            let (Some(from), Some(before)) = (from, before) else {
                continue;
            };
            let Some(card) = self.all.get_mut(*row as usize) else {
                continue;
            };
            self.order.remove(from);
            self.order.insert(next, *row);
            if place > at_once {
                card.be_late(true);
            }
            _ = before.before_with_node_1(&card.element);
            is_moved = true;
        }
        if is_moved {
            place::refocus(focused);
        }
    }
}

/// How many cards, from the first on the screen on, are as they should be at once.
fn n_at_once() -> usize {
    let n_columns = if holds("(width < 36rem)") { 1 } else { COLUMNS };
    AT_ONCE * n_columns
}

impl Card {
    fn show(&mut self, is_shown: bool) {
        self.is_shown = is_shown;
        self.element.set_hidden(!is_shown);
    }

    /// Has the browser lay it out only once it comes near the screen, or wherever it is.
    fn be_late(&mut self, is_late: bool) {
        if self.is_late != is_late {
            self.is_late = is_late;
            _ = self.element.toggle_attribute_with_force(LATE, is_late);
        }
    }

    /// Has these parts above its history. Those that stay the same aren't touched.
    fn say(&mut self, head: Vec<String>) {
        let mut element = self.element.first_element_child();
        for (at, part) in head.iter().enumerate() {
            let Some(it) = element else { break };
            // Another takes its place.
            element = it.next_element_sibling();
            if self.head.get(at) != Some(part) {
                it.set_outer_html(part);
            }
        }
        self.head = head;
    }
}
