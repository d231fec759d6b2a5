//! A dataset, read and checked: a folder, or a table on its own.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::check;
use super::facets;
use super::files::{Files, Found};
use super::language::Word;
use super::model::{
    About, Case, Correction, Dataset, Disagreement, Event, Noun, Snapshot, Source, Subject,
};
use super::problem::{Problem, hidden, is_hidden, nearest};
use super::rows::Problems;
use super::slug::slug;
use super::table;

/// The folder that a dataset's files are in, and that the files of its problems are relative to: the
/// dataset's path itself, or the folder of a table that is the whole dataset.
pub fn folder(path: &Path) -> &Path {
    if table::is_table(path) && !path.is_dir() {
        path.parent().unwrap_or(path)
    } else {
        path
    }
}

/// Reads a dataset and checks every rule. It is a folder with `dataset.toml`; a folder without it
/// that has one table, a `.csv` or `.json`; or the path of such a table.
///
/// # Errors
/// All the problems there are, in the order of files and lines. A file that isn't TOML, or that
/// lacks a field, gives its first problem only; the others give all of theirs.
pub fn read(path: &Path) -> Result<Dataset, Vec<Problem>> {
    #[derive(Default, serde::Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Lists {
        source: Vec<Source>,
        event: Vec<Event>,
        case: Vec<Case>,
        disagreement: Vec<Disagreement>,
        correction: Vec<Correction>,
    }

    let folder = folder(path);
    let mut reader = Reader {
        folder,
        files: Files::default(),
        found: Vec::new(),
        texts: Vec::new(),
    };
    let mut dataset = Dataset::default();
    let alone = alone(path, &mut reader.found);
    if alone.is_none() {
        dataset.about = reader.file(ABOUT, true).unwrap_or_default();
        let mut list = |name| reader.file::<Lists>(name, false).unwrap_or_default();
        dataset.sources = list("sources.toml").source;
        dataset.timeline = list("timeline.toml").event;
        dataset.cases = list("cases.toml").case;
        dataset.disagreements = list("disagreements.toml").disagreement;
        dataset.corrections = list("corrections.toml").correction;
        for id in subject_ids(folder) {
            let name = format!("subjects/{id}.toml");
            if let Some(mut subject) = reader.file::<Subject>(&name, true) {
                subject.id = id;
                dataset.subjects.push(subject);
            }
        }
    }
    let of_path = name(path, alone.is_some());
    if dataset.about.id.is_empty() {
        dataset.about.id = slug(&of_path);
    }
    if dataset.about.title.is_empty() {
        dataset.about.title = table::title(&of_path);
    }
    if dataset.about.noun.is_unsaid {
        dataset.about.noun = Noun::entry(dataset.own_words());
    }
    reader.table(&mut dataset, alone.as_deref());
    // Where their values are listed is unknown where that file can't be read.
    if !reader.files.failed(ABOUT) {
        facets::resolve(&mut dataset, &mut reader.found);
    }
    let has_dates = |it: &Dataset| it.events().any(|it| !it.date.get_ref().is_unsaid());
    let about = &dataset.about;
    if about.snapshot.is_empty() && !about.finding.is_empty() && has_dates(&dataset) {
        let label = dataset.own_words().text(Word::Latest).to_owned();
        dataset.about.snapshot.push(Snapshot {
            id: Spanned::new(0..0, "latest".to_owned()),
            label,
            date: Spanned::new(0..0, "latest".to_owned()),
        });
    }
    check(&dataset, &reader.files, &mut reader.found);
    // Where a rule has told of a text already, it did so at the place that matters more.
    let of = |it: &Found| (it.file.clone(), it.rule, it.message.clone());
    let told: HashSet<_> = reader.found.iter().map(of).collect();
    reader.texts.retain(|it| !told.contains(&of(it)));
    reader.found.append(&mut reader.texts);
    let unread = |it: &&mut Found| it.file == ABOUT && it.rule == "readable" && it.help.is_none();
    if let Some(found) = reader.found.iter_mut().find(unread) {
        let form = "a dataset is a folder with dataset.toml, or a table: a file that ends in .csv or \
                    .json, alone in its folder or named itself";
        found.help = Some(form.to_owned());
    }
    if reader.found.is_empty() {
        Ok(dataset)
    } else {
        Err(reader.files.placed(reader.found))
    }
}

const ABOUT: &str = "dataset.toml";

/// The name of the table that is the whole dataset, where one is.
fn alone(path: &Path, found: &mut Vec<Found>) -> Option<String> {
    let name = |it: &Path| Some(it.file_name()?.to_str()?.to_owned());
    if table::is_table(path) && !path.is_dir() {
        return name(path);
    }
    // A link that leads nowhere is there, all the same.
    if fs::symlink_metadata(path.join(ABOUT)).is_ok() {
        return None;
    }
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let mut tables: Vec<String> = entries
        .filter(|it| table::is_table(&it.path()))
        .filter_map(|it| name(&it.path()))
        .filter(|it| !it.starts_with('.'))
        .collect();
    tables.sort();
    if tables.len() > 1 {
        found.push(Found {
            file: ABOUT.to_owned(),
            rule: "readable",
            message: format!(
                "there are {} tables here, and no dataset.toml that names one: {}",
                tables.len(),
                tables.join(", ")
            ),
            ..Found::default()
        });
    }
    tables.pop().filter(|_| tables.is_empty())
}

/// The name of a dataset's file or folder, as it is where the path is `.` or the like.
fn name(path: &Path, is_table: bool) -> String {
    let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let whole = if path.file_name().is_some() {
        path
    } else {
        &whole
    };
    let name = if is_table && !path.is_dir() {
        whole.file_stem()
    } else {
        whole.file_name()
    };
    name.map_or_else(String::new, |it| it.to_string_lossy().into_owned())
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
                .to_str()
                // Such are a system's own: macOS writes `._acme.toml` beside a file.
                .filter(|it| !it.starts_with('.'))?
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
    found: Vec<Found>,
    /// What is wrong with texts as such, whatever they are of.
    texts: Vec<Found>,
}

impl Reader<'_> {
    fn file<T: DeserializeOwned>(&mut self, name: &str, required: bool) -> Option<T> {
        let number = self
            .files
            .open(self.folder, name, required, &mut self.found)?;
        let text = self.files.text(number);
        match toml::from_str(text) {
            Ok(value) => {
                texts(name, text, &mut self.texts);
                Some(value)
            }
            Err(error) => {
                let message = error.message().trim().replace('\n', "; ");
                let help = meant(&message);
                self.files.fail(name);
                self.found.push(Found {
                    file: name.to_owned(),
                    span: error.span().unwrap_or(0..0),
                    rule: "well-formed",
                    message,
                    help,
                });
                None
            }
        }
    }

    /// Adds the subjects of the dataset's table: of the one that `dataset.toml` names, or of the one
    /// that is the whole dataset.
    fn table(&mut self, dataset: &mut Dataset, alone: Option<&str>) {
        let named = dataset.about.table.as_ref().map(|it| it.file.clone());
        let name = match (alone, &named) {
            (Some(name), _) => name,
            (None, Some(named)) if is_beside(named.get_ref()) => named.get_ref(),
            (None, Some(named)) => {
                self.found.push(Found {
                    file: ABOUT.to_owned(),
                    span: named.span(),
                    rule: "table",
                    message: "a table is a .csv or .json file beside dataset.toml".to_owned(),
                    help: None,
                });
                self.files.fail(ABOUT);
                return;
            }
            (None, None) => return,
        };
        let n_before = self.found.len();
        let number = self.files.open(self.folder, name, true, &mut self.found);
        let Some(number) = number else { return };
        let text = self.files.text(number);
        let mut problems = Problems {
            file: name,
            found: &mut self.found,
        };
        let rows = table::rows(name, text, &mut problems);
        let Some(rows) = rows else {
            self.files.fail(name);
            return;
        };
        if alone.is_some() {
            guessed(&mut dataset.about, table::guess(name, &rows, text));
        }
        if rows.is_empty() && problems.found.len() == n_before {
            problems.add(0..0, "not-empty", "this table has no rows", None);
        }
        let taken: Vec<String> = dataset.subjects.iter().map(|it| it.id.clone()).collect();
        let told = table::subjects(&dataset.about, &rows, text, &taken, &mut problems);
        dataset.subjects.extend(told.subjects);
        dataset.subjects.sort_by(|a, b| a.id.cmp(&b.id));
        dataset.sources.extend(told.sources);
        if self.found.len() > n_before {
            // Rows may be missing.
            self.files.fail(name);
        }
        self.files.keep_rows(number, rows);
    }
}

/// Every text of a TOML file that has characters which can't be seen, or which turn the direction of what
/// stands beside it, and every one that is too long to be read.
fn texts(name: &str, text: &str, found: &mut Vec<Found>) {
    // Most files have neither, which is quick to tell.
    let is_long = text.len() > table::LONGEST_CELL;
    let is_wrong = |it: char| is_hidden(it) && !matches!(it, '\n' | '\r' | '\t');
    if !is_long && !text.contains('\\') && !text.chars().any(is_wrong) {
        return;
    }
    // It was read before.
    let Ok(parsed) = DeTable::parse(text) else {
        return;
    };
    let mut rest: Vec<&Spanned<DeValue<'_>>> = parsed.get_ref().values().collect();
    while let Some(value) = rest.pop() {
        match value.get_ref() {
            DeValue::String(said) => {
                let n = said.chars().count();
                let too_long = (n > table::LONGEST_CELL).then(|| {
                    let most = table::LONGEST_CELL;
                    (
                        "length",
                        format!("this has {n} characters, and at most {most} are read"),
                    )
                });
                let unseen = hidden(said).map(|it| ("characters", it));
                found.extend(too_long.or(unseen).map(|(rule, message)| Found {
                    file: name.to_owned(),
                    span: value.span(),
                    rule,
                    message,
                    help: (rule == "characters").then(|| "take it out".to_owned()),
                }));
            }
            DeValue::Array(values) => rest.extend(values.iter()),
            DeValue::Table(values) => rest.extend(values.values()),
            _ => {}
        }
    }
}

/// Takes what a table on its own is guessed to tell.
fn guessed(
    about: &mut About,
    guess: Option<(
        super::model::Table,
        Vec<super::model::Facet>,
        Vec<super::model::Field>,
    )>,
) {
    if let Some((table, facets, fields)) = guess {
        about.table = Some(table);
        about.facet = facets;
        about.field = fields;
    }
}

/// Whether a name is that of a table beside `dataset.toml`, and leads nowhere else.
fn is_beside(name: &str) -> bool {
    let path = Path::new(name);
    table::is_table(path) && path.file_name().is_some_and(|it| it == name)
}

/// The field that was probably meant by an unknown one, from the words of `toml`.
fn meant(message: &str) -> Option<String> {
    let rest = message.strip_prefix("unknown field `")?;
    let (word, rest) = rest.split_once('`')?;
    let known = rest.split('`').skip(1).step_by(2);
    nearest(word, known).map(|it| format!("did you mean `{it}`?"))
}
