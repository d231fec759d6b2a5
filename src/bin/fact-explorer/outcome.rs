//! How a task ended: what it says to people, what it says to machines, and the exit code.

use std::io::{ErrorKind, Write, stderr, stdout};
use std::path::Path;
use std::process::ExitCode;

use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::problem::Problem;
use fact_explorer::dataset::read::{folder, read};
use fact_explorer::dataset::table::is_table;
use fact_explorer::site::report::{self, Looks};
use serde_json::{Map, Value, json};

use crate::sheet::is_spreadsheet;

/// What a task gives back.
pub type Done = Result<Report, Failed>;

/// A task that is done.
#[derive(Debug, Default)]
pub struct Report {
    /// For people; nothing is said where it is empty.
    pub text: String,
    /// For machines: the fields of one object.
    pub fields: Map<String, Value>,
}

impl Report {
    /// A report whose fields are those of an object.
    pub fn new(text: String, fields: Value) -> Self {
        let fields = match fields {
            Value::Object(it) => it,
            _ => Map::new(),
        };
        Self { text, fields }
    }
}

/// A task that couldn't be done.
#[derive(Debug)]
pub struct Failed {
    /// The exit code.
    code: u8,
    /// What is wrong and what to do, in a sentence; empty where the problems say it.
    message: String,
    /// What is wrong with the data.
    problems: Vec<Problem>,
    /// The dataset's folder, as it was named.
    folder: String,
}

impl Failed {
    fn with(code: u8, message: String) -> Self {
        Self {
            code,
            message,
            problems: Vec::new(),
            folder: String::new(),
        }
    }

    /// A file that was to be read is wrong.
    pub fn data(message: String) -> Self {
        Self::with(1, message)
    }

    /// A dataset has problems; `message` says what follows from that, or nothing.
    pub fn dataset(path: &Path, problems: Vec<Problem>, message: String) -> Self {
        Self {
            problems,
            folder: folder(path).display().to_string(),
            ..Self::with(1, message)
        }
    }

    /// The command was used wrongly.
    pub fn usage(message: String) -> Self {
        Self::with(2, message)
    }

    /// The result couldn't be written.
    pub fn output(message: String) -> Self {
        Self::with(3, message)
    }

    /// There is no engine, or it doesn't fit.
    pub fn engine(message: String) -> Self {
        Self::with(4, message)
    }

    fn text(&self) -> String {
        if self.problems.is_empty() {
            return self.message.clone();
        }
        let folder = if self.folder == "." { "" } else { &self.folder };
        let report = report::graphical(&self.problems, folder, Looks::of(&stderr()));
        [&report, self.message.as_str()]
            .concat()
            .trim_end()
            .to_owned()
    }

    /// Says it to people, as far as they listen.
    fn tell(&self) -> ExitCode {
        _ = writeln!(stderr(), "{}", self.text());
        ExitCode::from(self.code)
    }

    fn json(&self) -> Value {
        json!({
            "ok": false,
            "code": self.code,
            "message": self.message,
            "problems": report::json(&self.problems),
        })
    }
}

/// Says how a task ended: with `json`, as one document on stdout.
pub fn told(json: bool, done: Done) -> ExitCode {
    let (text, code) = match (json, done) {
        (true, Ok(report)) => {
            let mut document = Map::new();
            document.insert("ok".to_owned(), Value::Bool(true));
            document.extend(report.fields);
            (format!("{:#}", Value::Object(document)), 0)
        }
        (true, Err(failed)) => (format!("{:#}", failed.json()), failed.code),
        (false, Ok(report)) => (report.text, 0),
        (false, Err(failed)) => return failed.tell(),
    };
    match say(&text) {
        Ok(()) => ExitCode::from(code),
        Err(failed) => failed.tell(),
    }
}

/// Writes a line to stdout, where there is anything to say. That nobody reads on, as after
/// `… | head -1`, is no failure.
pub fn say(text: &str) -> Result<(), Failed> {
    if text.is_empty() {
        return Ok(());
    }
    let mut out = stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let message = format!("the standard output can't be written to: {error}");
            Err(Failed::output(message))
        }
        _ => Ok(()),
    }
}

/// Reads and checks a dataset.
pub fn dataset(path: &Path) -> Result<Dataset, Failed> {
    if !path.exists() {
        let shown = path.display();
        return Err(Failed::data(format!(
            "there is no {shown}; a dataset is a folder with dataset.toml, or a table (.csv or .json). \
             `fact-explorer new {shown}` begins one"
        )));
    }
    let shown = path.display();
    if path.is_file() && !is_table(path) {
        let what = if is_spreadsheet(path) {
            format!("this is a spreadsheet; `fact-explorer import {shown}` makes a dataset of it")
        } else {
            "a dataset is a folder with dataset.toml, or a table whose name ends in .csv or .json; a table that \
             is set apart by tabs can be read once its name ends in .csv"
                .to_owned()
        };
        return Err(Failed::data(format!("{shown}: {what}")));
    }
    read(path).map_err(|problems| Failed::dataset(path, problems, String::new()))
}

/// What a dataset has, in a line.
pub fn summary(dataset: &Dataset) -> String {
    let n = dataset.subjects.len();
    let noun = &dataset.about.noun;
    let noun = if n == 1 { &noun.one } else { &noun.many };
    format!("{n} {noun}")
}
