use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::read::read;
use fact_explorer::site::address::Address;
use fact_explorer::site::document::{Head, LOST, Shared, document};
use fact_explorer::site::embed::HIDDEN;
use fact_explorer::site::packed;
use fact_explorer::site::page::{index_head, lost, plain};
use fact_explorer::site::xml::sitemap;
use fact_explorer::view::long::LONG;
use scraper::{Html, Selector};

fn dataset() -> Dataset {
    read(Path::new("data/section-1373")).unwrap()
}

fn there() -> Address {
    Address::parse("https://example.org/facts/").unwrap()
}

#[test]
fn an_address_is_absolute_and_a_folders() {
    for good in [
        "https://example.org/",
        "http://localhost:8080/",
        "https://example.org/a/b~c/%20/",
        "http://[::1]/x/",
    ] {
        assert!(Address::parse(good).unwrap().is_known(), "{good}");
    }
    for bad in [
        "",
        "/",
        "example.org/",
        "//example.org/",
        "ftp://example.org/",
        "HTTPS://example.org/",
        "https://",
        "https:///",
        "https://example.org",
        "https://example.org/index.html",
        "https://example.org/?x/",
        "https://example.org/#x/",
        "https://example.org/a b/",
        "https://example.org/\"/",
        "https://me:secret@example.org/",
        "https://example.org/\n/",
    ] {
        let problem = Address::parse(bad).unwrap_err();
        assert!(problem.contains("https://example.org/facts/"), "{problem}");
    }
}

fn heads(dataset: &Dataset, address: Address) -> Vec<Head> {
    let shared = Shared {
        address,
        ..Shared::default()
    };
    let pages = plain(dataset, packed(dataset).unwrap(), &shared);
    let mut heads = vec![index_head(dataset, &shared)];
    heads.extend(pages.into_iter().map(|it| it.0));
    heads
}

#[test]
fn the_map_has_every_page() {
    let dataset = dataset();
    for (address, begin) in [
        (there(), "https://example.org/facts/"),
        (Address::default(), ""),
    ] {
        let heads = heads(&dataset, address.clone());
        let map = sitemap(&dataset, &address, heads.iter().map(|it| it.path.as_str()));
        let locs: BTreeSet<&str> = map
            .split("<loc>")
            .skip(1)
            .map(|it| it.split_once("</loc>").unwrap().0)
            .collect();
        let expected: BTreeSet<String> = heads
            .iter()
            .map(|it| match it.path.as_str() {
                "index.html" if address.is_known() => begin.to_owned(),
                path => format!("{begin}{path}"),
            })
            .collect();
        assert_eq!(locs.len(), 44);
        assert_eq!(locs, expected.iter().map(String::as_str).collect());
        assert_eq!(map.matches("<lastmod>2026-11-27</lastmod>").count(), 44);
        assert!(map.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset "));
    }
}

#[test]
fn a_head_names_the_page_by_its_address_where_that_is_known() {
    let dataset = dataset();
    let markup = |address: Address, path: &str| -> String {
        let heads = heads(&dataset, address);
        let mut head = heads.into_iter().find(|it| it.path == path).unwrap();
        head.image = Some("social/x.png".to_owned());
        head.markup(true)
    };
    let record = markup(there(), "subject/chicago-il.html");
    for tag in [
        "<link rel=\"canonical\" href=\"https://example.org/facts/subject/chicago-il.html\">",
        "<meta property=\"og:url\" content=\"https://example.org/facts/subject/chicago-il.html\">",
        "<meta property=\"og:image\" content=\"https://example.org/facts/social/x.png\">",
        "<meta property=\"og:image:width\" content=\"1200\">",
        "<meta property=\"og:image:height\" content=\"630\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"../changes.atom\">",
    ] {
        assert!(record.contains(tag), "{tag}");
    }
    let index = markup(there(), "index.html");
    assert!(index.contains("<link rel=\"canonical\" href=\"https://example.org/facts/\">"));
    assert!(index.contains("href=\"./changes.atom\""));
    let record = markup(Address::default(), "subject/chicago-il.html");
    assert!(record.contains("<link rel=\"canonical\" href=\"chicago-il.html\">"));
    assert!(record.contains("<meta property=\"og:image\" content=\"../social/x.png\">"));
    assert!(!record.contains("og:url") && !record.contains("example.org/facts"));
}

#[test]
fn the_page_for_what_is_not_there_leads_home_from_any_folder() {
    let dataset = dataset();
    let page = |address: Address| {
        let shared = Shared {
            address,
            style: "style.css".to_owned(),
            offline: "offline.js".to_owned(),
            ..Shared::default()
        };
        lost(&dataset, &shared)
    };
    // From which folder it is sent can't be known, so without an address there is none.
    assert!(page(Address::default()).is_none());
    let (head, body) = page(there()).unwrap();
    assert_eq!(head.path, LOST);
    let html = Html::parse_document(&document(&head, &body, true));
    let all = |css: &str, attribute: &'static str| -> Vec<String> {
        let css = Selector::parse(css).unwrap();
        let found = html.select(&css).filter_map(|it| it.attr(attribute));
        found.map(str::to_owned).collect()
    };
    let mut asked = all("[href]", "href");
    asked.extend(all("[src]", "src"));
    let is_safe =
        |it: &str| it.starts_with("https://example.org/facts/") || it.starts_with("data:");
    assert!(
        asked.len() > 5 && asked.iter().all(|it| is_safe(it)),
        "{asked:?}"
    );
    let home = "https://example.org/facts/index.html";
    assert_eq!(all("body a", "href").first().unwrap(), home);
    assert_eq!(all("meta[name=robots]", "content"), ["noindex"]);
}

/// What the command says where one variable of its environment keeps it from anything else.
pub fn refusal(variable: &str, value: &str) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_fact-explorer"))
        .args(["prerender", "tests/datasets/nowhere"])
        .env(variable, value)
        .output()
        .unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_command_tells_what_is_wrong_with_an_address() {
    let run = |address| refusal("FACT_EXPLORER_SITE", address);
    assert_eq!(
        run("example.org"),
        "FACT_EXPLORER_SITE: “example.org” can't be the site's address; write it as \
         https://example.org/facts/, with the / at its end\n"
    );
    // These get as far as the folder.
    for address in ["", "https://example.org/"] {
        assert!(run(address).starts_with("tests/datasets/nowhere: "));
    }
}

/// The names in a list of a script: after its name, to the end of the brackets.
fn listed(script: &str, name: &str) -> Vec<String> {
    let (_, rest) = script.split_once(&format!("const {name} = [")).unwrap();
    let (list, _) = rest.split_once("];").unwrap();
    let words = list.split('"').skip(1).step_by(2);
    words
        .filter(|it| !it.starts_with('%'))
        .map(str::to_owned)
        .collect()
}

/// The dialog that writes embed codes, the script that reads them, and the page agree on what an embed has.
#[test]
fn an_embed_has_the_same_parts_wherever_they_are_named() {
    let settings = fs::read_to_string("embed/settings.js").unwrap();
    let dialog = fs::read_to_string("embed/this.js").unwrap();
    let mut parts = listed(&settings, "PARTS");
    let mut offered = listed(&dialog, "PARTS");
    let mut apart: Vec<String> = HIDDEN.split(' ').map(str::to_owned).collect();
    apart.extend(listed(&dialog, "SHOWN"));
    for it in [&mut parts, &mut offered, &mut apart] {
        it.sort();
    }
    assert!(parts.len() > 10);
    assert_eq!(parts, offered);
    assert_eq!(parts, apart);
    // What a frame has of a longer list.
    assert!(settings.contains(&format!("n === {LONG} ?")));
}
