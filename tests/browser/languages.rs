use macro_rules_attribute::apply;
use serde_json::json;

use crate::accessibility::violations;
use crate::built::Built;
use crate::reader::{Reader, Wish, wishing};

const BASE: &str = "/languages/";
const READY: &str = "document.documentElement.hasAttribute('data-ready')";

/// A reader at a built site, on a screen of this width.
async fn reader(built: &Built, width: u32, fragment: &str) -> Reader {
    let reader = wishing(Wish {
        width,
        ..Wish::default()
    })
    .await;
    reader.site.host(BASE, built.0.clone());
    let address = reader.site.url_of(BASE) + fragment;
    reader.driver.goto(address).await.unwrap();
    reader.until(READY).await;
    reader
}

/// Where each of some elements begins and ends, and whether they fit the screen.
const WIDE: &str = "document.documentElement.scrollWidth > document.documentElement.clientWidth";

#[apply(browser_test)]
async fn a_spanish_page_answers_in_spanish_and_marks_what_is_english() {
    let built = Built::with("es", &["data/section-1373", "--language", "es"]);
    let reader = reader(&built, 1280, "").await;
    let root = "[document.documentElement.lang, document.documentElement.dir]";
    assert_eq!(reader.eval(root).await, json!(["es", ""]));
    assert_eq!(
        reader.status().await,
        "10 de 40 jurisdictions al 12 de octubre de 2017"
    );
    let own = "[...document.querySelectorAll('.card h3')].every(it => it.lang === 'en')";
    assert_eq!(reader.eval(own).await, true);
    reader
        .eval("document.querySelector('[data-facet=finding] input').click()")
        .await;
    reader
        .until("!document.querySelector('[role=status]').textContent.startsWith('10 ')")
        .await;
    assert!(
        reader
            .status()
            .await
            .contains(" de 40 jurisdictions al 12 de octubre")
    );
    reader.press("button", "Borrar todo").await;
    for fragment in [
        "#view=table",
        "#view=timeline",
        "#compare=chicago-il,connecticut",
    ] {
        let address = reader.site.url_of(BASE) + fragment;
        reader.driver.goto(address).await.unwrap();
        reader
            .until("!document.querySelector('.results').textContent.includes('Cargando…')")
            .await;
        assert_eq!(violations(&reader).await, [""; 0], "{fragment}");
    }
    // What an open card brings from the record is marked as well.
    let address = reader.site.url_of(BASE) + "#open=chicago-il";
    reader.driver.goto(address).await.unwrap();
    let brought = "[...document.querySelectorAll('.card[data-subject=chicago-il] h5')]";
    reader
        .until(&format!(
            "{brought}.some(it => it.textContent.includes(' v. '))"
        ))
        .await;
    let cases = format!(
        "{brought}.filter(it => it.textContent.includes(' v. ')).every(it => it.lang === 'en')"
    );
    assert_eq!(reader.eval(&cases).await, true);
    reader.press("button", "Llevar consigo").await;
    reader
        .until("document.querySelector(\'#take [data-do=csv]\')")
        .await;
    reader.find("button", "Guardar como CSV").await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn an_arabic_page_reads_from_right_to_left() {
    let built = Built::with("ar", &["data/examples/countries-ar"]);
    for width in [320, 390, 1280] {
        let reader = reader(&built, width, "").await;
        let root = "[document.documentElement.lang, document.documentElement.dir, \
                    getComputedStyle(document.querySelector('.card')).direction]";
        assert_eq!(reader.eval(root).await, json!(["ar", "rtl", "rtl"]));
        assert_eq!(reader.eval(WIDE).await, false, "{width} px");
        // What a page begins with stands at the right.
        let starts = "(() => { const [a, b] = ['.masthead h1', '.results'].map(it => \
             document.querySelector(it).getBoundingClientRect()); \
             return document.documentElement.clientWidth - a.right <= 64; })()";
        assert_eq!(reader.eval(starts).await, true, "{width} px");
        assert_eq!(violations(&reader).await, [""; 0], "{width} px");
        assert_eq!(reader.status().await, "252 من 252 بلدًا وإقليمًا");
        for fragment in ["#view=table", "#compare=eg,ma,jo"] {
            let address = reader.site.url_of(BASE) + fragment;
            reader.driver.goto(address).await.unwrap();
            reader.until("document.querySelector('.other table')").await;
            assert_eq!(reader.eval(WIDE).await, false, "{width} px, {fragment}");
            assert_eq!(violations(&reader).await, [""; 0], "{width} px, {fragment}");
        }
        reader.ends_with_an_empty_console().await;
    }
}

#[apply(browser_test)]
async fn an_arabic_page_filters_and_searches() {
    let built = Built::with("ar-live", &["data/examples/countries-ar"]);
    let reader = reader(&built, 1280, "").await;
    // With marks that join letters or without them, it is the same word.
    for typed in ["مصر", "مِصْر"] {
        reader.put("#q", typed).await;
        reader
            .until("document.querySelector('[role=status]').textContent.startsWith('1 من 252')")
            .await;
        let found = "document.querySelector('.card:not([hidden]) h3').textContent";
        assert_eq!(reader.eval(found).await, "مصر", "{typed}");
    }
    reader.press("button", "مسح الكل").await;
    reader
        .eval("document.querySelector('[data-facet=language] .choice input').click()")
        .await;
    reader
        .until("!document.querySelector('[role=status]').textContent.startsWith('252 ')")
        .await;
    assert!(reader.status().await.ends_with(" من 252 بلدًا وإقليمًا"));
    reader.ends_with_an_empty_console().await;
}
