//! What lets a browser keep the site, so that it can be read without a network.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::document::LOST;
use super::limits;
use super::published::{File, is_hashed};
use super::shell::integrity;

/// The worker's file. It is at the site's root, since a worker answers for its own folder.
pub const NAME: &str = "sw.js";

/// The worker that keeps the site.
const WORKER: &str = include_str!("sw.js");

/// The worker that takes away what an earlier one kept.
const OFF: &str = include_str!("sw-off.js");

/// Whether the browser may keep the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offline {
    /// It may, and pages ask it to.
    On,
    /// It may not, and what an earlier build let it keep goes away.
    Off,
}

impl Offline {
    /// Reads the switch; nothing is on.
    ///
    /// # Errors
    /// What it can be, in a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "" | "on" => Ok(Self::On),
            "off" => Ok(Self::Off),
            _ => Err(format!("“{text}” is neither on nor off")),
        }
    }

    /// Writes the worker of a published folder that has these files.
    ///
    /// # Errors
    /// Where it can't be written.
    pub fn write(self, folder: &Path, files: &[File]) -> io::Result<()> {
        let worker = match self {
            Self::On => worker(files)?,
            Self::Off => OFF.to_owned(),
        };
        fs::write(folder.join(NAME), worker)
    }
}

/// The worker for a site of these files. Its version changes with any of them, and with itself.
fn worker(files: &[File]) -> io::Result<String> {
    let of = |it: &File| format!("{} {}\n", it.path, it.digest);
    let all: String = files.iter().map(of).collect();
    let version = integrity([WORKER, &all].concat().as_bytes());
    let version = version.split_once('-').and_then(|it| it.1.get(..16));
    let is_page = |it: &&File| it.path.rsplit_once('.').is_some_and(|it| it.1 == "html");
    let is_record = |it: &&File| it.path.starts_with("subject/") && is_page(it);
    let too_many = files.iter().filter(is_record).count() > limits::KEPT;
    let kept = files.iter().filter(|it| {
        // Of pages that are one site's, none may be of another version.
        let is_too_much = it.bytes > limits::KEPT_BYTES && !is_page(it);
        is_kept(&it.path) && !is_too_much && !(too_many && is_record(it))
    });
    let kept: BTreeMap<&str, &str> = kept
        .map(|it| (it.path.as_str(), it.digest.as_str()))
        .collect();
    Ok(WORKER
        .replace("VERSION_OF_THE_SITE", &serde_json::to_string(&version)?)
        .replace("FILES_OF_THE_SITE", &serde_json::to_string_pretty(&kept)?))
}

/// Whether a file, by its path in the site, is kept: what a reader of the site may come to see.
pub fn is_kept(path: &str) -> bool {
    // One file to take along is kept by whoever took it; the rest is for services and other sites.
    let elsewhere = [LOST, "standalone.html", "sitemap.xml"].contains(&path)
        || path.ends_with(".oembed.json")
        // Pages of the list are for readers without scripts, and without those nothing is kept.
        || ["social/", "parts/", "list/", "oembed"]
            .iter()
            .any(|it| path.starts_with(it));
    let kept = match path.rsplit_once('.').map(|it| it.1) {
        // A script that other sites' pages name has a name that stays. The dialog for embed codes shows an element.
        Some("js") => is_hashed(path) || path == "element.js",
        Some(ending) => [
            "atom",
            "css",
            "csv",
            "html",
            "json",
            "pack",
            "png",
            "svg",
            "txt",
            "wasm",
            "webmanifest",
        ]
        .contains(&ending),
        None => false,
    };
    kept && !elsewhere
}
