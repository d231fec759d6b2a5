use std::collections::BTreeSet;
use std::path::Path;

use fact_explorer::dataset::pack::Pack;
use fact_explorer::dataset::read::read;
use fact_explorer::query::values::{FEW, FIRST, found, groups};
use fact_explorer::query::{Selection, answer};
use fact_explorer::site::page::index;
use fact_explorer::view::card::{Asked, Nth};
use fact_explorer::view::facet::choices;
use fact_explorer::view::long::entry;
use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};

use crate::random::any_page;

fn all<'a>(of: ElementRef<'a>, css: &str) -> Vec<ElementRef<'a>> {
    of.select(&Selector::parse(css).unwrap()).collect()
}

fn texts(of: ElementRef, css: &str) -> Vec<String> {
    let text = |it: ElementRef| it.text().collect::<String>();
    let said = all(of, css).into_iter().map(text);
    said.map(|it| it.trim().to_owned()).collect()
}

#[test]
fn a_card_of_a_long_list_is_a_card_of_a_short_one() {
    let dataset = read(Path::new("data/section-1373")).unwrap();
    let pack = Pack::embedded();
    let selection = Selection::new(pack);
    let answer = answer(pack, &selection);
    let page = Html::parse_document(&index(&dataset, pack).explorer);
    let cards = Selector::parse("article").unwrap();
    let mut n = 0;
    for own in page.select(&cards) {
        let subject = pack
            .subject_with_id(own.attr("data-subject").unwrap())
            .unwrap();
        let asked = Asked {
            selection: &selection,
            answer: &answer,
            before: None,
        };
        let nth = Some(Nth { nth: 3, of: 40 });
        let markup = asked.card(subject, nth, "", false).into_string();
        let long = Html::parse_fragment(&markup);
        assert_eq!(long.errors, Vec::<String>::new());
        let long = long.select(&cards).next().unwrap();
        for name in [
            "class",
            "id",
            "data-subject",
            "data-finding",
            "aria-labelledby",
        ] {
            assert_eq!(own.attr(name), long.attr(name), "{name}");
        }
        assert_eq!(
            (long.attr("aria-posinset"), long.attr("aria-setsize")),
            (Some("3"), Some("40"))
        );
        for css in [
            ".badge",
            "h3",
            ".card__place",
            ".card__sentence",
            ".card__qualification",
            "dt",
            "dd",
            "summary",
            ".card__link",
        ] {
            assert_eq!(texts(own, css), texts(long, css), "{css}");
        }
        let ways = |of| -> Vec<String> {
            let links = all(of, ".card__sentence a, .card__qualification a, .card__link");
            links
                .iter()
                .map(|it| it.attr("href").unwrap().to_owned())
                .collect()
        };
        assert_eq!(ways(own), ways(long));
        n += 1;
    }
    assert_eq!(n, pack.n_subjects());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn entries_are_well_formed((pack, selection) in any_page(), in_table in any::<bool>()) {
        let answer = answer(pack, &selection);
        let asked = Asked { selection: &selection, answer: &answer, before: None };
        for row in answer.shown() {
            let nth = Nth { nth: 1, of: answer.n_shown };
            let mut markup = entry(asked, pack.subject(row).unwrap(), nth, in_table).into_string();
            if in_table {
                markup = format!("<table><tbody>{markup}</tbody></table>");
            }
            let html = Html::parse_fragment(&markup);
            prop_assert!(html.errors.is_empty(), "{:?}\n{}", html.errors, markup);
            let own = format!("[data-row='{row}']");
            prop_assert_eq!(all(html.root_element(), &own).len(), 1);
        }
    }

    /// Every value stands in one group, and groups are in the values' order.
    #[test]
    fn groups_have_every_value_once((pack, selection) in any_page(), text in "[a-z]{0,2}") {
        let answer = answer(pack, &selection);
        for facet in pack.facets() {
            let (first, rest) = groups(facet);
            let values = |groups: &[fact_explorer::query::values::Group]| -> Vec<usize> {
                groups.iter().flat_map(|it| it.whole..it.parts.end).collect()
            };
            let (first_values, rest_values) = (values(&first), values(&rest));
            prop_assert!(first_values.is_sorted() && rest_values.is_sorted());
            let once: BTreeSet<usize> = first_values.iter().chain(&rest_values).copied().collect();
            prop_assert_eq!(once.len(), first_values.len() + rest_values.len());
            prop_assert!(once.into_iter().eq(0..facet.values().len()));
            prop_assert!(rest.is_empty() || first.len() == FIRST);
            prop_assert!(first.len() <= FEW);
            // What is chosen can always be dropped, whatever one looks for.
            let (values, _) = found(pack, facet, &selection, &text);
            for (of, value) in &selection.chosen {
                prop_assert!(*of != facet.row() + 1 || values.contains(value));
            }
            let html = choices(pack, facet, &selection, &answer, &text).into_string();
            let html = Html::parse_fragment(&html);
            prop_assert!(html.errors.is_empty());
            let counts = texts(html.root_element(), "[data-count]");
            let expected: Vec<String> =
                values.iter().map(|it| answer.count(facet.row() + 1, *it).to_string()).collect();
            prop_assert_eq!(counts, expected);
            let checked = all(html.root_element(), "[checked]").len();
            let chosen = selection.chosen.iter().filter(|it| it.0 == facet.row() + 1).count();
            prop_assert_eq!(checked, chosen);
        }
    }
}
