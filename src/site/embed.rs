//! The compact form, for frames in other pages.

use crate::dataset::model::Dataset;

use super::document::{Head, html};
use super::page::Embed;
use crate::language::Word;
use crate::view::beside::SETTINGS;

/// The parts that an embed leaves out unless its settings name them; `embed/settings.js` has them
/// all.
pub const HIDDEN: &str = "standfirst as-of filters sort views take facts compare";

/// Its path in the site.
pub const PATH: &str = "embed.html";

/// `embed.html`: the cards without their histories, which come from the records. What it is narrowed
/// to and how it looks is said by its address's query, so it is the page of the default settings.
///
/// `start` is the markup that makes it live, and `packs` are the attributes of what is made live; `element` are those
/// that name what `<fact-explorer>` needs.
pub fn document(
    dataset: &Dataset,
    head: &Head,
    embed: &Embed,
    (start, packs): (&str, &str),
    element: &str,
    release: bool,
) -> String {
    let language = html(dataset.page_language());
    let words = dataset.words();
    let title = &dataset.about.title;
    format!(
        "<!doctype html>\n<html {language} data-hide=\"{HIDDEN}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"robots\" content=\"noindex\">\
         <base target=\"_blank\">{head}{start}</head>\
         <body><header class=\"embed__head\">{top}</header>\
         <p class=\"quiet quiet--failed\">{failed}</p>\
         <main id=\"explorer\" {language} tabindex=\"-1\" aria-label=\"{title}\" {packs} {SETTINGS}=\"\" \
         data-hide=\"{HIDDEN}\" {element}>{explorer}</main>{foot}</body></html>\n",
        head = head.markup(release),
        top = embed.head,
        title = super::document::escape(title),
        explorer = embed.explorer,
        foot = embed.foot,
        failed = words.text(Word::EmbedFailed),
    )
}

/// The palette of the dark theme for whoever asks for it, but not on paper, taken from the rules for whose device is
/// dark; none where those aren't as expected.
pub fn dark(css: &str) -> Option<String> {
    let start = "@media (prefers-color-scheme:dark){:root:not([data-theme=\"light\"]){";
    let (palette, _) = css.split_once(start)?.1.split_once('}')?;
    Some(format!(
        "@layer tokens{{@media screen{{:root[data-theme=\"dark\"]{{{palette}}}}}}}"
    ))
}
