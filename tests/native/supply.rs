use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fact_explorer::site::engine::NOTICES;
use scraper::{Html, Selector};
use serde_json::Value;

use crate::weight::dist;

/// What a release build writes beside its folder, in the one that Cargo builds in.
fn beside(name: &str) -> PathBuf {
    dist().join("../target").join(name)
}

/// The notices that the command for authors is published with.
const NOTICES_OF_COMMAND: &str = "THIRD-PARTY-COMMAND.txt";

/// Notices: each numbered line, and for each number the texts that are for it.
struct Notices {
    lines: Vec<String>,
    texts: BTreeMap<usize, Vec<String>>,
}

/// The notices of the release.
fn notices() -> Notices {
    notices_in(&dist().join(NOTICES))
}

fn notices_in(file: &Path) -> Notices {
    let all = fs::read_to_string(file)
        .unwrap_or_else(|it| panic!("{}: {it}; run `make dist`", file.display()));
    let rule = format!("\n{}\n", "-".repeat(80));
    let (list, texts) = all.split_once(&rule).unwrap();
    let number = |line: &str| line.split_once(". ")?.0.parse::<usize>().ok();
    let lines: Vec<&str> = list.lines().filter(|it| number(it).is_some()).collect();
    for (at, line) in lines.iter().enumerate() {
        assert_eq!(number(line), Some(at + 1), "{line}");
    }
    let mut of = BTreeMap::new();
    for text in texts.split(&rule) {
        let (numbers, text) = text.split_once("\n\n").unwrap();
        for number in numbers.strip_prefix("For ").unwrap().split(", ") {
            let texts: &mut Vec<String> = of.entry(number.parse().unwrap()).or_default();
            texts.push(text.trim().to_owned());
        }
    }
    Notices {
        lines: lines
            .iter()
            .map(|it| it.split_once(". ").unwrap().1.to_owned())
            .collect(),
        texts: of,
    }
}

#[test]
fn whoever_has_a_part_in_the_program_is_told_with_the_licence_that_it_asks_for() {
    every_line_has_its_texts(notices());
}

#[test]
fn whoever_has_a_part_in_the_command_is_told_with_the_licence_that_it_asks_for() {
    let notices = notices_in(&beside(NOTICES_OF_COMMAND));
    // Its crates, those of the page among them, are what the bill of materials has of others.
    let bill = bill();
    let components = bill["components"].as_array().unwrap();
    let is_in = |it: &&Value| {
        let of = &it["properties"][0]["value"];
        let is_crate = it["bom-ref"].as_str().unwrap().starts_with("pkg:cargo/");
        is_crate && it["hashes"].is_array() && (of == "page" || of == "command")
    };
    let name = |it: &Value| format!("{} {}", it["name"], it["version"]).replace('"', "");
    let crates: BTreeSet<String> = components.iter().filter(is_in).map(name).collect();
    let names = notices
        .lines
        .iter()
        .map(|it| it.split_once(" [").unwrap().0);
    let names: BTreeSet<String> = names.map(str::to_owned).collect();
    let told = names.iter().filter(|it| it.split(' ').count() == 2);
    assert_eq!(told.cloned().collect::<BTreeSet<_>>(), crates);
    for typeface in ["Newsreader", "Public Sans"] {
        assert!(names.iter().any(|it| it.starts_with(typeface)));
    }
    every_line_has_its_texts(notices);
}

fn every_line_has_its_texts(Notices { lines, texts }: Notices) {
    assert!(lines.len() > 100, "{}", lines.len());
    // What begins each text, or is in no other.
    let marks = [
        ("BSD-2-Clause", "Redistributions in binary form must"),
        ("BSD-3-Clause", "Neither the name of"),
        ("OFL-1.1", "SIL OPEN FONT LICENSE"),
        ("MIT", "Permission is hereby granted, free of charge"),
        ("Zlib", "may not be removed or altered from any source"),
        ("ISC", "Permission to use, copy, modify, and/or distribute"),
        ("BSL-1.0", "Boost Software License"),
        ("Unicode-3.0", "UNICODE LICENSE V3"),
        ("Apache-2.0", "Apache License"),
    ];
    for (at, line) in lines.iter().enumerate() {
        let (_, licence) = line.split_once(" [").unwrap();
        let (licence, from) = licence.split_once("] ").unwrap();
        assert!(from.starts_with("https://"), "{line}");
        let taken = licence.rsplit(": ").next().unwrap();
        let texts = &texts[&(at + 1)];
        for taken in taken.split(" AND ") {
            let mark = marks.iter().find(|it| it.0 == taken).unwrap().1;
            assert!(texts.iter().any(|it| it.contains(mark)), "{line}: {taken}");
        }
    }
    assert_eq!(texts.len(), lines.len());
}

#[test]
fn the_crates_of_the_program_are_those_of_the_lock_file() {
    let lock = fs::read_to_string("Cargo.lock").unwrap();
    let lines = notices().lines;
    let crates: BTreeSet<&str> = lines
        .iter()
        .filter_map(|it| it.split_once(" [").map(|it| it.0))
        .filter(|it| it.split(' ').count() == 2)
        .collect();
    for it in &crates {
        let (name, version) = it.split_once(' ').unwrap();
        let locked = format!("name = \"{name}\"\nversion = \"{version}\"\n");
        assert!(lock.contains(&locked), "{it}");
    }
    let is_there = |name: &str| {
        let mut crates = crates.iter();
        crates.any(|it| it.split_once(' ').is_some_and(|it| it.0 == name))
    };
    for name in [
        "leptos",
        "tachys",
        "reactive_graph",
        "wasm-bindgen",
        "js-sys",
        "web-sys",
    ] {
        assert!(is_there(name), "{name}");
    }
    // Only the command has them, or only what builds.
    for name in ["clap", "tokio", "leptos_macro", "proptest", "fact-explorer"] {
        assert!(!is_there(name), "{name}");
    }
    assert!(
        lines
            .iter()
            .any(|it| it.starts_with("The Rust standard library"))
    );
    assert!(lines.iter().any(|it| it.starts_with("us-atlas")));
}

#[test]
fn a_reader_finds_them_on_the_page_behind_the_facts() {
    let html = Html::parse_document(&fs::read_to_string(dist().join("about.html")).unwrap());
    let link = Selector::parse(&format!("footer a[href='./{NOTICES}']")).unwrap();
    assert_eq!(html.select(&link).count(), 1);
}

fn bill_text() -> String {
    let file = beside("fact-explorer.cdx.json");
    fs::read_to_string(&file)
        .unwrap_or_else(|it| panic!("{}: {it}; run `make dist`", file.display()))
}

fn bill() -> Value {
    serde_json::from_str(&bill_text()).unwrap()
}

#[test]
fn the_bill_of_materials_says_what_there_is_and_nothing_of_when_or_where() {
    let text = bill_text();
    let bill = bill();
    assert_eq!(bill["bomFormat"], "CycloneDX");
    assert_eq!(bill["specVersion"], "1.5");
    assert!(bill.get("serialNumber").is_none());
    assert!(bill["metadata"].get("timestamp").is_none());
    let home = std::env::var("HOME").unwrap_or_default();
    assert!(home.is_empty() || home == "/" || !text.contains(&home));
    let components = bill["components"].as_array().unwrap();
    let of = |part: &str| -> BTreeSet<String> {
        let is = |it: &&Value| it["properties"][0]["value"] == part;
        let name = |it: &Value| format!("{} {}", it["name"], it["version"]).replace('"', "");
        components.iter().filter(is).map(name).collect()
    };
    let page = of("page");
    for line in notices().lines {
        let name = line.split_once(" [").unwrap().0;
        // A work that is no crate is told in more words, and has a shorter name in the bill.
        let works = [
            ("The Rust standard library", "rust-std"),
            ("us-atlas", "us-atlas"),
        ];
        let work = works.iter().find(|it| name.starts_with(it.0));
        let component = work.map_or_else(
            || name.to_owned(),
            |it| format!("{} {}", it.1, name.rsplit(' ').next().unwrap()),
        );
        assert!(page.contains(&component), "{name}: {component}");
    }
    for (part, name) in [
        ("page", "rust-std"),
        ("page", "us-atlas"),
        ("command", "clap"),
        ("command", "newsreader"),
        ("command", "public-sans"),
        ("build", "leptos_macro"),
        ("build", "binaryen"),
        ("build", "trunk"),
        ("test", "axe-core"),
    ] {
        let of = of(part);
        let is = |it: &String| it.split_once(' ').is_some_and(|it| it.0 == name);
        assert!(of.iter().any(is), "{part}: {name}");
    }
    // Whatever depends on something depends on what is in the bill.
    let refs: BTreeSet<_> = components.iter().map(|it| it["bom-ref"].as_str()).collect();
    for it in bill["dependencies"].as_array().unwrap() {
        for on in it["dependsOn"].as_array().into_iter().flatten() {
            assert!(refs.contains(&on.as_str()), "{} on {on}", it["ref"]);
        }
    }
}

/// The packages of a lock file of npm, by their paths, without the list of what is wanted.
fn packages(folder: &str) -> BTreeMap<String, Value> {
    let lock = fs::read_to_string(format!("{folder}/package-lock.json")).unwrap();
    let lock: Value = serde_json::from_str(&lock).unwrap();
    let packages = lock["packages"].as_object().unwrap().clone();
    packages.into_iter().filter(|it| !it.0.is_empty()).collect()
}

#[test]
fn what_comes_from_npm_is_pinned_and_permissive_and_runs_nothing_when_it_is_installed() {
    let permissive = [
        "MIT",
        "ISC",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "0BSD",
        // As `mkdirp` 0.3.0 calls MIT.
        "MIT/X11",
    ];
    // Each by its path, with why it may be so.
    let licences: [(&str, &str, Value); 2] = [
        // It runs in tests only, unchanged, and ships with nothing.
        ("tools", "node_modules/axe-core", "MPL-2.0".into()),
        // Its package is older than that field; its LICENSE is Apache-2.0. For comparison only.
        ("bench", "node_modules/hogan.js", Value::Null),
    ];
    // It would fetch a program for this machine, which is a package of its own in the lock file. What
    // installs here runs no scripts (tools/setup.sh).
    let scripts = [("bench", "node_modules/esbuild")];
    for folder in ["tools", "bench"] {
        let packages = packages(folder);
        assert!(packages.len() > 10, "{folder}");
        for (path, package) in &packages {
            let integrity = package["integrity"].as_str().unwrap_or_default();
            assert!(integrity.starts_with("sha512-"), "{folder}: {path}");
            // Where it comes from is for each machine to say.
            assert!(package.get("resolved").is_none(), "{folder}: {path}");
            let licence = &package["license"];
            let is_permissive = licence.as_str().is_some_and(|it| permissive.contains(&it));
            let is_excepted = licences.contains(&(folder, path, licence.clone()));
            assert!(is_permissive != is_excepted, "{folder}: {path}: {licence}");
            let has_script = package["hasInstallScript"] == true;
            assert_eq!(
                has_script,
                scripts.contains(&(folder, path)),
                "{folder}: {path}"
            );
        }
        for (of, path, _) in &licences {
            assert!(*of != folder || packages.contains_key(*path), "{path}");
        }
    }
    let setup = fs::read_to_string("tools/setup.sh").unwrap();
    assert!(setup.contains(" ci --ignore-scripts"));
}
