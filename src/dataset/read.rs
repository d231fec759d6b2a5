//! A dataset, read and checked: a folder, or a table on its own.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::check::{Already, check};
use super::facets;
use super::files::{Files, Found};
use super::language::Word;
use super::misread;
use super::model::{
    About, Case, Correction, Dataset, Disagreement, Event, Noun, Snapshot, Source, Subject,
};
use super::problem::{Problem, hidden, is_hidden, nearest, quoted};
use super::rows::Problems;
use super::slug::{is_id, slug};
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
    let folder = folder(path);
    let mut reader = Reader {
        folder,
        files: Files::default(),
        found: Vec::new(),
        texts: Vec::new(),
        already: Already::default(),
    };
    let mut dataset = Dataset::default();
    let alone = alone(path, &mut reader.found);
    if alone.is_none() {
        dataset.about = reader.file(ABOUT, true).unwrap_or_default();
        reader.own_id(&dataset.about.id);
        dataset.sources = reader.list::<Sources>().source;
        dataset.timeline = reader.list::<Timeline>().event;
        dataset.cases = reader.list::<Cases>().case;
        dataset.disagreements = reader.list::<Disagreements>().disagreement;
        dataset.corrections = reader.list::<Corrections>().correction;
        for id in subject_ids(folder) {
            let name = format!("{SUBJECTS}/{id}.toml");
            if let Some(mut subject) = reader.file::<Subject>(&name, true) {
                subject.id = id;
                dataset.subjects.push(subject);
            }
        }
    }
    if path.is_dir() {
        unread(folder, alone.is_none(), &mut reader.found);
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
        reader.already.facets = facets::resolve(&mut dataset, &mut reader.found);
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
    check(&dataset, &reader.files, &reader.already, &mut reader.found);
    // Where a rule has told of a text already, it did so at the place that matters more.
    let of = |it: &Found| (it.file.clone(), it.rule, it.message.clone());
    let told: HashSet<_> = reader.found.iter().map(of).collect();
    reader.texts.retain(|it| !told.contains(&of(it)));
    reader.found.append(&mut reader.texts);
    let is_bare = |it: &&mut Found| it.file == ABOUT && it.rule == "readable" && it.help.is_none();
    if let Some(found) = reader.found.iter_mut().find(is_bare) {
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

/// A file that is a list of one kind of thing.
trait List: Default + DeserializeOwned {
    const FILE: &'static str;
}

macro_rules! lists {
    ($($file:literal: $list:ident { $field:ident: $of:ty })*) => {
        $(
            #[derive(Default, serde::Deserialize)]
            #[serde(deny_unknown_fields, default)]
            struct $list {
                $field: Vec<$of>,
            }

            impl List for $list {
                const FILE: &'static str = $file;
            }
        )*
        /// Which file has which list.
        const LISTS: [(&str, &str); 5] = [$(($file, stringify!($field))),*];
    };
}

lists! {
    "sources.toml": Sources { source: Source }
    "timeline.toml": Timeline { event: Event }
    "cases.toml": Cases { case: Case }
    "disagreements.toml": Disagreements { disagreement: Disagreement }
    "corrections.toml": Corrections { correction: Correction }
}

/// Tells of every file of TOML in a dataset's folder that nothing reads; beside a table on its own only of
/// those whose names are nearly right.
fn unread(folder: &Path, is_whole: bool, found: &mut Vec<Found>) {
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .filter_map(|it| it.file_name().into_string().ok())
            .filter(|it| !it.starts_with('.'))
            .collect();
        names.sort();
        names
    };
    let is_toml = |it: &str| it.to_lowercase().ends_with(".toml");
    let known = || LISTS.iter().map(|it| it.0).chain([ABOUT]);
    let mut add = |file: String, help: String| {
        found.push(Found {
            file,
            rule: "file-known",
            message: "nothing reads a file of this name".to_owned(),
            help: Some(help),
            ..Found::default()
        });
    };
    let is_near =
        |it: &str, to: &'static str| nearest(&it.to_lowercase(), [to].into_iter()).is_some();
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            let is_subjects = name == SUBJECTS;
            if !is_subjects && !is_near(&name, SUBJECTS) {
                continue;
            }
            for inner in names(&path).into_iter().filter(|it| is_toml(it)) {
                let stem = inner.get(..inner.len() - ".toml".len()).unwrap_or("");
                let right = format!("{SUBJECTS}/{stem}.toml");
                let file = format!("{name}/{inner}");
                if file != right {
                    add(file, format!("did you mean {right}?"));
                }
            }
        } else if is_toml(&name) && !known().any(|it| it == name) {
            match nearest(&name.to_lowercase(), known()) {
                Some(near) => add(name, format!("did you mean {near}?")),
                None if is_whole => {
                    let all: Vec<&str> = [ABOUT].into_iter().chain(LISTS.map(|it| it.0)).collect();
                    let all = all.join(", ");
                    add(
                        name,
                        format!("those that are read are {all}, and {SUBJECTS}/<id>.toml"),
                    );
                }
                None => {}
            }
        }
    }
}

/// The folder with a file for each subject.
const SUBJECTS: &str = "subjects";

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
    let mut tables = tables(path);
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

/// The names of the tables in a folder, in order.
fn tables(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut tables: Vec<String> = entries
        .filter_map(|it| it.file_name().into_string().ok())
        .filter(|it| table::is_table(Path::new(it)) && !it.starts_with('.'))
        // What editors complete the file by.
        .filter(|it| !it.ends_with(".schema.json"))
        .collect();
    tables.sort();
    tables
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
    let entries = fs::read_dir(folder.join(SUBJECTS))
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
    already: Already,
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
                let span = error.span().unwrap_or(0..0);
                let wrong = text.get(span.clone()).unwrap_or("");
                let before = text.get(..span.start).unwrap_or("");
                let (message, help) = unknown(name, error.message())
                    .or_else(|| misread::cite(error.message(), before, wrong))
                    .unwrap_or_else(|| misread::told(error.message(), wrong));
                self.files.fail(name);
                self.found.push(Found {
                    file: name.to_owned(),
                    span,
                    rule: "well-formed",
                    message,
                    help,
                });
                None
            }
        }
    }

    /// That the dataset's id is written as ids are.
    fn own_id(&mut self, id: &str) {
        if id.is_empty() || is_id(id) {
            return;
        }
        let text = self.files.named(ABOUT);
        let span = DeTable::parse(text)
            .ok()
            .and_then(|it| Some(it.get_ref().get("id")?.span()));
        self.found.push(Found {
            file: ABOUT.to_owned(),
            span: span.unwrap_or(0..0),
            rule: "id-form",
            message: format!(
                "the id {} may only have a-z, 0-9 and hyphens between them",
                quoted(id)
            ),
            help: Some(format!("write it as {}", slug(id))),
        });
    }

    /// A file that is a list, and needn't be there.
    fn list<T: List>(&mut self) -> T {
        self.file(T::FILE, false).unwrap_or_default()
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
        let Some(number) = number else {
            let is_there = fs::symlink_metadata(self.folder.join(name)).is_ok();
            if let Some(named) = named.as_ref().filter(|_| !is_there) {
                let tables = tables(self.folder);
                let near = nearest(name, tables.iter().map(String::as_str));
                let help = near.map_or_else(
                    || {
                        Some(tables.join(", "))
                            .filter(|it| !it.is_empty())
                            .map(|it| format!("the tables here are {it}"))
                    },
                    |it| Some(format!("did you mean {it}?")),
                );
                self.found.truncate(n_before);
                self.found.push(Found {
                    file: ABOUT.to_owned(),
                    span: named.span(),
                    rule: "table",
                    message: format!("there is no file {} here", quoted(name)),
                    help,
                });
            }
            return;
        };
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
        self.found.extend(told.without_finding);
        self.already.places.extend(told.misplaced);
        self.files.keep_rows(number, rows);
    }
}

/// A value of a file, and what it is the value of.
type Named<'a> = (&'a str, &'a Spanned<DeValue<'a>>);

fn named<'a>(it: (&'a Spanned<DeString<'a>>, &'a Spanned<DeValue<'a>>)) -> Named<'a> {
    (it.0.get_ref(), it.1)
}

/// The fields that have words wherever they stand, since the page has a place for them.
const FILLED: [&str; 14] = [
    "one",
    "many",
    "label",
    "definition",
    "text",
    "title",
    "publisher",
    "summary",
    "amount",
    "topic",
    "shown",
    "claim",
    "question",
    "court",
];

/// Every text of a TOML file that has characters which can't be seen, or which turn the direction of what
/// stands beside it, every one that is too long to be read, and every one that is empty where words are
/// needed.
fn texts(name: &str, text: &str, found: &mut Vec<Found>) {
    // Most files have none of them, which is quick to tell.
    let is_long = text.len() > table::LONGEST_CELL;
    let is_wrong = |it: char| is_hidden(it) && !matches!(it, '\n' | '\r' | '\t');
    let has_empty = ["\"\"", "''", "\" \""].iter().any(|it| text.contains(it));
    if !is_long && !has_empty && !text.contains('\\') && !text.chars().any(is_wrong) {
        return;
    }
    // It was read before.
    let Ok(parsed) = DeTable::parse(text) else {
        return;
    };
    // Without a title a dataset has its folder's name.
    let is_needed = |it: &str| FILLED.contains(&it) && !(name == ABOUT && it == "title");
    let mut rest: Vec<Named<'_>> = parsed.get_ref().iter().map(named).collect();
    while let Some((key, value)) = rest.pop() {
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
                let is_empty = is_needed(key) && said.trim().is_empty();
                let empty = is_empty.then(|| ("filled", "there are no words here".to_owned()));
                found.extend(too_long.or(unseen).or(empty).map(|(rule, message)| Found {
                    file: name.to_owned(),
                    span: value.span(),
                    rule,
                    message,
                    help: match (rule, key) {
                        ("characters", _) => Some("take it out".to_owned()),
                        ("filled", "definition") => {
                            Some("leave it out, or say what the finding means".to_owned())
                        }
                        _ => None,
                    },
                }));
            }
            DeValue::Array(values) => rest.extend(values.iter().map(|it| (key, it))),
            // Its names are the dataset's own.
            DeValue::Table(values) if key == "fields" => {
                rest.extend(values.values().map(|it| ("", it)));
            }
            DeValue::Table(values) => rest.extend(values.iter().map(named)),
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

/// What to say of a field that a file hasn't got, from the words of `toml`.
fn unknown(file: &str, message: &str) -> Option<(String, Option<String>)> {
    let rest = message.strip_prefix("unknown field `")?;
    let (word, rest) = rest.split_once('`')?;
    let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    let of_file = LISTS.iter().find(|it| it.0 == file && known == [it.1]);
    let Some((_, own)) = of_file else {
        let help = nearest(word, known.into_iter()).map(|it| format!("did you mean `{it}`?"));
        return Some((message.trim().to_owned(), help));
    };
    let message = format!("this file is a list of [[{own}]], and has no “{word}”");
    let lists = LISTS.iter().find(|it| it.1 == word);
    let help = lists.map_or_else(
        || nearest(word, known.into_iter()).map(|it| format!("did you mean [[{it}]]?")),
        |it| Some(format!("[[{word}]] stands in {}", it.0)),
    );
    Some((message, help))
}
