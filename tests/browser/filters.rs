use macro_rules_attribute::apply;
use thirtyfour::prelude::*;

use crate::reader::{Reader, Wish, at, on_a_phone_at, wishing};

/// A facet's checkboxes.
async fn boxes(reader: &Reader, facet: &str) -> Vec<WebElement> {
    let css = format!("fieldset[data-facet='{facet}'] input[type=checkbox]");
    reader.driver.find_all(By::Css(css)).await.unwrap()
}

/// The number beside a checkbox.
async fn count(input: &WebElement) -> usize {
    let label = input.parent().await.unwrap();
    let count = label.find(By::Css("[data-count]")).await.unwrap();
    count.text().await.unwrap().parse().unwrap()
}

#[apply(browser_test)]
async fn each_value_shows_as_many_cards_as_its_count_says() {
    let reader = at("#as-of=2021-04-14").await;
    reader.sees(40).await;
    for facet in ["finding", "kind", "state", "named", "court"] {
        let boxes = boxes(&reader, facet).await;
        assert!(boxes.len() >= 2, "{facet}");
        for input in boxes {
            let n = count(&input).await;
            input.click().await.unwrap();
            reader.sees(n).await;
            let id = input.attr("value").await.unwrap().unwrap();
            assert_eq!(
                reader.fragment().await,
                format!("{facet}={id}&as-of=2021-04-14")
            );
            input.click().await.unwrap();
            reader.sees(40).await;
        }
    }
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn values_of_a_facet_add_up_and_facets_narrow_each_other() {
    let reader = at("").await;
    reader.press("checkbox", "City 4").await;
    reader.sees(4).await;
    // The count of a sibling tells what choosing it too would show.
    reader.press("checkbox", "County 4").await;
    reader.sees(8).await;
    reader.press("checkbox", "Cleared 3").await;
    reader.sees(3).await;
    assert_eq!(reader.fragment().await, "finding=cleared&kind=city,county");
    // State keeps its own count although it isn't chosen; Warned tells what it would add.
    reader.find("checkbox", "State 1").await;
    reader.find("checkbox", "Warned 5").await;
    reader.press("button", "Clear all").await;
    reader.sees(10).await;
    assert_eq!(reader.fragment().await, "");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_space_bar_chooses_and_the_focus_stays() {
    let reader = at("").await;
    let input = reader.tab_to("checkbox", "Cleared 4").await;
    reader.keys(" ").await;
    reader.sees(4).await;
    assert_eq!(reader.focused().await, input);
    reader.keys(" ").await;
    reader.sees(10).await;
    reader.tab_to("checkbox", "County 4").await;
    reader.keys(" ").await;
    reader.sees(4).await;
    reader.tab_to("button", "Clear all").await;
    reader.keys(Key::Enter).await;
    reader.sees(10).await;
    // The button is gone; the focus is at what changed.
    reader
        .until("document.activeElement.getAttribute('role') === 'status'")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_page_without_cards_says_what_empties_it() {
    let reader = at("#finding=warned&state=wi&q=milwaukee").await;
    reader.sees(0).await;
    reader.press("button", "Drop “Finding” (1)").await;
    reader.sees(1).await;
    assert_eq!(reader.cards().await, ["Milwaukee County"]);
    let reader = {
        reader.ends_with_an_empty_console().await;
        at("#as-of=2016-05-30").await
    };
    reader.sees(0).await;
    reader
        .tab_to("button", "Go to “October 2017 letters” (10)")
        .await;
    assert!(
        reader
            .text(".empty")
            .await
            .starts_with("Nothing had been found by then.")
    );
    reader.keys(Key::Enter).await;
    reader.sees(10).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn on_a_phone_the_filters_are_a_sheet() {
    let reader = wishing(Wish {
        width: 390,
        height: 800,
        ..Wish::default()
    })
    .await;
    reader.open_live("").await;
    let county = "document.querySelector('[data-facet=kind] [value=county]').checkVisibility()";
    assert_eq!(reader.eval(county).await, false, "the sheet is closed");
    reader.press("button", "Filters").await;
    reader.press("checkbox", "County 4").await;
    reader.press("button", "Show 4 jurisdictions").await;
    reader.sees(4).await;
    // The same with keys; Escape closes the sheet and the focus returns to its button.
    let button = reader.tab_to("button", "Filters (1)").await;
    reader.keys(Key::Enter).await;
    reader.tab_to("checkbox", "State 2").await;
    reader.keys(" ").await;
    reader.keys(Key::Escape).await;
    assert_eq!(
        reader.eval(county).await,
        false,
        "the sheet is closed again"
    );
    assert_eq!(reader.focused().await, button);
    reader.sees(6).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_is_found_on_another_day_is_offered_there() {
    let reader = at("#q=oakland").await;
    reader.sees(0).await;
    let names = reader.all("button").await;
    assert!(
        names.contains(&"Drop “Search” (10)".to_owned()),
        "{names:?}"
    );
    reader.press("button", "Go to “Latest” (1)").await;
    reader.sees(1).await;
    assert_eq!(reader.cards().await, ["Oakland"]);
    // With keys, from a facet whose only subject came later.
    reader.open_live("#state=nj").await;
    reader.sees(0).await;
    reader.tab_to("button", "Go to “Latest” (2)").await;
    reader.keys(Key::Enter).await;
    reader.sees(2).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_press_on_the_words_of_a_sheet_leaves_it_open() {
    let reader = on_a_phone_at("").await;
    reader.press("button", "Filters").await;
    let is_open = "document.querySelector('#filters').matches(':popover-open')";
    reader.click("#filters [data-facet=kind] legend").await;
    assert_eq!(reader.eval(is_open).await, true);
    reader
        .click("#filters label:has([value=county]) .choice__label")
        .await;
    reader.until("location.hash === '#kind=county'").await;
    assert_eq!(reader.eval(is_open).await, true);
    reader.press("button", "Show 4 jurisdictions").await;
    reader.sees(4).await;
    reader.open_the_sheet().await;
    reader.click(".take__citations dd").await;
    assert_eq!(
        reader
            .eval("document.querySelector('#take').matches(':popover-open')")
            .await,
        true
    );
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn no_word_of_a_finding_is_broken() {
    let reader = on_a_phone_at("").await;
    let is_whole = "[...document.querySelectorAll('.finding-bar .choice__label, .card:not([hidden]) .badge')].every(it => { \
         const text = document.createTreeWalker(it, NodeFilter.SHOW_TEXT), range = document.createRange(); \
         while (text.nextNode()) for (const word of text.currentNode.data.matchAll(/\\S+/g)) { \
             range.setStart(text.currentNode, word.index); range.setEnd(text.currentNode, word.index + word[0].length); \
             if (range.getClientRects().length > 1) return false \
         } return true })";
    for width in [320, 375, 390, 768, 1280] {
        reader.resize(width, 800).await;
        for label in ["Latest", "October 2017 letters"] {
            reader.press("button", label).await;
            let n = if label == "Latest" { 40 } else { 10 };
            reader.sees(n).await;
            assert_eq!(
                reader.eval(is_whole).await,
                true,
                "{label} at {width} pixels"
            );
        }
    }
    reader.ends_with_an_empty_console().await;
}
