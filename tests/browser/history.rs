use fact_explorer::dataset::date::Date;
use fact_explorer::dataset::pack::Pack;
use macro_rules_attribute::apply;
use serde_json::json;
use thirtyfour::prelude::*;

use crate::reader::{Reader, at};

/// Presses what opens a card, and so closes another above it, under which it stays where it is.
async fn stays(reader: &Reader, opened: &str, by: WebElement, closed: &str) {
    // The rest of the record that is still open has come: that, too, would move what is below it.
    let whole = format!("document.querySelector('[data-subject={closed}] .history section')");
    reader.until(&whole).await;
    // Nobody scrolls and presses within a frame, but a driver does; and it may scroll before it presses.
    reader.eval("window.frame = 0").await;
    reader.until("++window.frame > 2").await;
    let notes = "addEventListener('click', it => \
                 (window.pressed = it.target, window.before = it.target.getBoundingClientRect().top), \
                 { capture: true, once: true })";
    reader.eval(&format!("({notes}, 0)")).await;
    by.click().await.unwrap();
    let is_open = format!("document.querySelector('[data-subject={opened}] details').open");
    reader.until(&is_open).await;
    let is_closed = format!("!document.querySelector('[data-subject={closed}] details').open");
    reader.until(&is_closed).await;
    reader.eval("window.frame = 0").await;
    reader.until("++window.frame > 2").await;
    let moved = reader
        .eval("pressed.getBoundingClientRect().top - before")
        .await;
    assert!(moved.as_f64().unwrap().abs() < 2.0, "{moved}");
}

#[apply(browser_test)]
async fn opening_a_card_shows_its_history_with_sources() {
    let reader = at("").await;
    reader
        .press("DisclosureTriangle", "History of Philadelphia")
        .await;
    reader
        .until("location.hash === '#open=philadelphia-pa'")
        .await;
    let events =
        "[...document.querySelectorAll('[data-subject=philadelphia-pa] .history > ol > .event')]";
    assert_eq!(reader.eval(&format!("{events}.length")).await, 16);
    let cited = format!(
        "{events}.every(it => it.querySelector('.cites a[href^=http]')?.checkVisibility())"
    );
    assert_eq!(reader.eval(&cited).await, true);
    reader.driver.back().await.unwrap();
    reader
        .until("!document.querySelector('[data-subject=philadelphia-pa] details').open")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_was_pressed_keeps_its_place() {
    let reader = at("").await;
    reader
        .press("DisclosureTriangle", "History of Chicago")
        .await;
    reader
        .until("document.querySelector('[data-subject=chicago-il] details').open")
        .await;
    // Opening one closes the one above, and the page grows shorter over the reader's finger.
    let summary = reader
        .find("DisclosureTriangle", "History of Connecticut")
        .await;
    summary.scroll_into_view().await.unwrap();
    stays(&reader, "connecticut", summary, "chicago-il").await;
    // So does a card's link to itself.
    let link = reader.find("link", "Link to Milwaukee County").await;
    link.scroll_into_view().await.unwrap();
    stays(&reader, "milwaukee-county-wi", link, "connecticut").await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn enter_opens_and_escape_closes() {
    let reader = at("").await;
    let summary = reader
        .tab_to("DisclosureTriangle", "History of Cook County")
        .await;
    reader.keys(Key::Enter).await;
    reader
        .until("location.hash === '#open=cook-county-il'")
        .await;
    // From a link inside, Escape closes the card and the focus returns to where it was opened.
    reader.keys(Key::Tab).await;
    assert_eq!(reader.focused().await.tag_name().await.unwrap(), "a");
    reader.keys(Key::Escape).await;
    reader.until("location.hash === ''").await;
    assert_eq!(reader.focused().await, summary);
    // From far below it comes back onto the screen.
    reader.keys(Key::Enter).await;
    reader
        .until("location.hash === '#open=cook-county-il'")
        .await;
    // What is last is known once all of the record is there.
    reader
        .until("document.querySelector('[data-subject=cook-county-il] .history section')")
        .await;
    let last = "[...document.querySelectorAll('[data-subject=cook-county-il] .history a')].at(-1)";
    reader.eval(&format!("({last}.focus(), 0)")).await;
    let top = "document.querySelector('[data-subject=cook-county-il]').getBoundingClientRect().top";
    reader.until(&format!("{top} < 0")).await;
    reader.keys(Key::Escape).await;
    reader.until("location.hash === ''").await;
    let is_seen = "(() => { const it = document.activeElement.getBoundingClientRect(); \
                   return it.top >= 0 && it.bottom <= innerHeight })()";
    reader.until(is_seen).await;
    assert_eq!(reader.focused().await, summary);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_long_history_is_closed_from_anywhere_in_it() {
    let reader = at("#open=cook-county-il").await;
    reader
        .until("document.querySelector('[data-subject=cook-county-il] .history section')")
        .await;
    let card = "document.querySelector('[data-subject=cook-county-il]')";
    let summary = format!("{card}.querySelector('summary')");
    reader
        .eval(&format!(
            "(scrollBy(0, {card}.getBoundingClientRect().top + 1500), 0)"
        ))
        .await;
    // It stays in sight, and tells whose history that is where there is room.
    let top = format!("{summary}.getBoundingClientRect().top");
    reader.until(&format!("{top} === 0")).await;
    let named = reader
        .find("DisclosureTriangle", "History of Cook County")
        .await;
    assert!(
        named
            .text()
            .await
            .unwrap()
            .starts_with("History of Cook County")
    );
    // What the keys lead to, forth and back, isn't behind it.
    let links = format!("[...{card}.querySelectorAll('.history a')]");
    let above = format!("{links}.findLast(it => it.getBoundingClientRect().bottom < 0)");
    reader
        .eval(&format!(
            "({links}[{links}.indexOf({above}) + 1].focus(), 0)"
        ))
        .await;
    for _ in 0..3 {
        reader.shift(Key::Tab).await;
        let clear = format!(
            "document.activeElement.getBoundingClientRect().top >= {summary}.getBoundingClientRect().bottom"
        );
        reader.until(&clear).await;
    }
    named.click().await.unwrap();
    reader.until("location.hash === ''").await;
    reader.until(&format!("Math.abs({top}) < 2")).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn escape_closes_no_card_that_is_not_shown() {
    for link in [
        "#view=timeline&open=chicago-il",
        "#view=table&open=chicago-il",
        "#finding=cleared&open=chicago-il",
    ] {
        let reader = at(link).await;
        reader
            .until("document.querySelector('[data-subject=chicago-il] details').open")
            .await;
        reader.keys(Key::Escape).await;
        assert_eq!(format!("#{}", reader.fragment().await), link);
        reader.ends_with_an_empty_console().await;
    }
}

#[apply(browser_test)]
async fn escape_closes_a_card_from_wherever_it_does_nothing_else() {
    // Whoever followed a link has the focus nowhere.
    let reader = at("#open=chicago-il").await;
    let summary = reader
        .find("DisclosureTriangle", "History of Chicago")
        .await;
    reader.keys(Key::Escape).await;
    reader.until("location.hash === ''").await;
    assert_eq!(reader.focused().await, summary);
    // A press on words takes it out of the card, too.
    reader.keys(Key::Enter).await;
    reader.until("location.hash === '#open=chicago-il'").await;
    reader.click("[data-subject=chicago-il] .event p").await;
    reader.keys(Key::Escape).await;
    reader.until("location.hash === ''").await;
    assert_eq!(reader.focused().await, summary);
    // A sheet and a field come first.
    reader.keys(Key::Enter).await;
    reader.until("location.hash === '#open=chicago-il'").await;
    reader.open_the_sheet().await;
    reader.keys(Key::Escape).await;
    reader
        .until("!document.querySelector('#take').matches(':popover-open')")
        .await;
    reader.tab_to("searchbox", "Search").await;
    reader.keys(Key::Escape).await;
    reader.until("new Promise(requestAnimationFrame)").await;
    assert_eq!(reader.eval("location.hash").await, "#open=chicago-il");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_card_has_a_link_to_itself() {
    let reader = at("#finding=warned").await;
    let link = reader.find("link", "Link to New Orleans").await;
    // Some drivers give the attribute, and some the address that it stands for.
    let href = link.attr("href").await.unwrap().unwrap();
    assert!(href.ends_with("#open=new-orleans-la"), "{href}");
    let is_short = "[...document.querySelectorAll('a')].some(it => it.getAttribute('href') === '#open=new-orleans-la')";
    assert_eq!(reader.eval(is_short).await, true);
    // Followed, it opens the card and leaves the rest as it is.
    link.click().await.unwrap();
    reader
        .until("location.hash === '#finding=warned&open=new-orleans-la'")
        .await;
    reader.sees(5).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_happened_later_is_set_apart() {
    let reader = at("#open=new-orleans-la").await;
    let pack = Pack::embedded();
    let subject = pack.subject_with_id("new-orleans-la").unwrap();
    let lists = "[...document.querySelectorAll('[data-subject=new-orleans-la] .history > ol')]\
                 .map(it => it.children.length)";
    let split = |by_then: usize| json!([by_then, subject.n_events() - by_then]);
    let by_default = subject.n_events_by(pack.default_day());
    assert!(0 < by_default && by_default < subject.n_events());
    assert_eq!(reader.eval(lists).await, split(by_default));
    let later = "[data-subject=new-orleans-la] .history__later";
    assert_eq!(reader.text(later).await, "After October 12, 2017");
    reader.press("button", "Later change").await;
    reader.press("button", "Later change").await;
    reader
        .until("location.hash.startsWith('#as-of=2017-11-17')")
        .await;
    let day = Date::parse("2017-11-17").unwrap();
    assert_eq!(reader.eval(lists).await, split(subject.n_events_by(day)));
    assert_eq!(reader.text(later).await, "After November 17, 2017");
    reader.press("button", "Latest").await;
    reader
        .until("location.hash.startsWith('#as-of=2021')")
        .await;
    assert_eq!(reader.eval(lists).await, split(subject.n_events()));
    let hidden = format!("!document.querySelector('{later}').checkVisibility()");
    assert_eq!(reader.eval(&hidden).await, true);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_history_that_began_after_the_first_day_is_set_apart_as_well() {
    let reader = at("#open=albany-ny").await;
    let pack = Pack::embedded();
    let subject = pack.subject_with_id("albany-ny").unwrap();
    assert_eq!(subject.n_events_by(pack.default_day()), 0);
    let lists = "[...document.querySelectorAll('[data-subject=albany-ny] .history > ol')]\
                 .map(it => it.children.length)";
    let later = "document.querySelector('[data-subject=albany-ny] .history__later')";
    for day in ["2017-11-17", "2018-01-24", "2017-11-17", "2021-04-14"] {
        let by_then = subject.n_events_by(Date::parse(day).unwrap());
        let rest = subject.n_events() - by_then;
        let address = format!("location.hash = '#as-of={day}&open=albany-ny'");
        reader.eval(&address).await;
        reader
            .until(&format!(
                "JSON.stringify({lists}) === '[{by_then},{rest}]' && {later}.checkVisibility() === ({rest} > 0)"
            ))
            .await;
    }
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_rest_of_the_record_comes_into_the_open_card() {
    let reader = at("").await;
    reader
        .tab_to("DisclosureTriangle", "History of Philadelphia")
        .await;
    reader.keys(Key::Enter).await;
    reader
        .until("document.querySelector('[data-subject=philadelphia-pa] .history section')")
        .await;
    for heading in ["Money", "Court cases", "Where sources differ", "Sources"] {
        reader.find("heading", heading).await;
    }
    // Its links lead to the same places as on the record's own page, and its ids aren't the page's.
    let links = "[...document.querySelectorAll('.history section a')].map(it => it.getAttribute('href'))\
                 .filter(it => !/^(https?:|#[a-z0-9-]+$|[.][/])/.test(it))";
    assert_eq!(reader.eval(links).await, json!([]));
    let twice = "[...document.querySelectorAll('[id]')].map(it => it.id)\
                 .filter((it, at, all) => all.indexOf(it) !== at)";
    assert_eq!(reader.eval(twice).await, json!([]));
    // Closed and opened again, it is there once.
    reader.keys(Key::Escape).await;
    reader.until("location.hash === ''").await;
    reader.keys(Key::Enter).await;
    reader
        .until("location.hash === '#open=philadelphia-pa'")
        .await;
    let sections =
        "document.querySelectorAll('[data-subject=philadelphia-pa] .history section').length";
    assert_eq!(reader.eval(sections).await, 4);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn links_within_the_page_keep_the_selection() {
    let reader = at("#finding=warned&open=chicago-il").await;
    reader
        .until("document.querySelector('.history .supports a')")
        .await;
    let href = reader
        .eval("document.querySelector('.history .supports a').getAttribute('href')")
        .await;
    let link = reader
        .driver
        .find(By::Css(".history .supports a"))
        .await
        .unwrap();
    link.scroll_into_view().await.unwrap();
    link.click().await.unwrap();
    reader
        .until(&format!("'#' + document.activeElement.id === {href}"))
        .await;
    assert_eq!(reader.fragment().await, "finding=warned&open=chicago-il");
    // Headings go down by one, from the card's to what is in its record.
    let levels = "[...document.querySelectorAll('[data-subject=chicago-il] :is(h3, h4, h5)')].map(it => +it.tagName[1])";
    let levels: Vec<u32> = serde_json::from_value(reader.eval(levels).await).unwrap();
    assert!(
        levels.windows(2).all(|it| it[1] <= it[0] + 1 && it[1] > 3),
        "{levels:?}"
    );
    reader.ends_with_an_empty_console().await;
}
