//! Layout follows the direction of the writing.

use std::fs;
use std::path::{Path, PathBuf};

fn styles(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            styles(&path, into);
        } else {
            into.push(path);
        }
    }
}

/// What a declaration says of left and right, in a line of a stylesheet; none where it says nothing.
fn physical(line: &str) -> Option<&str> {
    let (name, value) = line.split_once(':')?;
    let (name, value) = (name.trim(), value.trim().trim_end_matches(';'));
    // Four values go round: the second is the right one, the fourth the left.
    let is_round = [
        "margin",
        "padding",
        "inset",
        "border-width",
        "border-radius",
    ]
    .contains(&name);
    let values: Vec<&str> = value.split_whitespace().collect();
    let differs = is_round
        && !value.contains('(')
        && matches!(values.as_slice(), [_, right, _, left] if right != left);
    let names = ["left", "right"];
    let has = |text: &str| {
        let mut words = text.split(|it: char| !it.is_ascii_alphabetic());
        words.any(|it| names.contains(&it))
    };
    (has(name) || has(value) || differs).then_some(line.trim())
}

#[test]
fn no_style_says_left_or_right_without_a_reason() {
    let mut files = Vec::new();
    styles(Path::new("style"), &mut files);
    assert!(files.len() > 20);
    let mut n_with_reason = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(physical) = physical(line) else {
                continue;
            };
            let before = at.checked_sub(1).map_or("", |it| lines[it]);
            // The reason stands above it, and says the word.
            let is_reasoned = before.contains("/*") && before.contains("physical");
            assert!(is_reasoned, "{}:{}: {physical}", file.display(), at + 1);
            n_with_reason += 1;
        }
    }
    assert!(n_with_reason > 0);
}

#[test]
fn what_is_physical_is_found() {
    for line in [
        "  margin-left: 1rem;",
        "  text-align: right;",
        "  float: left;",
        "  left: 0;",
        "  margin: 0 1rem 2rem 3rem;",
        "  border-right: 1px solid;",
        "  padding-inline: env(safe-area-inset-right);",
    ] {
        assert!(physical(line).is_some(), "{line}");
    }
    for line in [
        "  margin-inline-start: 1rem;",
        "  text-align: end;",
        "  margin: 0 1rem 2rem 1rem;",
        "  margin: 0 1rem 2rem;",
        "  color: var(--bright);",
    ] {
        assert!(physical(line).is_none(), "{line}");
    }
}
