use std::path::{Path, PathBuf};
use std::{env, fs, process};

use fact_explorer::dataset::pack::Pack;
use fact_explorer::export::csv::csv;
use fact_explorer::export::rows::{columns, row};
use fact_explorer::query::address::decode;
use fact_explorer::query::answer;
use macro_rules_attribute::apply;
use serde_json::json;
use thirtyfour::prelude::*;

use crate::accessibility::violations;
use crate::reader::{Reader, Wish, wishing};
use crate::server::dist;
use crate::take::saved;

/// The file in a folder of its own, whose name has blanks and letters of several alphabets; gone with
/// the test.
struct Copy(PathBuf);

impl Copy {
    /// A copy for this test, its text changed.
    fn of(test: &str, change: impl FnOnce(String) -> String) -> Self {
        let name = format!("Fälle – März 2017 事実 {test} {}", process::id());
        let folder = env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        let file = fs::read_to_string(dist().join("standalone.html")).unwrap();
        let copy = Self(folder);
        fs::write(copy.path(), change(file)).unwrap();
        copy
    }

    fn path(&self) -> PathBuf {
        self.0.join("Fakten, alle.html")
    }

    fn url(&self) -> String {
        url(&self.path())
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

fn url(path: &Path) -> String {
    format!("file://{}", path.display())
}

impl Reader {
    /// Opens a file by its address, anew.
    async fn open_file(&self, url: &str) {
        self.goto("about:blank").await;
        self.goto(url).await;
    }

    /// The same, and waits until it is live.
    async fn open_live_file(&self, url: &str) {
        self.open_file(url).await;
        self.until("document.documentElement.hasAttribute('data-ready')")
            .await;
    }

    /// Fails where the file asked for anything, or the console has a line.
    async fn ends_having_asked_for_nothing(self) {
        let asked = "performance.getEntriesByType('resource').map(it => it.name)";
        assert_eq!(self.eval(asked).await, json!([]));
        self.ends_with_an_empty_console().await;
    }
}

/// The file, live in a browser, at a fragment.
async fn alone(test: &str, fragment: &str) -> (Reader, Copy) {
    let copy = Copy::of(test, |it| it);
    let reader = wishing(Wish::default()).await;
    reader
        .open_live_file(&format!("{}{fragment}", copy.url()))
        .await;
    (reader, copy)
}

/// What the page in view is called.
const HEADING: &str = "[...document.querySelectorAll('h1')].filter(it => it.checkVisibility())\
                       .map(it => it.textContent).join()";

async fn arrives_at(reader: &Reader, name: &str) {
    reader.until(&format!("{HEADING} === '{name}'")).await;
    let title = reader.driver.title().await.unwrap();
    assert!(title.starts_with(name), "{title}");
}

#[apply(browser_test)]
async fn it_searches_filters_and_has_every_view() {
    let (reader, _copy) = alone("views", "").await;
    let pack = Pack::embedded();
    reader.sees(10).await;
    reader
        .find("searchbox", "Search")
        .await
        .send_keys("county")
        .await
        .unwrap();
    let shown = |fragment: &str| answer(pack, &decode(pack, fragment)).n_shown;
    let found = shown("q=county");
    assert!((2..10).contains(&found), "{found}");
    reader.sees(found).await;
    reader.press("checkbox", "Cleared").await;
    let fragment = "q=county&finding=cleared";
    assert!((1..found).contains(&shown(fragment)));
    reader.sees(shown(fragment)).await;
    assert_eq!(reader.fragment().await, fragment);
    reader.driver.back().await.unwrap();
    reader.sees(found).await;
    reader.driver.back().await.unwrap();
    reader.sees(10).await;
    for view in ["Table", "Timeline", "Map"] {
        reader.press("radio", view).await;
        reader
            .until("!document.querySelector('.results').textContent.includes('Loading…')")
            .await;
        let lines = "document.querySelectorAll('.other :is(tr, li, circle)').length";
        assert!(reader.eval(lines).await.as_u64().unwrap() > 9, "{view}");
    }
    reader.press("radio", "Cards").await;
    reader.press("checkbox", "Compare Chicago").await;
    reader.press("checkbox", "Compare Connecticut").await;
    reader
        .until("document.querySelector('.compare table')")
        .await;
    reader.press("button", "Latest").await;
    reader.sees(40).await;
    reader.ends_having_asked_for_nothing().await;
}

#[apply(browser_test)]
async fn who_is_compared_without_a_card_on_that_day_is_led_to_on_another() {
    let (reader, _copy) = alone("compared", "#as-of=2017-10-13&compare=albany-ny,chicago-il").await;
    reader
        .until("document.querySelector('.compare a[href*=albany]')")
        .await;
    reader.click(".compare a[href*=albany]").await;
    reader
        .until("document.querySelector('[data-subject=albany-ny] .history')?.checkVisibility()")
        .await;
    reader.ends_having_asked_for_nothing().await;
}

#[apply(browser_test)]
async fn an_open_card_has_the_whole_dossier() {
    let (reader, _copy) = alone("dossier", "").await;
    reader
        .press("DisclosureTriangle", "History of Philadelphia")
        .await;
    reader
        .until("document.querySelectorAll('[data-subject=philadelphia-pa] .history section').length === 4")
        .await;
    for heading in ["Money", "Court cases", "Where sources differ", "Sources"] {
        reader.find("heading", heading).await;
    }
    let events =
        "document.querySelectorAll('[data-subject=philadelphia-pa] .history > ol > .event').length";
    assert_eq!(reader.eval(events).await, 16);
    // What a source supports is one press away, and the selection stays.
    let link = reader
        .driver
        .find(By::Css("[data-subject=philadelphia-pa] .supports a"))
        .await
        .unwrap();
    link.scroll_into_view().await.unwrap();
    let href = link.attr("href").await.unwrap().unwrap();
    // One driver gives it as a whole address.
    let (_, id) = href.split_once('#').unwrap();
    link.click().await.unwrap();
    reader
        .until(&format!("document.activeElement.id === '{id}'"))
        .await;
    assert_eq!(reader.fragment().await, "open=philadelphia-pa");
    leads_nowhere_else(&reader).await;
    reader.ends_having_asked_for_nothing().await;
}

/// Every link leads into the file or to the web, and ids are unique.
async fn leads_nowhere_else(reader: &Reader) {
    let links = "[...document.querySelectorAll('a[href]:not([hidden])')].map(it => it.getAttribute('href'))";
    let outside = format!("{links}.filter(it => !/^(https?:|mailto:|#)/.test(it))");
    assert_eq!(reader.eval(&outside).await, json!([]));
    // Places in pages that weren't opened yet are there once those are.
    let lost = format!(
        "{links}.filter(it => /^#[^=]+$/.test(it) && !document.getElementById(it.slice(1)) \
         && document.querySelector(`[id='${{it.slice(1).split('~')[0]}}']`)?.querySelector('h1') !== null)"
    );
    assert_eq!(reader.eval(&lost).await, json!([]));
    let twice = "[...document.querySelectorAll('[id]')].map(it => it.id)\
                 .filter((it, at, all) => all.indexOf(it) !== at)";
    assert_eq!(reader.eval(twice).await, json!([]));
}

#[apply(browser_test)]
async fn the_other_pages_are_in_it_and_back_and_forward_lead_through_them() {
    let (reader, _copy) = alone("pages", "#finding=warned").await;
    let title = "Who did the Justice Department warn?";
    reader.press("link", "What changed").await;
    arrives_at(&reader, "What changed").await;
    assert_eq!(
        reader.focused().await.text().await.unwrap(),
        "What changed",
        "the focus is at the heading"
    );
    assert!(
        reader
            .eval("document.querySelectorAll('[id=\"changes.html\"] .event').length")
            .await
            .as_u64()
            > Some(40)
    );
    reader.press("link", "Behind the facts").await;
    arrives_at(&reader, "Behind the facts").await;
    assert_eq!(
        reader
            .eval("document.querySelectorAll('[id=\"about.html\"] .sources > li').length")
            .await,
        211
    );
    reader.press("link", "Corrections").await;
    arrives_at(&reader, "Corrections").await;
    leads_nowhere_else(&reader).await;
    // Back, the focus is at the link that was followed.
    reader.driver.back().await.unwrap();
    arrives_at(&reader, "Behind the facts").await;
    assert_eq!(reader.focused().await.text().await.unwrap(), "Corrections");
    reader.driver.back().await.unwrap();
    reader.driver.back().await.unwrap();
    arrives_at(&reader, title).await;
    reader.sees(5).await;
    reader.driver.forward().await.unwrap();
    arrives_at(&reader, "What changed").await;
    // The way up leads back to the selection.
    reader.press("link", title).await;
    arrives_at(&reader, title).await;
    assert_eq!(reader.fragment().await, "finding=warned");
    // An event is in its card.
    reader.driver.back().await.unwrap();
    arrives_at(&reader, "What changed").await;
    let link = ".inside:not([hidden]) .event .event__when a";
    let event = reader
        .eval(&format!(
            "document.querySelector('{link}').closest('.event').dataset.event"
        ))
        .await;
    reader.click(link).await;
    arrives_at(&reader, title).await;
    reader
        .until(&format!("document.activeElement.id === {event}"))
        .await;
    let seen = "document.activeElement.checkVisibility() && document.activeElement.getBoundingClientRect().top < innerHeight";
    assert_eq!(reader.eval(seen).await, true);
    reader.ends_having_asked_for_nothing().await;
}

#[apply(browser_test)]
async fn what_leads_to_a_record_stays_on_the_day() {
    let fragment = "#as-of=2021-04-14&sort=name";
    let (reader, copy) = alone("day", fragment).await;
    let sum = "[data-subject=chicago-il] .card__facts a";
    for with_key in [false, true] {
        if with_key {
            reader
                .open_live_file(&format!("{}{fragment}", copy.url()))
                .await;
            reader
                .eval(&format!("document.querySelector('{sum}').focus()"))
                .await;
            reader.keys(Key::Enter).await;
        } else {
            reader.click(sum).await;
        }
        reader
            .until("document.querySelector('[data-subject=chicago-il] details').open")
            .await;
        let asked = reader.fragment().await;
        let selection = decode(Pack::embedded(), &asked);
        assert_eq!(selection.as_of.iso(), "2021-04-14", "{asked}");
    }
    reader.driver.back().await.unwrap();
    reader
        .until(&format!("location.hash === '{fragment}'"))
        .await;
    reader.ends_having_asked_for_nothing().await;
}

#[apply(browser_test)]
async fn links_into_it_open_what_they_name() {
    let (reader, copy) = alone("links", "#view=table&as-of=2021-04-14&sort=name").await;
    assert_eq!(reader.all("rowheader").await.len(), 40);
    reader
        .open_live_file(&format!("{}#about.html~errors", copy.url()))
        .await;
    arrives_at(&reader, "Behind the facts").await;
    reader
        .until("document.activeElement.id === 'about.html~errors'")
        .await;
    // An event on the timeline.
    reader
        .open_live_file(&format!("{}#view=timeline", copy.url()))
        .await;
    reader
        .until("document.querySelector('.other a[href^=\"#open=\"]')")
        .await;
    leads_nowhere_else(&reader).await;
    let event = "#open=louisville-metro-ky&at=louisville-metro-ky-04";
    reader
        .open_live_file(&format!("{}{event}", copy.url()))
        .await;
    reader
        .until("document.activeElement.id === 'louisville-metro-ky-04'")
        .await;
    let open = "document.querySelector('[data-subject=louisville-metro-ky] details').open";
    assert_eq!(reader.eval(open).await, true);
    // What a list of more than 10 000 subjects leads to, whose pages aren't in the file.
    reader
        .eval(
            "document.getElementById('explorer').insertAdjacentHTML('beforeend', \
             '<p><a href=\"./list/2.html#oregon\">The whole record</a></p>')",
        )
        .await;
    reader
        .until(
            "document.querySelector('#explorer > p > a').getAttribute('href') === '#open=oregon'",
        )
        .await;
    reader.ends_having_asked_for_nothing().await;
}

#[apply(browser_test)]
async fn files_are_saved_from_it_and_citations_name_no_address_of_a_disk() {
    let fragment = "finding=cleared&as-of=2017-11-15";
    let (reader, _copy) = alone("take", &format!("#{fragment}")).await;
    reader.open_the_sheet().await;
    let pack = Pack::embedded();
    let selection = decode(pack, fragment);
    let answer = answer(pack, &selection);
    let subjects = answer.shown().map(|it| pack.subject(it).unwrap());
    let rows = subjects.map(|it| row(pack, it, selection.as_of));
    let name = &format!("section-1373-2017-11-15-{}-of-40.csv", answer.n_shown);
    assert_eq!(
        saved(&reader, "Save as CSV", name).await,
        csv(&columns(pack), rows)
    );
    let sheet = reader.text(".take").await;
    assert!(sheet.contains("Who did the Justice Department warn?"));
    assert!(
        !sheet.contains("file:") && !sheet.contains("Copy link"),
        "{sheet}"
    );
    reader.eval("dispatchEvent(new Event('beforeprint'))").await;
    reader.until("document.querySelector('.notes')").await;
    let foot = reader
        .eval("document.querySelector('.notes > p').textContent")
        .await;
    assert_eq!(foot, "As of November 15, 2017. ");
    reader.ends_having_asked_for_nothing().await;
}

#[apply(browser_test)]
async fn where_the_sites_address_is_known_that_is_what_is_cited() {
    // As the build writes it where it is told the address.
    let copy = Copy::of("address", |it| {
        it.replace(
            "<a data-full>",
            "<a data-full href=\"https://example.org/facts/\">",
        )
    });
    let reader = wishing(Wish::default()).await;
    reader
        .open_live_file(&format!("{}#finding=warned", copy.url()))
        .await;
    reader.open_the_sheet().await;
    reader.find("button", "Copy link").await;
    let sheet = reader.text(".take").await;
    assert!(
        sheet.contains("https://example.org/facts/#finding=warned"),
        "{sheet}"
    );
    reader.ends_having_asked_for_nothing().await;
}

/// The page as a browser saves it: as it is now, its addresses as they were or, with this one, written out.
async fn save(reader: &Reader, copy: &Copy, name: &str, whole: &str) -> String {
    let html = "'<!doctype html>\\n' + document.documentElement.outerHTML";
    let mut html = reader.eval(html).await.as_str().unwrap().to_owned();
    html = html.replace("href=\"#", &format!("href=\"{whole}#"));
    let path = copy.0.join(name);
    fs::write(&path, html).unwrap();
    url(&path)
}

#[apply(browser_test)]
async fn saved_after_use_it_works_as_before() {
    let (reader, copy) = alone("saved", "#as-of=2021-04-14&sort=-name&open=chicago-il").await;
    reader
        .until("document.querySelector('[data-subject=chicago-il] .history section')")
        .await;
    reader.press("checkbox", "Compare Chicago").await;
    reader.press("link", "What changed").await;
    arrives_at(&reader, "What changed").await;
    let on_a_page = save(&reader, &copy, "page.html", "").await;
    reader.driver.back().await.unwrap();
    reader.press("radio", "Timeline").await;
    reader
        .until("document.querySelector('.timeline__picture')")
        .await;
    reader.open_the_sheet().await;
    let used = save(&reader, &copy, "used.html", "").await;
    let elsewhere = "file:///elsewhere/Fakten.html";
    let whole = save(&reader, &copy, "whole.html", elsewhere).await;
    let online = "https://example.org/facts/standalone.html";
    let online = save(&reader, &copy, "online.html", online).await;
    for saved in [&on_a_page, &used, &whole, &online] {
        reader.open_live_file(saved).await;
        arrives_at(&reader, "Who did the Justice Department warn?").await;
        reader.sees(10).await;
        reader.press("checkbox", "Warned").await;
        reader.sees(5).await;
        reader
            .press("DisclosureTriangle", "History of Chicago")
            .await;
        reader
            .until("document.querySelectorAll('[data-subject=chicago-il] .history section').length > 2")
            .await;
        reader.press("link", "Behind the facts").await;
        arrives_at(&reader, "Behind the facts").await;
        let here = reader.eval("decodeURI(location.href).split('#')[0]").await;
        assert_eq!(here, saved.as_str());
        let twice = "[...document.querySelectorAll('[id]')].map(it => it.id)\
                     .filter((it, at, all) => all.indexOf(it) !== at)";
        assert_eq!(reader.eval(twice).await, json!([]));
    }
    // And a copy of the copy.
    let again = save(&reader, &copy, "again.html", "").await;
    reader.open_live_file(&again).await;
    reader.sees(10).await;
    reader.ends_having_asked_for_nothing().await;
}

#[apply(browser_test)]
async fn without_scripts_the_cards_can_be_read_and_no_link_is_dead() {
    let copy = Copy::of("plain", |it| it);
    let reader = wishing(Wish {
        scripts: false,
        ..Wish::default()
    })
    .await;
    reader.open_file(&copy.url()).await;
    let cards = reader
        .driver
        .find_all(By::Css("article[data-subject]"))
        .await
        .unwrap();
    assert_eq!(cards.len(), 40);
    for card in cards {
        assert!(card.is_displayed().await.unwrap());
        let empty = card.find(By::Css("details")).await.unwrap();
        assert!(
            !empty.is_displayed().await.unwrap(),
            "a history that isn't there"
        );
    }
    let line = reader.text(".quiet--off").await;
    assert!(
        line.ends_with("Histories and the other pages need scripts."),
        "{line}"
    );
    let about = By::LinkText("Behind the facts");
    let about = reader.driver.find(about).await.unwrap();
    about.click().await.unwrap();
    let line = reader.text("[id='about.html']").await;
    assert_eq!(
        line,
        "Behind the facts: this part of the file needs scripts."
    );
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn damaged_it_says_so_and_shows_nothing_wrong() {
    // One letter in the middle of what is packed.
    let copy = Copy::of("damaged", |file| {
        let (before, block) = file.split_once("id=\"block\"").unwrap();
        let mut block: Vec<char> = block.chars().collect();
        let middle = &mut block[120_000];
        *middle = if *middle == 'A' { 'B' } else { 'A' };
        [
            before,
            "id=\"block\"",
            &block.into_iter().collect::<String>(),
        ]
        .concat()
    });
    let reader = wishing(Wish::default()).await;
    reader.open_file(&copy.url()).await;
    reader
        .until("document.documentElement.hasAttribute('data-failed')")
        .await;
    let line = reader.text(".quiet--failed").await;
    assert!(
        line.starts_with("Search and filters couldn’t start"),
        "{line}"
    );
    assert_eq!(
        reader
            .eval("document.querySelectorAll('.history > *').length")
            .await,
        0
    );
    assert_eq!(
        reader
            .eval("[...document.querySelectorAll('.live')].every(it => it.inert)")
            .await,
        true
    );
    assert_eq!(
        reader
            .eval(
                "[...document.querySelectorAll('.card__details')].some(it => it.checkVisibility())"
            )
            .await,
        false
    );
    reader.ends_having_asked_for_nothing().await;
}

#[apply(browser_test)]
async fn axe_finds_nothing_to_mend_in_it() {
    for width in [1280, 390] {
        let copy = Copy::of(&format!("axe {width}"), |it| it);
        let reader = wishing(Wish {
            width,
            ..Wish::default()
        })
        .await;
        for fragment in [
            "",
            "#as-of=2021-04-14&open=chicago-il",
            "#view=map",
            "#about.html",
            "#changes.html",
            "#corrections.html",
        ] {
            reader
                .open_live_file(&format!("{}{fragment}", copy.url()))
                .await;
            assert_eq!(violations(&reader).await, [""; 0], "{fragment}, {width} px");
            let wide = "document.documentElement.scrollWidth > innerWidth";
            assert_eq!(reader.eval(wide).await, false, "{fragment} at {width} px");
        }
        reader.ends_having_asked_for_nothing().await;
    }
}

#[apply(browser_test)]
async fn headings_stay_in_order() {
    let (reader, _copy) = alone("headings", "#open=philadelphia-pa").await;
    reader
        .until("document.querySelector('[data-subject=philadelphia-pa] .history section')")
        .await;
    for link in ["", "What changed", "Behind the facts"] {
        if !link.is_empty() {
            reader.press("link", link).await;
            arrives_at(&reader, link).await;
        }
        let levels = "[...document.querySelectorAll('h1, h2, h3, h4, h5')]\
                      .filter(it => it.checkVisibility()).map(it => +it.tagName[1])";
        let levels: Vec<u32> = serde_json::from_value(reader.eval(levels).await).unwrap();
        assert_eq!(levels.iter().filter(|it| **it == 1).count(), 1, "{link}");
        assert!(
            levels.windows(2).all(|it| it[1] <= it[0] + 1),
            "{link}: {levels:?}"
        );
    }
    reader.ends_having_asked_for_nothing().await;
}
