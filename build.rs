//! Checks the embedded dataset and packs it; a broken rule fails the build and says where.

use std::path::Path;
use std::{env, fs, process};

// The crate's own modules, one by one, since a build script can't depend on the crate it builds.
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/bits.rs"]
mod bits;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/check.rs"]
mod check;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/date.rs"]
mod date;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/facets.rs"]
mod facets;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/files.rs"]
mod files;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/index.rs"]
mod index;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/indexing.rs"]
mod indexing;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/language.rs"]
mod language;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/meant.rs"]
mod meant;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/misread.rs"]
mod misread;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/model.rs"]
mod model;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/numbers.rs"]
mod numbers;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/outline.rs"]
mod outline;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/packing.rs"]
mod packing;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/passage.rs"]
mod passage;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/problem.rs"]
mod problem;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/read.rs"]
mod read;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/rows.rs"]
mod rows;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/slug.rs"]
mod slug;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/table.rs"]
mod table;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/telling.rs"]
mod telling;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/wording.rs"]
mod wording;
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/words.rs"]
mod words;

/// Only the layout of `src/dataset/pack.rs`: what it reads back, it reads from `EMBEDDED`.
#[allow(dead_code, missing_docs, reason = "the page uses the rest")]
#[path = "src/dataset/pack.rs"]
mod pack;

/// What `pack.rs` calls the embedded block; there is none while it is being made.
#[allow(dead_code, reason = "named by pack.rs")]
static EMBEDDED: &[u8] = &[];

const DATASET: &str = "data/section-1373";

fn main() {
    println!("cargo::rerun-if-changed={DATASET}");
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    if let Err(problem) = engine(&Path::new(&out).join("engine")) {
        println!("cargo::error=FACT_EXPLORER_ENGINE: {problem}");
        process::exit(1);
    }
    let done = match read::read(Path::new(DATASET)) {
        Ok(dataset) => fs::write(
            Path::new(&out).join("dataset.pack"),
            packing::pack(&dataset),
        )
        .map_err(|it| vec![format!("the pack can't be written: {it}")]),
        Err(problems) => Err(problems
            .iter()
            .map(|it| format!("{DATASET}/{it}"))
            .collect()),
    };
    for problem in done.as_ref().err().into_iter().flatten() {
        println!("cargo::error={problem}");
    }
    if done.is_err() {
        process::exit(1);
    }
}

/// Puts the engine where `src/site/engine.rs` includes it: the file that `FACT_EXPLORER_ENGINE` names
/// (`make command`), or nothing.
fn engine(to: &Path) -> std::io::Result<()> {
    println!("cargo::rerun-if-env-changed=FACT_EXPLORER_ENGINE");
    match env::var_os("FACT_EXPLORER_ENGINE").filter(|it| !it.is_empty()) {
        Some(file) => {
            println!("cargo::rerun-if-changed={}", Path::new(&file).display());
            fs::write(to, fs::read(file)?)
        }
        None => fs::write(to, []),
    }
}
