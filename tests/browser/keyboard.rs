use macro_rules_attribute::apply;
use serde_json::Value;
use thirtyfour::prelude::*;

use crate::embed::open_by_keys;
use crate::engines::Engine;
use crate::reader::{Reader, Wish, at, on_a_phone_at, wishing};
use crate::snapshot::is_as_recorded;

/// What is wrong with how the element is shown that has the focus: it must be seen whole, unless it is
/// larger than the screen, with nothing over its corners and its centre, and look otherwise than without the
/// focus. What shows that may be an outline of its own or of the words beside it, or a mark's colours.
const FAULTS: &str = "
    let it = document.activeElement;
    while (it.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
    const faults = [];
    const boxes = [...it.getClientRects()].filter(box => box.width > 0 && box.height > 0);
    if (!boxes.length || !it.checkVisibility({opacityProperty: true, visibilityProperty: true}))
        faults.push('it is not seen');
    // A mark on the map is round, and has no corners.
    const points = boxes.flatMap(({left, right, top, bottom}) => [
        [(left + right) / 2, (top + bottom) / 2],
        ...(it.closest('svg') ? [] :
            [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2]]),
    ]);
    const isOnScreen = ([x, y]) => x >= 0 && x < innerWidth && y >= 0 && y < innerHeight;
    const isLarge = boxes.some(box => box.width > innerWidth || box.height > innerHeight);
    const seen = points.filter(isOnScreen);
    const [inPart, byCaret] = arguments;
    const isByCaret = byCaret && it.matches('input[type=search], input[type=text], input[type=number], textarea');
    const partSuffices = isLarge || inPart || isByCaret;
    const isInPart = boxes.some(box => box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight);
    if (partSuffices ? !isInPart : seen.length < points.length) faults.push('it is not on the screen');
    const deepest = ([x, y]) => {
        let over = document.elementFromPoint(x, y);
        while (over?.shadowRoot && over !== it) {
            const inner = over.shadowRoot.elementFromPoint(x, y);
            if (!inner || inner === over) break;
            over = inner;
        }
        return over;
    };
    const holds = (outer, inner) => {
        for (let at = inner; at; at = at.parentNode ?? at.host) if (at === outer) return true;
        return false;
    };
    for (const over of isByCaret ? [] : seen.map(deepest)) {
        const isOwn = over && (holds(it, over) || holds(over, it) || it.closest('label')?.contains(over));
        if (!isOwn) faults.push('it is covered by ' + (over?.outerHTML.slice(0, 60) ?? 'nothing that is known'));
    }
    const parts = [it, it.nextElementSibling, ...it.children].filter(Boolean);
    const looks = () => parts.map(it => {
        const {outlineStyle, outlineWidth, outlineColor, boxShadow, fill, stroke, strokeWidth} = getComputedStyle(it);
        return [outlineStyle, outlineWidth, outlineColor, boxShadow, fill, stroke, strokeWidth].join();
    }).join('; ');
    const isOutlined = parts.some(it => {
        const {outlineStyle, outlineWidth} = getComputedStyle(it);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    const focused = looks();
    it.blur();
    // The button within a date field keeps the focus.
    const isLeft = !it.matches(':focus-within');
    const plain = looks();
    it.focus({preventScroll: true});
    if (isLeft && focused === plain) faults.push('it looks as without the focus');
    if (!isOutlined && !it.closest('svg')) faults.push('it has no outline');
    return faults;
";

/// Fails where the focus can't be seen.
async fn is_seen(reader: &Reader, stop: &str) {
    // One scrolls to nothing of which a part is on the screen; another in a text field to the caret alone.
    let of = [Engine::Firefox, Engine::WebKit].map(|it| (reader.engine == it).into());
    let faults = reader.driver.execute(FAULTS, of.to_vec()).await.unwrap();
    assert_eq!(faults.json(), &Value::Array(Vec::new()), "{stop}");
}

/// What has the focus, in words: its role and its name.
async fn stop(reader: &Reader, element: &WebElement) -> String {
    let (role, name) = reader.told(element).await;
    format!("{role} “{}”", name.trim())
}

/// Goes through the page from its top by the Tab key, or from its end by Shift and Tab, looks at each stop,
/// and gives them all.
async fn walk(reader: &Reader, back: bool) -> Vec<String> {
    let mut stops = Vec::new();
    let (mut first, mut last) = (None, None);
    let mut again = 0;
    while stops.len() < 600 {
        if back {
            reader.shift(Key::Tab).await;
        } else {
            reader.keys(Key::Tab).await;
        }
        let element = reader.focused().await;
        // A date field has parts.
        if last.as_ref() == Some(&element) {
            again += 1;
            if again > 8 {
                break;
            }
            continue;
        }
        again = 0;
        // Beyond the page's end is the browser's own bar, or the page's begin again.
        let is_over = element.tag_name().await.unwrap() == "body";
        if is_over || first.as_ref() == Some(&element) {
            break;
        }
        let stop = stop(reader, &element).await;
        is_seen(reader, &stop).await;
        stops.push(stop);
        first.get_or_insert_with(|| element.clone());
        last = Some(element);
    }
    assert!(stops.len() > 2, "{stops:?}");
    stops
}

#[apply(browser_test)]
async fn the_tab_key_goes_through_the_whole_page_in_order() {
    for width in [1280, 390] {
        let reader = wishing(Wish {
            width,
            ..Wish::default()
        })
        .await;
        reader.open_live("").await;
        let stops = walk(&reader, false).await;
        is_as_recorded(&format!("keyboard-{width}"), &stops.join("\n"));
        reader.ends_with_an_empty_console().await;
    }
}

/// Opens a page anew, and waits until all of it is there.
async fn open_whole(reader: &Reader, address: &str) {
    reader.goto("about:blank").await;
    reader.open(address).await;
    reader
        .until(
            "document.readyState === 'complete' && !document.body.textContent.includes('Loading…') && \
             (document.documentElement.hasAttribute('data-ready') || !document.getElementById('explorer'))",
        )
        .await;
}

#[apply(browser_test)]
async fn the_focus_is_seen_wherever_it_goes() {
    let reader = wishing(Wish::default()).await;
    for (address, width, height) in [
        ("#view=map&finding=warned", 1280, 900),
        // What is left of 1280 by 1024 at 400 % zoom.
        ("#finding=cleared", 320, 256),
        (
            "embed.html?show=title,findings,search,as-of,filters,sort,views,take,facts,history",
            390,
            844,
        ),
        ("corrections.html", 390, 844),
    ] {
        reader.resize(width, height).await;
        open_whole(&reader, address).await;
        // What is above comes under a bar that stays, if anything does.
        let mut stops = walk(&reader, true).await;
        stops.reverse();
        open_whole(&reader, address).await;
        assert_eq!(
            walk(&reader, false).await,
            stops,
            "{address}: there and back"
        );
    }
    reader.ends_with_an_empty_console().await;
}

/// Whether the focus is in what fits a CSS selector.
async fn is_within(reader: &Reader, css: &str) -> bool {
    let within = format!("!!document.activeElement.closest('{css}')");
    reader.eval(&within).await == true
}

/// Opens something by its button, goes through it by the Tab key, closes it by Escape, and is back at the
/// button. Gives how many stops it has.
async fn there_and_back(reader: &Reader, button: &str, css: &str, has: &str) -> usize {
    reader.tab_to("button", button).await;
    let opener = reader.focused().await;
    reader.keys(Key::Enter).await;
    let open = format!("document.querySelector('{css} {has}')?.checkVisibility()");
    reader.until(&open).await;
    let mut stops: Vec<String> = Vec::new();
    let mut last = None;
    for _ in 0..120 {
        reader.keys(Key::Tab).await;
        if !is_within(reader, css).await {
            break;
        }
        let element = reader.focused().await;
        if last.as_ref() != Some(&element) {
            let stop = stop(reader, &element).await;
            if stops.first() == Some(&stop) {
                break;
            }
            is_seen(reader, &format!("{css}: {stop}")).await;
            stops.push(stop);
            last = Some(element);
        }
    }
    // One that the focus leaves would be in the way: it closes.
    if !is_within(reader, css).await {
        reader.until(&format!("!({open})")).await;
        reader.tab_to("button", button).await;
        reader.keys(Key::Enter).await;
        reader.until(&open).await;
        reader.keys(Key::Tab).await;
    }
    assert!(is_within(reader, css).await, "{css}");
    reader.keys(Key::Escape).await;
    reader
        .until(&format!(
            "!(document.querySelector('{css}')?.checkVisibility())"
        ))
        .await;
    assert_eq!(reader.focused().await, opener, "{css}");
    stops.len()
}

#[apply(browser_test)]
async fn sheets_take_the_focus_in_and_give_it_back() {
    let reader = at("").await;
    let n = there_and_back(&reader, "Take it along", "#take", ".take__ways").await;
    assert!(n >= 10, "{n}");
    reader.ends_with_an_empty_console().await;
    let reader = on_a_phone_at("").await;
    let n = there_and_back(&reader, "Take it along", "#take", ".take__ways").await;
    assert!(n >= 10, "{n}");
    reader.open_live("?2").await;
    let n = there_and_back(&reader, "Filters", "#filters", "fieldset").await;
    assert!(n >= 20, "{n}");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_dialog_keeps_the_focus_until_it_is_closed() {
    for width in [1280, 390] {
        let reader = wishing(Wish {
            width,
            ..Wish::default()
        })
        .await;
        reader.open_live("").await;
        let opener = open_by_keys(&reader).await;
        assert!(is_within(&reader, ".embed-this").await, "it has the focus");
        // Once around, in either direction: the page behind can't be reached.
        let mut was_left = false;
        for back in [false, true] {
            for _ in 0..60 {
                let element = reader.focused().await;
                if element.tag_name().await.unwrap() == "body" {
                    was_left = true;
                } else {
                    let stop = stop(&reader, &element).await;
                    assert!(is_within(&reader, ".embed-this").await, "{stop}");
                    // It comes back from its own bar without making the page active again.
                    if reader.engine != Engine::Firefox || !was_left {
                        is_seen(&reader, &stop).await;
                    }
                }
                if back {
                    reader.shift(Key::Tab).await;
                } else {
                    reader.keys(Key::Tab).await;
                }
            }
        }
        reader.keys(Key::Escape).await;
        reader.until("!document.querySelector('.embed-this')").await;
        assert_eq!(reader.focused().await, opener);
        reader.ends_with_an_empty_console().await;
    }
}

#[apply(browser_test)]
async fn the_first_stop_skips_to_the_facts() {
    let reader = at("").await;
    reader.keys(Key::Tab).await;
    assert_eq!(
        reader.focused().await.text().await.unwrap(),
        "Skip to the facts"
    );
    is_seen(&reader, "the skip link").await;
    reader.keys(Key::Enter).await;
    reader
        .until("document.activeElement.id === 'explorer'")
        .await;
    reader.keys(Key::Tab).await;
    assert!(is_within(&reader, "[data-facet=finding]").await);
    // It is part of the page, not of the address.
    assert_eq!(reader.fragment().await, "");
    if reader.engine == Engine::Chromium {
        assert_eq!(
            stop(&reader, &reader.focused().await).await,
            "checkbox “Warned 5”"
        );
    }
    reader.ends_with_an_empty_console().await;
}
