//! `build`: the whole site of a dataset.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use fact_explorer::dataset::read;
use fact_explorer::dataset::wording::words;
use fact_explorer::language::{Language, Words};
use fact_explorer::site::engine::Engine;
use fact_explorer::site::out::{self, May, Refused};
use fact_explorer::site::{self, Build, address::Address, offline::Offline};
use serde_json::json;

use crate::outcome::{Done, Failed, Report, dataset, summary};
use crate::progress::Progress;
use crate::variable;

#[derive(Args, Debug)]
pub struct Arguments {
    /// The dataset: its folder, or a table (.csv or .json) on its own
    dataset: PathBuf,
    /// Where the site is to be. It is replaced whole, or left as it was where anything fails
    #[arg(short, long, value_name = "FOLDER")]
    out: PathBuf,
    /// The address that the site will have, as in `https://example.org/facts/` [else
    /// `FACT_EXPLORER_SITE`]; without it every link is a relative one, and search engines and other
    /// sites can't be told where the pages are
    #[arg(long, value_name = "ADDRESS")]
    site: Option<String>,
    /// The language of the interface: en, es or ar [else `FACT_EXPLORER_LANGUAGE`, else the dataset's
    /// own where there are words in it, else en]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Builds a site that browsers don't keep for reading offline, and that takes away what they kept
    /// of an earlier one [also `FACT_EXPLORER_OFFLINE=off`]
    #[arg(long)]
    no_offline: bool,
    /// Replaces a folder that this command didn't write, with everything in it
    #[arg(long)]
    force: bool,
    /// The engine to use instead of the command's own: the file that `make dist` writes to
    /// target/fact-explorer.engine
    #[arg(long, value_name = "FILE")]
    engine: Option<PathBuf>,
    /// Says it as one JSON document on stdout
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &Arguments) -> Done {
    let build = told(arguments.site.as_deref(), arguments.no_offline)?;
    let engine = engine(arguments.engine.as_deref())?;
    let progress = Progress::start();
    progress.step("reading the data");
    let mut dataset = dataset(&arguments.dataset)?;
    dataset.interface = interface(arguments.language.as_deref())?;
    let may = if arguments.force { May::Any } else { May::Own };
    is_apart(&arguments.dataset, &arguments.out)?;
    let (n, bytes) = out::put(&arguments.out, may, |folder| {
        site::write(&engine, &dataset, folder, build, &|it| progress.step(it))?;
        out::list(folder)
    })
    .map_err(|it| refused(&arguments.out, &it))?;
    drop(progress);
    let out = arguments.out.display().to_string();
    Ok(Report::new(
        format!(
            "{out}: the site is there ({}, {n} files); `fact-explorer serve {out}` shows it",
            summary(&dataset)
        ),
        json!({
            "out": out,
            "subjects": dataset.subjects.len(),
            "files": n,
            "bytes": bytes,
        }),
    ))
}

/// That the folder which is replaced has nothing of the dataset's own in it.
fn is_apart(dataset: &Path, out: &Path) -> Result<(), Failed> {
    // A table of the working directory is in no folder by its path.
    let folder = match read::folder(dataset) {
        it if it.as_os_str().is_empty() => Path::new("."),
        it => it,
    };
    match (fs::canonicalize(folder), fs::canonicalize(out)) {
        (Ok(folder), Ok(out)) if folder.starts_with(&out) => Err(Failed::output(format!(
            "{} has the dataset in it, which would be lost; name another folder",
            out.display()
        ))),
        _ => Ok(()),
    }
}

/// What the flags say of a build, or else the environment.
pub fn told(site: Option<&str>, no_offline: bool) -> Result<Build, Failed> {
    let (name, site) = match site {
        Some(it) => ("--site", it.to_owned()),
        None => ("FACT_EXPLORER_SITE", variable("FACT_EXPLORER_SITE")?),
    };
    let address = match site {
        it if it.is_empty() => Address::default(),
        it => Address::parse(&it).map_err(|it| Failed::usage(format!("{name}: {it}")))?,
    };
    let offline = variable("FACT_EXPLORER_OFFLINE")?;
    let offline = Offline::parse(&offline)
        .map_err(|it| Failed::usage(format!("FACT_EXPLORER_OFFLINE: {it}")))?;
    Ok(Build {
        address,
        offline: if no_offline { Offline::Off } else { offline },
    })
}

/// The words of the interface that a flag asks for, or else the environment; none where neither does.
pub fn interface(flag: Option<&str>) -> Result<Option<Words>, Failed> {
    let (name, tag) = match flag {
        Some(it) => ("--language", it.to_owned()),
        None => (
            "FACT_EXPLORER_LANGUAGE",
            variable("FACT_EXPLORER_LANGUAGE")?,
        ),
    };
    if tag.is_empty() && flag.is_none() {
        return Ok(None);
    }
    let known = Language::of(&tag).map(|it| Some(words(it)));
    known.ok_or_else(|| {
        let tags = Language::ALL.map(Language::tag).join(", ");
        Failed::usage(format!(
            "{name}: there are no words in “{tag}”; there are some in {tags}"
        ))
    })
}

/// The engine of a file, or else the command's own.
fn engine(file: Option<&Path>) -> Result<Engine, Failed> {
    if let Some(file) = file {
        let shown = file.display();
        let bytes = fs::read(file)
            .map_err(|it| Failed::engine(format!("the engine {shown} can't be read: {it}")))?;
        return Engine::open(&bytes).map_err(|it| Failed::engine(format!("{shown}: {it}")));
    }
    match Engine::inside() {
        Some(Ok(engine)) => Ok(engine),
        Some(Err(it)) => Err(Failed::engine(format!("the command's own engine: {it}"))),
        None => Err(Failed::engine(
            "this command was built without an engine, the part that is made once for all datasets; take a \
             released one, make one with `make command`, or name a file with --engine"
                .to_owned(),
        )),
    }
}

/// Why a folder isn't there.
pub fn refused(folder: &Path, why: &Refused) -> Failed {
    let shown = folder.display();
    match why {
        Refused::InTheWay(what) => Failed::output(what.clone()),
        Refused::Io(it) => Failed::output(format!(
            "{shown} can't be written ({it}); what was there is as it was"
        )),
        Refused::Made(it) => Failed::output(format!(
            "the site couldn't be made ({it}); {shown} is as it was"
        )),
    }
}
