use fact_explorer::dataset::passage::{archived, link};
use proptest::prelude::*;

#[test]
fn a_link_lands_on_the_passage() {
    let page = "https://example.org/a";
    assert_eq!(link(page, None, None), page);
    assert_eq!(link(page, Some(" "), Some("x")), page);
    assert_eq!(
        link(page, Some("one two"), None),
        "https://example.org/a#:~:text=one%20two"
    );
    assert_eq!(
        link(page, Some("well-known, or"), Some("R&D “§ 1373”.")),
        "https://example.org/a#:~:text=well%2Dknown%2C%20or,R%26D%20%E2%80%9C%C2%A7%201373%E2%80%9D."
    );
    // A fragment of the page's own comes before.
    assert_eq!(
        link("https://example.org/a#b", Some("c"), None),
        "https://example.org/a#b:~:text=c"
    );
    // No browser looks for words in a PDF.
    let pdf = "https://example.org/a.PDF?x=1";
    assert_eq!(link(pdf, Some("c"), None), pdf);
}

#[test]
fn an_archived_copy_is_asked_for_by_date() {
    let page = "https://example.org/a?b=c";
    assert_eq!(
        archived(page, "2017-10-12"),
        "https://web.archive.org/web/20171012/https://example.org/a?b=c"
    );
    assert_eq!(
        archived(page, "2017"),
        "https://web.archive.org/web/2017/https://example.org/a?b=c"
    );
    assert_eq!(
        archived(page, ""),
        "https://web.archive.org/web/https://example.org/a?b=c"
    );
}

proptest! {
    /// Decoded, the directive has the words again, and nothing in it means anything else.
    #[test]
    fn words_survive_a_link(from in "\\PC{1,30}", to in "\\PC{1,30}") {
        prop_assume!(!from.trim().is_empty() && !to.trim().is_empty());
        let link = link("https://example.org/", Some(&from), Some(&to));
        let directive = link.strip_prefix("https://example.org/#:~:text=").unwrap();
        let pieces: Vec<String> = directive.split(',').map(decode).collect();
        prop_assert_eq!(pieces, [from.trim(), to.trim()]);
        prop_assert!(!directive.contains(['-', '&', '#', ' ', '"', '<']));
    }
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digits: String = rest.by_ref().take(2).map(char::from).collect();
            u8::from_str_radix(&digits, 16).unwrap()
        } else {
            byte
        });
    }
    String::from_utf8(bytes).unwrap()
}
