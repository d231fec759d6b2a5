//! The whole site in one file, to keep, to send and to open from a disk.
//!
//! The explorer and its style stand in it plainly, so that they can be read before, or without, any
//! script. Everything else (the histories, the rest of each record, the pages behind the facts, the
//! second pack, the WASM and the script beside it) is one packed block: gzip, which browsers unpack
//! themselves, would make the file too large (`docs/decisions/0008-standalone.md`). `standalone.js`
//! unpacks it.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use leptos::prelude::*;
use lzma_rust2::{LzmaOptions, LzmaWriter};
use sha2::{Digest, Sha256};

use crate::dataset::model::Dataset;
use crate::dataset::pack::Pack;
use crate::language::Word;
use crate::view::about::AboutPage;
use crate::view::beside::{LATER, MORE, PACK};
use crate::view::changes::ChangesPage;
use crate::view::corrections::CorrectionsPage;
use crate::view::notices::{Notices, NoticesFoot};
use crate::view::record::Rest;
use crate::view::spot::Spot;

use super::Packs;
use super::address::Address;
use super::archive::archive;
use super::document::{ICON, Inside, escape, html};
use super::page::{Page, description, explorer, histories, recorded, settled};
use super::shell::{NOSCRIPT, Shell, body, compact, is_for_page};

/// The file's path in the site.
pub const PATH: &str = "standalone.html";

const SCRIPT: &str = include_str!("standalone.js");
const STYLE: &str = include_str!("../../style/standalone.css");
const STYLE_WITHOUT_SCRIPTS: &str = include_str!("../../style/standalone-noscript.css");

/// The pages in the file besides the explorer: their paths and names.
const PAGES: [(&str, Word); 3] = [
    ("about.html", Word::BehindFacts),
    ("changes.html", Word::WhatChanged),
    ("corrections.html", Word::Corrections),
];

/// The file.
///
/// # Errors
/// Where the WASM or the script beside it can't be read, or isn't as it is known here.
pub fn standalone(
    dataset: &Dataset,
    pack: Pack,
    shell: Shell,
    address: &Address,
    packs: &Packs,
) -> io::Result<String> {
    let (glue, wasm, later) = shell.program()?;
    let glue = classic(glue)?;
    let parts = parts(dataset, pack, address, shell.notices()?);
    let mut files = vec![("page.js", glue.as_bytes()), ("page.wasm", wasm)];
    let mut told = format!("{MORE}=\"./more.pack\"");
    if !later.is_empty() {
        files.push(("later.wasm", later));
        told.push_str(&format!(" {LATER}=\"./later.wasm\""));
    }
    files.push(("more.pack", &packs.more));
    // Here nothing can be fetched.
    let facts = &packs.facts;
    let whole = facts.whole.as_ref().unwrap_or(&facts.pack);
    if let Some(own) = shell.brings(whole) {
        told.push_str(&format!(" {PACK}=\"./pack.pack\""));
        files.push(("pack.pack", own));
    }
    let texts = parts.files.iter();
    files.extend(texts.map(|(path, text)| (path.as_str(), text.as_bytes())));
    let archive = archive(files.into_iter());
    let (sum, block) = (adler(&archive), text(&packed(&archive)?));

    let page = &parts.page;
    let Inside { styles, scripts } = shell.inside(shell.css(page)? + &compact(STYLE))?;
    let (style, asked) = (styles.concat(), scripts.concat());
    let plain = compact(NOSCRIPT) + &compact(STYLE_WITHOUT_SCRIPTS);
    for script in [SCRIPT, &glue] {
        is_for_page(script)?;
    }
    let policy = policy(&[&asked, SCRIPT, &glue], &[&style, &plain]);
    let about = &dataset.about;
    let title = escape(&about.title);
    let description = escape(&description(dataset));
    let canonical = match address.known() {
        "" => String::new(),
        site => format!("<link rel=\"canonical\" href=\"{}\">", escape(site)),
    };
    let words = dataset.words();
    let body = body(page, words, &told, None);
    let inside = PAGES.map(|(path, name)| {
        let needs = words.fill(Word::NeedsScripts, &[words.text(name)]);
        format!("<div class=\"inside\" id=\"{path}\" hidden><p>{needs}</p></div>")
    });
    let html = html(dataset.page_language());
    let inside = inside.concat();
    Ok(format!(
        "<!doctype html>\n<html {html}><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title><meta name=\"description\" content=\"{description}\">{canonical}\
         <link rel=\"icon\" href=\"{ICON}\"><style>{style}</style>\
         <script>{asked}</script><noscript><style>{plain}</style></noscript></head><body>{body}{inside}\
         <script type=\"text/plain\" id=\"block\" data-sum=\"{sum}\">\n{block}</script>\
         <script>{SCRIPT}</script></body></html>\n"
    ))
}

/// What a reader meets in the file.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The explorer without histories, which stands in the file plainly.
    pub page: Page,
    /// What is packed, by the paths that it has in the site: the explorer with its histories first,
    /// since the page needs it at once; of each record what its card doesn't have; the other pages.
    pub files: Vec<(String, String)>,
}

/// What a reader meets in the file, whose program is made of the works that `notices` tell of.
pub fn parts(dataset: &Dataset, pack: Pack, address: &Address, notices: &str) -> Parts {
    let alone = Spot {
        site: address.known(),
        alone: true,
        ..Spot::EXPLORER
    };
    let histories = if recorded(dataset).is_empty() {
        Vec::new()
    } else {
        histories(dataset, pack, alone)
    };
    let whole = explorer(dataset, pack, alone, &histories);
    let mut files = vec![("index.html".to_owned(), to_cards(&whole.explorer))];
    let owner = Owner::new();
    for subject in recorded(dataset) {
        let path = format!("subject/{}.html", subject.id);
        let spot = Spot {
            path: &path,
            name: subject.name.get_ref(),
            ..alone
        };
        let rest = owner.with(|| settled(view! { <Rest dataset subject spot /> }));
        files.push((path, rest));
    }
    for (path, _) in PAGES {
        let spot = Spot { path, ..alone };
        let body = owner.with(|| match path {
            "about.html" => {
                let findings = pack.findings().collect();
                let notices = Notices::Here(notices.to_owned());
                let words = dataset.words();
                settled(view! { <AboutPage dataset findings spot /> <NoticesFoot notices words /> })
            }
            "changes.html" => settled(view! { <ChangesPage dataset pack spot /> }),
            _ => settled(view! { <CorrectionsPage dataset /> }),
        });
        files.push((path.to_owned(), body));
    }
    let mut page = explorer(dataset, pack, alone, &[]);
    page.explorer = to_cards(&page.explorer);
    Parts { page, files }
}

/// The explorer's markup with links to cards instead of records, which aren't in the file. `standalone.js` does the same
/// with what is written later; these have to lead somewhere with scripts off, too.
fn to_cards(explorer: &str) -> String {
    const RECORD: &str = "href=\"./subject/";
    let mut pieces = explorer.split(RECORD);
    let mut own = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let link = piece
            .split_once('"')
            .and_then(|(path, rest)| Some((path.split_once(".html")?.0, rest)));
        match link {
            Some((id, rest)) => own.extend(["href=\"#open=", id, "\"", rest]),
            None => own.extend([RECORD, piece]),
        }
    }
    own
}

/// The module beside the WASM as a classic script, since a page on a disk can't load a module: what
/// it exports by default becomes the global function `start`.
///
/// # Errors
/// Where it isn't a module as wasm-bindgen writes them.
pub fn classic(module: &str) -> io::Result<String> {
    let unknown = || io::Error::other("the script beside the WASM isn't as wasm-bindgen writes it");
    let (code, exports) = module.rsplit_once("export").ok_or_else(unknown)?;
    let names = exports.trim().trim_end_matches(';').trim();
    let names = names
        .strip_prefix('{')
        .and_then(|it| it.strip_suffix('}'))
        .ok_or_else(unknown)?;
    let start = names
        .split(',')
        .find_map(|it| it.trim().strip_suffix(" as default"))
        .ok_or_else(unknown)?;
    // Where the WASM would be by itself; here its bytes are given.
    let code = code.replace("import.meta.url", "location.href");
    if code.contains("import.meta") || code.contains("from '") || code.contains("from \"") {
        return Err(unknown());
    }
    Ok(format!("window.start=(()=>{{{code};return {start}}})()"))
}

/// The policy of the file: its own scripts and styles, nothing from anywhere.
fn policy(scripts: &[&str], styles: &[&str]) -> String {
    let hashes = |texts: &[&str]| -> String {
        let hash = |it: &&str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(it)));
        texts.iter().map(hash).collect::<Vec<_>>().join(" ")
    };
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; img-src data:; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
         trusted-types default",
        hashes(scripts),
        hashes(styles)
    )
}

/// The checksum Adler-32, as in RFC 1950.
pub fn adler(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1, 0);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    (b << 16) | a
}

/// Bytes packed by LZMA, with the header that says how and how long they are. The parameters are
/// those that make this content smallest. Of more than some megabytes the search for the longest
/// match is cut short: where texts repeat each other, as rows of a table do, it takes twenty times as
/// long and saves a hundredth.
fn packed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    const LARGE: usize = 1 << 22;
    let best = LzmaOptions {
        dict_size: 1 << 22,
        lc: 4,
        pb: 0,
        ..LzmaOptions::with_preset(9)
    };
    let options = if bytes.len() > LARGE {
        best
    } else {
        LzmaOptions {
            nice_len: 273,
            depth_limit: 1000,
            ..best
        }
    };
    let length = u64::try_from(bytes.len()).map_err(io::Error::other)?;
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(length))?;
    writer.write_all(bytes)?;
    writer.finish()
}

/// Bytes as letters that nothing on the way changes, five for four: the digits are those from `(` to
/// `~` without `<`, which would end the element that they stand in, and `\`. In lines, since mail
/// doesn't bear long ones.
pub fn text(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (number, four) in bytes.chunks(4).enumerate() {
        let mut value = [0; 4];
        value
            .iter_mut()
            .zip(four)
            .for_each(|(to, from)| *to = *from);
        let value = u32::from_be_bytes(value);
        for place in [85 * 85 * 85 * 85, 85 * 85 * 85, 85 * 85, 85, 1] {
            text.push(digit(value / place % 85));
        }
        if number % 100 == 99 {
            text.push('\n');
        }
    }
    text
}

/// A digit of base 85.
fn digit(value: u32) -> char {
    let code = value + u32::from(b'(');
    let code = code + u32::from(code >= u32::from(b'<'));
    let code = code + u32::from(code >= u32::from(b'\\'));
    char::from_u32(code).unwrap_or('(')
}
