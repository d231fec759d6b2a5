use std::{env, fs};

use macro_rules_attribute::apply;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::engines::Engine;
use crate::reader::{Look, Reader, Wish, wishing};
use crate::server::Way;

/// The rules that axe has for WCAG 2.2 A and AA, those among them that it doesn't run by itself, and its own
/// advice. What it can't tell by itself isn't told; nor that a first paragraph in larger type should be a heading.
const RUN: &str = "const done = arguments[0]; \
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']; \
    const rules = axe.getRules(tags)\
        .filter(it => !it.tags.includes('deprecated') && it.ruleId !== 'p-as-heading'); \
    const on = Object.fromEntries(rules.map(it => [it.ruleId, {enabled: true}])); \
    axe.run(document, {resultTypes: ['violations'], rules: on})\
    .then(it => done(it.violations), it => done(String(it)))";

/// What axe finds to mend, by rule, with the elements: in light, dark and forced colours, where the engine
/// can be asked for them.
pub async fn violations(reader: &Reader) -> Vec<String> {
    let mut all = Vec::new();
    for look in reader.looks() {
        reader.look(look).await;
        let found = violations_as_shown(reader).await;
        all.extend(found.iter().map(|it| format!("{look:?}: {it}")));
    }
    reader.look_as_before().await;
    all
}

/// The same in the colours at hand.
pub async fn violations_as_shown(reader: &Reader) -> Vec<String> {
    if reader.eval("!globalThis.axe").await == true {
        let path = env::var("AXE_CORE").expect("AXE_CORE names axe.min.js: run `make test`");
        let axe = fs::read_to_string(path).unwrap();
        reader.driver.execute(axe, Vec::new()).await.unwrap();
    }
    let found = reader.driver.execute_async(RUN, Vec::new()).await.unwrap();
    let Value::Array(found) = found.json().clone() else {
        panic!("axe: {}", found.json())
    };
    let target =
        |it: &Value| it["target"].to_string() + " " + it["failureSummary"].as_str().unwrap_or("");
    let nodes = |it: &Value| {
        it["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(target)
            .collect::<Vec<_>>()
    };
    found
        .iter()
        .map(|it| format!("{}: {:?}", it["id"], nodes(it)))
        .collect()
}

/// Addresses of what the page can show, and what it has then. The last is no address that it knows.
pub const STATES: [(&str, &str); 11] = [
    ("", ".card"),
    (
        "#as-of=2021-04-14&q=police&open=chicago-il",
        ".history section",
    ),
    ("#finding=warned&state=wi", ".card"),
    ("#q=county&open=milwaukee-county-wi", ".history section"),
    ("#q=zeppelin", ".empty button"),
    ("#view=table&as-of=2021-04-14", ".other tbody tr"),
    ("#view=timeline&q=police", ".timeline h3"),
    ("#view=map&as-of=2021-04-14", ".map h3"),
    ("#compare=chicago-il", ".compare button"),
    (
        "#compare=chicago-il,connecticut,philadelphia-pa,vermont",
        ".compare table",
    ),
    ("#finding=nothing&view=nowhere&open=nobody", ".card"),
];

/// Opens the page at one of these, and waits until it has what it should.
pub async fn open_state(reader: &Reader, (fragment, has): (&str, &str)) {
    reader.open_live(fragment).await;
    reader
        .until(&format!("document.querySelector('{has}')"))
        .await;
}

#[apply(browser_test)]
async fn axe_finds_nothing_to_mend() {
    for width in [1280, 390] {
        let reader = wishing(Wish {
            width,
            ..Wish::default()
        })
        .await;
        for state in STATES {
            open_state(&reader, state).await;
            let found = violations(&reader).await;
            assert_eq!(found, [""; 0], "{width} px, {}", state.0);
        }
        reader.open_live("").await;
        reader.open_the_sheet().await;
        reader.find("button", "Save as CSV").await;
        assert_eq!(violations(&reader).await, [""; 0], "to take along");
        if width == 390 {
            reader.open_live("?2").await;
            reader.press("button", "Filters").await;
            assert_eq!(violations(&reader).await, [""; 0], "the sheet of filters");
        }
        reader.ends_with_an_empty_console().await;
    }
}

#[apply(browser_test)]
async fn axe_finds_nothing_to_mend_without_scripts() {
    // axe needs scripts, so the page is styled as it is without them and its controls taken out.
    let reader = wishing(Wish {
        way: Way::Missing("*.wasm"),
        ..Wish::default()
    })
    .await;
    reader.open("").await;
    reader
        .until("document.documentElement.hasAttribute('data-failed')")
        .await;
    // As it says itself that it couldn't start, and with all that it has.
    assert_eq!(violations(&reader).await, [""; 0]);
    reader
        .eval("document.querySelectorAll('.card[hidden]').forEach(it => it.hidden = false)")
        .await;
    reader
        .eval("document.querySelectorAll('details').forEach(it => it.open = true)")
        .await;
    assert_eq!(violations(&reader).await, [""; 0]);
}

#[apply(browser_test)]
async fn axe_finds_nothing_to_mend_where_a_view_is_refused() {
    let reader = wishing(Wish {
        way: Way::Missing("more-*"),
        ..Wish::default()
    })
    .await;
    reader.open_live("#view=timeline").await;
    reader
        .until("document.querySelector('.other--view').textContent.startsWith('This view needs')")
        .await;
    assert_eq!(violations(&reader).await, [""; 0]);
}

#[apply(browser_test)]
async fn the_key_of_the_timeline_is_seen_in_a_readers_own_colours() {
    let reader = wishing(Wish::default()).await;
    if !reader.looks().contains(&Look::Forced) {
        return;
    }
    reader.open_live("#view=timeline").await;
    reader.look(Look::Forced).await;
    reader
        .until("document.querySelector('.timeline__key > span')")
        .await;
    let colours = "(() => { const probe = document.body.appendChild(document.createElement('p')); \
        const named = ['CanvasText', 'Highlight'].map(it => { probe.style.color = it; \
        return getComputedStyle(probe).color }); probe.remove(); \
        return [...document.querySelectorAll('.timeline__key > span')].map(it => \
        named.indexOf(getComputedStyle(it, '::before').backgroundColor)) })()";
    let colours = reader.eval(colours).await;
    let colours = colours.as_array().unwrap();
    assert!(!colours.contains(&json!(-1)), "{colours:?}");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn targets_are_large_enough_for_a_thumb() {
    let reader = wishing(Wish {
        width: 390,
        ..Wish::default()
    })
    .await;
    reader.open_live("").await;
    reader.press("button", "Filters").await;
    let small = "[...document.querySelectorAll('button, select, input:not([type=checkbox]), .choice, summary')]\
        .filter(it => it.checkVisibility() && it.getBoundingClientRect().height < 43.9)\
        .map(it => it.outerHTML.slice(0, 90))";
    assert_eq!(reader.eval(small).await, serde_json::json!([]));
    reader.ends_with_an_empty_console().await;
}

/// Targets below 24 by 24 pixels that none of WCAG's exceptions (2.5.8) is for: links in lines of text; what has
/// so much room that a circle of 24 pixels around its centre meets no other target; marks on the map, whose
/// links stand in the lists under it too.
const SMALL: &str = "(() => {
    const root = document.querySelector(':popover-open, dialog[open]') ?? document;
    const all = [...root.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]')];
    const seen = all.filter(it => it.checkVisibility({visibilityProperty: true}) && !it.matches('.skip:not(:focus)'));
    const boxes = new Map(seen.map(it => [it, (it.closest('label') ?? it).getBoundingClientRect()]));
    const isSmall = it => boxes.get(it).width < 23.9 || boxes.get(it).height < 23.9;
    const centre = it => { const {left, right, top, bottom} = boxes.get(it); return [(left + right) / 2, (top + bottom) / 2] };
    const lines = it => it.closest('label') ? [boxes.get(it)] : [...it.getClientRects()];
    const far = ([x, y], it) => Math.min(...lines(it).map(({left, right, top, bottom}) =>
        Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom))));
    const isInLine = it => {
        const block = it.matches('a') && getComputedStyle(it).display === 'inline' && it.closest('p, li, dd, td, th, span, h1, h2, h3');
        if (!block) return false;
        let rest = block.textContent;
        for (const link of block.querySelectorAll('a')) rest = rest.replace(link.textContent, '');
        return /[\\p{L}\\d]/u.test(rest);
    };
    const hasRoom = it => seen.every(other => other === it || it.contains(other) || other.contains(it)
        || far(centre(it), other) >= 12
        && (!isSmall(other) || Math.hypot(...centre(it).map((at, axis) => at - centre(other)[axis])) >= 24));
    const isTwice = it => it.closest('.map svg')
        && [...document.querySelectorAll('.map__list a')].some(other => it.getAttribute('aria-label').startsWith(other.textContent + ':'));
    return seen.filter(it => isSmall(it) && !isInLine(it) && !isTwice(it) && !hasRoom(it))
        .map(it => `${Math.round(boxes.get(it).width)} by ${Math.round(boxes.get(it).height)}: ${it.outerHTML.slice(0, 90)}`);
})()";

#[apply(browser_test)]
async fn targets_are_large_enough_for_a_mouse() {
    let reader = wishing(Wish::default()).await;
    let none_is_small = async |what: &str| {
        for width in [1280, 768, 390, 320] {
            reader.resize(width, 900).await;
            let small = reader.eval(SMALL).await;
            assert_eq!(small, json!([]), "{what}, {width} px");
        }
        reader.resize(1280, 900).await;
    };
    for state in STATES {
        open_state(&reader, state).await;
        none_is_small(state.0).await;
    }
    for page in [
        "subject/chicago-il.html",
        "about.html",
        "changes.html",
        "corrections.html",
        "embed.html?show=title,standfirst,findings,search,as-of,filters,sort,views,take,facts,history,compare",
    ] {
        reader.open(page).await;
        reader.until("document.readyState === 'complete'").await;
        none_is_small(page).await;
    }
    reader.open_live("").await;
    reader.open_the_sheet().await;
    none_is_small("to take along").await;
    reader.press("button", "Embed this").await;
    reader
        .until("document.querySelector('.embed-this fact-explorer[data-ready]')")
        .await;
    none_is_small("the dialog").await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn nothing_moves_for_who_asks_for_less_motion() {
    let reader = wishing(Wish::default()).await;
    if reader.engine == Engine::Chromium {
        reader.set(Look::Light, true).await;
    }
    // Whatever begins to move, and whatever scrolls there by and by.
    let watch = "window.moved = []; \
        for (const kind of ['animationstart', 'transitionrun']) \
            addEventListener(kind, it => moved.push(kind + ' ' + it.target.className), true); \
        for (const [of, name] of [[Element.prototype, 'scrollIntoView'], [Element.prototype, 'scrollTo'], \
            [Element.prototype, 'scrollBy'], [globalThis, 'scrollTo'], [globalThis, 'scrollBy'], [globalThis, 'scroll']]) { \
            const own = of[name]; \
            of[name] = function(...it) { it[0]?.behavior === 'smooth' && moved.push(name); return own.apply(this, it) } }";
    reader.site.begin_with(watch);
    reader.open_live("").await;
    let still = async |what: &str| {
        let moves = "[...moved, ...document.getAnimations().map(it => it.constructor.name), \
            ...[...document.querySelectorAll('*')].filter(it => getComputedStyle(it).scrollBehavior === 'smooth').map(it => it.tagName)]";
        assert_eq!(reader.eval(moves).await, json!([]), "{what}");
    };
    reader.press("checkbox", "Cleared").await;
    still("a value").await;
    reader
        .press("DisclosureTriangle", "History of Connecticut")
        .await;
    reader
        .until("document.querySelector('.history section')")
        .await;
    still("a history").await;
    for view in ["Timeline", "Map", "Table"] {
        reader.press("radio", view).await;
        reader
            .until("!document.querySelector('.other--view').textContent.includes('Loading…')")
            .await;
        still(view).await;
    }
    reader.press("link", "Connecticut").await;
    still("a link to a card").await;
    reader.open_the_sheet().await;
    still("the sheet").await;
    reader.press("button", "Embed this").await;
    reader.until("document.querySelector('.embed-this')").await;
    still("the dialog").await;
    reader.keys(Key::Escape).await;
    reader.ends_with_an_empty_console().await;
}
