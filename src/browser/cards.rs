//! The cards: kept at what is asked for, and followed in what a reader does to them.
//!
//! They are markup that the page was written with (`view/card.rs`), and only what an answer makes
//! different is changed in it: which cards are hidden, their order, and of a shown card the parts
//! that say something else on another day or that a search marks. One that is hidden is left as it
//! is until it is shown. Where a list is too long for the page, `list.rs` has that part.

use std::sync::Arc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use crate::dataset::date::Date;
use crate::query::search::Search;
use crate::query::selection::MOST_COMPARED;
use crate::query::{Answer, Selection, View};
use crate::view::card::Asked;
use crate::view::long::is_long;
use crate::view::markup::Markup;
use crate::view::{Explorer, Trace};

use super::page::Page;
use super::{elements, listen, place, set, target};

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
            before: now.before,
        }
    }
}

/// What a reader has done to the cards: which is open, and which are compared.
type Done = (Option<usize>, Vec<usize>);

/// The cards of a list that is all in the page.
#[derive(Debug)]
pub struct Cards {
    /// By the numbers of their subjects.
    all: Vec<Card>,
    /// The numbers, in the order that the cards have in the page.
    order: Vec<u32>,
    /// The order that they were last asked to have.
    asked: Arc<Vec<u32>>,
    said: Said,
    /// How many times the cards have had to say something else.
    version: usize,
    done: Done,
    /// What the page was written for.
    written: (Selection, Arc<Answer>),
}

#[derive(Debug)]
struct Card {
    element: HtmlElement,
    is_shown: bool,
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

/// What a reader does to a card.
fn done(page: Page, event: &Event) -> Option<()> {
    let target = target(event)?;
    let card = target.closest(".card").ok()??;
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
        "click" if own(".card__link").is_some() => {
            let press = event.dyn_ref::<MouseEvent>()?;
            if !(press.ctrl_key() || press.meta_key() || press.shift_key()) {
                event.prevent_default();
                open(true);
            }
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
            place::focus_on(card.query_selector(".card__details > summary").ok()??);
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
    /// The cards as the page was written; none where the list is too long for it.
    pub fn of_page(now: &Explorer) -> Option<Self> {
        if is_long(now.pack) {
            return None;
        }
        let mut cards: Vec<(usize, Card)> = elements(".cards > .card")
            .into_iter()
            .filter_map(|it| {
                let row = row_of(&it)?;
                let card = Card {
                    is_shown: !it.has_attribute("hidden"),
                    element: it.dyn_into().ok()?,
                    version: 0,
                    head: Vec::new(),
                };
                Some((row, card))
            })
            .collect();
        let order = cards.iter().filter_map(|it| u32::try_from(it.0).ok());
        let order: Vec<u32> = order.collect();
        cards.sort_unstable_by_key(|it| it.0);
        Some(Self {
            all: cards.into_iter().map(|it| it.1).collect(),
            asked: Arc::new(order.clone()),
            order,
            said: Said::of(now),
            version: 0,
            done: Done::default(),
            written: (now.selection.clone(), Arc::clone(&now.answer)),
        })
    }

    /// Has the cards as they are asked for.
    pub fn draw(&mut self, page: Page, now: &Explorer) {
        let Explorer {
            pack,
            selection,
            answer,
            before,
            ..
        } = now;
        let done = (selection.open, selection.compare.clone());
        if done != self.done {
            mark(selection);
            self.done = done;
        }
        if selection.view != View::Cards {
            return;
        }
        let said = Said::of(now);
        if said != self.said {
            self.said = said;
            self.version += 1;
        }
        let asked = Asked {
            selection,
            answer,
            before: *before,
        };
        let mut is_other = false;
        let mut wanted = Vec::new();
        for (row, card) in self.all.iter_mut().enumerate() {
            let is_shown = answer.is_shown(row);
            if is_shown != card.is_shown {
                card.is_shown = is_shown;
                card.element.set_hidden(!is_shown);
                is_other = true;
            }
            if !is_shown || card.version == self.version {
                continue;
            }
            if !pack.has_texts(row) {
                wanted.push(row);
            } else if let Some(subject) = pack.subject(row) {
                card.version = self.version;
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
                set(&card.element, "data-finding", asked.finding(subject));
                if let Some(link) = card.element.last_element_child() {
                    set(&link, "href", &asked.link(subject));
                }
            }
        }
        if now.wanted != wanted {
            page.update(|it| it.wanted = wanted);
        }
        if is_other || self.asked != answer.order {
            self.asked = Arc::clone(&answer.order);
            self.arrange();
        }
    }

    /// Moves the shown cards to where they should be. Hidden ones stay wherever they are.
    fn arrange(&mut self) {
        let focused = place::focused();
        let mut at = 0;
        let mut is_moved = false;
        for row in self.asked.iter() {
            let Some(card) = self.all.get(*row as usize) else {
                continue;
            };
            if !card.is_shown {
                continue;
            }
            let shown = |it: &u32| self.all.get(*it as usize).is_some_and(|it| it.is_shown);
            let rest = self.order.iter().skip(at);
            let Some((next, there)) = (at..).zip(rest).find(|it| shown(it.1)) else {
                break;
            };
            at = next + 1;
            if there == row {
                continue;
            }
            let from = self.order.iter().position(|it| it == row);
            let (Some(from), Some(before)) = (from, self.all.get(*there as usize)) else {
                continue;
            };
            self.order.remove(from);
            self.order.insert(next, *row);
            _ = before.element.before_with_node_1(&card.element);
            is_moved = true;
        }
        if is_moved {
            place::refocus(focused);
        }
    }
}

impl Card {
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
