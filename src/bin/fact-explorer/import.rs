//! `import`: a dataset of a table.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, IsTerminal, Write, stderr, stdin};
use std::path::{Path, PathBuf};

use clap::Args;
use fact_explorer::dataset::files::Files;
use fact_explorer::dataset::read::read;
use fact_explorer::dataset::rows::{Problems, Rows};
use fact_explorer::dataset::slug::slug;
use fact_explorer::dataset::table::rows;
use fact_explorer::site::import::{
    Plan, ROLES, SCHEMA, Told, csv, kind_of, kind_words, plan, toml,
};
use fact_explorer::site::out::{self, May};
use serde_json::json;

use crate::build::refused;
use crate::outcome::{Done, Failed, Report};
use crate::progress::Progress;
use crate::sheet::{self, is_spreadsheet};

/// The columns of the table; what isn't told is guessed from their names and their cells, and on a
/// terminal asked for.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The table: .csv, .json (a list of objects), or a spreadsheet (.xlsx, .xls, .ods)
    file: PathBuf,
    /// The folder of the dataset, which must not be there yet [default: the file's name]
    #[arg(short, long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// The sheet of a spreadsheet [default: the first with anything in it]
    #[arg(long)]
    sheet: Option<String>,
    /// The column with the name of each entry. For the next ones, but for --facet and --field, “-” says that there is none
    #[arg(long, value_name = "COLUMN", help_heading = "Columns")]
    name: Option<String>,
    /// The column with ids; without it they are made from the names
    #[arg(
        long,
        value_name = "COLUMN",
        help_heading = "Columns",
        allow_hyphen_values = true
    )]
    id: Option<String>,
    /// The column with the address of what supports an entry
    #[arg(
        long,
        value_name = "COLUMN",
        help_heading = "Columns",
        allow_hyphen_values = true
    )]
    link: Option<String>,
    /// The column with places
    #[arg(
        long,
        value_name = "COLUMN",
        help_heading = "Columns",
        allow_hyphen_values = true
    )]
    place: Option<String>,
    /// The column with a sentence or more
    #[arg(
        long,
        value_name = "COLUMN",
        help_heading = "Columns",
        allow_hyphen_values = true
    )]
    summary: Option<String>,
    /// The column with findings: few values on a scale
    #[arg(
        long,
        value_name = "COLUMN",
        help_heading = "Columns",
        allow_hyphen_values = true
    )]
    finding: Option<String>,
    /// The column with the day of the finding, or of what the entry tells
    #[arg(
        long,
        value_name = "COLUMN",
        help_heading = "Columns",
        allow_hyphen_values = true
    )]
    date: Option<String>,
    /// The column with who published what the link leads to
    #[arg(
        long,
        value_name = "COLUMN",
        help_heading = "Columns",
        allow_hyphen_values = true
    )]
    source: Option<String>,
    /// The column with latitudes, in degrees
    #[arg(
        long,
        value_name = "COLUMN",
        help_heading = "Columns",
        allow_hyphen_values = true
    )]
    latitude: Option<String>,
    /// The column with longitudes, in degrees
    #[arg(
        long,
        value_name = "COLUMN",
        help_heading = "Columns",
        allow_hyphen_values = true
    )]
    longitude: Option<String>,
    /// A column to filter by, and how, where it isn't to be guessed: category, categories, number, date,
    /// place or yes-no
    #[arg(long, value_name = "COLUMN[:TYPE]", help_heading = "Columns")]
    facet: Vec<String>,
    /// A column with a further fact
    #[arg(long, value_name = "COLUMN", help_heading = "Columns")]
    field: Vec<String>,
    /// Asks nothing
    #[arg(short, long)]
    yes: bool,
    /// Says it as one JSON document on stdout, and asks nothing
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &Arguments) -> Done {
    let file = &arguments.file;
    let progress = Progress::start();
    progress.step("reading the table");
    let table = Table::read(file, arguments.sheet.as_deref())?;
    drop(progress);
    if table.rows.is_empty() {
        return Err(Failed::data(format!("{} has no rows", file.display())));
    }
    let mut told = told(arguments, &table.names())?;
    let asks = !arguments.json && !arguments.yes && stdin().is_terminal() && stderr().is_terminal();
    if asks {
        ask(&table, &mut told)
            .map_err(|it| Failed::usage(format!("no answer could be read: {it}")))?;
    }
    let mut plan = plan(&table.rows, &table.text, &told);
    plan.notes.splice(..0, table.notes);
    if !plan.roles.contains_key("name") {
        return Err(nameless());
    }
    for role in ["latitude", "longitude"] {
        let is_told = matches!(told.roles.get(role), Some(Some(_)));
        if is_told && !plan.roles.contains_key(role) {
            return Err(Failed::usage(format!(
                "--{role}: latitude and longitude are only understood together; name both"
            )));
        }
    }
    let folder = arguments.out.clone().unwrap_or_else(|| {
        let stem = file.file_stem().map(|it| it.to_string_lossy());
        PathBuf::from(slug(&stem.unwrap_or_default()))
    });
    let raw = table.raw.as_deref();
    out::put(&folder, May::Nothing, |part| {
        fs::write(part.join("dataset.toml"), toml(&plan, &table.name, raw))?;
        fs::write(part.join(SCHEMA.0), SCHEMA.1)?;
        if raw.is_some() {
            fs::write(part.join(&table.name), &table.text)?;
        }
        fs::copy(file, part.join(raw.unwrap_or(&table.name))).map(|_| ())
    })
    .map_err(|it| refused(&folder, &it))?;
    let shown = folder.display();
    match read(&folder) {
        Ok(dataset) => Ok(Report::new(
            format!(
                "{shown}: the dataset is there ({})\n{}\
                 Look into {shown}/dataset.toml, then `fact-explorer build {shown} -o site`.",
                count(dataset.subjects.len()),
                words(&plan)
            ),
            json!({
                "folder": folder,
                "rows": dataset.subjects.len(),
                "columns": plan.roles,
                "facets": plan.facets.iter().map(|(column, kind)| json!({
                    "column": column, "type": kind_words(*kind),
                })).collect::<Vec<_>>(),
                "fields": plan.fields.iter().map(|it| &it.0).collect::<Vec<_>>(),
                "sheet": table.sheet,
                "notes": plan.notes,
            }),
        )),
        Err(problems) => Err(Failed::dataset(
            &folder,
            problems,
            format!(
                "{}{shown} is written, but isn't right yet: mend what is told above, then \
                 `fact-explorer check {shown}`",
                lines(&plan.notes)
            ),
        )),
    }
}

fn nameless() -> Failed {
    Failed::usage("every entry needs a name; say with --name which column has it".to_owned())
}

fn count(n: usize) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} row{s}")
}

/// A table as it was found.
struct Table {
    rows: Rows,
    text: String,
    /// The name of the file with its rows, in the dataset.
    name: String,
    /// The name of the file that the rows had to be made from.
    raw: Option<String>,
    /// The name of the sheet, where it is one of a spreadsheet.
    sheet: Option<String>,
    /// What its author should know of how it was read.
    notes: Vec<String>,
}

impl Table {
    fn read(file: &Path, sheet: Option<&str>) -> Result<Self, Failed> {
        let shown = file.display();
        if !file.is_file() {
            return Err(Failed::data(format!("there is no file {shown}")));
        }
        let name = file
            .file_name()
            .map(|it| it.to_string_lossy().into_owned())
            .unwrap_or_default();
        let ending = file
            .extension()
            .map(|it| it.to_string_lossy().to_lowercase());
        let (mut files, mut found) = (Files::default(), Vec::new());
        let (mut of_sheet, mut notes) = (None, Vec::new());
        if let Some(sheet) = sheet.filter(|_| !is_spreadsheet(file)) {
            return Err(Failed::usage(format!(
                "--sheet {sheet}: {shown} isn't a spreadsheet, and has no sheets"
            )));
        }
        let (name, raw, text) = match ending.as_deref() {
            Some("csv" | "json") => {
                let folder = file.parent().unwrap_or(Path::new(""));
                let number = files.open(folder, &name, true, &mut found);
                let text = number.map(|it| files.text(it).to_owned());
                (name, None, text)
            }
            _ if is_spreadsheet(file) => {
                let sheet = sheet::read(file, sheet)?;
                let text = csv(sheet.rows.into_iter());
                of_sheet = Some(sheet.name);
                notes = sheet.notes;
                (ROWS.to_owned(), Some(name), Some(text))
            }
            _ => {
                return Err(Failed::data(format!(
                    "{shown} isn't a table that is known: .csv, .json, .xlsx, .xls or .ods; save it as one \
                     of these"
                )));
            }
        };
        let rows = text.as_deref().and_then(|text| {
            let mut problems = Problems {
                file: &name,
                found: &mut found,
            };
            rows(&name, text, &mut problems)
        });
        match (rows, text) {
            (Some(rows), Some(text)) if found.is_empty() => Ok(Self {
                rows,
                text,
                name,
                raw,
                sheet: of_sheet,
                notes,
            }),
            _ => Err(match of_sheet {
                // Its rows are in no file yet that could be looked into.
                Some(sheet) => {
                    let lines = found.iter().map(|it| {
                        let help = it.help.as_ref().map(|it| format!("; {it}"));
                        let help = help.unwrap_or_default();
                        format!(
                            "{shown}, sheet “{sheet}”: {}{help} [{}]",
                            it.message, it.rule
                        )
                    });
                    Failed::data(lines.collect::<Vec<_>>().join("\n"))
                }
                None => Failed::dataset(file, files.placed(found), String::new()),
            }),
        }
    }

    /// The columns' names.
    fn names(&self) -> Vec<&str> {
        let columns = self.rows.columns().iter();
        let names = columns.map(|it| it.name.as_str());
        names.filter(|it| !it.is_empty()).collect()
    }

    /// What the first cell of a column says that says anything.
    fn first(&self, column: &str) -> String {
        let cells = self.rows.column(column).and_then(|column| {
            let mut cells = (0..self.rows.len()).filter_map(|it| self.rows.cell(it, column));
            cells.next()
        });
        let said = cells.map(|it| self.rows.texts(&self.text, it).join("; "));
        said.unwrap_or_default().chars().take(50).collect()
    }
}

/// The file of rows that are made of a spreadsheet's.
const ROWS: &str = "rows.csv";

/// What the flags say; every column that they name must be there.
fn told(arguments: &Arguments, names: &[&str]) -> Result<Told, Failed> {
    let known = |flag: &str, name: &str| {
        // Letters may be larger or smaller.
        let same = names.iter().find(|it| **it == name);
        let alike = || {
            names
                .iter()
                .find(|it| it.to_lowercase() == name.to_lowercase())
        };
        same.or_else(alike)
            .map(|it| (*it).to_owned())
            .ok_or_else(|| {
                Failed::usage(format!(
                    "--{flag}: the table has no column “{name}”; its columns are {}",
                    names.join(", ")
                ))
            })
    };
    let mut told = Told::default();
    for role in ROLES {
        let flag = match role {
            "id" => &arguments.id,
            "link" => &arguments.link,
            "place" => &arguments.place,
            "summary" => &arguments.summary,
            "finding" => &arguments.finding,
            "date" => &arguments.date,
            "source" => &arguments.source,
            "latitude" => &arguments.latitude,
            "longitude" => &arguments.longitude,
            _ => &arguments.name,
        };
        let column = match flag.as_deref() {
            None => continue,
            Some("-") if role == "name" => return Err(nameless()),
            Some("-") => None,
            Some(name) => Some(known(role, name)?),
        };
        told.roles.insert(role, column);
    }
    for facet in &arguments.facet {
        // A column's own name may have a colon.
        let (name, kind) = match facet.rsplit_once(':') {
            Some((name, kind)) if !names.contains(&facet.as_str()) => {
                let kind = kind_of(kind).ok_or_else(|| {
                    Failed::usage(format!(
                        "--facet {facet}: “{kind}” is no type; the types are category, categories, number, \
                         date, place and yes-no"
                    ))
                })?;
                (name, Some(kind))
            }
            _ => (facet.as_str(), None),
        };
        told.facets.push((known("facet", name)?, kind));
    }
    for field in &arguments.field {
        told.fields.push(known("field", field)?);
    }
    let of_facets: Vec<&str> = told.facets.iter().map(|it| it.0.as_str()).collect();
    let of_fields: Vec<&str> = told.fields.iter().map(String::as_str).collect();
    for (flag, columns) in [("facet", of_facets), ("field", of_fields)] {
        let mut seen = BTreeSet::new();
        if let Some(twice) = columns.iter().find(|it| !seen.insert(**it)) {
            return Err(Failed::usage(format!("--{flag} {twice} is said twice")));
        }
    }
    Ok(told)
}

/// Asks for what wasn't told, with what is guessed to be confirmed by Enter.
fn ask(table: &Table, told: &mut Told) -> io::Result<()> {
    let mut say = stderr();
    let mut hear = stdin().lock();
    let names = table.names();
    writeln!(say, "The columns are:")?;
    for (number, name) in names.iter().enumerate() {
        writeln!(say, "  {:>2}  {name}  ({})", number + 1, table.first(name))?;
    }
    writeln!(
        say,
        "Answer with a number; Enter takes what is in brackets, and - is for none."
    )?;
    for role in ROLES {
        // Places on a map are found, or told.
        if told.roles.contains_key(role) || ["latitude", "longitude"].contains(&role) {
            continue;
        }
        let guessed = plan(&table.rows, &table.text, told).roles.remove(role);
        let chosen = loop {
            write!(
                say,
                "Which is the {role}? [{}] ",
                guessed.as_deref().unwrap_or("-")
            )?;
            say.flush()?;
            let mut answer = String::new();
            if hear.read_line(&mut answer)? == 0 {
                break guessed;
            }
            let answer = answer.trim();
            let number = answer
                .parse::<usize>()
                .ok()
                .and_then(|it| it.checked_sub(1));
            let same = names.iter().find(|it| **it == answer);
            match (answer, number.and_then(|it| names.get(it)).or(same)) {
                ("", _) if guessed.is_some() || role != "name" => break guessed,
                ("" | "-", _) if role == "name" => writeln!(say, "Every entry has a name.")?,
                ("-", _) => break None,
                (_, Some(name)) => break Some((*name).to_owned()),
                _ => writeln!(say, "There is no such column.")?,
            }
        };
        told.roles.insert(role, chosen);
    }
    Ok(())
}

/// Which column tells what, for people: a line each.
fn words(plan: &Plan) -> String {
    let roles = plan.roles.iter().map(|(role, it)| (*role, it.clone()));
    let facets = plan.facets.iter();
    let facets = facets.map(|(it, kind)| ("facet", format!("{it} ({})", kind_words(*kind))));
    let fields = plan.fields.iter().map(|it| ("field", it.0.clone()));
    let mut words = String::new();
    for (what, column) in roles.chain(facets).chain(fields) {
        words.push_str(&format!("  {what:<9} {column}\n"));
    }
    words + &lines(&plan.notes)
}

fn lines(notes: &[String]) -> String {
    notes.iter().flat_map(|it| [it.as_str(), "\n"]).collect()
}
