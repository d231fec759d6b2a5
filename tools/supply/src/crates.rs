//! Which crates there are, and what each of them is for.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::process::{Command, Stdio};

use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand, Package};
use serde::Deserialize;

use crate::Fallible;

/// What a part of the release is for, nearest to the reader first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// It is compiled into the WASM, and so is in every site.
    Page,
    /// It is compiled into the command for authors, and isn't in the page.
    Command,
    /// It only helps to build.
    Build,
    /// It only helps to test.
    Test,
}

impl Part {
    /// As the bill of materials names it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Command => "command",
            Self::Build => "build",
            Self::Test => "test",
        }
    }
}

/// A crate of the release.
#[derive(Debug)]
pub struct Crate {
    /// What Cargo knows of it.
    pub package: Package,
    /// What it is for.
    pub part: Part,
    /// The digest that Cargo.lock has of it, SHA-256 in hexadecimal; none of what is in this repository.
    pub checksum: Option<String>,
    /// The crates that it is built with, as `name version`.
    pub uses: BTreeSet<String>,
}

impl Crate {
    /// Its name and version, which tell it from every other.
    pub fn key(&self) -> String {
        key(&self.package)
    }

    /// Whether it is somebody else's.
    pub fn is_foreign(&self) -> bool {
        self.package.source.is_some()
    }
}

/// Every crate of the release by name and version, the project's own among them.
///
/// # Errors
/// Where Cargo can't tell them, or Cargo.lock can't be read.
pub fn crates() -> Fallible<Vec<Crate>> {
    // `cargo metadata` joins what tests ask for to what the release asks for, and `cargo tree` doesn't.
    let page = tree(
        "hydrate",
        Some("wasm32-unknown-unknown"),
        "normal,no-proc-macro",
    )?;
    let command = tree("site", None, "normal,no-proc-macro")?;
    let mut build = tree("hydrate", Some("wasm32-unknown-unknown"), "no-dev")?;
    build.append(&mut tree("site", None, "no-dev")?);

    let metadata = metadata()?;
    let checksums = checksums()?;
    let uses = uses(&metadata);
    let mut crates = Vec::new();
    for package in metadata.packages {
        let key = key(&package);
        let part = if page.contains(&key) {
            Part::Page
        } else if command.contains(&key) {
            Part::Command
        } else if build.contains(&key) {
            Part::Build
        } else {
            continue;
        };
        build.remove(&key);
        let uses = uses.get(&key).cloned().unwrap_or_default();
        crates.push(Crate {
            checksum: checksums.get(&key).cloned(),
            package,
            part,
            uses,
        });
    }
    if let Some(lost) = build.first() {
        return Err(format!("cargo metadata doesn't know {lost}, which cargo tree names").into());
    }
    crates.sort_by_key(Crate::key);
    let keys: BTreeSet<String> = crates.iter().map(Crate::key).collect();
    for it in &mut crates {
        it.uses.retain(|it| keys.contains(it));
    }
    Ok(crates)
}

fn key(package: &Package) -> String {
    format!("{} {}", package.name, package.version)
}

/// The crates that a build has, as `name version`.
fn tree(features: &str, target: Option<&str>, edges: &str) -> Fallible<BTreeSet<String>> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args([
        "tree",
        "--locked",
        "--prefix=none",
        "--format={p}",
        "--features",
        features,
        "--edges",
        edges,
    ]);
    if let Some(target) = target {
        cargo.args(["--target", target]);
    }
    let output = cargo.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err("cargo tree failed".into());
    }
    let text = String::from_utf8(output.stdout)?;
    // `name v1.2.3 (where it is, or that it was named before)`.
    let of = |line: &str| {
        let mut words = line.split(' ');
        let name = words.next()?;
        let version = words.next()?.strip_prefix('v')?;
        Some(format!("{name} {version}"))
    };
    Ok(text.lines().filter_map(of).collect())
}

fn metadata() -> Fallible<Metadata> {
    let host = compiler()?.1;
    let mut command = MetadataCommand::new();
    command
        .features(CargoOpt::SomeFeatures(vec![
            "hydrate".to_owned(),
            "site".to_owned(),
        ]))
        .other_options(vec![
            "--locked".to_owned(),
            "--filter-platform=wasm32-unknown-unknown".to_owned(),
            format!("--filter-platform={host}"),
        ]);
    Ok(command.exec()?)
}

/// The compiler's version and the machine that it is for.
///
/// # Errors
/// Where there is none.
pub fn compiler() -> Fallible<(String, String)> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let told = String::from_utf8(Command::new(rustc).arg("-vV").output()?.stdout)?;
    let of = |name: &str| told.lines().find_map(|it| it.strip_prefix(name));
    let release = of("release: ").ok_or("rustc doesn't tell its version")?;
    let host = of("host: ").ok_or("rustc doesn't tell its machine")?;
    Ok((release.to_owned(), host.to_owned()))
}

/// What each crate is built with, without what only its tests need.
fn uses(metadata: &Metadata) -> BTreeMap<String, BTreeSet<String>> {
    let keys: BTreeMap<_, String> = metadata
        .packages
        .iter()
        .map(|it| (&it.id, key(it)))
        .collect();
    let nodes = metadata.resolve.iter().flat_map(|it| &it.nodes);
    nodes
        .filter_map(|node| {
            let of = node.deps.iter().filter(|it| {
                let mut kinds = it.dep_kinds.iter();
                kinds.any(|it| it.kind != DependencyKind::Development)
            });
            let of = of.filter_map(|it| keys.get(&it.pkg).cloned());
            Some((keys.get(&node.id)?.clone(), of.collect()))
        })
        .collect()
}

/// The digests of Cargo.lock, by `name version`.
fn checksums() -> Fallible<BTreeMap<String, String>> {
    #[derive(Deserialize)]
    struct Lock {
        package: Vec<Locked>,
    }
    #[derive(Deserialize)]
    struct Locked {
        name: String,
        version: String,
        checksum: Option<String>,
    }
    let lock: Lock = toml::from_str(&std::fs::read_to_string("Cargo.lock")?)?;
    let of = |it: Locked| Some((format!("{} {}", it.name, it.version), it.checksum?));
    Ok(lock.package.into_iter().filter_map(of).collect())
}
