//! `new`: a small dataset to begin with.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use fact_explorer::site::import::SCHEMA;
use fact_explorer::site::out::{self, May};

use crate::build::refused;
use crate::outcome::{Done, Report};

/// What is in a new dataset: each file's name and text.
const FILES: [(&str, &str); 3] = [
    ("dataset.toml", include_str!("new/dataset.toml")),
    ("rows.csv", include_str!("new/rows.csv")),
    SCHEMA,
];

#[derive(Args, Debug)]
pub struct Arguments {
    /// Where the dataset is to be: a folder that isn't there yet, or is empty
    folder: PathBuf,
}

pub fn run(arguments: &Arguments) -> Done {
    let folder = &arguments.folder;
    out::put(folder, May::Nothing, |part| {
        FILES
            .iter()
            .try_for_each(|(name, text)| fs::write(part.join(name), text))
    })
    .map_err(|it| refused(folder, &it))?;
    let shown = folder.display();
    Ok(Report {
        text: format!(
            "{shown}: a dataset to begin with; change {shown}/rows.csv and {shown}/dataset.toml, then \
             `fact-explorer build {shown} -o site`"
        ),
        ..Report::default()
    })
}
