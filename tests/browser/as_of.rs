use thirtyfour::prelude::*;

use crate::reader::at;

#[tokio::test(flavor = "multi_thread")]
async fn the_snapshots_and_the_steps_between_them() {
    let reader = at("").await;
    reader.press("button", "Latest").await;
    reader.sees(40).await;
    assert_eq!(reader.fragment().await, "as-of=2021-04-14");
    for finding in [
        "Warned 1",
        "Questioned 8",
        "Documents demanded 23",
        "Under review 0",
        "Cleared 8",
    ] {
        reader.find("checkbox", finding).await;
    }
    reader.press("button", "October 2017 letters").await;
    reader.sees(10).await;
    assert_eq!(reader.fragment().await, "");
    // The next change of any finding is that of November 15, 2017.
    reader.press("button", "Later change").await;
    reader.sees(39).await;
    assert_eq!(reader.fragment().await, "as-of=2017-11-15");
    reader.press("button", "Earlier change").await;
    reader.sees(10).await;
    reader.ends_with_an_empty_console().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_day_can_be_typed() {
    let reader = at("").await;
    // The field's first part is the month.
    reader.tab_to("Date", "Date").await;
    reader.keys("11172017").await;
    reader.sees(39).await;
    reader.until("location.hash === '#as-of=2017-11-17'").await;
    // However many parts a date has, it is one step back.
    reader.driver.back().await.unwrap();
    reader.sees(10).await;
    reader.driver.forward().await.unwrap();
    reader.sees(39).await;
    let card = reader.find("article", "New Orleans").await;
    assert_eq!(
        card.attr("data-finding").await.unwrap().as_deref(),
        Some("cleared")
    );
    reader.ends_with_an_empty_console().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn snapshots_and_steps_work_with_keys() {
    let reader = at("").await;
    reader.tab_to("button", "Latest").await;
    reader.keys(" ").await;
    reader.sees(40).await;
    assert_eq!(
        reader
            .focused()
            .await
            .attr("aria-pressed")
            .await
            .unwrap()
            .as_deref(),
        Some("true")
    );
    reader.tab_to("button", "Earlier change").await;
    reader.keys(Key::Enter).await;
    reader.until("location.hash === '#as-of=2018-04-12'").await;
    reader.ends_with_an_empty_console().await;
}
