use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use fact_explorer::dataset::read::read;
use fact_explorer::site::document::policy_of;
use fact_explorer::site::limits;
use fact_explorer::site::manifest::{self, manifest};
use fact_explorer::site::offline::{self, Offline, is_kept};
use fact_explorer::site::published::{
    Effort, File, HEADERS, compress, efforts, files, headers, is_hashed, policy,
};
use fact_explorer::site::shell::{POLICY, integrity};
use fact_explorer::site::told;
use scraper::{Html, Selector};
use serde_json::Value;

use crate::site::refusal;
use crate::weight::dist;

/// A folder with some of what a site has, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let name = format!("fact-explorer-published-{}-{name}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        for (path, content) in files {
            let file = folder.0.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        }
        folder
    }
}

/// Compresses a folder's files and tells of them, as a build does.
fn publish(folder: &Path) {
    let files = files(folder).unwrap();
    compress(folder, &files).unwrap();
    told(folder, Offline::On, &files).unwrap();
}

/// The worker's version, and the digests of what it keeps.
fn worker(folder: &Path) -> (String, BTreeMap<String, String>) {
    let worker = fs::read_to_string(folder.join(offline::NAME)).unwrap();
    let value = |name: &str| -> Value {
        let rest = worker.split_once(&format!("const {name} = ")).unwrap().1;
        serde_json::from_str(rest.split_once(";\n").unwrap().0).unwrap()
    };
    let kept = serde_json::from_value(value("FILES")).unwrap();
    (value("VERSION").as_str().unwrap().to_owned(), kept)
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

fn brotli(file: &Path) -> Vec<u8> {
    let mut content = Vec::new();
    brotli::BrotliDecompress(&mut &*fs::read(file).unwrap(), &mut content).unwrap();
    content
}

fn gzip(file: &Path) -> Vec<u8> {
    let mut content = Vec::new();
    let bytes = fs::read(file).unwrap();
    let mut decoder = flate2::read::GzDecoder::new(&*bytes);
    decoder.read_to_end(&mut content).unwrap();
    content
}

#[test]
fn a_digest_is_as_a_browser_checks_it() {
    // From the specification of Content Security Policy.
    assert_eq!(
        integrity(b"alert('Hello, world.');"),
        "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
    );
}

#[test]
fn what_a_reader_may_come_to_see_is_kept() {
    for path in [
        "index.html",
        "embed.html",
        "subject/chicago-il.html",
        "style-7e8e892be2e36415.css",
        "start-a661e3bfcae66c25.js",
        "page-70c0e0c128df5d0.js",
        "page-70c0e0c128df5d0_bg.wasm",
        "more-19ad0c360581a582.pack",
        "data/dataset.csv",
        "data/dataset.json",
        "changes.atom",
        "manifest.webmanifest",
        "icons/512.png",
        "element.js",
        "element-7e8e892be2e36415.css",
    ] {
        assert!(is_kept(path), "{path}");
    }
    for path in [
        "standalone.html",
        "sitemap.xml",
        "oembed.json",
        "oembed-light.json",
        "embed.js",
        "social/index.png",
        "list/1.html",
        "_headers",
        "CNAME",
    ] {
        assert!(!is_kept(path), "{path}");
    }
    for path in [
        "sw.js",
        "embed.js",
        "subject/san-francisco-ca.html",
        "style-dark.css",
        "a.css",
    ] {
        assert!(!is_hashed(path), "{path}");
    }
}

#[test]
fn the_version_changes_with_every_file() {
    let site = [
        ("index.html", "a"),
        ("social/index.png", "b"),
        ("sitemap.xml", "c"),
    ];
    let folder = Folder::new("version", &site);
    let version = || {
        Offline::On
            .write(&folder.0, &files(&folder.0).unwrap())
            .unwrap();
        worker(&folder.0).0
    };
    let first = version();
    assert_eq!(first.len(), 16);
    assert_eq!(version(), first, "the worker itself is none of the files");
    for (path, content) in site {
        fs::write(folder.0.join(path), "other").unwrap();
        assert_ne!(version(), first, "{path}");
        fs::write(folder.0.join(path), content).unwrap();
    }
    fs::rename(folder.0.join("sitemap.xml"), folder.0.join("map.xml")).unwrap();
    assert_ne!(version(), first, "a name");
    assert_eq!(
        worker(&folder.0).1.into_keys().collect::<Vec<_>>(),
        ["index.html"]
    );
    Offline::Off
        .write(&folder.0, &files(&folder.0).unwrap())
        .unwrap();
    let off = fs::read_to_string(folder.0.join(offline::NAME)).unwrap();
    assert!(off.contains("unregister") && !off.contains("FILES"));
}

#[test]
fn copies_are_smaller_and_decode_to_the_original() {
    let text = "What a reader downloads. ".repeat(200);
    let folder = Folder::new(
        "copies",
        &[
            ("index.html", text.as_str()),
            ("data/dataset.csv", &text),
            ("short.html", "short"),
            ("icons/180.png", &text),
        ],
    );
    publish(&folder.0);
    for path in ["index.html", "data/dataset.csv", offline::NAME] {
        let original = fs::read(folder.0.join(path)).unwrap();
        for (ending, decode) in [("br", brotli as fn(&Path) -> Vec<u8>), ("gz", gzip)] {
            let copy = folder.0.join(format!("{path}.{ending}"));
            assert!(fs::metadata(&copy).unwrap().len() < original.len() as u64);
            assert_eq!(decode(&copy), original, "{path}.{ending}");
        }
    }
    for path in [
        "short.html.br",
        "short.html.gz",
        "icons/180.png.br",
        "_headers.gz",
    ] {
        assert!(!folder.0.join(path).exists(), "{path}");
    }
    // A second time, copies are no files of their own.
    let before = files(&folder.0).unwrap();
    publish(&folder.0);
    assert_eq!(files(&folder.0).unwrap(), before);
    assert_eq!(before.len(), 4);
}

#[test]
fn the_release_has_copies_and_a_worker_of_just_its_files() {
    let dist = dist();
    let (_, kept) = worker(&dist);
    let files = files(&dist).unwrap();
    for File { path, digest, .. } in &files {
        let file = dist.join(path);
        let content = fs::read(&file).unwrap();
        assert_eq!(*digest, integrity(&content), "{path}");
        assert_eq!(
            kept.get(path),
            Some(digest).filter(|_| is_kept(path)),
            "{path}"
        );
        for (ending, decode) in [("br", brotli as fn(&Path) -> Vec<u8>), ("gz", gzip)] {
            let copy = dist.join(format!("{path}.{ending}"));
            if copy.exists() {
                assert_eq!(decode(&copy), content, "{}", copy.display());
            } else {
                let small = content.len() < 1024 || path.ends_with("png");
                assert!(small, "{path} has no .{ending}");
            }
        }
    }
    let n_kept = files.iter().filter(|it| is_kept(&it.path)).count();
    assert_eq!(kept.len(), n_kept);
    let pages = [
        "index.html",
        "about.html",
        "embed.html",
        "subject/chicago-il.html",
    ];
    assert!(pages.iter().all(|it| kept.contains_key(*it)));
    assert_eq!(
        fs::read_to_string(dist.join(HEADERS)).unwrap(),
        headers(&files, &policy(&dist))
    );
}

#[test]
fn a_pages_policy_has_the_digest_of_what_it_has_in_itself_and_of_nothing_else() {
    let dist = dist();
    let digests = |html: &Html, css: &str| -> String {
        let elements = Selector::parse(css).unwrap();
        let texts = html.select(&elements).map(|it| it.text().collect());
        let mut all: Vec<String> = texts
            .map(|it: String| " '".to_owned() + &integrity(it.as_bytes()) + "'")
            .collect();
        all.dedup();
        all.concat()
    };
    for (path, inside) in [
        ("index.html", (1, 1)),
        ("embed.html", (2, 1)),
        ("about.html", (0, 0)),
    ] {
        let page = fs::read_to_string(dist.join(path)).unwrap();
        let html = Html::parse_document(&page);
        let styles = digests(&html, "style");
        let scripts = digests(&html, "script:not([src], [type='application/ld+json'])");
        let n_digests = |it: &str| it.matches("sha256-").count();
        assert_eq!((n_digests(&styles), n_digests(&scripts)), inside, "{path}");
        let expected = POLICY
            .replace("style-src 'self'", &format!("style-src 'self'{styles}"))
            .replace("script-src 'self'", &format!("script-src 'self'{scripts}"));
        assert_eq!(policy_of(&page).unwrap(), expected, "{path}");
    }
    // What a host is asked to send holds for all of them.
    let sent = policy(&dist);
    for path in ["index.html", "embed.html", "about.html"] {
        let page = fs::read_to_string(dist.join(path)).unwrap();
        let directives = policy_of(&page).unwrap().split("; ");
        for (asked, sent) in directives.zip(sent.split("; ")) {
            let sent: Vec<&str> = sent.split(' ').collect();
            assert!(
                asked.split(' ').all(|it| sent.contains(&it)),
                "{path}: {asked}"
            );
        }
    }
}

#[test]
fn browsers_pause_below_the_masthead_for_a_script_that_has_run_before() {
    let page = fs::read_to_string(dist().join("index.html")).unwrap();
    let html = Html::parse_document(&page);
    let text = |css: &str| -> Vec<String> {
        let scripts = Selector::parse(css).unwrap();
        html.select(&scripts)
            .map(|it| it.text().collect())
            .collect()
    };
    let pause = text("body > .masthead + script:not([src]):has(+ #explorer)");
    assert_eq!(pause, text("head > script:not([src], [type])"));
    assert_eq!(pause.len(), 1);
}

#[test]
fn what_readers_wait_for_is_compressed_with_the_most_effort() {
    const KB: u64 = 1 << 10;
    let site = [
        ("list/1.html", 600 * KB),
        ("parts/small.part", 60 * KB),
        ("parts/large.part", 400 * KB),
        ("index.html", 90 * KB),
        ("page-527d326c45070d98.wasm", 400 * KB),
        ("data/dataset.json", 160 << 20),
    ];
    let efforts_of = |site: &[(&'static str, u64)]| -> BTreeMap<&str, Effort> {
        efforts(site.to_vec()).into_iter().collect()
    };
    let small = efforts_of(&site);
    let large: Vec<&str> = small
        .iter()
        .filter(|it| *it.1 == Effort::LITTLE)
        .map(|it| *it.0)
        .collect();
    assert_eq!(large, ["data/dataset.json"]);
    // Parts that fill the megabytes which are worth it leave none for what comes after.
    let names: Vec<String> = (0..100).map(|it| format!("parts/{it}.part")).collect();
    let parts = names.iter().map(|it| (it.as_str(), 80 * KB));
    let many: BTreeMap<&str, Effort> = efforts(site.into_iter().chain(parts).collect())
        .into_iter()
        .collect();
    assert_eq!(many.len(), 106);
    for path in [
        "index.html",
        "page-527d326c45070d98.wasm",
        "parts/large.part",
    ] {
        assert_eq!(many[path], Effort::MOST, "{path}");
    }
    for path in ["list/1.html", "parts/small.part", "parts/99.part"] {
        assert_eq!(many[path], Effort::LITTLE, "{path}");
    }
    let most = many.iter().filter(|it| *it.1 == Effort::MOST);
    assert!(most.count() > 30);
}

#[test]
fn a_browser_is_not_made_to_keep_large_files() {
    let large = "fact,".repeat(1 + usize::try_from(limits::KEPT_BYTES).unwrap() / 5);
    let site = [
        ("index.html", large.as_str()),
        ("data/dataset.csv", large.as_str()),
        ("data/dataset.json", "{}"),
    ];
    let folder = Folder::new("large", &site);
    publish(&folder.0);
    let kept: Vec<String> = worker(&folder.0).1.into_keys().collect();
    assert_eq!(kept, ["data/dataset.json", "index.html"]);
}

/// The rules of a file of headers: for each path its names and values.
fn rules(text: &str) -> Vec<(&str, Vec<(&str, &str)>)> {
    let mut rules: Vec<(&str, Vec<(&str, &str)>)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("  ") {
            Some(header) => rules
                .last_mut()
                .unwrap()
                .1
                .push(header.split_once(": ").unwrap()),
            None => rules.push((line, Vec::new())),
        }
    }
    rules
}

/// A browser that reads the style first asks later; one that hasn't read the policy yet asks for what it may refuse.
#[test]
fn a_page_asks_for_its_program_after_the_policy_and_before_the_style() {
    for path in ["index.html", "embed.html"] {
        let page = fs::read_to_string(dist().join(path)).unwrap();
        let at = |text: &str| {
            page.find(text)
                .unwrap_or_else(|| panic!("{path}: no {text}"))
        };
        let wasm = at("<link rel=\"preload\" as=\"fetch\"");
        assert!(
            at("Content-Security-Policy") < wasm && wasm < at("<style"),
            "{path}"
        );
        assert!(at("<link rel=\"modulepreload\"") < at("<style"), "{path}");
    }
}

#[test]
fn headers_are_said_once_for_each_file() {
    let names = [
        "about.html",
        "changes.atom",
        "data/README.txt",
        "data/dataset.csv",
        "embed.js",
        "index.html",
        "manifest.webmanifest",
        "more-19ad0c360581a582.pack",
        "standalone.html",
        "style-7e8e892be2e36415.css",
        "subject/chicago-il.html",
        "x-70c0e0c128df5d0_bg.wasm",
    ];
    let files = names.map(|it| File {
        path: it.to_owned(),
        digest: format!("digest of {it}"),
        bytes: 0,
    });
    let text = headers(&files, POLICY);
    let rules = rules(&text);
    // Those hosts read at most 100 rules and 2000 letters to a line.
    assert!(rules.len() <= 100 && text.lines().all(|it| it.len() <= 2000));
    let fits = |rule: &str, path: &str| match rule.strip_suffix('*') {
        Some(folder) => path.starts_with(folder),
        None => rule == path,
    };
    let of = |path: &str| -> BTreeMap<&str, &str> {
        let fit = rules.iter().filter(|it| fits(it.0, path));
        let headers: Vec<(&str, &str)> = fit.flat_map(|it| it.1.clone()).collect();
        let map: BTreeMap<&str, &str> = headers.iter().copied().collect();
        assert_eq!(map.len(), headers.len(), "{path}: {headers:?}");
        assert_eq!(map["Access-Control-Allow-Origin"], "*", "{path}");
        assert_eq!(map["X-Content-Type-Options"], "nosniff", "{path}");
        assert!(!map.contains_key("X-Frame-Options"), "{path}");
        map
    };
    for path in [
        "/",
        "/index.html",
        "/about.html",
        "/subject/chicago-il.html",
        "/sw.js",
    ] {
        let headers = of(path);
        assert_eq!(headers["Content-Security-Policy"], POLICY, "{path}");
        assert_eq!(headers["Cache-Control"], "no-cache", "{path}");
    }
    for path in [
        "/embed.js",
        "/data/README.txt",
        "/data/dataset.csv",
        "/changes.atom",
        "/manifest.webmanifest",
    ] {
        assert_eq!(of(path)["Cache-Control"], "no-cache", "{path}");
    }
    for path in [
        "/style-7e8e892be2e36415.css",
        "/x-70c0e0c128df5d0_bg.wasm",
        "/more-19ad0c360581a582.pack",
    ] {
        assert!(of(path)["Cache-Control"].contains("immutable"), "{path}");
    }
    // It has scripts in itself, and a policy of its own.
    assert!(!of("/standalone.html").contains_key("Content-Security-Policy"));
    assert_eq!(
        of("/data/README.txt")["Content-Type"],
        "text/plain; charset=utf-8"
    );
    assert_eq!(
        of("/manifest.webmanifest")["Content-Type"],
        "application/manifest+json"
    );
    assert_eq!(
        of("/x-70c0e0c128df5d0_bg.wasm")["Content-Type"],
        "application/wasm"
    );
    assert!(
        !POLICY.contains("frame-ancestors"),
        "embedding stays allowed"
    );
}

#[test]
fn without_a_publisher_the_kicker_or_the_title_is_under_the_icon() {
    let mut dataset = read(Path::new("tests/datasets/good")).unwrap();
    for (kicker, name) in [("Moons", "Moons"), ("", "Which moons have been visited?")] {
        kicker.clone_into(&mut dataset.about.kicker);
        let manifest: Value = serde_json::from_str(&manifest(&dataset).unwrap()).unwrap();
        assert_eq!(manifest["short_name"], name);
    }
}

#[test]
fn the_manifest_names_the_dataset_and_icons_of_the_sizes_it_says() {
    let dataset = read(Path::new("data/section-1373")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest(&dataset).unwrap()).unwrap();
    assert_eq!(manifest["name"], dataset.about.title);
    assert_eq!(manifest["short_name"], "Fact Explorer");
    assert_eq!(
        (&manifest["start_url"], &manifest["scope"]),
        (&"./".into(), &"./".into())
    );
    assert_eq!(manifest["background_color"], "#fbf9f4");
    assert!(
        manifest.get("id").is_none(),
        "two explorers on a host are two apps"
    );
    let icons: BTreeMap<&str, Vec<u8>> = manifest::icons().unwrap().into_iter().collect();
    let size = |path: &str| {
        let image = &icons[path];
        assert_eq!(&image[..8], b"\x89PNG\r\n\x1a\n", "{path}");
        let number = |at: usize| u32::from_be_bytes(image[at..at + 4].try_into().unwrap());
        assert_eq!(number(16), number(20), "{path}");
        number(16)
    };
    let named = manifest["icons"].as_array().unwrap();
    for icon in named {
        let size = size(icon["src"].as_str().unwrap());
        assert_eq!(icon["sizes"], format!("{size}x{size}"));
    }
    let of = |purpose: &str| named.iter().filter(|it| it["purpose"] == purpose).count();
    assert_eq!((of("any"), of("maskable")), (2, 1));
    assert_eq!(size(manifest::APPLE), 180);
    assert_eq!(icons.len(), 4);
}

/// How far from the middle the farthest ink is, in parts of the width.
fn reach(image: &[u8]) -> f64 {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(image));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let width = reader.next_frame(&mut bytes).unwrap().width as usize;
    let (paper, middle) = (
        bytes[..3].to_vec(),
        f64::from(u32::try_from(width).unwrap()) / 2.0,
    );
    let far = bytes
        .chunks(3)
        .enumerate()
        .filter(|it| it.1 != paper)
        .map(|(at, _)| {
            let along = |it: usize| f64::from(u32::try_from(it).unwrap()) + 0.5 - middle;
            along(at % width).hypot(along(at / width))
        });
    far.fold(0.0, f64::max) / (2.0 * middle)
}

#[test]
fn what_a_device_may_cut_off_an_icon_is_paper() {
    for (path, image) in manifest::icons().unwrap() {
        let reach = reach(&image);
        // A circle of 80 per cent.
        assert!(reach > 0.2 && reach < 0.5, "{path}: {reach}");
        assert!(!path.contains("maskable") || reach < 0.4, "{path}: {reach}");
    }
}

#[test]
fn the_command_knows_the_switch() {
    let run = |value| refusal("FACT_EXPLORER_OFFLINE", value);
    assert_eq!(
        run("no"),
        "FACT_EXPLORER_OFFLINE: “no” is neither on nor off\n"
    );
    // These get as far as the folder.
    for value in ["", "on", "off"] {
        assert!(run(value).starts_with("tests/datasets/nowhere: "));
    }
}
