use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::read::read;
use fact_explorer::site::address::Address;
use fact_explorer::site::engine::NOTICES;
use fact_explorer::site::packed;
use fact_explorer::site::standalone::{adler, classic, parts, text};
use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest, Sha256};

use crate::weight::dist;

/// What the file may weigh, in bytes: 400 KiB.
const MOST: usize = 409_600;

fn file() -> String {
    let file = dist().join("standalone.html");
    fs::read_to_string(&file)
        .unwrap_or_else(|it| panic!("{}: {it}; run `make dist`", file.display()))
}

fn all<'a>(html: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(css).unwrap()).collect()
}

fn texts(html: &Html, css: &str) -> Vec<String> {
    let text = |it: &ElementRef| it.text().collect();
    all(html, css).iter().map(text).collect()
}

fn ids(html: &Html) -> BTreeSet<String> {
    let elements = all(html, "[id]");
    let ids: BTreeSet<String> = elements
        .iter()
        .map(|it| it.attr("id").unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), elements.len(), "ids are unique");
    ids
}

/// Letters back to bytes, as `standalone.js` reads them.
fn bytes(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = (b'('..=b'~').filter(|it| !b"<\\".contains(it)).collect();
    let letters: Vec<u8> = text.bytes().filter(|it| *it != b'\n').collect();
    let value = |it: &u8| u32::try_from(digits.iter().position(|digit| digit == it).unwrap());
    letters
        .chunks(5)
        .flat_map(|five| {
            let number = five
                .iter()
                .fold(0u32, |sum, it| sum * 85 + value(it).unwrap());
            number.to_be_bytes()
        })
        .collect()
}

/// What is packed in the file, unpacked, by its paths.
fn unpacked(html: &Html) -> BTreeMap<String, Vec<u8>> {
    let block = &all(html, "#block")[0];
    let packed = bytes(&block.text().collect::<String>());
    let mut archive = Vec::new();
    lzma_rust2::LzmaReader::new_mem_limit(&*packed, u32::MAX, None)
        .unwrap()
        .read_to_end(&mut archive)
        .unwrap();
    let sum: u32 = block.attr("data-sum").unwrap().parse().unwrap();
    assert_eq!(adler(&archive), sum);
    let end = archive.windows(2).position(|it| it == b"\n\n").unwrap();
    let mut at = end + 2;
    let mut files = BTreeMap::new();
    for line in str::from_utf8(&archive[..end]).unwrap().lines() {
        let (length, path) = line.split_once(' ').unwrap();
        let length: usize = length.parse().unwrap();
        files.insert(path.to_owned(), archive[at..at + length].to_vec());
        at += length;
    }
    assert_eq!(at, archive.len());
    files
}

#[test]
fn it_keeps_to_its_budget() {
    let bytes = file().len();
    println!("standalone.html: {bytes} of {MOST} bytes");
    assert!(bytes <= MOST, "{bytes}");
}

#[test]
fn it_is_well_formed_and_asks_for_nothing() {
    let file = file();
    let html = Html::parse_document(&file);
    assert_eq!(html.errors, Vec::<String>::new());
    let ids = ids(&html);
    for link in all(&html, "a[href], link[href]") {
        let href = link.attr("href").unwrap();
        let is_fine = ["http://", "https://", "mailto:", "data:"]
            .iter()
            .any(|it| href.starts_with(it))
            || href
                .strip_prefix('#')
                .is_some_and(|it| it.contains('=') || ids.contains(it))
            || (href.is_empty() && link.attr("hidden").is_some());
        assert!(is_fine, "{href}");
    }
    let outside = "[src], [srcset], [poster], [action], iframe, object, embed, img, base, [style], \
                   link:not([rel=icon]):not([rel=canonical])";
    assert_eq!(all(&html, outside).len(), 0);
    // Cards are there before any script, and where scripts are off a link to what is packed leads to
    // a line that says so.
    assert_eq!(all(&html, "article[data-subject]").len(), 40);
    for page in ["about.html", "changes.html", "corrections.html"] {
        let line = &texts(&html, &format!("[id='{page}']"))[0];
        assert!(line.ends_with("needs scripts."), "{page}: {line}");
        assert_eq!(all(&html, &format!(".masthead [href='#{page}']")).len(), 1);
    }
    // Mail breaks what has longer lines.
    let block = &texts(&html, "#block")[0];
    assert!(block.lines().all(|it| it.len() <= 500));
}

#[test]
fn its_policy_has_the_hash_of_each_script_and_style_and_of_nothing_else() {
    let html = Html::parse_document(&file());
    let policy = all(&html, "meta[http-equiv=Content-Security-Policy]")[0]
        .attr("content")
        .unwrap()
        .to_owned();
    let glue = unpacked(&html).remove("page.js").unwrap();
    let scripts = texts(&html, "script:not([type])").into_iter();
    let scripts = scripts.chain([String::from_utf8(glue).unwrap()]);
    // To a parser with scripts, what is in `noscript` is text.
    let plain = texts(&html, "noscript").concat();
    let plain = plain.strip_prefix("<style>").unwrap();
    let plain = plain.strip_suffix("</style>").unwrap();
    let mut styles = texts(&html, "style");
    styles.push(plain.to_owned());
    assert_eq!(styles.len(), 2);
    let hashes = |texts: Vec<String>| -> String {
        texts
            .iter()
            .map(|it| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(it))))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let expected = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; img-src data:; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
         trusted-types default",
        hashes(scripts.collect()),
        hashes(styles),
    );
    assert_eq!(policy, expected);
    // It comes before anything that it is about.
    assert_eq!(
        all(&html, "head > *")[1].attr("http-equiv"),
        Some("Content-Security-Policy")
    );
}

#[test]
fn what_is_packed_comes_out_as_it_went_in() {
    let html = Html::parse_document(&file());
    let files = unpacked(&html);
    let dataset = dataset();
    // What the build was told.
    let site = all(&html, "[data-full]")[0].attr("href");
    let address = site.map_or_else(Address::default, |it| Address::parse(it).unwrap());
    let notices = fs::read_to_string(dist().join(NOTICES)).unwrap();
    let parts = parts(&dataset, packed(&dataset).unwrap(), &address, &notices);
    for (path, text) in parts.files {
        assert!(files[&path] == text.into_bytes(), "{path}");
    }
    for it in ["page.wasm", "later.wasm"] {
        assert!(files[it].starts_with(b"\0asm"));
    }
    assert!(files.contains_key("more.pack"));
    // The explorer, the other pages, the records, the program in three files and the second pack.
    assert_eq!(files.len(), 1 + 3 + 40 + 3 + 1);
}

fn dataset() -> Dataset {
    read(Path::new("data/section-1373")).unwrap()
}

/// Every link of what is packed leads to something else in the file, or to the web.
#[test]
fn every_link_leads_somewhere() {
    let there = Address::parse("https://example.org/facts/").unwrap();
    let good = read(Path::new("tests/datasets/good")).unwrap();
    for (dataset, address) in [
        (dataset(), Address::default()),
        (dataset(), there.clone()),
        (good, Address::default()),
    ] {
        let parts = parts(&dataset, packed(&dataset).unwrap(), &address, "");
        let files: BTreeMap<String, Html> = parts
            .files
            .into_iter()
            .map(|(path, text)| (path, Html::parse_fragment(&text)))
            .collect();
        let explorer = ids(&files["index.html"]);
        for (path, html) in &files {
            let own = ids(html);
            let up = if path.contains('/') { "../" } else { "./" };
            for link in all(html, "a[href]") {
                let href = link.attr("href").unwrap();
                if ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|it| href.starts_with(it))
                    || (href.is_empty() && link.attr("hidden").is_some())
                {
                    continue;
                }
                if let Some(id) = href.strip_prefix('#') {
                    // A record's parts stand in the card that has its history.
                    let in_card = path.starts_with("subject/") && explorer.contains(id);
                    let ok = own.contains(id) || in_card || id.contains('=');
                    assert!(ok, "{path}: {href}");
                    continue;
                }
                let (file, id) = href.split_once('#').unwrap_or((href, ""));
                let file = file
                    .strip_prefix(up)
                    .unwrap_or_else(|| panic!("{path}: {href}"));
                let there = if file.starts_with("subject/") {
                    assert!(files.contains_key(file), "{path}: {href}");
                    &explorer
                } else {
                    &ids(&files[file])
                };
                assert!(id.is_empty() || there.contains(id), "{path}: {href}");
            }
            assert_eq!(all(html, ".cite-this, script, style, [style]").len(), 0);
        }
        // Only where the site's address is known there is a way to what isn't in the file.
        let n = usize::from(address.is_known());
        let to = |path: &str| format!("a[href='{}{path}']", address.known());
        let masthead = Html::parse_fragment(&parts.page.masthead);
        let colophon = Html::parse_fragment(&parts.page.colophon);
        for (html, path) in [
            (&colophon, "data/dataset.csv"),
            (&colophon, "data/dataset.json"),
            (&files["changes.html"], "changes.atom"),
            (&files["about.html"], "changes.atom"),
        ] {
            assert_eq!(all(html, &to(path)).len(), n, "{path}");
            let feeds = texts(html, "a")
                .iter()
                .filter(|it| it.to_lowercase() == "feed")
                .count();
            assert_eq!(feeds, if path == "changes.atom" { n } else { 0 }, "{path}");
        }
        let whole = all(&masthead, "a[data-full]");
        assert_eq!(whole.len(), 1);
        assert_eq!(
            whole[0].attr("href"),
            Some(address.known()).filter(|it| !it.is_empty())
        );
        let copy = texts(&masthead, "p:not([hidden])").concat();
        assert_eq!(
            copy.contains(
                "A copy of https://example.org/facts/, as it was updated November 27, 2026."
            ),
            address.is_known()
        );
        for subject in &dataset.subjects {
            let record = to(&format!("subject/{}.html", subject.id));
            assert_eq!(all(&files["index.html"], &record).len(), n);
        }
    }
}

#[test]
fn a_module_becomes_a_classic_script() {
    let module =
        "const it = new URL('x.wasm', import.meta.url);\n\nexport { initSync, run as default };\n";
    let script = classic(module).unwrap();
    assert!(
        script.starts_with("window.start=(()=>{const it"),
        "{script}"
    );
    assert!(script.ends_with(";return run})()"), "{script}");
    assert!(!script.contains("import") && !script.contains("export"));
    assert!(classic("const a=1;export{b as c,a as default};").is_ok());
    for other in [
        "const a = 1;",
        "export { a };",
        "export default a;",
        "import { x } from './x.js';\nexport { x as default };",
        "import.meta.env;\nexport { x as default };",
    ] {
        assert!(classic(other).is_err(), "{other}");
    }
}

#[test]
fn the_checksum_is_the_one_of_the_standard() {
    assert_eq!(adler(b""), 1);
    assert_eq!(adler(b"Wikipedia"), 0x11E6_0398);
}

proptest! {
    #[test]
    fn any_bytes_survive_as_letters(given in proptest::collection::vec(any::<u8>(), 0..1200)) {
        let letters = text(&given);
        prop_assert!(!letters.contains(['<', '\\', ' ', '&', '"']));
        let back = bytes(&letters);
        prop_assert!(back.starts_with(&given) && back.len() < given.len() + 4);
        prop_assert!(back[given.len()..].iter().all(|it| *it == 0));
    }
}
