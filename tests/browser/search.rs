use fact_explorer::dataset::pack::Pack;
use fact_explorer::query::address::decode;
use fact_explorer::query::answer;
use macro_rules_attribute::apply;
use serde_json::json;

use crate::reader::{Reader, Wish, at, wishing};

async fn ask(reader: &Reader, text: &str) {
    let field = reader.find("searchbox", "Search").await;
    field.clear().await.unwrap();
    field.send_keys(text).await.unwrap();
}

/// The marked texts that can be seen.
async fn marks(reader: &Reader) -> Vec<String> {
    let marks = reader
        .eval("[...document.querySelectorAll('mark')].filter(it => it.checkVisibility()).map(it => it.textContent)")
        .await;
    serde_json::from_value(marks).unwrap()
}

#[apply(browser_test)]
async fn words_match_from_their_beginning_and_are_marked() {
    let reader = at("").await;
    ask(&reader, "phil").await;
    reader
        .until("document.querySelector('h3 mark')?.textContent === 'Phil'")
        .await;
    assert!(reader.cards().await.contains(&"Philadelphia".to_owned()));
    assert!(marks(&reader).await.iter().all(|it| it == "Phil"));
    assert_eq!(reader.fragment().await, "q=phil");
    ask(&reader, "delphia").await;
    reader.sees(0).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn case_accents_quotes_and_one_slip_are_forgiven() {
    let reader = at("").await;
    for text in ["CHICAGO police", "Chicágo", "chicgo", "chicaog", "hcicago"] {
        ask(&reader, text).await;
        reader.until("[...document.querySelectorAll('h3 mark')].some(it => it.textContent === 'Chicago')").await;
        assert!(
            reader.cards().await.contains(&"Chicago".to_owned()),
            "{text}"
        );
    }
    ask(&reader, "mayor’s criminal").await;
    reader
        .until("document.querySelector('mark')?.textContent")
        .await;
    assert!(reader.cards().await.contains(&"New York City".to_owned()));
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_match_in_the_history_says_so_and_is_marked_there() {
    let reader = at("#q=landry").await;
    reader.sees(1).await;
    assert_eq!(reader.cards().await, ["New Orleans"]);
    assert_eq!(marks(&reader).await, [""; 0]);
    reader
        .until("[...document.querySelectorAll('.card__hint')].some(it => it.checkVisibility())")
        .await;
    reader.press("DisclosureTriangle", "History").await;
    reader
        .until("document.querySelectorAll('.history mark').length >= 3")
        .await;
    assert!(marks(&reader).await.iter().all(|it| it == "Landry"));
    // What was marked is whole again when the search goes.
    reader.press("button", "Clear all").await;
    reader.sees(10).await;
    reader
        .until("document.querySelectorAll('mark').length === 0")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn typing_is_one_step_back() {
    let reader = at("").await;
    reader.tab_to("searchbox", "Search").await;
    reader.keys("cook county").await;
    reader.until("location.hash === '#q=cook+county'").await;
    reader.driver.back().await.unwrap();
    reader.sees(10).await;
    assert_eq!(
        reader
            .eval("document.querySelector('[type=search]').value")
            .await,
        ""
    );
    reader.driver.forward().await.unwrap();
    reader
        .until("document.querySelector('[type=search]').value === 'cook county'")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_a_finger_does_is_seen_before_it_is_answered() {
    let reader = wishing(Wish::default()).await;
    reader.site.begin_with(
        "{ const own = matchMedia; \
         globalThis.matchMedia = (it) => it === '(pointer: coarse)' ? { matches: true } : own(it) }",
    );
    reader.open_live("").await;
    // What the page says in the task of the event, in the frame after it, and when that is painted.
    let said = "(async () => { \
        const said = () => document.querySelector('.result-bar__count').textContent.split(' ')[0]; \
        const frame = () => new Promise(requestAnimationFrame); \
        const painted = () => new Promise(it => setTimeout(() => setTimeout(it))); \
        const steps = async (act) => { act(); await null; const now = said(); \
            await frame(); const seen = said(); await painted(); return [now, seen, said()] }; \
        const field = document.querySelector('#q'); \
        const type = (text) => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })) }; \
        return [ \
            await steps(() => type('chicago')), \
            await steps(() => { type('chic'); type('') }), \
            await steps(() => { type('chicago'); document.querySelector('[name=view][value=table]').click() }), \
            await steps(() => { type(''); document.querySelector('[name=view][value=cards]').click() }), \
            await steps(() => document.querySelector('[data-facet=finding] [value=cleared]').click()), \
            await steps(() => { for (let it = 0; it < 3; it++) document.querySelector('[data-facet=finding] [value=cleared]').click() }), \
        ] })()";
    let chicago = decode(Pack::embedded(), "q=chicago");
    let found = answer(Pack::embedded(), &chicago).n_shown.to_string();
    let found = found.as_str();
    assert_eq!(
        reader.eval(said).await,
        json!([
            ["10", "10", found],
            [found, found, "10"],
            // What is drawn meanwhile takes no letter away.
            ["10", "10", found],
            [found, found, "10"],
            ["10", "10", "4"],
            ["4", "4", "10"],
        ])
    );
    assert_eq!(reader.fragment().await, "");
    reader.ends_with_an_empty_console().await;
}
