//! From a table to a dataset: which column tells what, and the `dataset.toml` that says so.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::check::{RESERVED, SHAPES, TONES, facet_id};
use crate::dataset::model::{FacetType, Table};
use crate::dataset::pack::MONEY;
use crate::dataset::rows::Rows;
use crate::dataset::slug::Ids;
use crate::dataset::table::{Profile, guess, profile, title};

/// What editors complete `dataset.toml` by, and its name beside that.
pub const SCHEMA: (&str, &str) = (
    "dataset.schema.json",
    include_str!("../../schemas/dataset.schema.json"),
);

/// What a column can tell of each row, by the names that `dataset.toml` has for it.
pub const ROLES: [&str; 10] = [
    "name",
    "id",
    "link",
    "place",
    "summary",
    "finding",
    "date",
    "source",
    "latitude",
    "longitude",
];

/// The names of columns that are taken for findings, where they have few values.
const FINDINGS: [&str; 3] = ["finding", "verdict", "rating"];

/// The most findings that are guessed: as many as there are tones and shapes to tell them apart.
const MOST_FINDINGS: usize = TONES.len();

/// Which column tells what, each by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The columns of [`ROLES`].
    pub roles: BTreeMap<&'static str, String>,
    /// Columns to filter by.
    pub facets: Vec<(String, FacetType)>,
    /// Columns with further facts, and whether cards have them.
    pub fields: Vec<(String, bool)>,
    /// What the column of findings says, in the order in which it comes.
    pub findings: Vec<String>,
    /// Why a column doesn't play the part that it seems to.
    pub notes: Vec<String>,
}

/// What an author says of the columns.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Columns of [`ROLES`]; no column where there is none, and nothing where it is to be guessed.
    pub roles: BTreeMap<&'static str, Option<String>>,
    /// Columns to filter by; without any they are guessed.
    pub facets: Vec<(String, Option<FacetType>)>,
    /// Columns with further facts; without any, all that tell nothing else.
    pub fields: Vec<String>,
}

/// What the columns of a table tell: as told, and the rest as it is guessed of a table without
/// `dataset.toml`, but for what its cells speak against.
pub fn plan(rows: &Rows, text: &str, told: &Told) -> Plan {
    let profiles: BTreeMap<&str, Profile> = rows
        .columns()
        .iter()
        .enumerate()
        .map(|(at, it)| (it.name.as_str(), profile(rows, text, at)))
        .collect();
    let of_roles = told.roles.values().flatten().map(String::as_str);
    let of_facets = told.facets.iter().map(|it| it.0.as_str());
    let of_fields = told.fields.iter().map(String::as_str);
    let mut taken: BTreeSet<&str> = of_roles.chain(of_facets).chain(of_fields).collect();

    let guessed = guess("", rows, text);
    let (table, facets, fields) = match &guessed {
        Some((table, facets, fields)) => (Some(table), facets.as_slice(), fields.as_slice()),
        None => (None, [].as_slice(), [].as_slice()),
    };
    let mut plan = Plan::default();
    for role in ROLES {
        let column = match told.roles.get(role) {
            Some(it) => it.as_deref(),
            None => table
                .and_then(|it| of_role(it, role))
                .or_else(|| by_cells(rows, &profiles, role))
                .filter(|it| !taken.contains(it))
                .filter(|it| {
                    profiles
                        .get(it)
                        .is_some_and(|it| fits(it, role, rows.len()))
                }),
        };
        if let Some(column) = column {
            plan.roles.insert(role, column.to_owned());
        }
    }
    let of_cells = |it: &str| profiles.get(it).filter(|_| !taken.contains(it));
    let of_names = |role| table.and_then(|it| of_role(it, role));
    for column in rows.columns().iter().map(|it| it.name.as_str()) {
        plan.notes.extend(of_cells(column).and_then(|profile| {
            let is = |role| of_names(role) == Some(column);
            note(column, profile, is("link"), is("date"))
        }));
    }
    // Only together are they understood.
    if plan.roles.contains_key("latitude") != plan.roles.contains_key("longitude") {
        plan.roles.remove("latitude");
        plan.roles.remove("longitude");
    }
    // A finding is so from a day on.
    let is_finding_guessed = !told.roles.contains_key("finding");
    let date = plan.roles.get("date").filter(|_| is_finding_guessed);
    if date.is_some_and(|it| has_date_in_part(rows, text, it)) {
        plan.roles.remove("finding");
    }
    if let Some(column) = plan.roles.get("finding") {
        plan.findings = values(rows, text, column);
    }
    taken.extend(
        rows.columns()
            .iter()
            .map(|it| it.name.as_str())
            .filter(|it| plan.roles.values().any(|role| role == it)),
    );

    plan.facets = told
        .facets
        .iter()
        .map(|(name, kind)| {
            let guessed = profiles.get(name.as_str()).and_then(|it| it.facet);
            (name.clone(), kind.or(guessed).unwrap_or_default())
        })
        .collect();
    for column in rows.columns().iter().filter(|it| !it.name.is_empty()) {
        let name = column.name.as_str();
        let profile = profiles.get(name).filter(|it| it.n_filled > 0);
        let Some(profile) = profile.filter(|_| !taken.contains(name)) else {
            continue;
        };
        let is_it =
            |it: &Option<toml::Spanned<String>>| it.as_ref().is_some_and(|it| it.get_ref() == name);
        let as_facet = facets.iter().find(|it| is_it(&it.column)).map(|it| it.kind);
        let as_field = fields.iter().find(|it| is_it(&it.column));
        // One that was guessed for a part which it doesn't play is free again.
        let is_free = as_facet.is_none() && as_field.is_none();
        let facet = as_facet.or(profile.facet.filter(|_| is_free));
        let facet = facet.filter(|_| told.facets.is_empty());
        plan.facets.extend(facet.map(|it| (name.to_owned(), it)));
        if told.fields.is_empty() && (facet.is_none() || as_field.is_some()) {
            let on_card = as_field.is_some_and(|it| it.on_card);
            plan.fields.push((name.to_owned(), on_card));
        }
    }
    plan.fields
        .extend(told.fields.iter().map(|it| (it.clone(), true)));
    plan
}

/// The column that a table names for a role.
fn of_role<'a>(table: &'a Table, role: &str) -> Option<&'a str> {
    let column = match role {
        "name" => return Some(table.name.get_ref()),
        "id" => &table.id,
        "link" => &table.link,
        "place" => &table.place,
        "summary" => &table.summary,
        "date" => &table.date,
        "source" => &table.source,
        "latitude" => &table.latitude,
        "longitude" => &table.longitude,
        _ => &table.finding,
    };
    column.as_ref().map(|it| it.get_ref().as_str())
}

/// The column that plays a role as its cells show, where no name tells so.
fn by_cells<'a>(rows: &'a Rows, profiles: &BTreeMap<&str, Profile>, role: &str) -> Option<&'a str> {
    let mut names = rows.columns().iter().map(|it| it.name.as_str());
    match role {
        "link" => names.find(|it| profiles.get(it).is_some_and(|it| it.is_link)),
        "finding" => names.find(|it| FINDINGS.contains(&it.to_lowercase().as_str())),
        _ => None,
    }
}

/// Whether a date in a column is known by its month or year alone.
fn has_date_in_part(rows: &Rows, text: &str, column: &str) -> bool {
    const DAY: usize = "2017-10-12".len();
    let column = rows.column(column);
    let cells = (0..rows.len()).filter_map(|row| rows.cell(row, column?));
    let mut dates = cells.flat_map(|it| rows.texts(text, it));
    dates.any(|it| it.len() < DAY)
}

/// Whether a column's cells can be what a role asks for, in a table of so many rows.
fn fits(profile: &Profile, role: &str, n_rows: usize) -> bool {
    match role {
        "link" => profile.is_link,
        "date" => profile.is_date,
        "latitude" | "longitude" => profile.is_number,
        // Without a finding, an entry would never be shown.
        "finding" => {
            profile.n_filled == n_rows && (1..=MOST_FINDINGS).contains(&profile.n_different)
        }
        "source" => !profile.is_link,
        _ => true,
    }
}

/// What to say of a column that is one of addresses or of dates by its name or by most of its cells, and
/// isn't by all.
fn note(column: &str, profile: &Profile, is_link: bool, is_date: bool) -> Option<String> {
    let of = |n_good: usize, one: &str, many: &str, is_named: bool| {
        let (n, all) = (profile.n_said - n_good, profile.n_said);
        let is_meant = is_named || n_good * 2 > all;
        let what = if n == 1 {
            format!("isn't {one}")
        } else {
            format!("aren't {many}")
        };
        (is_meant && n > 0).then(|| {
            let cells = if all == 1 { "cell" } else { "cells" };
            format!("{column}: {n} of {all} {cells} {what}, so it is taken for text")
        })
    };
    if profile.is_number {
        return None;
    }
    of(profile.n_links, "an address", "addresses", is_link)
        .or_else(|| of(profile.n_dates, "a date", "dates", is_date))
}

/// The different values of a column, in the order in which they come; of those that differ only in small
/// and capital letters the first.
fn values(rows: &Rows, text: &str, column: &str) -> Vec<String> {
    let mut values = Vec::new();
    if let Some(column) = rows.column(column) {
        let cells = (0..rows.len()).filter_map(|it| rows.cell(it, column));
        for value in cells.flat_map(|it| rows.texts(text, it)) {
            let words: Vec<&str> = value.split_whitespace().collect();
            let value = words.join(" ");
            let is_it = |it: &String| it.to_lowercase() == value.to_lowercase();
            if !values.iter().any(is_it) {
                values.push(value);
            }
        }
    }
    values
}

/// The words for a kind of facet in `dataset.toml`.
pub fn kind_words(kind: FacetType) -> &'static str {
    match kind {
        FacetType::Category => "category",
        FacetType::Categories => "categories",
        FacetType::Number => "number",
        FacetType::Date => "date",
        FacetType::Place => "place",
        FacetType::YesNo => "yes-no",
    }
}

/// The kind of facet with these words.
pub fn kind_of(words: &str) -> Option<FacetType> {
    [
        FacetType::Category,
        FacetType::Categories,
        FacetType::Number,
        FacetType::Date,
        FacetType::Place,
        FacetType::YesNo,
    ]
    .into_iter()
    .find(|it| kind_words(*it) == words)
}

/// The `dataset.toml` of a table: `name` is that of the file with the rows, `raw` that of the file that
/// they were made from, where that is another one.
pub fn toml(plan: &Plan, name: &str, raw: Option<&str>) -> String {
    let stem = raw.unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |it| it.0);
    let mut out = format!(
        "#:schema ./{}\n\n# What the page says of itself. Lines that begin with # are off; take the # away to use one.\n\
         title = {}\n\
         # standfirst = \"One sentence that says what the page shows.\"\n\
         # kicker = \"A few words above the title\"\n\
         # updated = \"2026-01-31\"\n\
         # contact = \"mailto:name@example.org\"\n\
         # publisher = \"Who publishes the page\"\n\n\
         # What one entry is called, and several.\n\
         noun = {{ one = \"entry\", many = \"entries\" }}\n\n",
        SCHEMA.0,
        quoted(&title(stem))
    );
    if !plan.findings.is_empty() {
        out.push_str("# Who made the findings, as in “What the ministry found”.\n# found-by = \"ministry\"\n\n");
    }
    out.push_str("# Which column tells what.\n[table]\n");
    out.push_str(&format!("file = {}\n", quoted(name)));
    for role in ROLES {
        match plan.roles.get(role) {
            Some(column) => out.push_str(&format!("{role} = {}\n", quoted(column))),
            None => out.push_str(&format!("# {role} = \"\"\n")),
        }
    }
    let mut finding_ids = Ids::default();
    for (finding, number) in plan.findings.iter().zip(0..) {
        let tone = TONES.get(number % TONES.len()).unwrap_or(&"slate");
        let shape = SHAPES.get(number % SHAPES.len()).unwrap_or(&"circle");
        if number == 0 {
            out.push_str(
                "\n# The findings, in the order of their scale. A definition says what one means.\n\
                 # Tones: ochre, sand, plum, slate, blue. Shapes: triangle, diamond, sheet, circle, check.",
            );
        }
        out.push_str(&format!(
            "\n[[finding]]\nid = {}\nlabel = {}\ntone = {}\nshape = {}\n# definition = \"\"\n",
            quoted(&finding_ids.free(finding)),
            quoted(finding),
            quoted(tone),
            quoted(shape),
        ));
    }
    let (mut facet_ids, mut field_ids) = (Ids::default(), Ids::default());
    for id in RESERVED {
        facet_ids.take(id);
    }
    field_ids.take(MONEY);
    for (number, (column, kind)) in plan.facets.iter().enumerate() {
        if number == 0 {
            out.push_str(
                "\n# What the page filters by. Types: category, categories (several in a cell, with ; between\n\
                 # them), number, date, place, yes-no.",
            );
        }
        out.push_str(&format!(
            "\n[[facet]]\nid = {}\nlabel = {}\ncolumn = {}\ntype = {}\n",
            quoted(&facet_id(&mut facet_ids, column)),
            quoted(&title(column)),
            quoted(column),
            quoted(kind_words(*kind)),
        ));
    }
    for (number, (column, on_card)) in plan.fields.iter().enumerate() {
        if number == 0 {
            out.push_str(
                "\n# Further facts of each entry. With on-card = true its card has one, too.",
            );
        }
        out.push_str(&format!(
            "\n[[field]]\nid = {}\nlabel = {}\ncolumn = {}\non-card = {on_card}\n",
            quoted(&field_ids.free(column)),
            quoted(&title(column)),
            quoted(column),
        ));
    }
    out.push_str(
        "\n# How the facts were collected and checked.\n\
         # [method]\n# collected = \"\"\n# checked = \"\"\n# as-of = \"\"\n\n\
         # Under what terms the data may be used.\n\
         # [licence]\n# data = \"CC BY 4.0\"\n# data-url = \"https://creativecommons.org/licenses/by/4.0/\"\n# code = \"\"\n",
    );
    out
}

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Rows as CSV (RFC 4180), just as they are: it is read by the command, not by a spreadsheet.
pub fn csv(rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut file = String::new();
    for row in rows {
        for (number, cell) in row.iter().enumerate() {
            if number > 0 {
                file.push(',');
            }
            if cell.contains([',', ';', '\t', '"', '\n', '\r']) || cell.trim() != cell {
                file.extend(["\"", &cell.replace('"', "\"\""), "\""]);
            } else {
                file.push_str(cell);
            }
        }
        file.push_str("\r\n");
    }
    file
}
