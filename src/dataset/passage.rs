//! Links that land on the passage they cite.

/// A link to an address that lands on a passage, by its first and last words
/// (`#:~:text=first,last`, <https://wicg.github.io/scroll-to-text-fragment/>). Browsers that don't
/// know such links open the page at its top.
///
/// The plain address where there are no words, or where no browser looks for them, as in a PDF.
pub fn link(url: &str, from: Option<&str>, to: Option<&str>) -> String {
    let Some(from) = from.filter(|it| !it.trim().is_empty() && !is_pdf(url)) else {
        return url.to_owned();
    };
    let mut link = url.to_owned();
    link.push_str(if url.contains('#') {
        ":~:text="
    } else {
        "#:~:text="
    });
    encode(from, &mut link);
    if let Some(to) = to {
        link.push(',');
        encode(to, &mut link);
    }
    link
}

/// A link to the Internet Archive's copy nearest to a day (as `20171012`, or its beginning); to its
/// newest copy where the day is empty.
pub fn archived(url: &str, day: &str) -> String {
    let day: String = day.chars().filter(char::is_ascii_digit).collect();
    let slash = if day.is_empty() { "" } else { "/" };
    ["https://web.archive.org/web/", &day, slash, url].concat()
}

fn is_pdf(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or("");
    path.rsplit('.')
        .next()
        .is_some_and(|it| it.eq_ignore_ascii_case("pdf"))
}

/// Percent-encodes everything but letters, digits, `.`, `_` and `~`. A text directive gives `-`, `,`
/// and `&` a meaning of their own.
fn encode(text: &str, into: &mut String) {
    for byte in text.trim().bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
            into.push(byte.into());
        } else {
            into.push_str(&format!("%{byte:02X}"));
        }
    }
}
