use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[path = "../browser/engines.rs"]
#[allow(dead_code, reason = "the tests in browsers ask for the rest")]
mod list;

use list::{CORE, DIFFERENCES, Engine, What};

/// What the tables stand between.
const BEGIN: &str = "<!-- made by tests/native/engines.rs -->\n\n";
const END: &str = "\n<!-- end -->";

/// The tables of docs/engines.md.
fn tables() -> String {
    let mut text = "| in | which test doesn't run | why |\n|---|---|---|\n".to_owned();
    for difference in DIFFERENCES {
        if let What::Test(name) = difference.what {
            let (engine, why) = (difference.engine.name(), difference.why);
            writeln!(text, "| {engine} | `{name}` | {why} |").unwrap();
        }
    }
    text += "\n| in | what is checked in another way, or not | why |\n|---|---|---|\n";
    for difference in DIFFERENCES {
        if let What::Part(part) = difference.what {
            let (engine, why) = (difference.engine.name(), difference.why);
            writeln!(text, "| {engine} | {part} | {why} |").unwrap();
        }
    }
    text
}

#[test]
fn the_documentation_has_every_difference() {
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/engines.md");
    let text = fs::read_to_string(docs).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    if env::var_os("FACT_EXPLORER_WRITE").is_some() {
        return fs::write(docs, [before, BEGIN, &tables(), END, after].concat()).unwrap();
    }
    assert_eq!(
        written,
        tables(),
        "docs/engines.md: run this test with FACT_EXPLORER_WRITE=1"
    );
}

#[test]
fn a_difference_is_from_chromium_and_has_a_reason() {
    for (at, difference) in DIFFERENCES.iter().enumerate() {
        assert_ne!(difference.engine, Engine::Chromium, "{:?}", difference.what);
        assert!(difference.why.ends_with('.'), "{}", difference.why);
        let again =
            |it: &&list::Difference| it.engine == difference.engine && it.what == difference.what;
        assert!(
            !DIFFERENCES[..at].iter().any(|it| again(&it)),
            "{:?}",
            difference.what
        );
    }
    assert!(CORE.is_sorted());
}

/// A test with another attribute would never run: cargo makes none of this binary's.
#[test]
fn every_test_in_a_browser_is_one_that_runs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let other = text
            .lines()
            .find(|it| it.starts_with("#[tokio::test") || *it == "#[test]");
        assert_eq!(
            other,
            None,
            "{}: it is #[apply(browser_test)]",
            path.display()
        );
    }
}
