use std::fs;

use fact_explorer::dataset::check::RESERVED;
use fact_explorer::site::element::style;

/// What a stylesheet's rules become, without what goes before them all.
fn rules(css: &str) -> String {
    let all = style(&format!("@layer reset;{css}"));
    let (_, rest) = all.split_once("10pt}}}").unwrap();
    rest.to_owned()
}

#[test]
fn what_speaks_of_the_page_speaks_of_the_element() {
    for (page, element) in [
        (":root {--gap: 1px;}", ":host{--gap: 1px;}"),
        ("html {a: b;}body,p {c: d}", ".page{a: b;}.page,p{c: d}"),
        (
            ":root:not([data-a=\"b\"]) {}",
            ":host(:not([data-a=\"b\"])){}",
        ),
        (
            "html:not([data-ready]) .a .b,.c > .d {}",
            ":host(:not([data-ready])) .a .b,.c > .d{}",
        ),
        (
            "html:not([data-ready]):has(.a :checked) .b {}",
            ":host(:not([data-ready]):has(.a :checked)) .b{}",
        ),
        ("main {} main > p {}", "#explorer{}#explorer > p{}"),
        (".table :is(tbody, tr) {}", ".table :is(tbody, tr){}"),
    ] {
        assert_eq!(rules(page), element);
    }
}

#[test]
fn widths_are_the_elements() {
    for (page, element) in [
        (
            "@media (width >= 46rem) {:root {--step: 2;}a {}}b {}",
            "@container (width >= 736px){.page{--step: 2;}a{}}b{}",
        ),
        (
            "@media (width < 62.5rem) and (not (pointer: coarse)) {a {b: c;}}d {}",
            "@media (not (pointer: coarse)){@container (width < 1000px){a{b: c;}}}d{}",
        ),
        ("@media print {a {}}", "@media print{a{}}"),
    ] {
        assert_eq!(rules(page), element);
    }
}

#[test]
fn no_length_is_the_host_pages() {
    assert_eq!(
        rules("a {b: 0 -1.5rem .25rem;c: calc(1rem + 2px);--premium: theorem}"),
        "a{b: 0 calc(-1.5*var(--rem)) calc(0.25*var(--rem));c: calc(calc(1*var(--rem)) + 2px);\
         --premium: theorem}"
    );
}

#[test]
fn the_sites_own_stylesheet_is_turned_whole() {
    let folder = crate::weight::dist();
    let file = fs::read_dir(folder).unwrap().flatten().find(|it| {
        let name = it.file_name().into_string().unwrap();
        let number = name.strip_prefix("element-");
        number.and_then(|it| it.strip_suffix(".css")).is_some()
    });
    let css = fs::read_to_string(file.expect("an element-*.css").path()).unwrap();
    assert_eq!(css.matches('{').count(), css.matches('}').count());
    assert!(css.starts_with("@layer reset,"));
    for foreign in [":root", "html", "body", "(width >= 46rem)", "1rem"] {
        let word = |it: &str| {
            it.split(|it: char| !it.is_alphanumeric())
                .any(|it| it == foreign)
        };
        let found = word(&css) || (foreign.starts_with([':', '(']) && css.contains(foreign));
        assert!(!found, "{foreign}");
    }
    assert!(
        css.contains("font:calc(1*var(--rem))/"),
        "the text's own size"
    );
    // A container has no alternatives, and knows nothing of the device: such a rule would never hold.
    let conditions = css.split("@container").skip(1);
    let mut conditions = conditions.filter_map(|it| it.split_once('{'));
    assert_eq!(conditions.find(|it| it.0.contains([',', ':'])), None);
    // Two conditions that tell a wide element from a narrow one, and the palette that a host may set.
    assert!(css.contains("@container (width >= 736px)"));
    assert!(css.contains(":host{color-scheme:light dark;--paper:"));
}

#[test]
fn what_the_element_takes_for_no_setting_is_the_id_of_no_facet() {
    let script = fs::read_to_string("embed/element.js").unwrap();
    let (_, names) = script.split_once("NO_SETTING =\n  /^(").unwrap();
    // What runs a script begins with `on`, and so does a setting.
    let (names, _) = names.split_once("|on(?!ly$)").unwrap();
    // Nor anything that only this browser gives a meaning.
    assert!(!script.contains("HTMLElement.prototype"));
    for name in names.split('|') {
        assert!(RESERVED.contains(&name), "{name}");
    }
}
