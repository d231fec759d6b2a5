use macro_rules_attribute::apply;
use thirtyfour::prelude::*;

use crate::reader::at;

#[apply(browser_test)]
async fn a_shared_link_opens_the_same_view() {
    let link =
        "#finding=documents-demanded&kind=county&as-of=2018-02-01&sort=name&open=king-county-wa";
    let reader = at(link).await;
    reader
        .until("document.querySelector('[data-subject=king-county-wa] details').open")
        .await;
    let cards = reader.cards().await;
    assert!(
        cards.contains(&"King County".to_owned()) && cards.is_sorted(),
        "{cards:?}"
    );
    assert_eq!(
        format!("#{}", reader.fragment().await),
        link,
        "the link stays as it was"
    );
    for name in ["Documents demanded", "County"] {
        assert!(
            reader
                .find("checkbox", name)
                .await
                .is_selected()
                .await
                .unwrap(),
            "{name}"
        );
    }
    reader.until("Math.abs(document.querySelector('[data-subject=king-county-wa]').getBoundingClientRect().top) < 20").await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn back_and_forward_step_through_what_was_chosen() {
    let reader = at("").await;
    reader.press("checkbox", "Warned").await;
    reader.sees(5).await;
    reader.press("checkbox", "County").await;
    reader.sees(1).await;
    reader.driver.back().await.unwrap();
    reader.sees(5).await;
    reader.driver.back().await.unwrap();
    reader.sees(10).await;
    assert!(
        !reader
            .find("checkbox", "Warned")
            .await
            .is_selected()
            .await
            .unwrap()
    );
    reader.driver.forward().await.unwrap();
    reader.sees(5).await;
    assert!(
        reader
            .find("checkbox", "Warned")
            .await
            .is_selected()
            .await
            .unwrap()
    );
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_a_link_says_wrong_is_left_out() {
    let reader =
        at("#finding=warned,guilty&colour=red&as-of=2017-02-30&sort=luck&open=atlantis&q=%E0%A4%A")
            .await;
    reader
        .until("document.querySelector('[type=search]').value !== ''")
        .await;
    reader.press("button", "Clear all").await;
    reader.sees(10).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_link_to_a_later_card_opens_at_a_day_that_has_it() {
    let reader = at("#open=albany-ny").await;
    reader.sees(40).await;
    reader
        .until("document.querySelector('[data-subject=albany-ny] details').open")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_skip_link_leaves_the_selection_alone() {
    let reader = at("#finding=warned&sort=name").await;
    reader.sees(5).await;
    reader.keys(Key::Tab).await;
    reader.keys(Key::Enter).await;
    assert_eq!(
        reader.focused().await.id().await.unwrap().as_deref(),
        Some("explorer")
    );
    reader.sees(5).await;
    assert_eq!(reader.fragment().await, "finding=warned&sort=name");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_step_back_to_a_place_in_the_page_is_one_to_the_page_as_it_was() {
    let reader = at("#cite").await;
    reader.sees(10).await;
    reader.press("checkbox", "Cleared 4").await;
    reader.sees(4).await;
    reader.driver.back().await.unwrap();
    reader.sees(10).await;
    assert_eq!(reader.fragment().await, "cite");
    reader.ends_with_an_empty_console().await;
}
