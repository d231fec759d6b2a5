use std::{env, fs};

use macro_rules_attribute::apply;
use serde_json::Value;

use crate::reader::{Reader, Wish, wishing};

/// What axe finds to mend, by rule, with the elements.
pub async fn violations(reader: &Reader) -> Vec<String> {
    let path = env::var("AXE_CORE").expect("AXE_CORE names axe.min.js: run `make test`");
    let axe = fs::read_to_string(path).unwrap();
    reader.driver.execute(axe, Vec::new()).await.unwrap();
    let run = "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})\
        .then(it => done(it.violations), it => done(String(it)))";
    let found = reader
        .driver
        .execute_async(run, Vec::new())
        .await
        .unwrap()
        .json()
        .clone();
    let Value::Array(found) = found else {
        panic!("axe: {found}")
    };
    let target =
        |it: &Value| it["target"].to_string() + " " + it["failureSummary"].as_str().unwrap_or("");
    let nodes = |it: &Value| {
        it["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(target)
            .collect::<Vec<_>>()
    };
    found
        .iter()
        .map(|it| format!("{}: {:?}", it["id"], nodes(it)))
        .collect()
}

#[apply(browser_test)]
async fn axe_finds_nothing_to_mend() {
    for (width, dark) in [(1280, false), (1280, true), (390, false), (390, true)] {
        let reader = wishing(Wish {
            dark,
            width,
            ..Wish::default()
        })
        .await;
        for fragment in [
            "",
            "#as-of=2021-04-14&q=police&open=chicago-il",
            "#finding=warned&state=wi",
            "#q=county&open=milwaukee-county-wi",
            "#view=table&as-of=2021-04-14",
            "#view=timeline&q=police",
            "#view=map&as-of=2021-04-14",
            "#compare=chicago-il,connecticut,philadelphia-pa,vermont",
        ] {
            reader.open_live(fragment).await;
            if fragment.contains("view=timeline") || fragment.contains("view=map") {
                reader.until("document.querySelector('.other h3')").await;
            }
            let found = violations(&reader).await;
            assert_eq!(found, [""; 0], "{width} px, dark: {dark}, {fragment}");
        }
        reader.open_live("").await;
        reader.open_the_sheet().await;
        reader.find("button", "Save as CSV").await;
        assert_eq!(violations(&reader).await, [""; 0], "to take along");
        if width == 390 {
            reader.open_live("?2").await;
            reader.press("button", "Filters").await;
            assert_eq!(
                violations(&reader).await,
                [""; 0],
                "the sheet, dark: {dark}"
            );
        }
        reader.ends_with_an_empty_console().await;
    }
}

#[apply(browser_test)]
async fn axe_finds_nothing_to_mend_without_scripts() {
    // axe needs scripts, so the page is styled as it is without them and its controls taken out.
    let reader = wishing(Wish {
        way: crate::server::Way::Missing("*.wasm"),
        ..Wish::default()
    })
    .await;
    reader.open("").await;
    reader
        .until("document.documentElement.hasAttribute('data-failed')")
        .await;
    reader
        .eval("document.querySelectorAll('.card[hidden]').forEach(it => it.hidden = false)")
        .await;
    reader
        .eval("document.querySelectorAll('details').forEach(it => it.open = true)")
        .await;
    assert_eq!(violations(&reader).await, [""; 0]);
}

#[apply(browser_test)]
async fn nothing_is_cut_off_at_320_pixels() {
    // 320 px is also what 400 % zoom leaves of 1280.
    let reader = wishing(Wish {
        width: 320,
        height: 640,
        ..Wish::default()
    })
    .await;
    // A comparison is a table that scrolls in its own frame.
    let wide = "[...document.querySelectorAll('body *:not(.scrolls *, svg *)')].filter(it => \
        it.checkVisibility() && it.getBoundingClientRect().right > innerWidth + 1).map(it => it.outerHTML.slice(0, 80))";
    for fragment in [
        "#as-of=2021-04-14&open=chicago-il",
        "#view=table",
        "#view=timeline",
        "#view=map",
        "#compare=chicago-il,connecticut",
    ] {
        reader.open_live(fragment).await;
        reader
            .until("!document.querySelector('.results').textContent.includes('Loading…')")
            .await;
        assert_eq!(reader.eval(wide).await, serde_json::json!([]), "{fragment}");
        let fits = "document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(reader.eval(fits).await, true, "{fragment}");
    }
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn targets_are_large_enough_for_a_thumb() {
    let reader = wishing(Wish {
        width: 390,
        ..Wish::default()
    })
    .await;
    reader.open_live("").await;
    reader.press("button", "Filters").await;
    let small = "[...document.querySelectorAll('button, select, input:not([type=checkbox]), .choice, summary')]\
        .filter(it => it.checkVisibility() && it.getBoundingClientRect().height < 43.9)\
        .map(it => it.outerHTML.slice(0, 90))";
    assert_eq!(reader.eval(small).await, serde_json::json!([]));
    reader.ends_with_an_empty_console().await;
}
