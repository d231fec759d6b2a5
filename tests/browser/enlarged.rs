use macro_rules_attribute::apply;
use serde_json::json;

use crate::accessibility::{STATES, open_state};
use crate::reader::{Reader, Wish, wishing};

/// How a reader makes a page easier to read.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Set {
    /// Not at all.
    AsItIs,
    /// With the spaces of WCAG's criterion 1.4.12.
    Apart,
    /// With letters twice as large as usual, by the browser's own setting.
    Large,
}

/// What is lost: the page scrolls to the side, something stands beyond it, is cut off, or covers a text. A
/// comparison, and the embed on its stage, scroll in frames of their own.
const LOST: &str = "(() => {
    const lost = [], short = it => it.outerHTML.slice(0, 90);
    if (document.documentElement.scrollWidth > innerWidth) lost.push('the page scrolls to the side');
    const root = document.querySelector(':popover-open, dialog[open]') ?? document.body;
    const isSeen = it => it.checkVisibility({opacityProperty: true, visibilityProperty: true});
    // They stay where they are while what is under them scrolls.
    const bars = '.take__head, .embed-this__head, .filters__done';
    const own = '.scrolls *, .embed-this__stage *, .unseen, .unseen *, .skip, svg *';
    for (const it of root.querySelectorAll('*')) {
        if (!isSeen(it) || it.matches(own)) continue;
        const {left, right} = it.getBoundingClientRect();
        if (right > innerWidth + 1 || left < -1) lost.push('beyond the page: ' + short(it));
        const {overflowX, overflowY} = getComputedStyle(it);
        const cuts = it => it === 'hidden' || it === 'clip';
        // What is typed, and what a closed menu shows, is whole elsewhere.
        if (it.matches('input, select, svg')) continue;
        if (cuts(overflowX) && it.scrollWidth > it.clientWidth + 1 || cuts(overflowY) && it.scrollHeight > it.clientHeight + 1)
            lost.push('cut off: ' + short(it));
    }
    const texts = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const {parentElement: it, data} = walker.currentNode;
        if (!data.trim() || it.closest(bars) || it.matches(own + ', option, textarea') || !isSeen(it)) continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        for (const box of range.getClientRects()) if (box.width > 2 && box.height > 2) texts.push([box, data, it]);
    }
    texts.sort((a, b) => a[0].top - b[0].top);
    texts.forEach(([a, said], at) => {
        for (const [b, other] of texts.slice(at + 1)) {
            if (b.top > a.bottom) break;
            const high = Math.min(a.bottom, b.bottom) - b.top, wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            if (wide > 2 && high > Math.min(a.height, b.height) / 3)
                lost.push(`one over the other: ${said.trim().slice(0, 30)} | ${other.trim().slice(0, 30)}`);
        }
    });
    return lost.slice(0, 20);
})()";

/// The spaces that WCAG names, in a sheet of the reader's own.
const SPACES: &str = "(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets.push(sheet);
})()";

/// A reader with a browser of this size that is set so.
async fn set(set: Set, width: u32, height: u32) -> Reader {
    let reader = wishing(Wish {
        width,
        height,
        ..Wish::default()
    })
    .await;
    if set == Set::Large {
        let sizes = json!({"fontSizes": {"standard": 32, "fixed": 26}});
        reader.cdp("Page.enable", json!({})).await;
        reader.cdp("Page.setFontSizes", sizes).await;
    }
    reader
}

/// Fails where something is lost.
async fn nothing_is_lost(reader: &Reader, set: Set, what: &str) {
    if set == Set::Apart {
        reader.eval(SPACES).await;
    }
    // A card whose turn hasn't come has a height of its own, over which what it hides would stand out.
    reader
        .until(
            "![...document.querySelectorAll('.card[data-late]')].some(it => it.checkVisibility())",
        )
        .await;
    let lost = reader.eval(LOST).await;
    assert_eq!(lost, json!([]), "{set:?}, {what}");
}

/// Every state and page of the site, and what opens over it, set in one way.
async fn in_every_state(how: Set, width: u32, height: u32) {
    let reader = set(how, width, height).await;
    let at = |what: &str| format!("{width} px, {what}");
    for state in STATES {
        open_state(&reader, state).await;
        nothing_is_lost(&reader, how, &at(state.0)).await;
    }
    for page in [
        "subject/chicago-il.html",
        "about.html",
        "changes.html",
        "corrections.html",
    ] {
        reader.open(page).await;
        nothing_is_lost(&reader, how, &at(page)).await;
    }
    reader.open_live("?embed").await;
    reader.open_the_sheet().await;
    nothing_is_lost(&reader, how, &at("to take along")).await;
    reader.press("button", "Embed this").await;
    reader
        .until("document.querySelector('.embed-this [role=status]')?.textContent.startsWith('Its height fits')")
        .await;
    nothing_is_lost(&reader, how, &at("the dialog")).await;
    reader.press("button", "Done").await;
    // What is pressed does what it does at any size.
    reader.open_live("?3").await;
    if how == Set::Apart {
        reader.eval(SPACES).await;
    }
    if reader
        .eval("document.querySelector('.result-bar__filters').checkVisibility()")
        .await
        == true
    {
        reader.press("button", "Filters").await;
        nothing_is_lost(&reader, how, &at("the sheet of filters")).await;
        reader.press("checkbox", "County").await;
        reader.press("button", "Show").await;
    } else {
        reader.press("checkbox", "County").await;
    }
    reader.sees(4).await;
    reader
        .press("DisclosureTriangle", "History of Clark County")
        .await;
    reader
        .until("document.querySelector('[data-subject=clark-county-nv] .history section')")
        .await;
    nothing_is_lost(&reader, how, &at("an open card")).await;
    reader.goto("about:blank").await;
    reader.open("embed.html?show=title,standfirst,findings,search,as-of,filters,sort,views,take,facts,history,compare").await;
    reader
        .until("document.documentElement.hasAttribute('data-ready')")
        .await;
    nothing_is_lost(&reader, how, &at("embed.html")).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn nothing_is_lost_at_320_pixels() {
    // What 400 % zoom leaves of 1280 by 1024.
    in_every_state(Set::AsItIs, 320, 256).await;
}

#[apply(browser_test)]
async fn nothing_is_lost_with_wider_spaces() {
    for width in [320, 1280] {
        in_every_state(Set::Apart, width, 800).await;
    }
}

#[apply(browser_test)]
async fn nothing_is_lost_with_letters_twice_as_large() {
    for width in [320, 1280] {
        in_every_state(Set::Large, width, 800).await;
    }
}
