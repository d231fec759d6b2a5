use macro_rules_attribute::apply;
use thirtyfour::components::SelectElement;

use crate::reader::at;

#[apply(browser_test)]
async fn cards_go_by_name_or_by_last_event() {
    let reader = at("").await;
    let menu = reader.find("combobox", "Sort by").await;
    SelectElement::new(&menu)
        .await
        .unwrap()
        .select_by_value("name")
        .await
        .unwrap();
    reader.until("location.hash === '#sort=name'").await;
    let mut names = reader.cards().await;
    assert_eq!(names.first().map(String::as_str), Some("California"));
    assert!(names.is_sorted());
    SelectElement::new(&menu)
        .await
        .unwrap()
        .select_by_value("last-event")
        .await
        .unwrap();
    reader.until("location.hash === '#sort=last-event'").await;
    names = reader.cards().await;
    assert_eq!(names.len(), 10);
    // By October 12, California's last event was its suit of August, and Chicago answered that day.
    assert_eq!(names.last().map(String::as_str), Some("California"));
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_order_can_be_chosen_with_keys() {
    let reader = at("").await;
    reader.tab_to("combobox", "Sort by").await;
    reader.keys("n").await;
    reader.until("location.hash === '#sort=name'").await;
    assert!(reader.cards().await.is_sorted());
    reader.ends_with_an_empty_console().await;
}
