use std::fs;
use std::path::{Path, PathBuf};

use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::pack::Pack;
use fact_explorer::dataset::read::read;
use fact_explorer::site::address::Address;
use fact_explorer::site::document::{Shared, document};
use fact_explorer::site::page::{Page, embed, index, index_head, plain};
use fact_explorer::site::{packed, xml};
use scraper::{ElementRef, Html, Selector};

#[path = "../browser/nasty.rs"]
#[allow(dead_code, reason = "the tests in browsers ask for the rest")]
mod nasty;

use nasty::{LINK, NASTY, TITLE, as_shown, write};

/// A folder of this test's own; the next run takes its place.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("hostile-{name}"));
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("subjects")).unwrap();
    folder
}

/// A dataset that means harm, in a folder of the test of this name: tests run beside each other.
fn dataset(name: &str) -> (Dataset, Pack) {
    let folder = folder(name);
    write(&folder, 10_000, 100_000);
    let dataset = read(&folder).unwrap_or_else(|it| panic!("{it:?}"));
    let pack = packed(&dataset).unwrap();
    (dataset, pack)
}

/// Every page of a site, by its path, as it is written.
fn pages(dataset: &Dataset, pack: Pack) -> Vec<(String, String)> {
    let shared = Shared::default();
    let Page {
        masthead,
        explorer,
        colophon,
        ..
    } = index(dataset, pack);
    let body = [masthead, explorer, colophon].concat();
    let head = index_head(dataset, &shared);
    let mut pages = vec![("index.html".to_owned(), document(&head, &body, true))];
    let compact = embed(dataset, pack);
    let body = [compact.head, compact.explorer, compact.foot].concat();
    pages.push(("embed.html".to_owned(), document(&head, &body, true)));
    pages.extend(
        plain(dataset, pack, &shared)
            .map(|(head, body)| (head.path.clone(), document(&head, &body, true))),
    );
    pages
}

fn all<'a>(html: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(css).unwrap()).collect()
}

fn text(element: ElementRef) -> String {
    as_shown(&element.text().collect::<String>())
}

#[test]
fn what_means_something_elsewhere_is_text_on_every_page() {
    let (dataset, pack) = dataset("pages");
    let pages = pages(&dataset, pack);
    assert!(pages.len() > NASTY.len(), "{}", pages.len());
    for (path, page) in &pages {
        let html = Html::parse_document(page);
        assert_eq!(html.errors, Vec::<String>::new(), "{path}");
        // No element but those that pages are written with.
        let own = "body :is(script, img, iframe, object, embed, style, link, meta, base, title, \
                   textarea, i, b), head > :not(meta, title, link, style, script)";
        let foreign: Vec<String> = all(&html, own).iter().map(ElementRef::html).collect();
        assert_eq!(foreign, [""; 0], "{path}");
        let scripts = all(&html, "script:not([type='application/ld+json'], [src])");
        assert_eq!(scripts.len(), 0, "{path}");
        for element in all(&html, "*") {
            for (name, value) in element.value().attrs() {
                assert!(!name.starts_with("on"), "{path}: {}", element.html());
                if ["href", "src", "xlink:href", "action"].contains(&name) {
                    let scheme = value.split(['/', '?', '#']).next().unwrap();
                    let is_own = !scheme.contains(':');
                    let is_known = ["https:", "http:"].contains(&scheme)
                        || scheme.starts_with("mailto:")
                        || (element.value().name() == "link" && scheme.starts_with("data:image"));
                    assert!(is_own || is_known, "{path}: {value}");
                }
            }
        }
        // What machines read is whole, and says what was written.
        for script in all(&html, "script[type='application/ld+json']") {
            let json: serde_json::Value = serde_json::from_str(&script.inner_html()).unwrap();
            assert!(json.is_object(), "{path}");
        }
        let title = text(all(&html, "title")[0]);
        assert!(title.contains(&as_shown(TITLE)), "{path}: {title}");
    }
    // Each is there, letter by letter: as a name, a value and in a link.
    let html = Html::parse_document(&pages[0].1);
    let names: Vec<String> = all(&html, "article h3").into_iter().map(text).collect();
    let values = all(&html, "[data-facet=constructor] .choice__label");
    let values: Vec<String> = values.into_iter().map(text).collect();
    for text in NASTY.map(as_shown) {
        assert!(names.contains(&text), "{text} in {names:?}");
        assert!(values.contains(&text), "{text} in {values:?}");
    }
    let cited = all(&html, "article .cite");
    assert!(!cited.is_empty() && cited.iter().all(|it| it.attr("href") == Some(LINK)));
    // Of ten thousand values no more are written than a page bears.
    let many = all(&html, "[data-facet=many] .choice");
    assert_eq!(many.len(), 50);
}

#[test]
fn nor_does_it_break_what_machines_read() {
    let (dataset, _) = dataset("machines");
    let address = Address::default();
    let feed = xml::feed(&dataset, &address);
    let feed = atom_syndication::Feed::read_from(feed.as_bytes()).unwrap();
    assert_eq!(feed.title().as_str(), TITLE);
}

/// What `check` says of a subject with these lines.
fn problems(name: &str, lines: &str) -> Vec<String> {
    let folder = folder(name);
    let about = "title = \"Moons\"\n[[event-kind]]\nid = \"k\"\nlabel = \"K\"\n";
    let source = |url: &str| {
        format!(
            "[[source]]\nid = \"s\"\ntitle = \"T\"\npublisher = \"P\"\nurl = {url}\nkind = \"news\"\n"
        )
    };
    let (url, subject) = lines.split_once('\n').unwrap();
    fs::write(folder.join("dataset.toml"), about).unwrap();
    fs::write(folder.join("sources.toml"), source(url)).unwrap();
    let subject = format!("name = \"Titan\"\n{subject}");
    fs::write(folder.join("subjects/titan.toml"), subject).unwrap();
    let problems = read(&folder).err().unwrap_or_default();
    problems.iter().map(ToString::to_string).collect()
}

const GOOD: &str = "\"https://example.org/\"\n";

#[test]
fn links_that_run_something_are_refused_in_words() {
    for (at, link) in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/",
        " https://example.org/",
    ]
    .iter()
    .enumerate()
    {
        let said = problems(&format!("link-{at}"), &format!("\"{link}\"\n"));
        let expected =
            format!("sources.toml:5:7: the link “{link}” isn't an http or https address [link]");
        assert_eq!(said, [expected]);
    }
    assert_eq!(problems("link", GOOD), [""; 0]);
}

#[test]
fn what_turns_the_writing_or_cannot_be_seen_is_refused_wherever_it_stands() {
    let event = |summary: &str| {
        format!(
            "{GOOD}[[event]]\nid = \"t\"\ndate = \"2005-01-14\"\nkind = \"k\"\nsummary = {summary}\n\
             cite = [{{ source = \"s\" }}]\n"
        )
    };
    let told = |letter: &str, at: &str| {
        format!("subjects/titan.toml:{at}: {letter}; take it out [characters]")
    };
    for (at, (summary, letter)) in [
        (
            "\"It \u{202e}went\"",
            "“It \\u{202e}went” has the hidden character U+202E",
        ),
        (
            "\"It \\u2066went\"",
            "“It \\u{2066}went” has the hidden character U+2066",
        ),
        (
            "\"It \\u0000went\"",
            "“It \\u{0}went” has the hidden character U+0000",
        ),
        (
            "\"It \\u001bwent\"",
            "“It \\u{1b}went” has the hidden character U+001B",
        ),
    ]
    .iter()
    .enumerate()
    {
        let said = problems(&format!("letters-{at}"), &event(summary));
        assert_eq!(said, [told(letter, "6:11")]);
    }
    // In a list within a table within a list, too; each once.
    let quoted = event("\"x\"") + "quote = { speaker = \"A\u{2069}\", text = \"y\" }\n";
    let letter = "“A\\u{2069}” has the hidden character U+2069";
    assert_eq!(problems("letters-quote", &quoted), [told(letter, "8:21")]);
    let note = format!("{GOOD}note = \"\"\"\nTwo\u{202d}\nlines\"\"\"\n");
    assert_eq!(problems("letters-note", &note).len(), 1);
    // Ends of lines and what merely has no width are no fault.
    let good = event("\"\"\"\nze\u{200b}ro\\twidth\\n\"\"\"");
    assert_eq!(problems("letters", &good), [""; 0]);
}

#[test]
fn a_text_of_ten_megabytes_is_refused_in_words() {
    let note = format!("{GOOD}note = \"{}\"\n", "x".repeat(10_000_000));
    assert_eq!(
        problems("length", &note),
        [
            "subjects/titan.toml:2:8: this has 10000000 characters, and at most 100000 are read [length]"
        ]
    );
}

#[test]
fn hosts_are_names_or_numbers_with_or_without_a_port() {
    let of = |link: &str| problems("hosts", &format!("\"{link}\"\n")).len();
    for link in [
        "https://b.example./x",
        "http://[2001:db8::1]:8080/x",
        "http://[2001:db8::1]/x",
        "https://example.org:8443/",
        "http://127.0.0.1:80/",
    ] {
        assert_eq!(of(link), 0, "{link}");
    }
    for link in [
        "https://example.org:99999/",
        "https://example.org:8a/",
        "https://example..org/",
        "https://./",
        "http://[2001:db8::1/",
        "http://[2001:db8::1]8080/",
        "http://[here]/",
    ] {
        assert_eq!(of(link), 1, "{link}");
    }
}

#[test]
fn an_amount_needs_a_citation() {
    let money = |cite: &str| {
        let text = format!("{GOOD}[[money]]\namount = \"$1\"\ncite = {cite}\n");
        problems("money", &text)
    };
    assert_eq!(money("[{ source = \"s\" }]"), [""; 0]);
    let told = "subjects/titan.toml:4:8: an amount needs a citation; write it as cite = [{ source = \"the-id-of-one\" }] [cited]";
    assert_eq!(money("[]"), [told]);
}
