//! Native only: writes the finished pages into the folder that Trunk is about to publish.

pub mod address;
pub mod canvas;
pub mod data;
pub mod document;
pub mod element;
pub mod embed;
pub mod linked;
pub mod manifest;
pub mod oembed;
pub mod offline;
pub mod page;
pub mod published;
pub mod script;
pub mod shell;
pub mod social;
pub mod standalone;
pub mod wasm;
pub mod xml;

use std::fs;
use std::io;
use std::path::Path;

use crate::dataset::model::Dataset;
use crate::dataset::pack::Pack;
use crate::dataset::packing;

use address::Address;
use document::Shared;
use offline::Offline;

/// The pack of a dataset, kept for as long as the program runs.
///
/// # Errors
/// Where what was packed isn't a pack, which would be a fault of the program.
pub fn packed(dataset: &Dataset) -> io::Result<Pack> {
    let bytes: &'static [u8] = Box::leak(packing::pack(dataset).into_boxed_slice());
    Pack::open(bytes).map_err(|it| io::Error::other(format!("the pack {}", it.words())))
}

/// How a site is to be built.
#[derive(Clone, Debug)]
pub struct Build {
    /// Where it will be.
    pub address: Address,
    /// Whether it is for readers. Then its scripts are small; it has the policy, which the live reload of a development server
    /// would break; the worker, which would keep what is about to change; and what helps a host.
    pub release: bool,
    /// Whether the browser may keep it.
    pub offline: Offline,
}

/// Finishes what Trunk has staged: one stylesheet, a start script in a file of its own (a strict
/// policy refuses inline scripts), `index.html` with the whole page in it, a page for each subject,
/// the pages behind the facts, the pictures for shared links, the data as files, the feed, the map of
/// the site and, of a release, everything in one file.
///
/// # Errors
/// Where a file can't be read or written, or Trunk's page isn't as [`shell`] knows it.
pub fn prerender(
    dataset: &Dataset,
    staged: &Path,
    Build {
        address,
        release,
        offline,
    }: Build,
) -> io::Result<()> {
    let pack = packed(dataset)?;
    let index = staged.join("index.html");
    let shell = shell::Shell::take(staged, &fs::read_to_string(&index)?, release)?;
    let page = page::index(dataset, pack);
    let shared = Shared {
        style: shell.style(&page)?,
        script: shell.record_script()?,
        offline: if release && offline == Offline::On {
            shell.offline_script()?
        } else {
            String::new()
        },
        address,
    };
    let head = page::index_head(dataset, &shared);
    let more = packing::pack_more(dataset);
    let live = shell.live(&more)?;
    fs::write(index, shell.fill(&head, &page, &live)?)?;
    let embed = page::embed(dataset, pack);
    let head_of_embed = page::embed_head(dataset, &shared);
    let names = [
        shell.embed_style()?,
        shell.embed_script()?,
        shell.element(&page)?,
    ];
    let names = names.each_ref().map(String::as_str);
    fs::write(
        staged.join(&head_of_embed.path),
        embed::document(dataset, pack, &head_of_embed, &embed, &live, names, release),
    )?;
    shell.host_script()?;
    for folder in ["subject", "data", "social", "icons"] {
        fs::create_dir_all(staged.join(folder))?;
    }
    let pages = page::plain(dataset, pack, &shared);
    for (head, body) in &pages {
        fs::write(
            staged.join(&head.path),
            document::document(head, body, release),
        )?;
    }
    for (path, json) in oembed::files(dataset, &shared.address).map_err(io::Error::other)? {
        fs::write(staged.join(path), json)?;
    }
    let heads = [&head].into_iter().chain(pages.iter().map(|it| &it.0));
    let paths = heads.map(|it| it.path.as_str());
    let map = xml::sitemap(dataset, &shared.address, paths);
    fs::write(staged.join("sitemap.xml"), map)?;
    let feed = xml::feed(dataset, &shared.address);
    fs::write(staged.join("changes.atom"), feed)?;
    for (path, image) in social::images(dataset, pack).map_err(io::Error::other)? {
        fs::write(staged.join(path), image)?;
    }
    if release {
        let file = standalone::standalone(dataset, pack, &shell, &shared.address, &more)?;
        fs::write(staged.join("standalone.html"), file)?;
    }
    fs::write(staged.join("data/dataset.csv"), data::csv_file(pack))?;
    fs::write(staged.join("data/dataset.json"), data::json_file(dataset))?;
    let manifest = manifest::manifest(dataset).map_err(io::Error::other)?;
    fs::write(staged.join(manifest::PATH), manifest)?;
    for (path, image) in manifest::icons().map_err(io::Error::other)? {
        fs::write(staged.join(path), image)?;
    }
    if release {
        publish(staged, offline)?;
    }
    Ok(())
}

/// Adds to a folder of finished files what is made from them: the worker that keeps them, the headers
/// for their host, and their compressed copies.
///
/// # Errors
/// Where a file can't be read or written.
pub fn publish(folder: &Path, offline: Offline) -> io::Result<()> {
    let files = published::files(folder)?;
    offline.write(folder, &files)?;
    fs::write(folder.join(published::HEADERS), published::headers(&files))?;
    published::compress(folder)
}
