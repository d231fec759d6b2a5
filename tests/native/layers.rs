//! Arrows go one way: view → export → query → dataset; browser and site at the edges.

use std::path::Path;

use crate::command::files;

/// The lines of a module's files that name any of these, comments aside.
fn naming(module: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, bytes) in files(Path::new("src")) {
        let is_in = name == format!("{module}.rs") || name.starts_with(&format!("{module}/"));
        if !is_in || Path::new(&name).extension().is_none_or(|it| it != "rs") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        for (at, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap();
            if words.iter().any(|it| code.contains(it)) {
                found.push(format!("{name}:{}: {}", at + 1, line.trim()));
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
