//! The command for authors: checks a dataset, and finishes the pages that Trunk stages.

use std::env;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::read::read;
use fact_explorer::site::{self, Build, address::Address, engine::Engine, offline::Offline};

const USAGE: &str = "\
fact-explorer check [FOLDER]   checks a dataset; every problem with file, line, column and rule
fact-explorer prerender FOLDER finishes the pages in FOLDER, where Trunk staged them

FOLDER of a dataset: data/section-1373 unless told.

FACT_EXPLORER_SITE, where it is set, is the address that the site will have, as in
https://example.org/facts/; without it every link is a relative one.
FACT_EXPLORER_OFFLINE=off builds a site that browsers don't keep for reading offline, and that takes
away what they kept of an earlier one.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["check"] => dataset(DATASET).map(|_| ()),
        ["check", folder] => dataset(folder).map(|_| ()),
        ["prerender", staged] => dataset(DATASET).and_then(|it| prerender(&it, staged)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

const DATASET: &str = "data/section-1373";

fn dataset(folder: &str) -> Result<Dataset, String> {
    read(Path::new(folder)).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|it| format!("{folder}/{it}")).collect();
        lines.join("\n")
    })
}

fn prerender(dataset: &Dataset, staged: &str) -> Result<(), String> {
    let address = match told("FACT_EXPLORER_SITE")? {
        it if it.is_empty() => Address::default(),
        it => Address::parse(&it).map_err(|it| format!("FACT_EXPLORER_SITE: {it}"))?,
    };
    let offline = told("FACT_EXPLORER_OFFLINE")?;
    let build = Build {
        address,
        offline: Offline::parse(&offline).map_err(|it| format!("FACT_EXPLORER_OFFLINE: {it}"))?,
    };
    let release = env::var("TRUNK_PROFILE").is_ok_and(|it| it == "release");
    let folder = Path::new(staged);
    Engine::take(folder, release)
        .and_then(|engine| site::write(&engine, dataset, folder, build, &|_| {}))
        .map_err(|it: io::Error| format!("{staged}: {it}"))
}

/// A variable of the environment; empty where it isn't set.
fn told(name: &str) -> Result<String, String> {
    match env::var(name) {
        Ok(it) => Ok(it),
        Err(env::VarError::NotPresent) => Ok(String::new()),
        Err(env::VarError::NotUnicode(_)) => Err(format!("{name} isn't text")),
    }
}
