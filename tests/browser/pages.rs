use std::fs;

use macro_rules_attribute::apply;
use thirtyfour::prelude::*;

use crate::accessibility::{violations, violations_as_shown};
use crate::reader::{Reader, Wish, at, wishing};
use crate::server::{BASE, dist, fits};

/// The paths of every page but the explorer.
fn pages() -> Vec<String> {
    let files = fs::read_dir(dist().join("subject")).unwrap().flatten();
    let mut pages: Vec<String> = files
        .map(|it| format!("subject/{}", it.file_name().to_str().unwrap()))
        .filter(|it| fits(it, "*.html"))
        .collect();
    pages.extend(["about.html", "changes.html", "corrections.html"].map(str::to_owned));
    pages.sort();
    assert_eq!(pages.len(), 43);
    pages
}

/// Waits for the page of this name.
async fn arrives_at(reader: &Reader, name: &str) {
    let there = format!("document.querySelector('h1').textContent === '{name}'");
    reader.until(&there).await;
}

#[apply(browser_test)]
async fn axe_finds_nothing_to_mend_on_any_page() {
    for width in [1280, 390] {
        let reader = wishing(Wish {
            width,
            ..Wish::default()
        })
        .await;
        for page in pages() {
            reader.open(&page).await;
            let found = match width {
                1280 => violations(&reader).await,
                // The colours are the same.
                _ => violations_as_shown(&reader).await,
            };
            assert_eq!(found, [""; 0], "{page}, {width} px");
            let wide = "document.documentElement.scrollWidth > innerWidth";
            assert_eq!(reader.eval(wide).await, false, "{page} at {width} px");
            let whole = "[...document.querySelectorAll('.figures td:first-child')].every(it => { \
                const text = document.createRange(); text.selectNodeContents(it); \
                return /\\D/.test(it.textContent) || text.getClientRects().length === 1 })";
            assert_eq!(
                reader.eval(whole).await,
                true,
                "a year in pieces: {page} at {width} px"
            );
        }
        reader.ends_with_an_empty_console().await;
    }
}

#[apply(browser_test)]
async fn every_page_can_be_read_without_scripts() {
    let reader = wishing(Wish {
        scripts: false,
        ..Wish::default()
    })
    .await;
    for page in pages() {
        reader.open(&page).await;
        let heading = reader.driver.find(By::Css("h1")).await.unwrap();
        assert!(heading.is_displayed().await.unwrap(), "{page}");
        let link = if page == "corrections.html" {
            ".masthead a"
        } else {
            "main .cites a"
        };
        let cite = reader.driver.find(By::Css(link)).await.unwrap();
        assert!(cite.is_displayed().await.unwrap(), "{page}");
    }
    // No page asks for anything but the stylesheet; the manifest and an icon are the browser's own wish.
    let asked = reader.site.asked();
    let needful = [".html", "/style-", ".webmanifest", "/icons/"];
    let needless = asked
        .iter()
        .find(|it| !needful.iter().any(|part| it.contains(part)));
    assert_eq!(needless, None);
    reader.ends_with_an_empty_console().await;
}

/// Waits until an open card has what it brings from its record: by then the page has led to it, and nothing of it moves
/// under a press any more.
async fn brought(reader: &Reader, id: &str) {
    reader
        .until(&format!("document.querySelector('[data-subject={id}] h5')"))
        .await;
}

#[apply(browser_test)]
async fn from_the_explorer_to_a_record_and_back() {
    let reader = at("#as-of=2021-04-14&open=chicago-il").await;
    brought(&reader, "chicago-il").await;
    reader.press("link", "The whole record of Chicago").await;
    arrives_at(&reader, "City of Chicago").await;
    reader.press("link", "Next: Clark County").await;
    arrives_at(&reader, "Clark County").await;
    // The way up opens the explorer at this subject.
    reader
        .press("link", "Who did the Justice Department warn")
        .await;
    reader
        .until("document.querySelector('[data-subject=clark-county-nv] details')?.open")
        .await;
    reader.driver.back().await.unwrap();
    reader.driver.back().await.unwrap();
    reader.driver.back().await.unwrap();
    // Back at the explorer, the selection is as it was left.
    reader
        .until("document.documentElement.hasAttribute('data-ready')")
        .await;
    reader.sees(40).await;
    reader
        .until("document.querySelector('[data-subject=chicago-il] details').open")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn every_record_leads_to_a_day_on_which_its_card_is_there() {
    for (record, stays) in [
        // Nothing had been found of it on the day that a page opens at.
        ("subject/albany-ny.html", false),
        (
            "subject/albany-ny.html#as-of=2017-10-13&open=chicago-il",
            false,
        ),
        // Where it was found by then, the day stays.
        (
            "subject/new-orleans-la.html#as-of=2017-10-13&open=chicago-il",
            true,
        ),
    ] {
        let reader = wishing(Wish::default()).await;
        reader.open(record).await;
        reader.click(".masthead__kicker a").await;
        let (id, _) = record["subject/".len()..].split_once(".html").unwrap();
        let card = format!("document.querySelector('[data-subject={id}] .history')");
        reader.until(&format!("{card}?.checkVisibility()")).await;
        let fragment = reader.fragment().await;
        assert_eq!(
            fragment.contains("as-of=2017-10-13"),
            stays,
            "{record}: {fragment}"
        );
        reader.ends_with_an_empty_console().await;
    }
}

#[apply(browser_test)]
async fn a_record_leads_back_to_the_selection_it_was_opened_from() {
    let selection = "finding=warned&as-of=2017-11-15&sort=name&open=chicago-il";
    let reader = at(&format!("#{selection}")).await;
    brought(&reader, "chicago-il").await;
    reader.press("link", "The whole record of Chicago").await;
    arrives_at(&reader, "City of Chicago").await;
    reader.press("link", "Next: Clark County").await;
    arrives_at(&reader, "Clark County").await;
    reader.press("link", "All jurisdictions").await;
    reader
        .until("document.documentElement.hasAttribute('data-ready')")
        .await;
    assert_eq!(reader.fragment().await, selection);
    reader.sees(5).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_record_can_be_cited_fact_by_fact() {
    let reader = wishing(Wish::default()).await;
    reader.open("subject/chicago-il.html").await;
    reader.allow_copying().await;
    // With keys: the details of the first event open, and its first form is copied.
    let summary = reader
        .driver
        .find(By::Css(".events .cite-this summary"))
        .await
        .unwrap();
    summary.focus().await.unwrap();
    reader.keys(Key::Enter).await;
    reader
        .until("document.querySelector('.events .cite-this').open")
        .await;
    reader.keys(Key::Tab).await;
    reader.keys(Key::Enter).await;
    reader
        .until("document.activeElement.nextElementSibling?.textContent === 'Copied'")
        .await;
    let copied = reader.clipboard().await;
    let event = reader
        .eval("document.querySelector('.events .event').id")
        .await;
    let address = format!(
        "{}subject/chicago-il.html#{}",
        reader.site.url(),
        event.as_str().unwrap()
    );
    assert!(
        copied.starts_with("Fact Explorer. (2026") && copied.contains(&address),
        "{copied}"
    );
    // A copy that a browser saved has as many buttons, and they work.
    let html = reader.eval("document.documentElement.outerHTML").await;
    let html = html.as_str().unwrap();
    let html = html.replace("src=\"../", &format!("src=\"{BASE}"));
    let buttons = "[...document.querySelectorAll('.cite-this button')]";
    let n = reader.eval(&format!("{buttons}.length")).await;
    let saved = reader.site.show("/saved/record.html", html);
    reader.goto(saved).await;
    let work = format!("{buttons}.some(it => it.onclick) && {buttons}.length === {n}");
    reader.until(&work).await;
}
