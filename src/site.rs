//! Native only: writes the finished pages into the folder that Trunk is about to publish.

pub mod address;
pub mod archive;
pub mod canvas;
pub mod data;
pub mod document;
pub mod doubts;
pub mod element;
pub mod embed;
pub mod engine;
pub mod import;
pub mod later;
pub mod limits;
pub mod linked;
pub mod manifest;
pub mod oembed;
pub mod offline;
pub mod out;
pub mod page;
pub mod published;
pub mod readme;
pub mod report;
pub mod script;
pub mod shell;
pub mod social;
pub mod standalone;
pub mod wasm;
pub mod xml;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::slice;
use std::thread;

use crate::dataset::model::Dataset;
use crate::dataset::pack::{Damage, Pack};
use crate::dataset::packing::{self, Packed};
use crate::view::long::is_long;

use address::Address;
use document::{Head, Shared};
use engine::Engine;
use offline::Offline;
use published::File;
use shell::Shell;

/// The pack of a dataset, kept for as long as the program runs.
///
/// # Errors
/// Where what was packed isn't a pack, which would be a fault of the program.
pub fn packed(dataset: &Dataset) -> io::Result<Pack> {
    opened(Packed {
        pack: packing::pack(dataset),
        parts: Vec::new(),
        whole: None,
    })
}

/// A pack with all of its parts, kept for as long as the program runs.
///
/// # Errors
/// Where it can't be read back, which would be a fault of the program.
pub fn opened(packed: Packed) -> io::Result<Pack> {
    let refused = |it: Damage| io::Error::other(format!("the pack {}", it.words()));
    let pack = Pack::open(packed.pack.leak()).map_err(refused)?;
    for (number, part) in packed.parts.into_iter().enumerate() {
        pack.add(number, part.leak()).map_err(refused)?;
    }
    Ok(pack)
}

/// The two packs of a dataset.
#[derive(Clone, Debug)]
pub struct Packs {
    /// What cards and searches need.
    pub facts: Packed,
    /// What only some views need.
    pub more: Vec<u8>,
}

/// How a site is to be built.
#[derive(Clone, Debug)]
pub struct Build {
    /// Where it will be.
    pub address: Address,
    /// Whether the browser may keep it.
    pub offline: Offline,
}

/// Writes a site into a folder: the engine's files; one stylesheet; `index.html` with the whole page in
/// it, a page for each subject, the pages behind the facts, the pictures for shared links, the data as
/// files, the feed, the map of the site and, of a release, everything in one file. `step` hears what is
/// being done.
///
/// # Errors
/// Where a file can't be read or written, or the engine isn't as [`shell`] knows it.
pub fn write(
    engine: &Engine,
    dataset: &Dataset,
    folder: &Path,
    Build { address, offline }: Build,
    step: &dyn Fn(&str),
) -> io::Result<()> {
    let release = engine.release;
    step("packing the data");
    let facts = packing::packed(dataset);
    let pack = opened(facts.clone())?;
    let more = packing::pack_more(dataset);
    let packs = Packs { facts, more };
    step("writing the page");
    let shell = Shell::new(engine, folder, dataset.words());
    let page = page::index(dataset, pack);
    let shared = Shared {
        style: shell.style(&page)?,
        script: shell.record_script()?,
        offline: if release && offline == Offline::On {
            shell.offline_script()?
        } else {
            String::new()
        },
        notices: shell.notices_file()?,
        address,
        language: dataset.page_language().to_owned(),
    };
    let head = page::index_head(dataset, &shared);
    let live = shell.live(&packs, is_long(pack))?;
    let mut with_style = Head {
        early: live.preload.clone(),
        inside: shell.inside(shell.css_at_first(&page)?)?,
        ..head.clone()
    };
    if release && offline == Offline::Off {
        with_style.shared.offline = shell.watch_script()?;
    }
    fs::write(
        folder.join("index.html"),
        shell.fill(&with_style, &page, &live)?,
    )?;
    let embed = page::embed(dataset, pack);
    let head_of_embed = Head {
        early: live.preload.clone(),
        inside: shell.embed_inside(&page)?,
        ..page::embed_head(dataset, &shared)
    };
    let element = shell.element(&page)?;
    let start = live.head(&shell.embed_files(&head_of_embed.inside)?);
    fs::write(
        folder.join(&head_of_embed.path),
        embed::document(
            dataset,
            &head_of_embed,
            &embed,
            (&start, &live.asks),
            &element,
            release,
        ),
    )?;
    shell.host_script()?;
    for inner in ["subject", "list", "data", "social", "icons"] {
        fs::create_dir_all(folder.join(inner))?;
    }
    let rest = || records(dataset, pack, folder, (&head, &shared), release, step);
    if !release {
        return rest();
    }
    thread::scope(|scope| {
        // It takes one thread about as long as everything else takes the others.
        let address = &shared.address;
        let one = || standalone::standalone(dataset, pack, shell, address, &packs);
        let one = scope.spawn(one);
        rest()?;
        step("compressing");
        let mut files = published::files(folder)?;
        published::compress(folder, &files)?;
        step("putting everything into one file");
        let ended = |_| Err(io::Error::other("a thread ended early"));
        let one = one.join().unwrap_or_else(ended)?;
        fs::write(folder.join(standalone::PATH), one)?;
        let one = File::of(folder, standalone::PATH)?;
        published::compress(folder, slice::from_ref(&one))?;
        files.push(one);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        told(folder, offline, &files)
    })
}

/// Writes what isn't live: a page for each subject, the pages behind the facts, what machines read,
/// the pictures for links and the data as files.
fn records(
    dataset: &Dataset,
    pack: Pack,
    folder: &Path,
    (index, shared): (&Head, &Shared),
    release: bool,
    step: &dyn Fn(&str),
) -> io::Result<()> {
    step("writing the records");
    let mut paths = vec![index.path.clone()];
    let write = |(head, body): &(Head, String)| {
        let page = document::document(head, body, release);
        fs::write(folder.join(&head.path), page)
    };
    for page in page::plain(dataset, pack, shared) {
        write(&page)?;
        paths.push(page.0.path);
    }
    if let Some(page) = page::lost(dataset, shared) {
        write(&page)?;
    }
    for (path, json) in oembed::files(dataset, &shared.address).map_err(io::Error::other)? {
        fs::write(folder.join(path), json)?;
    }
    let paths = paths.iter().map(String::as_str);
    let map = xml::sitemap(dataset, &shared.address, paths);
    fs::write(folder.join("sitemap.xml"), map)?;
    let feed = xml::feed(dataset, &shared.address);
    fs::write(folder.join("changes.atom"), feed)?;
    step("drawing the pictures for links");
    for (path, image) in social::images(dataset, pack).map_err(io::Error::other)? {
        fs::write(folder.join(path), image)?;
    }
    step("writing the data");
    fs::write(folder.join("data/dataset.csv"), data::csv_file(pack))?;
    let json = fs::File::create(folder.join("data/dataset.json"))?;
    let mut json = BufWriter::new(json);
    data::json_file(dataset, &mut json)?;
    json.flush()?;
    fs::write(
        folder.join(readme::PATH),
        readme::readme(dataset, pack, &shared.address),
    )?;
    let manifest = manifest::manifest(dataset).map_err(io::Error::other)?;
    fs::write(folder.join(manifest::PATH), manifest)?;
    for (path, image) in manifest::icons().map_err(io::Error::other)? {
        fs::write(folder.join(path), image)?;
    }
    Ok(())
}

/// Adds what is told of the files of a folder: the worker that keeps them, with its compressed copies,
/// and the headers for their host.
///
/// # Errors
/// Where a file can't be read or written.
pub fn told(folder: &Path, offline: Offline, files: &[File]) -> io::Result<()> {
    offline.write(folder, files)?;
    let headers = published::headers(files, &published::policy(folder));
    fs::write(folder.join(published::HEADERS), headers)?;
    let worker = File::of(folder, offline::NAME)?;
    published::compress(folder, slice::from_ref(&worker))
}
