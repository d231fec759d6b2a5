//! What a reader did before the page was live.
//!
//! The prerendered page can be used at once: a finding that was pressed filters by CSS alone, and a
//! history opens by itself. What was pressed, typed or opened in that time must not be lost when the
//! page takes over.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

use crate::dataset::pack::Pack;
use crate::query::address::{AS_OF, apply};
use crate::query::{Sort, View};
use crate::view::Trace;

use super::cards::ROW;
use super::elements;
use super::page::Page;

/// The name of a card's box for comparing.
const COMPARE: &str = "compare";

/// One thing that a reader did, as an address would say it: a key and its value; a card that was
/// opened, or chosen to compare, by [`ROW`], since its id may not be known yet.
pub type Early = (String, String);

/// Reads the page as the reader left it.
pub fn read(pack: Pack) -> Vec<Early> {
    elements("#explorer input, #explorer select, #explorer details[open]")
        .iter()
        .filter_map(|it| done_to(pack, it))
        .collect()
}

/// What was done to one element.
fn done_to(pack: Pack, element: &Element) -> Option<Early> {
    let around = |name: &str| {
        let around = element.closest(&["[", name, "]"].concat()).ok().flatten();
        around?.get_attribute(name)
    };
    if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
        let value = field.value();
        let key = match field.type_().as_str() {
            "checkbox" if field.checked() && field.name() == COMPARE => {
                return Some((COMPARE.to_owned(), around(ROW)?));
            }
            "checkbox" if field.checked() => around("data-facet").unwrap_or(field.name()),
            "radio" if field.checked() && value != View::default().id() => field.name(),
            "search" if !value.is_empty() => "q".to_owned(),
            "date" if value != field.default_value() => AS_OF.to_owned(),
            _ => return None,
        };
        Some((key, value))
    } else if let Some(menu) = element.dyn_ref::<HtmlSelectElement>() {
        // The order that every page begins with says nothing.
        (menu.value() != Sort::first(pack).id()).then(|| (menu.name(), menu.value()))
    } else {
        Some((ROW.to_owned(), around(ROW)?))
    }
}

/// Adds what was read to the selection.
pub fn add(page: Page, early: &[Early]) {
    page.change(Trace::Step, |selection| {
        for (key, value) in early {
            let row = value.parse::<usize>();
            if key == ROW {
                selection.open = row.ok();
            } else if key == COMPARE {
                if let Ok(it) = row {
                    selection.set_compared(it, true);
                }
            } else {
                apply(page.pack, selection, key, value);
            }
        }
    });
}
