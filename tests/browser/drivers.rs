//! Browsers and their drivers: what starts them, and with which settings.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{env, process};

use serde_json::{Value, json};
use thirtyfour::Capabilities;

use crate::engines::Engine;
use crate::reader::{Look, Wish};

/// A driver, in a process group of its own with the browser that it starts, so that a test that fails
/// leaves neither behind.
pub struct Driver {
    child: Child,
    port: u16,
    /// What it would say next: a driver whose words nobody takes stops.
    _says: Option<ChildStdout>,
    /// What its browser has written, and its settings; gone with it.
    folder: PathBuf,
    /// Where its browser is shown, if it has no way to run without.
    _display: Option<Display>,
}

impl Drop for Driver {
    fn drop(&mut self) {
        // `kill` is built into every shell; as a program it may be missing.
        let kill = format!("kill -9 -{}", self.child.id());
        _ = Command::new("sh").args(["-c", &kill]).status();
        _ = self.child.kill();
        _ = self.child.wait();
        _ = fs::remove_dir_all(&self.folder);
    }
}

impl Driver {
    /// Starts the engine's driver.
    pub fn start(engine: Engine) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("fact-explorer-{}-{number}", process::id()));
        fs::create_dir_all(folder.join("saved")).unwrap();
        // `WebKitGTK` has no way to run without a display, and of the windows on one only one is active.
        let display = (engine == Engine::WebKit).then(Display::start);
        // One picks a free port, which another may take before it listens; then it ends without a word
        // and is started anew.
        let started = (0..5).find_map(|_| match engine {
            Engine::Chromium => says_its_port(
                program("CHROMEDRIVER", "chromedriver").arg("--port=0"),
                "started successfully on port ",
            ),
            Engine::Firefox => says_its_port(
                program("GECKODRIVER", "geckodriver").args([
                    "--port",
                    "0",
                    "--websocket-port",
                    "0",
                ]),
                "Listening on 127.0.0.1:",
            ),
            Engine::WebKit => webkit_driver(&folder, &display.as_ref()?.name),
        });
        let (child, port, says) = started.expect("a driver that listens");
        Self {
            child,
            port,
            _says: says,
            folder,
            _display: display,
        }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where files are that a reader saves.
    pub fn saved(&self) -> PathBuf {
        self.folder.join("saved")
    }

    /// What a new session asks for.
    pub fn capabilities(&self, engine: Engine, wish: &Wish) -> Capabilities {
        let asked = match engine {
            Engine::Chromium => chromium(wish),
            Engine::Firefox => firefox(wish, &self.saved()),
            Engine::WebKit => webkit(wish),
        };
        let Value::Object(mut asked) = asked else {
            unreachable!()
        };
        if !wish.waits {
            asked.insert("pageLoadStrategy".to_owned(), "none".into());
        }
        asked.into()
    }
}

/// A driver's program: the variable's, or that of this name.
fn program(variable: &str, name: &str) -> Command {
    Command::new(env::var_os(variable).unwrap_or(name.into()))
}

fn spawn(command: &mut Command) -> Child {
    let spawned = command.stderr(Stdio::null()).process_group(0).spawn();
    spawned.unwrap_or_else(|it| panic!("{command:?} doesn't start ({it}): run `make test`"))
}

/// Starts a driver that picks a free port itself and tells it behind these words.
fn says_its_port(command: &mut Command, words: &str) -> Option<(Child, u16, Option<ChildStdout>)> {
    let mut child = spawn(command.stdout(Stdio::piped()));
    let mut says = BufReader::new(child.stdout.take().unwrap());
    let port = says.by_ref().lines().map_while(Result::ok).find_map(|it| {
        let (_, port) = it.split_once(words)?;
        port.trim_end_matches('.').parse().ok()
    });
    Some((child, port?, Some(says.into_inner())))
}

/// `WebKitWebDriver` says nothing: it listens once it can be reached.
fn webkit_driver(folder: &Path, display: &str) -> Option<(Child, u16, Option<ChildStdout>)> {
    let port = TcpListener::bind("127.0.0.1:0")
        .ok()?
        .local_addr()
        .ok()?
        .port();
    let settings = folder.join("config");
    fs::create_dir_all(settings.join("gtk-3.0")).ok()?;
    // No animations means that reduced motion is preferred.
    let still = "[Settings]\ngtk-enable-animations=0\n";
    fs::write(settings.join("gtk-3.0/settings.ini"), still).ok()?;
    let saved = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", folder.join("saved").display());
    fs::write(settings.join("user-dirs.dirs"), saved).ok()?;
    let mut child = spawn(
        program("WEBKIT_DRIVER", "WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("DISPLAY", display)
            .env("XDG_CONFIG_HOME", settings)
            .env("XDG_CACHE_HOME", folder.join("cache"))
            .env("XDG_DATA_HOME", folder.join("data"))
            // Neither a session's bus nor what is set on this machine.
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .env("NO_AT_BRIDGE", "1")
            .env("GSETTINGS_BACKEND", "memory")
            .env("GDK_BACKEND", "x11")
            .stdout(Stdio::null()),
    );
    let end = Instant::now() + Duration::from_secs(10);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if child.try_wait().ok()?.is_some() || Instant::now() > end {
            return None;
        }
        std::thread::park_timeout(Duration::from_millis(5));
    }
    Some((child, port, None))
}

fn chromium(wish: &Wish) -> Value {
    let window = format!("--window-size={},{}", wish.width, wish.height);
    let arguments = [
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
        &window,
    ];
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": env::var("CHROMIUM").unwrap_or("chromium".into()),
            "args": arguments,
        },
        "goog:loggingPrefs": {"browser": "ALL"},
    })
}

fn firefox(wish: &Wish, saved: &Path) -> Value {
    let preferences = json!({
        "layout.css.prefers-color-scheme.content-override": u8::from(wish.look != Look::Dark),
        "ui.prefersReducedMotion": 1,
        "intl.accept_languages": "en-US",
        "intl.locale.requested": "en-US",
        "browser.download.folderList": 2,
        "browser.download.dir": saved,
        // Whoever tests may read what was copied without being asked.
        "dom.events.testing.asyncClipboard": true,
        // The bar that asks what to do with this computer's data would be part of the window.
        "datareporting.policy.dataSubmissionEnabled": false,
        // The driver would have a file read its neighbours, as none may by itself.
        "security.fileuri.strict_origin_policy": true,
        "javascript.enabled": wish.scripts,
    });
    json!({
        "browserName": "firefox",
        "webSocketUrl": true,
        "moz:firefoxOptions": {
            "binary": env::var("FIREFOX").unwrap_or("firefox-esr".into()),
            "args": ["-headless"],
            "prefs": preferences,
        },
    })
}

fn webkit(wish: &Wish) -> Value {
    let mut arguments = vec![
        "--automation",
        // For a window without a bar of tools: reader.rs.
        "--javascript-can-open-windows-automatically=true",
    ];
    if wish.look == Look::Dark {
        arguments.push("--dark-mode");
    }
    if !wish.scripts {
        arguments.push("--enable-javascript-markup=false");
    }
    json!({
        "browserName": "MiniBrowser",
        "webkitgtk:browserOptions": {
            "binary": env::var("WEBKIT").expect("WEBKIT names MiniBrowser: run `make test`"),
            "args": arguments,
        },
    })
}

/// Width and height of a display, large enough for the tallest page of any test.
const SCREEN: (i32, i32) = (2000, 2400);

/// Where a window is to be on a display. Nothing manages windows there: the one under the pointer is
/// active, and the pointer is in the middle. In no other what has the focus is drawn as such.
pub const ACTIVE: (i32, i32) = (SCREEN.0 / 2 - 1, SCREEN.1 / 2 - 1);

/// A display that nobody sees; it ends with its driver.
struct Display {
    child: Child,
    /// As `DISPLAY` has it.
    name: String,
}

impl Display {
    /// Starts one on a number that is free.
    fn start() -> Self {
        let screen = format!("{}x{}x24", SCREEN.0, SCREEN.1);
        let mut command = Command::new("Xvfb");
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            &screen,
            "-nolisten",
            "tcp",
        ]);
        let spawned = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child =
            spawned.unwrap_or_else(|it| panic!("Xvfb doesn't start ({it}): run `make test`"));
        let mut number = String::new();
        let mut says = BufReader::new(child.stdout.take().unwrap());
        says.read_line(&mut number).unwrap();
        let number = number.trim_end();
        assert!(!number.is_empty(), "Xvfb ended before it had a display");
        let name = format!(":{number}");
        Self { child, name }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
