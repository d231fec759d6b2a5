use macro_rules_attribute::apply;
use serde_json::json;

use crate::frame::{HEARD, visit};
use crate::reader::{Reader, Wish, at, wishing};
use crate::server::Policy;

/// Markup that no page of the site writes, each line for another reason.
const REFUSED: [&str; 23] = [
    "<script>1</script>",
    "<SCRIPT src=x></SCRIPT>",
    "<iframe></iframe>",
    "<object data=x></object>",
    "<embed src=x>",
    "<base href=\"https://example.org/\">",
    "<meta http-equiv=\"refresh\" content=\"0\">",
    "<link rel=\"stylesheet\" href=\"x.css\">",
    "<p onclick=\"1\">x</p>",
    "<p class=\"x\"onclick=\"1\">x</p>",
    "<p/onclick=1>x</p>",
    "<p title=\">\" onclick=\"1\">x</p>",
    "<p title=x\" onclick=\"1\">x</p>",
    "<a href=\"javascript:1\">x</a>",
    "<a href=\" JavaScript:1\">x</a>",
    "<a href=\"&#106;avascript:1\">x</a>",
    "<a href=\"data:text/html,x\">x</a>",
    "<svg><a xlink:href=\"javascript:1\"></a></svg>",
    "<svg><set attributeName=\"href\"></set></svg>",
    "<textarea><p title=\"</textarea><img onerror=1>\"></textarea>",
    "<title><p title=\"</title><img onerror=1>\"></title>",
    "<!-- <p title=\"--><img onerror=1>\"> -->",
    "a < b",
];

const PASSING: [&str; 10] = [
    "",
    "a &lt; b, and on x = 5 > 4, javascript: is a word",
    "<p class=\"x\" hidden>x</p>",
    "<p title=\"a < b, onclick=1\">x</p>",
    "<svg><a href=\"#x\"><title>A: b</title><circle r=\"1\"/></a></svg>",
    "<br/><input type=\"search\"><hr>",
    "<a href=\"https://example.org/?a=1&amp;b=javascript:\">x</a>",
    "<a href=\"../about.html#a\">x</a><a href=\"#q=a:b&amp;sort=name\">x</a><a href=\"\">x</a>",
    "<a href=\"mailto:a@example.org\">x</a><!---->",
    "<!doctype html>\n<html><head><script src=\"x.js\"></script></head><body><p>x</p></body></html>",
];

#[apply(browser_test)]
async fn only_the_sites_own_kind_of_markup_may_become_part_of_the_page() {
    let reader = at("").await;
    let refused = |texts: &[&str]| {
        format!(
            "{}.filter(it => {{ try {{ document.createElement('div').innerHTML = it; \
             return false }} catch {{ return true }} }})",
            json!(texts)
        )
    };
    assert_eq!(reader.eval(&refused(&PASSING)).await, json!([]));
    assert_eq!(reader.eval(&refused(&REFUSED)).await, json!(REFUSED));
    // A whole page is read without its head.
    let whole = "(async () => { \
        const text = await (await fetch('subject/chicago-il.html')).text(); \
        const page = new DOMParser().parseFromString(text, 'text/html'); \
        return [page.querySelectorAll('script, meta').length, page.querySelector('h1').textContent] })()";
    assert_eq!(reader.eval(whole).await, json!([0, "City of Chicago"]));
    // No text becomes a script, nor the address of one. The worker's has a rule of its own.
    let sinks = "[['src', 'x.js'], ['src', new URL('sw.js', location).href], ['src', 'data:,1'], ['text', '1']]\
        .filter(([of, it]) => { try { document.createElement('script')[of] = it; return true } \
        catch { return false } })";
    assert_eq!(reader.eval(sinks).await, json!([]));
    // The browser reports what was refused, and nothing else.
    let said = reader.said().await;
    let words = [
        "requires 'Trusted",
        "refuses trusted-types",
        "require-trusted-types-for",
    ];
    let refused = |it: &String| words.iter().any(|words| it.contains(words));
    assert!(said.iter().all(refused), "{said:?}");
}

#[apply(browser_test)]
async fn where_a_browser_has_no_trusted_types_the_page_is_live_too() {
    let reader = wishing(Wish {
        policy: Policy::WithoutTypes,
        ..Wish::default()
    })
    .await;
    reader.site.begin_with("delete globalThis.trustedTypes");
    reader.open_live("#view=map&open=chicago-il").await;
    assert_eq!(reader.eval("typeof trustedTypes").await, "undefined");
    reader.until("document.querySelector('.map svg')").await;
    reader.open_live("#open=chicago-il").await;
    reader
        .until("document.querySelector('.history section')")
        .await;
    reader.ends_with_an_empty_console().await;
}

#[apply(browser_test)]
async fn where_a_host_refuses_the_style_in_the_page_its_file_is_fetched() {
    let reader = wishing(Wish {
        policy: Policy::WithoutStyle,
        ..Wish::default()
    })
    .await;
    reader.open_live("").await;
    let styled = "getComputedStyle(document.documentElement).getPropertyValue('--paper') !== ''";
    reader.until(styled).await;
    let fetched = "document.querySelectorAll('link[rel=stylesheet]').length";
    assert_eq!(reader.eval(fetched).await, 1);
    ends_with_refusals(reader).await;
}

#[apply(browser_test)]
async fn where_a_host_refuses_what_a_frames_page_has_in_itself_the_frame_is_as_asked_for() {
    let wish = Wish {
        policy: Policy::WithoutStyle,
        ..Wish::default()
    };
    let frame = "<iframe src=\"SITEembed.html?theme=dark&cards=2&finding=cleared\" title=\"The facts\" \
                 style=\"block-size:3000px;inline-size:100%\"></iframe>";
    let visit = visit(wish, frame, "").await;
    let reader = &visit.reader;
    reader.until(HEARD).await;
    reader.enter_live("iframe").await;
    reader
        .until(
            "getComputedStyle(document.documentElement).getPropertyValue('--paper') === '#181715'",
        )
        .await;
    reader
        .until("document.querySelector('.embed__all')?.textContent === 'Show all 4'")
        .await;
    assert_eq!(reader.cards_shown().await, 2);
    // Its host is told how high it is, and not only before it had its style.
    let inner = reader.inner_height().await;
    reader.leave().await;
    reader.until(&format!("{HEARD} === {inner}")).await;
    ends_with_refusals(visit.reader).await;
}

/// The browser reports what was refused, and nothing else.
async fn ends_with_refusals(reader: Reader) {
    let said = reader.said().await;
    let words = [
        "inline style",
        "inline script",
        "refuses inline",
        "STYLE wasn’t loaded",
    ];
    let refused = |it: &String| words.iter().any(|words| it.contains(words));
    assert!(!said.is_empty() && said.iter().all(refused), "{said:?}");
}

/// A facet may be called `2020-population`, and the preview of an embed is narrowed by it.
#[apply(browser_test)]
async fn an_attribute_may_begin_with_a_digit() {
    let reader = at("").await;
    let parsed = "(() => { const it = document.createElement('template');\
                  it.innerHTML = '<i 2020-population=\"&lt;5\"></i>';\
                  return it.content.firstChild.getAttribute('2020-population') })()";
    assert_eq!(reader.eval(parsed).await, "<5");
    reader.ends_with_an_empty_console().await;
}
