use std::path::Path;

use fact_explorer::dataset::read::read;
use fact_explorer::site::address::Address;
use fact_explorer::site::oembed::{ALL, files, heights, path};
use serde_json::Value;

const SITE: &str = "https://example.org/facts/";

fn shipped(address: &Address) -> Vec<(String, Value)> {
    let dataset = read(Path::new("data/section-1373")).unwrap();
    let files = files(&dataset, address).unwrap();
    let parsed = |(path, json): (String, String)| (path, serde_json::from_str(&json).unwrap());
    files.into_iter().map(parsed).collect()
}

#[test]
fn each_file_has_what_a_consumer_of_rich_content_must_be_told() {
    let files = shipped(&Address::parse(SITE).unwrap());
    assert_eq!(files.len(), 41);
    assert_eq!(files[0].0, path(None));
    for (path, it) in &files {
        assert_eq!(
            (&it["version"], &it["type"]),
            (&"1.0".into(), &"rich".into())
        );
        for size in ["width", "height", "thumbnail_width", "thumbnail_height"] {
            assert!(it[size].as_u64().is_some_and(|it| it > 0), "{path}: {size}");
        }
        let html = it["html"].as_str().unwrap();
        assert_eq!(html.lines().count(), 1, "{path}");
        assert!(
            !html.contains("<script") && !html.contains('{'),
            "{path}: {html}"
        );
        let page = scraper::Html::parse_fragment(html);
        let one = |selector: &str, attribute: &str| {
            let selector = scraper::Selector::parse(selector).unwrap();
            let found: Vec<_> = page.select(&selector).collect();
            assert_eq!(found.len(), 1, "{path}");
            found[0].attr(attribute).unwrap().to_owned()
        };
        let frame = one("div > iframe[title]", "src");
        assert!(frame.starts_with(&format!("{SITE}embed.html")), "{frame}");
        assert!(one("iframe", "style").contains("100cqi"), "{path}");
        // Where styles are taken away, too, it is as wide as what it is in, and as high as in a column.
        assert_eq!(one("iframe", "width"), "100%", "{path}");
        assert_eq!(one("iframe", "height"), it["height"].to_string(), "{path}");
        assert!(one("p > a", "href").starts_with(SITE));
        // A subject's embeds that subject alone.
        if let Some(id) = path
            .strip_prefix("subject/")
            .and_then(|it| it.strip_suffix(".oembed.json"))
        {
            assert_eq!(frame, format!("{SITE}embed.html?only={id}&as-of=latest"));
            assert_eq!(one("p > a", "href"), format!("{SITE}subject/{id}.html"));
        }
    }
}

#[test]
fn who_publishes_it_provides_it_or_else_its_title_does() {
    for (folder, name) in [
        ("data/section-1373", "Fact Explorer"),
        ("tests/datasets/good", "Which moons have been visited?"),
    ] {
        let dataset = read(Path::new(folder)).unwrap();
        for (path, file) in files(&dataset, &Address::default()).unwrap() {
            let value: Value = serde_json::from_str(&file).unwrap();
            assert_eq!(value["provider_name"], name, "{path}");
        }
    }
}

#[test]
fn every_page_that_can_be_embedded_names_its_file() {
    let dist = crate::weight::dist();
    for (file, _) in shipped(&Address::default()) {
        let page = file.replace("oembed.json", "index.html");
        let page = page.replace(".index.html", ".html");
        let html = std::fs::read_to_string(Path::new(&dist).join(&page)).unwrap();
        let link = "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"";
        let up = if page.contains('/') { "../" } else { "./" };
        assert!(html.contains(&format!("{link}{up}{file}\"")), "{page}");
        assert!(Path::new(&dist).join(&file).is_file(), "{file}");
    }
}

#[test]
fn heights_are_measured_for_the_whole_and_for_each_subject() {
    let heights = heights().unwrap();
    let dataset = read(Path::new("data/section-1373")).unwrap();
    let ids = dataset.subjects.iter().map(|it| it.id.as_str());
    for id in ids.chain([ALL]) {
        let it = &heights[id];
        assert!(it.height.starts_with("calc("), "{id}");
        assert!(
            (200..4000).contains(&it.middle) && it.middle <= it.most,
            "{id}"
        );
    }
    assert_eq!(heights.len(), 41, "none is left of a subject that is gone");
}

#[test]
fn a_title_with_braces_is_text() {
    let mut dataset = read(Path::new("tests/datasets/good")).unwrap();
    dataset.about.title = "A {page} of {most} {".to_owned();
    for (path, file) in files(&dataset, &Address::parse(SITE).unwrap()).unwrap() {
        let file: Value = serde_json::from_str(&file).unwrap();
        let html = scraper::Html::parse_fragment(file["html"].as_str().unwrap());
        let frame = scraper::Selector::parse("iframe").unwrap();
        let title = html.select(&frame).next().unwrap().attr("title").unwrap();
        assert!(title.contains(&dataset.about.title), "{path}: {title}");
    }
}
