//! Everything a reader does, in a real browser, against the pages as they are published.
//!
//! `make test` builds the release and sets what these tests need: `CHROMIUM`, `CHROMEDRIVER`,
//! `FIREFOX`, `GECKODRIVER`, `WEBKIT`, `WEBKIT_DRIVER`, `AXE_CORE`, `PYM`, `NEWSWIRE_FRAMES` and the folder
//! `dist`. The pages are served under a sub-path and with the strict policy that the site promises to run
//! under. Each test ends by finding the console empty.
//!
//! `BROWSER` is chromium (where it is unset), firefox or webkit; with `BROWSER_TESTS=core` only the
//! tests of [`engines::CORE`] run. What differs between the engines is in [`engines::DIFFERENCES`].

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

use std::env;
use std::pin::Pin;
use std::process::ExitCode;

use engines::{CORE, DIFFERENCES, Engine, What, skipped};
use libtest_mimic::{Arguments, Trial};

/// A test, which its [`browser_test`] hands in.
struct BrowserTest {
    module: &'static str,
    name: &'static str,
    run: fn() -> Pin<Box<dyn Future<Output = ()>>>,
}

inventory::collect!(BrowserTest);

/// Makes a test of a function without parameters: `#[apply(browser_test)]`.
macro_rules! browser_test {
    ($(#[$about:meta])* async fn $name:ident() $body:block) => {
        $(#[$about])*
        async fn $name() $body

        inventory::submit! {
            $crate::BrowserTest {
                module: module_path!(),
                name: stringify!($name),
                run: || Box::pin($name()),
            }
        }
    };
}

mod drivers;
mod engines;
mod nasty;
mod reader;
mod server;
mod snapshot;

/// axe finds nothing to mend, in light, dark and forced colours, wide and narrow, closed and open; targets;
/// motion.
mod accessibility;
/// Links, back and forward.
mod address;
/// What is said to those who don't see the page, neither twice nor not at all.
mod announced;
/// Asking for another day.
mod as_of;
/// Files that don't come, storage that is full, hosts and data that mean harm, a wrong clock, long use.
mod bad_days;
/// A site that the command built of a small table.
mod built;
/// Subjects side by side.
mod compare;
/// `<fact-explorer>` in other pages, with policies and styles of their own.
mod element;
/// Embed codes: the dialog that writes them, and the heights in them.
mod embed;
/// Small screens, wide spaces and large letters: nothing is lost.
mod enlarged;
/// Choosing and dropping values; counts.
mod filters;
/// What one sees on arrival.
mod first_view;
/// The compact form in other pages' frames, and what works where.
mod frame;
/// Opening a card.
mod history;
/// The way through the page by keys, and where the focus is seen.
mod keyboard;
/// Pages in other languages than English, and from right to left.
mod languages;
/// Cards that are laid out some frames after the others.
mod late;
/// Lists of any length, and facets of any size.
mod long;
/// Without a network, and when a newer version is published.
mod offline;
/// The pages that need no script.
mod pages;
/// Without scripts, without WASM, from a folder.
mod plain;
/// The policy that the site runs under.
mod policy;
/// Finding words.
mod search;
/// Other orders.
mod sort;
/// Everything in one file, opened from a disk.
mod standalone;
/// Files, copies, citations and print.
mod take;
/// What assistive technology is given.
mod tree;
/// Table, timeline and map.
mod views;

impl BrowserTest {
    /// With its file's: `filters::the_space_bar_chooses_and_the_focus_stays`.
    fn full_name(&self) -> String {
        let module = self.module.split_once("::").map_or("", |it| it.1);
        format!("{module}::{}", self.name)
    }

    fn run(&self) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on((self.run)());
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let engine = Engine::chosen();
    let mut tests: Vec<(String, &'static BrowserTest)> = inventory::iter::<BrowserTest>()
        .map(|it| (it.full_name(), it))
        .collect();
    tests.sort_by(|a, b| a.0.cmp(&b.0));
    let is_there = |name: &str| tests.iter().any(|it| it.0 == name);
    for name in CORE {
        assert!(is_there(name), "engines.rs: there is no test {name}");
    }
    for difference in DIFFERENCES {
        if let What::Test(name) = difference.what {
            assert!(is_there(name), "engines.rs: there is no test {name}");
        }
    }
    match env::var("BROWSER_TESTS").as_deref() {
        Ok("core") => tests.retain(|it| CORE.contains(&it.0.as_str())),
        Ok("all") | Err(_) => {}
        Ok(other) => panic!("BROWSER_TESTS is {other}; it is core or all"),
    }
    let trials = tests.into_iter().map(|(name, test)| {
        let why = skipped(engine, &name);
        if let Some(why) = why
            && !arguments.list
        {
            eprintln!("{name}: skipped in {}: {why}", engine.name());
        }
        let run = || {
            test.run();
            Ok(())
        };
        Trial::test(name, run).with_ignored_flag(why.is_some())
    });
    let trials = trials.collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}
