use macro_rules_attribute::apply;
use thirtyfour::prelude::*;

use crate::reader::at;

#[apply(browser_test)]
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

#[apply(browser_test)]
async fn any_day_can_be_typed() {
    let reader = at("").await;
    // The field's first part is the month.
    reader.tab_to("Date", "Date").await;
    reader.type_date("11", "17", "2017").await;
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

#[apply(browser_test)]
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
    // The last step there is keeps the focus, and says that there is no further.
    reader.tab_to("button", "Later change").await;
    reader.keys(Key::Enter).await;
    let here = "document.activeElement.ariaDisabled === 'true' && document.activeElement.ariaLabel";
    assert_eq!(reader.eval(here).await, "Later change");
    reader.ends_with_an_empty_console().await;
}

/// What the page says that has changed.
const CHANGED: &str = "[aria-live=polite].as-of__changed";

#[apply(browser_test)]
async fn a_step_tells_what_changed() {
    let reader = at("").await;
    assert_eq!(reader.text(CHANGED).await, "");
    reader.press("button", "Later change").await;
    reader.sees(39).await;
    let first = "Between October 12, 2017 and November 15, 2017: 29 jurisdictions from no finding to \
                 Questioned.";
    assert_eq!(reader.text(CHANGED).await, first);
    reader.tab_to("button", "Later change").await;
    reader.keys(Key::Enter).await;
    reader.until("location.hash === '#as-of=2017-11-17'").await;
    let second =
        "Between November 15, 2017 and November 17, 2017: New Orleans from Warned to Cleared.";
    assert_eq!(reader.text(CHANGED).await, second);
    let badge = "document.querySelector('[data-subject=new-orleans-la] .badge').textContent";
    reader
        .until(&format!("{badge} === 'Cleared before: Warned'"))
        .await;
    // Backwards it is told in the order of time, too.
    reader.press("button", "Earlier change").await;
    reader.until("location.hash === '#as-of=2017-11-15'").await;
    assert_eq!(reader.text(CHANGED).await, second);
    reader
        .until(&format!("{badge} === 'Warned later: Cleared'"))
        .await;
    // Of those shown only.
    reader.press("checkbox", "State").await;
    reader.press("button", "Earlier change").await;
    reader.until("location.hash === '#kind=state'").await;
    let of_states = "Between October 12, 2017 and November 15, 2017: Illinois, Oregon, Vermont from \
                     no finding to Questioned.";
    assert_eq!(reader.text(CHANGED).await, of_states);
    // While a date is being typed it passes through others, which nobody asked for.
    reader.press("button", "Clear all").await;
    reader.tab_to("Date", "Date").await;
    reader.type_date("11", "15", "2017").await;
    reader.until("location.hash === '#as-of=2017-11-15'").await;
    assert_eq!(reader.text(CHANGED).await, first);
    // Whoever comes by a link has stepped from nowhere.
    reader.open_live("#as-of=2021-04-14").await;
    assert_eq!(reader.text(CHANGED).await, "");
    reader.ends_with_an_empty_console().await;
}
