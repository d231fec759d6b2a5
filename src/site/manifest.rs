//! What makes the site an app among others on a device: its manifest and its icons.

use serde_json::json;

use super::canvas::{Canvas, Ink};
use super::page::description;
use super::social::token;

use crate::dataset::model::{About, Dataset};
use crate::dataset::wording::direction;
use crate::view::mark;

/// The manifest's path in the site.
pub const PATH: &str = "manifest.webmanifest";

/// The icon that Apple's devices ask the page for: its path in the site.
pub const APPLE: &str = "icons/180.png";

/// An icon: its path in the site, its width and height in pixels, and how much of its width the mark
/// takes.
struct Icon(&'static str, u32, f32);

/// Of one with `maskable` in its name, a device may cut away all but a circle of 80 per cent.
const ICONS: [Icon; 4] = [
    Icon(APPLE, 180, 0.64),
    Icon("icons/192.png", 192, 0.72),
    Icon("icons/512.png", 512, 0.72),
    Icon("icons/maskable.png", 512, 0.5),
];

/// The manifest. It leaves the device's bar with the way back and the address: a selection is in
/// there, and pages have no way back of their own. Without an `id` the app is its own start page, so
/// that two explorers on one host are two apps.
///
/// # Errors
/// Where the palette lacks a colour.
pub fn manifest(dataset: &Dataset) -> Result<String, String> {
    let about = &dataset.about;
    let [r, g, b] = token("paper")?;
    let paper = format!("#{r:02x}{g:02x}{b:02x}");
    let icons = ICONS
        .iter()
        .filter(|it| it.0 != APPLE)
        .map(|Icon(path, size, _)| {
            let purpose = if path.contains("maskable") {
                "maskable"
            } else {
                "any"
            };
            json!({
                "src": path,
                "sizes": format!("{size}x{size}"),
                "type": "image/png",
                "purpose": purpose,
            })
        });
    let manifest = json!({
        "name": about.title,
        "short_name": short_name(about),
        "description": description(dataset),
        "lang": dataset.page_language(),
        "dir": direction(dataset.page_language()),
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": paper,
        "theme_color": paper,
        "icons": icons.collect::<Vec<_>>(),
    });
    Ok(format!("{manifest:#}\n"))
}

/// What a device writes under the icon: the shortest of what the dataset is called.
fn short_name(about: &About) -> &str {
    let names = [about.publisher.as_str(), &about.kicker];
    names
        .into_iter()
        .find(|it| !it.is_empty())
        .unwrap_or(&about.title)
}

/// Every icon with its path in the site: the mark of a page's own icon, on paper.
///
/// # Errors
/// Where the palette lacks a colour.
pub fn icons() -> Result<Vec<(&'static str, Vec<u8>)>, String> {
    let (paper, ink) = (token("paper")?, token("ochre")?);
    let draw = |it: &Icon| Ok((it.0, icon(it, paper, ink)?));
    ICONS.iter().map(draw).collect()
}

fn icon(Icon(_, size, share): &Icon, paper: Ink, ink: Ink) -> Result<Vec<u8>, String> {
    let mut canvas = Canvas::new(*size, *size, paper)?;
    let size = f32::from(u16::try_from(*size).unwrap_or(u16::MAX));
    let unit = size * share / 15.0;
    // The triangle is 15 wide and 13 high in a square of 16; its weight is in its lower half.
    let (x, y) = (size / 2.0 - 8.0 * unit, size / 2.0 - 9.0 * unit);
    canvas.shape(mark::outline("triangle"), x, y, unit, ink)?;
    canvas.png()
}
