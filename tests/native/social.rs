use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::read::read;
use fact_explorer::site::canvas::{self, Face, Faces, Room};
use fact_explorer::site::{packed, social};
use toml::Spanned;

type Images = Vec<(String, Vec<u8>)>;

fn images(dataset: &Dataset) -> Result<Images, String> {
    social::images(dataset, packed(dataset).unwrap())
}

/// The shipped dataset and its pictures, drawn once.
fn shipped() -> &'static (Dataset, Images) {
    static SHIPPED: LazyLock<(Dataset, Images)> = LazyLock::new(|| {
        let dataset = read(Path::new("data/section-1373")).unwrap();
        let start = Instant::now();
        let images = images(&dataset).unwrap();
        println!("{} pictures in {:?}", images.len(), start.elapsed());
        (dataset, images)
    });
    &SHIPPED
}

fn named(name: &str) -> Dataset {
    let mut dataset = read(Path::new("tests/datasets/good")).unwrap();
    dataset.subjects[0].name = Spanned::new(0..0, name.to_owned());
    dataset
}

/// Width, height and every pixel's colour, read back with the palette.
fn pixels(image: &[u8]) -> (usize, usize, Vec<[u8; 3]>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(image));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    let pixels = bytes.chunks(3).map(|it| [it[0], it[1], it[2]]).collect();
    (info.width as usize, info.height as usize, pixels)
}

/// Whether nothing but paper is outside the margins; the band at the top aside.
fn keeps_its_margins(image: &[u8]) -> bool {
    let (width, height, pixels) = pixels(image);
    let paper = pixels[pixels.len() - 1];
    let blank = |it: &[[u8; 3]]| it.iter().all(|it| *it == paper);
    pixels.chunks(width).enumerate().skip(14).all(|(y, row)| {
        blank(&row[..66]) && blank(&row[width - 70..]) && (y < height - 36 || blank(row))
    })
}

/// Where a title stands, as wide and as large as on the pictures.
const ROOM: Room = Room {
    width: 1000.0,
    largest: 138.0,
    good: 96.0,
    most: 2,
};

#[test]
fn every_subject_has_a_picture_of_the_right_size() {
    let (dataset, images) = shipped();
    let sizes: Vec<usize> = images.iter().map(|it| it.1.len()).collect();
    let (sum, most) = (sizes.iter().sum::<usize>(), sizes.iter().max().unwrap());
    println!("{sum} bytes, at most {most}");
    // To be looked at: `FACT_EXPLORER_PICTURES=folder`.
    if let Some(folder) = std::env::var_os("FACT_EXPLORER_PICTURES") {
        let long = named("Consolidated Municipalities of Upper and Lower Merion");
        let long = self::images(&long).unwrap();
        let long = long
            .into_iter()
            .find(|it| it.0 == "social/phobos.png")
            .unwrap()
            .1;
        let folder = Path::new(&folder).join("social");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("long.png"), long).unwrap();
        for (path, image) in images {
            std::fs::write(folder.with_file_name(path), image).unwrap();
        }
    }
    let paths: BTreeSet<&str> = images.iter().map(|it| it.0.as_str()).collect();
    for subject in &dataset.subjects {
        assert!(
            paths.contains(format!("social/{}.png", subject.id).as_str()),
            "{}",
            subject.id
        );
    }
    assert!(paths.contains("social/index.png"));
    assert_eq!(images.len(), 41);
    for (path, image) in images {
        assert_eq!(&image[..8], b"\x89PNG\r\n\x1a\n", "{path}");
        let number = |at: usize| u32::from_be_bytes(image[at..at + 4].try_into().unwrap());
        assert_eq!((number(16), number(20)), (1200, 630), "{path}");
        assert!(image.len() < 40_000, "{path}: {} bytes", image.len());
        assert!(keeps_its_margins(image), "{path}");
    }
}

#[test]
fn the_same_dataset_gives_the_same_bytes() {
    assert_eq!(
        images(&named("Titan")).unwrap(),
        images(&named("Titan")).unwrap()
    );
    assert_ne!(
        images(&named("Titan")).unwrap(),
        images(&named("Triton")).unwrap()
    );
}

#[test]
fn long_names_wrap_and_shrink() {
    for name in [
        "I",
        "Saint Mary’s County and the Consolidated Municipalities of Upper and Lower Merion",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochuchaf",
        "San José – Doña Ana, Peñasco & Cañon City (Łódź Ward)",
    ] {
        for (path, image) in images(&named(name)).unwrap() {
            assert!(keeps_its_margins(&image), "{name}: {path}");
        }
    }
    let faces = Faces::open().unwrap();
    let fit = |name| {
        let (size, lines) = faces.fit(Face::Serif, name, &ROOM).unwrap();
        assert!(lines.iter().all(|it| it.width * size <= 1000.5), "{name}");
        (size, lines.len())
    };
    assert_eq!(fit("Chicago"), (138.0, 1));
    assert_eq!(fit("Borough of Chesapeake Beach and North Beach").1, 2);
    let (size, lines) = fit("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch");
    assert!(size < 60.0 && lines == 1, "{size} {lines}");
}

#[test]
fn a_subject_in_letters_that_the_typeface_lacks_has_the_picture_of_the_whole() {
    let images = images(&named("Titan 東京")).unwrap();
    let of = |path: &str| images.iter().find(|it| it.0 == path).map(|it| &it.1);
    let whole = of("social/index.png").unwrap();
    assert_eq!(of("social/phobos.png"), Some(whole));
    assert_ne!(of("social/titan.png"), Some(whole));
}

#[test]
fn a_picture_has_the_tone_of_the_finding_and_of_no_other() {
    let (dataset, images) = shipped();
    let pack = packed(dataset).unwrap();
    let tones = [
        ("ochre", [0x8d, 0x5a, 0x00]),
        ("sand", [0x72, 0x67, 0x48]),
        ("plum", [0x7c, 0x34, 0x68]),
        ("slate", [0x4c, 0x5b, 0x69]),
        ("blue", [0x1d, 0x5d, 0xa6]),
    ];
    for (path, image) in images.iter().filter(|it| it.0 != "social/index.png") {
        let id = path
            .strip_prefix("social/")
            .unwrap()
            .strip_suffix(".png")
            .unwrap();
        let subject = pack.subject_with_id(id).unwrap();
        let tone = subject.step_on(pack.last_day()).unwrap().finding().tone();
        let mut there = pixels(image).2;
        there.dedup();
        let there: BTreeSet<[u8; 3]> = there.into_iter().collect();
        for (name, color) in tones {
            assert_eq!(there.contains(&color), name == tone, "{path}: {name}");
        }
    }
}

#[test]
fn each_of_many_words_is_measured_once() {
    let faces = Faces::open().unwrap();
    let mut n_set = 0;
    let (size, lines) = canvas::fit(&"ab ".repeat(165), &ROOM, &mut |words| {
        n_set += 1;
        faces.line(Face::Serif, words, 0.0)
    })
    .unwrap();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|it| it.width * size <= 1000.5));
    // Both are about as long.
    assert!((lines[0].width - lines[1].width).abs() < 2.0);
    // Each word and a blank, then the lines: for one line, and for two.
    assert_eq!(n_set, 2 * (165 + 1) + 1 + 2);
}

#[test]
fn every_part_of_the_bar_is_seen() {
    assert_eq!(social::widths(&[1, 1]), [524.0, 524.0]);
    let widths = social::widths(&[150_000, 50_000, 1]);
    assert!((widths[2] - 7.0).abs() < 0.01, "{widths:?}");
    assert!((widths[0] / widths[1] - 3.0).abs() < 0.1, "{widths:?}");
    assert!(
        (widths.iter().sum::<f32>() - 1048.0).abs() < 0.01,
        "{widths:?}"
    );
}
