//! What pages elsewhere need to embed a page of the site by its address alone: oEmbed, as files
//! (<https://oembed.com>, 2.3). Its code has the site's address, so it works where that is known.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use super::address::Address;
use super::document::escape;
use super::embed;
use super::limits;
use super::page::{image, recorded};
use super::shell::EMBED_CODE;

use crate::dataset::model::Dataset;
use crate::dataset::pack::Pack;

/// How high the compact form is, as measured.
#[derive(Clone, Debug, Deserialize)]
pub struct Heights {
    /// The greatest of all widths, in CSS pixels, for browsers that don't know container units.
    pub most: u32,
    /// That at a width of [`MIDDLE`] pixels.
    pub middle: u32,
    /// A CSS value that goes by the width of the container.
    pub height: String,
}

/// The width that a consumer is told, in CSS pixels: that of a column of text.
pub const MIDDLE: u32 = 640;

/// The measured heights: of the whole dataset under `all`, of a subject alone under its id.
///
/// # Errors
/// Where the file isn't as it should be.
pub fn heights() -> Result<BTreeMap<String, Heights>, String> {
    let heights: BTreeMap<String, Heights> =
        toml::from_str(include_str!("../../embed/heights.toml")).map_err(|it| it.to_string())?;
    if heights.contains_key(ALL) {
        Ok(heights)
    } else {
        Err("embed/heights.toml has no `all`".to_owned())
    }
}

/// The name of the heights of the compact form as it is without settings.
pub const ALL: &str = "all";

/// The path of the file for a page: the index where no subject is named.
pub fn path(subject: Option<&str>) -> String {
    subject.map_or_else(
        || "oembed.json".to_owned(),
        |it| format!("subject/{it}.oembed.json"),
    )
}

/// Whether subjects' pages have files of their own.
pub fn has_own(dataset: &Dataset) -> bool {
    dataset.subjects.len() <= limits::COPIES
}

/// Each file with its path. One for a subject embeds that subject alone, on the latest day.
///
/// # Errors
/// As [`heights`].
pub fn files(dataset: &Dataset, address: &Address) -> Result<Vec<(String, String)>, String> {
    let heights = heights()?;
    let all = heights.get(ALL).ok_or("no heights")?;
    // They were measured with the dataset that the program has in itself. For another they are a guess:
    // that one's, and for a subject its highest.
    let is_measured = Pack::embedded().id() == dataset.about.id;
    let alone = heights.iter().filter(|it| it.0 != ALL).map(|it| it.1);
    let highest = alone.max_by_key(|it| it.most).unwrap_or(all);
    let index = (path(None), one(dataset, address, all, None));
    let subjects = recorded(dataset).iter().filter(|_| has_own(dataset));
    let subjects = subjects.map(|it| {
        let named = Some((it.id.as_str(), it.name.get_ref().as_str()));
        let own = heights.get(&it.id).filter(|_| is_measured);
        let heights = own.unwrap_or(highest);
        (path(Some(&it.id)), one(dataset, address, heights, named))
    });
    Ok(std::iter::once(index).chain(subjects).collect())
}

fn one(
    dataset: &Dataset,
    address: &Address,
    heights: &Heights,
    subject: Option<(&str, &str)>,
) -> String {
    let own = &dataset.about.title;
    let title = subject.map_or_else(|| own.clone(), |it| format!("{} · {own}", it.1));
    let snapshots = &dataset.about.snapshot;
    let latest = snapshots.iter().find(|it| it.date.get_ref() == "latest");
    let latest = latest.map(|it| format!("&as-of={}", it.id.get_ref()));
    let latest = latest.or_else(|| {
        let day = || format!("&as-of={}", dataset.last_day().iso());
        (dataset.is_dated() && !snapshots.is_empty()).then(day)
    });
    let latest = latest.filter(|_| dataset.is_dated()).unwrap_or_default();
    let query = subject.map_or_else(String::new, |it| format!("?only={}{latest}", it.0));
    let page = subject.map_or_else(String::new, |it| format!("subject/{}.html", it.0));
    // From a subject's folder the way to the site's is another one.
    let up = if subject.is_some() { "../" } else { "./" };
    let image = subject.map_or_else(|| "social/index.png".to_owned(), |it| image(dataset, it.0));
    let html = code(
        &title,
        &address.of(&format!("{}{query}", embed::PATH), up),
        &address.of(&page, up),
        heights,
    );
    let value = json!({
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": dataset.about.publisher_or_title(),
        "provider_url": address.of("", up),
        "html": html,
        "width": MIDDLE,
        "height": heights.middle,
        "thumbnail_url": address.of(&image, up),
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "cache_age": 86400,
    });
    format!("{value:#}\n")
}

/// The code of a frame: one line. A place is looked for in the code alone, and not in what was filled
/// into it: a title may have braces.
fn code(title: &str, address: &str, page: &str, heights: &Heights) -> String {
    let mut code = String::new();
    let mut rest = EMBED_CODE.trim();
    while let Some((before, after)) = rest.split_once('{') {
        code.push_str(before);
        let (place, after) = after.split_once('}').unwrap_or((after, ""));
        code.push_str(&match place {
            "address" => escape(address),
            "title" => escape(title),
            "page" => escape(page),
            "most" => heights.most.to_string(),
            "middle" => heights.middle.to_string(),
            "height" => escape(&heights.height),
            other => format!("{{{other}}}"),
        });
        rest = after;
    }
    code + rest
}
