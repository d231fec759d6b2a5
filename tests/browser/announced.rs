use fact_explorer::dataset::pack::Pack;
use fact_explorer::query::address::decode;
use fact_explorer::query::answer;
use macro_rules_attribute::apply;
use thirtyfour::Key;

use crate::embed::open_the_dialog;
use crate::reader::{Reader, Wish, at, wishing};
use crate::server::Way;

/// Notes each change of what a live region says, as assistive technology would be told of it: once for all
/// changes that are made together, and not while the region is hidden.
const LISTEN: &str = "(() => {
    const live = '[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])';
    const text = it => it.checkVisibility() ? it.textContent.trim() : '';
    const said = new Map([...document.querySelectorAll(live)].map(it => [it, text(it)]));
    window.announced = [];
    new MutationObserver(changes => {
        const regions = new Set(changes.flatMap(({target, addedNodes}) => [target, ...addedNodes])
            .map(it => (it.nodeType === 1 ? it : it.parentElement)?.closest(live)).filter(Boolean));
        for (const it of regions) {
            const now = text(it);
            if (now && now !== said.get(it)) announced.push(now);
            said.set(it, now);
        }
    }).observe(document, {subtree: true, childList: true, characterData: true});
})()";

/// What was announced since this was last asked, once nothing more comes.
async fn announced(reader: &Reader) -> Vec<String> {
    // Frames in which what was pressed, and fetched for it, is drawn.
    reader
        .until("window.n_frames = (window.n_frames || 0) + 1, window.n_frames % 20 === 0")
        .await;
    let texts = reader.eval("announced.splice(0)").await;
    serde_json::from_value(texts).unwrap()
}

/// The result count for a fragment on the day that the page begins with.
fn count(fragment: &str) -> String {
    let pack = Pack::embedded();
    let n = answer(pack, &decode(pack, fragment)).n_shown;
    format!("{n} of 40 jurisdictions as of October 12, 2017")
}

#[apply(browser_test)]
async fn each_change_is_announced_once() {
    let reader = at("").await;
    reader.allow_copying().await;
    reader.eval(LISTEN).await;
    // A value, and back.
    reader.tab_to("checkbox", "Cleared").await;
    reader.keys(" ").await;
    assert_eq!(announced(&reader).await, [count("finding=cleared")]);
    reader.keys(" ").await;
    assert_eq!(announced(&reader).await, [count("")]);
    // A word: what each letter leaves, where that is another number.
    reader.tab_to("searchbox", "Search").await;
    let mut expected = Vec::new();
    let mut said = Vec::new();
    let mut last = count("");
    for upto in 1..="county".len() {
        let typed = &"county"[..upto];
        reader.keys(&typed[upto - 1..]).await;
        said.extend(announced(&reader).await);
        let now = count(&format!("q={typed}"));
        if now != last {
            expected.push(now.clone());
        }
        last = now;
    }
    assert_eq!(said, expected);
    assert!(expected.len() > 1, "{expected:?}");
    reader.press("button", "Clear all").await;
    assert_eq!(announced(&reader).await, [count("")]);
    // Nothing fits.
    reader.tab_to("searchbox", "Search").await;
    reader.keys("zeppelin").await;
    let said = announced(&reader).await;
    assert_eq!(said.last(), Some(&count("q=zeppelin")), "{said:?}");
    reader.press("button", "Drop “Search”").await;
    assert_eq!(announced(&reader).await, [count("")]);
    // Another day: how many there are, and what became of those that are shown.
    reader.press("button", "Latest").await;
    let said = announced(&reader).await;
    assert_eq!(said[0], "40 of 40 jurisdictions as of April 14, 2021");
    assert!(
        said[1].starts_with("Between October 12, 2017 and April 14, 2021: "),
        "{said:?}"
    );
    assert_eq!(said.len(), 2, "{said:?}");
    reader.press("button", "October 2017 letters").await;
    assert_eq!(
        announced(&reader).await,
        [count("")],
        "the same sentence is not said twice"
    );
    // Opening and closing is said of what opens.
    reader
        .press("DisclosureTriangle", "History of Chicago")
        .await;
    reader
        .until("document.querySelector('.history section')")
        .await;
    reader.keys(Key::Escape).await;
    assert_eq!(announced(&reader).await, [""; 0]);
    reader.press("checkbox", "Compare Chicago").await;
    assert_eq!(announced(&reader).await, [count("") + " · 1 to compare"]);
    reader.press("checkbox", "Compare Connecticut").await;
    assert_eq!(announced(&reader).await, [count("") + " · 2 to compare"]);
    reader.press("button", "Stop comparing").await;
    assert_eq!(announced(&reader).await, [count("")]);
    // Copying, and the same once more.
    reader.open_the_sheet().await;
    assert_eq!(announced(&reader).await, [""; 0]);
    for _ in 0..2 {
        reader.press("button", "Copy APA").await;
        assert_eq!(announced(&reader).await, ["Copied."]);
    }
    reader.keys(Key::Escape).await;
    assert_eq!(announced(&reader).await, [""; 0]);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_day_outside_the_record_is_refused_in_words() {
    let reader = at("").await;
    reader.eval(LISTEN).await;
    reader.tab_to("Date", "Date").await;
    reader.type_date("11", "17", "2035").await;
    // Of the days that a date passes through while one types it, those of the record are shown.
    let said = announced(&reader).await;
    assert!(
        !said.iter().any(|it| it.contains("isn’t a day")),
        "{said:?}"
    );
    reader.tab_to("button", "Latest").await;
    let pack = Pack::embedded();
    let [first, last] = [pack.first_day(), pack.last_day()].map(|it| it.long(pack.words()));
    let refused = format!("That isn’t a day of the record, which goes from {first} to {last}.");
    assert_eq!(announced(&reader).await, std::slice::from_ref(&refused));
    let day = "document.querySelector('[name=as-of]').value";
    assert_eq!(reader.eval(day).await, "2017-11-17");
    // It is gone with the next thing that is done.
    reader.press("checkbox", "Cleared").await;
    let said = announced(&reader).await;
    assert!(said[0].ends_with("as of November 17, 2017"), "{said:?}");
    assert!(!reader.text(".as-of").await.contains(&refused));
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_view_that_is_fetched_says_so_and_when_it_is_there() {
    let reader = at("").await;
    reader.eval(LISTEN).await;
    // Which one is chosen is said of the choice itself. The first fetches the program for all of them, and the
    // timeline what it shows and the map, too.
    for (view, shown, is_fetched) in [
        ("Table", ".table", true),
        ("Timeline", ".timeline h3", true),
        ("Map", ".map h3", false),
        ("Cards", ".cards", false),
        ("Table", ".table", false),
    ] {
        reader.press("radio", view).await;
        reader
            .until(&format!("document.querySelector('{shown}')"))
            .await;
        let said = [count("") + " · loading…", count("")];
        let said = if is_fetched { &said[..] } else { &[] };
        assert_eq!(announced(&reader).await, said, "{view}");
    }
    reader.ends_with_an_empty_console().await;
    let reader = wishing(Wish {
        way: Way::Missing("more-*"),
        ..Wish::default()
    })
    .await;
    reader.open_live("").await;
    reader.eval(LISTEN).await;
    reader.press("radio", "Map").await;
    reader
        .until("document.querySelector('.other--view').textContent.startsWith('This view needs')")
        .await;
    let refused = count("") + " · the rest of the data couldn’t be loaded";
    assert_eq!(
        announced(&reader).await,
        [count("") + " · loading…", refused]
    );
}

#[apply(browser_test)]
async fn a_record_that_cannot_be_had_is_announced() {
    let reader = wishing(Wish {
        way: Way::Missing("subject/*"),
        ..Wish::default()
    })
    .await;
    reader.open_live("").await;
    reader.eval(LISTEN).await;
    reader
        .press("DisclosureTriangle", "History of Chicago")
        .await;
    reader
        .until("document.querySelector('.history__rest')")
        .await;
    let refused = "The rest of the data couldn’t be loaded.";
    assert_eq!(announced(&reader).await, [refused]);
}

#[apply(browser_test)]
async fn what_was_copied_from_a_record_is_announced_once() {
    let reader = wishing(Wish::default()).await;
    reader.open("subject/chicago-il.html").await;
    reader.allow_copying().await;
    reader
        .until("document.querySelector('.cite-this button')")
        .await;
    reader.eval(LISTEN).await;
    let summary = "document.querySelector('.events .cite-this summary')";
    reader.eval(&format!("{summary}.focus()")).await;
    reader.keys(Key::Enter).await;
    reader.keys(Key::Tab).await;
    let name = reader.told(&reader.focused().await).await.1;
    assert_eq!(name, "Copy APA");
    for _ in 0..2 {
        reader.keys(Key::Enter).await;
        assert_eq!(announced(&reader).await, ["Copied"]);
    }
    // The button itself stays what it is: what has the focus is read out where its name changes.
    assert_eq!(reader.told(&reader.focused().await).await.1, name);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_the_dialog_does_is_announced() {
    let reader = at("").await;
    reader.allow_copying().await;
    reader.eval(LISTEN).await;
    open_the_dialog(&reader).await;
    let said = announced(&reader).await;
    let measured = said.iter().filter(|it| it.starts_with("Its height fits"));
    assert_eq!(measured.count(), 1, "{said:?}");
    // That the sheet is on its way, and the dialog, that it measures, and what it measured; what is over in a moment
    // may be left out.
    assert!(said.len() <= 4, "{said:?}");
    reader.press("button", "Copy code").await;
    assert_eq!(announced(&reader).await, ["Copied."]);
    reader.ends_with_an_empty_console().await;
}
