//! What a reader did before the page was live.
//!
//! The prerendered page can be used at once: a finding that was pressed filters by CSS alone, and a
//! history opens by itself. What was pressed, typed or opened in that time must not be lost when the
//! page takes over.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use crate::dataset::date::Date;
use crate::dataset::pack::{Pack, Subject};
use crate::query::address::facets;
use crate::query::{Selection, Sort};
use crate::view::{Explorer, Trace};

use super::elements;

/// One thing that a reader did.
#[derive(Clone, Debug)]
pub enum Early {
    /// Chose a value of a facet: their ids.
    Chose(String, String),
    /// Typed into the search field.
    Typed(String),
    /// Chose a day.
    AsOf(Date),
    /// Chose an order.
    Sorted(Sort),
    /// Opened a history: the subject's id.
    Opened(String),
}

/// Reads the page as the reader left it.
pub fn read() -> Vec<Early> {
    let mut early = Vec::new();
    for element in elements("#explorer input, #explorer select, #explorer details[open]") {
        if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
            let value = field.value();
            match field.type_().as_str() {
                "checkbox" if field.checked() => {
                    let facet = element.closest("[data-facet]").ok().flatten();
                    let facet = facet.and_then(|it| it.get_attribute("data-facet"));
                    early.extend(facet.map(|it| Early::Chose(it, value)));
                }
                "search" if !value.is_empty() => early.push(Early::Typed(value)),
                "date" if value != field.default_value() => {
                    early.extend(Date::parse(&value).map(Early::AsOf));
                }
                _ => {}
            }
        } else if let Some(menu) = element.dyn_ref::<HtmlSelectElement>() {
            early.extend(Sort::from_id(&menu.value()).map(Early::Sorted));
        } else {
            let card = element.closest("[data-subject]").ok().flatten();
            let subject = card.and_then(|it| it.get_attribute("data-subject"));
            early.extend(subject.map(Early::Opened));
        }
    }
    early
}

/// Adds what was read to the selection.
pub fn apply(explorer: Explorer, early: &[Early]) {
    let pack = explorer.pack;
    explorer.change(Trace::Step, |selection| {
        for it in early {
            add(it, pack, selection);
        }
    });
}

fn add(early: &Early, pack: Pack, selection: &mut Selection) {
    match early {
        Early::Chose(facet, value) => {
            for (number, _, values) in facets(pack).filter(|it| it.1 == facet) {
                if let Some(value) = values.iter().position(|it| it == value) {
                    selection.set(number, value, true);
                }
            }
        }
        Early::Typed(text) => selection.text.clone_from(text),
        Early::AsOf(day) => selection.set_as_of(pack, *day),
        Early::Sorted(sort) if *sort != Sort::default() => selection.sort = *sort,
        Early::Sorted(_) => {}
        Early::Opened(id) => {
            selection.open = pack
                .subject_with_id(id)
                .map(Subject::row)
                .or(selection.open);
        }
    }
}
