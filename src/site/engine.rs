//! The engine: what every site is made of, whatever its dataset. It is made once, from what Trunk
//! staged, with the WebAssembly toolchain and `terser`; [`super::write`] then makes a site from it
//! and a dataset, with neither.
//!
//! As a file it is one line (what it is, the version of the program, the layout of packs that its
//! WASM reads, and the SHA-256 of the rest) and an archive as [`super::archive`] has them.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use sha2::{Digest, Sha256};

use super::archive;
use super::later::{ENTRY, split};
use super::script::{Kind, minified};
use super::shell::{BODY, EMBED_CODE, HEAD, compact, cut, integrity, named};
use super::wasm::{shorten, with_text};
use crate::dataset::EMBEDDED;
use crate::dataset::pack::MAGIC;

/// The page with places for its head and its body.
pub const PAGE: &str = "index.html";
/// The stylesheet, without the rules that a dataset adds.
pub const STYLE: &str = "style.css";
/// The rules for what the later part of the program shows, which has them beside it. Layers come before order: after
/// [`STYLE`] they mean the same as within it.
pub const LATER_STYLE: &str = "later.css";
/// The rules of the dialog that writes embed codes, which it brings itself.
const EMBED_THIS_STYLE: &str = include_str!("../../style/embed-this.css");
/// Where in Trunk's page the stylesheets of [`LATER_STYLE`] begin.
const LATER_MARK: &str = "<!--later-->";
/// The WASM.
pub const WASM: &str = "page.wasm";
/// The part of the WASM that comes later; empty where it isn't apart, as in what isn't a release.
pub const LATER: &str = "later.wasm";
/// The script beside the WASM.
pub const GLUE: &str = "page.js";
/// The script that starts it.
pub const START: &str = "start.js";
/// The dialog that writes embed codes.
pub const EMBED_THIS: &str = "embed-this.js";
/// What runs in the explorer's page before anything is painted.
pub const ASKED: &str = "asked.js";
/// What runs in a frame.
pub const FRAME: &str = "frame.js";
/// What helps to cite.
pub const RECORD: &str = "record.js";
/// What lets the browser keep the site.
pub const OFFLINE: &str = "offline.js";
/// What tells where the explorer doesn't become live, in a site that isn't kept; elsewhere it is a part of
/// [`OFFLINE`].
pub const WATCH: &str = "watch.js";
/// What other pages may run to have the compact form without a frame.
pub const ELEMENT: &str = "element.js";
/// What a page may run beside a frame that it embeds.
pub const EMBED_HOST: &str = "embed.js";
/// Whose works the WASM is made of, with their licences; empty in what isn't a release. `tools/supply`
/// writes it.
pub const NOTICES: &str = "THIRD-PARTY.txt";
/// The digest of the pack in the WASM, which a site with that dataset need not bring.
const EMBEDDED_PACK: &str = "embedded";

const FILES: [&str; 17] = [
    PAGE,
    STYLE,
    LATER_STYLE,
    WASM,
    LATER,
    GLUE,
    START,
    EMBED_THIS,
    ASKED,
    FRAME,
    RECORD,
    OFFLINE,
    WATCH,
    ELEMENT,
    EMBED_HOST,
    NOTICES,
    EMBEDDED_PACK,
];

/// The scripts that are written by hand and need nothing from elsewhere.
const SCRIPTS: [(&str, Kind, &str); 7] = [
    (ASKED, Kind::Classic, include_str!("asked.js")),
    (
        FRAME,
        Kind::Classic,
        // The settings, then what tells the host of its height.
        concat!(
            include_str!("watch.js"),
            include_str!("../../embed/settings.js"),
            include_str!("../../embed/frame.js")
        ),
    ),
    (RECORD, Kind::Classic, include_str!("record.js")),
    (
        OFFLINE,
        Kind::Classic,
        concat!(include_str!("watch.js"), include_str!("offline.js")),
    ),
    (WATCH, Kind::Classic, include_str!("watch.js")),
    (
        ELEMENT,
        Kind::Module,
        // Its own comment comes first.
        concat!(
            include_str!("../../embed/element.js"),
            include_str!("../../embed/settings.js")
        ),
    ),
    (
        EMBED_HOST,
        Kind::Classic,
        include_str!("../../embed/embed.js"),
    ),
];

/// What every site is made of.
#[derive(Clone, Debug)]
pub struct Engine {
    files: BTreeMap<String, Vec<u8>>,
    /// Whether it is for readers. Then its scripts are small; its sites have the policy, which the
    /// live reload of a development server would break; the worker, which would keep what is about
    /// to change; and what helps a host.
    pub release: bool,
}

/// Why a file can't be taken for an engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is something else.
    Other,
    /// It isn't whole.
    Damaged,
    /// It belongs to another version of the program, which it names.
    Version(String),
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other => f.write_str("this isn't an engine of Fact Explorer"),
            Self::Damaged => f.write_str("this engine isn't whole; fetch or make it anew"),
            Self::Version(version) => write!(
                f,
                "this engine belongs to version {version}, and the command is of version {}",
                this_version()
            ),
        }
    }
}

/// What a file of an engine begins with.
const BEGIN: &str = "fact-explorer-engine";

/// The program's version, with the layout of packs: the page and the command must agree on both.
fn this_version() -> String {
    let layout = MAGIC.to_le_bytes();
    let layout = String::from_utf8_lossy(&layout);
    format!("{}-{layout}", env!("CARGO_PKG_VERSION"))
}

impl Engine {
    /// The engine that the command was built with, where it was built with one.
    ///
    /// # Errors
    /// Where it can't be used, which would be a fault of how the command was built.
    pub fn inside() -> Option<Result<Self, Unfit>> {
        let bytes: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/engine"));
        (!bytes.is_empty()).then(|| Self::open(bytes))
    }

    /// Takes a file's bytes for an engine.
    ///
    /// # Errors
    /// Where they aren't one, aren't whole, or belong to another version.
    pub fn open(bytes: &[u8]) -> Result<Self, Unfit> {
        let end = bytes.iter().take(200).position(|it| *it == b'\n');
        let (line, rest) = end
            .and_then(|it| bytes.split_at_checked(it))
            .ok_or(Unfit::Other)?;
        let line = std::str::from_utf8(line).map_err(|_| Unfit::Other)?;
        let rest = rest.get(1..).unwrap_or(&[]);
        let words: Vec<&str> = line.split(' ').collect();
        let &[BEGIN, version, sum] = words.as_slice() else {
            return Err(Unfit::Other);
        };
        if version != this_version() {
            return Err(Unfit::Version(version.to_owned()));
        }
        if sum != sha256(rest) {
            return Err(Unfit::Damaged);
        }
        let files = archive::files(rest).ok_or(Unfit::Damaged)?;
        let files: BTreeMap<String, Vec<u8>> = files
            .into_iter()
            .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
            .collect();
        if FILES.iter().all(|it| files.contains_key(*it)) {
            Ok(Self {
                files,
                release: true,
            })
        } else {
            Err(Unfit::Damaged)
        }
    }

    /// The engine as a file.
    pub fn bytes(&self) -> Vec<u8> {
        let files = self.files.iter();
        let rest = archive::archive(files.map(|it| (it.0.as_str(), it.1.as_slice())));
        let line = format!("{BEGIN} {} {}\n", this_version(), sha256(&rest));
        [line.as_bytes(), &rest].concat()
    }

    /// Takes Trunk's page apart: takes the stylesheets, the WASM and the script beside it out of the
    /// folder, and leaves the page without what names them. In a release everything comes out small, and
    /// `notices` ship with it.
    ///
    /// # Errors
    /// Where a file can't be read or taken away, the page lacks what is looked for, a script can't be
    /// made small, or a release has no notices.
    pub fn take(staged: &Path, release: bool, notices: &str) -> io::Result<Self> {
        if release && notices.is_empty() {
            return Err(missing("whose works the program is made of (--notices)"));
        }
        let Staged {
            page,
            style,
            later_style,
        } = Staged::take(staged)?;
        let Program {
            wasm,
            mut later,
            glue,
        } = Program::take(staged, release)?;
        if !later.is_empty() {
            later = with_text(later, "style", &later_style);
        }
        let small = |source: &str, kind| {
            if release {
                minified(source, kind)
            } else {
                Ok(source.to_owned())
            }
        };
        let mut files = BTreeMap::new();
        let mut put = |name: &str, content: Vec<u8>| files.insert(name.to_owned(), content);
        for (name, kind, source) in SCRIPTS {
            put(name, small(source, kind)?.into());
        }
        let dialog = format!(
            "const CODE = {};\nconst STYLE = {};\n{}{}",
            serde_json::Value::from(EMBED_CODE),
            serde_json::Value::from(compact(EMBED_THIS_STYLE)),
            include_str!("../../embed/this.js"),
            include_str!("../../embed/settings.js")
        );
        let dialog = small(&dialog, Kind::Module)?;
        let glue = small(&glue, Kind::Module)?;
        // Its files belong together.
        let start = format!(
            "{{const GLUE = \"{}\", WASM = \"{}\", WASM_INTEGRITY = \"{}\", DIALOG = \"{}\";\n{}{}}}\n",
            named(GLUE, glue.as_bytes()),
            named(WASM, &wasm),
            integrity(&wasm),
            named(EMBED_THIS, dialog.as_bytes()),
            include_str!("trusted.js"),
            include_str!("start.js")
        );
        put(START, small(&start, Kind::Classic)?.into());
        put(EMBED_THIS, dialog.into());
        put(GLUE, glue.into());
        put(WASM, wasm);
        put(LATER, later);
        put(PAGE, page.into());
        put(STYLE, style.into());
        put(LATER_STYLE, later_style.into());
        put(NOTICES, notices.into());
        put(EMBEDDED_PACK, sha256(EMBEDDED).into());
        Ok(Self { files, release })
    }

    /// One of its files.
    pub fn file(&self, name: &str) -> &[u8] {
        // All that there are names of are there.
        self.files.get(name).map_or(&[], Vec::as_slice)
    }

    /// One of its files that are text.
    ///
    /// # Errors
    /// Where it isn't.
    pub fn text(&self, name: &str) -> io::Result<&str> {
        std::str::from_utf8(self.file(name)).map_err(|it| io::Error::other(format!("{name}: {it}")))
    }

    /// Whether its WASM has this pack in itself.
    pub fn embeds(&self, pack: &[u8]) -> bool {
        self.file(EMBEDDED_PACK) == sha256(pack).as_bytes()
    }
}

/// Trunk's page, apart from what it names.
struct Staged {
    page: String,
    style: String,
    later_style: String,
}

impl Staged {
    /// Takes the stylesheets out of the folder, and leaves the page without what names them, the WASM or the
    /// script beside it. A development server's own script stays.
    fn take(staged: &Path) -> io::Result<Self> {
        let page = fs::read_to_string(staged.join(PAGE))?;
        let (first, later) = page
            .split_once(LATER_MARK)
            .ok_or_else(|| missing("where the later style begins"))?;
        let (mut first, mut later) = (first.to_owned(), later.to_owned());
        let style = take_styles(&mut first, staged)?;
        let later_style = take_styles(&mut later, staged)?;
        let mut page = first + &later;
        while cut(&mut page, "<link rel=\"modulepreload\"", ">").is_some() {}
        while cut(&mut page, "<link rel=\"preload\"", ">").is_some() {}
        let start = page
            .find("TrunkApplicationStarted")
            .ok_or_else(|| missing("the start script"))?;
        let from = page
            .get(..start)
            .and_then(|it| it.rfind("<script"))
            .unwrap_or(start);
        let to = page
            .get(start..)
            .and_then(|it| it.find("</script>"))
            .unwrap_or(0);
        let to = start + to + "</script>".len();
        page.replace_range(from..to, "");
        // Of the lines that named what was taken out nothing is left but their ends.
        let lines = page.lines().filter(|it| !it.trim().is_empty());
        let page: String = lines.flat_map(|it| [it, "\n"]).collect();
        if !page.contains(HEAD) || !page.contains(BODY) {
            return Err(missing("a place for the page"));
        }
        Ok(Self {
            page,
            style,
            later_style,
        })
    }
}

/// The stylesheets that a part of the page has links to, which are taken away.
fn take_styles(page: &mut String, staged: &Path) -> io::Result<String> {
    let mut css = String::new();
    while let Some(link) = cut(page, "<link rel=\"stylesheet\"", ">") {
        let name = attribute(&link, "href").ok_or_else(|| missing("a stylesheet's address"))?;
        let file = staged.join(name.trim_start_matches("./"));
        css.push_str(&compact(&fs::read_to_string(&file)?));
        fs::remove_file(file)?;
    }
    Ok(css)
}

/// What makes a page live.
struct Program {
    wasm: Vec<u8>,
    later: Vec<u8>,
    glue: String,
}

impl Program {
    /// Takes the WASM and the script beside it out of the folder; in a release in two parts, and with short
    /// names for each other.
    fn take(staged: &Path, release: bool) -> io::Result<Self> {
        let (mut glue, mut wasm) = (None, None);
        for entry in fs::read_dir(staged)?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            match name.rsplit_once('.') {
                Some((_, "wasm")) => wasm = Some(entry.path()),
                Some((stem, "js")) if stem.starts_with("page-") => glue = Some(entry.path()),
                _ => {}
            }
        }
        let wasm_file = wasm.ok_or_else(|| missing("the WASM"))?;
        let glue_file = glue.ok_or_else(|| missing("the script beside the WASM"))?;
        let (wasm, glue) = (fs::read(&wasm_file)?, fs::read_to_string(&glue_file)?);
        fs::remove_file(wasm_file)?;
        fs::remove_file(glue_file)?;
        if !release {
            let later = Vec::new();
            return Ok(Self { wasm, later, glue });
        }
        let (wasm, later) = split(&wasm, ENTRY)?;
        let (wasm, later) = (optimized(wasm, staged)?, optimized(later, staged)?);
        let (wasm, glue) = shorten(&wasm, &without_needless(glue)?)?;
        Ok(Self { wasm, later, glue })
    }
}

/// Where in the script beside the WASM something begins that no page needs, and where it ends: what starts the module
/// at once, or fetches it by an address; what is for browsers without `encodeInto` or `FinalizationRegistry`, which can't
/// run this WASM either; and what is said of callers and hosts that is told in other ways (`start.js`, docs/hosting.md).
const NEEDLESS: [(&str, &str); 7] = [
    ("initSync, ", "__wbg_init as default"),
    ("if (!('encodeInto' in", "let WASM_VECTOR_LEN"),
    (
        "(typeof FinalizationRegistry ===",
        "new FinalizationRegistry(",
    ),
    (
        " else {\n            console.warn('using deprecated parameters for the initialization",
        "\n    }\n\n    if (module_or_path === undefined)",
    ),
    (
        "console.warn(\"`WebAssembly.instantiateStreaming` failed",
        "\n                } else { throw e; }",
    ),
    (
        "if (module_or_path === undefined) {",
        "const imports = __wbg_get_imports();\n\n    if (typeof module_or_path",
    ),
    (
        "if (typeof module_or_path === 'string'",
        "const { instance, module } = await",
    ),
];

/// The script beside the WASM without what is [`NEEDLESS`].
fn without_needless(mut glue: String) -> io::Result<String> {
    for (begin, end) in NEEDLESS {
        let (before, rest) = glue.split_once(begin).ok_or_else(|| missing(begin))?;
        let at = rest.find(end).ok_or_else(|| missing(end))?;
        glue = [before, rest.get(at..).unwrap_or("")].concat();
    }
    Ok(glue)
}

/// How each part of the WASM is made smaller once more, by itself: as the whole was (`index.html`), without what only
/// helps once.
pub const OPTIMIZE: [&str; 11] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--low-memory-unused",
    "--always-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=50",
    "-Oz",
    "--converge",
];

/// A part of the WASM after `wasm-opt`; as it is where that isn't on the path, as when Trunk has one of its own.
fn optimized(wasm: Vec<u8>, folder: &Path) -> io::Result<Vec<u8>> {
    let (before, after) = (folder.join("part.wasm"), folder.join("part-small.wasm"));
    fs::write(&before, &wasm)?;
    let done = Command::new("wasm-opt")
        .args(OPTIMIZE)
        .arg(&before)
        .arg("-o")
        .arg(&after)
        .status();
    fs::remove_file(&before)?;
    match done {
        Err(none) if none.kind() == io::ErrorKind::NotFound => Ok(wasm),
        Ok(status) if status.success() => {
            let small = fs::read(&after)?;
            fs::remove_file(&after)?;
            Ok(small)
        }
        Ok(status) => Err(io::Error::other(format!("wasm-opt: {status}"))),
        Err(failed) => Err(failed),
    }
}

fn missing(what: &str) -> io::Error {
    io::Error::other(format!("{what} isn't in what Trunk staged"))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let after = tag.split_once(&format!("{name}=\""))?.1;
    Some(after.split_once('"')?.0)
}

/// A digest, in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}
