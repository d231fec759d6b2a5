//! Files, the clipboard, sharing and print.

use gloo_events::EventListener;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::task::{spawn_local, tick};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::dataset::pack::Subject;
use crate::export::csv::csv;
use crate::export::json::json;
use crate::export::rows::{columns, row};
use crate::export::text::text;
use crate::language::Word;
use crate::view::long::PRINTED;
use crate::view::take::{Way, citation};

use super::page::Page;
use super::{document, elements, root, target, window};
use super::{embed, parts};

/// Tells the page what is around it, and follows presses of what has `data-do`, and printing by
/// whatever way that was asked for.
pub fn follow(page: Page) {
    let (Some(window), Some(root)) = (window(), root()) else {
        return;
    };
    let whole = embed::whole_page().map(|it| it.href());
    let address = whole.unwrap_or_else(|| window.location().href().unwrap_or_default());
    let address = address.split('#').next().unwrap_or("").to_owned();
    let shares = method(&window.navigator(), "share").is_some();
    // It may have been opened before the page was live.
    let takes = !elements("#take:popover-open").is_empty();
    page.update(|it| {
        (it.around.address, it.around.shares, it.takes) = (address, shares, takes);
    });
    EventListener::new(&root, "click", move |event| {
        let target = target(event).and_then(|it| it.closest("[data-do]").ok().flatten());
        let way = target.and_then(|it| Way::from_id(&it.get_attribute("data-do")?));
        if let Some(way) = way {
            take_whole(page, way);
        }
    })
    .forget();
    for (event, printing) in [("beforeprint", true), ("afterprint", false)] {
        EventListener::new(&window, event, move |_| {
            page.update(|it| it.printing = printing);
        })
        .forget();
    }
}

/// Takes along what is shown, once all of it has come.
fn take_whole(page: Page, way: Way) {
    let rows = page.now().answer.shown().collect::<Vec<_>>();
    let is_all = match way {
        Way::Csv | Way::Json | Way::Text => true,
        // Of a longer list, what is in the page is printed.
        Way::Print => rows.len() <= PRINTED,
        Way::Link | Way::Share | Way::Cite(_) => false,
    };
    let lacks = page.pack.lacks_texts(rows.into_iter().filter(|_| is_all));
    if lacks.is_empty() {
        _ = take(page, way);
        return;
    }
    say(page, Word::Loading);
    spawn_local(async move {
        let came = parts::fetch_all(page.pack, &lacks).await;
        page.update(|it| {
            it.arrive();
            it.taken = "";
        });
        if came.is_some() {
            tick().await;
            _ = take(page, way);
        } else {
            say(page, Word::RestRefused);
        }
    });
}

/// Says what became of what was taken along.
fn say(page: Page, word: Word) {
    page.update(|it| it.taken = it.pack.words().text(word));
}

/// The same words twice would be no change, and nobody would hear them.
fn hush(page: Page) {
    page.update(|it| it.taken = "");
}

fn take(page: Page, way: Way) -> Result<(), JsValue> {
    let pack = page.pack;
    let now = page.now();
    let (selection, answer) = (&now.selection, &now.answer);
    let address = now.address();
    let subjects: Vec<Subject> = answer.shown().filter_map(|it| pack.subject(it)).collect();
    let rows = || subjects.iter().map(|it| row(pack, *it, selection.as_of));
    let columns = columns(pack);
    let day = if pack.is_dated() {
        ["-", &selection.as_of.iso()].concat()
    } else {
        String::new()
    };
    let name = |ending| [pack.id(), &day, ".", ending].concat();
    match way {
        Way::Csv => save(&name("csv"), "text/csv", &csv(&columns, rows()), page)?,
        Way::Json => {
            let file = json(&columns, rows());
            save(&name("json"), "application/json", &file, page)?;
        }
        Way::Text => {
            let subjects = subjects.iter().copied();
            copy(&text(pack, subjects, selection.as_of, &address), page);
        }
        Way::Link => copy(&address, page),
        Way::Cite(style) => copy(&citation(pack, selection, answer, &address, style), page),
        Way::Share => share(pack.title(), &address),
        Way::Print => {
            // The notes are written before the browser looks at the page.
            page.update(|it| it.printing = true);
            spawn_local(async {
                tick().await;
                if let Some(window) = window() {
                    _ = window.print();
                }
            });
        }
    }
    Ok(())
}

/// How long a saved file's address is kept for the browser to read it, in milliseconds.
const KEPT: i32 = 60_000;

fn save(name: &str, kind: &str, file: &str, page: Page) -> Result<(), JsValue> {
    let (Some(window), Some(document)) = (window(), document()) else {
        return Ok(());
    };
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&file.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    hush(page);
    spawn_local(async move {
        tick().await;
        say(page, Word::Saved);
    });
    let forget = Closure::once_into_js(move || _ = Url::revoke_object_url(&url));
    window.set_timeout_with_callback_and_timeout_and_arguments_0(forget.unchecked_ref(), KEPT)?;
    Ok(())
}

fn copy(text: &str, page: Page) {
    hush(page);
    let clipboard = window().and_then(|it| Reflect::get(&it.navigator(), &"clipboard".into()).ok());
    let done = clipboard.and_then(|it| call(&it, "writeText", &text.into()));
    spawn_local(async move {
        let allowed = match done {
            Some(it) => JsFuture::from(it).await.is_ok(),
            None => false,
        };
        say(page, if allowed { Word::Copied } else { Word::NoCopy });
    });
}

fn share(title: &str, url: &str) {
    let what = Object::new();
    for (key, value) in [("title", title), ("url", url)] {
        _ = Reflect::set(&what, &key.into(), &value.into());
    }
    let shared = window().and_then(|it| call(&it.navigator(), "share", &what));
    if let Some(shared) = shared {
        // A reader who thinks better of it is no error.
        spawn_local(async { _ = JsFuture::from(shared).await });
    }
}

/// A method that not every browser has, nor every page may use.
fn method(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}

/// Calls a method that gives a promise.
fn call(of: &JsValue, name: &str, argument: &JsValue) -> Option<Promise> {
    method(of, name)?.call1(of, argument).ok()?.dyn_into().ok()
}
