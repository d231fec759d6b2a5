//! What a reader did before the page was live.
//!
//! The prerendered page can be used at once: a finding that was pressed filters by CSS alone. What
//! was pressed or typed in that time must not be lost when the page takes over.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::query::address::decode;
use crate::view::{Explorer, Trace};

use super::elements;

/// Reads the fields, as parts of an address.
pub fn read() -> Vec<String> {
    let fields = elements("#explorer input").into_iter().filter_map(|it| {
        let field = it.dyn_into::<HtmlInputElement>().ok()?;
        let key = match field.type_().as_str() {
            "checkbox" if field.checked() => field
                .closest("[data-facet]")
                .ok()??
                .get_attribute("data-facet")?,
            "search" if !field.value().is_empty() => "q".to_owned(),
            _ => return None,
        };
        Some([&key, "=", &field.value().replace(['&', '%', '+'], " ")].concat())
    });
    fields.collect()
}

/// Adds what was read to the selection.
pub fn apply(explorer: Explorer, fields: &[String]) {
    if fields.is_empty() {
        return;
    }
    let early = decode(explorer.pack, &fields.join("&"));
    explorer.change(Trace::Step, |it| {
        for (facet, value) in early.chosen {
            it.set(facet, value, true);
        }
        if !early.text.is_empty() {
            it.text = early.text;
        }
    });
}
