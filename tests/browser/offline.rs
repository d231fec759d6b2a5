use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use fact_explorer::site::offline::Offline;
use fact_explorer::site::published::files;
use macro_rules_attribute::apply;
use serde_json::json;
use thirtyfour::prelude::*;

use crate::accessibility::violations;
use crate::reader::{Reader, Wish, at, wishing};
use crate::server::{BASE, Way, dist, fits};

/// What is on the host, in a folder of its own, gone with the test.
pub struct Deploy(pub PathBuf);

impl Deploy {
    /// The release with some words changed: in which page, what and to what.
    pub fn changed(changes: &[(&str, &str, &str)]) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("fact-explorer-deploy-{}-{number}", std::process::id());
        let deploy = Self(std::env::temp_dir().join(name));
        copy(&dist(), &deploy.0);
        for (page, from, to) in changes {
            deploy.change(page, from, to);
        }
        deploy.publish(Offline::On);
        deploy
    }

    /// One that a reader can tell from the release: by its name, by another page, and by a second pack
    /// of another name.
    fn newer() -> Self {
        let pack = published("more-*.pack");
        let own = "more-0123456789abcdef.pack";
        let deploy = Self::changed(&[
            ("index.html", "<h1>Who did", "<h1>Whom did"),
            ("index.html", &pack, own),
            ("embed.html", &pack, own),
            (
                "about.html",
                "Behind the facts</h1>",
                "Behind all facts</h1>",
            ),
        ]);
        fs::rename(deploy.0.join(pack), deploy.0.join(own)).unwrap();
        deploy.publish(Offline::On);
        deploy
    }

    fn change(&self, page: &str, from: &str, to: &str) {
        let page = self.0.join(page);
        let text = fs::read_to_string(&page).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(page, text.replace(from, to)).unwrap();
    }

    fn publish(&self, offline: Offline) {
        offline.write(&self.0, &files(&self.0).unwrap()).unwrap();
    }
}

impl Drop for Deploy {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

/// The name of a file of the release.
fn published(pattern: &str) -> String {
    let mut files = files(&dist()).unwrap().into_iter();
    files.find(|it| fits(&it.path, pattern)).unwrap().path
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let own = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &own);
        } else {
            fs::copy(entry.path(), own).unwrap();
        }
    }
}

/// Opens the page and waits until the browser has kept the site.
async fn kept() -> Reader {
    let reader = at("").await;
    reader.until("navigator.serviceWorker.controller").await;
    reader
}

/// Looks for a newer version, and tells what became of it: `installed` or `redundant`.
async fn look(reader: &Reader) -> String {
    let look = "(async () => { \
        const it = await navigator.serviceWorker.getRegistration(); \
        const end = new Promise(done => it.addEventListener('updatefound', () => { \
            const worker = it.installing; \
            worker.addEventListener('statechange', () => done(worker.state)) })); \
        await it.update(); \
        return await end })()";
    reader.eval(look).await.as_str().unwrap().to_owned()
}

async fn title(reader: &Reader) -> String {
    reader.text("h1").await
}

/// The heading of another page, as this page gets it.
async fn heading_of(reader: &Reader, page: &str) -> String {
    let fetch = format!(
        "(async () => (await (await fetch('{page}')).text()).match(/<h1>(.*?)<\\/h1>/)[1])()"
    );
    reader.eval(&fetch).await.as_str().unwrap().to_owned()
}

async fn caches(reader: &Reader) -> Vec<String> {
    let keys = reader.eval("caches.keys()").await;
    let keys = keys.as_array().unwrap().iter();
    keys.map(|it| it.as_str().unwrap().to_owned()).collect()
}

const OLD: &str = "Who did the Justice Department warn?";
const NEW: &str = "Whom did the Justice Department warn?";
/// The words of the note, once they are there.
const NOTE: &str = "document.querySelector('.newer[role=status] button')";
const LIVE: &str = "document.documentElement.hasAttribute('data-ready')";

/// Whether the page was loaded anew since `window.before` was set, and is live.
const LOADED_ANEW: &str = "!window.before && document.documentElement.hasAttribute('data-ready')";

#[apply(browser_test)]
async fn after_one_visit_the_whole_site_works_without_a_network() {
    let mut reader = kept().await;
    let asked = reader.site.asked();
    let never = ["*.br", "*.gz", "*/sitemap.xml", "*/embed.js", "*.png"];
    let icons = format!("{BASE}icons/*");
    let needless = asked
        .iter()
        .find(|it| !fits(it, &icons) && never.iter().any(|never| fits(it, never)));
    assert_eq!(needless, None);
    reader.site.go_away().await;
    // The page that is open: a view that needs the second pack, and the rest of a record.
    reader.press("radio", "Timeline").await;
    reader
        .until("document.querySelector('.timeline__picture svg')")
        .await;
    reader.open_live("#open=chicago-il").await;
    reader.sees(10).await;
    reader
        .until("document.querySelector('.history section')")
        .await;
    reader.press("link", "The whole record of Chicago").await;
    reader
        .until("document.querySelector('h1').textContent === 'City of Chicago'")
        .await;
    for (page, heading) in [
        ("about.html", "Behind the facts"),
        ("changes.html", "What changed"),
        ("corrections.html", "Corrections"),
        // As hosts have it that leave the ending out.
        ("about", "Behind the facts"),
    ] {
        reader.open(page).await;
        assert_eq!(title(&reader).await, heading);
    }
    reader.open("embed.html?finding=warned&theme=dark").await;
    reader.until(LIVE).await;
    assert!(reader.status().await.starts_with("5 of "));
    reader.open_live("#view=map").await;
    reader.until("document.querySelector('.map svg')").await;
    let status = "Promise.all(['data/dataset.csv', 'data/dataset.json', 'changes.atom', \
        'manifest.webmanifest', 'icons/512.png'].map(async it => (await fetch(it)).status))";
    assert_eq!(reader.eval(status).await, json!([200, 200, 200, 200, 200]));
    // What isn't kept is asked of the network, as ever.
    let fails = "fetch('sitemap.xml').then(() => false, () => true)";
    assert_eq!(reader.eval(fails).await, true);
    reader.site.come_back().await;
    reader.open_live("").await;
    assert_eq!(
        reader.eval("fetch('sitemap.xml').then(it => it.ok)").await,
        true
    );
    let said = reader.said().await;
    assert!(said.iter().all(|it| it.contains("sitemap.xml")), "{said:?}");
}

#[apply(browser_test)]
async fn a_newer_version_waits_for_the_reader_and_then_replaces_the_old_whole() {
    let reader = kept().await;
    let newer = Deploy::newer();
    reader.site.host(BASE, newer.0.clone());
    // Loaded again, the page is the old one, all of it, and says that there is a newer one.
    reader.open_live("#finding=warned").await;
    assert_eq!(title(&reader).await, OLD);
    reader.until(NOTE).await;
    assert_eq!(reader.text(".newer p").await, "A newer version is here.");
    assert_eq!(heading_of(&reader, "about.html").await, "Behind the facts");
    // It lies over the page, and neither what has the focus nor the page's end is behind it.
    let watch = "(async () => { let sum = 0; const shifts = new PerformanceObserver(it => \
        it.getEntries().forEach(it => sum += it.value)); \
        shifts.observe({type: 'layout-shift', buffered: true}); \
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); \
        return sum })()";
    assert_eq!(reader.eval(watch).await, json!(0));
    // In forced colours a line here and there is wider.
    assert_eq!(violations(&reader).await, [""; 0]);
    let seen = "document.activeElement.getBoundingClientRect().bottom \
        <= document.querySelector('.newer').getBoundingClientRect().top";
    for _ in 0..30 {
        reader.keys(Key::Tab).await;
        assert_eq!(reader.eval(seen).await, true);
    }
    let end = "(scrollTo(0, 1e6), document.querySelector('.colophon').getBoundingClientRect().bottom \
        <= document.querySelector('.newer').getBoundingClientRect().top)";
    assert_eq!(reader.eval(end).await, true);

    // Another page takes it, by keys alone.
    let old = reader.opens_another().await;
    reader.open_live("#view=table").await;
    assert_eq!(title(&reader).await, OLD);
    reader.until(NOTE).await;
    let button = reader.find("button", "Use it").await;
    reader
        .eval("document.querySelector('.colophon a:last-of-type').focus()")
        .await;
    while reader.focused().await != button {
        reader.keys(Key::Tab).await;
    }
    let outline = "getComputedStyle(document.activeElement).outlineStyle";
    assert_eq!(reader.eval(outline).await, "solid");
    reader.eval("window.before = true").await;
    reader.keys(Key::Enter).await;
    reader.until(LOADED_ANEW).await;
    assert_eq!(title(&reader).await, NEW);
    assert_eq!(reader.fragment().await, "view=table");
    assert_eq!(heading_of(&reader, "about.html").await, "Behind all facts");
    reader.press("radio", "Timeline").await;
    reader
        .until("document.querySelector('.timeline__picture svg')")
        .await;

    // The page that was open stays what it was until it is loaded again.
    reader.driver.switch_to_window(old).await.unwrap();
    assert_eq!(heading_of(&reader, "about.html").await, "Behind the facts");
    reader.press("radio", "Timeline").await;
    reader
        .until("document.querySelector('.timeline__picture svg')")
        .await;
    reader.open_live("").await;
    assert_eq!(title(&reader).await, NEW);
    assert_eq!(reader.eval(NOTE).await, json!(null));
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_page_that_was_left_open_learns_of_a_newer_version() {
    let reader = kept().await;
    let newer = Deploy::newer();
    reader.site.host(BASE, newer.0.clone());
    // It is looked at again.
    reader
        .eval("document.dispatchEvent(new Event('visibilitychange'))")
        .await;
    reader.until(NOTE).await;
    reader.eval("window.before = true").await;
    reader.press("button", "Use it").await;
    reader.until(LOADED_ANEW).await;
    assert_eq!(title(&reader).await, NEW);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_deploy_that_is_not_whole_leaves_the_old_version() {
    let mut reader = kept().await;
    let before = caches(&reader).await;
    // A file is missing; a page is still the old one, as while files are being copied.
    let missing = Deploy::newer();
    fs::remove_file(missing.0.join("changes.html")).unwrap();
    let mixed = Deploy::newer();
    fs::copy(dist().join("about.html"), mixed.0.join("about.html")).unwrap();
    for deploy in [&missing, &mixed] {
        reader.site.host(BASE, deploy.0.clone());
        assert_eq!(look(&reader).await, "redundant");
        assert_eq!(caches(&reader).await, before);
        reader.open_live("").await;
        assert_eq!(title(&reader).await, OLD);
        assert_eq!(reader.eval(NOTE).await, json!(null));
    }
    reader.site.go_away().await;
    reader.open("about.html").await;
    assert_eq!(title(&reader).await, "Behind the facts");
    reader.site.come_back().await;
    // Once it is whole, it comes.
    let whole = Deploy::newer();
    reader.site.host(BASE, whole.0.clone());
    reader.open_live("").await;
    reader.until(NOTE).await;
    reader.driver.clone().quit().await.unwrap();
}

/// Notes what becomes of each worker that a page asks for.
const BECAME: &str = "{ globalThis.became = []; const { prototype } = ServiceWorkerContainer, own = prototype.register; \
    prototype.register = async function (...it) { const made = await own.apply(this, it), worker = made.installing; \
    became.push(worker?.state); \
    worker?.addEventListener('statechange', () => became.push(worker.state)); return made } }";

#[apply(browser_test)]
async fn where_the_line_is_cut_nothing_is_kept_and_the_next_visit_keeps_it_all() {
    let mut reader = wishing(Wish {
        way: Way::Cut("subject/*.html"),
        ..Wish::default()
    })
    .await;
    reader.site.begin_with(BECAME);
    reader.open_live("").await;
    reader.until("became.includes('redundant')").await;
    assert_eq!(caches(&reader).await, [""; 0]);
    reader.press("checkbox", "Warned").await;
    reader.sees(5).await;
    // Only the browser and the worker say anything, and of those files.
    let said = reader.said().await;
    let told = ["/subject/", "sw.js", "NetworkError"];
    let is_told = |it: &String| told.iter().any(|of| it.contains(of));
    assert!(said.iter().all(is_told), "{said:?}");
    reader.site.deliver(Way::Open);
    reader.open_live("").await;
    reader.until("navigator.serviceWorker.controller").await;
    reader.site.go_away().await;
    reader.open("subject/chicago-il.html").await;
    assert_eq!(title(&reader).await, "City of Chicago");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_newer_version_that_never_comes_whole_leaves_the_old_one() {
    let reader = kept().await;
    let before = caches(&reader).await;
    let newer = Deploy::newer();
    reader.site.host(BASE, newer.0.clone());
    reader.site.deliver(Way::Stalled("subject/*.html"));
    reader
        .eval("(navigator.serviceWorker.getRegistration().then(it => it.update()).catch(() => {}), 0)")
        .await;
    reader
        .until("(navigator.serviceWorker.getRegistration().then(it => window.coming = it.installing), window.coming)")
        .await;
    for _ in 0..2 {
        reader.open_live("#open=chicago-il").await;
        reader
            .until("document.querySelector('.history section')")
            .await;
        assert_eq!(title(&reader).await, OLD);
        assert_eq!(reader.eval(NOTE).await, json!(null));
        assert_eq!(caches(&reader).await, before);
    }
    let coming =
        "navigator.serviceWorker.getRegistration().then(it => [it.installing?.state, it.waiting])";
    assert_eq!(reader.eval(coming).await, json!(["installing", null]));
    reader.ends_with_an_empty_console().await;
}

/// Takes the version that waits.
async fn use_it(reader: &Reader) {
    reader.until(NOTE).await;
    reader.eval("window.before = true").await;
    reader.press("button", "Use it").await;
    reader.until(LOADED_ANEW).await;
}

#[apply(browser_test)]
async fn a_step_back_is_a_newer_version_too_and_two_versions_are_kept() {
    let mut reader = kept().await;
    let [first] = &caches(&reader).await[..] else {
        panic!("one version")
    };
    let newer = Deploy::newer();
    reader.site.host(BASE, newer.0.clone());
    assert_eq!(look(&reader).await, "installed");
    use_it(&reader).await;
    assert_eq!(title(&reader).await, NEW);
    let both = caches(&reader).await;
    assert!(both.len() == 2 && both[0] == *first, "{both:?}");
    // Back to the first.
    reader.site.host(BASE, dist());
    assert_eq!(look(&reader).await, "installed");
    use_it(&reader).await;
    assert_eq!(title(&reader).await, OLD);
    assert_eq!(heading_of(&reader, "about.html").await, "Behind the facts");
    assert_eq!(caches(&reader).await, both);
    // A third one replaces the older of the two.
    let third = Deploy::changed(&[("index.html", "<h1>Who did", "<h1>Third: who did")]);
    reader.site.host(BASE, third.0.clone());
    assert_eq!(look(&reader).await, "installed");
    use_it(&reader).await;
    let now = caches(&reader).await;
    assert!(now.len() == 2 && now[0] == *first, "{now:?}");
    assert!(!both.contains(&now[1]), "{now:?}");
    reader.site.go_away().await;
    reader.open_live("").await;
    assert!(title(&reader).await.starts_with("Third"));
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn switched_off_it_takes_away_what_was_kept_and_nothing_else() {
    let reader = kept().await;
    reader
        .eval("caches.open('another’s').then(it => it.put('x', new Response('x'))).then(() => 0)")
        .await;
    assert_eq!(caches(&reader).await.len(), 2);
    let off = Deploy::changed(&[]);
    let script = published("offline-*.js");
    let script = format!("<script async src=\"./{script}\"></script>");
    off.change("index.html", &script, "");
    off.publish(Offline::Off);
    reader.site.host(BASE, off.0.clone());
    reader.eval("window.before = true").await;
    look(&reader).await;
    let gone = "window.gone === true || (navigator.serviceWorker.getRegistration()\
        .then(it => window.gone = it === undefined), false)";
    reader.until(gone).await;
    assert_eq!(caches(&reader).await, ["another’s"]);
    // The page stays as it is, without a word.
    assert_eq!(reader.eval("window.before").await, true);
    assert_eq!(reader.eval(NOTE).await, json!(null));
    reader.press("checkbox", "Warned").await;
    reader.sees(5).await;
    reader.open_live("").await;
    assert_eq!(registrations(&reader).await, 0);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn two_explorers_on_a_host_keep_to_themselves() {
    let mut reader = kept().await;
    // One lies within the other's folder.
    let inner = format!("{BASE}again/");
    let first = Deploy::changed(&[("index.html", "<h1>Who did", "<h1>Inner: who did")]);
    reader.site.host(&inner, first.0.clone());
    reader.open_live("again/").await;
    reader
        .until("navigator.serviceWorker.controller.scriptURL.endsWith('again/sw.js')")
        .await;
    assert!(title(&reader).await.starts_with("Inner"));
    let both = caches(&reader).await;
    assert_eq!(both.len(), 2);
    assert!(
        both[0].starts_with(&format!("fact-explorer {BASE} ")),
        "{both:?}"
    );
    assert!(
        both[1].starts_with(&format!("fact-explorer {inner} ")),
        "{both:?}"
    );
    // The outer one changes, and is then switched off; the inner one is untouched.
    let newer = Deploy::newer();
    reader.site.host(BASE, newer.0.clone());
    reader.open_live("").await;
    use_it(&reader).await;
    assert_eq!(title(&reader).await, NEW);
    newer.publish(Offline::Off);
    // The page itself may look at the same moment, after which there is nothing to look for.
    reader
        .eval("(navigator.serviceWorker.getRegistration().then(it => it.update()).catch(() => {}), 0)")
        .await;
    let left = format!(
        "window.left || (caches.keys().then(it => window.left = \
         it.every(it => it.startsWith('fact-explorer {inner} '))), false)"
    );
    reader.until(&left).await;
    reader.site.go_away().await;
    reader.open_live("again/").await;
    assert!(title(&reader).await.starts_with("Inner"));
    reader.ends_with_an_empty_console().await;
}

/// How many workers there are for this host, after a page had the time to ask for one.
async fn registrations(reader: &Reader) -> u64 {
    let count = "(async () => { \
        for (let it = 0; it < 3; it++) await new Promise(globalThis.requestIdleCallback ?? (it => setTimeout(it, 500))); \
        return (await navigator.serviceWorker.getRegistrations()).length })()";
    reader.eval(count).await.as_u64().unwrap()
}

#[apply(browser_test)]
async fn where_a_reader_saves_data_nothing_is_kept() {
    let asked_for_it =
        |reader: &Reader| reader.site.asked().iter().any(|it| it.ends_with("/sw.js"));
    let reader = at("").await;
    assert_eq!(registrations(&reader).await, 1);
    assert!(asked_for_it(&reader));
    let reader = wishing(Wish {
        saves_data: true,
        ..Wish::default()
    })
    .await;
    for page in ["", "about.html", "subject/chicago-il.html"] {
        reader.open(page).await;
        reader.until("document.readyState === 'complete'").await;
        assert_eq!(registrations(&reader).await, 0, "{page}");
    }
    assert!(!asked_for_it(&reader));
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_record_alone_brings_the_whole_site_too() {
    let mut reader = wishing(Wish::default()).await;
    reader.open("subject/chicago-il.html").await;
    reader.until("navigator.serviceWorker.controller").await;
    reader.site.go_away().await;
    reader.open_live("").await;
    reader.sees(10).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn in_a_frame_and_in_the_compact_form_nothing_is_kept() {
    let reader = wishing(Wish::default()).await;
    let site = reader.site.url();
    let host = format!(
        "<!doctype html><title>Host</title><link rel=\"icon\" href=\"data:,\">\
         <iframe src=\"{site}\"></iframe><iframe sandbox=\"allow-scripts\" src=\"{site}\"></iframe>"
    );
    let host = reader.site.show("/host.html", host);
    reader.goto(host).await;
    for frame in 0..(if reader.runs_sandboxed() { 2 } else { 1 }) {
        reader.driver.enter_frame(frame).await.unwrap();
        reader.until(LIVE).await;
        reader.driver.enter_parent_frame().await.unwrap();
    }
    reader.open("embed.html").await;
    reader.until(LIVE).await;
    assert_eq!(registrations(&reader).await, 0);
    assert!(!reader.site.asked().iter().any(|it| it.ends_with("/sw.js")));
    reader.ends_with_an_empty_console().await;
}
