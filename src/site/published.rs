//! What is in the published folder, and what helps a host to serve it.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use flate2::{Compression, GzBuilder};

use super::document::policy_of;
use super::embed;
use super::limits;
use super::offline;
use super::shell::{PARTS, POLICY, integrity};

/// A file of the published folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path in the site.
    pub path: String,
    /// Its digest, as an `integrity` attribute has it.
    pub digest: String,
    /// Its size.
    pub bytes: u64,
}

/// What a file may be told whose name tells its content.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// The file with a host's headers, in the syntax that Netlify and Cloudflare Pages share.
pub const HEADERS: &str = "_headers";

impl File {
    /// A file of a folder, by its path there.
    ///
    /// # Errors
    /// Where it can't be read.
    pub fn of(folder: &Path, path: &str) -> io::Result<Self> {
        let content = fs::read(folder.join(path))?;
        Ok(Self {
            path: path.to_owned(),
            digest: integrity(&content),
            bytes: content.len() as u64,
        })
    }
}

/// Every file of a folder, in the order of their paths; without what is made from the others: the
/// worker, the headers and the compressed copies.
///
/// # Errors
/// Where one can't be read.
pub fn files(folder: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    collect(folder, folder, "", &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn collect(site: &Path, folder: &Path, before: &str, into: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{before}{}", entry.file_name().to_string_lossy());
        let made = [offline::NAME, HEADERS].contains(&path.as_str());
        if entry.file_type()?.is_dir() {
            collect(site, &entry.path(), &format!("{path}/"), into)?;
        } else if !made && ![Some("br"), Some("gz")].contains(&ending(&path)) {
            into.push(File::of(site, &path)?);
        }
    }
    Ok(())
}

/// Whether a file's name tells its content, as `style-7e8e892be2e36415.css`, so that a browser may
/// keep it for good.
pub fn is_hashed(path: &str) -> bool {
    let Some((stem, "css" | "js" | "pack" | "wasm")) = path.rsplit_once('.') else {
        return false;
    };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let hash = stem.rsplit_once('-').map_or("", |it| it.1);
    hash.len() >= 8 && hash.bytes().all(|it| it.is_ascii_hexdigit())
}

/// The policy for all pages of a folder: it gives leave for whatever one of them has in itself.
pub fn policy(folder: &Path) -> String {
    let pages = ["index.html", embed::PATH].map(|it| {
        let page = fs::read_to_string(folder.join(it)).unwrap_or_default();
        policy_of(&page).unwrap_or(POLICY).to_owned()
    });
    let [one, other] = pages.each_ref().map(|it| it.split("; "));
    let joined = one.zip(other).map(|(one, other)| {
        let mut all: Vec<&str> = one.split(' ').collect();
        for it in other.split(' ') {
            if !all.contains(&it) {
                all.push(it);
            }
        }
        all.join(" ")
    });
    joined.collect::<Vec<_>>().join("; ")
}

/// The headers that the site asks of its host, for the root of what is published; all pages are told the same
/// policy.
///
/// A value for all files and another for some would be joined by those hosts; so only what is the
/// same for all is said for all, and the rest file by file.
pub fn headers(files: &[File], policy: &str) -> String {
    let mut text = String::from(
        "/*\n  Access-Control-Allow-Origin: *\n  Referrer-Policy: strict-origin-when-cross-origin\n  \
         X-Content-Type-Options: nosniff\n",
    );
    let mut rule = |path: &str, headers: &[(&str, &str)]| {
        text.push_str(&format!("/{path}\n"));
        for (name, value) in headers {
            text.push_str(&format!("  {name}: {value}\n"));
        }
    };
    // They are asked for again each time, and sent only where they changed.
    let fresh = ("Cache-Control", "no-cache");
    let policy = ("Content-Security-Policy", policy);
    rule("", &[policy, fresh]);
    rule(offline::NAME, &[policy, fresh]);
    let mut folders: Vec<&str> = Vec::new();
    for File { path, .. } in files {
        if let Some((folder, _)) = path.split_once('/') {
            if !folders.contains(&folder) {
                folders.push(folder);
            }
            if let (Some("txt"), Some(kind)) = (ending(path), kind(path)) {
                rule(path, &[("Content-Type", kind)]);
            }
            continue;
        }
        let mut headers = Vec::new();
        // The file to take along has scripts in itself, and a policy of its own.
        if ending(path) == Some("html") && path != "standalone.html" {
            headers.push(policy);
        }
        if is_hashed(path) {
            headers.push(("Cache-Control", FOR_GOOD));
        } else {
            headers.push(fresh);
        }
        if let Some(kind) = kind(path) {
            headers.push(("Content-Type", kind));
        }
        rule(path, &headers);
    }
    for folder in folders {
        let pages = files.iter().any(|it| {
            ending(&it.path) == Some("html") && it.path.starts_with(&format!("{folder}/"))
        });
        let headers: &[(&str, &str)] = match (pages, folder) {
            (true, _) => &[policy, fresh],
            (false, PARTS) => &[("Cache-Control", FOR_GOOD)],
            (false, _) => &[fresh],
        };
        rule(&format!("{folder}/*"), headers);
    }
    text
}

/// The type of a file that a host may not know.
pub fn kind(path: &str) -> Option<&'static str> {
    match ending(path)? {
        "atom" => Some("application/atom+xml; charset=utf-8"),
        "pack" => Some("application/octet-stream"),
        "txt" => Some("text/plain; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "webmanifest" => Some("application/manifest+json"),
        _ => None,
    }
}

/// The endings of files that are smaller when compressed.
const TEXT: [&str; 13] = [
    "atom",
    "css",
    "csv",
    "html",
    "js",
    "json",
    "part",
    "pack",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
    "xml",
];

/// The size in bytes from which on a compressed copy is worth a file.
const WORTH: u64 = 1024;

/// Writes compressed copies beside some files of a folder, `.br` and `.gz`, where they are smaller.
///
/// # Errors
/// Where a file can't be read or written.
pub fn compress(folder: &Path, files: &[File]) -> io::Result<()> {
    let is_record = |it: &&File| it.path.starts_with("subject/");
    let is_of_list = |it: &&File| it.path.starts_with("list/");
    // A record has a page and a file for services.
    let records = files.iter().filter(is_record).count() <= limits::COPIES * 2;
    let jobs = files
        .iter()
        .filter(|it| records || !(is_record(it) || is_of_list(it)))
        .map(|it| (it.path.as_str(), it.bytes))
        .filter(|it| it.1 >= WORTH && ending(it.0).is_some_and(|it| TEXT.contains(&it)));
    let mut jobs: Vec<(&str, Effort)> = efforts(jobs.collect());
    // They are taken from the end.
    jobs.reverse();
    let jobs = Mutex::new(jobs);
    let next = || jobs.lock().ok()?.pop();
    let work = || {
        while let Some((path, effort)) = next() {
            copies(&folder.join(path), effort)?;
        }
        Ok(())
    };
    let n_cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..n_cores).map(|_| scope.spawn(work)).collect();
        let ended = || Err(io::Error::other("a thread ended early"));
        let mut done = workers
            .into_iter()
            .map(|it| it.join().unwrap_or_else(|_| ended()));
        done.find(io::Result::is_err).unwrap_or(Ok(()))
    })
}

/// How hard a compressor tries, as the quality of brotli and the level of gzip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort(i32, u32);

impl Effort {
    /// As small as it gets: a megabyte takes a second or two.
    pub const MOST: Self = Self(11, 9);
    /// A few per cent larger, and thirty times as fast.
    pub const LITTLE: Self = Self(6, 6);
}

/// How much effort each of some files is worth, given with its size: files that every page needs
/// come first, then the parts of a split pack, then the others, the larger ones before the smaller.
/// The first megabytes of them are compressed with [`Effort::MOST`]: readers wait for these more often
/// than for the rest. A very large file is one to take along.
pub fn efforts(files: Vec<(&str, u64)>) -> Vec<(&str, Effort)> {
    /// A site of some dozens of records is below it as a whole.
    const BEST: u64 = 4 << 20;
    const LARGE: u64 = 1 << 20;
    let mut files = files;
    let rank = |path: &str| match path.split_once('/') {
        None => 0,
        Some((PARTS, _)) => 1,
        Some(_) => 2,
    };
    files.sort_by_key(|it| (rank(it.0), std::cmp::Reverse(it.1)));
    let mut sum = 0;
    let effort = |(path, bytes)| {
        if bytes > LARGE {
            return (path, Effort::LITTLE);
        }
        sum += bytes;
        let is_first = sum <= BEST;
        let effort = if is_first {
            Effort::MOST
        } else {
            Effort::LITTLE
        };
        (path, effort)
    };
    files.into_iter().map(effort).collect()
}

fn copies(file: &Path, Effort(quality, level): Effort) -> io::Result<()> {
    let content = fs::read(file)?;
    for (ending, copy) in [
        (".br", brotli(&content, quality)?),
        (".gz", gzip(&content, level)?),
    ] {
        if copy.len() < content.len() {
            let mut name = file.as_os_str().to_owned();
            name.push(ending);
            fs::write(name, copy)?;
        }
    }
    Ok(())
}

fn brotli(content: &[u8], quality: i32) -> io::Result<Vec<u8>> {
    // The smallest window that has all of it: a larger one only takes time to clear.
    let fits = |it: &i32| content.len() + 16 <= 1 << it;
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: (16..22).find(fits).unwrap_or(22),
        size_hint: content.len(),
        ..Default::default()
    };
    let mut copy = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut copy, &parameters)?;
    Ok(copy)
}

fn gzip(content: &[u8], level: u32) -> io::Result<Vec<u8>> {
    // Without a time, so that the same content gives the same bytes.
    let mut copy = GzBuilder::new().write(Vec::new(), Compression::new(level));
    copy.write_all(content)?;
    copy.finish()
}

fn ending(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|it| it.1)
}
