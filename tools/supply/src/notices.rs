//! Whose works are in the page, or in the command for authors, and their licences' texts, as those ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::Package;
use serde::Deserialize;
use spdx::{Expression, Licensee, ParseMode};

use crate::Fallible;
use crate::crates::{Crate, Part};

/// What the notices begin with.
fn begin(of: Part) -> String {
    let what = match of {
        Part::Page => "The program of this site",
        _ => "The command fact-explorer",
    };
    format!(
        "\
Fact Explorer: third-party notices

{what} is Fact Explorer (MIT OR Apache-2.0). It has the works below in itself, each
under the licence that is named with it; where its authors offer several, under the first of those that
follows in brackets. The texts of the licences come after the list.
"
    )
}

/// The licences that may be taken, the one that is taken first where there is a choice, each with words
/// by which its text is known. `deny.toml` says the same for everything that isn't in the page.
const LICENCES: [(&str, &str); 8] = [
    (
        "MIT",
        "Permission is hereby granted, free of charge, to any",
    ),
    (
        "Zlib",
        "3. This notice may not be removed or altered from any source distribution",
    ),
    (
        "ISC",
        "Permission to use, copy, modify, and/or distribute this software for any purpose",
    ),
    ("BSL-1.0", "Boost Software License - Version 1.0"),
    ("Unicode-3.0", "UNICODE LICENSE V3"),
    ("BSD-3-Clause", "Neither the name of"),
    (
        "BSD-2-Clause",
        "Redistributions in binary form must reproduce the above copyright",
    ),
    ("Apache-2.0", "Apache License"),
];

/// Where the texts are that packages lack, and which of them is for what.
const OWN: &str = "tools/supply/licences";

/// `licences.toml`: the texts that packages lack, and works that no package tells of.
#[derive(Deserialize)]
pub struct Own {
    /// Texts for crates whose packages have none.
    text: Vec<Text>,
    /// Works that aren't crates.
    pub work: Vec<Work>,
}

impl Own {
    /// # Errors
    /// Where it can't be read.
    pub fn read() -> Fallible<Self> {
        let file = Path::new(OWN).join("licences.toml");
        Ok(toml::from_str(&fs::read_to_string(file)?)?)
    }
}

#[derive(Deserialize)]
struct Text {
    crates: BTreeSet<String>,
    file: PathBuf,
}

/// A work that is no crate.
#[derive(Deserialize)]
pub struct Work {
    name: String,
    /// Its version; without one it is the compiler's.
    pub version: Option<String>,
    /// Its licence, as SPDX names it.
    pub licence: String,
    from: String,
    files: Vec<PathBuf>,
    /// Its kind and name in the bill of materials, as in `npm/us-atlas`; none where the bill has it anyway.
    pub package: Option<String>,
    /// What it is in.
    #[serde(default = "page")]
    pub part: Part,
}

fn page() -> Part {
    Part::Page
}

/// A line of the list, and what its texts are.
struct Entry {
    line: String,
    texts: Vec<String>,
}

/// The notices of what is in a part: the page, or the command, which has the page in itself.
///
/// # Errors
/// Where a crate has no text of a licence that may be taken, or a text is told for a crate that needs none.
pub fn notices(of: Part, crates: &[Crate], own: &Own, compiler: &str) -> Fallible<String> {
    let Own { text, work } = own;
    let own = Path::new(OWN);
    // The command has all that there is.
    let mut unused: BTreeSet<&str> = text
        .iter()
        .filter(|_| of == Part::Command)
        .flat_map(|it| &it.crates)
        .map(String::as_str)
        .collect();
    let mut problems = Vec::new();
    let mut entries = Vec::new();
    for it in crates.iter().filter(|it| it.part <= of && it.is_foreign()) {
        let package = &it.package;
        let mut files = files(package)?;
        if let Some(text) = text
            .iter()
            .find(|it| it.crates.contains(package.name.as_str()))
        {
            if !files.is_empty() {
                problems.push(format!(
                    "{} has a text of its own: licences.toml needs none",
                    it.key()
                ));
            }
            unused.remove(package.name.as_str());
            files.push(tidy(&fs::read_to_string(own.join(&text.file))?));
        }
        match chosen(package, &files) {
            Ok((licence, texts)) => {
                let offered = package.license.as_deref().unwrap_or_default();
                let offered = if offered == licence {
                    String::new()
                } else {
                    format!("of {offered}: ")
                };
                let from = package.repository.as_deref().unwrap_or("https://crates.io");
                let line = format!("{} [{offered}{licence}] {from}", it.key());
                entries.push(Entry { line, texts });
            }
            Err(problem) => problems.push(problem),
        }
    }
    for it in unused {
        problems.push(format!(
            "licences.toml has a text for {it}, which is in nothing"
        ));
    }
    if !problems.is_empty() {
        return Err(problems.join("\nsupply: ").into());
    }
    for it in work.iter().filter(|it| it.part <= of) {
        let version = it.version.as_deref().unwrap_or(compiler);
        let texts: Result<Vec<String>, _> = it
            .files
            .iter()
            .map(|it| fs::read_to_string(own.join(it)))
            .collect();
        entries.push(Entry {
            line: format!("{} {version} [{}] {}", it.name, it.licence, it.from),
            texts: texts?.iter().map(|it| tidy(it)).collect(),
        });
    }
    Ok(told(&begin(of), entries))
}

/// The list, then each text once, with the numbers of those that are under it.
fn told(begin: &str, entries: Vec<Entry>) -> String {
    let mut under: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        for text in &entry.texts {
            let of = under.entry(text).or_default();
            if of.is_empty() {
                order.push(text);
            }
            of.push(number + 1);
        }
    }
    let mut out = String::from(begin);
    out.push('\n');
    for (number, entry) in entries.iter().enumerate() {
        out.push_str(&format!("{}. {}\n", number + 1, entry.line));
    }
    for text in order {
        let of: Vec<String> = under
            .get(text)
            .into_iter()
            .flatten()
            .map(usize::to_string)
            .collect();
        out.push_str(&format!(
            "\n{}\nFor {}\n\n{text}\n",
            "-".repeat(80),
            of.join(", ")
        ));
    }
    out
}

/// The licences that a crate is used under, and their texts among some.
fn chosen(package: &Package, texts: &[String]) -> Result<(String, Vec<String>), String> {
    let name = format!("{} {}", package.name, package.version);
    let licence = package
        .license
        .as_deref()
        .ok_or_else(|| format!("{name} doesn't name its licence"))?;
    let asked =
        Expression::parse_mode(licence, ParseMode::LAX).map_err(|it| format!("{name}: {it}"))?;
    let of = |mark: &str| texts.iter().find(|it| it.contains(mark));
    let there = LICENCES.iter().filter(|it| of(it.1).is_some());
    let there: Vec<Licensee> = there.filter_map(|it| Licensee::parse(it.0).ok()).collect();
    let taken = asked
        .minimized_requirements(&there)
        .map_err(|_| format!("{name} ({licence}) has no text of a licence that may be taken"))?;
    let taken: Vec<String> = taken.iter().map(ToString::to_string).collect();
    let found = LICENCES
        .iter()
        .filter(|it| taken.iter().any(|taken| taken == it.0));
    let found = found.filter_map(|it| of(it.1)).cloned().collect();
    Ok((taken.join(" AND "), found))
}

/// The texts of licences in a crate's package.
fn files(package: &Package) -> Fallible<Vec<String>> {
    let folder = package
        .manifest_path
        .parent()
        .ok_or("a manifest is in no folder")?;
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        if ["LICENSE", "LICENCE", "COPYING"]
            .iter()
            .any(|it| name.starts_with(it))
            && entry.path().is_file()
        {
            paths.push(entry.path());
        }
    }
    if let Some(file) = &package.license_file {
        paths.push(folder.join(file).into_std_path_buf());
    }
    // A folder's order is the machine's.
    paths.sort();
    paths.dedup();
    paths
        .iter()
        .map(|it| Ok(tidy(&String::from_utf8_lossy(&fs::read(it)?))))
        .collect()
}

/// A text without what doesn't show, so that the same text is the same.
fn tidy(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}
