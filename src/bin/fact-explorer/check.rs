//! `check`: every problem of a dataset.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;
use fact_explorer::dataset::date::Date;
use fact_explorer::site::doubts::doubts;
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
    let notes = doubts(&dataset, &arguments.dataset, today());
    let mut text = format!("{folder}: nothing is wrong ({})", summary(&dataset));
    if !notes.is_empty() {
        text.push_str("\nPerhaps not as it is meant:");
    }
    for note in &notes {
        text.push_str(&format!("\n  {note}"));
    }
    Ok(Report::new(
        text,
        json!({
            "folder": folder,
            "problems": [],
            "notes": notes,
            "subjects": dataset.subjects.len(),
            "sources": dataset.sources.len(),
        }),
    ))
}

/// The latest day that it is anywhere, by this machine's clock; the last there is where the clock can't be read, so that nothing
/// is told to be still to come.
fn today() -> Date {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    // Where it is latest, clocks are fourteen hours before UTC.
    let days = passed.map(|it| (it.as_secs() + 14 * 60 * 60) / 86_400);
    let days = days.and_then(|it| u32::try_from(it).ok());
    let zero = Date::new(1970, 1, 1).map(Date::days);
    let today = days
        .zip(zero)
        .and_then(|(days, zero)| days.checked_add(zero));
    Date::from_days(today.unwrap_or(u32::MAX))
}
