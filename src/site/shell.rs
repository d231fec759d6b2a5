//! What Trunk staged, taken apart and put together again.
//!
//! Trunk copies the stylesheets one by one and starts the page from an inline script. Here the
//! stylesheets become one file, in the order of `index.html`, and the script a file of its own.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha384};

use super::document::Head;
use super::page::Page;
use super::script::{Kind, minified};
use super::wasm::shorten;
use super::{element, embed};

/// The policy that the site runs under. A host may send it as a header too.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; base-uri 'none'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types default";

/// What may become markup, where the browser asks. Each script that may be a page's first begins
/// with it.
const TRUSTED: &str = include_str!("trusted.js");

/// How the page looks with scripts off. Not by the media feature `scripting`, which younger browsers
/// lack and a blocker's readers don't match.
pub const NOSCRIPT: &str = include_str!("../../style/noscript.css");

/// What helps to cite: the pages that have citations load it, and are whole without it.
const RECORD: &str = include_str!("record.js");

/// What a page may run beside a frame that it embeds, so that its height follows the reader.
const EMBED_HOST: &str = include_str!("../../embed/embed.js");

/// How the compact form differs.
const EMBED: &str = include_str!("../../style/embed.css");

/// The dialog that writes embed codes, and the code of a frame, which it fills in.
const EMBED_THIS: &str = include_str!("../../embed/this.js");

/// The code for a frame in other pages, with places for what differs.
pub const EMBED_CODE: &str = include_str!("../../embed/code.html");

/// What runs in the frame: the settings, then what tells the host of its height.
const FRAME: &str = concat!(
    include_str!("../../embed/settings.js"),
    include_str!("../../embed/frame.js")
);

/// What other pages may run to have the compact form without a frame. Its own comment comes first.
const ELEMENT: &str = concat!(
    include_str!("../../embed/element.js"),
    include_str!("../../embed/settings.js")
);
/// What lets the browser keep the site.
const OFFLINE: &str = concat!(include_str!("trusted.js"), include_str!("offline.js"));

/// Where `index.html` wants what this module writes.
const HEAD: &str = "<!--head-->";
const BODY: &str = "<!--page-->";

/// What makes a page live.
#[derive(Clone, Debug)]
pub struct Live {
    /// The markup for the end of the head that starts it.
    pub head: String,
    /// The name of the second pack.
    pub more: String,
}

/// Trunk's page without its links and scripts, and the files they named.
#[derive(Debug)]
pub struct Shell {
    html: String,
    css: String,
    glue: String,
    wasm: String,
    staged: std::path::PathBuf,
    release: bool,
}

impl Shell {
    /// Takes Trunk's page apart, and its stylesheets out of the folder. In a release the WASM and its
    /// script come out smaller.
    ///
    /// # Errors
    /// Where a file can't be read, or the page lacks what is looked for.
    pub fn take(staged: &Path, html: &str, release: bool) -> io::Result<Self> {
        let mut rest = html.to_owned();
        let mut css = String::new();
        // `<link …>` and the start script; a development server's own script stays.
        while let Some(link) = cut(&mut rest, "<link rel=\"stylesheet\"", ">") {
            let name = attribute(&link, "href").ok_or_else(|| missing("a stylesheet's address"))?;
            let file = staged.join(name.trim_start_matches("./"));
            css += &compact(&fs::read_to_string(&file)?);
            fs::remove_file(file)?;
        }
        while cut(&mut rest, "<link rel=\"modulepreload\"", ">").is_some() {}
        while cut(&mut rest, "<link rel=\"preload\"", ">").is_some() {}
        let start = rest
            .find("TrunkApplicationStarted")
            .ok_or_else(|| missing("the start script"))?;
        let from = rest
            .get(..start)
            .and_then(|it| it.rfind("<script"))
            .unwrap_or(start);
        let to = rest
            .get(start..)
            .and_then(|it| it.find("</script>"))
            .unwrap_or(0);
        let to = start + to + "</script>".len();
        rest.replace_range(from..to, "");
        let (mut glue, mut wasm) = (None, None);
        for entry in fs::read_dir(staged)?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            match name.rsplit_once('.') {
                Some((_, "wasm")) => wasm = Some(name),
                Some((stem, "js")) if stem.starts_with("page-") => glue = Some(name),
                _ => {}
            }
        }
        if !rest.contains(HEAD) || !rest.contains(BODY) {
            return Err(missing("a place for the page"));
        }
        let mut shell = Self {
            html: rest,
            css,
            glue: glue.ok_or_else(|| missing("the script beside the WASM"))?,
            wasm: wasm.ok_or_else(|| missing("the WASM"))?,
            staged: staged.to_owned(),
            release,
        };
        if release {
            shell.shorten()?;
        }
        Ok(shell)
    }

    /// Gives the WASM and its script short names for each other, and names of their own that tell
    /// what is in them now.
    fn shorten(&mut self) -> io::Result<()> {
        let [wasm, glue] = [&self.wasm, &self.glue].map(|it| self.staged.join(it));
        // Nothing here starts the module at once, which is what `initSync` is for.
        let (short, script) = shorten(
            &fs::read(&wasm)?,
            &fs::read_to_string(&glue)?.replace("export { initSync,", "export {"),
        )?;
        fs::remove_file(wasm)?;
        fs::remove_file(glue)?;
        self.wasm = self.write("page", "wasm", short)?;
        self.glue = self.script("page", &script, Kind::Module)?;
        Ok(())
    }

    /// Writes the one stylesheet of the site, and gives its name.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn style(&self, page: &Page) -> io::Result<String> {
        self.write("style", "css", self.css(page))
    }

    /// The one stylesheet of the site.
    pub fn css(&self, page: &Page) -> String {
        [self.css.as_str(), &page.css].concat()
    }

    /// The script beside the WASM, and the WASM.
    ///
    /// # Errors
    /// Where a file can't be read.
    pub fn program(&self) -> io::Result<(String, Vec<u8>)> {
        let glue = fs::read_to_string(self.staged.join(&self.glue))?;
        Ok((glue, fs::read(self.staged.join(&self.wasm))?))
    }

    /// Writes the script that helps to cite, and gives its name. A classic script, as the start
    /// script is, and for the same reason.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn record_script(&self) -> io::Result<String> {
        self.script("record", RECORD, Kind::Classic)
    }

    /// Writes the script that lets the browser keep the site, and gives its name.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn offline_script(&self) -> io::Result<String> {
        self.script("offline", OFFLINE, Kind::Classic)
    }

    /// Writes the stylesheet that the compact form has beside the site's, and gives its name.
    ///
    /// # Errors
    /// Where the file can't be written, or the site's has no dark palette as [`embed::dark`] knows it.
    pub fn embed_style(&self) -> io::Result<String> {
        self.write("embed", "css", self.embed_css()?)
    }

    fn embed_css(&self) -> io::Result<String> {
        let dark = embed::dark(&self.css).ok_or_else(|| missing("the dark palette"))?;
        Ok(compact(EMBED) + &dark)
    }

    /// Writes the compact form's script, and gives its name. It is loaded before anything is painted.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn embed_script(&self) -> io::Result<String> {
        self.script("frame", FRAME, Kind::Classic)
    }

    /// Writes the script for pages that have a frame with the compact form. Its name stays.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn host_script(&self) -> io::Result<()> {
        let script = self.small(EMBED_HOST, Kind::Classic)?;
        fs::write(self.staged.join("embed.js"), script)
    }

    /// Writes what `<fact-explorer>` is made of: its script, whose name stays, and its stylesheet. Gives
    /// the attributes by which `embed.html` tells that script what else there is.
    ///
    /// # Errors
    /// As [`Self::embed_style`].
    pub fn element(&self, page: &Page) -> io::Result<String> {
        let script = self.small(ELEMENT, Kind::Module)?;
        fs::write(self.staged.join("element.js"), script)?;
        let css = self.css.clone() + &page.css + &self.embed_css()?;
        let css = element::style(&css);
        let style = self.write("element", "css", &css)?;
        Ok(format!(
            "data-script=\"./{}\" data-wasm=\"./{}\" data-wasm-integrity=\"{}\" \
             data-style=\"./{style}\" data-style-integrity=\"{}\"",
            self.glue,
            self.wasm,
            self.digest(&self.wasm)?,
            integrity(css.as_bytes())
        ))
    }

    /// Writes what makes a page live: the start script and the second pack.
    ///
    /// # Errors
    /// Where a file can't be written.
    pub fn live(&self, more: &[u8]) -> io::Result<Live> {
        let dialog = format!(
            "const CODE = {};\n{EMBED_THIS}",
            serde_json::Value::from(EMBED_CODE)
        );
        let dialog = self.script("embed-this", &dialog, Kind::Module)?;
        let wasm_whole = self.digest(&self.wasm)?;
        let start = start_script(&self.glue, &self.wasm, &wasm_whole, &dialog);
        let start = self.script("start", &start, Kind::Classic)?;
        let glue = &self.glue;
        Ok(Live {
            head: format!(
                "<link rel=\"modulepreload\" href=\"./{glue}\" integrity=\"{}\">\
                 <script defer src=\"./{start}\"></script>",
                self.digest(glue)?
            ),
            more: self.write("more", "pack", more)?,
        })
    }

    /// Writes the style without scripts, and gives the finished page.
    ///
    /// # Errors
    /// Where the file can't be written.
    pub fn fill(&self, head: &Head, page: &Page, live: &Live) -> io::Result<String> {
        let plain = self.write("noscript", "css", compact(NOSCRIPT))?;
        let Live { head: start, more } = live;
        let head = format!(
            "{}<noscript><link rel=\"stylesheet\" href=\"./{plain}\"></noscript>{start}",
            head.markup(self.release)
        );
        let body = body(page, &format!("data-more=\"./{more}\""), "", "Everything");
        Ok(self.html.replace(HEAD, &head).replace(BODY, &body))
    }

    /// What a browser checks a file by.
    fn digest(&self, name: &str) -> io::Result<String> {
        fs::read(self.staged.join(name)).map(|it| integrity(&it))
    }

    /// Writes a script, in a release a small one, and gives its name.
    fn script(&self, stem: &str, source: &str, kind: Kind) -> io::Result<String> {
        self.write(stem, "js", self.small(source, kind)?)
    }

    /// A script as it ships.
    fn small(&self, source: &str, kind: Kind) -> io::Result<String> {
        if self.release {
            minified(source, kind)
        } else {
            Ok(source.to_owned())
        }
    }

    /// Writes a file whose name tells its content, so that it may be cached for good.
    fn write(&self, stem: &str, ending: &str, content: impl AsRef<[u8]>) -> io::Result<String> {
        let mut hasher = DefaultHasher::new();
        content.as_ref().hash(&mut hasher);
        let name = format!("{stem}-{:016x}.{ending}", hasher.finish());
        fs::write(self.staged.join(&name), content)?;
        Ok(name)
    }
}

/// The body of the explorer's page. `told` are attributes of what is made live; `lacking` ends what
/// is said where scripts are off, and `readable` is what can be read where they fail.
pub fn body(page: &Page, told: &str, lacking: &str, readable: &str) -> String {
    let Page {
        masthead,
        explorer,
        colophon,
        ..
    } = page;
    format!(
        "<a class=\"skip\" href=\"#explorer\">Skip to the facts</a>\
         <header class=\"masthead\">{masthead}\
         <p class=\"quiet quiet--off\">Scripts are off: every card is shown, and the findings \
         still filter. A card without a finding got its first letter after the date shown.{lacking}</p>\
         <p class=\"quiet quiet--failed\">Search and filters couldn’t start in this browser. \
         {readable} can still be read, and the findings still filter.</p></header>\
         <main id=\"explorer\" tabindex=\"-1\" {told}>{explorer}</main>\
         <footer class=\"colophon\">{colophon}</footer>"
    )
}

/// A classic script, since a browser loads those from a file's own folder too; there the module
/// can't be loaded, and the page says so and stays as it is. It asks for the WASM itself: a preload
/// would make readers without scripts download it too. In a sandboxed frame a script has no address
/// that an import could start from, so the module's is a whole one.
fn start_script(glue: &str, wasm: &str, wasm_whole: &str, dialog: &str) -> String {
    let dialog = format!(
        "addEventListener(\"click\",({{target:it}})=>{{if(it.closest?.(\"[data-do=embed]\"))\
         import(new URL(\"./{dialog}\",document.baseURI))\
         .then(it=>it.open(document.querySelector(\"[popovertarget=take]\")))}});"
    );
    format!(
        "{TRUSTED}{dialog}const wasm=fetch(\"./{wasm}\",{{integrity:\"{wasm_whole}\"}});wasm.catch(()=>{{}});\
         import(new URL(\"./{glue}\",document.baseURI))\
         .then(it=>it.default({{module_or_path:wasm}}))\
         .catch(()=>{{document.documentElement.dataset.failed=\"\";\
         for(const it of document.querySelectorAll(\".live\"))it.inert=true;\
         if(location.protocol===\"file:\"){{const it=document.createElement(\"a\");\
         it.href=it.textContent=\"standalone.html\";\
         document.querySelector(\".quiet--failed\").replaceChildren(\
         \"Opened from a folder, this page can be read, and the findings filter. \
         Search, filters and all views work in \",it,\", the file beside it.\")}}}})\n"
    )
}

/// What tells a browser whether a file came whole: its digest, as an `integrity` attribute has it.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", BASE64.encode(Sha384::digest(content)))
}

fn missing(what: &str) -> io::Error {
    io::Error::other(format!("{what} isn't in what Trunk staged"))
}

/// A stylesheet without comments and indentation. Strings in it have no run of blanks.
pub fn compact(css: &str) -> String {
    let mut rest = css.to_owned();
    while cut(&mut rest, "/*", "*/").is_some() {}
    let lines = rest.lines().map(str::trim).filter(|it| !it.is_empty());
    let ends = |it: &str| it.ends_with(['{', '}', ';', ',']);
    lines
        .flat_map(|it| [it, if ends(it) { "" } else { " " }])
        .collect()
}

/// Takes the first piece from `start` to `end` out of a text.
fn cut(text: &mut String, start: &str, end: &str) -> Option<String> {
    let from = text.find(start)?;
    let to = from + text.get(from..)?.find(end)? + end.len();
    let piece = text.get(from..to)?.to_owned();
    text.replace_range(from..to, "");
    Some(piece)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let after = tag.split_once(&format!("{name}=\""))?.1;
    Some(after.split_once('"')?.0)
}
