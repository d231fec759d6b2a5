//! Serves the published folder as a plain host would: under a sub-path, with the strict policy.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::{env, fs};

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use fact_explorer::site::published;
use fact_explorer::site::shell::POLICY;
use futures_util::{StreamExt, stream};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// What happens to files on their way; which, is told as `begin*end`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Way {
    /// They arrive.
    Open,
    /// Those of this name aren't found.
    Missing(&'static str),
    /// Those of this name arrive with their bytes in reverse.
    Garbled(&'static str),
    /// Those of this name arrive with something behind that changes nothing they do.
    Altered(&'static str),
    /// Of those of this name the first half arrives, and then the connection ends.
    Cut(&'static str),
    /// Of those of this name the first half arrives, and never the rest.
    Stalled(&'static str),
}

/// The policy that pages are under, as a header and in themselves.
#[derive(Clone, Copy, PartialEq)]
pub enum Policy {
    /// As the site is published.
    Whole,
    /// Without Trusted Types, as a browser reads it that doesn't know them.
    WithoutTypes,
    /// The header as it is for pages that have no stylesheet in themselves.
    WithoutStyle,
}

/// A running server; it ends with the test.
pub struct Site {
    address: String,
    hosted: Arc<Mutex<Hosted>>,
    asked: Arc<Mutex<Vec<String>>>,
    serving: Option<(JoinHandle<()>, oneshot::Sender<()>)>,
}

/// What is served.
struct Hosted {
    /// Sub-paths and the folders served under them; the longest that fits counts.
    folders: Vec<(String, PathBuf)>,
    /// Other sites' pages, by their paths; without a policy.
    pages: Vec<(String, String)>,
    way: Way,
    policy: Policy,
    /// Whether other origins may read it.
    shared: bool,
    /// What runs in each of its pages before anything of the page's own.
    first: String,
}

/// Notes what the page says on the console, and errors that no script catches, for [`Reader::said`].
///
/// [`Reader::said`]: crate::reader::Reader::said
pub const LISTENER: &str = include_str!("listener.js");

/// The address of what runs first.
pub const FIRST: &str = "/first.js";

/// The folder under test.
pub fn dist() -> PathBuf {
    let folder =
        env::var_os("FACT_EXPLORER_DIST").map_or_else(|| PathBuf::from("dist"), PathBuf::from);
    assert!(
        folder.join("index.html").is_file(),
        "there is no {}: run `make dist`",
        folder.display()
    );
    fs::canonicalize(folder).unwrap()
}

/// The sub-path of the folder under test.
pub const BASE: &str = "/news/facts/";

impl Site {
    /// Serves the folder under test.
    pub async fn start(way: Way, policy: Policy) -> Self {
        let hosted = Hosted {
            folders: vec![(BASE.to_owned(), dist())],
            pages: Vec::new(),
            way,
            policy,
            shared: true,
            first: String::new(),
        };
        let mut site = Self {
            address: "127.0.0.1:0".to_owned(),
            hosted: Arc::new(Mutex::new(hosted)),
            asked: Arc::default(),
            serving: None,
        };
        site.come_back().await;
        site
    }

    /// Serves at the same address as before.
    pub async fn come_back(&mut self) {
        let listener = TcpListener::bind(&self.address).await.unwrap();
        self.address = listener.local_addr().unwrap().to_string();
        let (hosted, log) = (self.hosted.clone(), self.asked.clone());
        let app = axum::Router::new().fallback(async move |uri: Uri, headers: HeaderMap| {
            if uri.path() == FIRST {
                let script = hosted.lock().unwrap().first.clone();
                return ([(header::CONTENT_TYPE, "text/javascript")], script).into_response();
            }
            log.lock().unwrap().push(uri.path().to_owned());
            // Not what the site's own scripts ask for, which compare it with what was published.
            let kind = headers.get("sec-fetch-dest").map(HeaderValue::as_bytes);
            let page = matches!(kind, Some(b"document" | b"iframe"));
            hosted.lock().unwrap().answer(uri.path(), page)
        });
        let (leave, left) = oneshot::channel();
        let serving = tokio::spawn(async {
            axum::serve(listener, app)
                .with_graceful_shutdown(async { _ = left.await })
                .await
                .unwrap();
        });
        self.serving = Some((serving, leave));
    }

    /// Goes away: connections end, and new ones are refused.
    pub async fn go_away(&mut self) {
        let (serving, leave) = self.serving.take().unwrap();
        leave.send(()).unwrap();
        serving.await.unwrap();
    }

    /// Serves a folder under a sub-path, instead of what was there.
    pub fn host(&self, base: &str, folder: PathBuf) {
        let folders = &mut self.hosted.lock().unwrap().folders;
        folders.retain(|it| it.0 != base);
        folders.push((base.to_owned(), folder));
        folders.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
    }

    /// Serves a page of another kind, and gives its address.
    pub fn show(&self, path: &str, html: String) -> String {
        let pages = &mut self.hosted.lock().unwrap().pages;
        pages.push((path.to_owned(), html));
        self.url_of(path)
    }

    /// From now on, what happens to files on their way.
    pub fn deliver(&self, way: Way) {
        self.hosted.lock().unwrap().way = way;
    }

    /// From now on, a script runs in each page before anything of the page's own.
    pub fn begin_with(&self, script: &str) {
        let first = &mut self.hosted.lock().unwrap().first;
        first.push_str(script);
        first.push_str(";\n");
    }

    /// From now on, whether other origins may read it.
    pub fn share(&self, shared: bool) {
        self.hosted.lock().unwrap().shared = shared;
    }

    /// What a policy calls it.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn url(&self) -> String {
        self.url_of(BASE)
    }

    /// The address of a sub-path.
    pub fn url_of(&self, base: &str) -> String {
        format!("http://{}{base}", self.address)
    }

    /// The paths that were asked for.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some((serving, _)) = &self.serving {
            serving.abort();
        }
    }
}

/// A page of somebody else's, at an origin of its own; it ends with the test.
pub struct Host {
    address: String,
    serving: JoinHandle<()>,
}

impl Host {
    /// Serves a page under a policy.
    pub async fn start(html: String, policy: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let app = axum::Router::new().fallback(async move |uri: Uri| {
            if uri.path() != PAGE {
                return StatusCode::NO_CONTENT.into_response();
            }
            let kind = "text/html; charset=utf-8".to_owned();
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CONTENT_SECURITY_POLICY, policy.clone()),
            ];
            (headers, html.clone()).into_response()
        });
        let serving = tokio::spawn(async { axum::serve(listener, app).await.unwrap() });
        Self { address, serving }
    }

    pub fn url(&self) -> String {
        format!("http://{}{PAGE}", self.address)
    }
}

const PAGE: &str = "/2026/story.html";

impl Drop for Host {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Whether a path is `begin*end`.
pub fn fits(path: &str, pattern: &str) -> bool {
    let (begin, end) = pattern.split_once('*').unwrap();
    path.starts_with(begin) && path.ends_with(end)
}

impl Hosted {
    /// A file, or that there is none; whether it is to be shown as a page.
    fn answer(&self, path: &str, page: bool) -> Response {
        self.file(path, page)
            .unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
    }

    fn file(&self, path: &str, page: bool) -> Option<Response> {
        if let Some((_, html)) = self.pages.iter().find(|it| it.0 == path) {
            return Some(axum::response::Html(html.clone()).into_response());
        }
        let mut folders = self.folders.iter();
        let (base, folder) = folders.find(|it| path.starts_with(&it.0))?;
        let name = match path.strip_prefix(base.as_str())? {
            "" => "index.html",
            name => Some(name).filter(|it| !it.contains(".."))?,
        };
        let mut bytes = fs::read(folder.join(name)).ok()?;
        match self.way {
            Way::Missing(which) if fits(name, which) => return None,
            Way::Garbled(which) if fits(name, which) => bytes.reverse(),
            // An empty section, or a blank.
            Way::Altered(which) if fits(name, which) => {
                let wasm = fits(name, "*.wasm");
                bytes.extend_from_slice(if wasm { &[0, 1, 0] } else { b"\n" });
            }
            _ => {}
        }
        let types = "; require-trusted-types-for 'script'; trusted-types default worker";
        let mut policy = match self.policy {
            Policy::WithoutStyle => POLICY.to_owned(),
            Policy::Whole | Policy::WithoutTypes => published::policy(folder),
        };
        if self.policy == Policy::WithoutTypes {
            policy = policy.replace(types, "");
            if fits(name, "*.html") {
                let html = String::from_utf8(bytes).unwrap();
                assert!(html.contains(types), "{name}");
                bytes = html.replace(types, "").into_bytes();
            }
        }
        if page && !self.first.is_empty() && fits(name, "*.html") {
            let html = String::from_utf8(bytes).unwrap();
            let first = format!("<head><script src=\"{FIRST}\"></script>");
            bytes = html.replacen("<head>", &first, 1).into_bytes();
        }
        let kind = match name.rsplit_once('.').map(|it| it.1) {
            Some("html") => "text/html; charset=utf-8",
            Some("css") => "text/css",
            Some("js") => "text/javascript",
            Some("wasm") => "application/wasm",
            Some("json") => "application/json",
            Some("atom") => "application/atom+xml",
            Some("webmanifest") => "application/manifest+json",
            Some("png") => "image/png",
            _ => "application/octet-stream",
        };
        let headers = [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_SECURITY_POLICY, policy),
        ];
        // For the element in other pages, and sandboxed frames; docs/embedding.md.
        let shared = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
        let shared = self.shared.then_some(shared);
        let body = match self.way {
            Way::Cut(which) if fits(name, which) => half(bytes, true),
            Way::Stalled(which) if fits(name, which) => half(bytes, false),
            _ => return Some((headers, shared, bytes).into_response()),
        };
        Some((headers, shared, body).into_response())
    }
}

/// A file of which the first half arrives; then the connection ends, or nothing happens any more.
fn half(bytes: Vec<u8>, ends: bool) -> ([(http::HeaderName, String); 1], Body) {
    let length = [(header::CONTENT_LENGTH, bytes.len().to_string())];
    let first = bytes[..bytes.len() / 2].to_vec();
    let first = stream::iter([Ok::<_, std::io::Error>(first)]);
    let body = if ends {
        let end = stream::iter([Err(std::io::Error::other("the line is cut"))]);
        Body::from_stream(first.chain(end))
    } else {
        Body::from_stream(first.chain(stream::pending()))
    };
    (length, body)
}
