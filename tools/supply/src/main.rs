//! What the release is made of. From the root of the repository:
//!
//! `supply FOLDER` writes `THIRD-PARTY.txt`, the notices that every site ships with,
//! `THIRD-PARTY-COMMAND.txt`, those that the command for authors is published with, and
//! `fact-explorer.cdx.json`, the bill of materials, into the folder. The same lock files and the same
//! compiler give the same bytes: none has a date, a random number or a path of this machine.
//!
//! * [`crates`]: which crates there are, and what each is for.
//! * [`npm`]: the same of what comes from npm.
//! * [`notices`]: whose works are in the page, or in the command, and their licences' texts.
//! * [`bom`]: everything, for machines, as CycloneDX has it.

mod bom;
mod crates;
mod notices;
mod npm;

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crates::Part;

/// What may go wrong is told in words: nobody but a builder reads it.
type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("usage: supply FOLDER");
        return ExitCode::from(2);
    };
    match write(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("supply: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> Fallible<()> {
    let crates = crates::crates()?;
    let (compiler, _) = crates::compiler()?;
    let own = notices::Own::read()?;
    let packages = npm::packages(Path::new("tools/package-lock.json"))?;
    fs::create_dir_all(folder)?;
    for (file, part) in [
        ("THIRD-PARTY.txt", Part::Page),
        ("THIRD-PARTY-COMMAND.txt", Part::Command),
    ] {
        fs::write(
            folder.join(file),
            notices::notices(part, &crates, &own, &compiler)?,
        )?;
    }
    fs::write(
        folder.join("fact-explorer.cdx.json"),
        bom::bom(&crates, &packages, &own.work, &compiler)?,
    )?;
    Ok(())
}
