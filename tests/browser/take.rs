use std::fs;
use std::time::{Duration, Instant};

use fact_explorer::dataset::pack::{Pack, Subject};
use fact_explorer::export::cite::{Style, Work, cite};
use fact_explorer::export::csv::csv;
use fact_explorer::export::json::json as json_file;
use fact_explorer::export::rows::{columns, row};
use fact_explorer::export::text::text;
use fact_explorer::query::address::decode;
use fact_explorer::query::answer;
use macro_rules_attribute::apply;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::engines::Engine;
use crate::reader::{Reader, Wish, at, wishing};

const FRAGMENT: &str = "finding=warned&as-of=2017-11-15&sort=-name";

/// The subjects of [`FRAGMENT`], in order.
fn subjects() -> Vec<Subject> {
    let pack = Pack::embedded();
    let answer = answer(pack, &decode(pack, FRAGMENT));
    answer.shown().map(|it| pack.subject(it).unwrap()).collect()
}

fn rows() -> impl Iterator<Item = Vec<String>> {
    let pack = Pack::embedded();
    let as_of = decode(pack, FRAGMENT).as_of;
    subjects().into_iter().map(move |it| row(pack, it, as_of))
}

async fn opened() -> Reader {
    let reader = at(&format!("#{FRAGMENT}")).await;
    reader.allow_copying().await;
    reader.open_the_sheet().await;
    reader.find("button", "Save as CSV").await;
    reader
}

async fn copied(reader: &Reader) -> String {
    reader.until("[...document.querySelectorAll('.take [aria-live]')].some(it => it.innerText === 'Copied.')").await;
    reader.clipboard().await
}

/// Presses a button and waits for the file it saves.
pub async fn saved(reader: &Reader, button: &str, name: &str) -> String {
    let folder = reader.folder();
    if reader.engine == Engine::Chromium {
        let behaviour = json!({"behavior": "allow", "downloadPath": folder});
        reader.cdp("Browser.setDownloadBehavior", behaviour).await;
    }
    reader.press("button", button).await;
    let file = folder.join(name);
    let end = Instant::now() + Duration::from_secs(10);
    // Firefox writes beside it, and has it empty until then.
    let there = || fs::metadata(&file).is_ok_and(|it| it.len() > 0);
    while !there() && Instant::now() < end {
        reader
            .until("window.frame = (window.frame || 0) + 1, window.frame % 3 === 0")
            .await;
    }
    let text = fs::read_to_string(&file);
    _ = fs::remove_file(&file);
    text.unwrap_or_else(|it| panic!("{}: {it}", file.display()))
}

#[apply(browser_test)]
async fn on_paper_stands_what_was_asked_for() {
    let seen = |what: &str| format!("document.querySelector('{what}').checkVisibility()");
    let reader = at("#q=police&kind=county").await;
    reader.as_printed(true).await;
    for (what, is_printed) in [
        ("[data-facet=kind] legend", true),
        ("[data-facet=kind] .choice:has([value=county])", true),
        ("[data-facet=kind] .choice:has([value=city])", false),
        ("[data-facet=state] legend", false),
        ("#q", true),
        (".as-of", false),
        (".finding-bar .choice", true),
    ] {
        assert_eq!(reader.eval(&seen(what)).await, is_printed, "{what}");
    }
    reader.as_printed(false).await;
    reader.press("button", "Clear all").await;
    reader.until("location.hash === ''").await;
    reader.as_printed(true).await;
    for what in ["#q", "[data-facet=kind] legend"] {
        assert_eq!(reader.eval(&seen(what)).await, false, "{what}");
    }
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn files_hold_exactly_what_is_shown() {
    let reader = opened().await;
    let pack = Pack::embedded();
    let name = format!("section-1373-2017-11-15-{}-of-40", subjects().len());
    let file = saved(&reader, "Save as CSV", &[&name, ".csv"].concat()).await;
    assert_eq!(file, csv(&columns(pack), rows()));
    let mut parsed = csv_reader::Reader::from_reader(file.as_bytes());
    let names: Vec<String> = parsed
        .records()
        .map(|it| it.unwrap()[1].to_owned())
        .collect();
    reader.keys(Key::Escape).await;
    assert_eq!(names, reader.cards().await);
    reader.open_the_sheet().await;
    let file = saved(&reader, "Save as JSON", &[&name, ".json"].concat()).await;
    assert_eq!(file, json_file(&columns(pack), rows()));
    let parsed: Value = serde_json::from_str(&file).unwrap();
    assert_eq!(parsed.as_array().unwrap().len(), names.len());
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn text_link_and_citations_can_be_copied() {
    let reader = opened().await;
    let pack = Pack::embedded();
    let selection = decode(pack, FRAGMENT);
    let address = reader.eval("location.href").await;
    let address = address.as_str().unwrap();
    reader.press("button", "Copy as text").await;
    let expected = text(pack, subjects().into_iter(), selection.as_of, address);
    assert_eq!(copied(&reader).await, expected);
    reader.press("button", "Copy link").await;
    assert_eq!(copied(&reader).await, address);
    for style in Style::ALL {
        let work = Work {
            publisher: pack.publisher(),
            title: pack.title(),
            part: "",
            as_of: selection.as_of,
            updated: pack.updated(),
            address,
            key: pack.id(),
            words: pack.words(),
        };
        let expected = cite(&work, style);
        reader
            .press("button", &format!("Copy {}", style.label()))
            .await;
        assert_eq!(copied(&reader).await, reader.as_copied(&expected));
        let shown = reader.text(".take__citations").await.replace('\r', "");
        let first = expected.lines().next().unwrap();
        assert!(shown.contains(first), "{first} in {shown}");
    }
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_a_reader_came_with_is_not_passed_on() {
    let reader = at("?fbclid=abc#finding=warned").await;
    reader.allow_copying().await;
    reader.open_the_sheet().await;
    reader.press("button", "Copy link").await;
    let address = format!("{}#finding=warned", reader.site.url());
    assert_eq!(copied(&reader).await, address);
    let citations = reader.text(".take__citations").await;
    assert!(citations.contains(&address), "{citations}");
    assert!(!citations.contains("fbclid"), "{citations}");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_sheets_button_closes_it_whatever_was_pressed_in_it() {
    let reader = opened().await;
    let is_open = "document.querySelector('#take').matches(':popover-open')";
    reader.press("button", "Copy link").await;
    copied(&reader).await;
    assert_eq!(reader.eval(is_open).await, true);
    reader.press("button", "Take it along").await;
    reader.until(&format!("!{is_open}")).await;
    reader.press("button", "Take it along").await;
    reader.until(is_open).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_sheet_works_with_keys() {
    let reader = at("#open=chicago-il").await;
    reader.allow_copying().await;
    reader.tab_to("button", "Take it along").await;
    reader.keys(Key::Enter).await;
    reader
        .until("document.querySelector('.take__ways')?.checkVisibility()")
        .await;
    reader.tab_to("button", "Copy APA").await;
    reader.keys(Key::Enter).await;
    // Of the subject whose history is open.
    let citation = copied(&reader).await;
    assert!(
        citation.starts_with(
            "Fact Explorer. (2026, November 27). Chicago (as of October 12, 2017). In Who did"
        ),
        "{citation}"
    );
    reader.keys(Key::Escape).await;
    reader
        .until("!document.querySelector('.take').checkVisibility()")
        .await;
    reader
        .until("document.activeElement.getAttribute('popovertarget') === 'take'")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn where_copying_is_refused_the_page_says_so() {
    let reader = at("").await;
    reader.eval("delete Navigator.prototype.clipboard").await;
    reader.open_the_sheet().await;
    reader.press("button", "Copy link").await;
    reader
        .until("document.querySelector('.take').innerText.includes('didn’t allow copying')")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_print_without_notes_has_no_heading_for_them() {
    let reader = at("#view=timeline").await;
    reader.as_printed(true).await;
    reader.eval("dispatchEvent(new Event('beforeprint'))").await;
    reader.until("document.querySelector('.notes p')").await;
    let seen = "[...document.querySelectorAll('.notes > *')].filter(it => it.checkVisibility()).map(it => it.localName)";
    assert_eq!(reader.eval(seen).await, json!(["p"]));
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_is_printed_has_its_sources_as_numbered_notes() {
    let reader = at("#finding=warned").await;
    reader.as_printed(true).await;
    reader.eval("dispatchEvent(new Event('beforeprint'))").await;
    reader.until("document.querySelector('.notes')").await;
    let cites = "[...document.querySelectorAll('.card > p > .cite')].filter(it => it.checkVisibility())\
                 .map(it => it.textContent)";
    let cites: Vec<String> = serde_json::from_value(reader.eval(cites).await).unwrap();
    let notes = "[...document.querySelectorAll('.notes li')].map(it => it.textContent)";
    let notes: Vec<String> = serde_json::from_value(reader.eval(notes).await).unwrap();
    assert_eq!(notes.len(), cites.len());
    assert!(notes.len() >= 5);
    for (note, cite) in notes.iter().zip(&cites) {
        assert!(
            note.contains(cite.trim()) && note.contains("://"),
            "{note}: {cite}"
        );
    }
    let number = "getComputedStyle(document.querySelector('.card:not([hidden]) > p > .cite'), '::after').content";
    assert!(
        reader
            .eval(number)
            .await
            .as_str()
            .unwrap()
            .contains("counter(note)")
    );
    let foot = reader.text(".notes p").await;
    assert!(
        foot.starts_with("As of October 12, 2017. http://") && foot.ends_with("#finding=warned"),
        "{foot}"
    );
    reader.eval("dispatchEvent(new Event('afterprint'))").await;
    reader.until("!document.querySelector('.notes')").await;
    // The button writes the notes before it prints.
    let print = "window.print = () => { window.noted = !!document.querySelector('.notes'); dispatchEvent(new Event('afterprint')) }, 0";
    reader.eval(print).await;
    reader.as_printed(false).await;
    reader.open_the_sheet().await;
    reader.press("button", "Print").await;
    reader.until("window.noted === true").await;
    reader.until("!document.querySelector('.notes')").await;
    // Where a page may not print, nothing happens, and it isn't told.
    let nothing =
        "window.noted = 0, window.print = () => window.noted = !!document.querySelector('.notes')";
    reader.eval(nothing).await;
    reader.press("button", "Print").await;
    reader.until("window.noted === true").await;
    reader.until("!document.querySelector('.notes')").await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_device_that_can_share_is_asked_to() {
    let reader = wishing(Wish::default()).await;
    let device = "Navigator.prototype.share = it => { window.shared = it; return Promise.reject(new Error('not now')) }";
    reader.site.begin_with(device);
    reader.open_live("#finding=cleared").await;
    reader.tab_to("button", "Take it along").await;
    reader.keys(Key::Enter).await;
    reader
        .until("document.querySelector('.take__ways')?.checkVisibility()")
        .await;
    reader.tab_to("button", "Share").await;
    reader.keys(" ").await;
    reader.until("window.shared").await;
    let shared = reader.eval("window.shared").await;
    assert_eq!(shared["title"], Pack::embedded().title());
    assert_eq!(shared["url"], reader.eval("location.href").await);
    // A reader who thinks better of it leaves nothing in the console.
    reader.ends_with_an_empty_console().await;
}
