use macro_rules_attribute::apply;
use thirtyfour::prelude::*;

use crate::engines::Engine;
use crate::reader::{Reader, Wish, wishing};
use crate::server::{Way, dist};

async fn shown(reader: &Reader) -> usize {
    let mut n = 0;
    for card in reader
        .driver
        .find_all(By::Css("article[data-subject]"))
        .await
        .unwrap()
    {
        n += usize::from(card.is_displayed().await.unwrap());
    }
    n
}

async fn quiet(reader: &Reader) -> Vec<String> {
    let mut lines = Vec::new();
    for line in reader.driver.find_all(By::Css(".quiet")).await.unwrap() {
        if line.is_displayed().await.unwrap() {
            lines.push(line.text().await.unwrap());
        }
    }
    lines
}

/// A finding filters by style alone.
async fn the_findings_filter(reader: &Reader, before: usize) {
    let press = async |value: &str| {
        let input = format!("[data-facet=finding] [value={value}]");
        reader.click(&input).await;
    };
    // The count beside a finding is of the cards that it leaves.
    let count = async |value: &str| -> usize {
        let count = format!("[data-facet=finding] [value={value}] ~ [data-count]");
        let count = reader.driver.find(By::Css(count)).await.unwrap();
        count.text().await.unwrap().parse().unwrap()
    };
    press("warned").await;
    assert_eq!(shown(reader).await, 5);
    assert_eq!(count("warned").await, 5);
    press("cleared").await;
    assert_eq!(shown(reader).await, 9);
    assert_eq!(count("cleared").await, 4);
    press("warned").await;
    press("cleared").await;
    assert_eq!(shown(reader).await, before);
}

/// A history opens and its sources can be reached.
async fn a_history_opens(reader: &Reader) {
    let details = reader
        .driver
        .find(By::Css("[data-subject=chicago-il] details"))
        .await
        .unwrap();
    let event = "document.querySelector('[id=chicago-il-05] .cites a').checkVisibility()";
    assert_eq!(reader.eval(event).await, false);
    details
        .find(By::Css("summary"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    assert_eq!(reader.eval(event).await, true);
}

#[apply(browser_test)]
async fn without_scripts_all_can_be_read() {
    let reader = wishing(Wish {
        scripts: false,
        ..Wish::default()
    })
    .await;
    reader.open("").await;
    assert_eq!(shown(&reader).await, 40);
    let lines = quiet(&reader).await;
    assert!(
        lines.len() == 1
            && lines[0].starts_with("Scripts are off")
            && lines[0].contains("October 12, 2017"),
        "{lines:?}"
    );
    for control in [
        "[type=search]",
        "[name=as-of]",
        "[name=sort]",
        "[data-facet=kind]",
    ] {
        let control = reader.driver.find(By::Css(control)).await.unwrap();
        assert!(
            !control.is_displayed().await.unwrap(),
            "a control that does nothing"
        );
    }
    let status = reader.driver.find(By::Css("[role=status]")).await.unwrap();
    assert!(
        !status.is_displayed().await.unwrap(),
        "a count that would be wrong"
    );
    the_findings_filter(&reader, 40).await;
    a_history_opens(&reader).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn without_the_wasm_the_page_stays_as_it_was() {
    for way in [
        Way::Missing("*.wasm"),
        Way::Garbled("*.wasm"),
        // It would run, but isn't what was published.
        Way::Altered("*.wasm"),
        Way::Altered("page-*.js"),
    ] {
        let reader = wishing(Wish {
            way,
            ..Wish::default()
        })
        .await;
        if reader.engine == Engine::WebKit && matches!(way, Way::Altered("page-*.js")) {
            continue;
        }
        reader.open("").await;
        reader
            .until("document.documentElement.hasAttribute('data-failed')")
            .await;
        let lines = quiet(&reader).await;
        assert!(
            lines.len() == 1 && lines[0].contains("What is shown can still be read"),
            "{lines:?}"
        );
        assert_eq!(shown(&reader).await, 10);
        the_findings_filter(&reader, 10).await;
        a_history_opens(&reader).await;
        // What does nothing can't be reached.
        assert_eq!(
            reader
                .eval("[...document.querySelectorAll('.live')].every(it => it.inert)")
                .await,
            true
        );
        // The browser itself reports the file that failed to load, and nothing else does.
        let said = reader.said().await;
        let about = |it: &String| it.contains(".wasm") || it.contains("/page-");
        assert!(said.iter().all(about), "{said:?}");
    }
}

#[apply(browser_test)]
async fn a_double_click_on_the_file_gives_the_page() {
    let reader = wishing(Wish::default()).await;
    let file = format!("file://{}", dist().join("index.html").display());
    reader.goto(file).await;
    reader
        .until("document.documentElement.hasAttribute('data-failed')")
        .await;
    let paper = "getComputedStyle(document.documentElement).backgroundColor";
    assert_eq!(
        reader.eval(paper).await,
        "rgb(251, 249, 244)",
        "the stylesheet is there"
    );
    let lines = quiet(&reader).await;
    assert!(
        lines.len() == 1 && lines[0].starts_with("Opened from a folder"),
        "{lines:?}"
    );
    assert_eq!(shown(&reader).await, 10);
    the_findings_filter(&reader, 10).await;
    a_history_opens(&reader).await;
    // The file beside it does the rest.
    let link = reader.driver.find(By::Css(".quiet--failed a")).await;
    link.unwrap().click().await.unwrap();
    reader
        .until("document.documentElement.hasAttribute('data-ready')")
        .await;
    reader.sees(10).await;
}

/// Keeps the program from beginning until `window.go()` is called; that there is one tells that it waits. What was
/// compiled already, or else what still arrives, is made an instance by one of these; what comes later isn't held back.
pub const HOLD: &str = "for (const name of ['instantiate', 'instantiateStreaming']) { \
    const arrives = WebAssembly[name]; \
    WebAssembly[name] = (...it) => (window.gone ??= new Promise(go => window.go = go)) \
        .then(() => arrives.apply(WebAssembly, it)) }";

/// Opens the page at a fragment, and holds the WASM back until `go()`.
async fn hold_back(reader: &Reader, fragment: &str) {
    reader.site.begin_with(HOLD);
    reader.open(fragment).await;
    reader.until("window.go").await;
}

/// Lets what was held back begin, and waits until the page is live.
async fn go_on(reader: &Reader) {
    reader.eval("window.go()").await;
    reader
        .until("document.documentElement.hasAttribute('data-ready')")
        .await;
}

#[apply(browser_test)]
async fn whoever_follows_a_link_does_not_see_first_what_it_does_not_ask_for() {
    let reader = wishing(Wish::default()).await;
    hold_back(&reader, "#q=chicago").await;
    assert_eq!(shown(&reader).await, 0);
    let says = "getComputedStyle(document.querySelector('.results'), '::before').content";
    assert_eq!(reader.eval(says).await, "\"Loading…\"");
    // A slow line has taken long enough.
    reader
        .eval("document.getAnimations().forEach(it => it.finish())")
        .await;
    assert_eq!(shown(&reader).await, 10);
    go_on(&reader).await;
    reader.sees(1).await;
    assert_eq!(reader.eval(says).await, "none");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn where_the_link_is_of_no_use_the_page_stays_as_it_was() {
    let reader = wishing(Wish {
        way: Way::Missing("*.wasm"),
        ..Wish::default()
    })
    .await;
    reader.open("#q=chicago").await;
    reader
        .until("document.documentElement.hasAttribute('data-failed')")
        .await;
    assert_eq!(shown(&reader).await, 10);
}

#[apply(browser_test)]
async fn a_view_and_the_sheet_can_be_opened_before_the_page_is_live() {
    let reader = wishing(Wish::default()).await;
    hold_back(&reader, "").await;
    reader.press("radio", "Table").await;
    reader.press("button", "Take it along").await;
    go_on(&reader).await;
    reader.until("document.querySelector('.take__ways')").await;
    reader.find("button", "Save as CSV").await;
    assert_eq!(reader.fragment().await, "view=table");
    reader.keys(Key::Escape).await;
    assert_eq!(reader.all("rowheader").await.len(), 10);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_day_and_the_way_to_the_facts_are_taken_before_the_page_is_live() {
    let reader = wishing(Wish::default()).await;
    hold_back(&reader, "#kind=state").await;
    // To the facts, by keys, without giving up what the link asks for.
    reader.tab_to("link", "Skip to the facts").await;
    reader.keys(Key::Enter).await;
    reader
        .until("document.activeElement.id === 'explorer'")
        .await;
    assert_eq!(reader.fragment().await, "kind=state");
    reader.press("button", "Latest").await;
    let day = "document.querySelector('[name=as-of]').value";
    reader.until(&format!("{day} !== '2017-10-12'")).await;
    go_on(&reader).await;
    reader.until("location.hash.includes('as-of=')").await;
    let fragment = reader.fragment().await;
    assert!(fragment.contains("kind=state"), "{fragment}");
    let pressed = reader.find("button", "Latest").await;
    assert_eq!(
        pressed.attr("aria-pressed").await.unwrap().as_deref(),
        Some("true")
    );
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_first_day_of_all_is_taken_before_the_page_is_live_too() {
    let reader = wishing(Wish::default()).await;
    hold_back(&reader, "#as-of=2017-11-15").await;
    reader.press("button", "October 2017 letters").await;
    go_on(&reader).await;
    reader.sees(10).await;
    assert_eq!(reader.fragment().await, "");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_was_pressed_before_the_page_was_live_stays_pressed() {
    let reader = wishing(Wish::default()).await;
    // What is opened stays open, and no selection is lost.
    hold_back(&reader, "").await;
    reader.press("checkbox", "Cleared").await;
    // What was far from the screen is laid out now.
    reader
        .until(
            "document.querySelector('[data-subject=clark-county-nv] summary')\
             .checkVisibility({contentVisibilityAuto: true})",
        )
        .await;
    reader
        .press("DisclosureTriangle", "History of Clark County")
        .await;
    reader.press("checkbox", "Compare Clark County").await;
    let menu = reader.find("combobox", "Sort by").await;
    menu.send_keys("n").await.unwrap();
    reader
        .find("searchbox", "Search")
        .await
        .send_keys("county")
        .await
        .unwrap();
    assert_eq!(shown(&reader).await, 4);
    go_on(&reader).await;
    reader.sees(3).await;
    assert_eq!(
        reader.fragment().await,
        "q=county&finding=cleared&sort=name&open=clark-county-nv&compare=clark-county-nv"
    );
    reader.ends_with_an_empty_console().await;
}
