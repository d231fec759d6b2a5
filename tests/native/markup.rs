use std::collections::BTreeSet;
use std::path::Path;

use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::read::read;
use fact_explorer::site::page::index;
use fact_explorer::site::{packed, page::Page};
use scraper::{ElementRef, Html, Selector};

fn dataset() -> Dataset {
    read(Path::new("data/section-1373")).unwrap()
}

/// The page as a browser reads it.
fn page() -> (Page, Html) {
    let dataset = dataset();
    let page = index(&dataset, packed(&dataset).unwrap());
    let Page {
        masthead,
        explorer,
        colophon,
        ..
    } = &page;
    let html = Html::parse_document(&format!(
        "<!doctype html><html lang=en><head><title>x</title></head><body><header>{masthead}</header>\
         <main>{explorer}</main><footer>{colophon}</footer></body></html>"
    ));
    (page, html)
}

fn all<'a>(html: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(css).unwrap()).collect()
}

fn text(element: &ElementRef) -> String {
    element.text().collect()
}

#[test]
fn the_markup_is_well_formed() {
    let (_, html) = page();
    assert_eq!(html.errors, Vec::<String>::new());
    assert_eq!(all(&html, "h1").len(), 1);
    // What hydration can't bear: a block in a paragraph, a list item outside a list.
    for css in [
        "p p",
        "p div",
        "p ul",
        "div > li",
        "dl > :not(div):not(dt):not(dd)",
    ] {
        assert_eq!(all(&html, css).len(), 0, "{css}");
    }
}

#[test]
fn ids_are_unique_and_what_points_at_one_finds_it() {
    let (_, html) = page();
    let ids: Vec<&str> = all(&html, "[id]")
        .iter()
        .map(|it| it.attr("id").unwrap())
        .collect();
    let once: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), once.len());
    for (css, name) in [
        ("[for]", "for"),
        ("[aria-labelledby]", "aria-labelledby"),
        ("[popovertarget]", "popovertarget"),
    ] {
        for element in all(&html, css) {
            let id = element.attr(name).unwrap();
            assert!(once.contains(id), "{name}={id}");
        }
    }
}

#[test]
fn every_field_has_a_label() {
    let (_, html) = page();
    for field in all(&html, "input, select") {
        let labelled = field.attr("aria-label").is_some()
            || field
                .ancestors()
                .filter_map(ElementRef::wrap)
                .any(|it| it.value().name() == "label")
            || field
                .attr("id")
                .is_some_and(|it| !all(&html, &format!("label[for={it}]")).is_empty());
        assert!(labelled, "{}", field.html());
    }
    for group in all(&html, "fieldset") {
        let legend = group.children().find_map(ElementRef::wrap).unwrap();
        assert_eq!(legend.value().name(), "legend");
        assert!(!text(&legend).trim().is_empty());
    }
    for button in all(&html, "button") {
        assert_eq!(button.attr("type"), Some("button"));
    }
}

#[test]
fn each_subject_has_a_card_with_its_whole_history() {
    let (_, html) = page();
    for subject in &dataset().subjects {
        let cards = all(&html, &format!("article[data-subject={}]", subject.id));
        let [card] = cards.as_slice() else {
            panic!("{}: {} cards", subject.id, cards.len())
        };
        let words = text(card);
        assert!(words.contains(subject.name.get_ref().as_str()));
        for event in &subject.event {
            assert!(words.contains(&event.summary), "{}", event.id.get_ref());
            if let Some(quote) = &event.quote {
                assert!(
                    words.contains(&quote.get_ref().text),
                    "{}",
                    event.id.get_ref()
                );
                assert!(
                    words.contains(&quote.get_ref().speaker),
                    "{}",
                    event.id.get_ref()
                );
            }
            for words in [&event.confidence, &event.note].into_iter().flatten() {
                assert!(
                    text(card).contains(words.as_str()),
                    "{}",
                    event.id.get_ref()
                );
            }
            let id = event.id.get_ref();
            let cites = all(&html, &format!("[id='{id}'] .cites a[href^=http]"));
            let sources: BTreeSet<&str> = event
                .citations()
                .map(|it| it.source.get_ref().as_str())
                .collect();
            assert_eq!(cites.len(), sources.len(), "{id}");
        }
    }
}

#[test]
fn the_first_view_is_the_october_2017_letters() {
    let (_, html) = page();
    let of = |finding: &str| {
        all(
            &html,
            &format!("article[data-finding={finding}]:not([hidden])"),
        )
        .len()
    };
    assert_eq!((of("warned"), of("cleared"), of("under-review")), (5, 4, 1));
    assert_eq!(all(&html, "article[hidden][data-finding='']").len(), 30);
    let status = all(&html, "[role=status]");
    assert_eq!(
        text(&status[0]),
        "10 of 40 jurisdictions as of October 12, 2017"
    );
    let count = |facet: &str, value: &str| -> String {
        let css = format!(
            "fieldset[data-facet={facet}] input[type=checkbox][value={value}] ~ [data-count]"
        );
        text(&all(&html, &css)[0])
    };
    assert_eq!(count("finding", "warned"), "5");
    assert_eq!(count("kind", "city"), "4");
    assert_eq!(count("state", "ma"), "0");
    assert_eq!(count("named", "yes"), "9");
    for css in ["input[type=search]", "select[name=sort]", "[name=as-of]"] {
        assert_eq!(all(&html, css).len(), 1, "{css}");
    }
}

#[test]
fn conditional_and_mixed_letters_say_so_with_their_source() {
    let (_, html) = page();
    for (subject, words) in [
        ("new-orleans-la", "The letter was conditional"),
        ("milwaukee-county-wi", "The letter was mixed"),
        ("connecticut", "The day of the letter isn't known"),
    ] {
        let css = format!("[data-subject={subject}] .card__qualification:not(:empty)");
        let line = all(&html, &css);
        assert!(text(&line[0]).starts_with(words), "{subject}");
        let cited = Selector::parse("a[href^=http]").unwrap();
        assert_eq!(line[0].select(&cited).count(), 1, "{subject}");
    }
}

#[test]
fn links_lead_to_http_or_into_the_site() {
    let (_, html) = page();
    for link in all(&html, "a[href]") {
        let href = link.attr("href").unwrap();
        // A citation that isn't shown has nowhere to lead.
        let ok = ["http://", "https://", "#", "./"]
            .iter()
            .any(|it| href.starts_with(it))
            || (href.is_empty() && link.attr("hidden").is_some());
        assert!(ok, "{href}");
    }
    assert_eq!(
        all(&html, "script, style, [style], [onclick], iframe, img").len(),
        0
    );
}

#[test]
fn text_from_data_is_text() {
    let mut dataset = read(Path::new("tests/datasets/good")).unwrap();
    let nasty = "<script>alert(1)</script> & \"<b>\"";
    dataset.subjects[0].event[1].summary = nasty.to_owned();
    dataset.subjects[0].note = Some(nasty.to_owned());
    dataset.about.title = nasty.to_owned();
    dataset.about.facet[0].label = nasty.to_owned();
    let page = index(&dataset, packed(&dataset).unwrap());
    for markup in [&page.masthead, &page.explorer, &page.colophon] {
        assert!(!markup.contains("<script") && !markup.contains("<b>"));
    }
    let html = Html::parse_fragment(&page.explorer);
    assert!(text(&html.root_element()).contains(nasty));
}
