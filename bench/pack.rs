//! Packs a dataset for `bench/`: `bench-pack FOLDER PACK` writes the pack, and beside it, with the
//! ending `.index`, the parts of it that only a search reads, to be weighed.

use std::process::ExitCode;
use std::{env, fs, path::Path};

use fact_explorer::dataset::pack::Pack;
use fact_explorer::dataset::packing::pack;
use fact_explorer::dataset::read::read;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, to] = arguments.as_slice() else {
        eprintln!("bench-pack FOLDER PACK");
        return ExitCode::from(2);
    };
    match written(Path::new(folder), to) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn written(folder: &Path, to: &str) -> Result<(), String> {
    let dataset = read(folder).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })?;
    let bytes: &'static [u8] = pack(&dataset).leak();
    let index = Pack::open(bytes).map_err(|it| format!("{it:?}"))?.index();
    let index = [index.blocks, index.words, index.postings, index.folds].concat();
    let put =
        |path: &str, bytes: &[u8]| fs::write(path, bytes).map_err(|it| format!("{path}: {it}"));
    put(to, bytes)?;
    put(&format!("{to}.index"), &index)
}
