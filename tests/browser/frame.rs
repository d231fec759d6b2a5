use std::fmt::Write as _;
use std::{env, fs};

use macro_rules_attribute::apply;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::accessibility::violations;
use crate::engines::Engine;
use crate::reader::{Reader, Wish, wishing};
use crate::server::{BASE, Host, Way, dist};

const LIVE: &str = "document.documentElement.hasAttribute('data-ready')";

/// How high the frame is on its host page, and how high what is in it says that it is. A host page
/// notes every message that it gets.
const HEIGHT: &str = "document.querySelector('iframe').offsetHeight";
pub const HEARD: &str = "window.heard.at(-1)";

/// A frame with these settings, as high as its style says.
fn frame(id: &str, settings: &str) -> String {
    format!(
        "<iframe id=\"{id}\" src=\"SITEembed.html?{settings}\" title=\"The facts\" \
         style=\"display:block;inline-size:100%;block-size:1200px;border:0\"></iframe>"
    )
}

/// A host page's markup around these frames, with `SITE` in place of the site's address.
fn page(site: &str, inside: &str) -> String {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A story</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><script>window.heard = []; \
         addEventListener('message', it => {{ \
         if (it.data.type === 'fact-explorer:height') heard.push(it.data.height); \
         if (it.data === 'live') window.live = true }})</script></head><body>\
         <p><a href=\"#after\">Before</a></p>{inside}<p id=\"after\">After.</p>\
         <div style=\"block-size:3000px\"></div></body></html>"
    );
    html.replace("SITE", site)
}

/// A reader at a host page with these frames.
pub struct Visit {
    pub reader: Reader,
    _host: Host,
}

/// Opens a host page, under a policy where it has one.
pub async fn visit(wish: Wish, inside: &str, policy: &str) -> Visit {
    let reader = wishing(wish).await;
    let host = host(&reader, inside, policy).await;
    Visit {
        reader,
        _host: host,
    }
}

/// The same with a reader who is there already.
async fn host(reader: &Reader, inside: &str, policy: &str) -> Host {
    let policy = policy.replace("SITE", &reader.site.origin());
    let host = Host::start(page(&reader.site.url(), inside), policy).await;
    reader.goto(host.url()).await;
    host
}

/// All of a frame fits on the screen, so that the driver needn't scroll the host page.
fn tall() -> Wish {
    Wish {
        height: 1600,
        ..Wish::default()
    }
}

impl Reader {
    /// Goes into a frame and waits until it is live.
    pub async fn enter_live(&self, css: &str) {
        self.enter(css).await;
        self.until(LIVE).await;
    }

    /// Waits, in the frame, until its status begins with this number.
    async fn counts(&self, n: usize) {
        self.until(&format!(
            "document.querySelector('[role=status]').textContent.startsWith('{n} of ')"
        ))
        .await;
    }

    /// How many cards are shown, here.
    pub async fn cards_shown(&self) -> usize {
        let mut n = 0;
        for card in self.driver.find_all(By::Css(".card")).await.unwrap() {
            n += usize::from(card.is_displayed().await.unwrap());
        }
        n
    }

    /// How high what is in the frame is, from within.
    pub async fn inner_height(&self) -> u64 {
        let height = self
            .eval("Math.ceil(document.body.getBoundingClientRect().height)")
            .await;
        height.as_u64().unwrap()
    }

    /// Leaves the frame, and waits until it is as high as what is in it; gives that height.
    async fn fits_its_frame(&self, css: &str) -> u64 {
        // A scrollbar that is gone once it fits makes room, and so what is in it less high.
        self.until("innerHeight === Math.ceil(document.body.getBoundingClientRect().height)")
            .await;
        let inner = self.inner_height().await;
        self.leave().await;
        self.until(&format!(
            "document.querySelector('{css}').offsetHeight === {inner}"
        ))
        .await;
        inner
    }
}

#[apply(browser_test)]
async fn a_plain_frame_is_live_and_leaves_its_host_alone() {
    let reader = wishing(tall()).await;
    // Some drivers give the focus to a frame that they go into: that it is live is told from within.
    let tell = "new MutationObserver(() => document.documentElement.hasAttribute('data-ready') && \
        parent.postMessage('live', '*')).observe(document.documentElement, {attributes: true})";
    reader.site.begin_with(tell);
    let inside = frame("one", "show=findings,search,views,history");
    let _host = host(&reader, &inside, "").await;
    let around = format!(
        "[history.length, location.href, scrollY, document.cookie, localStorage.length, \
         sessionStorage.length, document.activeElement.tagName, {HEIGHT}]"
    );
    reader.until("window.live").await;
    let before = reader.eval(&around).await;
    assert_eq!(before[6], "BODY", "the focus is the reader's");
    reader.enter("iframe").await;
    let stored = "[document.cookie, localStorage.length, sessionStorage.length]";
    assert_eq!(reader.eval(stored).await, json!(["", 0, 0]));
    reader.leave().await;
    // By the keyboard alone, through the host page's own link: a finding, then words.
    reader.tab_to("link", "Before").await;
    reader.keys(Key::Tab).await;
    reader.enter("iframe").await;
    let cleared = reader.find("checkbox", "Cleared 4").await;
    reader.tab_to_element(cleared, "Cleared").await;
    reader.keys(Key::Space).await;
    reader.counts(4).await;
    let search = reader.find("searchbox", "Search").await;
    reader.tab_to_element(search.clone(), "Search").await;
    reader.keys("miami").await;
    reader.counts(1).await;
    assert_eq!(reader.focused().await, search, "the focus stays");
    reader.press("button", "Clear all").await;
    reader.counts(10).await;
    // The same by the pointer; then a history, a view, and a link to a card.
    reader.press("checkbox", "Warned 5").await;
    reader.counts(5).await;
    reader
        .press("DisclosureTriangle", "History of Chicago")
        .await;
    reader
        .until("document.querySelector('.history section')")
        .await;
    reader.press("radio", "Table").await;
    reader.until("document.querySelector('.table a')").await;
    reader.leave().await;
    assert_eq!(reader.eval("scrollY").await, before[2]);
    reader.enter("iframe").await;
    reader.press("link", "Chicago").await;
    reader.until("!document.querySelector('.table')").await;
    assert_eq!(reader.eval(stored).await, json!(["", 0, 0]));
    assert_eq!(reader.eval("location.hash").await, "");
    reader.leave().await;
    let mut after = reader.eval(&around).await;
    assert_eq!(after[6], "IFRAME", "where the reader put it");
    after[6] = before[6].clone();
    // Only a card that was asked for is brought into view, if the host page must scroll for it.
    after[2] = before[2].clone();
    assert_eq!(after, before);
    assert_eq!(reader.driver.windows().await.unwrap().len(), 1);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_way_to_the_whole_page_is_a_new_tab_with_what_is_shown() {
    let visit = visit(tall(), &frame("one", "kind=city&as-of=latest"), "").await;
    let reader = &visit.reader;
    reader.enter_live("iframe").await;
    reader.press("checkbox", "Documents demanded").await;
    let link = reader.find("link", "View the full explorer").await;
    reader
        .until("document.querySelector('.embed__foot [data-full]').href.includes('finding=documents-demanded')")
        .await;
    link.click().await.unwrap();
    let address = reader.enters_new_tab().await;
    assert!(address.starts_with(&reader.site.url()), "{address}");
    let (_, fragment) = address.split_once('#').unwrap();
    for part in ["finding=documents-demanded", "kind=city", "as-of="] {
        assert!(fragment.contains(part), "{part} in {fragment}");
    }
    reader.until(LIVE).await;
    assert_eq!(reader.eval("window.opener").await, Value::Null);
    visit.reader.ends_with_an_empty_console().await;
}

const SCRIPT: &str = "<script src=\"SITEembed.js\"></script>";

#[apply(browser_test)]
async fn a_frame_follows_what_its_reader_does_and_nothing_before() {
    // The script stands there twice, as in a page put together from parts.
    let inside = [SCRIPT, &frame("one", ""), SCRIPT].concat();
    // With all ten cards, too: some drivers scroll a frame to what they press, but not its host page.
    let wish = Wish {
        height: 2300,
        ..Wish::default()
    };
    let visit = visit(wish, &inside, "").await;
    let reader = &visit.reader;
    reader.watch_for_shifts().await;
    reader.enter_live("iframe").await;
    let inner = reader.inner_height().await;
    reader.leave().await;
    reader.until(&format!("{HEARD} === {inner}")).await;
    // Its end is on the screen: nothing moves yet.
    assert_eq!(reader.eval(HEIGHT).await, 1200);
    reader.has_not_shifted().await;
    let follows = async |role: &str, name: &str, n: usize| {
        reader.enter("iframe").await;
        // What was drawn last is where it is pressed.
        reader
            .until("window.frame = (window.frame || 0) + 1, window.frame % 3 === 0")
            .await;
        reader.press(role, name).await;
        reader
            .until(&format!(
                "[...document.querySelectorAll('.card')].filter(it => it.offsetHeight).length === {n}"
            ))
            .await;
        reader.fits_its_frame("iframe").await
    };
    let one = follows("checkbox", "Under review 1", 1).await;
    let all = follows("button", "Clear all", 4).await;
    let ten = follows("button", "Show all 10", 10).await;
    // The reader stays where the next ones came, and isn't taken to their end.
    assert_eq!(reader.eval("scrollY").await, 0);
    let four = follows("button", "Show the first 4", 4).await;
    assert!(
        one < all && all < ten && four == all,
        "{one} {all} {ten} {four}"
    );
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_frame_whose_end_nobody_sees_is_put_right_at_once() {
    let one = frame("one", "cards=all").replace("block-size:1200px", "block-size:3000px");
    let visit = visit(Wish::default(), &[SCRIPT, &one].concat(), "").await;
    let reader = &visit.reader;
    reader.watch_for_shifts().await;
    reader.enter_live("iframe").await;
    let height = reader.fits_its_frame("iframe").await;
    assert!(height > 900 && height != 3000, "{height}");
    reader.has_not_shifted().await;
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_script_that_comes_late_asks_what_it_has_missed() {
    let one = frame("one", "cards=all").replace("block-size:1200px", "block-size:3000px");
    let visit = visit(Wish::default(), &one, "").await;
    let reader = &visit.reader;
    reader.enter_live("iframe").await;
    let inner = reader.inner_height().await;
    reader.leave().await;
    reader.until(&format!("{HEARD} === {inner}")).await;
    let late = format!(
        "(it => {{ it.src = '{}embed.js'; document.body.append(it) }})(document.createElement('script'))",
        reader.site.url()
    );
    reader.eval(&late).await;
    reader.enter("iframe").await;
    reader.fits_its_frame("iframe").await;
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_frame_of_another_width_has_its_reserved_height_again() {
    let rule = "height:calc(3500px - 100vw)";
    let one = frame("one", "cards=1").replace("block-size:1200px", rule);
    // Its end is below the screen, so that it is put right.
    let wish = Wish {
        height: 400,
        ..Wish::default()
    };
    let visit = visit(wish, &[SCRIPT, &one].concat(), "").await;
    let reader = &visit.reader;
    reader.enter_live("iframe").await;
    reader.fits_its_frame("iframe").await;
    // From here on it is on the screen.
    let end = "document.querySelector('iframe').getBoundingClientRect().bottom";
    reader.eval(&format!("scrollBy(0, {end} - 100), 0")).await;
    reader.resize(700, 400).await;
    reader
        .until(&format!(
            "innerWidth < 1000 && {HEIGHT} === 3500 - innerWidth"
        ))
        .await;
    visit.reader.ends_with_an_empty_console().await;
}

/// Opens the first card's history in the frame and then the second's, which stands far below it and closes it: what
/// was pressed stays where it is on the screen, by what the frame stands in.
async fn what_is_pressed_stays(visit: &Visit, scrolls: &str) {
    let reader = &visit.reader;
    reader.enter_live("iframe").await;
    reader.click(".card:not([hidden]) summary").await;
    reader
        .until("document.querySelector('.card .history section')")
        .await;
    reader.fits_its_frame("iframe").await;
    // The second card is below a long history, which closes where that one opens.
    let second = "document.querySelectorAll('.card:not([hidden]) > .card__details > summary')[1]";
    let place = format!("{second}.getBoundingClientRect().top");
    reader.enter("iframe").await;
    let before = reader.eval(&place).await;
    reader.leave().await;
    let on_screen = "document.querySelector('iframe').getBoundingClientRect().top";
    let go = format!(
        "{scrolls}.scrollBy({{top: {on_screen} + {before} - 400, behavior: 'instant'}}), 0"
    );
    reader.eval(&go).await;
    reader.enter("iframe").await;
    // By the keyboard: some drivers scroll a frame to what they press, but not its host page.
    let focus = format!("{second}.focus({{preventScroll: true}}), 0");
    reader.eval(&focus).await;
    reader.keys(Key::Enter).await;
    reader
        .until(&format!(
            "{second}.parentElement.querySelector('.history section')"
        ))
        .await;
    reader.fits_its_frame("iframe").await;
    reader.enter("iframe").await;
    let after = reader.eval(&place).await;
    reader.leave().await;
    let (before, after) = (before.as_f64().unwrap(), after.as_f64().unwrap());
    assert!(before - after > 500.0, "the first one closes");
    let seen = reader.eval(&format!("{on_screen} + {after}")).await;
    let seen = seen.as_f64().unwrap();
    assert!(
        (seen - 400.0).abs() < 4.0,
        "{scrolls}: it was at 400 and is at {seen}"
    );
}

#[apply(browser_test)]
async fn what_a_reader_pressed_stays_where_it_is_when_a_frame_shrinks() {
    let wish = Wish {
        width: 390,
        ..tall()
    };
    let inside = [SCRIPT, &frame("one", "cards=all")].concat();
    let visit = visit(wish, &inside, "").await;
    what_is_pressed_stays(&visit, "window").await;
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_frame_in_a_box_that_scrolls_has_that_scroll_and_not_the_page() {
    let one = frame("one", "cards=all");
    let end = "<div style=\"block-size:3000px\"></div>";
    let behind = "<div id=\"behind\" style=\"block-size:3000px\"></div>";
    for (css, inside) in [
        (
            "#box",
            format!(
                "<div id=\"box\" style=\"block-size:1200px;overflow:auto\">{one}{end}</div>{behind}"
            ),
        ),
        (
            "dialog",
            format!(
                "{behind}<dialog style=\"inline-size:90%;max-block-size:90vh;overflow:auto\">{one}{end}</dialog>\
                 <script>document.querySelector('dialog').showModal()</script>"
            ),
        ),
    ] {
        let wish = Wish {
            width: 390,
            ..tall()
        };
        let visit = visit(wish, &[SCRIPT, &inside].concat(), "").await;
        let reader = &visit.reader;
        let around = "document.getElementById('behind').getBoundingClientRect().top";
        let before = reader.eval(around).await;
        what_is_pressed_stays(&visit, &format!("document.querySelector('{css}')")).await;
        assert_eq!(reader.eval(around).await, before, "{css}");
        visit.reader.ends_with_an_empty_console().await;
    }
}

#[apply(browser_test)]
async fn a_sheet_opens_in_the_part_of_a_frame_that_is_on_the_screen() {
    let one = frame("one", "cards=all&show=filters,take")
        .replace("block-size:1200px", "block-size:5000px");
    let wish = Wish {
        width: 390,
        ..Wish::default()
    };
    let visit = visit(wish, &one, "").await;
    let reader = &visit.reader;
    reader.enter_live("iframe").await;
    reader.press("button", "Filters").await;
    reader
        .until("document.querySelector('.filters').style.maxHeight")
        .await;
    let ends = "['top', 'bottom'].map(it => document.querySelector('.filters').getBoundingClientRect()[it])";
    let ends = reader.eval(ends).await;
    reader.leave().await;
    let seen = format!(
        "(top => top + {} >= 0 && top + {} <= innerHeight + 1)\
         (document.querySelector('iframe').getBoundingClientRect().top)",
        ends[0], ends[1]
    );
    assert_eq!(reader.eval(&seen).await, true, "{ends}");
    // Closed, it is as it was.
    reader.enter("iframe").await;
    reader
        .eval("document.querySelector('.filters').hidePopover(), 0")
        .await;
    let style = "document.querySelector('.filters').style.cssText";
    assert_eq!(reader.eval(style).await, "");
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn each_of_three_frames_has_its_own_height() {
    let inside = [
        SCRIPT,
        &frame("one", "finding=warned"),
        &frame("two", "cards=1"),
        &frame("three", "only=chicago-il"),
    ]
    .concat();
    let visit = visit(Wish::default(), &inside, "").await;
    let reader = &visit.reader;
    let mut heights = Vec::new();
    for (css, name) in [("#one", "City 4"), ("#two", "Cleared 4"), ("#three", "")] {
        // A reader scrolls there; not every driver does.
        let there = format!("document.querySelector('{css}').scrollIntoView(), 0");
        reader.eval(&there).await;
        reader.enter_live(css).await;
        if css == "#three" {
            let history = reader.find("DisclosureTriangle", "History of").await;
            history.click().await.unwrap();
            reader
                .until("document.querySelector('.history section')")
                .await;
        } else if css == "#two" {
            reader.press("checkbox", name).await;
            reader.counts(4).await;
        } else {
            reader.press("searchbox", "Search").await;
            reader.keys("chicago").await;
            reader.counts(1).await;
        }
        heights.push(reader.fits_its_frame(css).await);
    }
    for (css, height) in ["#one", "#two", "#three"].iter().zip(heights) {
        let now = format!("document.querySelector('{css}').offsetHeight");
        assert_eq!(reader.eval(&now).await, height, "{css}");
    }
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_frame_of_something_else_has_neither_its_height_nor_the_page_moved() {
    let advert = Host::start(
        "<script>parent.postMessage({type: 'fact-explorer:height', height: 77, acted: true, by: 500}, '*')</script>"
            .to_owned(),
        String::new(),
    )
    .await;
    let other = format!(
        "<iframe id=\"other\" title=\"An advert\" src=\"{}\" style=\"block-size:100px;border:0\"></iframe>",
        advert.url()
    );
    let visit = visit(Wish::default(), &[SCRIPT, &other].concat(), "").await;
    let reader = &visit.reader;
    reader.until(&format!("{HEARD} === 77")).await;
    let now = format!("[{HEIGHT}, scrollY]");
    assert_eq!(reader.eval(&now).await, json!([100, 0]));
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn only_a_frames_own_site_says_how_high_it_is() {
    let other = "<iframe id=\"other\" srcdoc=\"<p>Another</p>\"></iframe>";
    let visit = visit(tall(), &[SCRIPT, &frame("one", ""), other].concat(), "").await;
    let reader = &visit.reader;
    let forge =
        |height: &str| format!("({{type: 'fact-explorer:height', height: {height}, acted: true}})");
    reader.enter_live("#one").await;
    reader.leave().await;
    // By the host page itself, and by another of its frames.
    let forged = forge("77");
    reader.eval(&format!("postMessage({forged}, '*'), 0")).await;
    reader.until(&format!("{HEARD} === 77")).await;
    reader.enter("#other").await;
    let forged = forge("78");
    reader
        .eval(&format!("parent.postMessage({forged}, '*'), 0"))
        .await;
    reader.leave().await;
    reader.until(&format!("{HEARD} === 78")).await;
    assert_eq!(reader.eval(HEIGHT).await, 1200);
    // By the frame itself, but no height.
    for height in [
        "0", "-5", "1e9", "Infinity", "NaN", "'high'", "null", "[]", "{}",
    ] {
        reader.enter("#one").await;
        let say = format!("parent.postMessage({}, '*'), 0", forge(height));
        reader.eval(&say).await;
        let end = format!("parent.postMessage({}, '*'), 0", forge("'end'"));
        reader.eval(&end).await;
        reader.leave().await;
        reader
            .until(&format!("{HEARD} === 'end' && (window.heard = [], true)"))
            .await;
        assert_eq!(reader.eval(HEIGHT).await, 1200, "{height}");
    }
    // By whoever came to stand in the frame.
    let stranger = Host::start(
        format!("<script>parent.postMessage({}, '*')</script>", forge("79")),
        String::new(),
    )
    .await;
    let leads = format!(
        "document.getElementById('one').contentWindow.location = '{}', 0",
        stranger.url()
    );
    reader.eval(&leads).await;
    reader.until(&format!("{HEARD} === 79")).await;
    assert_eq!(reader.eval(HEIGHT).await, 1200);
    visit.reader.ends_with_an_empty_console().await;
}

impl Reader {
    async fn is_shown(&self, css: &str) -> bool {
        let it = self.driver.find(By::Css(css)).await.unwrap();
        it.is_displayed().await.unwrap()
    }
}

/// The checkbox of a finding.
fn finding(value: &str) -> String {
    format!("[data-facet=finding] [value={value}]")
}

/// The link to the whole page, below the cards.
const WHOLE: &str = ".embed__foot a[data-full]";

/// A frame that may do this and nothing else. Without `allow-same-origin` it has no origin.
fn sandboxed(settings: &str, allowed: &str) -> String {
    frame("one", settings).replace("<iframe", &format!("<iframe sandbox=\"{allowed}\""))
}

#[apply(browser_test)]
async fn a_sandboxed_frame_is_live_and_followed() {
    let inside = [SCRIPT, &sandboxed("", "allow-scripts")].concat();
    let visit = visit(tall(), &inside, "").await;
    let reader = &visit.reader;
    reader.enter_live("iframe").await;
    assert_eq!(reader.eval("origin").await, "null");
    reader.click(&finding("cleared")).await;
    reader.counts(4).await;
    reader.click("[type=search]").await;
    reader.keys("miami").await;
    reader.counts(1).await;
    reader.click(".card:not([hidden]) summary").await;
    reader
        .until("document.querySelector('.history section')")
        .await;
    reader.fits_its_frame("iframe").await;
    visit.reader.ends_with_an_empty_console().await;
}

/// What a frame says that couldn't become live, and that it can be read.
async fn can_be_read(reader: &Reader) {
    reader
        .until("document.documentElement.hasAttribute('data-failed')")
        .await;
    let quiet = reader.text(".quiet--failed").await;
    assert!(quiet.starts_with("Search and filters"), "{quiet}");
    assert_eq!(reader.cards_shown().await, 4);
    assert!(reader.is_shown(WHOLE).await);
}

#[apply(browser_test)]
async fn a_sandboxed_frame_of_a_site_that_does_not_share_can_be_read() {
    let reader = wishing(tall()).await;
    reader.site.share(false);
    let _host = host(&reader, &sandboxed("", "allow-scripts"), "").await;
    reader.enter("iframe").await;
    can_be_read(&reader).await;
    // The browser reports what it refused, and nothing else does.
    let said = reader.said().await;
    let refused =
        |it: &String| it.contains("CORS") || it.contains("ERR_FAILED") || it.contains("integrity");
    assert!(said.iter().all(refused), "{said:?}");
}

#[apply(browser_test)]
async fn a_frame_whose_webassembly_is_broken_can_be_read() {
    let wish = Wish {
        way: Way::Garbled("*.wasm"),
        ..tall()
    };
    let visit = visit(wish, &frame("one", ""), "").await;
    visit.reader.enter("iframe").await;
    can_be_read(&visit.reader).await;
    let said = visit.reader.said().await;
    assert!(said.iter().all(|it| it.contains(".wasm")), "{said:?}");
}

#[apply(browser_test)]
async fn what_is_asked_for_alone_is_seen_before_a_frame_is_live() {
    let reader = wishing(Wish {
        way: Way::Garbled("*.wasm"),
        ..tall()
    })
    .await;
    let failed = "document.documentElement.hasAttribute('data-failed')";
    reader.open("embed.html").await;
    reader.until(failed).await;
    // One that isn't among the first four.
    let seventh = "document.querySelectorAll('.card:not([hidden])')[6].dataset.subject";
    let seventh = reader.eval(seventh).await;
    let only = format!("embed.html?only={}", seventh.as_str().unwrap());
    reader.open(&only).await;
    reader.until(failed).await;
    assert_eq!(reader.cards_shown().await, 1);
    // Four of five, and all of them.
    reader.open("embed.html?finding=warned").await;
    reader.until(failed).await;
    assert_eq!(reader.cards_shown().await, 4);
    reader.press("button", "Show all 5").await;
    assert_eq!(reader.cards_shown().await, 5);
}

#[apply(browser_test)]
async fn cards_that_a_style_can_not_choose_are_not_seen_until_a_frame_is_live_or_can_not_be() {
    let wish = Wish {
        waits: false,
        ..tall()
    };
    let reader = wishing(wish).await;
    let settings = ["kind=city", "q=miami", "as-of=latest"];
    let address = |settings: &str| reader.site.url() + "embed.html?" + settings;
    reader.site.deliver(Way::Stalled("*.wasm"));
    for settings in settings {
        reader.goto_other("about:blank").await;
        reader.goto_other(address(settings)).await;
        reader.until("document.querySelector('.embed__foot')").await;
        assert_eq!(reader.cards_shown().await, 0, "{settings}");
        let waits = "getComputedStyle(document.querySelector('.results'), '::before').content";
        assert_eq!(reader.eval(waits).await, "\"Loading…\"", "{settings}");
        assert!(reader.is_shown(WHOLE).await);
    }
    // Only now: WebKit keeps what has come.
    reader.site.deliver(Way::Garbled("*.wasm"));
    for settings in settings {
        reader.goto_other("about:blank").await;
        reader.goto_other(address(settings)).await;
        can_be_read(&reader).await;
    }
}

#[apply(browser_test)]
async fn a_copy_saved_when_it_was_live_says_that_it_is_not() {
    let reader = wishing(tall()).await;
    reader.open("embed.html").await;
    reader.until(LIVE).await;
    let html = reader.eval("document.documentElement.outerHTML").await;
    let html = html.as_str().unwrap();
    let html = html.replace("src=\"./", &format!("src=\"{BASE}"));
    // Beside it is nothing that the script asks for.
    let saved = reader.site.show("/saved/embed.html", html);
    reader.goto(saved).await;
    can_be_read(&reader).await;
    assert_eq!(reader.eval(LIVE).await, false);
    // A finding filters by style.
    reader.click(&finding("cleared")).await;
    assert_eq!(reader.cards_shown().await, 4);
}

#[apply(browser_test)]
async fn a_frame_is_live_whatever_its_host_forbids_itself() {
    let policy = "default-src 'none'; script-src 'unsafe-inline' SITE; style-src 'unsafe-inline'; \
        frame-src SITE";
    let visit = visit(tall(), &[SCRIPT, &frame("one", "")].concat(), policy).await;
    let reader = &visit.reader;
    reader.enter_live("iframe").await;
    reader.press("checkbox", "Warned 5").await;
    reader.counts(5).await;
    reader.press("checkbox", "Under review 1").await;
    reader.counts(6).await;
    reader.fits_its_frame("iframe").await;
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn without_scripts_a_frame_can_be_read_and_findings_filter() {
    let visit = visit(tall(), &sandboxed("", "allow-popups allow-same-origin"), "").await;
    let reader = &visit.reader;
    reader.enter("iframe").await;
    let all = reader.cards_shown().await;
    assert!(all >= 10, "{all}");
    assert!(!reader.is_shown("[type=search]").await);
    reader.click(&finding("warned")).await;
    assert_eq!(reader.cards_shown().await, 5);
    assert!(reader.is_shown(WHOLE).await);
}

/// A newsroom's script, as its own page has it.
fn newsroom(variable: &str) -> String {
    let path =
        env::var(variable).unwrap_or_else(|_| panic!("{variable} is unset: run `make test`"));
    format!("<script>{}</script>", fs::read_to_string(path).unwrap())
}

/// Host pages with scripts that other embeds brought, by name.
fn hosts() -> [(&'static str, String); 4] {
    let pym = "<div id=\"embed\"></div><script>new pym.Parent('embed', \
        'SITEembed.html?cards=all', {title: 'The facts'})</script>";
    let frames = "<div data-frame-src=\"SITEembed.html?cards=all\"></div>\
        <script>newswireFrames.autoInitFrames()</script>";
    // As their documentation has it.
    let amp = "<script>addEventListener('message', it => { \
        const frame = document.querySelector('iframe'); \
        if (it.source === frame.contentWindow && it.data.sentinel === 'amp' && \
        it.data.type === 'embed-size') frame.height = it.data.height })</script>";
    let datawrapper = "<script>!function(){\"use strict\";window.addEventListener(\"message\",\
        (function(a){if(void 0!==a.data[\"datawrapper-height\"]){\
        var e=document.querySelectorAll(\"iframe\");for(var t in a.data[\"datawrapper-height\"])\
        for(var r=0;r<e.length;r++)if(e[r].contentWindow===a.source){\
        var i=a.data[\"datawrapper-height\"][t]+\"px\";e[r].style.height=i}}}))}();</script>";
    let frame = "<iframe src=\"SITEembed.html?cards=all\" title=\"The facts\" width=\"100%\" \
        height=\"400\" style=\"border:0\"></iframe>";
    [
        ("pym.js", newsroom("PYM") + pym),
        ("@newswire/frames", newsroom("NEWSWIRE_FRAMES") + frames),
        ("AMP", amp.to_owned() + frame),
        ("Datawrapper", datawrapper.to_owned() + frame),
    ]
}

#[apply(browser_test)]
async fn hosts_of_other_embeds_need_nothing_new() {
    let reader = wishing(tall()).await;
    for (name, inside) in hosts() {
        let _host = host(&reader, &inside, "").await;
        reader.until("document.querySelector('iframe')").await;
        reader.enter_live("iframe").await;
        reader.counts(10).await;
        let all = reader.fits_its_frame("iframe").await;
        reader.enter("iframe").await;
        reader.press("checkbox", "Under review 1").await;
        reader.counts(1).await;
        let one = reader.fits_its_frame("iframe").await;
        reader.enter("iframe").await;
        reader.press("button", "Clear all").await;
        reader.counts(10).await;
        let again = reader.fits_its_frame("iframe").await;
        assert!(one < all && again == all, "{name}: {all}, {one}, {again}");
    }
    reader.ends_with_an_empty_console().await;
}

impl Reader {
    /// Opens the compact form by itself, with these settings, and waits until it is live.
    async fn open_embed(&self, settings: &str) {
        self.goto("about:blank").await;
        self.open(&format!("embed.html?{settings}")).await;
        self.until(LIVE).await;
    }
}

#[apply(browser_test)]
async fn an_accent_can_be_read_in_either_theme() {
    let reader = wishing(tall()).await;
    let contrast = "(() => { const light = css => css.match(/[\\d.]+/g).slice(0, 3).map(it => it / 255)\
        .map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)\
        .reduce((sum, it, at) => sum + it * [0.2126, 0.7152, 0.0722][at], 0); \
        const [a, b] = [light(getComputedStyle(document.querySelector('.embed__foot a')).color), \
        light(getComputedStyle(document.documentElement).backgroundColor)]; \
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) })()";
    let paper = "getComputedStyle(document.documentElement).backgroundColor";
    for (theme, colour) in [("light", "rgb(251, 249, 244)"), ("dark", "rgb(24, 23, 21)")] {
        for accent in ["ff0", "000000", "ffffff", "a0003c", "%230055aa", "808080"] {
            reader
                .open_embed(&format!("theme={theme}&accent={accent}"))
                .await;
            assert_eq!(reader.eval(paper).await, colour);
            let ratio = reader.eval(contrast).await.as_f64().unwrap();
            assert!(ratio >= 4.5, "{theme}, {accent}: {ratio}");
        }
    }
    reader.open_embed("theme=light&accent=a0003c").await;
    let accent = "getComputedStyle(document.querySelector('.embed__foot a')).color";
    assert_eq!(
        reader.eval(accent).await,
        "rgb(160, 0, 60)",
        "legible as it is"
    );
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn on_paper_are_all_cards_in_its_own_colours() {
    let reader = wishing(tall()).await;
    let look = "['--ochre', '--accent'].map(it => getComputedStyle(document.documentElement).getPropertyValue(it))";
    reader.open_embed("").await;
    reader.as_printed(true).await;
    let plain = reader.eval(look).await;
    reader.as_printed(false).await;
    reader.open_embed("theme=dark&accent=ff0").await;
    assert_eq!(reader.cards_shown().await, 4);
    assert_ne!(reader.eval(look).await, plain);
    reader.as_printed(true).await;
    assert_eq!(reader.cards_shown().await, 10);
    assert!(!reader.is_shown(".embed__all").await);
    assert_eq!(reader.eval(look).await, plain);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_frame_on_paper_has_the_cards_that_it_has_on_the_screen() {
    let visit = visit(tall(), &frame("one", ""), "").await;
    let reader = &visit.reader;
    reader.enter_live("iframe").await;
    reader.as_printed(true).await;
    assert_eq!(reader.cards_shown().await, 4);
    assert!(!reader.is_shown(".embed__all").await);
    // The rest is where this leads.
    assert!(reader.is_shown(WHOLE).await);
    visit.reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_is_locked_is_neither_seen_nor_dropped() {
    let reader = wishing(tall()).await;
    reader
        .open_embed("finding=warned&show=search,filters,sort,views,history&cards=all")
        .await;
    reader.counts(5).await;
    let facet =
        "[...document.querySelectorAll('[data-facet=finding]')].some(it => it.offsetHeight)";
    assert_eq!(reader.eval(facet).await, false);
    reader.press("checkbox", "City 4").await;
    reader.counts(4).await;
    reader.press("button", "Clear all").await;
    reader.counts(5).await;
    assert_eq!(reader.cards_shown().await, 5);

    reader
        .open_embed("only=chicago-il,miami-dade-county-fl&show=findings,search&cards=all")
        .await;
    reader.counts(2).await;
    let counted = "[...document.querySelectorAll('[data-facet=finding] [data-count]')]\
        .reduce((sum, it) => sum + Number(it.textContent), 0)";
    assert_eq!(
        reader.eval(counted).await,
        2,
        "each finding's count is within the lock"
    );
    reader.press("searchbox", "Search").await;
    reader.keys("miami").await;
    reader.counts(1).await;
    reader.press("button", "Clear all").await;
    reader.counts(2).await;

    reader
        .open_embed("as-of=latest&view=table&show=views")
        .await;
    assert_eq!(
        reader
            .eval("document.querySelectorAll('.table tbody tr').length")
            .await,
        40
    );
    reader.open_embed("cards=2&show=").await;
    assert_eq!(reader.cards_shown().await, 2);
    for part in [
        ".embed__head",
        ".finding-bar",
        ".search",
        ".views",
        ".card__details",
    ] {
        assert!(!reader.is_shown(part).await, "{part}");
    }
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_setting_that_is_not_understood_is_left_out_and_only_the_console_says_so() {
    let reader = wishing(tall()).await;
    reader.open_embed("").await;
    let look = "[getComputedStyle(document.documentElement).backgroundColor, \
        getComputedStyle(document.querySelector('.embed__foot a')).color, \
        document.body.innerText]";
    let plain = reader.eval(look).await;
    assert_eq!(reader.said().await, [""; 0]);
    for (setting, why) in [
        ("theme=pink", "it is light, dark or auto."),
        ("accent=red", "it is a colour of three or six"),
        ("show=title,findings,search,history,moon", "not moon."),
        ("cards=0", "it is a number from 1 on, or all."),
        ("cards=many", "it is a number from 1 on, or all."),
        ("as-of=yesterday", "there is no yesterday."),
        ("view=globe", "there is no globe."),
        ("sort=colour", "there is no colour."),
        ("finding=praised", "there is no praised."),
        ("only=atlantis", "there is no atlantis."),
        ("open=atlantis", "there is no atlantis."),
        ("weather=fine", "there is no such setting."),
    ] {
        reader.open_embed(setting).await;
        let said = reader.said().await;
        assert!(
            said.len() == 1
                && said[0].contains("WARNING")
                && said[0].contains(&format!("the setting “{setting}” is left out: "))
                && said[0].contains(why),
            "{setting}: {said:?}"
        );
        assert_eq!(reader.eval(look).await, plain, "{setting}");
    }
    // What hosts add for themselves is nobody's mistake.
    reader
        .open_embed("initialWidth=600&childId=embed&parentTitle=A&parentUrl=b")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn axe_finds_nothing_to_mend_and_nothing_is_cut_off() {
    for width in [320, 768] {
        let reader = wishing(Wish {
            width,
            ..Wish::default()
        })
        .await;
        for settings in [
            "",
            "show=title,standfirst,findings,search,as-of,filters,sort,views,take,facts,history,compare&open=chicago-il",
        ] {
            reader.open_embed(settings).await;
            assert_eq!(violations(&reader).await, [""; 0], "{width}, {settings}");
            let fits = "document.documentElement.scrollWidth <= innerWidth";
            assert_eq!(reader.eval(fits).await, true, "{width}, {settings}");
        }
        reader.ends_with_an_empty_console().await;
    }
}

/// What a reader can do in one situation.
struct Seen {
    reads: bool,
    /// Whether a finding filters, and whether by style alone.
    filters: &'static str,
    searches: bool,
    /// Whether a frame is as high as what is in it, after what was done there; none where there is no
    /// frame.
    follows: Option<bool>,
}

/// Where the page is: in a frame or a shadow root, each given by a JavaScript expression.
enum Place {
    Page,
    Frame(String),
    Shadow(String),
}

/// Looks, chooses a finding and searches.
async fn try_out(reader: &Reader, place: Place, scripts: bool) -> Seen {
    let frame = match &place {
        Place::Frame(frame) => {
            reader.until(frame).await;
            let script = format!("return {frame}");
            let element = reader.driver.execute(script, Vec::new()).await.unwrap();
            element.element().unwrap().enter_frame().await.unwrap();
            Some(frame)
        }
        _ => None,
    };
    let (root, host) = match &place {
        Place::Shadow(host) => (format!("{host}.shadowRoot"), host.as_str()),
        _ => ("document".to_owned(), "document.documentElement"),
    };
    if scripts {
        reader
            .until(&format!("{host}.matches('[data-ready], [data-failed]')"))
            .await;
    }
    let all = async |css: &str| {
        if root == "document" {
            return reader.driver.find_all(By::Css(css)).await.unwrap();
        }
        let script = format!("return [...{root}.querySelectorAll(\"{css}\")]");
        let found = reader.driver.execute(script, Vec::new()).await.unwrap();
        found.elements().unwrap()
    };
    let cards = async || {
        let mut n = 0;
        for card in all(".card").await {
            n += usize::from(card.is_displayed().await.unwrap());
        }
        n
    };
    let live = scripts
        && reader
            .eval(&format!("{host}.matches('[data-ready]')"))
            .await
            == true;
    let counts = async |n: usize| {
        if live {
            let status = format!("{root}.querySelector('[role=status]').textContent");
            reader
                .until(&format!("{status}.startsWith('{n} of ')"))
                .await;
        }
        cards().await == n
    };
    let reads = cards().await >= 10;
    all(&finding("warned")).await[0].click().await.unwrap();
    let filters = match (counts(5).await, live) {
        (true, true) => "yes",
        (true, false) => "by finding",
        (false, _) => "no",
    };
    let search = all("[type=search]").await.remove(0);
    let reached = live && search.is_displayed().await.unwrap();
    let searches = reached && {
        search.send_keys("chicago").await.unwrap();
        counts(1).await
    };
    let mut follows = frame.map(|_| false);
    if let Some(frame) = frame {
        let inner = if scripts {
            reader.inner_height().await
        } else {
            0
        };
        reader.leave().await;
        if scripts {
            reader.until(&format!("{HEARD} === {inner}")).await;
            follows = Some(reader.eval(&format!("{frame}.offsetHeight")).await == inner);
        }
    }
    Seen {
        reads,
        filters,
        searches,
        follows,
    }
}

/// The lines of a Markdown table.
struct Table(String);

impl Table {
    fn add(&mut self, situation: &str, seen: &Seen) {
        let yes = |it: bool| if it { "yes" } else { "no" };
        let filters = seen.filters;
        let follows = seen.follows.map_or("–", yes);
        let (reads, searches) = (yes(seen.reads), yes(seen.searches));
        writeln!(
            self.0,
            "| {situation} | {reads} | {filters} | {searches} | {follows} |"
        )
        .unwrap();
    }
}

/// Without a host page: from a folder, in a sub-path, at a root, offline, without scripts.
async fn own_pages(reader: &mut Reader, table: &mut Table) {
    for (situation, file) in [
        ("`index.html`, opened from a folder", "index.html"),
        ("`standalone.html`, opened from a folder", "standalone.html"),
    ] {
        let file = format!("file://{}", dist().join(file).display());
        reader.goto(file).await;
        table.add(situation, &try_out(reader, Place::Page, true).await);
    }
    reader.open("").await;
    table.add(
        "the site, in a sub-path",
        &try_out(reader, Place::Page, true).await,
    );
    reader.until("navigator.serviceWorker.controller").await;
    reader.site.go_away().await;
    reader.open_live("").await;
    table.add(
        "the site, without a network after one visit",
        &try_out(reader, Place::Page, true).await,
    );
    reader.site.come_back().await;
    let off = wishing(Wish {
        scripts: false,
        ..tall()
    })
    .await;
    off.open("").await;
    table.add(
        "the site, scripts off",
        &try_out(&off, Place::Page, false).await,
    );
    drop(off);
    reader.site.host("/", dist());
    reader.goto(reader.site.url_of("/")).await;
    table.add(
        "the site, at a root",
        &try_out(reader, Place::Page, true).await,
    );
}

#[apply(browser_test)]
async fn what_works_where_is_as_the_documentation_has_it() {
    let mut reader = wishing(tall()).await;
    let mut table = Table(
        "| where | read | filter | search | its height follows |\n|---|---|---|---|---|\n"
            .to_owned(),
    );
    let first = || Place::Frame("document.querySelector('iframe')".to_owned());
    let plain = frame("one", "cards=all");
    let followed = [SCRIPT, &plain].concat();
    let sandbox = [SCRIPT, &sandboxed("cards=all", "allow-scripts")].concat();
    let refusing = "default-src 'none'; script-src 'unsafe-inline' SITE; frame-src SITE; \
        connect-src SITE; style-src 'unsafe-inline'";
    let element = "<fact-explorer id=\"one\" src=\"SITE\" cards=\"all\" \
        style=\"display:block;min-height:1200px\"></fact-explorer>\
        <script type=\"module\" src=\"SITEelement.js\"></script>";
    let [pym, frames, amp, datawrapper] = hosts().map(|it| it.1);
    let one = "document.getElementById('one')";
    let instead = format!("{one}.shadowRoot?.querySelector('iframe')");
    for (situation, inside, policy, place) in [
        ("a frame", plain.as_str(), "", first()),
        ("a frame, with `embed.js`", &followed, "", first()),
        ("a frame, with pym.js", &pym, "", first()),
        ("a frame, with @newswire/frames", &frames, "", first()),
        ("a frame, with AMP's `embed-size`", &amp, "", first()),
        (
            "a frame, with Datawrapper's listener",
            &datawrapper,
            "",
            first(),
        ),
        (
            "a frame with `embed.js`, the page's policy without `'wasm-unsafe-eval'`",
            &followed,
            refusing,
            first(),
        ),
        (
            "a frame with `embed.js` and `sandbox=\"allow-scripts\"`",
            &sandbox,
            "",
            first(),
        ),
        ("the element", element, "", Place::Shadow(one.to_owned())),
        (
            "the element, the page's policy without `'wasm-unsafe-eval'`",
            element,
            refusing,
            Place::Frame(instead),
        ),
    ] {
        if situation.contains("sandbox") && !reader.runs_sandboxed() {
            continue;
        }
        let _host = host(&reader, inside, policy).await;
        table.add(situation, &try_out(&reader, place, true).await);
    }
    if reader.runs_sandboxed() {
        reader.site.share(false);
        let _host = host(&reader, &sandbox, "").await;
        table.add(
            "a frame with `embed.js` and `sandbox=\"allow-scripts\"`, the site without `Access-Control-Allow-Origin`",
            &try_out(&reader, first(), true).await,
        );
    }
    reader.site.share(true);
    // A browser that has it already may not ask for it again.
    let broken = wishing(tall()).await;
    broken.site.deliver(Way::Garbled("*.wasm"));
    let of_broken = host(&broken, &followed, "").await;
    table.add(
        "a frame with `embed.js`, the WebAssembly broken",
        &try_out(&broken, first(), true).await,
    );
    drop((of_broken, broken));
    let off = host(&reader, &sandboxed("cards=all", "allow-same-origin"), "").await;
    table.add(
        "a frame, scripts off",
        &try_out(&reader, first(), false).await,
    );
    drop(off);

    // The site's own pages come last: once they were opened, the browser keeps them.
    own_pages(&mut reader, &mut table).await;
    reader.driver.clone().quit().await.unwrap();
    let is_tried = |line: &&str| reader.runs_sandboxed() || !line.contains("sandbox");

    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/embedding.md");
    let text = fs::read_to_string(docs).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    if env::var_os("FACT_EXPLORER_WRITE").is_some() && reader.engine == Engine::Chromium {
        fs::write(docs, [before, BEGIN, &table.0, END, after].concat()).unwrap();
    } else {
        let tried: String = written.split_inclusive('\n').filter(is_tried).collect();
        assert_eq!(
            tried, table.0,
            "docs/embedding.md: run this test with FACT_EXPLORER_WRITE=1"
        );
    }
}

/// What the table stands between.
const BEGIN: &str = "<!-- made by tests/browser/frame.rs -->\n\n";
const END: &str = "\n<!-- end -->";
