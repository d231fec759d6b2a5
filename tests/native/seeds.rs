//! Every reader of bytes from outside, given the bytes under `fuzz/seeds/`: what `make fuzz` begins with,
//! and all that it once found something with.

use std::fs;
use std::path::{Path, PathBuf};

use fact_explorer::dataset::pack::Pack;
use fact_explorer::dataset::packing::{pack, pack_more, split};

use crate::readers::{READERS, bridges, framed, moons, unframed};

const SEEDS: &str = "fuzz/seeds";

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

/// Names the file before it is read, so that the one that fails is told.
fn read_all_of(reader: &str) {
    let (_, read) = READERS.iter().find(|it| it.0 == reader).unwrap();
    for path in entries(&Path::new(SEEDS).join(reader)) {
        println!("{}", path.display());
        read(&fs::read(path).unwrap(), &mut |it| it.leak());
    }
}

#[test]
fn no_block_breaks_a_page() {
    read_all_of("pack");
}

#[test]
fn nor_does_one_with_the_right_checksum() {
    read_all_of("sealed");
}

#[test]
fn no_address_breaks_a_page() {
    read_all_of("address");
}

#[test]
fn no_setting_breaks_an_embed() {
    read_all_of("settings");
}

#[test]
fn any_csv_is_a_dataset_or_has_problems() {
    read_all_of("csv");
}

#[test]
fn any_json_is_a_dataset_or_has_problems() {
    read_all_of("json");
}

#[test]
fn any_toml_is_a_dataset_or_has_problems() {
    read_all_of("toml");
}

#[test]
fn each_reader_has_a_target_and_seeds() {
    let mut readers: Vec<&str> = READERS.iter().map(|it| it.0).collect();
    readers.sort_unstable();
    for folder in [SEEDS, "fuzz/fuzz_targets"] {
        let paths = entries(Path::new(folder));
        let names: Vec<&str> = paths.iter().map(|it| name(it)).collect();
        assert_eq!(names, readers, "{folder}");
    }
    let manifest: toml::Table =
        toml::from_str(&fs::read_to_string("fuzz/Cargo.toml").unwrap()).unwrap();
    let mut targets: Vec<&str> = manifest["bin"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    targets.sort_unstable();
    assert_eq!(targets, readers);
    for (reader, _) in READERS {
        assert!(
            !entries(&Path::new(SEEDS).join(reader)).is_empty(),
            "{reader}"
        );
    }
}

/// The packs among the seeds: each the address, the first pack, the second one, and the parts.
fn packs() -> [(&'static str, Vec<u8>); 3] {
    let (moons, bridges) = (moons(), bridges());
    let address =
        b"q=titan&finding=visited&sort=-name&view=timeline&open=titan&compare=titan,phobos";
    let parted = split(&bridges);
    let parts = parted.parts.iter().map(Vec::as_slice);
    let filtered = b"q=stone&town=ashfield&kinds=arch&open=castle-bridge";
    let head = [&filtered[..], &parted.pack, &[]];
    [
        (
            "moons",
            framed([&address[..], &pack(&moons), &pack_more(&moons)]),
        ),
        (
            "bridges",
            framed([&b"view=map"[..], &pack(&bridges), &pack_more(&bridges)]),
        ),
        ("parts", framed(head.into_iter().chain(parts))),
    ]
}

/// A pack of another layout than the one that is read would be a seed of little use. With
/// `FACT_EXPLORER_SEEDS=1` they are written anew.
#[test]
fn the_packs_among_the_seeds_are_packs() {
    let folder = Path::new(SEEDS).join("sealed");
    for (name, bytes) in packs() {
        let path = folder.join(name);
        if std::env::var_os("FACT_EXPLORER_SEEDS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &bytes).unwrap();
            let block = &unframed(&bytes)[1];
            fs::create_dir_all(Path::new(SEEDS).join("pack")).unwrap();
            fs::write(Path::new(SEEDS).join("pack").join(name), block).unwrap();
        }
        let blocks = unframed(&fs::read(path).unwrap());
        let (head, parts) = (&blocks[1], &blocks[3..]);
        let opened = Pack::open(head.clone().leak());
        let opened = opened.expect("FACT_EXPLORER_SEEDS=1 cargo test writes them anew");
        assert_eq!(opened.is_split(), name == "parts");
        for (number, part) in parts.iter().enumerate() {
            assert_eq!(opened.add(number, part.clone().leak()), Ok(()), "{number}");
        }
    }
}
