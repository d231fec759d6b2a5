//! Native only: writes the finished pages into the folder that Trunk is about to publish.

pub mod data;
pub mod document;
pub mod page;
pub mod shell;

use std::fs;
use std::io;
use std::path::Path;

use crate::dataset::model::Dataset;
use crate::dataset::pack::Pack;
use crate::dataset::packing;

/// The pack of a dataset, kept for as long as the program runs.
///
/// # Errors
/// Where what was packed isn't a pack, which would be a fault of the program.
pub fn packed(dataset: &Dataset) -> io::Result<Pack> {
    let bytes: &'static [u8] = Box::leak(packing::pack(dataset).into_boxed_slice());
    Pack::open(bytes).ok_or_else(|| io::Error::other("the pack can't be read back"))
}

/// Finishes what Trunk has staged: one stylesheet, a start script in a file of its own (a strict
/// policy refuses inline scripts), `index.html` with the whole page in it, a page for each subject,
/// the page behind the facts, and the data as files. `release` adds the policy, which the live
/// reload of a development server would break.
///
/// # Errors
/// Where a file can't be read or written, or Trunk's page isn't as [`shell`] knows it.
pub fn prerender(dataset: &Dataset, staged: &Path, release: bool) -> io::Result<()> {
    let pack = packed(dataset)?;
    let index = staged.join("index.html");
    let shell = shell::Shell::take(staged, &fs::read_to_string(&index)?)?;
    let page = page::index(dataset, pack);
    let style = shell.style(&page)?;
    fs::write(index, shell.fill(&page, &style, release)?)?;
    for folder in ["subject", "data"] {
        fs::create_dir_all(staged.join(folder))?;
    }
    for (head, body) in page::plain(dataset, pack, &style) {
        fs::write(
            staged.join(&head.path),
            document::document(&head, &body, release),
        )?;
    }
    fs::write(staged.join("data/dataset.csv"), data::csv_file(pack))?;
    fs::write(staged.join("data/dataset.json"), data::json_file(dataset))
}
