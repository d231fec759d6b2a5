//! A folder of TOML, read and checked.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::check::check;
use super::model::{Case, Correction, Dataset, Disagreement, Event, Source, Subject};
use super::problem::{Problem, place};

/// The text of each file, so that a rule's place can be told as line and column.
#[derive(Debug, Default)]
pub struct Files(Vec<(String, String)>);

impl Files {
    /// A problem at a byte offset of a file.
    pub fn problem(
        &self,
        file: &str,
        offset: usize,
        rule: &'static str,
        message: String,
    ) -> Problem {
        let text = self
            .0
            .iter()
            .find(|it| it.0 == file)
            .map_or("", |it| it.1.as_str());
        let (line, column) = place(text, offset);
        Problem {
            file: file.to_owned(),
            line,
            column,
            rule,
            message,
        }
    }
}

/// Reads a folder and checks every rule.
///
/// # Errors
/// All the problems there are, in the order of files and lines. A file that isn't TOML, or that
/// lacks a field, gives its first problem only; the others give all of theirs.
pub fn read(folder: &Path) -> Result<Dataset, Vec<Problem>> {
    #[derive(Default, serde::Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Lists {
        source: Vec<Source>,
        event: Vec<Event>,
        case: Vec<Case>,
        disagreement: Vec<Disagreement>,
        correction: Vec<Correction>,
    }

    let mut reader = Reader {
        folder,
        files: Files::default(),
        problems: Vec::new(),
    };
    let mut dataset = Dataset {
        about: reader.file("dataset.toml", true).unwrap_or_default(),
        ..Dataset::default()
    };
    let mut list = |name, required| reader.file::<Lists>(name, required).unwrap_or_default();
    dataset.sources = list("sources.toml", true).source;
    dataset.timeline = list("timeline.toml", false).event;
    dataset.cases = list("cases.toml", false).case;
    dataset.disagreements = list("disagreements.toml", false).disagreement;
    dataset.corrections = list("corrections.toml", false).correction;
    for id in subject_ids(folder) {
        if let Some(mut subject) = reader.file::<Subject>(&format!("subjects/{id}.toml"), true) {
            subject.id = id;
            dataset.subjects.push(subject);
        }
    }
    let Reader {
        files,
        mut problems,
        ..
    } = reader;
    // Where a file could not be read, what it would have defined is unknown, not wrong.
    if problems.is_empty() {
        problems = check(&dataset, &files);
    }
    problems.sort();
    if problems.is_empty() {
        Ok(dataset)
    } else {
        Err(problems)
    }
}

/// The ids of the subjects: the names of the files under `subjects/`, in order.
fn subject_ids(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join("subjects"))
        .into_iter()
        .flatten()
        .flatten();
    let mut ids: Vec<String> = entries
        .filter_map(|it| {
            it.file_name()
                .to_str()?
                .strip_suffix(".toml")
                .map(str::to_owned)
        })
        .collect();
    ids.sort();
    ids
}

struct Reader<'a> {
    folder: &'a Path,
    files: Files,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn file<T: DeserializeOwned>(&mut self, name: &str, required: bool) -> Option<T> {
        let text = match fs::read_to_string(self.folder.join(name)) {
            Ok(text) => text,
            Err(_) if !required => return None,
            Err(error) => {
                let message = format!("this file can't be read: {error}");
                self.problems
                    .push(self.files.problem(name, 0, "readable", message));
                return None;
            }
        };
        let value = toml::from_str(&text);
        self.files.0.push((name.to_owned(), text));
        match value {
            Ok(value) => Some(value),
            Err(error) => {
                let offset = error.span().map_or(0, |it| it.start);
                let message = error.message().trim().replace('\n', "; ");
                self.problems
                    .push(self.files.problem(name, offset, "well-formed", message));
                None
            }
        }
    }
}
