use std::fs;
use std::path::{Path, PathBuf};

/// The release: `dist/`, or the folder that `FACT_EXPLORER_DIST` names.
pub fn dist() -> PathBuf {
    std::env::var_os("FACT_EXPLORER_DIST").map_or_else(|| PathBuf::from("dist"), PathBuf::from)
}

/// What a file of this name may weigh in the release, after brotli.
pub fn budget(name: &str) -> usize {
    let budgets: Budgets =
        toml::from_str(&fs::read_to_string("docs/budget.toml").unwrap()).unwrap();
    let mut budgets = budgets.budget.into_iter();
    let of = budgets.find(|it| it.files.iter().any(|it| it == name));
    of.unwrap().bytes
}

#[derive(serde::Deserialize)]
struct Budgets {
    budget: Vec<Budget>,
}

#[derive(serde::Deserialize)]
struct Budget {
    what: String,
    files: Vec<String>,
    bytes: usize,
    reason: String,
}

/// A file's size after brotli at its best, as a good host sends it.
fn brotli(file: &Path) -> usize {
    compressed(&fs::read(file).unwrap())
}

/// What bytes come to after brotli at its best.
pub fn compressed(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters).unwrap();
    out.len()
}

/// Whether a file's name fits: a name, `*.ending`, or `begin*ending`.
fn fits(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        Some((begin, end)) => name.starts_with(begin) && name.ends_with(end),
        None if pattern.starts_with('.') => name.ends_with(pattern),
        None => name == pattern,
    }
}

#[test]
fn the_release_keeps_to_its_budgets() {
    let dist = dist();
    let entries = fs::read_dir(&dist)
        .unwrap_or_else(|it| panic!("{}: {it}; run `make dist`", dist.display()));
    let files: Vec<PathBuf> = entries.flatten().map(|it| it.path()).collect();
    let budgets: Budgets =
        toml::from_str(&fs::read_to_string("docs/budget.toml").unwrap()).unwrap();
    assert!(!budgets.budget.is_empty());
    for budget in budgets.budget {
        let name = |it: &PathBuf| it.file_name().unwrap().to_str().unwrap().to_owned();
        let of: Vec<&PathBuf> = files
            .iter()
            .filter(|it| budget.files.iter().any(|pattern| fits(&name(it), pattern)))
            .collect();
        assert_eq!(of.len(), budget.files.len(), "{}: {of:?}", budget.what);
        let bytes: usize = of.iter().map(|it| brotli(it)).sum();
        println!("{}: {bytes} of {} bytes", budget.what, budget.bytes);
        assert!(
            bytes <= budget.bytes,
            "{}: {bytes} bytes, over {} ({})",
            budget.what,
            budget.bytes,
            budget.reason
        );
    }
}

/// What a browser fetches of a first visit before anybody asks for more, with gzip as most hosts send it, and 400
/// bytes for what a host says of each file.
#[test]
fn a_first_visit_takes_no_more_than_150_kib() {
    let entries = fs::read_dir(dist()).unwrap().flatten();
    let sizes: Vec<(String, u64)> = entries
        .map(|it| {
            let name = it.file_name().into_string().unwrap();
            (name, it.metadata().unwrap().len())
        })
        .collect();
    let files = [
        "index.html.gz",
        "page-*.wasm.gz",
        "page-*.js.gz",
        "start-*.js.gz",
        "offline-*.js.gz",
    ];
    let mut bytes = 0;
    for pattern in files {
        let mut of = sizes.iter().filter(|it| fits(&it.0, pattern));
        let (_, size) = of.next().unwrap_or_else(|| panic!("no {pattern}"));
        assert_eq!(of.next(), None, "{pattern}");
        bytes += size + 400;
    }
    println!("A first visit: {bytes} bytes");
    assert!(bytes <= 150 * 1024, "{bytes} bytes");
}

#[test]
fn the_tool_that_reads_the_wasm_is_of_the_crates_version() {
    let pins = fs::read_to_string("tools/versions.env").unwrap();
    let pin = pins
        .lines()
        .find_map(|it| it.strip_prefix("WASM_BINDGEN_VERSION="))
        .unwrap();
    let lock = fs::read_to_string("Cargo.lock").unwrap();
    assert!(
        lock.contains(&format!("name = \"wasm-bindgen\"\nversion = \"{pin}\"")),
        "{pin}"
    );
    assert!(
        fs::read_to_string("Trunk.toml")
            .unwrap()
            .contains(&format!("wasm_bindgen = \"{pin}\""))
    );
}
