//! A reader with a browser: small verbs, by role and name.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use serde_json::{Value, json};
use thirtyfour::bidi::events::LogEntryAdded;
use thirtyfour::bidi::modules::browsing_context::{SetViewport, Viewport};
use thirtyfour::common::command::{Command as Driver, ExtensionCommand};
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, TypingData};

use crate::drivers::{self, ACTIVE};
use crate::engines::Engine;
use crate::server::{LISTENER, Policy, Site, Way};

/// A browser at a page. Dropped, it is gone.
pub struct Reader {
    pub driver: WebDriver,
    pub site: Site,
    pub engine: Engine,
    /// How the device was set at first.
    look: Look,
    /// What was said on the console, where the driver can't be asked for it.
    heard: Arc<Mutex<Vec<String>>>,
    program: drivers::Driver,
}

/// The colours that a device is set to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Look {
    #[default]
    Light,
    Dark,
    /// The reader's own colours in place of the page's, as of a high-contrast theme.
    Forced,
}

impl Look {
    const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Forced];
}

/// What a test asks of its browser.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a wish of its own, and most are left as they are"
)]
pub struct Wish {
    pub way: Way,
    pub policy: Policy,
    pub scripts: bool,
    /// Whether the driver waits for pages to be loaded, which some never are.
    pub waits: bool,
    /// Whether the device is set to save data.
    pub saves_data: bool,
    pub look: Look,
    pub width: u32,
    pub height: u32,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            way: Way::Open,
            policy: Policy::Whole,
            scripts: true,
            waits: true,
            saves_data: false,
            look: Look::default(),
            width: 1280,
            height: 900,
        }
    }
}

/// Whether every card that is shown is laid out: those far below the screen follow some frames later.
pub const FOLLOWED: &str = "!document.querySelector('.card[data-late]:not([hidden])')";

/// Opens the page at a fragment and waits until it is live.
pub async fn at(fragment: &str) -> Reader {
    let reader = wishing(Wish::default()).await;
    reader.open_live(fragment).await;
    reader
}

/// The same on a phone.
pub async fn on_a_phone_at(fragment: &str) -> Reader {
    let reader = wishing(Wish {
        width: 390,
        height: 844,
        ..Wish::default()
    })
    .await;
    reader.open_live(fragment).await;
    reader
}

/// A browser at a blank page.
pub async fn wishing(wish: Wish) -> Reader {
    let site = Site::start(wish.way, wish.policy).await;
    let engine = Engine::chosen();
    let program = drivers::Driver::start(engine);
    let asked: Capabilities = program.capabilities(engine, &wish);
    let driver = WebDriver::new(program.url(), asked).await.unwrap();
    let reader = Reader {
        driver,
        site,
        engine,
        look: wish.look,
        heard: Arc::default(),
        program,
    };
    match engine {
        Engine::Chromium => reader.settle_chromium(&wish).await,
        Engine::Firefox => reader.listen().await,
        Engine::WebKit => {
            reader.site.begin_with(LISTENER);
            reader.take_a_bare_window().await;
        }
    }
    if wish.saves_data && engine != Engine::Chromium {
        let saves = "Object.defineProperty(Navigator.prototype, 'connection', {get: () => ({saveData: true})})";
        reader.site.begin_with(saves);
    }
    reader.resize(wish.width, wish.height).await;
    reader
}

/// W3C `WebDriver`'s “Get Computed Role” and “Get Computed Label”.
#[derive(Debug)]
struct Computed(String, &'static str);

impl ExtensionCommand for Computed {
    fn parameters_json(&self) -> Option<Value> {
        None
    }
    fn method(&self) -> http::Method {
        http::Method::GET
    }
    fn endpoint(&self) -> Arc<str> {
        format!("/element/{}/{}", self.0, self.1).into()
    }
}

/// The narrowest window that `MiniBrowser` has.
const NARROWEST: u32 = 334;

impl Reader {
    async fn settle_chromium(&self, wish: &Wish) {
        self.set(wish.look, false).await;
        if wish.saves_data {
            let saves = json!({"dataSaverEnabled": true});
            self.cdp("Emulation.setDataSaverOverride", saves).await;
        }
        if !wish.scripts {
            let off = json!({"value": true});
            self.cdp("Emulation.setScriptExecutionDisabled", off).await;
        }
    }

    /// Sets the device: its colours, and whether it asks for less motion. Only Chromium can be asked to while
    /// a page is open.
    pub async fn set(&self, look: Look, less_motion: bool) {
        let scheme = if look == Look::Dark { "dark" } else { "light" };
        let forced = if look == Look::Forced {
            "active"
        } else {
            "none"
        };
        let motion = if less_motion {
            "reduce"
        } else {
            "no-preference"
        };
        let features = [
            ("prefers-color-scheme", scheme),
            ("forced-colors", forced),
            ("prefers-reduced-motion", motion),
        ];
        let features = features.map(|(name, value)| json!({"name": name, "value": value}));
        let media = json!({ "features": features });
        self.cdp("Emulation.setEmulatedMedia", media).await;
    }

    /// The colours that can be looked at while a page is open.
    pub fn looks(&self) -> Vec<Look> {
        match self.engine {
            Engine::Chromium => Look::ALL.to_vec(),
            Engine::Firefox | Engine::WebKit => vec![self.look],
        }
    }

    /// Shows the page in these colours.
    pub async fn look(&self, look: Look) {
        if self.engine == Engine::Chromium {
            self.set(look, false).await;
        }
    }

    /// Shows the page in the colours that it was opened in.
    pub async fn look_as_before(&self) {
        self.look(self.look).await;
    }

    /// Notes what is said on the console, and errors that no script catches.
    async fn listen(&self) {
        let bidi = self.driver.bidi().await.unwrap();
        let mut entries = bidi.subscribe::<LogEntryAdded>().await.unwrap();
        let heard = self.heard.clone();
        tokio::spawn(async move {
            while let Some(entry) = entries.next().await {
                let level = format!("{:?}", entry.level).to_uppercase();
                let level = level.replace("WARN", "WARNING");
                let text = entry.text.unwrap_or_default();
                // An icon is the browser's own wish, also where nobody named one. If its page is left while
                // it is on its way, the worker is said to have failed, whatever that answers.
                let is_left =
                    text.contains("/icons/") && text.contains("ServiceWorker intercepted");
                if text.contains("/favicon.ico") || is_left {
                    continue;
                }
                heard.lock().unwrap().push(format!("{level} {text}"));
            }
        });
    }

    /// Goes on in a window of the page's own, without the bar of tools that takes room of every size,
    /// as a page may open one.
    async fn take_a_bare_window(&self) {
        let first = self.driver.window().await.unwrap();
        let open = "open('about:blank', '', 'popup,noopener')";
        self.driver.execute(open, Vec::new()).await.unwrap();
        self.driver.close_window().await.unwrap();
        let windows = self.driver.windows().await.unwrap();
        let bare = windows.into_iter().find(|it| *it != first).unwrap();
        self.driver.switch_to_window(bare).await.unwrap();
    }

    /// Opens another window beside the one that a reader is in, and goes there; gives the first. What is only
    /// another tab of the same window isn't shown by every driver.
    pub async fn opens_another(&self) -> WindowHandle {
        let first = self.driver.window().await.unwrap();
        self.driver.new_window().await.unwrap();
        let windows = self.driver.windows().await.unwrap();
        let other = windows.into_iter().find(|it| *it != first).unwrap();
        self.driver.switch_to_window(other).await.unwrap();
        if self.engine == Engine::WebKit {
            self.resize(1280, 900).await;
        }
        first
    }

    /// Goes to the tab that has just been opened beside this one, and gives where it leads, once it knows.
    pub async fn enters_new_tab(&self) -> String {
        let here = self.driver.window().await.unwrap();
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let tabs = self.driver.windows().await.unwrap();
            if let Some(tab) = tabs.into_iter().find(|it| *it != here) {
                self.driver.switch_to_window(tab).await.unwrap();
                let address = self.driver.current_url().await.unwrap();
                if address.scheme() != "about" {
                    return address.into();
                }
                self.driver.switch_to_window(here.clone()).await.unwrap();
            }
            assert!(Instant::now() < end, "no new tab");
        }
    }

    /// Makes the page this large, in its own pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        match self.engine {
            Engine::Chromium => {
                let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
                self.cdp("Emulation.setDeviceMetricsOverride", metrics)
                    .await;
            }
            Engine::Firefox => {
                let window = self.driver.window().await.unwrap();
                let viewport = Viewport { width, height };
                let size = SetViewport {
                    context: window.to_string().into(),
                    viewport: Some(viewport),
                    device_pixel_ratio: Some(1.0),
                };
                let bidi = self.driver.bidi().await.unwrap();
                bidi.send(size).await.unwrap();
            }
            Engine::WebKit => {
                let width = width.max(NARROWEST);
                let (x, y) = ACTIVE;
                self.driver
                    .set_window_rect(x.into(), y.into(), width, height)
                    .await
                    .unwrap();
            }
        }
    }

    /// Goes to an address.
    pub async fn goto(&self, address: impl AsRef<str>) {
        self.gather().await;
        self.driver.goto(address.as_ref()).await.unwrap();
        if self.engine == Engine::WebKit {
            // Where the server didn't send it along, from here on. The page before may still be there.
            let end = Instant::now() + Duration::from_secs(20);
            while let Err(why) = self.driver.execute(LISTENER, Vec::new()).await {
                assert!(Instant::now() < end, "{why}");
            }
        }
    }

    /// Goes to an address of another page and stays until that one has begun, where the driver doesn't wait for it:
    /// what a page is asked that is just being left may never be answered.
    pub async fn goto_other(&self, address: impl AsRef<str>) {
        let address = address.as_ref();
        self.goto(address).await;
        let path = address.split(['?', '#']).next().unwrap();
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let at = self
                .driver
                .execute("return location.href", Vec::new())
                .await;
            let is_there =
                |it: ScriptRet| it.json().as_str().is_some_and(|it| it.starts_with(path));
            if at.is_ok_and(is_there) {
                break;
            }
            assert!(Instant::now() < end, "never came to {path}");
        }
    }

    /// Takes what the page at hand has heard, where the page itself must listen.
    async fn gather(&self) {
        if self.engine == Engine::WebKit {
            let take = "return globalThis.heard_on_console?.splice(0) ?? []";
            // A page that is just being left has none.
            if let Ok(lines) = self.driver.execute(take, Vec::new()).await {
                let lines: Vec<String> = lines.convert().unwrap();
                self.heard.lock().unwrap().extend(lines);
            }
        }
    }

    /// What the console said since it was last asked.
    pub async fn said(&self) -> Vec<String> {
        match self.engine {
            Engine::Chromium => {
                let log = self.driver.browser_log().await.unwrap();
                let line =
                    |it: &thirtyfour::BrowserLogEntry| format!("{:?} {}", it.level, it.message);
                return log.iter().map(line).collect();
            }
            // What was said before an answer came has come, too.
            Engine::Firefox => {
                let bidi = self.driver.bidi().await.unwrap();
                bidi.session().status().await.unwrap();
            }
            Engine::WebKit => self.gather().await,
        }
        std::mem::take(&mut self.heard.lock().unwrap())
    }

    /// Where files are that the reader saves.
    pub fn folder(&self) -> PathBuf {
        self.program.saved()
    }

    pub async fn open(&self, fragment: &str) {
        self.goto(format!("{}{fragment}", self.site.url())).await;
    }

    /// Opens the page anew at a fragment and waits until it is live.
    pub async fn open_live(&self, fragment: &str) {
        // Another fragment alone would not load the page again.
        self.goto("about:blank").await;
        self.open(fragment).await;
        self.until("document.documentElement.hasAttribute('data-ready')")
            .await;
    }

    pub async fn cdp(&self, method: &str, parameters: Value) -> Value {
        self.driver
            .cdp()
            .send_raw(method, parameters)
            .await
            .unwrap()
    }

    /// The value of a JavaScript expression.
    pub async fn eval(&self, expression: &str) -> Value {
        let script = format!("return ({expression})");
        self.driver
            .execute(script, Vec::new())
            .await
            .unwrap()
            .json()
            .clone()
    }

    /// Waits, frame by frame, until an expression is true.
    pub async fn until(&self, expression: &str) {
        // A page behind another has no frames.
        let script = format!(
            "const done = arguments[0], end = performance.now() + 20000; \
             const next = it => document.hidden ? setTimeout(it, 16) : requestAnimationFrame(it); (function look() {{ \
             let it = false; try {{ it = ({expression}) }} catch (e) {{}} \
             if (it || performance.now() > end) done(!!it); else next(look) }})()"
        );
        // A page that is left while it is asked never answers, or with nothing; the one after it does.
        let end = Instant::now() + Duration::from_secs(20);
        let done = loop {
            match self.driver.execute_async(&script, Vec::new()).await {
                Ok(done) if !done.json().is_null() => break done,
                answer if Instant::now() > end => break answer.unwrap(),
                _ => {}
            }
        };
        let url = self.driver.current_url().await.unwrap();
        assert_eq!(
            done.json(),
            &json!(true),
            "never became true: {expression} (at {url})"
        );
    }

    /// Whether scripts and styles of the site's own are let into a frame without an origin.
    pub fn runs_sandboxed(&self) -> bool {
        self.engine != Engine::WebKit
    }

    /// Goes into the frame that fits a CSS selector: what follows is about what is in it.
    pub async fn enter(&self, css: &str) {
        let frame = self.driver.find(By::Css(css)).await.unwrap();
        frame.enter_frame().await.unwrap();
    }

    /// Goes back out to the page.
    pub async fn leave(&self) {
        self.gather().await;
        self.driver.enter_default_frame().await.unwrap();
    }

    /// Watches for moves on the screen that no reader caused, from when the page was opened.
    pub async fn watch_for_shifts(&self) {
        if self.engine != Engine::Chromium {
            return;
        }
        let watch = "window.shifts = [], new PerformanceObserver(it => it.getEntries().forEach(\
            it => it.hadRecentInput || window.shifts.push(it.value)))\
            .observe({type: 'layout-shift', buffered: true}), 0";
        self.eval(watch).await;
    }

    /// Fails where there was one.
    pub async fn has_not_shifted(&self) {
        if self.engine != Engine::Chromium {
            return;
        }
        // Entries are delivered before the next frame's callbacks.
        self.until("window.frame = (window.frame || 0) + 1, window.frame > 3")
            .await;
        assert_eq!(self.eval("window.shifts").await, json!([]));
    }

    /// The shown element of this role whose name begins with these words.
    pub async fn find(&self, role: &str, name: &str) -> WebElement {
        self.find_in("document", role, name).await
    }

    /// The same, in what a JavaScript expression gives: an element, a document or a shadow root.
    pub async fn find_in(&self, root: &str, role: &str, name: &str) -> WebElement {
        let mut names = Vec::new();
        let script = format!(
            "return [...({root}).querySelectorAll(\"{}\")]",
            candidates(role)
        );
        let found = self.driver.execute(script, Vec::new()).await.unwrap();
        for element in found.elements().unwrap() {
            if !element.is_displayed().await.unwrap() {
                continue;
            }
            let label = self.computed(&element, "computedlabel").await;
            let ends = label
                .strip_prefix(name)
                .is_some_and(|it| !it.starts_with(char::is_alphanumeric));
            if ends && self.computed(&element, "computedrole").await == self.called(role) {
                return element;
            }
            names.push(label);
        }
        panic!("no {role} named “{name}” among {names:?}");
    }

    /// What the engine calls a role, where it isn't ARIA's.
    fn called<'a>(&self, role: &'a str) -> &'a str {
        match (self.engine, role) {
            (Engine::Firefox, "DisclosureTriangle" | "Date")
            | (Engine::WebKit, "DisclosureTriangle") => "",
            (Engine::WebKit, "Date") => "textbox",
            (Engine::WebKit, "combobox") => "button",
            _ => role,
        }
    }

    /// What assistive technology calls an element: its role and its name.
    pub async fn told(&self, element: &WebElement) -> (String, String) {
        let role = self.computed(element, "computedrole").await;
        (role, self.computed(element, "computedlabel").await)
    }

    async fn computed(&self, element: &WebElement, what: &'static str) -> String {
        let command =
            Driver::ExtensionCommand(Box::new(Computed(element.element_id().to_string(), what)));
        self.driver.cmd(command).await.unwrap().value().unwrap()
    }

    pub async fn press(&self, role: &str, name: &str) {
        let element = self.find(role, name).await;
        if self.engine == Engine::WebKit {
            // Its driver takes for seen what a dialog that scrolls cuts off.
            let near = "arguments[0].scrollIntoView({block: 'nearest', inline: 'nearest'})";
            let element = vec![element.to_json().unwrap()];
            self.driver.execute(near, element).await.unwrap();
        }
        element.click().await.unwrap();
    }

    /// Presses the first element that fits a CSS selector, where roles and names can't tell which: the
    /// driver has none in a frame without an origin.
    pub async fn click(&self, css: &str) {
        let element = self.driver.find(By::Css(css)).await.unwrap();
        element.click().await.unwrap();
    }

    /// Puts a text into the first field that fits a CSS selector, whole, as pasting does.
    pub async fn put(&self, css: &str, text: &str) {
        let put = format!(
            "(() => {{ const it = document.querySelector({}); it.value = {}; \
             it.dispatchEvent(new Event('input', {{ bubbles: true }})) }})()",
            json!(css),
            json!(text)
        );
        self.eval(&put).await;
    }

    /// Opens the sheet of what can be taken along, and waits until everything is in it.
    pub async fn open_the_sheet(&self) {
        self.press("button", "Take it along").await;
        self.until("document.querySelector('.take__ways')").await;
    }

    /// Moves the focus to an element with the Tab key alone.
    pub async fn tab_to(&self, role: &str, name: &str) -> WebElement {
        let wanted = self.find(role, name).await;
        self.tab_to_element(wanted, name).await
    }

    /// The same, to an element that was found already.
    pub async fn tab_to_element(&self, wanted: WebElement, name: &str) -> WebElement {
        // Beyond the page's end, and before it is reached again, is the browser's own bar. Firefox comes back from it without making the
        // page active again, as a window before somebody's eyes would be: the way back stays in the page.
        let is_before = "let it = document.activeElement; \
            while (it.shadowRoot?.activeElement) it = it.shadowRoot.activeElement; \
            const place = arguments[0].compareDocumentPosition(it); \
            return !arguments[0].closest(':popover-open') && !(place & Node.DOCUMENT_POSITION_DISCONNECTED) && !!(place & Node.DOCUMENT_POSITION_FOLLOWING)";
        if self.engine == Engine::Firefox {
            // Where an address leads to a place, the way would begin there.
            let first = "if (document.activeElement === document.body) document.querySelector('a[href]').focus({preventScroll: true})";
            self.driver.execute(first, Vec::new()).await.unwrap();
            if self.focused().await == wanted {
                return wanted;
            }
        }
        let back = self.engine == Engine::Firefox && {
            let element = vec![wanted.to_json().unwrap()];
            let before = self.driver.execute(is_before, element).await.unwrap();
            before.json() == true
        };
        for _ in 0..400 {
            if back {
                self.shift(Key::Tab).await;
            } else {
                self.keys(Key::Tab).await;
            }
            let focused = self.focused().await;
            if focused == wanted {
                let kind = wanted.attr("type").await.unwrap();
                if back && kind.as_deref() == Some("date") {
                    // It came to the last part of it.
                    while self.focused().await == wanted {
                        self.shift(Key::Tab).await;
                    }
                    self.keys(Key::Tab).await;
                }
                return wanted;
            }
        }
        panic!("the Tab key never reaches “{name}”");
    }

    pub async fn focused(&self) -> WebElement {
        // In an element with a shadow root, that root has the one that is meant.
        let deepest = "let it = document.activeElement; \
            while (it.shadowRoot?.activeElement) it = it.shadowRoot.activeElement; return it";
        let active = self.driver.execute(deepest, Vec::new()).await.unwrap();
        active.element().unwrap()
    }

    /// Presses a key while Shift is held.
    pub async fn shift(&self, key: Key) {
        let keys = self.driver.action_chain().key_down(Key::Shift);
        let keys = keys.send_keys(key).key_up(Key::Shift);
        keys.perform().await.unwrap();
    }

    /// Types where the focus is.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        self.driver
            .action_chain()
            .send_keys(keys)
            .perform()
            .await
            .unwrap();
    }

    /// Types a date where the focus is, in the first part of a date field.
    pub async fn type_date(&self, month: &str, day: &str, year: &str) {
        for part in [month, day, year] {
            self.keys(part).await;
            // Elsewhere a part that is full leads to the next.
            if self.engine == Engine::WebKit && part != year {
                self.keys(Key::Right).await;
            }
        }
    }

    pub async fn status(&self) -> String {
        self.find("status", "").await.text().await.unwrap()
    }

    /// Waits until the status begins with this number, then checks that as many cards are there.
    pub async fn sees(&self, n: usize) {
        self.until(&format!(
            "document.querySelector('[role=status]').textContent.startsWith('{n} of ')"
        ))
        .await;
        self.until(FOLLOWED).await;
        let are_there =
            "[...document.querySelectorAll('article')].filter(it => it.checkVisibility()).length";
        self.until(&format!("{are_there} === {n}")).await;
        let cards = if self.engine == Engine::Chromium {
            self.cards().await.len()
        } else {
            self.exposed("article").await.len()
        };
        assert_eq!(cards, n, "cards in the accessibility tree");
    }

    /// The names of the cards in the accessibility tree, in order.
    pub async fn cards(&self) -> Vec<String> {
        self.until(FOLLOWED).await;
        self.all("article").await
    }

    /// The names of everything of a role in the accessibility tree, in order.
    pub async fn all(&self, role: &str) -> Vec<String> {
        if self.engine != Engine::Chromium {
            let mut names = Vec::new();
            for element in self.exposed(role).await {
                if self.computed(&element, "computedrole").await == self.called(role) {
                    let name = self.computed(&element, "computedlabel").await;
                    let text = self.engine == Engine::WebKit && name.is_empty();
                    names.push(if text {
                        element.text().await.unwrap()
                    } else {
                        name
                    });
                }
            }
            return names;
        }
        let tree = self.cdp("Accessibility.getFullAXTree", json!({})).await;
        let nodes = tree["nodes"].as_array().unwrap();
        let is = |node: &Value| node["role"]["value"] == role && node["ignored"] == false;
        let name = |node: &Value| node["name"]["value"].as_str().unwrap_or("").to_owned();
        nodes.iter().filter(|it| is(it)).map(name).collect()
    }

    /// What may have a role and is neither hidden from the eye nor from assistive technology. Only
    /// Chromium's driver gives the tree itself.
    async fn exposed(&self, role: &str) -> Vec<WebElement> {
        let script = format!(
            "const all = root => [...root.querySelectorAll('*')].flatMap(it => \
             (it.matches(\"{}\") ? [it] : []).concat(it.shadowRoot ? all(it.shadowRoot) : [])); \
             return all(document).filter(it => it.getClientRects().length && it.checkVisibility({{visibilityProperty: true}}) && \
             !it.closest('[aria-hidden=true], [inert]'))",
            candidates(role)
        );
        let found = self.driver.execute(script, Vec::new()).await.unwrap();
        found.elements().unwrap()
    }

    /// Lets the page, and the test, use the clipboard.
    pub async fn allow_copying(&self) {
        if self.engine != Engine::Chromium {
            return;
        }
        let origin = self.eval("location.origin").await;
        let permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"];
        let grant = json!({"origin": origin, "permissions": permissions});
        self.cdp("Browser.grantPermissions", grant).await;
    }

    /// What was copied.
    pub async fn clipboard(&self) -> String {
        if self.engine == Engine::WebKit {
            return self.pasted().await;
        }
        let read = "const done = arguments[0]; \
                    navigator.clipboard.readText().then(done, it => done(String(it)))";
        let text = self.driver.execute_async(read, Vec::new()).await.unwrap();
        text.json().as_str().unwrap().to_owned()
    }

    /// What a text should be like once it was copied.
    pub fn as_copied(&self, text: &str) -> String {
        let lines_end_alike = self.engine == Engine::WebKit;
        if lines_end_alike {
            text.replace("\r\n", "\n")
        } else {
            text.to_owned()
        }
    }

    /// What a reader gets who pastes it somewhere.
    async fn pasted(&self) -> String {
        let somewhere = "const it = document.createElement('textarea'); it.id = 'pasted'; \
            delete window.pastedText; \
            it.addEventListener('paste', it => window.pastedText = it.clipboardData.getData('text/plain')); \
            window.pastedFrom = document.activeElement; \
            ([...document.querySelectorAll('dialog[open], :popover-open')].at(-1) ?? document.body).append(it); it.focus()";
        self.driver.execute(somewhere, Vec::new()).await.unwrap();
        let keys = self.driver.action_chain().key_down(Key::Control);
        let keys = keys.send_keys("v").key_up(Key::Control);
        keys.perform().await.unwrap();
        self.until("window.pastedText").await;
        let take = "(() => { const it = document.getElementById('pasted'); \
            it.remove(); pastedFrom.focus(); return pastedText })()";
        self.eval(take).await.as_str().unwrap().to_owned()
    }

    /// Shows the page as it is on paper, or on the screen again.
    pub async fn as_printed(&self, printed: bool) {
        if self.engine == Engine::Chromium {
            let media = json!({"media": if printed { "print" } else { "screen" }});
            self.cdp("Emulation.setEmulatedMedia", media).await;
            return;
        }
        // The rules for paper are made those for all, and those for the screen for none.
        let rules = "const [from, to] = arguments; (function go(rules) { for (const it of rules) { \
            if (it.media) it.media.mediaText = it.media.mediaText.replace(from[0], to[0]).replace(from[1], to[1]); \
            if (it.cssRules) go(it.cssRules) } })([...document.styleSheets, ...document.adoptedStyleSheets])";
        let (own, other) = (json!(["print", "screen"]), json!(["all", "not all"]));
        let arguments = if printed {
            vec![own, other]
        } else {
            vec![other, own]
        };
        self.driver.execute(rules, arguments).await.unwrap();
    }

    /// Chooses from a menu, by the words that the reader sees.
    pub async fn choose(&self, menu: &str, label: &str) {
        let menu = self.find("combobox", menu).await;
        thirtyfour::components::SelectElement::new(&menu)
            .await
            .unwrap()
            .select_by_visible_text(label)
            .await
            .unwrap();
    }

    /// The text of the first element that fits a CSS selector.
    pub async fn text(&self, css: &str) -> String {
        let element = self.driver.find(By::Css(css)).await.unwrap();
        element.text().await.unwrap()
    }

    pub async fn fragment(&self) -> String {
        self.driver
            .current_url()
            .await
            .unwrap()
            .fragment()
            .unwrap_or("")
            .to_owned()
    }

    /// Fails where the console has a line.
    pub async fn ends_with_an_empty_console(self) {
        assert_eq!(self.said().await, [""; 0], "the console");
        self.driver.clone().quit().await.unwrap();
    }
}

fn candidates(role: &str) -> &'static str {
    match role {
        "checkbox" => "input[type=checkbox]",
        "radio" => "input[type=radio]",
        "region" => "section, [role=region]",
        "table" => "table",
        "rowheader" => "th[scope=row], [role=rowheader]",
        "columnheader" => "th[scope=col], [role=columnheader]",
        "row" => "tr",
        "button" => "button",
        "link" => "a[href]",
        "searchbox" => "input[type=search]",
        "combobox" => "select",
        "status" => "[role=status]",
        "heading" => "h1, h2, h3, h4",
        "article" => "article",
        "group" => "fieldset",
        "DisclosureTriangle" => "summary",
        "Date" => "input[type=date]",
        "textbox" => "textarea",
        _ => panic!("say where to look for the role {role}"),
    }
}
