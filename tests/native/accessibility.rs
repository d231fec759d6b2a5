use std::collections::BTreeMap;
use std::fs;

/// Every success criterion of WCAG 2.2 at levels A and AA; 4.1.1 is removed.
const CRITERIA: [(&str, &str); 55] = [
    ("1.1.1", "A"),
    ("1.2.1", "A"),
    ("1.2.2", "A"),
    ("1.2.3", "A"),
    ("1.2.4", "AA"),
    ("1.2.5", "AA"),
    ("1.3.1", "A"),
    ("1.3.2", "A"),
    ("1.3.3", "A"),
    ("1.3.4", "AA"),
    ("1.3.5", "AA"),
    ("1.4.1", "A"),
    ("1.4.2", "A"),
    ("1.4.3", "AA"),
    ("1.4.4", "AA"),
    ("1.4.5", "AA"),
    ("1.4.10", "AA"),
    ("1.4.11", "AA"),
    ("1.4.12", "AA"),
    ("1.4.13", "AA"),
    ("2.1.1", "A"),
    ("2.1.2", "A"),
    ("2.1.4", "A"),
    ("2.2.1", "A"),
    ("2.2.2", "A"),
    ("2.3.1", "A"),
    ("2.4.1", "A"),
    ("2.4.2", "A"),
    ("2.4.3", "A"),
    ("2.4.4", "A"),
    ("2.4.5", "AA"),
    ("2.4.6", "AA"),
    ("2.4.7", "AA"),
    ("2.4.11", "AA"),
    ("2.5.1", "A"),
    ("2.5.2", "A"),
    ("2.5.3", "A"),
    ("2.5.4", "A"),
    ("2.5.7", "AA"),
    ("2.5.8", "AA"),
    ("3.1.1", "A"),
    ("3.1.2", "AA"),
    ("3.2.1", "A"),
    ("3.2.2", "A"),
    ("3.2.3", "AA"),
    ("3.2.4", "AA"),
    ("3.2.6", "A"),
    ("3.3.1", "A"),
    ("3.3.2", "A"),
    ("3.3.3", "AA"),
    ("3.3.4", "AA"),
    ("3.3.7", "A"),
    ("3.3.8", "AA"),
    ("4.1.2", "A"),
    ("4.1.3", "AA"),
];

fn report() -> String {
    fs::read_to_string("docs/accessibility.md").unwrap()
}

/// The rows of the report: the criterion, its level, the verdict, how it is met, and how that was checked.
fn rows(report: &str) -> Vec<[&str; 5]> {
    let rows = report.lines().filter(|it| it.starts_with("| ["));
    rows.map(|it| {
        let cells: Vec<&str> = it.trim_matches('|').split('|').map(str::trim).collect();
        cells.try_into().unwrap_or_else(|_| panic!("{it}"))
    })
    .collect()
}

#[test]
fn the_report_has_every_criterion_once() {
    let report = report();
    let rows = rows(&report);
    assert_eq!(rows.len(), CRITERIA.len());
    for ([criterion, level, verdict, how, checked], (number, of_level)) in rows.iter().zip(CRITERIA)
    {
        assert!(
            criterion.starts_with(&format!("[{number} ")),
            "{number}: {criterion}"
        );
        assert_eq!(*level, of_level, "{number}");
        let verdicts = ["Supports", "Partially supports", "Does not apply"];
        assert!(verdicts.contains(verdict), "{number}: {verdict}");
        assert!(how.ends_with('.'), "{number}: {how}");
        let is_checked = ["`", "by reading", "by eye"]
            .iter()
            .any(|it| checked.contains(it));
        assert!(is_checked, "{number}: {checked}");
    }
}

/// What the report names in backquotes with `::` in it is a test: its file's name and its own.
#[test]
fn every_test_that_the_report_names_is_there() {
    let report = report();
    let mut n_tests = 0;
    for name in report.split('`').skip(1).step_by(2) {
        let Some((file, test)) = name.split_once("::") else {
            continue;
        };
        n_tests += 1;
        let of = |kind: &str, begin: &str| {
            let source = fs::read_to_string(format!("tests/{kind}/{file}.rs")).unwrap_or_default();
            source.contains(&format!("{begin} {test}() {{"))
        };
        let is_there =
            of("browser", "#[apply(browser_test)]\nasync fn") || of("native", "#[test]\nfn");
        assert!(is_there, "docs/accessibility.md: there is no test {name}");
    }
    assert!(n_tests > 40, "{n_tests}");
}

/// A colour's relative luminance, as WCAG has it.
fn luminance(hex: &str) -> f64 {
    let part = |at: usize| {
        let byte = u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        let part = f64::from(byte) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    (one / other).max(other / one)
}

#[test]
fn colours_of_either_theme_can_be_told_apart() {
    let css = fs::read_to_string("style/tokens.css").unwrap();
    let (light, dark) = css.split_once("prefers-color-scheme: dark").unwrap();
    for theme in [light, dark] {
        let colours: BTreeMap<&str, &str> = theme
            .lines()
            .filter_map(|it| {
                it.trim()
                    .strip_prefix("--")?
                    .strip_suffix(';')?
                    .split_once(": ")
            })
            .filter(|it| it.1.starts_with('#'))
            .collect();
        let of = |name: &str| colours[name];
        let text = [
            "ink", "ink-soft", "accent", "ochre", "sand", "plum", "slate", "blue",
        ];
        for name in text {
            for paper in ["paper", "paper-deep"] {
                let ratio = contrast(of(name), of(paper));
                // What is drawn in a tone, and the outline of what has the focus, is enough at 3.
                assert!(ratio >= 4.5, "{name} on {paper}: {ratio:.2}");
            }
        }
        assert!(contrast(of("ink"), of("marked")) >= 4.5);
        for paper in ["paper", "paper-deep"] {
            let ratio = contrast(of("line-firm"), of(paper));
            assert!(ratio >= 3.0, "line-firm on {paper}: {ratio:.2}");
        }
    }
}
