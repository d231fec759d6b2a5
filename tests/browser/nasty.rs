//! Texts that mean something elsewhere (in markup, scripts, addresses, templates or the direction of
//! writing) and a dataset of them.
//!
//! Nothing here needs a browser: tests/native/hostile.rs has it too.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// What sets [`RAN`] where it is run, and what only looks odd. None has blanks that a table would join.
pub const NASTY: [&str; 26] = [
    "<img src=x onerror=\"window.ran=1\">",
    "<script>window.ran=1</script>",
    "</script><script>window.ran=1</script>",
    "</h3></article></main><svg onload=window.ran=1>",
    "</title></textarea></style><iframe src=javascript:parent.ran=1>",
    "]]><svg/onload=window.ran=1>",
    "<![CDATA[<b>",
    "<!-- <!> <!--page--> <!--head-->",
    "\"><a href=\"javascript:window.ran=1\">x</a>",
    "' onmouseover='window.ran=1' x='",
    "&amp;lt;b&amp;gt; &#60;b&#62; &lt;script&gt;",
    "javascript:window.ran=1",
    "data:text/html,<script>window.ran=1</script>",
    "${window.ran=1} `window.ran=1` {{constructor.constructor('window.ran=1')()}}",
    "%show-all% %copy% {n} {name} \\u003cscript\\u003e",
    "__proto__",
    "constructor",
    "toString valueOf hasOwnProperty",
    "=HYPERLINK(\"https://example.org\")",
    // Zero-width characters, and a mark for the byte order within a text.
    "ze\u{200b}ro\u{200c}wi\u{200d}dth\u{2060}and\u{feff}mark",
    // A lone combining mark, and as many as nobody can read.
    "\u{301} alone",
    "e\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}\u{30a}\u{30b}\u{30c}\u{30f}\u{311}\u{313}\u{314}\u{31b}\u{323}",
    // From right to left by itself.
    "שלום (5) <b>עולם</b>",
    "\u{200f}(a) 1, 2\u{200e}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{1f3f4}\u{e0067}\u{e007f} \u{fffd} \u{fdd0}",
    "line\u{2028}separator",
];

/// Whether any of it ran, in JavaScript.
pub const RAN: &str = "'ran' in window";

/// A link with everything that one may have.
pub const LINK: &str = "https://example.org/?a='onmouseover='window.ran=1'&b=javascript:window.ran=1&amp;#%3Cscript%3E";

/// What [`write`] calls its dataset.
pub const TITLE: &str = "</title><script>window.ran=1</script> & \"all\" of it";

const ABOUT: &str = r#"
id = "nasty"
title = '''TITLE'''
standfirst = '''TITLE'''
kicker = '''<b onclick="window.ran=1">'''
noun = { one = "</p>thing", many = "</p>things" }
[table]
file = "facts.json"
id = "id"
name = "name"
place = "place"
summary = "summary"
link = "link"
source = "source"
[[facet]]
id = "constructor"
label = "</legend><i>Kind"
column = "kind"
[[facet]]
id = "many"
label = "Many"
column = "many"
[[field]]
id = "tostring"
label = "</dt><i>Note"
column = "note"
on-card = true
"#;

/// Writes a dataset into a folder: each text in every field of a row, with so many values of one facet,
/// and a field of so many characters.
pub fn write(folder: &Path, n_values: usize, n_letters: usize) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("dataset.toml"), ABOUT.replace("TITLE", TITLE)).unwrap();
    let each = n_values.div_ceil(NASTY.len());
    let rows = NASTY.iter().enumerate().map(|(at, text)| {
        let other = NASTY[(at + 7) % NASTY.len()];
        let many = (0..each).map(|it| format!("Value {at}-{it} <b>"));
        // Each letter begins a word, or none does.
        let note = if at == 0 {
            "<b>x".repeat(n_letters / 4)
        } else {
            other.to_owned()
        };
        json!({
            "id": if at < 15 { json!(at) } else { json!(text) },
            "name": text,
            "place": other,
            "summary": format!("{text} {other}"),
            "link": LINK,
            "source": other,
            "kind": [text, "Plain"],
            "many": many.collect::<Vec<_>>(),
            "note": note,
        })
    });
    let rows = Value::Array(rows.collect());
    fs::write(folder.join("facts.json"), rows.to_string()).unwrap();
}

/// A text as a reader has it: with its blanks joined, as a table's are.
pub fn as_shown(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
