//! Where one engine alone can be asked for something (its storage, its memory), engines.rs says so.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::{env, fs};

use macro_rules_attribute::apply;
use serde_json::{Value, json};

use crate::built::Built;
use crate::engines::Engine;
use crate::nasty::{LINK, NASTY, RAN, TITLE, as_shown, write};
use crate::offline::Deploy;
use crate::reader::{Reader, Wish, at, wishing};
use crate::server::{BASE, FIRST, Host, Way, fits};

const READY: &str = "document.documentElement.hasAttribute('data-ready')";
const STATUS: &str = "document.querySelector('[role=status]').textContent";

/// What a reader does to a live page.
struct Act {
    does: &'static str,
    /// What then is there or, whatever can't be had, is said.
    then: &'static str,
    /// What may be said or be there for now where something is still on its way.
    meanwhile: &'static str,
}

/// A page whose files are tried.
struct Place {
    base: &'static str,
    page: &'static str,
    /// Another site's folder than the one under test.
    folder: Option<PathBuf>,
    /// How many cards it shows by itself, at least.
    n_cards: usize,
    /// How many files it is known to ask for, at least.
    n_files: usize,
    acts: &'static [Act],
}

/// What was refused, as the page says it.
macro_rules! refused {
    ($css:literal) => {
        concat!(
            "document.querySelector('",
            $css,
            "')?.textContent.includes('couldn’t be loaded')"
        )
    };
}

/// What a reader does on the whole page: opens a card, asks for another view, asks for an embed code.
const ON_THE_PAGE: [Act; 4] = [
    Act {
        does: "document.querySelector('.card:not([hidden]) summary').click()",
        then: "document.querySelector('.history section') || document.querySelector('.history__rest')?.checkVisibility()",
        meanwhile: "document.querySelector('.history a[href^=\"./subject/\"]').checkVisibility()",
    },
    Act {
        does: "document.querySelector('[name=view][value=timeline]').click()",
        then: concat!(
            "document.querySelector('.timeline__picture svg') || ",
            refused!(".other--view")
        ),
        meanwhile: "document.querySelector('.other--view').textContent === 'Loading…'",
    },
    Act {
        does: "document.querySelector('[popovertarget=take]').click()",
        then: concat!(
            "document.querySelector('[data-do=embed]') || ",
            refused!(".take__head p")
        ),
        meanwhile: "document.querySelector('.take__head p').textContent === 'Loading…'",
    },
    Act {
        does: "window.isPressed = false",
        // The button may come only now: what was said before, that it is on its way, holds for that moment.
        then: concat!(
            "(() => { const it = document.querySelector('[data-do=embed]'); \
             if (it && !window.isPressed) { window.isPressed = true; it.click(); } \
             return document.querySelector('dialog[open]') })() || ",
            refused!(".take__head p")
        ),
        meanwhile: "document.querySelector('.take__head p').textContent === 'Loading…'",
    },
];

/// What a reader does in the compact form.
const IN_AN_EMBED: [Act; 1] = [Act {
    does: "document.querySelector('.card:not([hidden]) summary').click()",
    then: "document.querySelector('.history section') || document.querySelector('.history__rest')?.checkVisibility()",
    meanwhile: "document.querySelector('.history__link a').checkVisibility()",
}];

/// What a reader does to a long list: searches, and goes to its end.
const IN_A_LONG_LIST: [Act; 2] = [
    Act {
        does: "(() => { const it = document.querySelector('input[type=search]'); it.value = '00074'; \
               it.dispatchEvent(new Event('input', { bubbles: true })) })()",
        then: concat!(
            "document.querySelector('.long mark') || ",
            refused!("[role=status]")
        ),
        meanwhile: "document.querySelector('[role=status]').textContent.includes('loading…')",
    },
    Act {
        does: "(document.querySelector('.result-bar__clear').click(), requestAnimationFrame(() => scrollTo(0, 1e6)))",
        then: concat!(
            "(scrollTo(0, 1e6), [...document.querySelectorAll('.long h3')].at(-1)?.textContent === 'Place 00419') || ",
            refused!("[role=status]")
        ),
        meanwhile: "[...document.querySelectorAll('.long article')].at(-1).ariaLabel === 'Loading'",
    },
];

/// No worker, which would fetch everything by itself, and less patience: what is said after ten seconds
/// is said after two.
const IMPATIENT: &str = "Object.defineProperty(Navigator.prototype, 'serviceWorker', {get: () => undefined}); \
    const later = setTimeout; \
    globalThis.setTimeout = (call, wait, ...it) => later(call, wait === 10000 ? 2000 : wait, ...it)";

/// Whether the page is live, or says that it can't be or isn't yet.
const SETTLED: &str = "document.documentElement.matches('[data-ready], [data-failed]')";
const SAYS_NOT_YET: &str = "document.querySelector('.newer[role=status]')?.textContent.startsWith('Search and filters are')";
const SAYS_NEVER: &str = "[...document.querySelectorAll('.quiet--failed')].some(it => it.checkVisibility() && it.textContent.startsWith('Search and'))";

impl Place {
    async fn reader(&self) -> Reader {
        let reader = wishing(Wish {
            waits: false,
            ..Wish::default()
        })
        .await;
        if let Some(folder) = &self.folder {
            reader.site.host(self.base, folder.clone());
        }
        reader.site.begin_with(IMPATIENT);
        reader
    }

    async fn open(&self, reader: &Reader) {
        reader.goto_other("about:blank").await;
        // Of what was cut short by leaving the page before.
        reader.said().await;
        let address = reader.site.url_of(self.base) + self.page;
        reader.goto_other(address).await;
    }

    /// The files that the page asks for while all that is known of is done with it. Of one kind they are
    /// one. Those that another page within it asks for are that page's.
    async fn files(&self, reader: &Reader) -> BTreeSet<String> {
        let before = reader.site.asked().len();
        self.open(reader).await;
        reader.until(READY).await;
        for act in self.acts {
            reader.eval(act.does).await;
            reader.until(act.then).await;
        }
        let asked = reader.site.asked().split_off(before);
        let paths = asked.iter().filter_map(|it| it.strip_prefix(self.base));
        let own = paths.filter(|it| *it != self.page);
        own.take_while(|it| !fits(it, "*.html") || it.starts_with("subject/"))
            .map(|it| match it.split_once('/') {
                Some(("parts", _)) => "parts/".to_owned(),
                _ => it.to_owned(),
            })
            .collect()
    }

    /// Opens the page with this done to its files: it can be read, and what is missing is told. `left` is what had this
    /// done to it on the page before.
    async fn bears(&self, reader: &Reader, file: &'static str, way: Way, left: Option<&str>) {
        // Shown where it fails.
        println!("{file}, {way:?}");
        let before = reader.site.asked().len();
        let is_stalled = matches!(way, Way::Stalled(_));
        reader.site.deliver(way);
        self.open(reader).await;
        let settled = if is_stalled {
            format!("{SETTLED} || {SAYS_NOT_YET}")
        } else {
            SETTLED.to_owned()
        };
        reader.until(&settled).await;
        let cards = format!(
            "(() => {{ const cards = [...document.querySelectorAll('article[data-subject]')].filter(it => it.checkVisibility()); \
             return cards.length >= {} && cards.every(it => it.innerText.length > 20 || it.ariaBusy) && \
             document.querySelector('h1').innerText.length > 3 && document.links.length > 5 }})()",
            self.n_cards
        );
        reader.until(&cards).await;
        if reader.eval(READY).await == true {
            for act in self.acts {
                reader.eval(act.does).await;
                let then = if is_stalled {
                    format!("({}) || ({})", act.then, act.meanwhile)
                } else {
                    act.then.to_owned()
                };
                reader.until(&then).await;
            }
        } else if reader.eval(SAYS_NOT_YET).await != true {
            reader.until(SAYS_NEVER).await;
        }
        // The browser tells of the file, and nobody else of anything.
        // That an icon was on its way when the page was left, and that nobody used what the page's head
        // had asked for, is of no matter.
        // Not every browser names the file whose script it can't read.
        let unread = reader.engine != Engine::Chromium && matches!(way, Way::Garbled(_));
        let unread = if unread { "SyntaxError" } else { file };
        let told = |it: &String| {
            [
                file,
                unread,
                "TrustedHTML",
                "require-trusted-types-for",
                "icon from the Manifest",
                "was preloaded",
            ]
            .into_iter()
            // Firefox may tell only now of what was on its way when the page before was left.
            .chain(left)
            .any(|of| it.contains(of))
        };
        let said = reader.said().await;
        assert!(said.iter().all(told), "{file}, {way:?}: {said:?}");
        // What can't be had isn't asked for without end.
        let asked = reader.site.asked().split_off(before);
        let again = asked
            .iter()
            .map(|it| asked.iter().filter(|other| *other == it).count())
            .max();
        // What is cut on its way a browser asks for again by itself, over each line that it has open.
        let most = if matches!(way, Way::Cut(_)) { 80 } else { 8 };
        assert!(again < Some(most), "{file}, {way:?}: {asked:?}");
    }

    async fn bears_the_loss_of_any_file(&self) {
        let reader = self.reader().await;
        let files = self.files(&reader).await;
        assert!(files.len() >= self.n_files, "{files:?}");
        // For what comes before anything is painted, a reader would wait with nothing to read.
        let first = format!(
            "document.querySelectorAll('link[rel=stylesheet], script[src]:not([async], [defer], [src=\"{FIRST}\"])').length"
        );
        assert_eq!(reader.eval(&first).await, 0);
        assert_eq!(reader.said().await, [""; 0]);
        let mut left = None;
        for file in files {
            let file: &'static str = file.leak();
            let pattern: &'static str = format!("{file}*").leak();
            for way in [Way::Missing, Way::Garbled, Way::Cut, Way::Stalled] {
                let way = way(pattern);
                self.bears(&reader, file, way, left).await;
                left = Some(file);
            }
        }
    }
}

#[apply(browser_test)]
async fn whatever_file_does_not_come_the_page_can_be_read_and_says_so() {
    let place = Place {
        base: BASE,
        page: "",
        folder: None,
        n_cards: 10,
        n_files: 7,
        acts: &ON_THE_PAGE,
    };
    place.bears_the_loss_of_any_file().await;
}

#[apply(browser_test)]
async fn nor_does_the_compact_form_need_any_file_to_be_read() {
    let place = Place {
        base: BASE,
        page: "embed.html",
        folder: None,
        n_cards: 4,
        n_files: 4,
        acts: &IN_AN_EMBED,
    };
    place.bears_the_loss_of_any_file().await;
}

#[apply(browser_test)]
async fn a_long_list_says_which_part_of_it_did_not_come() {
    let place = Place {
        base: "/places/",
        page: "",
        folder: Some(crate::long::site()),
        n_cards: 10,
        n_files: 6,
        acts: &IN_A_LONG_LIST,
    };
    place.bears_the_loss_of_any_file().await;
}

#[apply(browser_test)]
async fn a_site_that_is_not_kept_says_so_as_well() {
    let arguments = ["tests/datasets/tables/bridges.csv", "--no-offline"];
    let built = Built::with("unkept", &arguments);
    let place = Place {
        base: "/bridges/",
        page: "",
        folder: Some(built.0.clone()),
        n_cards: 6,
        n_files: 5,
        acts: &[],
    };
    place.bears_the_loss_of_any_file().await;
}

#[apply(browser_test)]
async fn what_an_address_asks_for_beside_the_cards_keeps_nothing_else_waiting() {
    let reader = wishing(Wish {
        waits: false,
        ..Wish::default()
    })
    .await;
    reader.site.begin_with(IMPATIENT);
    for page in [
        "#view=table",
        "#compare=chicago-il,philadelphia-pa",
        "embed.html?show=views,search&view=timeline",
    ] {
        for way in [
            Way::Missing("later-*"),
            Way::Garbled("later-*"),
            Way::Cut("later-*"),
            Way::Stalled("later-*"),
        ] {
            reader.goto_other("about:blank").await;
            reader.site.deliver(way);
            reader.goto_other(reader.site.url() + page).await;
            reader.until(READY).await;
            let said = match way {
                Way::Stalled(_) => "Loading…",
                _ => "This view needs a file that couldn’t be loaded.",
            };
            let beside = format!(
                "[...document.querySelectorAll('.other')].some(it => it.checkVisibility() && it.textContent.startsWith({}))",
                json!(said)
            );
            reader.until(&beside).await;
            let before = reader.eval(STATUS).await;
            reader.put("#q", "Chicago").await;
            reader.until(&format!("{STATUS} !== {before}")).await;
            assert_eq!(reader.eval(SETTLED).await, true, "{page}, {way:?}");
        }
        // The browser tells of the file, and of nothing else.
        let said = reader.said().await;
        let told = |it: &String| it.contains("later-") || it.contains("was preloaded");
        assert!(said.iter().all(told), "{page}: {said:?}");
    }
}

#[apply(browser_test)]
async fn what_an_address_asks_for_is_shown_when_it_comes_late() {
    let reader = wishing(Wish {
        waits: false,
        ..Wish::default()
    })
    .await;
    // Held back until it is let go, and counted.
    reader.site.begin_with(
        "const ask = fetch; globalThis.held = []; \
        globalThis.fetch = (it, ...how) => !String(it).includes('later-') ? ask(it, ...how) : \
        new Promise(go => held.push(go)).then(() => ask(it, ...how))",
    );
    reader.open_live("#view=table&compare=chicago-il").await;
    let waiting = "[...document.querySelectorAll('.other')].filter(it => it.textContent === 'Loading…').length";
    assert_eq!(reader.eval(waiting).await, 2);
    // Another letter isn't another request.
    reader.put("#q", "City").await;
    reader.until("location.hash.includes('q=City')").await;
    reader.eval("held.forEach(go => go())").await;
    reader
        .until("document.querySelector('.table a') && document.querySelector('.other--compared').textContent.includes('Chicago')")
        .await;
    assert_eq!(reader.eval("held.length").await, 1);
    reader.ends_with_an_empty_console().await;
}

/// A site of the nasty dataset; both go away with the test.
fn nasty() -> (Built, PathBuf) {
    let folder = env::temp_dir().join(format!("fact-explorer-nasty-{}", std::process::id()));
    write(&folder, 10_000, 100_000);
    let built = Built::with("nasty", &[folder.to_str().unwrap()]);
    (built, folder)
}

/// That nothing of the data ran or became a part of the page.
async fn is_harmless(reader: &Reader, of: &str) {
    assert_eq!(reader.eval(RAN).await, false, "{of}");
    let foreign = "[...document.querySelectorAll('body :is(img, iframe, object, embed, style, meta, base, i, b, [onerror], [onload], [onclick], [onmouseover]), \
        body script:not([src])')].map(it => it.outerHTML) \
        .filter(it => it !== document.querySelector('head > script:not([src], [type])')?.outerHTML)";
    assert_eq!(reader.eval(foreign).await, json!([]), "{of}");
    let leads = "[...document.links].map(it => it.protocol).filter(it => !/^(https?|mailto|file):$/.test(it))";
    assert_eq!(reader.eval(leads).await, json!([]), "{of}");
}

/// Where the site of the nasty dataset is.
const NASTY_AT: &str = "/nasty/";

async fn shows_every_view(reader: &Reader) {
    // Marks, other views, the comparison, what is noted for print, and what is told of what is chosen.
    for text in [
        "onerror",
        "window ran",
        "script",
        "constructor",
        "שלום",
        "b",
    ] {
        reader.put("#q", text).await;
        reader
            .until("document.querySelector('.card:not([hidden]) mark')")
            .await;
        is_harmless(reader, text).await;
    }
    reader
        .eval("document.querySelector('.result-bar__clear').click()")
        .await;
    reader
        .eval("[...document.querySelectorAll('[name=compare]')].slice(0, 4).forEach(it => it.click())")
        .await;
    reader
        .until("document.querySelector('.other--compared table, .other--compared [role=table]')")
        .await;
    is_harmless(reader, "comparison").await;
    reader
        .eval("document.querySelector('[name=view][value=table]').click()")
        .await;
    reader.until("document.querySelector('.table a')").await;
    is_harmless(reader, "table").await;
    reader
        .eval("(dispatchEvent(new Event('beforeprint')), 0)")
        .await;
    reader
        .until("document.querySelector('.other--noted').textContent")
        .await;
    is_harmless(reader, "notes").await;
    reader
        .eval("(dispatchEvent(new Event('afterprint')), 0)")
        .await;
    reader.open_the_sheet().await;
    is_harmless(reader, "what can be taken").await;
}

async fn shows_every_page(reader: &Reader) {
    // Whatever a card brings, and the pages of their own.
    let records: Vec<String> = serde_json::from_value(
        reader
            .eval("[...document.querySelectorAll('article')].map(it => it.dataset.subject)")
            .await,
    )
    .unwrap();
    for id in ["proto", "constructor"] {
        assert!(records.iter().any(|it| it == id), "{records:?}");
        reader.goto("about:blank").await;
        reader
            .goto(reader.site.url_of(NASTY_AT) + "#open=" + id)
            .await;
        reader.until(READY).await;
        reader
            .until(&format!(
                "document.querySelector('[data-subject={id}] details').open"
            ))
            .await;
        is_harmless(reader, id).await;
    }
    let others = [
        "about.html",
        "changes.html",
        "corrections.html",
        "embed.html",
    ];
    let records = records.iter().map(|it| format!("subject/{it}.html"));
    for page in records.step_by(5).chain(others.map(str::to_owned)) {
        reader
            .goto(reader.site.url_of(NASTY_AT) + page.as_str())
            .await;
        reader.until("document.readyState === 'complete'").await;
        is_harmless(reader, &page).await;
    }
}

#[apply(browser_test)]
async fn a_dataset_that_means_harm_is_shown_as_text() {
    let (built, folder) = nasty();
    let reader = wishing(Wish::default()).await;
    reader.site.host(NASTY_AT, built.0.clone());
    reader.goto(reader.site.url_of(NASTY_AT)).await;
    reader.until(READY).await;
    is_harmless(&reader, "cards").await;
    let shown = |css: &str| {
        format!(
            "[...document.querySelectorAll('{css}')].map(it => it.textContent.split(/[^\\S\\ufeff]+/).filter(it => it).join(' '))"
        )
    };
    let mut names: Vec<String> =
        serde_json::from_value(reader.eval(&shown("article h3")).await).unwrap();
    let mut expected = NASTY.map(as_shown).to_vec();
    names.sort();
    expected.sort();
    assert_eq!(names, expected);
    let links =
        "[...new Set([...document.querySelectorAll('.cite')].map(it => it.getAttribute('href')))]";
    assert_eq!(reader.eval(links).await, json!([LINK]));
    assert_eq!(reader.text("h1").await, TITLE);
    // Ten thousand values are found by their words; what is drawn anew is text, too.
    reader
        .put("[data-facet=many] .facet__find", "value 17-38")
        .await;
    let found = shown("[data-facet=many] .choice__label");
    reader
        .until(&format!("{found}.some(it => it === 'Value 17-38 <b>')"))
        .await;
    is_harmless(&reader, "values").await;
    reader
        .eval("document.querySelector('[data-facet=many] input[type=checkbox]').click()")
        .await;
    reader
        .until(&format!("{STATUS}.startsWith('1 of 26')"))
        .await;
    // Its id, typed to find it, is not a press on it.
    let types = "(() => { const field = document.querySelector('[data-facet=many] .facet__find'); \
                 field.value = document.querySelector('[data-facet=many] :checked').value; \
                 field.dispatchEvent(new Event('change', { bubbles: true })) })()";
    reader.eval(types).await;
    reader.eval("window.frame = 0").await;
    reader.until("++window.frame > 3").await;
    assert!(reader.status().await.starts_with("1 of 26"));
    reader
        .eval("document.querySelector('.result-bar__clear').click()")
        .await;
    shows_every_view(&reader).await;
    shows_every_page(&reader).await;
    let file = format!("file://{}", built.0.join("standalone.html").display());
    reader.goto(file).await;
    reader.until(READY).await;
    assert_eq!(reader.eval(RAN).await, false);
    reader.ends_with_an_empty_console().await;
    _ = fs::remove_dir_all(folder);
}

/// Numbers that look like any, and are the same each time: the generator of a seed (`SplitMix32`), and what
/// is drawn with it.
const DRAW: &str = "const drawn = seed => { \
    const next = n => { seed = (seed + 0x9e3779b9) | 0; let it = seed ^ (seed >>> 16); \
        it = Math.imul(it, 0x21f0aaad); it ^= it >>> 15; it = Math.imul(it, 0x735a2d97); \
        return ((it ^ (it >>> 15)) >>> 0) % n }; \
    const pick = all => all[next(all.length)]; \
    const text = () => Array.from({length: next(9)}, () => pick(['a', '=', '@', ',', '-', '9', '0', '%', '\\u0000', '\\ud800', '<', 'pymxPYMx', 'é'])).join(''); \
    const any = depth => [() => text(), () => next(1e9) - 5e8, () => pick([NaN, Infinity, -0, 1e308, null, undefined, true]), \
        () => BigInt(next(99)), () => new Date(NaN), () => new Map([[text(), 1]]), () => new Uint8Array(next(99)), \
        () => /x/g, () => new Error(text()), () => 'x'.repeat(next(1e5)), \
        () => depth ? Array.from({length: next(4)}, () => any(depth - 1)) : [], \
        () => Object.fromEntries(Array.from({length: depth ? next(5) : 0}, () => [pick(KEYS), any(depth - 1)])) ][next(12)](); \
    const KEYS = ['type', 'height', 'acted', 'sentinel', 'toString', 'valueOf', 'length', '__proto__', 'then', 'data']; \
    return { next, pick, text, any } }";

#[apply(browser_test)]
async fn where_nothing_may_be_kept_the_page_is_live() {
    let reader = wishing(Wish::default()).await;
    let refuse = "{ const refuse = (of, names) => names.forEach(it => Object.defineProperty(of, it, \
        {get() { throw new DOMException('not here', 'SecurityError') }})); \
        refuse(Window.prototype, ['caches', 'indexedDB']); \
        refuse(window, ['caches', 'indexedDB', 'localStorage', 'sessionStorage']); \
        refuse(Document.prototype, ['cookie']); refuse(Navigator.prototype, ['serviceWorker', 'storage']); \
        refuse(History.prototype, ['state']); \
        for (const it of ['pushState', 'replaceState']) History.prototype[it] = () => { throw new DOMException('full', 'QuotaExceededError') } }";
    reader.site.begin_with(refuse);
    reader.open_live("#finding=warned").await;
    reader.sees(5).await;
    reader.press("checkbox", "County").await;
    reader.sees(1).await;
    reader
        .press("DisclosureTriangle", "History of Cook County")
        .await;
    reader
        .until("document.querySelector('.history section')")
        .await;
    reader.press("radio", "Timeline").await;
    reader
        .until("document.querySelector('.timeline__picture svg')")
        .await;
    reader.press("button", "Clear all").await;
    reader.sees_status(10).await;
    reader.ends_with_an_empty_console().await;
}

impl Reader {
    /// Waits until the status begins with this number.
    async fn sees_status(&self, n: usize) {
        self.until(&format!("{STATUS}.startsWith('{n} of ')")).await;
    }
}

#[apply(browser_test)]
async fn where_what_was_kept_is_lost_or_refused_the_network_has_it() {
    let broken = Deploy::changed(&[]);
    let worker = broken.0.join("sw.js");
    let own = fs::read_to_string(&worker).unwrap();
    let refuse = "CacheStorage.prototype.match = () => \
        Promise.reject(new DOMException('not here', 'SecurityError'));\n";
    fs::write(worker, [refuse, &own].concat()).unwrap();
    let reader = wishing(Wish::default()).await;
    reader.site.host(BASE, broken.0.clone());
    reader.open_live("").await;
    reader.until("navigator.serviceWorker.controller").await;
    let before = reader.site.asked().len();
    reader.open_live("#open=chicago-il").await;
    reader
        .until("document.querySelector('.history section')")
        .await;
    let asked = reader.site.asked().split_off(before);
    assert!(asked.iter().any(|it| fits(it, "*.wasm")), "{asked:?}");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn where_storage_is_full_nothing_is_kept_and_the_page_is_live() {
    let reader = wishing(Wish::default()).await;
    let quota = json!({"origin": reader.site.origin(), "quotaSize": 20_000});
    reader.cdp("Storage.overrideQuotaForOrigin", quota).await;
    reader.open_live("").await;
    let ended = "(async () => { const it = await navigator.serviceWorker.getRegistration(); \
        const worker = it?.installing; \
        if (worker) await new Promise(done => worker.onstatechange = done); \
        return [worker?.state ?? null, await caches.keys()] })()";
    reader
        .until("(navigator.serviceWorker.getRegistration().then(it => window.asked = it), window.asked)")
        .await;
    assert_eq!(reader.eval(ended).await, json!(["redundant", []]));
    reader.press("checkbox", "Warned").await;
    reader.sees(5).await;
    reader.open_live("#finding=warned").await;
    reader.sees(5).await;
    // Nobody but the worker itself says that there is no room.
    let said = reader.said().await;
    let room = |it: &String| it.to_lowercase().contains("quota");
    assert!(said.iter().all(room), "{said:?}");
}

#[apply(browser_test)]
async fn whatever_an_entry_of_the_history_has_the_page_goes_on() {
    for (base, n) in [(BASE, 40), ("/places/", 420)] {
        let reader = wishing(Wish::default()).await;
        reader.site.host("/places/", crate::long::site());
        reader.goto(reader.site.url_of(base)).await;
        reader.until(READY).await;
        let states = format!(
            "(async () => {{ {DRAW}; const {{ next, pick, text, any }} = drawn({n}); \
             const own = ['q@12,5', '@-1,99999999999999999999', '@99999999999999999999,1', '@1e3,1e3', '@0,-5', 'as-of', 'q', '@,', '@7,7,7', '@\\ud800,1']; \
             for (let it = 0; it < 80; it++) {{ \
                 const state = pick([() => any(3), () => text(), () => pick(own), () => `@${{next(500)}},${{next(9000) - 4500}}`])(); \
                 try {{ history.replaceState(state, '', pick(['#', '#q=a', '#view=table', '#sort=name', '#open=x&x'])) }} catch {{ continue }} \
                 dispatchEvent(new PopStateEvent('popstate', {{ state }})); \
                 dispatchEvent(new Event('pagehide')); \
                 if (it % 20 === 0) await new Promise(requestAnimationFrame) \
             }} \
             history.replaceState(null, '', '#'); dispatchEvent(new PopStateEvent('popstate')); \
             return true }})()"
        );
        assert_eq!(reader.eval(&states).await, true);
        reader
            .until(&format!("{STATUS}.includes(' of {n} ')"))
            .await;
        reader
            .eval("document.querySelector('[data-facet=kind] input').click()")
            .await;
        reader.until("location.hash.startsWith('#kind=')").await;
        reader
            .until(&format!("!{STATUS}.startsWith('{n} of')"))
            .await;
        reader.ends_with_an_empty_console().await;
    }
}

#[apply(browser_test)]
async fn whatever_a_host_says_a_frame_goes_on_and_tells_it_nothing() {
    let reader = wishing(Wish::default()).await;
    let site = reader.site.url();
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A story</title>\
         <script>window.heard = []; addEventListener('message', it => {{ if (it.source !== window) heard.push(it.data) }})</script>\
         <script src=\"{site}embed.js\"></script></head><body>\
         <iframe src=\"{site}embed.html?childId=one\" title=\"The facts\" style=\"block-size:700px;inline-size:600px;border:0\"></iframe>\
         <iframe src=\"{site}\" title=\"The page\" style=\"block-size:700px;inline-size:600px;border:0\"></iframe>\
         </body></html>"
    );
    let host = Host::start(html, String::new()).await;
    reader.goto(host.url()).await;
    for frame in [0, 1] {
        reader.driver.enter_frame(frame).await.unwrap();
        reader.until(READY).await;
        reader.driver.enter_parent_frame().await.unwrap();
    }
    let say = format!(
        "(async () => {{ {DRAW}; const {{ next, pick, text, any }} = drawn(1373); heard.length = 0; \
         const bad = {{ toString: 1, valueOf: 1 }}; \
         const own = [bad, [bad], {{ type: 'fact-explorer:height', height: bad, acted: bad }}, \
             {{ type: 'fact-explorer:height', height: [77], acted: true }}, {{ type: bad }}, {{ type: 'fact-explorer:height', height: 77, acted: true }}, \
             'newer', 'newer?', 'use', 'pymxPYMx', 'pymxPYMxonexPYMx', 'x'.repeat(1e6), 'pymxPYMx' + 'xPYMx'.repeat(1e4)]; \
         const frames = document.querySelectorAll('iframe'); \
         for (let it = 0; it < 3000; it++) {{ \
             const message = it < own.length * 4 ? own[it % own.length] : any(3); \
             const to = pick([frames[0].contentWindow, frames[1].contentWindow, window]); \
             try {{ to.postMessage(message, '*') }} catch {{}} \
             if (it % 200 === 0) await new Promise(requestAnimationFrame) \
         }} \
         await new Promise(requestAnimationFrame); \
         return [heard, frames[0].offsetHeight] }})()"
    );
    // Nothing comes back.
    assert_eq!(reader.eval(&say).await, json!([[], 700]));
    // What is asked as a host may ask is answered, with the height and nothing else.
    reader
        .eval("(document.querySelector('iframe').contentWindow.postMessage('pymxPYMxonexPYMxwidthxPYMx600', '*'), 0)")
        .await;
    reader.until("heard.length === 4").await;
    let heard = reader.eval("heard").await;
    let height = heard[0]["height"].as_u64().unwrap();
    let expected = json!([
        {"type": "fact-explorer:height", "height": height, "acted": false, "by": 0},
        {"sentinel": "amp", "type": "embed-size", "height": height},
        {"datawrapper-height": {"fact-explorer": height}},
        format!("pymxPYMxonexPYMxheightxPYMx{height}"),
    ]);
    assert_eq!(heard, expected);
    for frame in [0, 1] {
        reader.driver.enter_frame(frame).await.unwrap();
        reader
            .eval("document.querySelector('[data-facet=finding] [value=warned]').click()")
            .await;
        reader.sees_status(5).await;
        reader.driver.enter_parent_frame().await.unwrap();
    }
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn no_setting_of_an_embed_stops_it() {
    let reader = wishing(Wish::default()).await;
    reader.goto(reader.site.url() + "about.html").await;
    let queries = format!(
        "(() => {{ {DRAW}; const {{ next, pick, text }} = drawn(42); \
         const keys = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'theme', 'accent', 'show', 'cards', 'only', \
             'finding', 'kind', 'as-of', 'view', 'sort', 'open', 'compare', 'q', '', '\"]', 'x,*{{}}', '%', 'childId']; \
         const value = () => pick([text, () => pick(keys), () => 'warned,\"],*', () => '-1', () => '1e9', () => 'chicago-il,chicago-il', () => '#fff;}}'])(); \
         return Array.from({{length: 14}}, (_, at) => Array.from({{length: 6}}, (_, it) => \
             encodeURIComponent(it ? pick(keys) : keys[at]) + '=' + encodeURIComponent(value().toWellFormed())).join('&')) }})()"
    );
    let queries: Vec<String> = serde_json::from_value(reader.eval(&queries).await).unwrap();
    for query in queries {
        reader.goto("about:blank").await;
        reader.open(&format!("embed.html?{query}")).await;
        reader.until(READY).await;
        // A setting may leave no card to be shown, and no more than it should.
        let n = "[...document.querySelectorAll('article')].filter(it => !it.hidden).length";
        let count = reader.eval(STATUS).await;
        let shown = reader.eval(n).await;
        assert!(
            count
                .as_str()
                .unwrap()
                .starts_with(&format!("{shown} of 40"))
                || reader.eval("document.querySelector('.cards').hidden").await == true,
            "{query}: {shown}, {count}"
        );
        let said = reader.said().await;
        let told = |it: &String| it.contains("is left out:");
        assert!(said.iter().all(told), "{query}: {said:?}");
    }
}

#[apply(browser_test)]
async fn whatever_the_settings_are_each_is_taken_or_told_and_does_nothing_else() {
    let reader = wishing(Wish::default()).await;
    reader.open("embed.html").await;
    reader.until(READY).await;
    let seen = "[document.body.getBoundingClientRect().height, document.querySelectorAll('article').length]";
    let before = reader.eval(seen).await;
    let settings = include_str!("settings.js");
    let settings = settings.trim_end().trim_end_matches(';');
    for seed in 0..4 {
        let draw = format!("(() => {{ {DRAW}; return (\n{settings}\n)(drawn({seed}), 150) }})()");
        assert_eq!(reader.eval(&draw).await, json!([]), "{seed}");
    }
    assert_eq!(reader.eval(seen).await, before);
    reader
        .eval("document.querySelector('[data-facet=finding] [value=warned]').click()")
        .await;
    reader.sees_status(5).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn whatever_a_frame_says_its_host_makes_it_no_higher_than_it_may_be() {
    let reader = wishing(Wish::default()).await;
    let site = reader.site.url();
    let frame = |more: &str| {
        format!(
            "<iframe src=\"{site}embed.html\" {more} title=\"The facts\" style=\"block-size:700px;inline-size:600px;border:0\"></iframe>"
        )
    };
    // Two of the explorer's, the second of them far below the screen, and one of another's.
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A story</title>\
         <script>window.wrong = []; addEventListener('error', it => wrong.push(it.message))</script>\
         <script src=\"{site}embed.js\"></script></head><body>{}<p style=\"height:3000px\"></p>{}\
         <iframe src=\"data:text/html,<p>\" title=\"Another\" style=\"block-size:100px\"></iframe></body></html>",
        frame(""),
        frame("")
    );
    let host = Host::start(html, String::new()).await;
    reader.goto(host.url()).await;
    let say = format!(
        "(() => {{ {DRAW}; const {{ next, pick, text, any }} = drawn(SEED); \
         const number = () => pick([-1, 0, -0, NaN, Infinity, 1e308, 1e5, 99999.5, 0.5, 1e-9, next(3000), '77', [77], {{}}, null, true, any(2)]); \
         for (let it = 0; it < 1500; it++) {{ \
             const message = pick([() => ({{ type: 'fact-explorer:height', height: number(), acted: pick([true, false, any(1)]) }}), \
                 () => ({{ type: pick(['fact-explorer:height', any(1)]), height: number(), style: text() }}), () => any(3)])(); \
             try {{ parent.postMessage(message, '*') }} catch {{}} \
         }} \
         parent.postMessage({{ type: 'fact-explorer:height', height: 640.5, acted: true }}, '*') }})()"
    );
    for (frame, seed) in [(0, "7"), (1, "8"), (2, "9")] {
        reader.driver.enter_frame(frame).await.unwrap();
        if frame < 2 {
            reader.until(READY).await;
        }
        reader.eval(&say.replace("SEED", seed)).await;
        reader.driver.enter_parent_frame().await.unwrap();
    }
    let heights = "[...document.querySelectorAll('iframe')].map(it => getComputedStyle(it).height)";
    reader
        .until(&format!(
            "{heights}.slice(0, 2).every(it => it === '640.5px')"
        ))
        .await;
    // Another's frame isn't listened to; nothing else of the page has changed.
    assert_eq!(reader.eval(heights).await[2], "100px");
    let rest = "[wrong, document.body.children.length]";
    assert_eq!(reader.eval(rest).await, json!([[], 4]));
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_clock_that_is_wrong_changes_nothing() {
    let mut seen = Vec::new();
    for now in [None, Some("0"), Some("Date.UTC(2100, 1, 28)")] {
        let reader = wishing(Wish::default()).await;
        if let Some(now) = now {
            reader.site.begin_with(&format!(
                "{{ const Real = Date, now = {now}; globalThis.Date = class extends Real {{ \
                 constructor(...it) {{ if (it.length) super(...it); else super(now) }} \
                 static now() {{ return now }} }} }}"
            ));
        }
        reader.open_live("#open=chicago-il").await;
        reader
            .until("document.querySelector('.history section')")
            .await;
        reader.open_the_sheet().await;
        let text = "document.body.textContent.replaceAll(location.origin, '') + document.querySelector('[name=as-of]').value";
        let page = reader.eval(text).await;
        reader.press("button", "Done").await;
        reader.press("button", "Latest").await;
        reader.until("location.hash.includes('as-of=2021')").await;
        let hash = reader.eval("location.hash").await;
        reader.open("subject/chicago-il.html").await;
        reader.until("document.readyState === 'complete'").await;
        let record = reader
            .eval("document.body.textContent.replaceAll(location.origin, '')")
            .await;
        seen.push([page, hash, record]);
        reader.ends_with_an_empty_console().await;
    }
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    for wrong in &seen[1..] {
        for (right, wrong) in seen[0].iter().zip(wrong) {
            assert_eq!(text(right), text(wrong));
        }
    }
    assert!(!text(&seen[1][0]).contains("1970") && !text(&seen[2][0]).contains("2100"));
}

/// So many actions of a reader, as the events that a browser makes of them; then the page as it began.
const ACT: &str = "(async (n, seed) => { DRAW; const { next, pick } = drawn(seed); \
    const all = css => [...document.querySelectorAll(css)]; \
    const { port1, port2 } = new MessageChannel(); const turn = () => new Promise(done => { port1.onmessage = done; port2.postMessage(0) }); \
    const type = text => { const it = document.getElementById('q'); it.value = text; it.dispatchEvent(new Event('input', {bubbles: true})) }; \
    const choose = (it, value) => { it.value = value; it.dispatchEvent(new Event('change', {bubbles: true})) }; \
    const acts = [ \
        () => pick(all('[data-facet] input[type=checkbox]'))?.click(), \
        () => pick(all('[data-facet] :checked'))?.click(), \
        () => type(pick(['', 'c', 'count', 'letter', 'phildelphia', 'grant mayor', 'zzz'])), \
        () => pick(all('[name=view]')).click(), \
        () => pick(all('.as-of [data-day]'))?.click(), \
        () => choose(document.querySelector('[name=as-of]'), pick(['2017-11-15', '2018-02-01', '2016-01-01', ''])), \
        () => pick(all(OPENED).filter(it => it.checkVisibility()))?.click(), \
        () => pick(all('[name=compare]:not(:disabled)'))?.click(), \
        () => { const it = document.querySelector('[name=sort]'); choose(it, pick([...it.options].filter(it => !it.disabled)).value) }, \
        () => pick(all('.other button[data-to]'))?.click(), \
        () => document.querySelector('.result-bar__clear').click(), \
        () => dispatchEvent(new PopStateEvent('popstate')), \
        () => document.querySelector('[popovertarget=take]').click(), \
    ]; \
    for (let it = 0; it < n; it++) { pick(acts)(); await turn(); if (it % 100 === 0) await new Promise(requestAnimationFrame) } \
    document.querySelectorAll(':popover-open').forEach(it => it.hidePopover()); \
    document.querySelector('.result-bar__clear').click(); type(''); await turn(); \
    document.querySelector('[name=view][value=cards]').click(); await turn(); \
    choose(document.querySelector('[name=as-of]'), '2017-10-12'); await turn(); \
    choose(document.querySelector('[name=sort]'), document.querySelector('[name=sort]').options[0].value); await turn(); \
    document.querySelector('details.card__details[open] summary')?.click(); \
    all('[name=compare]:checked').forEach(it => it.click()); \
    for (let it = 0; it < 20; it++) await new Promise(requestAnimationFrame); \
    return document.querySelector('[role=status]').textContent.startsWith('10 of 40') })";

/// How many actions are done in one call, which a driver waits for.
const AT_ONCE: usize = 200;

/// The cards that are opened.
const OPENED: [&str; 6] = [
    "chicago-il",
    "california",
    "new-york-city-ny",
    "philadelphia-pa",
    "connecticut",
    "king-county-wa",
];

/// What a page takes: bytes of the WASM's memory, nodes, listeners, and bytes of the scripts' heap.
async fn taken(reader: &Reader) -> [u64; 4] {
    for _ in 0..3 {
        reader.cdp("HeapProfiler.collectGarbage", json!({})).await;
    }
    let metrics = reader.cdp("Performance.getMetrics", json!({})).await;
    let of = |name: &str| {
        let mut all = metrics["metrics"].as_array().unwrap().iter();
        let one = all.find(|it| it["name"] == name).unwrap();
        let value = one["value"].as_f64().unwrap();
        format!("{value:.0}").parse().unwrap()
    };
    let wasm = reader.eval("wasmMemory.buffer.byteLength").await;
    [
        wasm.as_u64().unwrap(),
        of("Nodes"),
        of("JSEventListeners"),
        of("JSHeapUsedSize"),
    ]
}

#[apply(browser_test)]
async fn whatever_a_reader_does_and_however_long_nothing_grows() {
    let reader = wishing(Wish::default()).await;
    reader.site.begin_with(
        "for (const name of ['instantiate', 'instantiateStreaming']) { \
         const own = WebAssembly[name]; \
         WebAssembly[name] = async (...it) => { \
         const made = await own.apply(WebAssembly, it); \
         globalThis.wasmMemory ??= Object.values((made.instance ?? made).exports).find(it => it instanceof WebAssembly.Memory); \
         return made } }",
    );
    reader.cdp("Performance.enable", json!({})).await;
    reader.open_live("#as-of=latest").await;
    // A record comes once and stays in its card: of these six it is there from the start.
    for subject in OPENED {
        let open = format!("document.querySelector('[data-subject={subject}] summary').click()");
        reader.eval(&open).await;
        reader
            .until("document.querySelector('details[open] .history section')")
            .await;
    }
    let summaries = OPENED.map(|it| format!("[data-subject={it}] summary"));
    let act = ACT.replace("DRAW", DRAW);
    let act = act.replace("OPENED", &json!(summaries.join(",")).to_string());
    let n: usize = env::var("FACT_EXPLORER_ACTIONS").map_or(2_000, |it| it.parse().unwrap());
    let mut at = Vec::new();
    for step in 0..n / AT_ONCE {
        let done = reader.eval(&format!("{act}({AT_ONCE}, {step})")).await;
        assert_eq!(done, true, "{step}");
        // By then all that is made once is there.
        if (step + 1) * AT_ONCE >= n / 5 {
            at.push(taken(&reader).await);
        }
    }
    println!("WASM, nodes, listeners, heap: {at:?}");
    let (before, middle, after) = (at[0], at[at.len() / 2], at[at.len() - 1]);
    // It only grows, in steps of some pages: one may still come where what was freed isn't in one piece.
    assert_eq!(after[0], middle[0], "the WASM's memory: {at:?}");
    assert_eq!(after[2], before[2], "listeners: {at:?}");
    // Some that are gone are still to be collected; of each action one would be thousands.
    assert!(after[1] <= before[1] + 300, "nodes: {at:?}");
    // What a browser notes to run scripts faster grows at first.
    let heap = middle[3] + 64 * n as u64;
    assert!(after[3] <= heap, "heap: {at:?}");
    let said = reader.said().await;
    assert!(said.iter().all(|it| it.contains("Throttling")), "{said:?}");
}

#[apply(browser_test)]
async fn two_tabs_leave_each_other_alone() {
    let reader = at("#finding=warned").await;
    reader.sees(5).await;
    let one = reader.opens_another().await;
    let two = reader.driver.window().await.unwrap();
    let state =
        "[location.hash, history.length, document.querySelector('[role=status]').textContent]";
    let before = {
        reader.driver.switch_to_window(one.clone()).await.unwrap();
        reader.press("checkbox", "County").await;
        reader.until(&format!("{STATUS}.startsWith('1 of')")).await;
        reader.eval(state).await
    };
    reader.driver.switch_to_window(two).await.unwrap();
    reader.open_live("#view=table").await;
    reader.press("checkbox", "Cleared").await;
    reader.until(&format!("{STATUS}.startsWith('4 of')")).await;
    reader.press("searchbox", "Search").await;
    reader.keys("miami").await;
    reader.until(&format!("{STATUS}.startsWith('1 of')")).await;
    reader.driver.back().await.unwrap();
    reader.until(&format!("{STATUS}.startsWith('4 of')")).await;
    reader.driver.switch_to_window(one).await.unwrap();
    assert_eq!(reader.eval(state).await, before);
    reader.driver.back().await.unwrap();
    reader.until("location.hash === '#finding=warned'").await;
    reader.until(&format!("{STATUS}.startsWith('5 of')")).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn whoever_comes_back_finds_the_page_as_it_was_left() {
    let reader = at("#as-of=latest").await;
    reader.press("checkbox", "City").await;
    reader.until("location.hash.includes('kind=city')").await;
    if reader.engine == Engine::WebKit {
        reader.eval("document.activeElement.blur()").await;
    }
    let left = reader.eval("(scrollTo(0, 900), [location.hash, document.querySelector('[role=status]').textContent])").await;
    reader.until("scrollY > 800").await;
    for _ in 0..3 {
        let noted =
            "(addEventListener('pageshow', it => window.kept = it.persisted, {once: true}), 0)";
        reader.eval(noted).await;
        reader.goto(reader.site.url() + "about.html").await;
        reader.driver.back().await.unwrap();
        reader.until(READY).await;
        // Others needn't keep it whole.
        if reader.engine == Engine::Chromium {
            assert_eq!(reader.eval("window.kept ?? null").await, true);
        }
        reader.until("scrollY > 800").await;
        let now = "[location.hash, document.querySelector('[role=status]').textContent]";
        assert_eq!(reader.eval(now).await, left);
    }
    // One press is one change, and one step back.
    let n = reader.eval("history.length").await.as_u64().unwrap();
    let press = "(window.told = 0, new MutationObserver(() => window.told++).observe(document.querySelector('[role=status]'), {childList: true, characterData: true, subtree: true}), \
        document.querySelector('[data-facet=kind] [value=county]').click())";
    reader.eval(press).await;
    reader.until("location.hash.includes('county')").await;
    reader
        .until("window.frame = (window.frame || 0) + 1, window.frame > 3")
        .await;
    assert_eq!(reader.eval("told").await, 1);
    // What was ahead is gone, and one step has come.
    assert_eq!(reader.eval("history.length").await, n);
    reader.driver.back().await.unwrap();
    reader
        .until(&format!("location.hash === {}", left[0]))
        .await;
    reader.ends_with_an_empty_console().await;
}
