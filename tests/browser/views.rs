use fact_explorer::dataset::model::Dataset;
use fact_explorer::dataset::pack::Pack;
use fact_explorer::dataset::packing;
use fact_explorer::dataset::read::read;
use fact_explorer::query::address::decode;
use fact_explorer::query::answer;
use fact_explorer::query::timeline::{Timeline, timeline};
use macro_rules_attribute::apply;
use serde_json::json;
use thirtyfour::prelude::*;

use crate::engines::Engine;
use crate::reader::{Reader, Wish, at, on_a_phone_at, wishing};

/// The names of the table's rows, in order.
async fn rows(reader: &Reader) -> Vec<String> {
    // It comes with a part of the program that is fetched first.
    reader.until("document.querySelector('.table')").await;
    reader.all("rowheader").await
}

fn dataset() -> Dataset {
    read(std::path::Path::new("data/section-1373")).unwrap()
}

/// What the timeline of an address should show, from the authors' files.
fn expected(fragment: &str) -> Timeline {
    let pack = Pack::embedded();
    let more = Pack::open(Box::leak(packing::pack_more(&dataset()).into_boxed_slice())).unwrap();
    let selection = decode(pack, fragment);
    timeline(pack, more, &selection, &answer(pack, &selection))
}

#[apply(browser_test)]
async fn the_switch_changes_the_view_and_back_undoes_it() {
    let reader = at("").await;
    let cards = reader.cards().await;
    reader.press("radio", "Table").await;
    reader.until("location.hash === '#view=table'").await;
    assert_eq!(rows(&reader).await, cards);
    assert_eq!(reader.cards().await, [""; 0]);
    assert!(reader.status().await.starts_with("10 of 40"));
    reader.driver.back().await.unwrap();
    reader.sees(10).await;
    assert_eq!(
        reader
            .eval("document.querySelector('[name=view]:checked').value")
            .await,
        "cards"
    );
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_view_has_its_style_wherever_it_is_shown() {
    let reader = at("").await;
    for (view, css, property, value) in [
        ("table", ".table", "borderCollapse", "collapse"),
        ("timeline", ".timeline__picture", "display", "flex"),
        ("map", ".map svg", "display", "block"),
    ] {
        for page in ["#", "embed.html?show=views&"] {
            reader.open_live("?1").await;
            reader.open_live(&format!("{page}view={view}")).await;
            reader
                .until(&format!("document.querySelector('{css}')"))
                .await;
            let style = format!("getComputedStyle(document.querySelector('{css}')).{property}");
            assert_eq!(reader.eval(&style).await, value, "{page}{view}");
        }
    }
    reader
        .open_live("?2#compare=chicago-il,philadelphia-pa")
        .await;
    let scrolls = "getComputedStyle(document.querySelector('.compare .scrolls')).overflowX";
    reader
        .until("document.querySelector('.compare table')")
        .await;
    assert_eq!(reader.eval(scrolls).await, "auto");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_arrow_keys_go_through_the_views() {
    let reader = at("").await;
    reader.tab_to("radio", "Cards").await;
    for view in ["table", "timeline", "map"] {
        reader.keys(Key::Right).await;
        reader
            .until(&format!("location.hash === '#view={view}'"))
            .await;
        let value = "document.activeElement.value";
        assert_eq!(reader.eval(value).await, view);
    }
    // Not every browser goes from the last to the first.
    let on = match reader.engine {
        Engine::WebKit => [Key::Left, Key::Left, Key::Left].as_slice(),
        _ => &[Key::Right],
    };
    for key in on {
        reader.keys(key.clone()).await;
    }
    reader.sees(10).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_columns_head_orders_the_rows_and_the_other_way_round() {
    let reader = at("#view=table").await;
    let head = "document.querySelector('[aria-sort]:not([aria-sort=none])')";
    let order = format!("[{head}.innerText.trim(), {head}.getAttribute('aria-sort')]");
    assert_eq!(reader.eval(&order).await, json!(["Finding", "ascending"]));
    reader.press("button", "Name").await;
    reader
        .until("location.hash === '#sort=name&view=table'")
        .await;
    assert!(rows(&reader).await.is_sorted());
    assert_eq!(reader.eval(&order).await, json!(["Name", "ascending"]));
    reader.press("button", "Name").await;
    reader
        .until("location.hash === '#sort=-name&view=table'")
        .await;
    let mut names = rows(&reader).await;
    names.reverse();
    assert!(names.is_sorted());
    // The menu above says the same.
    assert_eq!(
        reader
            .eval("document.querySelector('[name=sort]').value")
            .await,
        "name"
    );
    // With keys, and the focus stays on what was pressed.
    reader.tab_to("button", "Sources").await;
    reader.keys(Key::Enter).await;
    reader
        .until("location.hash === '#sort=sources&view=table'")
        .await;
    reader
        .until("document.activeElement.id === 'by-sources'")
        .await;
    let numbers = "[...document.querySelectorAll('tbody td:last-child')].map(it => +it.innerText)";
    let numbers: Vec<u32> = serde_json::from_value(reader.eval(numbers).await).unwrap();
    assert!(numbers.is_sorted_by(|a, b| a >= b), "{numbers:?}");
    reader.keys(" ").await;
    reader
        .until("location.hash === '#sort=-sources&view=table'")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn on_a_phone_each_row_says_what_its_cells_are() {
    let reader = on_a_phone_at("#view=table").await;
    assert_eq!(rows(&reader).await.len(), 10);
    // Still a table to assistive technology.
    assert_eq!(reader.all("columnheader").await.len(), 6);
    // Not every browser says what an attribute in a style comes to.
    let labels = "[...document.querySelectorAll('tbody tr:first-child td:not(:empty)')]\
                  .map(it => getComputedStyle(it, '::before').content.replace('attr(data-label)', it.dataset.label))";
    let labels = reader.eval(labels).await.to_string();
    for label in [
        "Kind and place",
        "Finding",
        "Since",
        "Last event",
        "Sources",
    ] {
        assert!(labels.contains(label), "{label} in {labels}");
    }
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_name_in_the_table_leads_to_its_card_and_back() {
    let reader = at("#q=police&view=table").await;
    reader.tab_to("link", "Chicago").await;
    reader.keys(Key::Enter).await;
    reader
        .until("location.hash === '#q=police&open=chicago-il'")
        .await;
    // The card is on the screen and has the focus.
    reader
        .until("document.activeElement.matches('[data-subject=chicago-il] summary')")
        .await;
    let top = "document.querySelector('[data-subject=chicago-il]').getBoundingClientRect().top";
    let top = reader.eval(top).await.as_f64().unwrap();
    assert!((0.0..200.0).contains(&top), "{top}");
    reader.driver.back().await.unwrap();
    reader
        .until("location.hash === '#q=police&view=table'")
        .await;
    reader.until("document.activeElement.matches('.table a') && document.activeElement.innerText === 'Chicago'").await;
    reader.press("link", "Chicago").await;
    reader
        .until("document.querySelector('[data-subject=chicago-il] details').open")
        .await;
    reader.ends_with_an_empty_console().await;
}

/// The events that the timeline lists, as the words before their sources.
const EVENTS: &str =
    "[...document.querySelectorAll('.timeline__events li')].map(it => it.innerText)";

#[apply(browser_test)]
async fn the_timeline_lists_what_happened_by_day() {
    let reader = at("#view=timeline").await;
    reader.until("document.querySelector('.timeline')").await;
    let listed: Vec<String> = serde_json::from_value(reader.eval(EVENTS).await).unwrap();
    let expected = expected("view=timeline");
    assert_eq!(listed.len(), expected.events.len());
    for (listed, event) in listed.iter().zip(&expected.events) {
        assert!(
            listed.contains(event.date()) && listed.contains(event.summary()),
            "{listed}"
        );
    }
    assert!(listed.iter().any(|it| it.contains("Background:")));
    // By year, and what came after the day set apart.
    assert_eq!(
        reader.text(".timeline__later").await,
        "After October 12, 2017"
    );
    let years = reader
        .eval("[...document.querySelectorAll('.timeline h3')].map(it => it.innerText)")
        .await;
    let years: Vec<String> = serde_json::from_value(years).unwrap();
    assert!(years.is_sorted());
    assert_eq!(years.iter().filter(|it| *it == "2017").count(), 2);
    // Each leads to its place in a record, or on the page behind the facts.
    reader.press("link", "Background").await;
    reader
        .until("location.pathname.endsWith('/about.html') && document.querySelector(':target')")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_timeline_follows_a_subject_and_a_kind_of_event() {
    let reader = at("#view=timeline").await;
    reader.until("document.querySelector('.timeline')").await;
    reader.choose("Whose", "Philadelphia").await;
    reader
        .until("location.hash === '#view=timeline&open=philadelphia-pa'")
        .await;
    let n = expected("view=timeline&open=philadelphia-pa").events.len();
    assert_eq!(reader.eval(&format!("{EVENTS}.length")).await, n);
    let letters = expected("view=timeline&open=philadelphia-pa&event=letter")
        .events
        .len();
    reader
        .choose("Kind of event", &format!("Letter ({letters})"))
        .await;
    reader
        .until("location.hash === '#view=timeline&event=letter&open=philadelphia-pa'")
        .await;
    assert_eq!(reader.eval(&format!("{EVENTS}.length")).await, letters);
    // With keys, and the focus stays.
    reader.tab_to("combobox", "Kind of event").await;
    reader.keys(Key::Home).await;
    reader
        .until("location.hash === '#view=timeline&open=philadelphia-pa'")
        .await;
    reader.until("document.activeElement.id === 'event'").await;
    reader.driver.back().await.unwrap();
    reader
        .until("location.hash === '#view=timeline&event=letter&open=philadelphia-pa'")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_map_has_a_mark_and_a_name_for_each_subject_shown() {
    let reader = at("#view=map").await;
    reader.until("document.querySelector('.map')").await;
    assert_eq!(
        reader
            .eval("document.querySelectorAll('.map__areas path').length")
            .await,
        51
    );
    let marks = "[...document.querySelectorAll('.map svg a')].map(it => it.getAttribute('aria-label').split(':')[0]).sort()";
    let names = "[...document.querySelectorAll('.map__list a')].map(it => it.innerText).sort()";
    let marks = reader.eval(marks).await;
    assert_eq!(marks.as_array().unwrap().len(), 10);
    assert_eq!(marks, reader.eval(names).await);
    reader.press("checkbox", "Cleared").await;
    reader
        .until("document.querySelectorAll('.map svg a').length === 4")
        .await;
    // A mark can be reached with keys and leads to its card.
    reader.tab_to("link", "Connecticut: Cleared").await;
    reader.keys(Key::Enter).await;
    reader
        .until("location.hash === '#finding=cleared&open=connecticut'")
        .await;
    reader
        .until("document.activeElement.matches('[data-subject=connecticut] summary')")
        .await;
    reader.driver.back().await.unwrap();
    reader
        .until("document.querySelectorAll('.map svg a').length === 4")
        .await;
    if reader.engine == Engine::Chromium {
        reader.press("link", "Milwaukee County: Cleared").await;
    } else {
        let mark = "document.querySelector('.map svg a[aria-label=\"Milwaukee County: Cleared\"]')";
        let press = "dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))";
        reader.eval(&format!("{mark}.{press}")).await;
    }
    reader
        .until("document.querySelector('[data-subject=milwaukee-county-wi] details').open")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_view_whose_file_is_missing_says_so_and_the_rest_works() {
    let reader = wishing(Wish {
        way: crate::server::Way::Missing("*.pack"),
        ..Wish::default()
    })
    .await;
    reader.open_live("#view=map").await;
    reader
        .until("document.querySelector('.results').innerText.includes('couldn’t be loaded')")
        .await;
    reader.press("radio", "Table").await;
    reader.until("document.querySelector('.table')").await;
    assert_eq!(rows(&reader).await.len(), 10);
    reader.driver.clone().quit().await.unwrap();
}

#[apply(browser_test)]
async fn a_view_without_subjects_says_what_empties_it() {
    let reader = at("#view=table&finding=warned&state=wi").await;
    reader.until("document.querySelector('.empty')").await;
    reader.tab_to("button", "Drop “Finding” (1)").await;
    reader.keys(Key::Enter).await;
    reader
        .until("location.hash === '#state=wi&view=table'")
        .await;
    assert_eq!(rows(&reader).await, ["Milwaukee County"]);
    // The button is gone; the focus is at what changed.
    reader
        .until("document.activeElement.getAttribute('role') === 'status'")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_step_back_gives_the_focus_to_a_link_only_where_that_was_followed() {
    let reader = at("#q=police&view=table").await;
    let link = "document.querySelector('tbody a[href*=\"open=\"]')";
    reader.until(link).await;
    let name = reader.eval(&format!("{link}.textContent")).await;
    reader.press("link", name.as_str().unwrap()).await;
    reader.until("location.hash.includes('open=')").await;
    reader.driver.back().await.unwrap();
    reader
        .until(&format!("document.activeElement === {link}"))
        .await;
    // Another step back has nothing to do with it.
    reader.eval("document.querySelector('#q').focus()").await;
    reader.keys(Key::End).await;
    reader.keys(" c").await;
    reader
        .until("!location.hash.startsWith('#q=police&')")
        .await;
    reader.driver.back().await.unwrap();
    reader.until("location.hash.startsWith('#q=police&')").await;
    reader
        .until("document.querySelector('#q').value === 'police'")
        .await;
    assert_eq!(reader.eval("document.activeElement.id").await, "q");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_step_back_gives_the_focus_to_the_mark_that_was_followed() {
    let reader = at("#view=map").await;
    let mark = "document.querySelector('.map svg a[href*=\"open=chicago\"]')";
    reader.until(mark).await;
    reader.eval(&format!("{mark}.focus()")).await;
    reader.keys(Key::Enter).await;
    reader.until("location.hash.includes('open=chicago')").await;
    reader.driver.back().await.unwrap();
    reader
        .until(&format!("document.activeElement === {mark}"))
        .await;
    reader.ends_with_an_empty_console().await;
}
