//! A folder that is there whole or not at all: it is written beside its place, then put there.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;

/// The list of what the command wrote into a folder, one path a line. By it the command knows its own
/// folders again, and which files in them are somebody else's.
pub const LIST: &str = ".fact-explorer";

/// Why a folder couldn't be put in place.
#[derive(Debug)]
pub enum Refused {
    /// There is something in its place that isn't ours to replace: what, in a sentence.
    InTheWay(String),
    /// The disk, or a file, refused.
    Io(io::Error),
    /// What was to be written couldn't be made.
    Made(io::Error),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InTheWay(what) => f.write_str(what),
            Self::Io(error) | Self::Made(error) => error.fmt(f),
        }
    }
}

/// What may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Nothing but an empty folder.
    Nothing,
    /// A folder that the command wrote, with nothing else in it.
    Own,
    /// Any folder.
    Any,
}

/// Writes a folder and puts it in its place, instead of what is there. Where anything fails, what was
/// there stays as it was.
///
/// # Errors
/// Where something is in the way, or can't be written.
pub fn put<T>(
    folder: &Path,
    may: May,
    write: impl FnOnce(&Path) -> io::Result<T>,
) -> Result<T, Refused> {
    // A link stays, and leads to what is new.
    let place = match fs::symlink_metadata(folder) {
        Ok(_) => fs::canonicalize(folder).map_err(Refused::Io)?,
        Err(_) => folder.to_path_buf(),
    };
    may_replace(&place, may)?;
    let (Some(parent), Some(name)) = (place.parent(), place.file_name()) else {
        let what = format!("{} can't be replaced; name another folder", place.display());
        return Err(Refused::InTheWay(what));
    };
    let (parent, name) = (parent.to_path_buf(), name.to_string_lossy().into_owned());
    fs::create_dir_all(&parent).map_err(Refused::Io)?;
    let (part, old) = beside(&parent, &name).map_err(Refused::Io)?;
    let made = write(&part.0).map_err(Refused::Made)?;
    if place.exists() {
        fs::rename(&place, &old).map_err(Refused::Io)?;
        if let Err(error) = fs::rename(&part.0, &place) {
            // Back to where it was; where even that fails, the first error is the one to tell.
            _ = fs::rename(&old, &place);
            return Err(Refused::Io(error));
        }
        // What is new is in place, whatever becomes of what was old.
        _ = fs::remove_dir_all(old);
    } else {
        fs::rename(&part.0, &place).map_err(Refused::Io)?;
    }
    Ok(made)
}

/// A new folder beside one with this name, and where the old one can go. What a process that was
/// killed left, and what another one is writing, which may have the same number in a container of its
/// own, stays as it is.
fn beside(parent: &Path, name: &str) -> io::Result<(Unfinished, PathBuf)> {
    let mut n = 1;
    loop {
        let named = |what: &str| parent.join(format!(".{name}.{what}-{}-{n}", process::id()));
        let (part, old) = (named("part"), named("old"));
        if !old.exists() {
            match fs::create_dir(&part) {
                Ok(()) => return Ok((Unfinished(part), old)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        n += 1;
    }
}

/// A folder that goes away unless it was put in place.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

/// Whether what is in a place may be replaced.
fn may_replace(place: &Path, may: May) -> Result<(), Refused> {
    let shown = place.display();
    let in_the_way = |what: String| Err(Refused::InTheWay(what));
    if !place.exists() {
        return Ok(());
    }
    if !place.is_dir() {
        return in_the_way(format!("{shown} is a file; name a folder"));
    }
    if may == May::Any {
        return Ok(());
    }
    let found = paths(place).map_err(Refused::Io)?;
    if found.is_empty() {
        return Ok(());
    }
    if may == May::Nothing {
        return in_the_way(format!("{shown} isn't empty; name another folder"));
    }
    let Ok(list) = fs::read_to_string(place.join(LIST)) else {
        return in_the_way(format!(
            "{shown} isn't empty and wasn't made by this command; name another folder, or replace it with \
             --force"
        ));
    };
    let own: BTreeSet<&str> = list.lines().chain([LIST]).collect();
    let others: Vec<&String> = found
        .iter()
        .filter(|it| !own.contains(it.as_str()))
        .collect();
    match others.as_slice() {
        [] => Ok(()),
        [first, rest @ ..] => {
            let more = match rest.len() {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            in_the_way(format!(
                "{shown} has files that this command didn't write: {first}{more}; take them out, or let them \
                 go with --force"
            ))
        }
    }
}

/// Writes the list of what is in a folder, and gives the number of files and their bytes.
///
/// # Errors
/// Where the folder can't be read, or the list can't be written.
pub fn list(folder: &Path) -> io::Result<(usize, u64)> {
    let paths = paths(folder)?;
    let mut bytes = 0;
    for path in &paths {
        bytes += fs::metadata(folder.join(path))?.len();
    }
    fs::write(folder.join(LIST), paths.join("\n") + "\n")?;
    Ok((paths.len(), bytes))
}

/// The path of every file in a folder, in order; with `/` between folders.
fn paths(folder: &Path) -> io::Result<Vec<String>> {
    fn collect(folder: &Path, before: &str, into: &mut Vec<String>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{before}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                collect(&entry.path(), &format!("{path}/"), into)?;
            } else {
                into.push(path);
            }
        }
        Ok(())
    }
    let mut paths = Vec::new();
    collect(folder, "", &mut paths)?;
    paths.sort();
    Ok(paths)
}
