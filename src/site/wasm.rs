//! Short names between the WASM and the script beside it.
//!
//! They call each other by names such as `__wbg_appendChild_0a61ee9a9da4556f`, some two hundred, once
//! in each file. Nothing else reads those names, and their digits can't be compressed.

use std::collections::HashMap;
use std::io;

/// The WASM and its script, which wasm-bindgen wrote, with one or two letters in place of each name;
/// and the WASM without the sections that only tools read.
///
/// # Errors
/// Where they aren't as wasm-bindgen writes them.
pub fn shorten(wasm: &[u8], script: &str) -> io::Result<(Vec<u8>, String)> {
    let mut names = Names::default();
    let wasm = renamed(wasm, &mut names).ok_or_else(|| other("isn't as wasm-bindgen writes it"))?;
    let mut rest = script;
    let mut short = String::new();
    let mut n_called = 0;
    while let Some(at) = rest.find(starts_a_word) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|it| !goes_on(it)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        short += before;
        let own = if short.ends_with("wasm.") {
            names.exports.get(word)
        } else {
            names.imports.get(word).inspect(|_| n_called += 1)
        };
        short += own.map_or(word, String::as_str);
        rest = after;
    }
    short += rest;
    if n_called != names.imports.len() {
        return Err(other("asks for other names than its script has"));
    }
    let module = format!("\"{}\"", names.module);
    if !short.contains(&module) {
        return Err(other("asks for another script"));
    }
    Ok((wasm, short.replace(&module, MODULE)))
}

/// What the WASM asks for, as the script's name in it.
const MODULE: &str = "a";

/// The names of the WASM, and the short ones.
#[derive(Default)]
struct Names {
    module: String,
    imports: HashMap<String, String>,
    exports: HashMap<String, String>,
}

/// The WASM with a text beside its code, for scripts to read: a section that has no meaning of its own.
pub(super) fn with_text(mut wasm: Vec<u8>, name: &str, text: &str) -> Vec<u8> {
    let mut section = Vec::new();
    add_text(&mut section, name);
    section.extend(text.bytes());
    wasm.push(0);
    add_number(&mut wasm, section.len());
    wasm.extend(section);
    wasm
}

/// The WASM with other names: a preamble, then sections, each with a number and a length.
fn renamed(wasm: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    let (preamble, mut rest) = wasm.split_at_checked(8)?;
    let mut out = preamble.to_vec();
    while let Some((kind, after)) = rest.split_first() {
        rest = after;
        let length = number(&mut rest)?;
        let body = take(&mut rest, length)?;
        let body = match kind {
            0 => continue,
            2 => imports(body, names)?,
            7 => exports(body, names)?,
            _ => body.to_vec(),
        };
        out.push(*kind);
        add_number(&mut out, body.len());
        out.extend(body);
    }
    Some(out)
}

/// Each import has its module, its name, its kind and, since they are all functions, its type.
fn imports(mut rest: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let n = number(&mut rest)?;
    add_number(&mut out, n);
    for _ in 0..n {
        names.module = text(&mut rest)?;
        let name = text(&mut rest)?;
        if take(&mut rest, 1)? != [0] {
            return None;
        }
        add_text(&mut out, MODULE);
        add_text(&mut out, short(&mut names.imports, name));
        out.push(0);
        add_number(&mut out, number(&mut rest)?);
    }
    Some(out)
}

/// Each export has its name, its kind and its number.
fn exports(mut rest: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let n = number(&mut rest)?;
    add_number(&mut out, n);
    for _ in 0..n {
        let name = text(&mut rest)?;
        // Numbers are for the part that comes later (`later.rs`), and short already.
        let is_number = name.starts_with(|it: char| it.is_ascii_digit());
        let name = if is_number {
            &name
        } else {
            short(&mut names.exports, name)
        };
        add_text(&mut out, name);
        out.extend(take(&mut rest, 1)?);
        add_number(&mut out, number(&mut rest)?);
    }
    Some(out)
}

/// The short name for a name: the next that is free, unless it has one.
fn short(names: &mut HashMap<String, String>, name: String) -> &str {
    let n = names.len();
    names.entry(name).or_insert_with(|| letters(n))
}

/// `a` to `z`, then `ba` to `zz`, and so on: every one of them can be a property's name.
fn letters(n: usize) -> String {
    let mut name = if n < 26 {
        String::new()
    } else {
        letters(n / 26)
    };
    name.push(char::from(b'a' + u8::try_from(n % 26).unwrap_or(0)));
    name
}

/// LEB128: seven bits to a byte, the lowest first, with a mark on all but the last.
fn number(rest: &mut &[u8]) -> Option<usize> {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = usize::from(*take(rest, 1)?.first()?);
        value |= (byte & 0x7f).checked_shl(shift)?;
        shift += 7;
        if byte < 0x80 {
            return Some(value);
        }
    }
}

fn add_number(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let byte = u8::try_from(value & 0x7f).unwrap_or(0);
        value >>= 7;
        if value == 0 {
            return out.push(byte);
        }
        out.push(byte | 0x80);
    }
}

fn text(rest: &mut &[u8]) -> Option<String> {
    let length = number(rest)?;
    String::from_utf8(take(rest, length)?.to_vec()).ok()
}

fn add_text(out: &mut Vec<u8>, text: &str) {
    add_number(out, text.len());
    out.extend(text.bytes());
}

fn take<'a>(rest: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(n)?;
    *rest = after;
    Some(taken)
}

fn starts_a_word(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter == '_'
}

fn goes_on(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn other(what: &str) -> io::Error {
    io::Error::other(format!("the WASM {what}"))
}
