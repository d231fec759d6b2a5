//! Arrows go one way: view → export → query → dataset; browser and site at the edges.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|it| it == "rs") {
            into.push(path);
        }
    }
}

/// The lines of a module's files that name any of these, comments aside.
fn naming(module: &str, words: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut found = Vec::new();
    for file in files {
        let name = file.strip_prefix("src").unwrap().to_str().unwrap();
        if name != format!("{module}.rs") && !name.starts_with(&format!("{module}/")) {
            continue;
        }
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            let code = line.split("//").next().unwrap();
            if words.iter().any(|it| code.contains(it)) {
                found.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    found
}

#[test]
fn each_part_names_only_what_is_below_it() {
    let browser = [
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "gloo",
        "leptos::web_sys",
    ];
    let none: [String; 0] = [];
    for (module, above) in [
        (
            "language",
            &[
                "crate::dataset",
                "crate::query",
                "crate::export",
                "crate::view",
                "crate::browser",
                "crate::site",
                "leptos",
            ][..],
        ),
        (
            "dataset",
            &[
                "crate::query",
                "crate::export",
                "crate::view",
                "crate::browser",
                "crate::site",
                "leptos",
            ][..],
        ),
        (
            "query",
            &[
                "crate::export",
                "crate::view",
                "crate::browser",
                "crate::site",
                "leptos",
            ][..],
        ),
        (
            "export",
            &["crate::view", "crate::browser", "crate::site", "leptos"][..],
        ),
        ("view", &["crate::browser", "crate::site"][..]),
    ] {
        assert_eq!(naming(module, above), none, "{module}");
        assert_eq!(naming(module, &browser), none, "{module} names the browser");
    }
    assert_eq!(naming("site", &browser), none);
    assert_eq!(naming("browser", &["crate::site"]), none);
}

#[test]
fn a_rule_that_is_broken_is_found() {
    assert!(!naming("view", &["crate::query"]).is_empty());
    assert!(!naming("browser", &["web_sys"]).is_empty());
}
