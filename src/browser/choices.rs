//! The values to choose from: kept at what is chosen and how many there are, and followed in what a
//! reader chooses.
//!
//! They are markup that the page was written with (`view/facet.rs`), and only what an answer makes
//! different is changed in it.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use crate::dataset::pack::Facet;
use crate::query::address::{FINDINGS, facet};
use crate::view::facet::{choices, n_chosen};
use crate::view::{Explorer, Trace};

use super::page::Page;
use super::{elements, once_seen, place, root, target};

/// What there is to choose on the page.
#[derive(Debug)]
pub struct Choices {
    values: Vec<Choice>,
    finders: Vec<Finder>,
    /// What was chosen when those out of sight were last counted.
    chosen: Vec<(usize, usize)>,
}

/// A value that is in the page from the start.
#[derive(Debug)]
struct Choice {
    facet: usize,
    value: usize,
    element: Element,
    field: HtmlInputElement,
    count: Element,
    /// What stands there.
    said: (usize, bool),
}

/// A field to find the values of a facet that has too many for the page, and the place for them.
#[derive(Debug)]
struct Finder {
    facet: usize,
    field: HtmlInputElement,
    place: Element,
    /// What stands there; none while it is as it was written.
    said: String,
}

/// Follows what is chosen, and what is typed to find a value.
pub fn follow(page: Page) {
    let Some(root) = root() else { return };
    EventListener::new(&root, "change", move |event| {
        let chosen = target(event).and_then(|it| {
            let id = it
                .closest("[data-facet]")
                .ok()??
                .get_attribute("data-facet")?;
            let field: HtmlInputElement = it.dyn_into().ok()?;
            let (facet, values) = facet(page.pack, &id)?;
            // Where values are looked for there is none, whatever is typed.
            let value = field.get_attribute("value")?;
            let value = values.iter().position(|it| *it == value)?;
            Some((facet, value, field))
        });
        if let Some((facet, value, field)) = chosen {
            // It may have been pressed once more meanwhile.
            once_seen(move || {
                page.change(Trace::Step, |it| it.set(facet, value, field.checked()));
            });
        }
    })
    .forget();
    EventListener::new(&root, "input", move |event| {
        if target(event).is_some_and(|it| it.class_name() == FINDER) {
            // What was typed is in the field.
            page.update(|_| {});
        }
    })
    .forget();
}

/// The class of the field of a [`Finder`].
const FINDER: &str = "facet__find";

impl Choices {
    /// The values as the page was written.
    pub fn of_page(now: &Explorer) -> Self {
        let mut all = Self {
            values: Vec::new(),
            finders: Vec::new(),
            chosen: Vec::new(),
        };
        let own = now.pack.facets().map(Facet::id);
        for id in std::iter::once(FINDINGS).chain(own) {
            let Some((facet, values)) = facet(now.pack, id) else {
                continue;
            };
            let own = |css: &str| elements(&["[data-facet=\"", id, "\"] ", css].concat());
            if let Some(field) = own(&[".", FINDER].concat()).pop() {
                let place = field.next_element_sibling();
                if let (Some(place), Ok(field)) = (place, field.dyn_into()) {
                    all.finders.push(Finder {
                        facet,
                        field,
                        place,
                        said: String::new(),
                    });
                }
                continue;
            }
            all.values
                .extend(own(".choice").into_iter().filter_map(|element| {
                    let field = element.first_element_child()?;
                    let field: HtmlInputElement = field.dyn_into().ok()?;
                    let id = field.value();
                    let value = values.iter().position(|it| *it == id)?;
                    Some(Choice {
                        facet,
                        value,
                        count: element.last_element_child()?,
                        said: (now.answer.count(facet, value), false),
                        element,
                        field,
                    })
                }));
        }
        all
    }

    /// Has them as the state says.
    pub fn draw(&mut self, now: &Explorer) {
        let Explorer {
            pack,
            selection,
            answer,
            ..
        } = now;
        for it in &mut self.values {
            let count = answer.count(it.facet, it.value);
            let is_chosen = selection.has(it.facet, it.value);
            if it.said.0 != count {
                it.count.set_text_content(Some(&count.to_string()));
                _ = it
                    .element
                    .toggle_attribute_with_force("data-empty", count == 0);
            }
            if it.said.1 != is_chosen {
                it.field.set_checked(is_chosen);
            }
            it.said = (count, is_chosen);
        }
        for it in &mut self.finders {
            let row = it.facet.checked_sub(1);
            let Some(facet) = row.and_then(|it| pack.facets().nth(it)) else {
                continue;
            };
            let text = it.field.value();
            let found = choices(*pack, facet, selection, answer, &text).into_string();
            if it.said != found {
                let focused = place::focused();
                it.place.set_inner_html(&found);
                it.said = found;
                place::refocus(focused);
            }
        }
        if self.chosen != selection.chosen {
            self.chosen.clone_from(&selection.chosen);
            for summary in elements("[data-facet] summary") {
                let chosen = summary.parent_element();
                let chosen = chosen.and_then(|it| it.query_selector_all(":checked").ok());
                let n = chosen.map_or(0, |it| it.length() as usize);
                if let Some(words) = summary.last_element_child() {
                    words.set_text_content(Some(&n_chosen(pack.words(), n)));
                }
            }
        }
    }
}
