//! A reader with a browser: small verbs, by role and name.

use std::env;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use serde_json::{Value, json};
use thirtyfour::common::command::{Command as Driver, ExtensionCommand};
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel, TypingData};

use crate::server::{Policy, Site, Way};

/// A browser at a page. Dropped, it is gone.
pub struct Reader {
    pub driver: WebDriver,
    pub site: Site,
    _chromedriver: Chromedriver,
}

/// The driver, in a process group of its own with the browser that it starts, so that a test that
/// fails leaves neither behind.
struct Chromedriver(Child);

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // `kill` is built into every shell; as a program it may be missing.
        let kill = format!("kill -9 -{}", self.0.id());
        _ = Command::new("sh").args(["-c", &kill]).status();
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// What a test asks of its browser.
pub struct Wish {
    pub way: Way,
    pub policy: Policy,
    pub scripts: bool,
    /// Whether the device is set to save data.
    pub saves_data: bool,
    pub dark: bool,
    pub width: u32,
    pub height: u32,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            way: Way::Open,
            policy: Policy::Whole,
            scripts: true,
            saves_data: false,
            dark: false,
            width: 1280,
            height: 900,
        }
    }
}

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
    let (chromedriver, port) = start_chromedriver();
    let mut caps = DesiredCapabilities::chrome();
    caps.set_binary(&env::var("CHROMIUM").unwrap_or("chromium".into()))
        .unwrap();
    for argument in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        // A date field's parts are in the order of the language.
        "--lang=en-US",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--force-prefers-reduced-motion",
        &format!("--window-size={},{}", wish.width, wish.height),
    ] {
        caps.add_arg(argument).unwrap();
    }
    caps.set_browser_log_level(LoggingPrefsLogLevel::All)
        .unwrap();
    let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), caps)
        .await
        .unwrap();
    let reader = Reader {
        driver,
        site,
        _chromedriver: Chromedriver(chromedriver),
    };
    let (width, height) = (wish.width, wish.height);
    let metrics =
        json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
    reader
        .cdp("Emulation.setDeviceMetricsOverride", metrics)
        .await;
    let scheme = if wish.dark { "dark" } else { "light" };
    let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
    reader.cdp("Emulation.setEmulatedMedia", media).await;
    if wish.saves_data {
        let saves = json!({"dataSaverEnabled": true});
        reader.cdp("Emulation.setDataSaverOverride", saves).await;
    }
    if !wish.scripts {
        reader
            .cdp(
                "Emulation.setScriptExecutionDisabled",
                json!({"value": true}),
            )
            .await;
    }
    reader
}

/// Starts the driver. It picks a free port itself, which another may take before it listens; then it
/// ends without a word and is started anew.
fn start_chromedriver() -> (Child, u16) {
    (0..5)
        .find_map(|_| try_chromedriver())
        .expect("chromedriver tells its port")
}

fn try_chromedriver() -> Option<(Child, u16)> {
    let program = env::var("CHROMEDRIVER").unwrap_or("chromedriver".into());
    let mut child = Command::new(&program)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap_or_else(|it| panic!("{program} doesn't start ({it}): run `make test`"));
    let mut lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let port = lines.find_map(|it| {
        it.split_once("started successfully on port ")?
            .1
            .trim_end_matches('.')
            .parse()
            .ok()
    });
    Some((child, port?))
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

impl Reader {
    pub async fn open(&self, fragment: &str) {
        self.driver
            .goto(format!("{}{fragment}", self.site.url()))
            .await
            .unwrap();
    }

    /// Opens the page anew at a fragment and waits until it is live.
    pub async fn open_live(&self, fragment: &str) {
        // Another fragment alone would not load the page again.
        self.driver.goto("about:blank").await.unwrap();
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
        let script = format!(
            "const done = arguments[0], end = performance.now() + 10000; (function look() {{ \
             let it = false; try {{ it = ({expression}) }} catch (e) {{}} \
             if (it || performance.now() > end) done(!!it); else requestAnimationFrame(look) }})()"
        );
        let done = match self.driver.execute_async(&script, Vec::new()).await {
            Ok(done) => done,
            // A page that was left while it was asked never answers; the one after it does.
            Err(_) => self
                .driver
                .execute_async(&script, Vec::new())
                .await
                .unwrap(),
        };
        let url = self.driver.current_url().await.unwrap();
        assert_eq!(
            done.json(),
            &json!(true),
            "never became true: {expression} (at {url})"
        );
    }

    /// Goes into the frame that fits a CSS selector: what follows is about what is in it.
    pub async fn enter(&self, css: &str) {
        let frame = self.driver.find(By::Css(css)).await.unwrap();
        frame.enter_frame().await.unwrap();
    }

    /// Goes back out to the page.
    pub async fn leave(&self) {
        self.driver.enter_default_frame().await.unwrap();
    }

    /// Watches for moves on the screen that no reader caused, from when the page was opened.
    pub async fn watch_for_shifts(&self) {
        let watch = "window.shifts = [], new PerformanceObserver(it => it.getEntries().forEach(\
            it => it.hadRecentInput || window.shifts.push(it.value)))\
            .observe({type: 'layout-shift', buffered: true}), 0";
        self.eval(watch).await;
    }

    /// Fails where there was one.
    pub async fn has_not_shifted(&self) {
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
            if ends && self.computed(&element, "computedrole").await == role {
                return element;
            }
            names.push(label);
        }
        panic!("no {role} named “{name}” among {names:?}");
    }

    async fn computed(&self, element: &WebElement, what: &'static str) -> String {
        let command =
            Driver::ExtensionCommand(Box::new(Computed(element.element_id().to_string(), what)));
        self.driver.cmd(command).await.unwrap().value().unwrap()
    }

    pub async fn press(&self, role: &str, name: &str) {
        self.find(role, name).await.click().await.unwrap();
    }

    /// Presses the first element that fits a CSS selector, where roles and names can't tell which: the
    /// driver has none in a frame without an origin.
    pub async fn click(&self, css: &str) {
        let element = self.driver.find(By::Css(css)).await.unwrap();
        element.click().await.unwrap();
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
        for _ in 0..400 {
            self.keys(Key::Tab).await;
            let focused = self.focused().await;
            if focused == wanted {
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

    /// Types where the focus is.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        self.driver
            .action_chain()
            .send_keys(keys)
            .perform()
            .await
            .unwrap();
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
        assert_eq!(
            self.cards().await.len(),
            n,
            "cards in the accessibility tree"
        );
    }

    /// The names of the cards in the accessibility tree, in order.
    pub async fn cards(&self) -> Vec<String> {
        self.all("article").await
    }

    /// The names of everything of a role in the accessibility tree, in order.
    pub async fn all(&self, role: &str) -> Vec<String> {
        let tree = self.cdp("Accessibility.getFullAXTree", json!({})).await;
        let nodes = tree["nodes"].as_array().unwrap();
        let is = |node: &Value| node["role"]["value"] == role && node["ignored"] == false;
        let name = |node: &Value| node["name"]["value"].as_str().unwrap_or("").to_owned();
        nodes.iter().filter(|it| is(it)).map(name).collect()
    }

    /// Lets the page, and the test, use the clipboard.
    pub async fn allow_copying(&self) {
        let origin = self.eval("location.origin").await;
        let permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"];
        let grant = json!({"origin": origin, "permissions": permissions});
        self.cdp("Browser.grantPermissions", grant).await;
    }

    /// What was copied.
    pub async fn clipboard(&self) -> String {
        let read = "const done = arguments[0]; \
                    navigator.clipboard.readText().then(done, it => done(String(it)))";
        let text = self.driver.execute_async(read, Vec::new()).await.unwrap();
        text.json().as_str().unwrap().to_owned()
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
        let log = self.driver.browser_log().await.unwrap();
        let lines: Vec<&str> = log.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(lines, [""; 0], "the console");
        self.driver.clone().quit().await.unwrap();
    }
}

fn candidates(role: &str) -> &'static str {
    match role {
        "checkbox" => "input[type=checkbox]",
        "radio" => "input[type=radio]",
        "region" => "section, [role=region]",
        "table" => "table",
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
