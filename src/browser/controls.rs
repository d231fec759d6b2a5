//! What stands around the cards: kept at what the state says, and followed in what a reader does to it.
//!
//! Whatever of it is a text, markup, or there or not is in a table each: where it stands, and the
//! function of the state that says what stands there.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

use crate::dataset::date::Date;
use crate::query::difference::steps;
use crate::query::{Selection, Sort, View};
use crate::view::filters::done;
use crate::view::finding_bar::shares;
use crate::view::long::tools;
use crate::view::markup::Markup;
use crate::view::other::{compared, noted, other};
use crate::view::result_bar::{filters, status};
use crate::view::take::{TAKE, told, ways};
use crate::view::{Explorer, Trace};

use super::page::Page;
use super::{elements, listen, once_seen, set, target};

/// What a text is, by the state.
type Says = fn(&Explorer) -> String;

/// What markup is, by the state.
type Shows = fn(&Explorer) -> Markup;

/// Whether something is hidden, by the state.
type Hides = fn(&Explorer) -> bool;

/// Texts. One that stays the same isn't touched: it would be read out again.
const TEXTS: [(&str, Says); 5] = [
    (".result-bar__count", status),
    (".result-bar__filters", filters),
    (".filters__done", done),
    (".as-of__changed", |it| it.changed.clone()),
    (".take__head p", told),
];

/// Markup.
const PARTS: [(&str, Shows); 6] = [
    (".finding-bar__bar", shares),
    (".other--compared", compared),
    (".other--view", other),
    (".other--noted", noted),
    (".long__tools", tools),
    ("#take > :last-child", ways),
];

/// What is hidden, and when.
const HIDDEN: [(&str, Hides); 5] = [
    (".result-bar__clear", |it| !it.selection.is_narrowed()),
    // They have an order of their own.
    (".result-bar__sort", |it| {
        matches!(it.selection.view, View::Timeline | View::Map)
    }),
    (".results > :is(.cards, .long)", |it| {
        it.selection.view != View::Cards
    }),
    (".long__tools", |it| {
        !matches!(it.selection.view, View::Cards | View::Table)
    }),
    (".long__table", |it| it.selection.view != View::Table),
];

/// The controls as they were last drawn.
#[derive(Debug)]
pub struct Controls {
    texts: Vec<(Element, Says)>,
    parts: Vec<(Element, Shows, String)>,
    hidden: Vec<(Element, Hides)>,
    search: Option<HtmlInputElement>,
    /// What the search was last drawn with. Its field may be ahead of it: see `once_seen`.
    text: String,
    day: Option<HtmlInputElement>,
    /// The day that the page was last at.
    as_of: Date,
    /// The days on which a finding changed.
    days: Vec<Date>,
}

impl Controls {
    /// The controls as the page was written.
    pub fn of_page(now: &Explorer) -> Self {
        let input = |selector| elements(selector).pop()?.dyn_into().ok();
        Self {
            texts: found(&TEXTS),
            parts: found(&PARTS)
                .into_iter()
                .map(|(element, part)| (element, part, part(now).into_string()))
                .collect(),
            hidden: found(&HIDDEN),
            search: input("#q"),
            text: now.selection.text.clone(),
            day: input("[name=as-of]"),
            as_of: now.selection.as_of,
            days: now.pack.step_days(),
        }
    }

    /// Has them as the state says.
    pub fn draw(&mut self, now: &Explorer) {
        for (element, text) in &self.texts {
            let text = text(now);
            if element.text_content().as_deref() != Some(&text) {
                element.set_text_content(Some(&text));
            }
        }
        for (element, part, said) in &mut self.parts {
            let markup = part(now).into_string();
            if markup != *said {
                let scrolls = || element.query_selector(".scrolls").ok().flatten();
                let left = scrolls().map_or(0, |it| it.scroll_left());
                element.set_inner_html(&markup);
                if let Some(again) = scrolls() {
                    again.set_scroll_left(left);
                }
                *said = markup;
            }
        }
        for (element, is_hidden) in &self.hidden {
            _ = element.toggle_attribute_with_force("hidden", is_hidden(now));
        }
        let selection = &now.selection;
        if self.text != selection.text {
            self.text.clone_from(&selection.text);
            let field = self.search.as_ref();
            if let Some(field) = field.filter(|it| it.value() != selection.text) {
                field.set_value(&selection.text);
            }
        }
        for it in elements("[name=view]") {
            let it: &HtmlInputElement = it.unchecked_ref();
            it.set_checked(it.value() == selection.view.id());
        }
        for menu in elements("[name=sort]") {
            // Without a search everything matches as well.
            let is_idle = selection.text.trim().is_empty();
            for it in elements("[name=sort] > [value=match]") {
                _ = it.toggle_attribute_with_force("disabled", is_idle);
            }
            let menu: &HtmlSelectElement = menu.unchecked_ref();
            let order = selection.order(now.pack).0.id();
            if menu.value() != order {
                menu.set_value(order);
            }
        }
        if self.as_of != selection.as_of {
            self.as_of = selection.as_of;
            if self.days.is_empty() {
                // The part that tells them may have come since.
                self.days = now.pack.step_days();
            }
            self.draw_day();
        }
    }

    /// Has the day, and what leads to others. Only where it is another: while one types a date, its
    /// field may have none.
    fn draw_day(&self) {
        let iso = self.as_of.iso();
        if let Some(field) = self.day.as_ref().filter(|it| it.value() != iso) {
            field.set_value(&iso);
        }
        let buttons = elements(".as-of__day > button");
        for (button, day) in buttons.iter().zip(steps(&self.days, self.as_of)) {
            // One that can't be pressed keeps the focus.
            if let Some(day) = day {
                set(button, "data-day", &day.iso());
                _ = button.remove_attribute("aria-disabled");
            } else {
                set(button, "aria-disabled", "true");
                _ = button.remove_attribute("data-day");
            }
        }
        for it in elements(".as-of [aria-pressed]") {
            let is_there = it.get_attribute("data-day").as_deref() == Some(&iso);
            set(&it, "aria-pressed", if is_there { "true" } else { "false" });
        }
    }
}

/// The elements of a table that are in the page.
fn found<T: Copy>(table: &[(&str, T)]) -> Vec<(Element, T)> {
    let table = table.iter();
    table
        .flat_map(|(selector, of)| elements(selector).into_iter().map(|it| (it, *of)))
        .collect()
}

/// Follows what a reader does to them.
pub fn follow(page: Page) {
    listen(&KINDS, move |event| {
        if let Some(target) = target(event) {
            _ = done_to(page, &event.type_(), &target);
        }
    });
}

/// The kinds of events that controls have.
const KINDS: [&str; 5] = ["input", "change", "focusout", "click", "toggle"];

fn done_to(page: Page, kind: &str, target: &Element) -> Option<()> {
    let pack = page.pack;
    let own = |selector: &str| target.closest(selector).ok().flatten();
    // A dialog over the page has fields of the same names.
    own("#explorer")?;
    if let Some(menu) = target.dyn_ref::<HtmlSelectElement>() {
        if kind == "change" && menu.name() == "sort" {
            let sort = Sort::from_id(&menu.value()).unwrap_or(Sort::first(pack));
            page.change(Trace::Step, |it| {
                it.set_order(pack, sort, false);
            });
        }
    } else if let Some(field) = target.dyn_ref::<HtmlInputElement>() {
        let value = field.value();
        match (kind, &*field.name()) {
            ("input", _) if field.id() == "q" => {
                let field = field.clone();
                // It may have more letters by then.
                once_seen(move || page.change(Trace::Typing("q"), |it| it.text = field.value()));
            }
            ("change", "view") => {
                let view = View::from_id(&value)?;
                page.change(Trace::Step, |it| it.view = view);
            }
            ("input" | "change", "as-of") => {
                // A date field gives an empty text while its parts are being typed.
                let days = pack.first_day()..=pack.last_day();
                let day = Date::parse(&value).filter(|it| days.contains(it))?;
                page.change(Trace::Typing("as-of"), |it| it.as_of = day);
            }
            // Left with a day outside the record, or none, it shows the day that the page is at.
            ("focusout", "as-of") => {
                let iso = page.now().selection.as_of.iso();
                if value != iso {
                    field.set_value(&iso);
                    page.update(Explorer::refuse_day);
                }
            }
            _ => {}
        }
    } else if kind == "toggle" && target.id() == TAKE {
        if target.matches(":popover-open").unwrap_or_default() {
            page.update(Explorer::open_sheet);
        } else {
            page.update(|it| it.taken = "");
        }
    } else if kind == "click" {
        if own(".result-bar__clear").is_some() {
            page.change(Trace::Step, Selection::clear);
        } else if let Some(button) = own(".as-of [data-day]") {
            let day = Date::parse(&button.get_attribute("data-day")?)?;
            page.change(Trace::Step, |it| it.set_as_of(pack, day));
        }
    }
    Some(())
}
