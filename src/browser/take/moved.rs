//! Takes along what a reader pressed a button for. Comes later, with the buttons: see `src/view/later.rs`.

use js_sys::{Array, Object, Promise, Reflect};
use leptos::task::{spawn_local, tick};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::dataset::pack::Holds;
use crate::language::Word;
use crate::view::Print;
use crate::view::later::taken;
use crate::view::long::PRINTED;
use crate::view::take::{Way, file_name};

use super::super::page::Page;
use super::super::{after, document, parts, window};
use super::method;

/// Takes along what is shown, once all of it has come.
#[inline(never)]
pub fn take_whole(page: Page, way: Way) {
    let now = page.now();
    let rows = now.answer.shown().collect::<Vec<_>>();
    let is_all = match way {
        Way::Csv | Way::Json | Way::Text => true,
        // Of a longer list, what is in the page is printed.
        Way::Print => rows.len() <= PRINTED,
        Way::Link | Way::Share | Way::Cite(_) => false,
    };
    let lacks = if matches!(way, Way::Link | Way::Share) || now.lacking.is_empty() {
        let mut lacks = page.pack.lacks_texts(rows.into_iter().filter(|_| is_all));
        if matches!(way, Way::Csv | Way::Json) {
            let all = 0..page.pack.n_subjects();
            lacks.extend(page.pack.lacks(Holds::Columns, all));
        }
        lacks
    } else {
        // What is shown is still the answer to what was asked for before.
        now.lacking.clone()
    };
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
            take_whole(page, way);
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
    let address = now.address();
    // What writes it also wrote the button that was pressed.
    let Some(taken) = taken(&now, way) else {
        return Ok(());
    };
    let name = |ending| file_name(pack, &now.selection, &now.answer, ending);
    match way {
        Way::Csv => save(&name("csv"), "text/csv", &taken, page)?,
        Way::Json => save(&name("json"), "application/json", &taken, page)?,
        Way::Text | Way::Cite(_) => copy(&taken, page),
        Way::Link => copy(&address, page),
        Way::Share => share(pack.title(), &address),
        Way::Print => {
            // The notes are written before the browser looks at the page.
            page.update(|it| it.print = Print::Asked);
            spawn_local(async move {
                tick().await;
                if let Some(window) = window() {
                    _ = window.print();
                }
                if page.now().print == Print::Asked {
                    page.update(|it| it.print = Print::No);
                }
            });
        }
    }
    Ok(())
}

/// How long a saved file's address is kept for the browser to read it, in milliseconds.
const KEPT: i32 = 60_000;

fn save(name: &str, kind: &str, file: &str, page: Page) -> Result<(), JsValue> {
    let Some(document) = document() else {
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
    after(KEPT, move || _ = Url::revoke_object_url(&url));
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

/// Calls a method that gives a promise.
fn call(of: &JsValue, name: &str, argument: &JsValue) -> Option<Promise> {
    method(of, name)?.call1(of, argument).ok()?.dyn_into().ok()
}
