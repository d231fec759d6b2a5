use crate::reader::{Wish, at, wishing};
use macro_rules_attribute::apply;
use serde_json::json;

#[apply(browser_test)]
async fn the_october_2017_letters_come_first() {
    let reader = at("").await;
    reader.sees(10).await;
    assert_eq!(
        reader.status().await,
        "10 of 40 jurisdictions as of October 12, 2017"
    );
    let cards = reader.cards().await;
    let expected = [
        "Chicago",
        "Cook County",
        "New Orleans",
        "New York City",
        "Philadelphia",
        "California",
        "Clark County",
        "Connecticut",
        "Miami-Dade County",
        "Milwaukee County",
    ];
    assert_eq!(cards, expected);
    for (finding, n) in [
        ("Warned", 5),
        ("Questioned", 0),
        ("Documents demanded", 0),
        ("Under review", 1),
        ("Cleared", 4),
    ] {
        reader.find("checkbox", &format!("{finding} {n}")).await;
    }
    let heading = reader
        .find("heading", "Who did the Justice Department warn?")
        .await;
    assert_eq!(heading.tag_name().await.unwrap(), "h1");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn becoming_live_changes_nothing_that_was_painted() {
    let reader = at("").await;
    // Whether a card below the screen is laid out yet isn't to be seen. The page's own policy takes no script for markup.
    let same = "(async () => { \
        const bare = it => it.replaceAll(/<script>[^<]*<\\/script>/g, ''); \
        const text = await (await fetch(location.href)).text(); \
        const written = new DOMParser().parseFromString(bare(text), 'text/html'); \
        const of = it => bare(it.querySelector('body').innerHTML).replaceAll(' data-late=\"\"', ''); \
        return of(written) === of(document) })()";
    assert_eq!(
        reader.eval(same).await,
        json!(true),
        "the page as written and as live"
    );
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn nothing_shifts_while_the_page_arrives_and_becomes_live() {
    let reader = wishing(Wish::default()).await;
    // Slow enough for the page to be painted in parts: bytes a second.
    let slow = json!({"offline": false, "latency": 20, "downloadThroughput": 150_000, "uploadThroughput": 150_000});
    reader.cdp("Network.enable", json!({})).await;
    reader.cdp("Network.emulateNetworkConditions", slow).await;
    reader.open_live("").await;
    let watch = "window.shifts = [], new PerformanceObserver(it => it.getEntries().forEach(it => \
        it.sources.forEach(it => window.shifts.push([it.node?.outerHTML?.slice(0, 60), \
        JSON.stringify(it.previousRect), JSON.stringify(it.currentRect)].join()))))\
        .observe({type: 'layout-shift', buffered: true}), 0";
    reader.eval(watch).await;
    // Buffered entries are delivered before the next frame's callbacks.
    reader
        .until("window.frame = (window.frame || 0) + 1, window.frame > 3")
        .await;
    assert_eq!(reader.eval("window.shifts").await, json!([]));
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn nothing_is_asked_of_any_other_host() {
    // Nothing is kept for reading offline: that would ask for the whole site.
    let reader = wishing(Wish {
        saves_data: true,
        ..Wish::default()
    })
    .await;
    reader
        .open_live("#as-of=2021-04-14&open=chicago-il&q=police")
        .await;
    let elsewhere = "performance.getEntriesByType('resource').map(it => it.name)\
        .filter(it => !it.startsWith(location.origin) && !it.startsWith('data:'))";
    assert_eq!(reader.eval(elsewhere).await, json!([]));
    let stored = "[document.cookie, localStorage.length, sessionStorage.length]";
    assert_eq!(reader.eval(stored).await, json!(["", 0, 0]));
    // The rest of the open record comes when the page is live.
    reader
        .until("document.querySelector('.history section')")
        .await;
    // The page with its style, its start, the script that would let the browser keep it, the script beside
    // the WASM, the WASM, the record; each once. The manifest and an icon are the browser's own wish.
    let mut asked = reader.site.asked();
    asked.retain(|it| !it.contains("/icons/") && !it.contains(".webmanifest"));
    let n = asked.len();
    asked.sort();
    asked.dedup();
    assert_eq!((asked.len(), n), (6, 6), "{asked:?}");
    reader.ends_with_an_empty_console().await;
}
