use fact_explorer::dataset::pack::Pack;
use fact_explorer::query::compare::rows;
use macro_rules_attribute::apply;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::reader::{Reader, at, on_a_phone_at};

/// The rows of the comparison: their cells' texts.
async fn table(reader: &Reader) -> Value {
    let rows = "[...document.querySelectorAll('.compare tbody tr')].map(it => [...it.cells].map(it => it.textContent))";
    reader.eval(rows).await
}

#[apply(browser_test)]
async fn two_subjects_stand_side_by_side_with_differences_marked() {
    let reader = at("").await;
    reader.press("checkbox", "Compare Chicago").await;
    reader
        .until("location.hash === '#compare=chicago-il'")
        .await;
    // What compares is fetched the first time.
    reader.until("document.querySelector('.compare')").await;
    reader.find("region", "Side by side").await;
    reader.press("checkbox", "Compare Connecticut").await;
    reader
        .until("location.hash === '#compare=chicago-il,connecticut'")
        .await;
    let pack = Pack::embedded();
    let subjects = ["chicago-il", "connecticut"].map(|it| pack.subject_with_id(it).unwrap());
    let expected: Vec<Vec<String>> = rows(pack, &subjects, pack.default_day())
        .into_iter()
        .map(|it| {
            let mark = if it.differs() { " ≠ (differs)" } else { "" };
            [vec![format!("{}{mark}", it.label)], it.cells].concat()
        })
        .collect();
    assert_eq!(table(&reader).await, json!(expected));
    let alike = expected.iter().filter(|it| !it[0].contains('≠')).count();
    assert!(0 < alike && alike < expected.len());
    // As of another day it says other things.
    reader.press("button", "Latest").await;
    reader
        .until("document.querySelector('.compare tbody td').textContent === 'Documents demanded'")
        .await;
    reader.press("button", "Remove Chicago").await;
    reader
        .until("location.hash.endsWith('&compare=connecticut')")
        .await;
    // There is no table of one, and what is pressed next is elsewhere.
    reader
        .until("!document.querySelector('.compare table')")
        .await;
    reader.press("button", "Stop comparing").await;
    reader.until("!document.querySelector('.compare')").await;
    assert_eq!(
        reader
            .eval("document.querySelectorAll('[name=compare]:checked').length")
            .await,
        0
    );
    reader.ends_with_an_empty_console().await;
}

/// Presses a card's box to compare, which is the first: the box stays where it is on the screen when the comparison has
/// come above it.
async fn stays_where_it_is(reader: &Reader, choice: &str) {
    let name = reader
        .eval(&format!(
            "{choice}.closest('.card').querySelector('h3').textContent"
        ))
        .await;
    let top = format!("{choice}.getBoundingClientRect().top");
    // A driver may scroll before it presses.
    let notes = format!(
        "addEventListener('click', () => window.before = {top}, {{ capture: true, once: true }})"
    );
    reader.eval(&format!("({notes}, 0)")).await;
    reader
        .press("checkbox", &format!("Compare {}", name.as_str().unwrap()))
        .await;
    // It comes with the later part of the program, above the cards.
    reader.until("document.querySelector('.compare')").await;
    reader.until(&format!("Math.abs({top} - before) < 2")).await;
}

#[apply(browser_test)]
async fn the_first_comparison_leaves_what_is_read_where_it_is() {
    let reader = on_a_phone_at("").await;
    let choice =
        "[...document.querySelectorAll('.card:not([hidden]) [name=compare]')].slice(-2, -1)[0]";
    reader
        .eval(&format!("{choice}.scrollIntoView({{ block: 'center' }})"))
        .await;
    // Those above it are as high as they will be.
    reader
        .until("!document.querySelector('.card[data-late]:not([hidden])')")
        .await;
    reader
        .eval(&format!("{choice}.scrollIntoView({{ block: 'center' }})"))
        .await;
    reader
        .until("document.querySelector('.other--compared').getBoundingClientRect().bottom < 0")
        .await;
    stays_where_it_is(&reader, choice).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn with_keys_up_to_four() {
    let reader = at("").await;
    for name in ["Chicago", "Cook County", "New Orleans", "New York City"] {
        let choice = reader.tab_to("checkbox", &format!("Compare {name}")).await;
        reader.keys(" ").await;
        reader.until("document.activeElement.checked").await;
        assert_eq!(reader.focused().await, choice);
    }
    reader
        .until("document.querySelectorAll('.compare thead th').length === 4")
        .await;
    // There is no room for a fifth, and the page says so to whoever asks.
    let fifth = reader.find("checkbox", "Compare Philadelphia").await;
    assert!(!fifth.is_enabled().await.unwrap());
    reader.tab_to("button", "Remove Cook County").await;
    reader.keys(Key::Enter).await;
    reader
        .until("location.hash === '#compare=chicago-il,new-orleans-la,new-york-city-ny'")
        .await;
    assert!(fifth.is_enabled().await.unwrap());
    reader.driver.back().await.unwrap();
    reader
        .until("document.querySelectorAll('.compare thead th').length === 4")
        .await;
    reader.tab_to("button", "Stop comparing").await;
    reader.keys(" ").await;
    reader.until("location.hash === ''").await;
    reader.ends_with_an_empty_console().await;
}

/// Asks for the first comparison where the beginning of the list may be on the screen.
async fn the_first_moves_nothing(reader: Reader) {
    let choice = "document.querySelector('[data-subject=new-orleans-la] [name=compare]')";
    reader
        .eval(&format!(
            "{choice}.scrollIntoView({{ block: 'center', behavior: 'instant' }})"
        ))
        .await;
    stays_where_it_is(&reader, choice).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_was_pressed_stays_where_it_is() {
    the_first_moves_nothing(at("").await).await;
    the_first_moves_nothing(on_a_phone_at("").await).await;
}

#[apply(browser_test)]
async fn two_stand_side_by_side_on_a_phone() {
    let reader = on_a_phone_at("#compare=chicago-il,philadelphia-pa").await;
    reader.until("document.querySelector('.compare')").await;
    // How wide words are is the engine's own font's; but it isn't a column that is out of sight.
    let beyond =
        "(it => it.scrollWidth - it.clientWidth)(document.querySelector('.compare .scrolls'))";
    let beyond = reader.eval(beyond).await.as_i64().unwrap();
    assert!(beyond < 30, "{beyond} px aren't seen");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_link_compares_whatever_is_shown() {
    let reader = at("#finding=warned&compare=vermont,connecticut,atlantis").await;
    let heads = "[...document.querySelectorAll('.compare thead th a')].map(it => it.textContent)";
    assert_eq!(reader.eval(heads).await, json!(["Vermont", "Connecticut"]));
    assert_eq!(table(&reader).await[0][1], "No finding yet");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_comparison_stays_scrolled_to_where_it_is_read() {
    let reader = on_a_phone_at("#compare=chicago-il,california,albany-ny").await;
    let table = "document.querySelector('.compare .scrolls')";
    reader.until(table).await;
    reader.eval(&format!("({table}.scrollLeft = 60)")).await;
    reader.press("button", "Latest").await;
    reader.sees(40).await;
    assert_eq!(reader.eval(&format!("{table}.scrollLeft")).await, 60);
    reader.ends_with_an_empty_console().await;
}
