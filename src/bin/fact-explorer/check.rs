//! `check`: every problem of a dataset.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::outcome::{Done, Report, dataset, summary};
use crate::progress::Progress;

#[derive(Args, Debug)]
pub struct Arguments {
    /// The dataset: its folder, or a table (.csv or .json) on its own
    #[arg(default_value = ".")]
    dataset: PathBuf,
    /// Says it as one JSON document on stdout
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &Arguments) -> Done {
    let progress = Progress::start();
    progress.step("reading the data");
    let dataset = dataset(&arguments.dataset)?;
    let folder = arguments.dataset.display().to_string();
    Ok(Report::new(
        format!("{folder}: nothing is wrong ({})", summary(&dataset)),
        json!({
            "folder": folder,
            "problems": [],
            "subjects": dataset.subjects.len(),
            "sources": dataset.sources.len(),
        }),
    ))
}
