use macro_rules_attribute::apply;
use serde_json::Value;
use thirtyfour::prelude::*;

use crate::accessibility::{violations, violations_as_shown};
use crate::reader::{Reader, Wish, wishing};
use crate::server::{Host, Way};

/// The shadow root of the element with an id, as a JavaScript expression.
fn root_of(id: &str) -> String {
    format!("document.getElementById('{id}').shadowRoot")
}

/// An element's tag, with a link in it, and room for what it shows.
fn element(site: &str, id: &str, attributes: &str) -> String {
    format!(
        "<fact-explorer id=\"{id}\" src=\"{site}\" style=\"display:block;min-height:1400px\" \
         {attributes}><a href=\"{site}\">All the facts</a></fact-explorer>"
    )
}

/// What a host page must allow.
fn policy(origin: &str) -> String {
    format!(
        "default-src 'none'; script-src {origin} 'wasm-unsafe-eval'; connect-src {origin}; \
         style-src 'unsafe-inline'"
    )
}

/// A reader at a host page with these elements in it.
struct Visit {
    reader: Reader,
    host: Host,
}

/// Opens a host page: its style, what stands in it, and its policy, where it differs.
async fn visit(
    wish: Wish,
    style: &str,
    inside: &str,
    policy_for: impl Fn(&str) -> String,
) -> Visit {
    let reader = wishing(wish).await;
    let (site, origin) = (reader.site.url(), reader.site.origin());
    let inside = inside.replace("SITE", &site);
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A story</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{style}</style></head>\
         <body><main><h1>A story</h1><p id=\"before\">Before.</p>{inside}<p id=\"after\">After, with \
         <a href=\"#before\">a link</a>.</p></main>\
         <script type=\"module\" src=\"{site}element.js\"></script></body></html>"
    );
    let host = Host::start(html, policy_for(&origin)).await;
    reader.goto(host.url()).await;
    Visit { reader, host }
}

/// The same with one element, once it is live.
async fn at_one(attributes: &str) -> Visit {
    let one = element("SITE", "one", attributes);
    let visit = visit(Wish::default(), "", &one, policy).await;
    visit.is_live("one").await;
    visit
}

impl Visit {
    async fn is_live(&self, id: &str) {
        self.reader
            .until(&format!(
                "document.getElementById('{id}').hasAttribute('data-ready')"
            ))
            .await;
    }

    async fn find(&self, id: &str, role: &str, name: &str) -> WebElement {
        self.reader.find_in(&root_of(id), role, name).await
    }

    async fn press(&self, id: &str, role: &str, name: &str) {
        self.find(id, role, name).await.click().await.unwrap();
    }

    /// Presses the field for words, by the pointer: `WebKitWebDriver` asks what is in the way of a field in
    /// a shadow root, and is told of the field's own inside.
    async fn point_at_the_search(&self, id: &str) {
        let field = self.find(id, "searchbox", "Search").await;
        field.scroll_into_view().await.unwrap();
        let pointer = self.reader.driver.action_chain();
        pointer.click_element(&field).perform().await.unwrap();
    }

    /// Waits until an element's result count begins with this number.
    async fn counts(&self, id: &str, n: usize) {
        let root = root_of(id);
        self.reader
            .until(&format!(
                "{root}.querySelector('[role=status]').textContent.startsWith('{n} of ')"
            ))
            .await;
    }
}

#[apply(browser_test)]
async fn an_element_is_live_and_leaves_its_host_alone() {
    // All of it fits on the screen, so that the driver needn't scroll the page, which could be.
    let wish = Wish {
        height: 2000,
        ..Wish::default()
    };
    let one = element("SITE", "one", "") + "<div style=\"height:5000px\"></div>";
    let visit = visit(wish, "", &one, policy).await;
    visit.is_live("one").await;
    let reader = &visit.reader;
    visit.reader.watch_for_shifts().await;
    let around = "[history.length, location.href, scrollY, document.cookie, \
        Object.keys(localStorage).length, Object.keys(sessionStorage).length, \
        document.activeElement.tagName, typeof factExplorerRoot, typeof applySettings, document.title]";
    let before = reader.eval(around).await;
    assert_eq!(before[6], "BODY");
    visit.counts("one", 10).await;
    // Four cards, until the rest is asked for.
    assert_eq!(reader.cards().await.len(), 4);
    visit.press("one", "button", "Show all 10").await;
    assert_eq!(reader.cards().await.len(), 10);
    // With the keyboard alone: a finding, then words.
    let cleared = visit.find("one", "checkbox", "Cleared 4").await;
    reader.tab_to_element(cleared, "Cleared").await;
    reader.keys(Key::Space).await;
    visit.counts("one", 4).await;
    assert_eq!(reader.cards().await.len(), 4);
    let search = visit.find("one", "searchbox", "Search").await;
    reader.tab_to_element(search.clone(), "Search").await;
    reader.keys("louis").await;
    visit.counts("one", 0).await;
    for _ in "louis".chars() {
        reader.keys(Key::Backspace).await;
    }
    visit.counts("one", 4).await;
    reader.keys("miami").await;
    visit.counts("one", 1).await;
    assert_eq!(reader.focused().await, search, "the focus stays");
    visit.press("one", "button", "Clear all").await;
    visit.counts("one", 10).await;
    visit.press("one", "checkbox", "Cleared 4").await;
    visit.counts("one", 4).await;
    let mut after = reader.eval(around).await;
    assert_eq!(after[6], "FACT-EXPLORER");
    after[6] = before[6].clone();
    assert_eq!(after, before);
    visit.reader.has_not_shifted().await;
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_history_comes_from_the_site_and_every_way_out_is_a_new_tab() {
    let visit = at_one("only=chicago-il show=search,views,history").await;
    let reader = &visit.reader;
    visit
        .press("one", "DisclosureTriangle", "History of Chicago")
        .await;
    let root = root_of("one");
    reader
        .until(&format!("{root}.querySelector('.history section')"))
        .await;
    let links = format!(
        "[...{root}.querySelectorAll('a[href]:not([hidden])')].filter(it => !it.getAttribute('href').startsWith('#'))"
    );
    let foreign = format!(
        "{links}.filter(it => it.target !== '_blank' || !/^https?:/.test(it.getAttribute('href')) || \
         it.href.startsWith(location.origin)).map(it => it.outerHTML)"
    );
    // The links came with the record; they are looked at once it is there.
    reader.until(&format!("{foreign}.length === 0")).await;
    assert!(reader.eval(&format!("{links}.length")).await.as_u64() > Some(20));
    // Those of a view made anew, too; and a place within the element is none of the host page.
    visit.press("one", "radio", "Table").await;
    reader
        .until(&format!("{root}.querySelector('.table a')"))
        .await;
    reader.until(&format!("{foreign}.length === 0")).await;
    let address = reader.eval("location.href").await;
    let chicago = visit.find("one", "link", "Chicago").await;
    let driver = &reader.driver;
    let elsewhere = driver.action_chain().key_down(Key::Control);
    let elsewhere = elsewhere.click_element(&chicago).key_up(Key::Control);
    elsewhere.perform().await.unwrap();
    let here = driver.window().await.unwrap();
    let opened = reader.enters_new_tab().await;
    driver.close_window().await.unwrap();
    driver.switch_to_window(here).await.unwrap();
    assert!(opened.starts_with(&reader.site.url()), "{opened}");
    assert!(opened.ends_with("#open=chicago-il"), "{opened}");
    visit.press("one", "link", "Chicago").await;
    reader
        .until(&format!("!{root}.querySelector('.table')"))
        .await;
    assert_eq!(
        reader.eval("[location.href, history.length]").await[0],
        address
    );
    // The map's shapes come from the site as well.
    visit.press("one", "radio", "Map").await;
    reader
        .until(&format!("{root}.querySelector('.map path')"))
        .await;
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn two_elements_have_nothing_in_common() {
    let one = element("SITE", "one", "finding=\"warned\"");
    let two = element(
        "SITE",
        "two",
        "as-of=\"latest\" cards=\"2\" show=\"search,filters,sort\"",
    );
    let visit = visit(Wish::default(), "", &[one, two].concat(), policy).await;
    let reader = &visit.reader;
    visit.is_live("one").await;
    // The second is far below, and starts when the reader comes near.
    let near = "document.getElementById('two').scrollIntoView(), 0";
    reader.eval(near).await;
    visit.is_live("two").await;
    visit.counts("one", 5).await;
    visit.counts("two", 40).await;
    visit.point_at_the_search("two").await;
    reader.keys("chicago").await;
    reader
        .until(&format!(
            "!{}.querySelector('[role=status]').textContent.startsWith('40')",
            root_of("two")
        ))
        .await;
    visit.counts("one", 5).await;
    let value = format!("{}.querySelector('[type=search]').value", root_of("one"));
    assert_eq!(reader.eval(&value).await, "");
    visit.point_at_the_search("one").await;
    reader.keys("chicago").await;
    visit.counts("one", 1).await;
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_width_that_counts_is_the_elements() {
    // A flexible box asks its parts for their own widths, and a container has none.
    let narrow =
        "main { align-items: center; display: flex; flex-direction: column; inline-size: 380px }";
    let one = element("SITE", "one", "show=\"search,filters,sort\"");
    let visit = visit(Wish::default(), narrow, &one, policy).await;
    let reader = &visit.reader;
    visit.is_live("one").await;
    let width = "document.getElementById('one').offsetWidth";
    assert_eq!(reader.eval(width).await, 380);
    // Filters are a sheet, as on a phone, that the focus doesn't leave behind.
    visit.press("one", "button", "Filters").await;
    visit.press("one", "checkbox", "City 4").await;
    visit.counts("one", 4).await;
    let open = format!(
        "{}.querySelectorAll(':popover-open').length",
        root_of("one")
    );
    assert_eq!(reader.eval(&open).await, 1);
    reader
        .eval("document.querySelector('#after a').focus(), 0")
        .await;
    reader.until(&format!("{open} === 0")).await;
    // Given more room, the same filters are a column.
    reader
        .eval("document.querySelector('main').style.inlineSize = '1000px', 0")
        .await;
    visit.find("one", "checkbox", "City 4").await;
    visit.reader.ends_with_an_empty_console().await;
}

/// What can be told of the look of an element's parts.
async fn look(reader: &Reader, id: &str) -> Value {
    let root = root_of(id);
    reader
        .eval(&format!(
            "['.embed__head h1', '.card', '.card h3', '.badge', '.card__sentence', '.cite', 'summary', \
             '[type=search]', '.result-bar__count', '.embed__foot a'].map(css => {{ \
             const it = getComputedStyle({root}.querySelector(css)); \
             return [css, it.color, it.backgroundColor, it.fontSize, it.fontFamily, it.fontWeight, \
             it.letterSpacing, it.lineHeight, it.textTransform, it.textAlign, it.textIndent, \
             it.padding, it.margin, it.border, it.wordSpacing, it.textShadow].join() }})"
        ))
        .await
}

/// What a careless host page may do to everything in it.
const CARELESS: &str = "html { font-size: 62.5% } \
    * { color: red !important; font-size: 31px !important; letter-spacing: 1ch !important; \
    text-transform: uppercase !important; text-align: right; text-indent: 2em; line-height: 3; \
    font-family: monospace !important; word-spacing: 1em; text-shadow: 1px 1px red } \
    :root { --accent: red; --paper: red; --rem: 99px; --medium: 99px; --tone: red } \
    .card, h1, summary, input { border: 9px solid red !important; padding: 9px !important; float: right } \
    [hidden] { display: block !important }";

#[apply(browser_test)]
async fn no_style_gets_in_or_out() {
    let one = element("SITE", "one", "");
    let plain = visit(Wish::default(), "", &one, policy).await;
    plain.is_live("one").await;
    let expected = look(&plain.reader, "one").await;
    // The host page's own look, with and without the element.
    let own = "['h1', '#before', '#after a'].map(it => getComputedStyle(document.querySelector(it)))\
        .map(it => [it.color, it.font, it.margin, it.padding, it.display].join())";
    let with = plain.reader.eval(own).await;
    plain
        .reader
        .eval("document.getElementById('one').remove(), 0")
        .await;
    assert_eq!(plain.reader.eval(own).await, with);
    plain.reader.ends_with_an_empty_console().await;

    let careless = visit(Wish::default(), CARELESS, &one, policy).await;
    careless.is_live("one").await;
    assert_eq!(look(&careless.reader, "one").await, expected);
    careless.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_host_page_sets_colours_parts_size_and_theme() {
    let style = "#one { --accent: rgb(160, 0, 60); --fact-explorer-size: 20px } \
        #one::part(card) { border-top: 4px solid rgb(1, 2, 3) } \
        #one::part(title) { font-style: italic }";
    let one = element("SITE", "one", "");
    let two = element("SITE", "two", "theme=\"dark\"");
    let visit = visit(Wish::default(), style, &[one, two].concat(), policy).await;
    let reader = &visit.reader;
    visit.is_live("one").await;
    reader
        .eval("document.getElementById('two').scrollIntoView(), 0")
        .await;
    visit.is_live("two").await;
    let style = async |id: &str, css: &str, property: &str| {
        let it = format!(
            "getComputedStyle({}.querySelector('{css}')).{property}",
            root_of(id)
        );
        reader.eval(&it).await
    };
    assert_eq!(style("one", ".cite", "color").await, "rgb(160, 0, 60)");
    assert_eq!(style("one", ".card", "borderTopWidth").await, "4px");
    assert_eq!(style("one", ".embed__head h1", "fontStyle").await, "italic");
    assert_eq!(style("one", ".card__sentence", "fontSize").await, "21.25px");
    assert_eq!(style("two", ".card__sentence", "fontSize").await, "17px");
    assert_eq!(
        style("one", ".page", "backgroundColor").await,
        "rgb(251, 249, 244)"
    );
    assert_eq!(
        style("two", ".page", "backgroundColor").await,
        "rgb(24, 23, 21)"
    );
    assert_eq!(style("two", ".page", "colorScheme").await, "dark");
    visit.reader.ends_with_an_empty_console().await;
}

/// Looks into the frame that took an element's place, and counts the cards that are shown there.
async fn cards_in_the_frame(visit: &Visit) -> usize {
    let reader = &visit.reader;
    let frame = format!("{}.querySelector('iframe')", root_of("one"));
    reader.until(&frame).await;
    let script = format!("return {frame}");
    let frame = reader.driver.execute(script, Vec::new()).await.unwrap();
    frame.element().unwrap().enter_frame().await.unwrap();
    reader
        .until("document.documentElement.hasAttribute('data-ready') || document.documentElement.hasAttribute('data-failed')")
        .await;
    let shown = "[...document.querySelectorAll('.card')].filter(it => it.offsetHeight).length";
    let n = reader.eval(shown).await.as_u64().unwrap();
    reader.driver.enter_default_frame().await.unwrap();
    usize::try_from(n).unwrap()
}

#[apply(browser_test)]
async fn a_frame_takes_its_place_where_webassembly_is_refused() {
    let one = element("SITE", "one", "cards=\"3\" aria-label=\"The record\"");
    let visit = visit(Wish::default(), "", &one, |origin| {
        format!(
            "default-src 'none'; script-src {origin}; connect-src {origin}; frame-src {origin}; \
             style-src 'unsafe-inline'"
        )
    })
    .await;
    visit.reader.watch_for_shifts().await;
    assert_eq!(cards_in_the_frame(&visit).await, 3);
    visit.reader.has_not_shifted().await;
    // Its end is below the screen, so that it may be put right unseen.
    let height = format!("{}.querySelector('iframe').offsetHeight", root_of("one"));
    visit
        .reader
        .until(&format!("{height} > 400 && {height} < 1400"))
        .await;
    let title = format!("{}.querySelector('iframe').title", root_of("one"));
    assert_eq!(visit.reader.eval(&title).await, "The record");
}

#[apply(browser_test)]
async fn a_frame_in_its_place_has_the_box_around_it_scroll_and_not_the_page() {
    let one = element("SITE", "one", "");
    let end = "<div style=\"block-size:3000px\"></div>";
    let inside =
        format!("<div id=\"box\" style=\"block-size:600px;overflow:auto\">{one}{end}</div>{end}");
    let visit = visit(Wish::default(), "", &inside, |origin| {
        format!(
            "default-src 'none'; script-src {origin}; connect-src {origin}; frame-src {origin}; \
             style-src 'unsafe-inline'"
        )
    })
    .await;
    let reader = &visit.reader;
    assert_eq!(cards_in_the_frame(&visit).await, 4);
    let script = format!("return {}.querySelector('iframe')", root_of("one"));
    let frame = reader.driver.execute(script, Vec::new()).await.unwrap();
    frame.element().unwrap().enter_frame().await.unwrap();
    // What was pressed is 300 px further down.
    let say = "parent.postMessage({type: 'fact-explorer:height', height: 2000, acted: true, by: 300}, '*'), 0";
    reader.eval(say).await;
    reader.driver.enter_default_frame().await.unwrap();
    reader
        .until("Math.abs(document.getElementById('box').scrollTop - 300) < 2")
        .await;
    assert_eq!(reader.eval("scrollY").await, 0);
}

#[apply(browser_test)]
async fn a_frame_takes_its_place_where_something_else_stands_in_the_way() {
    for (which, way) in [
        ("bytes in reverse", Way::Garbled("*.wasm")),
        ("other bytes", Way::Altered("*.wasm")),
        ("no WebAssembly", Way::Missing("*.wasm")),
        ("no stylesheet", Way::Missing("*.css")),
    ] {
        let wish = Wish {
            way,
            ..Wish::default()
        };
        let one = element("SITE", "one", "");
        let visit = visit(wish, "", &one, |it| policy(it) + "; frame-src " + it).await;
        assert!(cards_in_the_frame(&visit).await >= 4, "{which}");
    }
    let one = element("SITE", "one", "");
    let trusted = "; require-trusted-types-for 'script'; frame-src ";
    let visit = visit(Wish::default(), "", &one, |it| policy(it) + trusted + it).await;
    assert_eq!(cards_in_the_frame(&visit).await, 4);
}

#[apply(browser_test)]
async fn a_narrowed_element_is_as_high_as_reserved_until_it_is_live() {
    let one = element("SITE", "one", "state=\"ca\"").replace("1400px", "1100px");
    let narrow = |way| Wish {
        way,
        width: 700,
        ..Wish::default()
    };
    let waiting = visit(narrow(Way::Stalled("*.wasm")), "", &one, policy).await;
    let reader = &waiting.reader;
    let root = root_of("one");
    reader
        .until(&format!("{root}?.querySelector('.card')"))
        .await;
    let seen = format!(
        "[...{root}.querySelectorAll('.card')].some(it => it.checkVisibility({{visibilityProperty: true}}))"
    );
    assert_eq!(reader.eval(&seen).await, false);
    let height = "document.getElementById('one').offsetHeight";
    assert_eq!(reader.eval(height).await, 1100);

    let visit = visit(narrow(Way::Open), "", &one, policy).await;
    visit.reader.watch_for_shifts().await;
    visit.is_live("one").await;
    assert_eq!(visit.reader.cards().await.len(), 1);
    assert_eq!(visit.reader.eval(height).await, 1100);
    visit.reader.has_not_shifted().await;
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_stood_in_it_stays_where_nothing_else_is_allowed() {
    let shown = "(() => { const it = document.querySelector('#one > a').getBoundingClientRect(); \
        return it.width > 0 && it.height > 0 })()";
    let one = element("SITE", "one", "");
    // No script, by policy.
    let refused = visit(Wish::default(), "", &one, |_| {
        "script-src 'none'".to_owned()
    })
    .await;
    assert_eq!(refused.reader.eval(shown).await, true);
    // No script in the browser.
    let off = Wish {
        scripts: false,
        ..Wish::default()
    };
    let off = visit(off, "", &one, policy).await;
    assert_eq!(off.reader.all("link").await[0], "All the facts");
    // The script, but nothing that it asks for, and no frame.
    let alone = visit(Wish::default(), "", &one, |it| {
        format!("default-src 'none'; script-src {it}; style-src 'unsafe-inline'")
    })
    .await;
    let slot = format!("{}.querySelector('slot')", root_of("one"));
    alone
        .reader
        .until(&format!(
            "performance.getEntriesByType('resource').length > 0 && {slot} && {shown}"
        ))
        .await;
    assert_eq!(alone.reader.eval(shown).await, true);
}

#[apply(browser_test)]
async fn an_element_that_is_moved_or_taken_away_goes_on() {
    let visit = at_one("").await;
    let reader = &visit.reader;
    visit.press("one", "checkbox", "Cleared 4").await;
    visit.counts("one", 4).await;
    reader
        .eval("window.kept = document.getElementById('one'), kept.remove(), 0")
        .await;
    reader
        .eval("document.querySelector('main').append(kept), 0")
        .await;
    visit.counts("one", 4).await;
    visit.press("one", "checkbox", "Cleared 4").await;
    visit.counts("one", 10).await;
    // Made by a script, and gone before it started.
    let made = "(() => { const it = document.createElement('fact-explorer'); it.id = 'made'; \
        it.setAttribute('src', document.getElementById('one').getAttribute('src')); \
        it.setAttribute('kind', 'city'); document.body.prepend(it); it.remove(); \
        document.body.prepend(it); scrollTo(0, 0); return 0 })()";
    reader.eval(made).await;
    visit.is_live("made").await;
    visit.counts("made", 4).await;
    visit.counts("one", 10).await;
    // Out of the page while it starts, and in it again: its text is as large as ever.
    let gone = "(() => { window.gone = document.createElement('fact-explorer'); window.gone.id = 'gone'; \
        window.gone.setAttribute('src', document.getElementById('one').getAttribute('src')); \
        window.gone.setAttribute('loading', 'eager'); \
        document.body.prepend(window.gone); window.gone.remove(); return 0 })()";
    reader.eval(gone).await;
    reader
        .until("window.gone.shadowRoot.querySelector('.page')")
        .await;
    reader.eval("document.body.prepend(window.gone), 0").await;
    let size = "getComputedStyle(window.gone.shadowRoot.querySelector('.card__sentence')).fontSize";
    assert_eq!(reader.eval(size).await, "17px");
    visit.is_live("gone").await;
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_folder_may_be_named_without_its_slash() {
    let visit = visit(Wish::default(), "", "", policy).await;
    let reader = &visit.reader;
    reader.site.host("/v1.2/", crate::server::dist());
    // As in a page of the site's own.
    let made = format!(
        "(() => {{ const base = document.createElement('base'); base.href = '{}/'; \
         document.head.append(base); const it = document.createElement('fact-explorer'); it.id = 'one'; \
         it.setAttribute('src', 'v1.2'); it.setAttribute('loading', 'eager'); \
         document.querySelector('main').append(it); return 0 }})()",
        reader.site.origin()
    );
    reader.eval(&made).await;
    visit.is_live("one").await;
    visit.counts("one", 10).await;
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn one_far_below_asks_for_nothing_until_a_reader_comes_near() {
    let far = [
        "<div style=\"height:5000px\"></div>",
        &element("SITE", "one", ""),
    ]
    .concat();
    let visit = visit(Wish::default(), "", &far, policy).await;
    let reader = &visit.reader;
    reader.until("customElements.get('fact-explorer')").await;
    reader
        .until("window.frame = (window.frame || 0) + 1, window.frame > 3")
        .await;
    let asked: Vec<String> = reader.site.asked();
    assert!(
        asked.iter().all(|it| it.ends_with("element.js")),
        "{asked:?}"
    );
    reader.eval("scrollTo(0, 4800), 0").await;
    visit.is_live("one").await;
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn axe_finds_nothing_to_mend_in_a_host_page() {
    for (width, attributes) in [
        (
            1280,
            "show=title,findings,search,as-of,filters,sort,views,take,facts,history",
        ),
        (390, "theme=dark"),
    ] {
        let wish = Wish {
            width,
            ..Wish::default()
        };
        let one = element("SITE", "one", attributes);
        let visit = visit(wish, "", &one, policy).await;
        visit.is_live("one").await;
        // axe takes a text's colour as the style has it and what is behind as forced colours make it: a dark
        // element in a light page can't be told that way.
        let found = match attributes {
            "theme=dark" => violations_as_shown(&visit.reader).await,
            _ => violations(&visit.reader).await,
        };
        assert_eq!(found, [""; 0], "{width}");
        assert!(visit.reader.driver.current_url().await.unwrap().as_str() == visit.host.url());
        visit.reader.ends_with_an_empty_console().await;
    }
}
