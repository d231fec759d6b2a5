use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fact_explorer::dataset::packing::WHOLE;
use fact_explorer::view::long::{FIRST, LISTED};
use scraper::{Html, Selector};
use serde_json::Value;

use crate::command::{Desk, build, files};
use crate::weight::budget;

/// Attributes that lead to a file of the site.
const LINKS: [&str; 8] = [
    "href",
    "src",
    "data-pack",
    "data-more",
    "data-script",
    "data-wasm",
    "data-style",
    "data-start",
];

/// A site as it is in its folder.
struct Site(BTreeMap<String, Vec<u8>>);

impl Site {
    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.0[path]).unwrap()
    }

    /// The values of an attribute in a page, as the site writes them.
    fn values(&self, path: &str, name: &str) -> impl Iterator<Item = String> {
        let start = format!(" {name}=\"");
        let text = self.text(path);
        let mut at = 0;
        std::iter::from_fn(move || {
            let from = at + text[at..].find(&start)? + start.len();
            let to = from + text[from..].find('"')?;
            at = to;
            Some(text[from..to].replace("&amp;", "&"))
        })
    }

    fn html(&self) -> impl Iterator<Item = &str> {
        let is_page = |it: &&str| Path::new(it).extension().is_some_and(|it| it == "html");
        self.0.keys().map(String::as_str).filter(is_page)
    }

    /// Where a link leads that isn't to another site: to which file, and to what in it.
    fn target<'a>(page: &str, href: &'a str) -> Option<(String, &'a str)> {
        let others = ["http:", "https:", "mailto:", "data:"];
        if others.iter().any(|it| href.starts_with(it)) {
            return None;
        }
        let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
        let path = path.split('?').next().unwrap();
        if path.is_empty() {
            return Some((page.to_owned(), fragment));
        }
        let mut folders: Vec<&str> = page.split('/').collect();
        folders.pop();
        for part in path.split('/') {
            match part {
                "." => {}
                ".." => assert!(
                    folders.pop().is_some(),
                    "{page}: {href} leads out of the site"
                ),
                part => folders.push(part),
            }
        }
        let path = folders.join("/");
        let is_folder = path.is_empty() || path.ends_with('/');
        Some((if is_folder { path + "index.html" } else { path }, fragment))
    }

    /// That every link within the site leads to a file, and to something in it; how many there are.
    #[track_caller]
    fn is_linked(&self) -> usize {
        let mut n = 0;
        // The one file has its other pages in itself; tests/native/standalone.rs follows its links.
        let pages: Vec<&str> = self.html().filter(|it| *it != "standalone.html").collect();
        let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for page in &pages {
            ids.insert(page, self.values(page, "id").collect());
        }
        for page in &pages {
            for name in LINKS {
                // `data-style` is also what a button copies a citation in.
                let is_link = |it: &String| !name.starts_with("data-") || it.starts_with("./");
                for href in self.values(page, name).filter(is_link) {
                    let Some((path, fragment)) = Self::target(page, &href) else {
                        continue;
                    };
                    n += 1;
                    assert!(
                        self.0.contains_key(&path),
                        "{page}: {href}: there is no {path}"
                    );
                    // In the explorer and its compact form, it is a selection.
                    let is_id = !fragment.is_empty() && !fragment.contains('=');
                    assert!(
                        !is_id || ids[path.as_str()].contains(fragment),
                        "{page}: {href}: {path} has no such part"
                    );
                }
            }
        }
        for path in ["changes.atom", "sitemap.xml"] {
            let listed = self.text(path).split("<loc>").skip(1);
            let listed = listed.map(|it| it.split('<').next().unwrap().to_owned());
            for href in listed.chain(self.values(path, "href")) {
                let Some((to, _)) = Self::target(path, &href) else {
                    continue;
                };
                assert!(self.0.contains_key(&to), "{path}: {href}");
                n += 1;
            }
        }
        n
    }
}

/// Builds an example, and checks what holds for any of them.
#[track_caller]
fn built(name: &str, n: usize, nouns: &str) -> Site {
    let desk = Desk::new(name);
    let out = desk.path("site");
    let output = build(&format!("data/examples/{name}"), &out, &["--json"]);
    let complained = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{complained}");
    // Nothing but what it is doing.
    for line in complained.lines() {
        assert!(
            line.starts_with("fact-explorer: ") && line.ends_with(" …"),
            "{line}"
        );
    }
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["subjects"], n);
    let site = Site(files(Path::new(&out)));
    assert_eq!(said["files"], site.0.len() - 1, "all but the list of them");

    let index = Html::parse_document(site.text("index.html"));
    let all = |css: &str| {
        let css = Selector::parse(css).unwrap();
        index.select(&css).collect::<Vec<_>>()
    };
    let status: String = all("[role=status]")[0].text().collect();
    assert!(
        status.trim().starts_with(&format!("{n} of {n} {nouns}")),
        "{status}"
    );
    assert_eq!(all("article[data-subject]").len(), FIRST);
    assert_eq!(
        all("article").last().unwrap().attr("aria-setsize"),
        Some(&*n.to_string())
    );
    // Each is on a page of the list, and has one of its own.
    let lists: Vec<&str> = site.html().filter(|it| it.starts_with("list/")).collect();
    assert_eq!(lists.len(), n.div_ceil(LISTED));
    let articles = lists
        .iter()
        .map(|it| site.text(it).matches("<article ").count());
    assert_eq!(articles.sum::<usize>(), n);
    let records = site.html().filter(|it| it.starts_with("subject/"));
    assert_eq!(records.count(), n);
    let rows = csv_reader::Reader::from_reader(&*site.0["data/dataset.csv"]).into_records();
    assert_eq!(rows.map(Result::unwrap).count(), n);
    let json: Value = serde_json::from_slice(&site.0["data/dataset.json"]).unwrap();
    assert_eq!(json["subjects"].as_array().unwrap().len(), n);

    assert!(site.is_linked() > 2 * n);

    // What a reader waits for is no more than with forty subjects.
    for page in ["index.html", "embed.html"] {
        let bytes = site.0[&format!("{page}.br")].len();
        assert!(bytes <= budget("index.html"), "{page}: {bytes} bytes");
    }
    let is_pack = |it: &&String| it.starts_with("pack-") && it.rsplit('.').next() == Some("pack");
    let packs: Vec<&String> = site.0.keys().filter(is_pack).collect();
    assert_eq!(packs.len(), 1);
    let bytes = site.0[packs[0]].len();
    assert!(bytes <= WHOLE, "{bytes} bytes");
    site
}

#[test]
fn airports_are_built_whole() {
    let site = built("airports", 3376, "airports");
    let record = site.text("subject/sfo.html");
    assert!(record.contains("San Francisco International") && record.contains("37.61900194"));
}

#[test]
fn earthquakes_are_built_whole() {
    let site = built("earthquakes", 1707, "tremors");
    let record = site.text("subject/ci37868143.html");
    assert!(record.contains("M 2.0 - 4km W of Castaic, CA"));
    assert!(record.contains("https://earthquake.usgs.gov/earthquakes/eventpage/ci37868143"));
}

#[test]
fn every_link_within_the_release_leads_to_a_file() {
    let site = Site(files(Path::new("dist")));
    assert!(site.is_linked() > 1000);
}

/// What a page says outside of scripts, styles and what is marked as of another language.
fn said(page: &Html) -> Vec<String> {
    let is_unsaid = |it: scraper::ElementRef| {
        ["script", "style", "noscript"].contains(&it.value().name())
            || it.attr("lang").is_some_and(|_| it.value().name() != "html")
    };
    let texts = page.tree.nodes().filter_map(|node| {
        let text = node.value().as_text()?;
        let mut around = node.ancestors().filter_map(scraper::ElementRef::wrap);
        (!around.any(is_unsaid)).then(|| text.to_string())
    });
    texts.collect()
}

#[test]
fn countries_in_arabic_are_built_whole_from_right_to_left() {
    let desk = Desk::new("countries-ar");
    let out = desk.path("site");
    let output = build("data/examples/countries-ar", &out, &["--json"]);
    let complained = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{complained}");
    let site = Site(files(Path::new(&out)));
    assert!(site.is_linked() > 2 * 252);
    let names = [
        "CSV",
        "JSON",
        "APA",
        "Chicago",
        "BibTeX",
        "RIS",
        "CLDR",
        "MIT OR Apache-2.0",
        "@misc",
        "TY  - ",
        "Fact Explorer",
        "github.com",
        "feed",
        // What an error is reported of, where the site has no address.
        ".html",
    ];
    for page in site.html().filter(|it| *it != "standalone.html") {
        let html = Html::parse_document(site.text(page));
        let root = html.root_element();
        assert_eq!(
            (root.attr("lang"), root.attr("dir")),
            (Some("ar"), Some("rtl")),
            "{page}"
        );
        for text in said(&html) {
            let is_name = names.iter().any(|it| text.contains(it));
            let is_latin = text.chars().filter(char::is_ascii_alphabetic).count() > 3;
            assert!(is_name || !is_latin, "{page}: {text}");
        }
    }
    let index = Html::parse_document(site.text("index.html"));
    let status = Selector::parse("[role=status]").unwrap();
    let status: String = index.select(&status).flat_map(|it| it.text()).collect();
    assert_eq!(status.trim(), "252 من 252 بلدًا وإقليمًا");
    let start = site.0.keys().find(|it| {
        it.starts_with("start-") && Path::new(it).extension().is_some_and(|it| it == "js")
    });
    assert!(site.text(start.unwrap()).contains("عند فتحها من مجلد"));
    let manifest: Value = serde_json::from_slice(&site.0["manifest.webmanifest"]).unwrap();
    assert_eq!(
        (&manifest["lang"], &manifest["dir"]),
        (&"ar".into(), &"rtl".into())
    );
}

#[test]
fn a_build_may_ask_for_another_language_than_the_datasets() {
    let desk = Desk::new("countries-es");
    let out = desk.path("site");
    let output = build("data/examples/countries-ar", &out, &["--language", "es"]);
    assert_eq!(output.status.code(), Some(0));
    let site = Site(files(Path::new(&out)));
    let index = Html::parse_document(site.text("index.html"));
    let root = index.root_element();
    assert_eq!((root.attr("lang"), root.attr("dir")), (Some("es"), None));
    let names = Selector::parse("article h3").unwrap();
    let names: Vec<_> = index.select(&names).collect();
    assert_eq!(names.len(), 252);
    for name in names {
        assert_eq!(
            (name.attr("lang"), name.attr("dir")),
            (Some("ar"), Some("rtl"))
        );
    }
    let summaries = Selector::parse("article summary").unwrap();
    let summary: String = index.select(&summaries).next().unwrap().text().collect();
    assert!(summary.starts_with("Historial"), "{summary}");
    let refused = build("data/examples/countries-ar", &out, &["--language", "tlh"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("there are no words in “tlh”; there are some in en, es, ar"),
        "{said}"
    );
}
