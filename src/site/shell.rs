//! What a site's live pages are put together from: the engine's files, and what a dataset adds.

use std::fs;
use std::io;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

use crate::dataset::pack::{name_of_part, sum_of};
use crate::dataset::wording::{key, source};
use crate::language::{Word, Words};
use crate::view::beside::{LATER, LATER_INTEGRITY, MORE, PACK};
use crate::view::card::LATE;

use super::document::{Head, Inside, html};
use super::engine::{self, Engine, sha256};
use super::page::Page;
use super::{Packs, element, embed};

/// The policy that the site runs under. A host may send it as a header too.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; base-uri 'none'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types default worker";

/// The policy, with leave for what a page has in itself, by digests.
pub fn policy(inside: &Inside) -> String {
    let with = |policy: &str, part: &str, texts: &[String]| {
        let digests = texts
            .iter()
            .map(|it| format!(" '{}'", integrity(it.as_bytes())));
        let leave = part.to_owned() + &digests.collect::<String>();
        policy.replace(part, &leave)
    };
    let policy = with(POLICY, "style-src 'self'", &inside.styles);
    with(&policy, "script-src 'self'", &inside.scripts)
}

/// How the page looks with scripts off. Not by the media feature `scripting`, which younger browsers
/// lack and a blocker's readers don't match.
pub const NOSCRIPT: &str = include_str!("../../style/noscript.css");

/// How the explorer's page looks while it doesn't show yet what its link asks for.
const ASKED: &str = include_str!("../../style/asked.css");

/// How the pages behind the explorer differ.
const PAGES: &str = include_str!("../../style/pages.css");

/// How the compact form differs.
const EMBED: &str = include_str!("../../style/embed.css");

/// The code for a frame in other pages, with places for what differs.
pub const EMBED_CODE: &str = include_str!("../../embed/code.html");

/// Where `index.html` wants what this module writes.
pub(super) const HEAD: &str = "<!--head-->";
pub(super) const BODY: &str = "<!--page-->";

/// The folder with the parts of a split pack.
pub const PARTS: &str = "parts";

/// What makes a page live.
#[derive(Clone, Debug)]
pub struct Live {
    /// The markup for the beginning of the head that asks for what it needs.
    pub preload: String,
    /// What the script that starts it is told, as attributes.
    start: String,
    /// The attributes of what is made live that name what it asks for.
    pub asks: String,
}

impl Live {
    /// The markup for the end of the head that starts it; `told` are further attributes for its script.
    pub fn head(&self, told: &str) -> String {
        format!("<script async {told}{}></script>", self.start)
    }
}

/// An engine, the folder that a site is written into, and the words of its interface.
#[derive(Clone, Copy, Debug)]
pub struct Shell<'a> {
    engine: &'a Engine,
    into: &'a Path,
    words: Words,
}

impl<'a> Shell<'a> {
    /// Nothing is written yet.
    pub fn new(engine: &'a Engine, into: &'a Path, words: Words) -> Self {
        Self {
            engine,
            into,
            words,
        }
    }

    /// Writes the one stylesheet of the site, and gives its name.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn style(&self, page: &Page) -> io::Result<String> {
        self.write("style.css", self.css(page)?)
    }

    /// The one stylesheet of the site.
    ///
    /// # Errors
    /// Where the engine's isn't text.
    pub fn css(&self, page: &Page) -> io::Result<String> {
        Ok(self.css_of_explorer(page)? + &compact(PAGES))
    }

    /// What the explorer needs of it.
    fn css_of_explorer(&self, page: &Page) -> io::Result<String> {
        Ok(self.said(engine::STYLE)? + self.engine.text(engine::LATER_STYLE)? + &page.css)
    }

    /// What the explorer needs of it before the later part of the program, which brings its own; all, where there is
    /// none.
    ///
    /// # Errors
    /// Where the engine's isn't text.
    pub fn css_at_first(&self, page: &Page) -> io::Result<String> {
        if self.engine.file(engine::LATER).is_empty() {
            return self.css_of_explorer(page);
        }
        Ok(self.said(engine::STYLE)? + &page.css)
    }

    /// The script beside the WASM, the WASM, and the part of it that comes later, which may be empty.
    ///
    /// # Errors
    /// Where the script isn't text.
    pub fn program(&self) -> io::Result<(&'a str, &'a [u8], &'a [u8])> {
        let glue = self.engine.text(engine::GLUE)?;
        let file = |name| self.engine.file(name);
        Ok((glue, file(engine::WASM), file(engine::LATER)))
    }

    /// Writes the script that helps to cite, and gives its name. A classic script, as the start
    /// script is, and for the same reason.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn record_script(&self) -> io::Result<String> {
        self.own(engine::RECORD)
    }

    /// Writes the script that lets the browser keep the site, and gives its name.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn offline_script(&self) -> io::Result<String> {
        self.own(engine::OFFLINE)
    }

    /// Writes the script that tells where the explorer doesn't become live, for a site that isn't kept, and
    /// gives its name.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn watch_script(&self) -> io::Result<String> {
        self.own(engine::WATCH)
    }

    /// What the explorer's page has in itself: its stylesheet, and a script that keeps from whoever follows a link
    /// what that doesn't ask for.
    ///
    /// # Errors
    /// Where the engine's files aren't text, or the script can't stand in a page.
    pub fn inside(&self, css: String) -> io::Result<Inside> {
        let script = self.said(engine::ASKED)?;
        is_for_page(&script)?;
        Ok(Inside {
            styles: vec![css + &said(&compact(ASKED), self.words)],
            scripts: vec![script],
        })
    }

    /// What the compact form has in itself: the site's stylesheet, its own, and its script, which runs before
    /// anything is painted. As files they would be two more ways for a frame to stay empty.
    ///
    /// # Errors
    /// Where the site's stylesheet has no dark palette as [`embed::dark`] knows it, or the script can't stand in
    /// a page.
    pub fn embed_inside(&self, page: &Page) -> io::Result<Inside> {
        let script = self.said(engine::FRAME)?;
        is_for_page(&script)?;
        Ok(Inside {
            styles: vec![self.css_at_first(page)?, self.embed_css()?],
            scripts: vec![script],
        })
    }

    /// Writes what the compact form has in itself as files once more, for a host whose policy refuses it there, and
    /// gives the attributes by which its start script is told of them.
    ///
    /// # Errors
    /// Where a file can't be written.
    pub fn embed_files(&self, inside: &Inside) -> io::Result<String> {
        let style = self.write("embed.css", inside.styles.concat())?;
        let script = self.write(engine::FRAME, inside.scripts.concat())?;
        Ok(format!(
            "data-style=\"./{style}\" data-frame=\"./{script}\" "
        ))
    }

    fn embed_css(&self) -> io::Result<String> {
        let dark = embed::dark(self.engine.text(engine::STYLE)?)
            .ok_or_else(|| io::Error::other("the stylesheet has no dark palette"))?;
        Ok(compact(EMBED) + &dark)
    }

    /// Writes the script for pages that have a frame with the compact form. Its name stays.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn host_script(&self) -> io::Result<()> {
        self.as_is(engine::EMBED_HOST)
    }

    /// Writes whose works the program is made of, where that is known, and gives its path. Its name stays.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn notices_file(&self) -> io::Result<String> {
        if self.notices()?.is_empty() {
            return Ok(String::new());
        }
        self.as_is(engine::NOTICES)?;
        Ok(engine::NOTICES.to_owned())
    }

    /// Whose works the program is made of, with their licences; empty where that isn't known.
    ///
    /// # Errors
    /// Where it isn't text.
    pub fn notices(&self) -> io::Result<&'a str> {
        self.engine.text(engine::NOTICES)
    }

    /// Writes what `<fact-explorer>` is made of: its script, whose name stays, and its stylesheet. Gives
    /// the attributes by which `embed.html` tells that script what else there is.
    ///
    /// # Errors
    /// Where a file can't be written, or as [`Self::embed_inside`].
    pub fn element(&self, page: &Page) -> io::Result<String> {
        self.as_is(engine::ELEMENT)?;
        let css = self.css_of_explorer(page)? + &self.embed_css()?;
        let css = element::style(&css);
        let style = self.write("element.css", &css)?;
        let wasm = self.engine.file(engine::WASM);
        Ok(format!(
            "data-script=\"./{}\" data-wasm=\"./{}\" data-wasm-integrity=\"{}\" \
             data-style=\"./{style}\" data-style-integrity=\"{}\"",
            named(engine::GLUE, self.engine.file(engine::GLUE)),
            named(engine::WASM, wasm),
            integrity(wasm),
            integrity(css.as_bytes())
        ))
    }

    /// Writes what makes a page live: the WASM with its scripts, the second pack and, where the WASM
    /// hasn't this dataset's in itself, the first. `is_long` is whether the page's list is.
    ///
    /// # Errors
    /// Where a file can't be written.
    pub fn live(&self, Packs { facts, more }: &Packs, is_long: bool) -> io::Result<Live> {
        let dialog = self.said(engine::EMBED_THIS)?;
        let dialog = self.write(engine::EMBED_THIS, dialog)?;
        let wasm = self.as_named(engine::WASM)?;
        let glue = self.as_named(engine::GLUE)?;
        // It names the dialog as it is before its words are in it.
        let unsaid = named(engine::EMBED_THIS, self.engine.file(engine::EMBED_THIS));
        let start = self.said(engine::START)?.replace(&unsaid, &dialog);
        let start = self.write(engine::START, start)?;
        let early = |name: &str| {
            format!(
                "<link rel=\"preload\" as=\"fetch\" media=\"(scripting: enabled)\" href=\"./{name}\">"
            )
        };
        let mut preload = early(&wasm);
        let mut told = String::new();
        let mut asks = format!("{MORE}=\"./{}\"", self.write("more.pack", more)?);
        let later = self.engine.file(engine::LATER);
        if !later.is_empty() {
            let (name, digest) = (self.as_named(engine::LATER)?, integrity(later));
            let long = if is_long { " data-long=\"yes\"" } else { "" };
            told = format!(" data-later=\"./{name}\" data-integrity=\"{digest}\"{long}");
            asks.push_str(&format!(
                " {LATER}=\"./{name}\" {LATER_INTEGRITY}=\"{digest}\""
            ));
        }
        if let Some(own) = self.brings(&facts.pack) {
            if !facts.parts.is_empty() {
                fs::create_dir_all(self.into.join(PARTS))?;
            }
            for part in &facts.parts {
                let name = name_of_part(sum_of(part));
                fs::write(self.into.join(PARTS).join(name), part)?;
            }
            let name = self.write("pack.pack", own)?;
            preload.push_str(&early(&name));
            let own_pack = format!(" {PACK}=\"./{name}\"");
            asks.push_str(&own_pack);
            told.push_str(&own_pack);
        }
        preload.push_str(&format!(
            "<link rel=\"modulepreload\" href=\"./{glue}\" integrity=\"{}\">",
            integrity(self.engine.file(engine::GLUE))
        ));
        Ok(Live {
            preload,
            start: format!("src=\"./{start}\"{told}"),
            asks,
        })
    }

    /// The pack that a page has to bring, since the WASM hasn't it in itself.
    pub fn brings<'p>(&self, facts: &'p [u8]) -> Option<&'p [u8]> {
        (!self.engine.embeds(facts)).then_some(facts)
    }

    /// Writes the style without scripts, and gives the finished page.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn fill(&self, head: &Head, page: &Page, live: &Live) -> io::Result<String> {
        let plain = self.write("noscript.css", compact(NOSCRIPT))?;
        let start = live.head(&format!("data-style=\"./{}\" ", head.shared.style));
        let language = &head.shared.language;
        let pause = head.inside.pause();
        let head = format!(
            "{}<noscript><link rel=\"stylesheet\" href=\"./{plain}\"></noscript>{start}",
            head.markup(self.engine.release)
        );
        let body = body(page, self.words, &live.asks, Some(&pause));
        let page = self.engine.text(engine::PAGE)?;
        let page = page.lines().map(str::trim).collect::<Vec<_>>().join("\n");
        // What Trunk serves is written for one language. Its cards may be laid out late.
        let own = html(language) + " " + LATE;
        Ok(page
            .replacen("lang=\"en\"", &own, 1)
            .replace(HEAD, &head)
            .replace(BODY, &body))
    }

    /// Writes one of the engine's scripts under a name that tells its content.
    fn own(&self, name: &str) -> io::Result<String> {
        self.write(name, self.said(name)?)
    }

    /// Writes one of the engine's files that have no words under a name that tells its content.
    fn as_named(&self, name: &str) -> io::Result<String> {
        self.write(name, self.engine.file(name))
    }

    /// Writes one of the engine's scripts under its own name.
    fn as_is(&self, name: &str) -> io::Result<()> {
        fs::write(self.into.join(name), self.said(name)?)
    }

    /// One of the engine's scripts with the interface's words in it: they name them as `%show-all%`.
    fn said(&self, name: &str) -> io::Result<String> {
        Ok(said(self.engine.text(name)?, self.words))
    }

    /// Writes a file whose name tells its content, so that it may be cached for good.
    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> io::Result<String> {
        let name = named(name, content.as_ref());
        fs::write(self.into.join(&name), content)?;
        Ok(name)
    }
}

/// A file's name with what tells its content in it: `style-72196a1a8a7279b8.css`.
pub(super) fn named(name: &str, content: &[u8]) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let digest = sha256(content);
    format!("{stem}-{}.{ending}", digest.get(..16).unwrap_or(&digest))
}

/// Refuses a script that would end the element of a page that it stands in, or make it another.
///
/// # Errors
/// Where it has such letters in it.
pub(super) fn is_for_page(script: &str) -> io::Result<()> {
    if script.contains("</script") || script.contains("<!--") {
        return Err(io::Error::other("a script can't stand in a page"));
    }
    Ok(())
}

/// A script with the interface's words in it. They have nothing in them that would end a string.
pub fn said(script: &str, words: Words) -> String {
    let mut pieces = script.split('%');
    let mut said = pieces.next().unwrap_or("").to_owned();
    // Whether the last piece was what it is, and no word.
    let mut is_script = true;
    for piece in pieces {
        let word = Word::ALL.iter().find(|it| is_script && key(it.1) == piece);
        match word {
            Some(it) => said.push_str(&source(words, it.0)),
            None if is_script => said.extend(["%", piece]),
            None => said.push_str(piece),
        }
        is_script = word.is_none();
    }
    said
}

/// The body of the explorer's page. `told` are attributes of what is made live; `pause` is the markup between the masthead
/// and that ([`Inside::pause`]). The one file has none: there, histories and other pages need scripts, too.
pub fn body(page: &Page, words: Words, told: &str, pause: Option<&str>) -> String {
    let alone = pause.is_none();
    let pause = pause.unwrap_or_default();
    let Page {
        masthead,
        explorer,
        colophon,
        has_findings,
        shows_all,
        default_day,
        ..
    } = page;
    let off = match default_day {
        Some(day) => words.fill(Word::ScriptsOffFindings, &[day]),
        None => words.text(Word::ScriptsOff).to_owned(),
    };
    let lacking = if alone {
        words.text(Word::HistoriesNeed)
    } else {
        ""
    };
    // Where it can't start, what isn't shown at first isn't to be had here.
    let failed = words.text(match (!alone && *shows_all, has_findings) {
        (true, false) => Word::CouldntStart,
        (true, true) => Word::CouldntStartFindings,
        (false, false) => Word::CouldntStartShown,
        (false, true) => Word::CouldntStartShownFindings,
    });
    let skip = words.text(Word::SkipToFacts);
    format!(
        "<a class=\"skip\" href=\"#explorer\">{skip}</a>\
         <header class=\"masthead\">{masthead}\
         <p class=\"quiet quiet--off\">{off}{lacking}</p>\
         <p class=\"quiet quiet--failed\">{failed}</p></header>{pause}\
         <main id=\"explorer\" tabindex=\"-1\" {told}>{explorer}</main>\
         <footer class=\"colophon\">{colophon}</footer>"
    )
}

/// What tells a browser whether a file came whole: its digest, as an `integrity` attribute has it.
pub fn integrity(content: &[u8]) -> String {
    format!("sha256-{}", BASE64.encode(Sha256::digest(content)))
}

/// A stylesheet without comments and blanks. Strings in it have no run of blanks, and none after a comma or a colon.
pub fn compact(css: &str) -> String {
    let mut rest = css.to_owned();
    while cut(&mut rest, "/*", "*/").is_some() {}
    let lines = rest.lines().map(str::trim).filter(|it| !it.is_empty());
    let ends = |it: &str| it.ends_with(['{', '}', ';', ',']);
    let css: String = lines
        .flat_map(|it| [it, if ends(it) { "" } else { " " }])
        .collect();
    let pairs = [(": ", ":"), (", ", ","), (" {", "{"), (";}", "}")];
    pairs
        .iter()
        .fold(css, |css, (from, to)| css.replace(from, to))
}

/// Takes the first piece from `start` to `end` out of a text.
pub(super) fn cut(text: &mut String, start: &str, end: &str) -> Option<String> {
    let from = text.find(start)?;
    let to = from + text.get(from..)?.find(end)? + end.len();
    let piece = text.get(from..to)?.to_owned();
    text.replace_range(from..to, "");
    Some(piece)
}
