//! `prerender`, for Trunk's hook: makes the engine of what Trunk staged, then the site of it.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use clap::Args;
use fact_explorer::site::{self, engine::Engine};

use crate::build::{interface, told};
use crate::outcome::{Done, Failed, Report, dataset};

#[derive(Args, Debug)]
pub struct Arguments {
    /// The folder that Trunk staged
    staged: PathBuf,
    /// The dataset: its folder, or a table (.csv or .json) on its own
    #[arg(long, default_value = "data/section-1373")]
    dataset: PathBuf,
    /// Where the engine of a release is to be kept
    #[arg(long, value_name = "FILE")]
    engine: Option<PathBuf>,
    /// Whose works the program is made of, which ships with a release
    #[arg(long, value_name = "FILE")]
    notices: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Done {
    let mut dataset = dataset(&arguments.dataset)?;
    dataset.interface = interface(None)?;
    let build = told(None, false)?;
    let staged = &arguments.staged;
    let release = env::var("TRUNK_PROFILE").is_ok_and(|it| it == "release");
    let notices = match &arguments.notices {
        Some(file) if release => fs::read_to_string(file)
            .map_err(|it| Failed::usage(format!("{}: {it}", file.display())))?,
        _ => String::new(),
    };
    let written = Engine::take(staged, release, &notices).and_then(|engine| {
        if let Some(file) = arguments.engine.as_ref().filter(|_| release) {
            keep(&engine, file)?;
        }
        site::write(&engine, &dataset, staged, build, &|_| {})
    });
    written.map_err(|it| Failed::output(format!("{}: {it}", staged.display())))?;
    Ok(Report::default())
}

/// Writes the engine beside its place first, since a command may be reading the one before.
fn keep(engine: &Engine, file: &Path) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    // Another run may be writing its own.
    let part = file.with_extension(format!("{}.part", process::id()));
    fs::write(&part, engine.bytes())?;
    fs::rename(part, file)
}
