//! The fixture is a table of made-up places, longer than a page has in itself, whose pack is split.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use macro_rules_attribute::apply;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::accessibility::violations;
use crate::plain::HOLD;
use crate::reader::{Reader, Wish, wishing};
use crate::server::{Host, Way};
use crate::take::saved;

const BASE: &str = "/places/";
/// The number of places.
const N: usize = 420;
const READY: &str = "document.documentElement.hasAttribute('data-ready')";
const DRAWN: &str = "[...document.querySelectorAll('.long article, .table--long tbody tr')]";
const IN_SIGHT: &str = "[...document.querySelectorAll('.long article, .table--long tbody tr')].filter(it => { \
     const place = it.getBoundingClientRect(); return place.bottom > 0 && place.top < innerHeight })";

/// The site, which the command builds once for all tests here.
pub fn site() -> PathBuf {
    static SITE: OnceLock<PathBuf> = OnceLock::new();
    let build = || {
        // The next run takes its place.
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("long");
        _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let mut table = "name,kind,region,opened,note\n".to_owned();
        for n in 0..N {
            let kind = ["City", "County", "School"][n % 3];
            let (region, year, month) = (n % 37, 1990 + n % 30, 1 + n % 12);
            let note = format!("Words that make card {n} unlike others in height. ");
            let note = note.repeat(n * 7 % 11);
            writeln!(
                table,
                "Place {n:05},{kind},Region {region:02},{year}-{month:02},{note}"
            )
            .unwrap();
        }
        fs::write(folder.join("places.csv"), table).unwrap();
        let about = r#"
            id = "places"
            title = "Places"
            standfirst = "Many places."
            [noun]
            one = "place"
            many = "places"
            [table]
            file = "places.csv"
            name = "name"
            [[facet]]
            id = "kind"
            label = "Kind"
            column = "kind"
            [[facet]]
            id = "region"
            label = "Region"
            column = "region"
            [[facet]]
            id = "opened"
            label = "Opened"
            type = "date"
            column = "opened"
            [[field]]
            id = "note"
            label = "Note"
            column = "note"
            on-card = true
        "#;
        fs::write(folder.join("dataset.toml"), about).unwrap();
        let out = folder.join("out");
        let done = Command::new(env!("CARGO_BIN_EXE_fact-explorer"))
            .arg("build")
            .arg(&folder)
            .arg("-o")
            .arg(&out)
            .args(["--engine", "target/fact-explorer.engine"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{said}");
        assert!(out.join("parts").is_dir());
        out
    };
    SITE.get_or_init(build).clone()
}

async fn reader(fragment: &str, wish: Wish) -> Reader {
    let reader = wishing(wish).await;
    reader.site.host(BASE, site());
    let address = reader.site.url_of(BASE) + fragment;
    reader.goto(address).await;
    reader.until(READY).await;
    reader
}

/// Two frames, after which what was scrolled to is drawn.
async fn settle(reader: &Reader) {
    let two = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
    reader.driver.execute_async(two, Vec::new()).await.unwrap();
}

async fn scroll(reader: &Reader, to: &str) {
    reader.eval(&format!("scrollTo(0, {to})")).await;
    settle(reader).await;
}

async fn numbers(reader: &Reader, of: &str) -> Vec<i64> {
    let numbers = reader
        .eval(&format!(
            "{of}.map(it => +it.ariaPosInSet || +it.ariaRowIndex - 1)"
        ))
        .await;
    let numbers = numbers.as_array().unwrap().clone();
    numbers.iter().filter_map(Value::as_i64).collect()
}

#[apply(browser_test)]
async fn only_what_is_near_is_in_the_page_and_every_card_says_which_it_is() {
    let reader = reader("", Wish::default()).await;
    let n = i64::try_from(N).unwrap();
    let mut seen = Vec::new();
    let mut height = 0.0;
    loop {
        let drawn = numbers(&reader, DRAWN).await;
        assert!(drawn.len() < 120, "{} cards", drawn.len());
        let in_sight = numbers(&reader, IN_SIGHT).await;
        // No hole on the screen, and none passed over.
        assert!(
            in_sight.windows(2).all(|it| it[0] + 1 == it[1]),
            "{in_sight:?}"
        );
        assert!(
            in_sight
                .first()
                .is_none_or(|it| seen.contains(&(it - 1)) || *it == 1),
            "{in_sight:?}"
        );
        seen.extend(in_sight);
        let sizes = reader
            .eval(&format!("new Set({DRAWN}.map(it => it.ariaSetSize)).size"))
            .await;
        assert_eq!(sizes, json!(1));
        let now = reader.eval("scrollY").await.as_f64().unwrap();
        if now + 1.0 < height + 1.0 && height > 0.0 {
            break;
        }
        height = now + 1.0;
        scroll(&reader, "scrollY + innerHeight * .6").await;
    }
    assert_eq!(seen.iter().max(), Some(&n));
    assert_eq!(
        reader
            .eval("document.querySelector('.long article').ariaSetSize")
            .await,
        json!(N.to_string())
    );
    // Straight to the end, and back to the beginning.
    scroll(&reader, "0").await;
    assert_eq!(numbers(&reader, IN_SIGHT).await.first(), Some(&1));
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn filters_searches_and_orders_draw_the_list_anew() {
    let reader = reader("#kind=city", Wish::default()).await;
    reader
        .until(&format!("{DRAWN}[0].ariaSetSize === '{}'", N / 3))
        .await;
    reader
        .eval("document.querySelector('[data-facet=kind] input[value=city]').click()")
        .await;
    reader
        .until(&format!("{DRAWN}[0].ariaSetSize === '{N}'"))
        .await;
    reader
        .eval("document.querySelector('[data-facet=region] input').click()")
        .await;
    reader
        .until(&format!(
            "{DRAWN}[0].ariaSetSize === document.querySelector('[data-facet=region] :checked').closest('label')\
             .querySelector('[data-count]').textContent"
        ))
        .await;
    reader
        .eval("document.querySelector('[data-facet=region] :checked').click()")
        .await;
    reader.put("#q", "00074").await;
    reader
        .until(&format!(
            "{DRAWN}.length === 1 && {DRAWN}[0].querySelector('mark')"
        ))
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_table_has_the_rows_that_are_near() {
    let reader = reader("#view=table", Wish::default()).await;
    reader
        .until(&format!(
            "document.querySelector('[role=table]') && {DRAWN}.length >= 12"
        ))
        .await;
    assert_eq!(
        reader
            .eval("document.querySelector('[role=table]').ariaRowCount")
            .await,
        json!((N + 1).to_string())
    );
    scroll(&reader, "document.documentElement.scrollHeight").await;
    scroll(&reader, "document.documentElement.scrollHeight").await;
    let rows = numbers(&reader, DRAWN).await;
    assert_eq!(rows.last(), Some(&i64::try_from(N).unwrap()));
    assert!(rows.len() < 120, "{} rows", rows.len());
    reader
        .eval("document.getElementById('by-name').focus()")
        .await;
    reader.keys(Key::Enter).await;
    reader.until("document.activeElement.id === 'by-name' && document.querySelector('[aria-sort=descending]')").await;
    reader.ends_with_an_empty_console().await;
}

/// A reader some screens down a list, where that is, and an expression for being there again.
async fn down_the_list() -> (Reader, Value, String) {
    let reader = reader("", Wish::default()).await;
    for _ in 0..6 {
        scroll(&reader, "scrollY + innerHeight").await;
    }
    let first = format!("{IN_SIGHT}[0]");
    let left = format!("window.left = [{first}.ariaPosInSet, {first}.getBoundingClientRect().top]");
    let left = reader.eval(&left).await;
    // A screen's pixels are whole, and heights aren't.
    let is_left = format!(
        "{first}.ariaPosInSet === left[0] && Math.abs({first}.getBoundingClientRect().top - left[1]) <= 1.5"
    );
    (reader, left, is_left)
}

#[apply(browser_test)]
async fn on_paper_a_table_has_no_gaps_and_its_columns_are_in_line() {
    let reader = reader("#view=table", Wish::default()).await;
    // Into its middle, where there are gaps before and behind.
    reader.until(&format!("{DRAWN}.length > 0")).await;
    scroll(&reader, "9000").await;
    reader.until(&format!("{DRAWN}.length > 12")).await;
    reader.as_printed(true).await;
    let gaps = "[...document.querySelectorAll('.table--long [role=none]')].filter(it => it.checkVisibility()).length";
    assert_eq!(reader.eval(gaps).await, 0);
    let in_line = "[...document.querySelectorAll('.table--long tr')].map(it => it.cells).every(it => \
                   [...it].every((cell, at) => Math.abs(cell.getBoundingClientRect().left \
                   - document.querySelector('.table--long tr').cells[at].getBoundingClientRect().left) < 1))";
    assert_eq!(reader.eval(in_line).await, true);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_narrows_a_print_is_told_though_it_is_folded_away() {
    let reader = reader("#opened=1990-01", Wish::default()).await;
    reader.as_printed(true).await;
    let told = "[...document.querySelectorAll('.filters summary')].filter(it => it.checkVisibility()).map(it => it.textContent)";
    let told: Vec<String> = serde_json::from_value(reader.eval(told).await).unwrap();
    assert!(told.iter().any(|it| it.contains("1 chosen")), "{told:?}");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn going_back_leads_to_the_place_that_one_left() {
    let (reader, _, is_left) = down_the_list().await;
    // By the reader's own key: WebKit's way back passes over steps that a script made, and a driver scrolls
    // to what it clicks.
    let city = "document.querySelector('[data-facet=kind] input[value=city]').focus({preventScroll: true})";
    reader.eval(city).await;
    reader.keys(" ").await;
    reader
        .until(&format!("{DRAWN}[0].ariaSetSize === '{}'", N / 3))
        .await;
    scroll(&reader, "0").await;
    reader.driver.back().await.unwrap();
    reader.until(&is_left).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn going_back_from_another_page_leads_to_the_place_that_one_left() {
    let (reader, left, is_left) = down_the_list().await;
    let other = reader.site.url_of(BASE) + "about.html";
    reader.goto(other).await;
    reader.driver.back().await.unwrap();
    reader.until(READY).await;
    // Kept by the browser, or made anew.
    reader.eval(&format!("window.left = {left}")).await;
    reader.until(&is_left).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_link_leads_to_a_card_wherever_it_is() {
    let reader = reader("#open=place-00400", Wish::default()).await;
    reader.until(&format!("{IN_SIGHT}.some(it => it.dataset.subject === 'place-00400' && it.querySelector('details').open)")).await;
    // Opened, chosen and closed in place.
    let card = "document.getElementById('open=place-00400')";
    reader
        .eval(&format!("{card}.querySelector('[name=compare]').click()"))
        .await;
    reader
        .until("location.hash.includes('compare=place-00400')")
        .await;
    reader
        .eval(&format!("{card}.querySelector('summary').focus()"))
        .await;
    reader.keys(Key::Escape).await;
    reader.until(&format!("!location.hash.includes('open=') && !{card}.querySelector('details').open && document.activeElement.id === 'history=place-00400'")).await;
}

#[apply(browser_test)]
async fn what_is_compared_before_the_page_is_live_is_compared_then() {
    let reader = wishing(Wish::default()).await;
    reader.site.host(BASE, site());
    reader.site.begin_with(HOLD);
    reader.goto(reader.site.url_of(BASE)).await;
    reader.until("window.go").await;
    reader
        .eval("document.querySelector('[data-subject=place-00000] [name=compare]').click()")
        .await;
    reader.eval("window.go()").await;
    reader.until(READY).await;
    reader
        .until("location.hash === '#compare=place-00000'")
        .await;
    reader.ends_with_an_empty_console().await;
}

/// Opens a page, of whose pack no part comes until `release()` is called.
async fn held_back(path: &str) -> Reader {
    let reader = wishing(Wish::default()).await;
    reader.site.host(BASE, site());
    let hold = "const all = fetch, held = new Promise(it => globalThis.release = it); \
        globalThis.fetch = (...what) => { \
            if (!String(what[0]).includes('parts/')) return all(...what); \
            globalThis.waits = true; return held.then(() => all(...what)) }";
    reader.site.begin_with(hold);
    reader.goto(reader.site.url_of(BASE) + path).await;
    reader
}

/// Opens the list, of whose pack no part comes until `release()` is called.
async fn waiting() -> Reader {
    let reader = held_back("").await;
    reader.until(READY).await;
    reader
}

#[apply(browser_test)]
async fn nobody_is_named_before_the_name_has_come() {
    let reader = waiting().await;
    reader.press("checkbox", "Compare Place 00000").await;
    reader.press("checkbox", "Compare Place 00001").await;
    let other = "document.querySelector('.results .other').textContent";
    reader.until(&format!("{other} === 'Loading…'")).await;
    assert_eq!(reader.eval("location.hash").await, "");
    reader.eval("release()").await;
    reader
        .until(&format!(
            "{other}.includes('Place 00000') && {other}.includes('Place 00001')"
        ))
        .await;
    reader
        .until("location.hash === '#compare=place-00000,place-00001'")
        .await;
    reader.ends_with_an_empty_console().await;
}

/// Saves what is shown as CSV: the parts come only once the sheet has said that it waits for them.
async fn saved_once_it_waits(reader: &Reader, name: &str) -> String {
    reader.press("button", "Take it along").await;
    reader
        .eval(
            "new MutationObserver((changes) => { \
               if (changes.some(it => it.target.textContent === 'Loading…')) release(window.waited = true) \
             }).observe(document.querySelector('#take [aria-live]'), {childList: true, characterData: true, subtree: true})",
        )
        .await;
    let file = saved(reader, "Save as CSV", name).await;
    assert_eq!(reader.eval("window.waited").await, true);
    file
}

#[apply(browser_test)]
async fn a_file_has_all_of_what_is_shown_though_it_has_still_to_come() {
    let reader = waiting().await;
    let file = saved_once_it_waits(&reader, "places.csv").await;
    for n in 0..N {
        assert!(file.contains(&format!("Place {n:05}")), "{n}");
    }
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_file_has_the_answer_though_what_it_is_worked_out_from_has_still_to_come() {
    let reader = waiting().await;
    reader.put("#q", "0007").await;
    reader
        .until("document.querySelector('[role=status]').textContent.includes('loading')")
        .await;
    let name = format!("places-10-of-{N}.csv");
    let file = saved_once_it_waits(&reader, &name).await;
    assert_eq!(file.matches("\r\nplace-0007").count(), 10);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn keys_lead_from_card_to_card_and_past_the_list() {
    let reader = reader("", Wish::default()).await;
    reader
        .eval("document.querySelector('.long article').focus()")
        .await;
    for _ in 0..60 {
        reader.keys(Key::PageDown).await;
    }
    reader
        .until("document.activeElement.ariaPosInSet === '61'")
        .await;
    reader.keys(Key::PageUp).await;
    reader
        .until("document.activeElement.ariaPosInSet === '60'")
        .await;
    // With another key it is the browser's.
    reader
        .eval("(addEventListener('keydown', it => window.taken = it.defaultPrevented), 0)")
        .await;
    reader.shift(Key::PageDown).await;
    assert_eq!(reader.eval("window.taken").await, false);
    // Tab goes on into the card, and out of it into the next.
    for _ in 0..5 {
        reader.keys(Key::Tab).await;
    }
    reader
        .until("document.activeElement.closest('article').ariaPosInSet === '61'")
        .await;
    // What has the focus stays in the page wherever one looks.
    scroll(&reader, "0").await;
    reader
        .until("document.activeElement.closest('article').ariaPosInSet === '61'")
        .await;
    let keys = reader.driver.action_chain().key_down(Key::Control);
    let keys = keys.send_keys(Key::End).key_up(Key::Control);
    keys.perform().await.unwrap();
    reader
        .until("document.activeElement.id === 'past-the-list'")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn before_the_first_card_there_is_none() {
    let reader = reader("", Wish::default()).await;
    reader
        .eval("document.querySelector('.long article').focus()")
        .await;
    let drawn = numbers(&reader, DRAWN).await;
    reader.keys(Key::PageUp).await;
    settle(&reader).await;
    assert_eq!(numbers(&reader, DRAWN).await, drawn);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn going_back_to_the_top_leads_to_the_top() {
    let reader = reader("", Wish::default()).await;
    let choose = async |value: &str, n: usize| {
        let focus = format!(
            "document.querySelector('[data-facet=kind] input[value={value}]').focus({{preventScroll: true}})"
        );
        reader.eval(&focus).await;
        reader.keys(" ").await;
        reader
            .until(&format!("{DRAWN}[0].ariaSetSize === '{n}'"))
            .await;
    };
    scroll(&reader, "9000").await;
    choose("city", N / 3).await;
    reader.driver.back().await.unwrap();
    reader.until("scrollY > 5000").await;
    scroll(&reader, "0").await;
    choose("county", N / 3).await;
    reader.driver.back().await.unwrap();
    reader
        .until(&format!("{DRAWN}[0].ariaSetSize === '{N}'"))
        .await;
    settle(&reader).await;
    // WebKit goes there some frames later.
    reader.until("scrollY === 0").await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_link_to_what_cannot_be_had_stays_in_the_address_and_is_told() {
    let reader = wishing(Wish::default()).await;
    reader.site.host(BASE, site());
    reader.site.deliver(Way::Missing("parts/*"));
    let fragment = format!("#open=place-{:05}", N - 1);
    let address = reader.site.url_of(BASE);
    reader.goto(address + fragment.as_str()).await;
    reader.until(READY).await;
    reader
        .until("document.querySelector('[role=status]').textContent.includes('couldn’t be loaded')")
        .await;
    assert_eq!(format!("#{}", reader.fragment().await), fragment);
}

#[apply(browser_test)]
async fn all_of_it_can_be_shown_to_find_words_in_the_page() {
    let reader = reader("", Wish::default()).await;
    assert_eq!(reader.eval("find('Place 00399')").await, json!(false));
    reader
        .eval("document.getElementById('show-all').click()")
        .await;
    reader.until(&format!("{DRAWN}.length === {N}")).await;
    assert_eq!(
        reader
            .eval("document.getElementById('show-all').ariaPressed")
            .await,
        json!("true")
    );
    assert_eq!(reader.eval("find('Place 00399')").await, json!(true));
    reader
        .eval("document.getElementById('show-all').click()")
        .await;
    reader.until(&format!("{DRAWN}.length < 120")).await;
    // A print has all of it without being asked.
    reader.eval("dispatchEvent(new Event('beforeprint'))").await;
    reader.until(&format!("{DRAWN}.length === {N}")).await;
    reader.eval("dispatchEvent(new Event('afterprint'))").await;
    reader.until(&format!("{DRAWN}.length < 120")).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn facets_open_their_parts_and_the_rest() {
    let reader = reader("", Wish::default()).await;
    let region = "document.querySelector('[data-facet=region]')";
    assert_eq!(
        reader
            .eval(&format!("{region}.querySelectorAll('input').length"))
            .await,
        json!(37)
    );
    let in_sight = format!(
        "[...{region}.querySelectorAll('input')].filter(it => it.checkVisibility()).length"
    );
    assert_eq!(reader.eval(&in_sight).await, json!(8));
    reader.press("DisclosureTriangle", "29 more").await;
    reader.until(&format!("{in_sight} === 37")).await;
    let part = "document.querySelector('[data-facet=opened] .facet__parts')";
    reader.eval(&format!("{part}.open = true")).await;
    reader
        .eval(&format!("{part}.querySelector('input').click()"))
        .await;
    reader
        .until(&format!(
            "document.querySelector('[role=status]').textContent.startsWith({part}.querySelector('[data-count]').textContent + ' of ') \
             && {part}.firstElementChild.textContent.includes('(1 chosen)')"
        ))
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_rest_of_a_facet_leaves_the_page_behind_its_sheet_where_it_is() {
    let reader = reader(
        "",
        Wish {
            width: 390,
            height: 800,
            ..Wish::default()
        },
    )
    .await;
    scroll(&reader, "300").await;
    reader.press("button", "Filters").await;
    let more = reader.find("DisclosureTriangle", "29 more").await;
    more.scroll_into_view().await.unwrap();
    settle(&reader).await;
    let before = reader.eval("scrollY").await;
    more.click().await.unwrap();
    reader
        .until("document.querySelector('[data-facet=region] .facet__more').open")
        .await;
    settle(&reader).await;
    assert_eq!(reader.eval("scrollY").await, before);
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn axe_finds_nothing_to_mend() {
    for (width, height) in [(390, 844), (1280, 900)] {
        for fragment in ["", "#view=table"] {
            let wish = Wish {
                width,
                height,
                ..Wish::default()
            };
            let reader = reader(fragment, wish).await;
            reader.until(&format!("{DRAWN}.length > 0")).await;
            scroll(&reader, "3000").await;
            // A row that is half under the head that stays has less room than one that is read.
            if !fragment.is_empty() {
                scroll(&reader, "0").await;
            }
            assert_eq!(violations(&reader).await, [""; 0], "{width} {fragment}");
        }
    }
    // The same to read without scripts.
    let reader = wishing(Wish::default()).await;
    reader.site.host(BASE, site());
    reader.goto(reader.site.url_of(BASE) + "list/1.html").await;
    assert_eq!(violations(&reader).await, [""; 0], "list/1.html");
}

#[apply(browser_test)]
async fn an_embed_shows_the_first_few_and_then_all_that_a_frame_may_have() {
    let reader = reader("embed.html", Wish::default()).await;
    let seen =
        "[...document.querySelectorAll('.long .card')].filter(it => it.checkVisibility()).length";
    reader.until(&format!("{seen} === 4")).await;
    // It doesn't promise all 420.
    reader.press("button", "Show the first 300").await;
    reader.until(&format!("{seen} === 300")).await;
    // From wherever one has scrolled to.
    scroll(&reader, "document.documentElement.scrollHeight").await;
    assert_eq!(reader.eval(&format!("{DRAWN}.length")).await, 300);
    reader.press("button", "Show the first 4").await;
    reader.until(&format!("{seen} === 4")).await;
    let first = "document.querySelector('.long .card').dataset.subject";
    assert_eq!(reader.eval(first).await, "place-00000");
    // And says so.
    let said = reader.text(".embed__foot").await;
    assert!(
        said.contains("Of 420 places, at most 300 are listed here at once."),
        "{said}"
    );
    let buttons = reader.all("button").await;
    assert!(!buttons.contains(&"Show all 420".to_owned()), "{buttons:?}");
    reader.put("#q", "00074").await;
    reader.until(&format!("{seen} === 1")).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_framed_page_has_all_of_its_list_unless_the_frame_is_as_high_as_that() {
    let reader = wishing(Wish::default()).await;
    reader.site.host(BASE, site());
    let address = reader.site.url_of(BASE);
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A story</title></head><body>\
         <iframe src=\"{address}#open=place-00419\" title=\"Places\" \
         style=\"block-size:700px;inline-size:600px;border:0\"></iframe></body></html>"
    );
    let host = Host::start(html, String::new()).await;
    reader.goto(host.url()).await;
    reader.enter("iframe").await;
    reader.until(READY).await;
    // The last one is there, and in sight.
    reader
        .until(&format!(
            "{IN_SIGHT}.some(it => it.dataset.subject === 'place-00419')"
        ))
        .await;
    let size = "document.querySelector('.long article').ariaSetSize";
    assert_eq!(reader.eval(size).await, "420");
    assert!(reader.eval(&format!("{DRAWN}.length")).await.as_i64() < Some(100));
    reader.leave().await;
    reader
        .eval("(document.querySelector('iframe').style.blockSize = '100000px', 0)")
        .await;
    reader.enter("iframe").await;
    reader.until(&format!("{size} === '300'")).await;
    reader.until(&format!("{DRAWN}.length === 300")).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn an_embed_shows_nothing_else_while_what_it_is_about_has_still_to_come() {
    let reader = held_back("embed.html?region=region-01").await;
    reader.until("globalThis.waits").await;
    let seen = "[...document.querySelectorAll('.card')].filter(it => it.checkVisibility({visibilityProperty: true})).length";
    assert_eq!(reader.eval(seen).await, 0);
    assert_eq!(reader.eval(READY).await, false);
    reader.eval("release()").await;
    reader.until(READY).await;
    // Of 420, every 37th.
    let n = "document.querySelector('.result-bar__count').textContent.includes('12 of 420')";
    reader.until(n).await;
    reader.until(&format!("{seen} === 4")).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn an_embed_that_cannot_know_what_it_is_about_says_that_it_is_not_live() {
    let reader = wishing(Wish::default()).await;
    reader.site.host(BASE, site());
    reader.site.deliver(Way::Missing("parts/*"));
    for about in ["region=region-01", "only=place-00400"] {
        let address = reader.site.url_of(BASE) + "embed.html?" + about;
        reader.goto_other(address).await;
        reader
            .until("document.documentElement.hasAttribute('data-failed')")
            .await;
        assert_eq!(reader.eval(READY).await, false, "{about}");
    }
}

#[apply(browser_test)]
async fn an_embed_knows_those_that_its_page_has_not_in_itself() {
    let reader = reader("embed.html?only=place-00400", Wish::default()).await;
    let seen = "[...document.querySelectorAll('.card')].filter(it => it.checkVisibility()).map(it => it.dataset.subject)";
    reader
        .until(&format!("{seen}.join() === 'place-00400'"))
        .await;
    // Nothing is said to be left out.
    reader.ends_with_an_empty_console().await;
}
