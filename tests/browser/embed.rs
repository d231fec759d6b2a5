use macro_rules_attribute::apply;
use serde_json::json;
use thirtyfour::prelude::*;

use crate::accessibility::violations;
use crate::built::Built;
use crate::engines::Engine;
use crate::reader::{Reader, Wish, at, on_a_phone_at, wishing};
use crate::server::{Host, Way};

/// Opens the dialog from the page and waits until it has measured.
pub async fn open_the_dialog(reader: &Reader) {
    reader.open_the_sheet().await;
    reader.press("button", "Embed this").await;
    measured(reader).await;
}

async fn measured(reader: &Reader) {
    reader
        .until("document.querySelector('.embed-this [role=status]').textContent.startsWith('Its height fits')")
        .await;
}

async fn code(reader: &Reader) -> String {
    let code = reader
        .eval("document.querySelector('textarea').value")
        .await;
    code.as_str().unwrap().to_owned()
}

/// Waits until the code has, or lacks, a text.
async fn code_has(reader: &Reader, text: &str, has: bool) {
    measured(reader).await;
    let text = json!(text);
    reader
        .until(&format!(
            "document.querySelector('textarea').value.includes({text}) === {has}"
        ))
        .await;
}

/// A page of news with an embed's code in it.
fn story(code: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A story</title>\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <style>body{{margin:0 auto;max-width:1200px}}</style></head>\
         <body><h1>A story</h1><p>Before.</p>{code}<p>After.</p></body></html>"
    )
}

/// How high a frame is, and what is in it, once that is live.
async fn heights(reader: &Reader) -> (u64, u64) {
    let height = reader
        .eval("document.querySelector('iframe').offsetHeight")
        .await;
    reader.enter("iframe").await;
    reader
        .until("document.documentElement.hasAttribute('data-ready')")
        .await;
    let inside = reader
        .eval("Math.ceil(document.body.getBoundingClientRect().height)")
        .await;
    reader.leave().await;
    (height.as_u64().unwrap(), inside.as_u64().unwrap())
}

#[apply(browser_test)]
async fn the_code_reserves_the_height_at_every_width() {
    let reader = at("#finding=warned").await;
    open_the_dialog(&reader).await;
    // It brings its own style.
    let head = "getComputedStyle(document.querySelector('.embed-this__head')).position";
    assert_eq!(reader.eval(head).await, "sticky");
    let plain = code(&reader).await;
    assert_eq!(plain.lines().count(), 1);
    assert!(!plain.contains("<script"), "{plain}");
    assert!(plain.contains("embed.html?finding=warned\""), "{plain}");
    // What a reader is led to shows the same, and is a link outside of the frame.
    assert!(
        plain.contains(&format!(
            "<p><a href=\"{}#finding=warned\">",
            reader.site.url()
        )),
        "{plain}"
    );
    reader
        .press(
            "radio",
            "A frame that grows and shrinks with what a reader does",
        )
        .await;
    let script = code(&reader).await;
    assert!(script.contains("embed.js"), "{script}");
    for (code, width) in [&plain, &script]
        .into_iter()
        .flat_map(|it| [320, 390, 768, 1200].map(|width| (it, width)))
    {
        let host = Host::start(story(code), String::new()).await;
        reader.resize(width, 800).await;
        reader.goto(host.url()).await;
        reader.watch_for_shifts().await;
        let (height, inside) = heights(&reader).await;
        reader.has_not_shifted().await;
        assert!(
            (inside..=inside + 64).contains(&height),
            "at {width} it is {height} high for {inside}"
        );
    }
    // Where what it is in goes by the widths of its parts; and where an editor took the styles away.
    let flexible = format!(
        "<div style=\"display:flex;flex-direction:column;align-items:center\">{plain}</div>"
    );
    let bare = plain.replace(" style=", " data-style=");
    for code in [flexible, bare] {
        let host = Host::start(story(&code), String::new()).await;
        reader.goto(host.url()).await;
        // One that is left before it has come says so on some consoles.
        heights(&reader).await;
        let size = "(it => [it.offsetWidth > 900, it.offsetHeight > 300])(document.querySelector('iframe'))";
        assert_eq!(reader.eval(size).await, json!([true, true]), "{code}");
    }
    // Sharing is named for a frame also where a browser has none, and says so.
    let said = reader.said().await;
    assert!(said.iter().all(|it| it.contains("web-share")), "{said:?}");
}

#[apply(browser_test)]
async fn no_more_is_reserved_on_either_side_of_a_step_than_elsewhere() {
    let reader = at("").await;
    open_the_dialog(&reader).await;
    let code = code(&reader).await;
    // From the narrowest column on; where the finding bar's choices stand in a row, and where cards stand side by
    // side, it is much lower or higher a pixel further.
    let narrowest = match reader.engine {
        Engine::WebKit => 500,
        _ => 240,
    };
    let widths = (240..300).chain(360..400).chain(630..650).chain(985..1000);
    let columns: String = widths
        .filter(|it| *it >= narrowest)
        .fold(String::new(), |columns, it| {
            columns + format!("<div style=\"width:{it}px\">{code}</div>").as_str()
        });
    // Nothing need be in them.
    let columns = columns.replace(" src=", " data-src=");
    let host = Host::start(story(&columns), String::new()).await;
    reader.goto(host.url()).await;
    let reserved =
        "[...document.querySelectorAll('iframe')].map(it => [it.offsetWidth, it.offsetHeight])";
    let reserved = reader.eval(reserved).await;
    reader.open("embed.html").await;
    reader
        .until("document.documentElement.hasAttribute('data-ready')")
        .await;
    // In a frame of the right height there is no scrollbar.
    reader
        .eval("document.documentElement.style.overflow = 'hidden'")
        .await;
    for pair in reserved.as_array().unwrap() {
        let (width, height) = (pair[0].as_u64().unwrap(), pair[1].as_u64().unwrap());
        reader.resize(u32::try_from(width).unwrap(), 900).await;
        reader.until(&format!("innerWidth === {width}")).await;
        let inside = reader
            .eval("Math.ceil(document.body.getBoundingClientRect().height)")
            .await;
        let inside = inside.as_u64().unwrap();
        assert!(
            (inside..=inside + 100).contains(&height),
            "at {width} it is {height} high for {inside}"
        );
    }
}

#[apply(browser_test)]
async fn an_embed_has_a_width_in_whatever_goes_by_what_is_in_it() {
    let reader = at("").await;
    open_the_dialog(&reader).await;
    let frame = code(&reader).await;
    reader
        .press("radio", "An element, for pages that allow WebAssembly")
        .await;
    let element = code(&reader).await;
    for (width, least) in [(1200, 640), (280, 200)] {
        reader.resize(width, 800).await;
        for parent in [
            "<div style=\"display:flex;flex-direction:column;align-items:center\"><div>CODE</div></div>",
            "<table><tr><td>CODE</td></tr></table>",
            "<div style=\"display:flex\"><div>CODE</div></div>",
            "<figure style=\"margin:0;width:fit-content\">CODE</figure>",
            "<div style=\"display:table\">CODE</div>",
            "<div style=\"float:left\">CODE</div>",
        ] {
            for (code, css) in [(&frame, "iframe"), (&element, "fact-explorer")] {
                let inside = parent.replace("CODE", code);
                let host = Host::start(story(&inside), String::new()).await;
                reader.goto(host.url()).await;
                let fits = format!(
                    "document.querySelector('{css}').offsetWidth >= {least} && \
                     document.documentElement.scrollWidth <= innerWidth"
                );
                assert_eq!(reader.eval(&fits).await, true, "{width}: {inside}");
            }
        }
        // A column that has its width from elsewhere is no wider for it.
        let column = format!(
            "<div style=\"display:flex\"><main style=\"flex:1\">{frame}</main>\
             <aside style=\"width:50%\">Beside.</aside></div>"
        );
        let host = Host::start(story(&column), String::new()).await;
        reader.goto(host.url()).await;
        let half = "Math.abs(document.querySelector('iframe').offsetWidth * 2 - document.body.offsetWidth) <= 2";
        assert_eq!(reader.eval(half).await, true, "{width}");
    }
}

#[apply(browser_test)]
async fn the_dialog_measures_where_the_page_had_more_to_fetch_for_itself() {
    // Another view comes with the later part of the program; and another site has a pack of its own.
    let reader = at("#view=table").await;
    open_the_dialog(&reader).await;
    let table = "document.querySelector('.embed-this fact-explorer').shadowRoot.querySelectorAll('tbody tr').length > 5";
    reader.until(table).await;
    reader.ends_with_an_empty_console().await;

    let built = Built::with("dialog", &["tests/datasets/tables/bridges.csv"]);
    let reader = at("").await;
    reader.site.host("/bridges/", built.0.clone());
    reader.goto(reader.site.url_of("/bridges/")).await;
    reader
        .until("document.documentElement.hasAttribute('data-ready')")
        .await;
    open_the_dialog(&reader).await;
    let cards = "document.querySelector('.embed-this fact-explorer').shadowRoot.querySelectorAll('.card').length";
    assert_eq!(reader.eval(cards).await, 6);
    assert!(code(&reader).await.contains("/bridges/embed.html"));
    reader.ends_with_an_empty_console().await;
}

/// The cards that can be seen.
const SEEN: &str = "[...document.querySelectorAll('.card')].filter(it => it.checkVisibility())";

#[apply(browser_test)]
async fn a_card_that_is_asked_for_is_seen_wherever_it_is() {
    let reader = at("").await;
    let ids = "[...document.querySelectorAll('.card:not([hidden])')].map(it => it.dataset.subject)";
    let ids = reader.eval(ids).await;
    let (seventh, eighth) = (ids[6].as_str().unwrap(), ids[7].as_str().unwrap());
    let seen = format!("{SEEN}.map(it => it.dataset.subject)");
    let with = |id: &str| {
        let mut all: Vec<_> = ids.as_array().unwrap()[..4].to_vec();
        all.push(json!(id));
        json!(all)
    };
    reader.open(&format!("embed.html?open={eighth}")).await;
    reader
        .until("document.documentElement.hasAttribute('data-ready')")
        .await;
    assert_eq!(reader.eval(&seen).await, with(eighth));
    // A name in another view leads there, too.
    reader
        .open("embed.html?show=views,history&view=table")
        .await;
    reader
        .until("document.documentElement.hasAttribute('data-ready')")
        .await;
    let link = format!(
        "[...document.querySelectorAll('a[href*=\"open={seventh}\"]')].find(it => it.checkVisibility())"
    );
    reader.until(&link).await;
    let name = reader.eval(&format!("{link}.textContent")).await;
    reader.press("link", name.as_str().unwrap()).await;
    reader
        .until(&format!("{seen}.includes({})", json!(seventh)))
        .await;
    assert_eq!(reader.eval(&seen).await, with(seventh));
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn an_element_that_no_other_site_could_read_is_told() {
    let reader = at("").await;
    open_the_dialog(&reader).await;
    let says = |words: &str| {
        format!(
            "document.querySelector('.embed-this [role=status]').textContent.startsWith('{words}')"
        )
    };
    let element = "An element, for pages that allow WebAssembly";
    reader.site.share(true);
    reader.press("radio", element).await;
    reader.until(&says("Its height fits")).await;
    reader.press("radio", "A frame, without any script").await;
    reader.site.share(false);
    reader.press("radio", element).await;
    reader
        .until(&says("This site doesn’t let other sites"))
        .await;
    reader.press("radio", "A frame, without any script").await;
    reader.until(&says("Its height fits")).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn settings_are_chosen_in_a_dialog() {
    let reader = at("#finding=cleared&as-of=latest&open=oregon").await;
    open_the_dialog(&reader).await;
    // Of one subject, where one is open; on the day that the page is at, by its name.
    code_has(
        &reader,
        "embed.html?only=oregon&amp;as-of=latest&amp;show=title,history\"",
        true,
    )
    .await;
    let whole = reader
        .eval("document.querySelector('h1').textContent")
        .await;
    let whole = whole.as_str().unwrap();
    code_has(&reader, &format!("title=\"Oregon · {whole}\""), true).await;
    reader.press("radio", "What is chosen now: Cleared").await;
    code_has(&reader, "finding=cleared", true).await;
    code_has(&reader, &format!("title=\"Cleared · {whole}\""), true).await;
    code_has(&reader, &format!(">Cleared · {whole}</a>"), true).await;
    code_has(&reader, "only=", false).await;
    code_has(&reader, "show=", false).await;
    reader.press("radio", "Everything").await;
    code_has(&reader, "finding=", false).await;
    code_has(&reader, &format!("title=\"{whole}\""), true).await;
    // What only looks otherwise is the same preview.
    let kept = "window.kept ??= document.querySelector('.embed-this fact-explorer'), \
        window.kept === document.querySelector('.embed-this fact-explorer')";
    assert_eq!(reader.eval(kept).await, true);
    reader.press("radio", "Dark").await;
    code_has(&reader, "theme=dark", true).await;
    let shade = "getComputedStyle(document.querySelector('.embed-this fact-explorer').shadowRoot\
        .querySelector('.page')).backgroundColor";
    assert_eq!(reader.eval(shade).await, "rgb(24, 23, 21)");
    reader.press("checkbox", "Key facts").await;
    code_has(&reader, "show=title,findings,search,facts,history", true).await;
    reader.press("checkbox", "Accent of my own").await;
    code_has(&reader, "accent=0d5c66", true).await;
    assert_eq!(reader.eval(kept).await, true);
    let facts = "document.querySelector('.embed-this fact-explorer').shadowRoot\
        .querySelector('.card__facts').checkVisibility()";
    assert_eq!(reader.eval(facts).await, true);
    reader
        .press("radio", "An element, for pages that allow WebAssembly")
        .await;
    code_has(&reader, "<fact-explorer src=", true).await;
    code_has(&reader, "theme=\"dark\"", true).await;
    for width in [900, 600, 320] {
        reader.press("radio", &format!("{width} px")).await;
        let shown = "document.querySelector('.embed-this fact-explorer').offsetWidth";
        assert_eq!(reader.eval(shown).await, width);
    }
    reader.allow_copying().await;
    reader.press("button", "Copy code").await;
    reader
        .until("document.querySelector('.embed-this [role=status]').textContent === 'Copied.'")
        .await;
    assert_eq!(reader.clipboard().await, code(&reader).await);
    // The page itself is as it was.
    assert_eq!(
        reader.fragment().await,
        "finding=cleared&as-of=latest&open=oregon"
    );
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn what_a_search_found_can_be_embedded_too() {
    let reader = at("#q=miami").await;
    open_the_dialog(&reader).await;
    reader.find("radio", "What is chosen now: “miami”").await;
    code_has(&reader, "embed.html?q=miami", true).await;
    reader.press("radio", "Everything").await;
    code_has(&reader, "q=miami", false).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn a_comparison_and_a_day_of_the_record_are_embedded_too() {
    let reader = at("#compare=chicago-il,oregon").await;
    open_the_dialog(&reader).await;
    code_has(&reader, "embed.html?compare=chicago-il,oregon", true).await;

    let reader = at("#view=timeline&event=lawsuit").await;
    open_the_dialog(&reader).await;
    code_has(&reader, "event=lawsuit&amp;view=timeline", true).await;

    // A day that is only a day stays one.
    let reader = at("#as-of=2021-04-13").await;
    open_the_dialog(&reader).await;
    code_has(&reader, "as-of=2021-04-13", true).await;
    let reader = at("").await;
    reader.press("button", "Latest").await;
    open_the_dialog(&reader).await;
    code_has(&reader, "embed.html?as-of=latest", true).await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn without_a_preview_there_is_no_code() {
    // The page has its style in itself, and the preview has it from a file. The frame in place of that one is
    // refused by the site's own policy.
    let reader = wishing(Wish {
        way: Way::Missing("*.css"),
        ..Wish::default()
    })
    .await;
    reader.open_live("").await;
    reader.open_the_sheet().await;
    reader.press("button", "Embed this").await;
    reader
        .until("document.querySelector('.embed-this [role=status]').textContent.startsWith('The preview couldn')")
        .await;
    let left = "[document.querySelector('textarea').value, document.querySelector('.embed-this [role=status]').previousElementSibling.disabled]";
    assert_eq!(reader.eval(left).await, json!(["", true]));
}

/// Opens the dialog by keys alone, and gives the button that led to it.
pub async fn open_by_keys(reader: &Reader) -> WebElement {
    let opener = reader.tab_to("button", "Take it along").await;
    reader.keys(Key::Enter).await;
    reader
        .until("document.querySelector('[data-do=embed]')")
        .await;
    reader.tab_to("button", "Embed this").await;
    reader.keys(Key::Enter).await;
    measured(reader).await;
    opener
}

#[apply(browser_test)]
async fn the_dialog_works_by_keyboard_and_gives_the_focus_back() {
    let reader = at("").await;
    open_by_keys(&reader).await;
    reader.tab_to("radio", "As the reader’s device").await;
    reader.keys(Key::Down).await;
    code_has(&reader, "theme=light", true).await;
    reader.tab_to("textbox", "Embed code").await;
    // The code is selected.
    reader
        .until("document.activeElement.selectionEnd - document.activeElement.selectionStart > 100")
        .await;
    reader.keys(Key::Escape).await;
    reader.until("!document.querySelector('.embed-this')").await;
    let focused = reader.focused().await.text().await.unwrap();
    assert_eq!(focused, "Take it along");
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn axe_finds_nothing_in_the_dialog() {
    for reader in [at("").await, on_a_phone_at("").await] {
        open_the_dialog(&reader).await;
        assert_eq!(violations(&reader).await, [""; 0]);
        let wide = "document.documentElement.scrollWidth <= innerWidth && \
            document.querySelector('.embed-this').scrollWidth <= document.querySelector('.embed-this').clientWidth";
        assert_eq!(reader.eval(wide).await, true, "it scrolls to the side");
        reader.ends_with_an_empty_console().await;
    }
}

/// The heights in `embed/heights.toml` are those of the compact form in Liberation Sans and Serif,
/// which are as wide as Arial and Times and which the browser's set-up brings along. With
/// `FACT_EXPLORER_MEASURE` set (`make heights`) they are written instead.
#[apply(browser_test)]
async fn the_heights_that_ship_are_as_measured() {
    let measure = std::env::var_os("FACT_EXPLORER_MEASURE").is_some();
    let mut names = vec!["all".to_owned()];
    for file in std::fs::read_dir("data/section-1373/subjects").unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        names.push(name.trim_end_matches(".toml").to_owned());
    }
    names[1..].sort();
    if !measure {
        // Each takes a moment, and what makes one wrong makes them all so.
        names.retain(|it| ["all", "chicago-il", "oregon"].contains(&it.as_str()));
    }
    let reader = wishing(Wish::default()).await;
    reader.open_live("").await;
    let dialog = std::fs::read_dir(crate::server::dist()).unwrap();
    let dialog = dialog
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .find(|it| {
            let name = it.strip_prefix("embed-this-");
            name.and_then(|it| it.strip_suffix(".js")).is_some()
        })
        .unwrap();
    let script = format!(
        "const done = arguments[1], at = it => new URL(it, document.baseURI); \
         Promise.all([import(at('{dialog}')), import(at('element.js'))]).then(async ([it]) => {{ \
           const found = {{}}; \
           for (const name of arguments[0]) {{ \
             const element = document.createElement('fact-explorer'); \
             element.setAttribute('src', at('.').href); element.setAttribute('loading', 'eager'); \
             if (name !== 'all') {{ \
               element.setAttribute('only', name); element.setAttribute('as-of', 'latest'); \
             }} \
             element.style.cssText = 'display:block;position:fixed;inset:0 auto auto 0;\
               --sans:\"Liberation Sans\";--serif:\"Liberation Serif\"'; \
             document.body.append(element); \
             const points = await it.measure(element); \
             element.remove(); \
             found[name] = [Math.max(...points.map(it => it[1])), points.find(it => it[0] === 640)[1], \
               it.heightRule(points)]; \
           }} \
           done(found); \
         }}, it => done(String(it)))"
    );
    let found = reader
        .driver
        .execute_async(script, vec![json!(names)])
        .await
        .unwrap();
    let found = found.json().as_object().expect("measured").clone();
    if measure {
        let old = std::fs::read_to_string("embed/heights.toml").unwrap();
        let mut file: String = old
            .split_inclusive('\n')
            .take_while(|it| it.starts_with('#'))
            .collect();
        for name in &names {
            let [most, middle, height] = [0, 1, 2].map(|it| &found[name][it]);
            file += &format!("\n[{name}]\nmost = {most}\nmiddle = {middle}\nheight = {height}\n");
        }
        std::fs::write("embed/heights.toml", file).unwrap();
        return;
    }
    let shipped = fact_explorer::site::oembed::heights().unwrap();
    for name in &names {
        let it = &shipped[name];
        assert_eq!(
            found[name],
            json!([it.most, it.middle, it.height]),
            "{name}: run `make heights`"
        );
    }
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn the_dialogs_day_is_not_the_pages() {
    let reader = at("").await;
    open_the_dialog(&reader).await;
    let day = "(() => { const it = document.querySelector('.embed-this [name=as-of]'); it.value = '2018-03-01'; \
         for (const kind of ['input', 'change', 'focusout']) it.dispatchEvent(new Event(kind, { bubbles: true })); \
         return it.value })()";
    assert_eq!(reader.eval(day).await, "2018-03-01");
    code_has(&reader, "as-of=2018-03-01", true).await;
    // The last one has a name, by which the embed follows the record.
    let put = |it: &str| day.replace("2018-03-01", it);
    reader.eval(&put("2021-04-14")).await;
    code_has(&reader, "as-of=latest", true).await;
    assert_eq!(reader.fragment().await, "");
    reader.keys(Key::Escape).await;
    reader.sees(10).await;
    // Of one subject the day is told, too, where it is the one that the page opens at and the page is at another.
    reader.open("#as-of=latest&open=new-orleans-la").await;
    open_the_dialog(&reader).await;
    code_has(&reader, "only=new-orleans-la&amp;as-of=latest", true).await;
    reader.eval(&put("2017-10-12")).await;
    code_has(&reader, "only=new-orleans-la&amp;as-of=2017-10-12", true).await;
    reader.ends_with_an_empty_console().await;
}
