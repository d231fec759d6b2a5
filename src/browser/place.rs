//! Where things are on the screen, and where the focus is.

use std::cell::Cell;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusOptions, HtmlElement, HtmlSelectElement};

use crate::dataset::pack::Subject;
use crate::query::address::{decode, encode};
use crate::view::Trace;
use crate::view::filters::FILTERS;
use crate::view::take::TAKE;

use super::cards::ROW;
use super::history::within;
use super::page::Page;
use super::{base, before_paint, document, elements, list, opens_elsewhere, root, target, window};

/// Follows presses and choices in the views that are markup: whatever has `data-to` names the
/// selection that it leads to, in that attribute, as a link's address or as a choice's value.
pub fn lead(page: Page) {
    let Some(root) = root() else { return };
    let listen = |kind: &'static str| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&root, kind, options, move |event| {
            let Some((element, there)) = leads_to(event) else {
                return;
            };
            event.prevent_default();
            keep_focus();
            let selection = decode(page.pack, &there);
            let open = selection.open.and_then(|it| page.pack.subject(it));
            page.replace(Trace::Step, selection);
            // A link leads to a card; a button or a choice only changes what is shown.
            if let Some(subject) = open.filter(|_| element.has_attribute("href")) {
                let nth = links_to(&there).position(|it| it == element);
                page.update(|it| it.followed = (there, nth.unwrap_or(0)));
                show(subject);
                let summary = within(subject, "summary");
                before_paint(move || focus(&summary));
            }
        })
        .forget();
    };
    listen("click");
    listen("change");
}

/// What an event leads from, and the fragment of the selection that it leads to. A link to open
/// elsewhere is the browser's.
fn leads_to(event: &Event) -> Option<(Element, String)> {
    let element = target(event)?.closest("[data-to]").ok()??;
    let is_change = event.type_() == "change";
    if let Some(menu) = element.dyn_ref::<HtmlSelectElement>() {
        let there = menu.value();
        return is_change.then_some((element, there));
    }
    let there = element
        .get_attribute("href")
        .or(element.get_attribute("data-to"));
    let is_press = event.type_() == "click" && !opens_elsewhere(event);
    there.filter(|_| is_press).map(|it| (element, it))
}

/// Keeps what a reader pressed where it is on the screen, whatever opens or closes above it, and the
/// focus where it can be; and follows links within the page without losing the selection.
pub fn keep(page: Page) {
    let Some(root) = root() else { return };
    let options = EventListenerOptions {
        passive: false,
        ..EventListenerOptions::run_in_capture_phase()
    };
    EventListener::new_with_options(&root, "click", options, move |event| {
        let Some(target) = target(event) else { return };
        let closest = |selector: &str| target.closest(selector).ok().flatten();
        let bare_record = ["a[href^='", &base(), "subject/']:not([href*='#'])"].concat();
        if let Some(link) = closest("a[href^='#']:not([href*='='])") {
            let href = link.get_attribute("href").unwrap_or_default();
            // An id may begin like none that a selector may have.
            let place = super::root().and_then(|it| it.get_element_by_id(href.get(1..)?));
            if let Some(place) = place.filter(|_| !opens_elsewhere(event)) {
                // Followed by the browser, it would be a link to a page without a selection.
                event.prevent_default();
                place.scroll_into_view();
                if !place.has_attribute("tabindex") {
                    _ = place.set_attribute("tabindex", "-1");
                }
                focus_on(place);
            }
        } else if let Some(link) = closest(&bare_record) {
            // A record leads back to the selection that it was opened from.
            let fragment = encode(page.pack, &page.now().selection);
            let bare = link.get_attribute("href").unwrap_or_default();
            if !fragment.is_empty() {
                _ = link.set_attribute("href", &[&bare, "#", &fragment].concat());
                before_paint(move || _ = link.set_attribute("href", &bare));
            }
        } else if let Some(pressed) = closest(".card summary, .card__compare, .card__link") {
            hold(pressed);
        } else if closest("button").is_some_and(|it| !it.has_attribute("data-to")) {
            keep_focus();
        }
    })
    .forget();
    let options = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&root, "focusin", options, |event| {
        // An open sheet that the focus leaves would be in the way of what has it. What opens and closes it closes it
        // when it is pressed, and would open it again.
        let target = target(event);
        let opens = target
            .as_ref()
            .and_then(|it| it.get_attribute("popovertarget"));
        // By their names: to ask the whole page which are open takes a phone longer than all else that a tap does here.
        for id in [FILTERS, TAKE] {
            let sheet = super::root().and_then(|it| it.get_element_by_id(id));
            let open = sheet.filter(|it| it.matches(":popover-open").unwrap_or_default());
            if let Some(sheet) = open
                && !sheet.contains(target.as_deref())
                && opens.as_deref() != Some(id)
            {
                _ = sheet.unchecked_ref::<HtmlElement>().hide_popover();
            }
        }
    })
    .forget();
}

thread_local! {
    /// What is held until the next frame, and where on the screen.
    static HELD: Cell<Option<(Element, f64)>> = const { Cell::new(None) };
}

/// Has something stay where it is on the screen, whatever is about to come above it. What was held before is let go:
/// by now it is where it was.
pub fn hold(element: Element) {
    let_go();
    let top = top_of(&element);
    // What opens a history stays in sight once that is open, wherever it has its place.
    let placed = element.closest(".card__details").ok().flatten();
    HELD.set(Some((placed.unwrap_or(element), top)));
    before_paint(let_go);
}

/// Scrolls what is held back to where it was.
fn let_go() {
    if let Some((element, top)) = HELD.take() {
        // A long list is drawn only now.
        list::draw();
        if let Some(window) = window() {
            window.scroll_by_with_x_and_y(0.0, top_of(&element) - top);
        }
    }
}

/// How far something is below the top of the screen, in pixels.
pub fn top_of(element: &Element) -> f64 {
    element.get_bounding_client_rect().top()
}

/// The height of the screen, in pixels.
pub fn screen() -> f64 {
    let html = document().and_then(|it| it.document_element());
    html.map_or(0.0, |it| it.client_height().into())
}

/// Whether the browser itself keeps what one looks at where it is.
pub fn anchors() -> bool {
    // One that isn't in the page, since a saved copy of that may have no style in an attribute.
    let probe = document().and_then(|it| it.create_element("p").ok());
    let style = probe.and_then(|it| Some(it.dyn_into::<HtmlElement>().ok()?.style()));
    // A browser that doesn't know it doesn't take it.
    style.is_some_and(|it| {
        _ = it.set_property("overflow-anchor", "auto");
        it.get_property_value("overflow-anchor")
            .is_ok_and(|it| !it.is_empty())
    })
}

/// Gives the focus back to what has it now, should another order of the cards, or markup made anew,
/// take it away: to what has the same id, where it is gone itself. What can't have it any more gives
/// it to the result count.
pub fn keep_focus() {
    let focused = focused();
    before_paint(move || refocus(focused));
}

/// What has the focus.
pub fn focused() -> Option<Element> {
    let focused = root().and_then(|it| it.active_element());
    focused.filter(|it| it.tag_name() != "BODY")
}

/// Gives the focus back to what had it, as [`keep_focus`] does.
pub fn refocus(before: Option<Element>) {
    let Some(before) = before else { return };
    if focused().is_some_and(|it| it != before) {
        return;
    }
    let again = if before.is_connected() {
        Some(before)
    } else {
        root().and_then(|it| it.get_element_by_id(&before.id()))
    };
    let has = |it: &Element| {
        it.get_bounding_client_rect().width() > 0.0
            && !it.has_attribute("hidden")
            && !it.has_attribute("disabled")
    };
    match again.filter(has) {
        // Given again, it would begin anew in a field that has parts.
        Some(again) if focused().as_ref() == Some(&again) => {}
        Some(again) => focus_on(again),
        None => focus("[role=status]"),
    }
}

/// Brings a subject's card to the top of the screen, once it is laid out.
pub fn show(subject: Subject) {
    // By its number: its id may not have come yet.
    let card = [".card[", ROW, "=\"", &subject.row().to_string(), "\"]"].concat();
    before_paint(move || {
        list::bring(subject);
        if let Some(card) = elements(&card).pop() {
            card.scroll_into_view();
        }
    });
}

/// Gives the focus back to the link that was followed to a card, where a reader went back from it.
pub fn return_focus(page: Page) {
    let now = page.now();
    let (followed, nth) = now.followed.clone();
    if !followed.is_empty() && followed.trim_start_matches('#') == encode(page.pack, &now.selection)
    {
        before_paint(move || {
            if let Some(link) = links_to(&followed).nth(nth) {
                focus_on(link);
            }
        });
    }
}

/// The links to a card from another view: a mark on the map, and a name in the list below it.
fn links_to(there: &str) -> impl Iterator<Item = Element> {
    elements(&["[data-to][href=\"", there, "\"]"].concat()).into_iter()
}

fn focus(selector: &str) {
    elements(selector).into_iter().for_each(focus_on);
}

/// Moves the focus, and nothing else.
pub fn focus_on(element: Element) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // A link in a drawing can have it as well, and its method has the same name.
    let element: &HtmlElement = element.unchecked_ref();
    _ = element.focus_with_options(&options);
}
