//! The stylesheet of `<fact-explorer>`, the element for other pages.
//!
//! It is the site's own, with what speaks of the page as a whole turned to the element: in a shadow
//! root there is no `<html>` and no `<body>`, a `rem` is whatever the host page makes of it, and the
//! screen's width says nothing about the element's.

/// The element in its host page, and what keeps that page's inherited styles out of it. A host page
/// that hides the element, or keeps presses from it, still does. As a container it has no width of its own that
/// a flexible box could go by, so it takes what there is. `embed/element.js` measures what the
/// reader's browser takes for medium text.
const HOST: &str = "\
    @layer reset{:host{container-type:inline-size;display:block;\
    inline-size:-moz-available;inline-size:-webkit-fill-available;\
    --rem:calc(var(--fact-explorer-size,var(--medium,16px))*1.0625)}:host([hidden]){display:none}\
    .page{all:initial;color-scheme:inherit;display:block;pointer-events:inherit;\
    visibility:inherit}}@layer print{@media print{:host{--rem:10pt}}}";

/// How `<html>` sets its own text by what the reader takes for medium, as [`HOST`] has it: everywhere
/// below, that is one `rem`.
const ROOT: &str = "font:1.0625rem/";

/// The pixels of a `rem` where a width is compared: there it can't be a custom property.
const REM: f64 = 16.0;

/// A stylesheet of the site for the element. `html` and `body` become `.page`, which
/// `embed/element.js` puts around the page, and `main` the part of it that isn't one in another page; `:root` becomes the element itself, where a host page
/// can set other colours; conditions on the screen's width become conditions on the element's; and
/// `rem` a size that the host page doesn't change by accident.
///
/// `css` is without comments, and has no braces or semicolons in strings.
pub fn style(css: &str) -> String {
    // The order of the layers comes first.
    let css = css.replace(ROOT, "font:1rem/");
    let (order, mut rest) = css.split_once(';').unwrap_or(("", &css));
    let mut out = [order, ";", HOST].concat();
    while !rest.is_empty() {
        block(&mut rest, false, &mut out);
    }
    out
}

/// What stands in a block, to its end; `by_width` where a width decides whether it holds.
fn block(rest: &mut &str, by_width: bool, out: &mut String) {
    while let Some(at) = rest.find(['{', '}', ';']) {
        let (piece, after) = rest.split_at(at);
        let (mark, after) = after.split_at(1);
        *rest = after;
        if mark == "{" {
            let (begin, end) = prelude(piece.trim(), by_width);
            out.push_str(&begin);
            block(rest, by_width || begin.contains("@container"), out);
            out.push_str(end);
        } else {
            out.push_str(&lengths(piece, |number| {
                format!("calc({number}*var(--rem))")
            }));
            out.push_str(mark);
            if mark == "}" {
                return;
            }
        }
    }
    *rest = "";
}

/// What begins a block, and what ends it beyond its own brace.
fn prelude(prelude: &str, by_width: bool) -> (String, &'static str) {
    let Some(conditions) = prelude.strip_prefix("@media ") else {
        let is_rule = !prelude.starts_with('@');
        let each = prelude.split(',').map(|it| match selector(it, by_width) {
            Some(own) if is_rule => own,
            _ => it.to_owned(),
        });
        return (each.collect::<Vec<_>>().join(",") + "{", "");
    };
    let (widths, others): (Vec<&str>, Vec<&str>) = conditions
        .split(" and ")
        .partition(|it| it.starts_with("(width"));
    let media = ["@media ", &others.join(" and "), "{"].concat();
    let pixels = |number: f64| format!("{}px", number * REM);
    let width = ["@container ", &lengths(&widths.join(" and "), pixels), "{"].concat();
    match (widths.is_empty(), others.is_empty()) {
        (true, _) => (media, ""),
        (false, true) => (width, ""),
        (false, false) => (media + &width, "}"),
    }
}

/// A selector of the whole page as one of the element; none for others. A condition on the element's
/// width can't be about the element itself.
fn selector(selector: &str, by_width: bool) -> Option<String> {
    let selector = selector.trim();
    let mut depth = 0_usize;
    let ends = |it: char| {
        match it {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        it == ' ' && depth == 0
    };
    let (first, after) = selector.split_at(selector.find(ends).unwrap_or(selector.len()));
    let is = |name| {
        let rest: &str = first.strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with([':', '['])).then_some(rest)
    };
    if first == "main" {
        return Some(["#explorer", after].concat());
    }
    let own = match (is(":root"), is("html").or(is("body"))) {
        (Some(""), _) if !by_width => ":host".to_owned(),
        (Some(""), _) | (_, Some("")) => ".page".to_owned(),
        (Some(condition), _) | (_, Some(condition)) => format!(":host({condition})"),
        _ => return None,
    };
    Some(own + after)
}

/// A text with its lengths in `rem` written otherwise.
fn lengths(text: &str, write: impl Fn(f64) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("rem") {
        let is_number = |it: char| it.is_ascii_digit() || it == '.' || it == '-';
        let number = before.trim_end_matches(is_number);
        let (before, number) = before.split_at(number.len());
        out.push_str(before);
        match number.parse() {
            Ok(number) => out.push_str(&write(number)),
            Err(_) => out.extend([number, "rem"]),
        }
        rest = after;
    }
    out + rest
}
