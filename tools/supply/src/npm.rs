//! What comes from npm: which packages, and what each of them is for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::Fallible;
use crate::crates::Part;

/// The packages that a release is built with; whatever else is in the lock file is for tests.
const BUILD: [&str; 2] = ["binaryen", "terser"];

/// A package of a lock file.
#[derive(Debug)]
pub struct Package {
    /// Its name, with its scope.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, as its author has it.
    pub licence: String,
    /// SHA-512 in hexadecimal.
    pub digest: String,
    /// What it is for.
    pub part: Part,
    /// The packages that it asks for, by name.
    pub uses: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Lock {
    packages: BTreeMap<String, Locked>,
}

#[derive(Deserialize)]
struct Locked {
    version: Option<String>,
    license: Option<String>,
    integrity: Option<String>,
    #[serde(default)]
    dependencies: BTreeMap<String, String>,
}

/// Every package of a lock file, by name.
///
/// # Errors
/// Where it can't be read, or a package lacks version, licence or digest.
pub fn packages(lock: &Path) -> Fallible<Vec<Package>> {
    let lock: Lock = serde_json::from_slice(&fs::read(lock)?)?;
    let mut packages = BTreeMap::new();
    for (path, locked) in lock.packages {
        let Some((_, name)) = path.rsplit_once("node_modules/") else {
            // The list of what is wanted.
            continue;
        };
        let lacks = |what: &str| format!("{name}: the lock file has no {what} of it");
        let digest = locked.integrity.ok_or_else(|| lacks("digest"))?;
        let digest = digest
            .strip_prefix("sha512-")
            .ok_or_else(|| lacks("SHA-512"))?;
        let digest = STANDARD.decode(digest)?;
        let package = Package {
            name: name.to_owned(),
            version: locked.version.ok_or_else(|| lacks("version"))?,
            licence: locked.license.ok_or_else(|| lacks("licence"))?,
            digest: digest.iter().map(|it| format!("{it:02x}")).collect(),
            part: Part::Test,
            uses: locked.dependencies.into_keys().collect(),
        };
        if packages.insert(name.to_owned(), package).is_some() {
            return Err(
                format!("{name} is there in two versions, which isn't foreseen here").into(),
            );
        }
    }
    let mut open: Vec<String> = BUILD.map(str::to_owned).into();
    while let Some(name) = open.pop() {
        let package = packages
            .get_mut(&name)
            .ok_or_else(|| format!("the lock file lacks {name}"))?;
        if package.part == Part::Test {
            package.part = Part::Build;
            open.extend(package.uses.iter().cloned());
        }
    }
    Ok(packages.into_values().collect())
}
