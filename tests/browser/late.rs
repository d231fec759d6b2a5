use macro_rules_attribute::apply;
use serde_json::{Value, json};

use crate::reader::{FOLLOWED, Reader, at};

/// A day on which most of the jurisdictions are in the record.
const ALL: &str = "#as-of=2021-04-14";

/// Chooses that day.
const DAY: &str = "(() => { const it = document.querySelector('[name=as-of]'); it.value = '2021-04-14'; \
    for (const kind of ['input', 'change']) it.dispatchEvent(new Event(kind, { bubbles: true })) })()";

/// Chooses that day, does something more, and tells something of the cards that are shown: in one task, so that no
/// frame comes between.
fn at_once_on_that_day(does: &str, tells: &str) -> String {
    format!(
        "(async () => {{ {DAY}; {does}; for (let n = 0; n < 20; n++) await null; \
         const cards = [...document.querySelectorAll('.card:not([hidden])')]; return {tells} }})()"
    )
}

/// What is shown: each card with what it says above its history, and where its link leads. What it said on the day
/// before is known only to whoever chose another.
const SHOWN: &str = "[...document.querySelectorAll('.card:not([hidden])')].map(it => [it.dataset.subject, it.dataset.finding, \
    it.querySelector('.card__link').getAttribute('href'), \
    ...[...it.children].filter(it => !it.matches('details, label, a')).map(it => it.outerHTML.replace(/<span class=.badge__was.>.*?<.span>/, ''))])";

/// Types into the search field, letter by letter, faster than cards can follow.
fn search(text: &str) -> String {
    format!(
        "(() => {{ const it = document.getElementById('q'); for (const end of {text:?}.split('').keys()) {{ \
         it.value = {text:?}.slice(0, end + 1); it.dispatchEvent(new Event('input', {{ bubbles: true }})) }} }})()"
    )
}

/// Waits until a fragment is what is shown, and all that follows has followed.
async fn settles(reader: &Reader, fragment: &str) {
    reader
        .until(&format!("location.hash === {}", json!(fragment)))
        .await;
    reader.until(FOLLOWED).await;
    // Words and places follow, too, once nothing was asked for a moment: all have when nothing has changed for longer.
    reader
        .eval(
            "new Promise(it => { let end; const wait = () => { clearTimeout(end); end = setTimeout(it, 1200) }; wait(); \
             new MutationObserver(wait).observe(document.querySelector('.cards'), \
             { childList: true, subtree: true, attributes: true }) })",
        )
        .await;
}

/// What is shown by whoever comes with that fragment.
async fn shown_at(reader: &Reader, fragment: &str) -> Value {
    reader.open_live(fragment).await;
    settles(reader, fragment).await;
    reader.eval(SHOWN).await
}

#[apply(browser_test)]
async fn what_follows_says_in_the_end_what_it_would_have_said_at_once() {
    let reader = at("").await;
    let choose = "document.querySelector('input[type=checkbox][value=warned]').click()";
    let sort = "(() => { const it = document.querySelector('select[name=sort]'); it.value = 'name'; \
        it.dispatchEvent(new Event('change', { bubbles: true })) })()";
    let mut n_most = 0;
    for act in [
        DAY.to_owned(),
        search("city"),
        sort.to_owned(),
        search("c"),
        choose.to_owned(),
        search(" "),
        choose.to_owned(),
        search("justice"),
    ] {
        let before = reader.eval("location.hash").await;
        reader.eval(&act).await;
        reader.until(&format!("location.hash !== {before}")).await;
        reader.until(FOLLOWED).await;
        let fragment = reader.eval("location.hash").await;
        let fragment = fragment.as_str().unwrap().to_owned();
        settles(&reader, &fragment).await;
        let shown = reader.eval(SHOWN).await;
        n_most = n_most.max(shown.as_array().unwrap().len());
        let other = at("").await;
        let expected = shown_at(&other, &fragment).await;
        let [shown, expected] = [&shown, &expected].map(|it| it.as_array().unwrap());
        for (shown, expected) in shown.iter().zip(expected) {
            assert_eq!(shown, expected, "{fragment}");
        }
        assert_eq!(shown.len(), expected.len(), "{fragment}");
        other.ends_with_an_empty_console().await;
    }
    assert!(n_most > 24, "{n_most}: none had to follow");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_is_on_the_screen_does_not_wait_for_the_rest() {
    let reader = at("").await;
    let tells = "[cards.length, cards.filter(it => it.hasAttribute('data-late')).length, \
        cards.slice(0, 12).some(it => it.hasAttribute('data-late'))]";
    let at_once = at_once_on_that_day("", tells);
    let at_once = reader.eval(&at_once).await;
    let [n, n_late] = [0, 1].map(|it| at_once[it].as_u64().unwrap());
    assert!(n > 24 && n_late > 12, "{at_once}");
    assert_eq!(at_once[2], false, "{at_once}");
    reader.until(FOLLOWED).await;
    reader.ends_with_an_empty_console().await;
}

/// How many cards are late right after a step through the history.
fn late_after(step: &str) -> String {
    format!(
        "({step}, new Promise(it => addEventListener('popstate', async () => {{ \
        for (let n = 0; n < 20; n++) await null; \
        it(document.querySelectorAll('.card[data-late]:not([hidden])').length) }}, {{ once: true }})))"
    )
}

#[apply(browser_test)]
async fn where_a_reader_goes_back_the_page_is_as_high_as_it_was() {
    let reader = at(ALL).await;
    settles(&reader, ALL).await;
    let foot = "(scrollTo(0, 1e6), new Promise(it => requestAnimationFrame(() => requestAnimationFrame(() => it(scrollY)))))";
    let low = reader.eval(foot).await.as_f64().unwrap();
    assert!(low > 1000.0, "{low}");
    reader.eval(&search("chicago")).await;
    reader.until("location.hash.includes('q=chicago')").await;
    assert_eq!(
        reader.eval(&late_after("history.back()")).await,
        0,
        "late cards"
    );
    reader
        .until(&format!("Math.abs(scrollY - {low}) < 2"))
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_same_where_only_a_choice_is_another() {
    let chosen = "#as-of=2021-04-14&kind=county";
    let reader = at(chosen).await;
    settles(&reader, chosen).await;
    // It changes no order, and no words.
    let drop = "document.querySelector('input[type=checkbox][value=county]').click()";
    let late = format!(
        "({drop}, new Promise(it => requestAnimationFrame(() => it(document.querySelectorAll('.card[data-late]:not([hidden])').length))))"
    );
    assert!(
        reader.eval(&late).await.as_u64().unwrap() > 0,
        "none follow"
    );
    settles(&reader, ALL).await;
    let back = late_after("history.back()");
    assert_eq!(reader.eval(&back).await, 0, "late cards");
    settles(&reader, chosen).await;
    let forward = late_after("history.forward()");
    assert_eq!(reader.eval(&forward).await, 0, "late cards");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn an_open_card_is_where_it_is_led_to_from_the_start() {
    let reader = at("").await;
    let last = "[...document.querySelectorAll('.card:not([hidden])')].at(-1)";
    reader.open_live(ALL).await;
    reader.until(FOLLOWED).await;
    let id = reader.eval(&format!("{last}.dataset.subject")).await;
    let fragment = format!("{ALL}&open={}", id.as_str().unwrap());
    reader.open_live(&fragment).await;
    assert_eq!(reader.eval(FOLLOWED).await, true);
    let top = format!("{last}.getBoundingClientRect().top");
    reader
        .until(&format!("{top} < innerHeight && {top} > -2"))
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_print_has_every_card_as_it_is() {
    let reader = at("").await;
    let tells = "[cards.length > 24, cards.some(it => it.hasAttribute('data-late'))]";
    let printed = at_once_on_that_day("dispatchEvent(new Event('beforeprint'))", tells);
    assert_eq!(reader.eval(&printed).await, json!([true, false]));
    reader.ends_with_an_empty_console().await;
}
