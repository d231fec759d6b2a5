//! Styles: what they cost, and that layout follows the direction of the writing.

use std::fs;
use std::path::Path;

use crate::command::files;

/// The project's stylesheets, by their names.
fn styles() -> Vec<(String, String)> {
    let files = files(Path::new("style")).into_iter();
    let styles: Vec<_> = files
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect();
    assert!(styles.len() > 20);
    styles
}

/// Whether a selector depends on what the whole page has, or on what any element has of whatever
/// kind: browsers work that out anew with every change, and with it the styles of all that the rule
/// may be about.
fn asks_all(selector: &str) -> bool {
    let mut parts = selector.match_indices(":has(");
    parts.any(|(at, _)| {
        let subject = selector[..at].rsplit([' ', ',', '>']).next().unwrap();
        let rest = &selector[at + ":has(".len()..];
        let mut depth = 1;
        let end = rest.find(|it| {
            depth += i32::from(it == '(') - i32::from(it == ')');
            depth == 0
        });
        let arguments = &rest[..end.unwrap_or(rest.len())];
        let is_page = ["html", "body", ":root", "main"]
            .iter()
            .any(|it| subject.starts_with(it));
        let any = arguments.split([' ', '(', ')']).any(|it| it == "*");
        (is_page && !subject.contains(":not([data-ready])")) || any
    })
}

#[test]
fn no_style_depends_on_what_the_whole_page_has() {
    for (name, text) in styles() {
        for (at, line) in text.lines().enumerate() {
            assert!(!asks_all(line), "style/{name}:{}: {line}", at + 1);
        }
    }
    let page = fs::read_to_string(crate::weight::dist().join("index.html")).unwrap();
    let css = page
        .split_once("<style>")
        .unwrap()
        .1
        .split_once("</style>")
        .unwrap()
        .0;
    let selectors = css.split(['{', '}']);
    let mut n_with_has = 0;
    for it in selectors.filter(|it| it.contains(":has(")) {
        n_with_has += 1;
        assert!(!asks_all(it), "{it}");
    }
    assert!(n_with_has > 2, "{n_with_has}");
}

#[test]
fn what_asks_for_all_is_found() {
    for selector in [
        "html:has(.newer)",
        "  body:has(.newer)::after {",
        ":root:has([data-full]:not([href])) .a",
        "html:not([lang]):not(:has(.bar + .b)) .c",
        ".bar:not(:has(+ *)) .b",
        ".a, main:has(.b)",
    ] {
        assert!(asks_all(selector), "{selector}");
    }
    for selector in [
        "html:not([data-ready]):has(.a :checked) .b",
        ".card:has(> [open]) > p",
        ".masthead:has([data-full]:not([href])) ~ * .a",
        "main .a",
    ] {
        assert!(!asks_all(selector), "{selector}");
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
    let mut n_with_reason = 0;
    for (name, text) in styles() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(physical) = physical(line) else {
                continue;
            };
            let before = at.checked_sub(1).map_or("", |it| lines[it]);
            // The reason stands above it, and says the word.
            let is_reasoned = before.contains("/*") && before.contains("physical");
            assert!(is_reasoned, "style/{name}:{}: {physical}", at + 1);
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

#[test]
fn a_phone_is_told_the_papers_of_both_themes() {
    let tokens = fs::read_to_string("style/tokens.css").unwrap();
    let papers = tokens.split("--paper: #").skip(1);
    let papers = papers.filter_map(|it| it.split(';').next());
    let papers: Vec<String> = papers.map(|it| format!("#{it}")).collect();
    assert_eq!(papers, fact_explorer::site::document::PAPER);
}
