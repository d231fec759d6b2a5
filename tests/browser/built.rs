//! The fixture is a table of bridges: no `dataset.toml`, findings or days.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use macro_rules_attribute::apply;
use serde_json::json;

use crate::reader::{Reader, Wish, wishing};
use crate::server::Way;

const BASE: &str = "/bridges/";

/// A site that the command built; it goes away with the test.
pub struct Built(pub PathBuf);

impl Built {
    fn of(name: &str) -> Self {
        Self::with(name, &["tests/datasets/tables/bridges.csv"])
    }

    /// The site of a dataset, built with these arguments.
    pub fn with(name: &str, arguments: &[&str]) -> Self {
        let name = format!("fact-explorer-built-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let done = Command::new(env!("CARGO_BIN_EXE_fact-explorer"))
            .arg("build")
            .args(arguments)
            .args(["--force", "-o"])
            .arg(&folder)
            .args(["--engine", "target/fact-explorer.engine"])
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        Self(folder)
    }
}

impl Drop for Built {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

/// A reader at the built site.
async fn reader(built: &Built, way: Way) -> Reader {
    let reader = wishing(Wish {
        way,
        ..Wish::default()
    })
    .await;
    reader.site.host(BASE, built.0.clone());
    reader.goto(reader.site.url_of(BASE)).await;
    reader
}

/// Another page, with the element in it.
fn story() -> String {
    format!(
        "<!doctype html><title>A story</title><fact-explorer loading=\"eager\" src=\"{BASE}\">\
         </fact-explorer><script type=\"module\" src=\"{BASE}element.js\"></script>"
    )
}

const READY: &str = "document.documentElement.hasAttribute('data-ready')";
const SHOWN: &str = "[...document.querySelectorAll('article[data-subject]')]\
    .filter(it => it.checkVisibility()).map(it => it.dataset.subject)";

#[apply(browser_test)]
async fn a_site_of_a_small_table_filters_and_searches() {
    let built = Built::of("live");
    let reader = reader(&built, Way::Open).await;
    reader.until(READY).await;
    assert_eq!(
        reader
            .eval("document.querySelectorAll('article').length")
            .await,
        6
    );
    // Neither findings nor days are there, and nothing speaks of them.
    assert_eq!(
        reader
            .eval("document.querySelector('.finding-bar')?.checkVisibility() ?? false")
            .await,
        false
    );
    reader
        .eval("document.querySelector('[data-facet=town] input[value=brookside]').click()")
        .await;
    reader.until(&format!("{SHOWN}.length === 3")).await;
    let status = reader
        .eval("document.querySelector('[role=status]').textContent")
        .await;
    assert!(status.as_str().unwrap().starts_with("3 of 6"), "{status}");
    reader.put("#q", "harb").await;
    reader
        .until(&format!("{SHOWN}.join() === 'harbour-crossing'"))
        .await;
    // What an author wrote is text, whatever it says.
    assert_eq!(
        reader
            .eval("document.querySelectorAll('article h3 b').length")
            .await,
        0
    );
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_record_without_dates_has_no_end_to_tell_of() {
    let built = Built::with("undated", &["data/examples/countries-ar"]);
    let reader = reader(&built, Way::Open).await;
    reader.until(READY).await;
    reader
        .eval("document.querySelector('article summary').click()")
        .await;
    // The rest of the record has come.
    reader
        .until("document.querySelector('article .history section')")
        .await;
    let note = "document.querySelector('.history__rest')?.textContent ?? ''";
    assert_eq!(reader.eval(note).await, "");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn without_its_pack_the_page_stays_as_it_was() {
    let built = Built::of("pack");
    for way in [Way::Missing("pack-*.pack"), Way::Garbled("pack-*.pack")] {
        let reader = reader(&built, way).await;
        reader
            .until("document.documentElement.hasAttribute('data-failed')")
            .await;
        assert_eq!(reader.eval(&format!("{SHOWN}.length")).await, json!(6));
        assert_eq!(
            reader
                .eval("document.querySelector('.quiet--failed').checkVisibility()")
                .await,
            true
        );
        assert_eq!(reader.eval(READY).await, false);
        // In another page the frame takes the element's place.
        let story = reader.site.show("/story.html", story());
        reader.goto(story).await;
        reader
            .until("document.querySelector('fact-explorer').shadowRoot?.querySelector('iframe')")
            .await;
    }
}

#[apply(browser_test)]
async fn its_one_file_and_its_element_bring_the_pack_along() {
    let built = Built::of("along");
    let reader = reader(&built, Way::Open).await;
    let file = format!("file://{}", built.0.join("standalone.html").display());
    reader.goto(file).await;
    reader.until(READY).await;
    assert_eq!(reader.eval(&format!("{SHOWN}.length")).await, json!(6));
    let story = reader.site.show("/story.html", story());
    reader.goto(story).await;
    reader
        .until("document.querySelector('fact-explorer').hasAttribute('data-ready')")
        .await;
    assert_eq!(
        reader
            .eval(
                "document.querySelector('fact-explorer').shadowRoot\
                 .querySelectorAll('article[data-subject]').length"
            )
            .await,
        6
    );
}
