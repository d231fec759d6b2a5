//! Serves the published folder as a plain host would: under a sub-path, with the strict policy.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::{env, fs};

use axum::response::{IntoResponse, Response};
use fact_explorer::site::shell::POLICY;
use http::{StatusCode, Uri, header};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What happens to the WASM on its way.
#[derive(Clone, Copy, PartialEq)]
pub enum Wasm {
    /// It arrives.
    Arrives,
    /// It isn't found.
    Missing,
    /// Its bytes are garbled.
    Garbled,
}

/// A running server; it ends with the test.
pub struct Site {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

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

const BASE: &str = "/news/facts/";

impl Site {
    /// Serves; files whose name has this ending aren't found, where there is one.
    pub async fn start(wasm: Wasm, without: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let folder = dist();
        let log = asked.clone();
        let app = axum::Router::new().fallback(async move |uri: Uri| {
            log.lock().unwrap().push(uri.path().to_owned());
            match without {
                Some(ending) if uri.path().ends_with(ending) => {
                    StatusCode::NOT_FOUND.into_response()
                }
                _ => file(&folder, uri.path(), wasm),
            }
        });
        let serving = tokio::spawn(async { axum::serve(listener, app).await.unwrap() });
        Self {
            address,
            asked,
            serving,
        }
    }

    /// What a policy calls it.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn url(&self) -> String {
        format!("http://{}{BASE}", self.address)
    }

    /// The paths that were asked for.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
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

fn file(folder: &Path, path: &str, wasm: Wasm) -> Response {
    let name = match path.strip_prefix(BASE) {
        Some("") => "index.html",
        Some(name) if !name.contains("..") => name,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let is_wasm = Path::new(name).extension().is_some_and(|it| it == "wasm");
    let mut bytes = match fs::read(folder.join(name)) {
        Ok(bytes) if !(is_wasm && wasm == Wasm::Missing) => bytes,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    if is_wasm && wasm == Wasm::Garbled {
        bytes.reverse();
    }
    let kind = match name.rsplit_once('.').map(|it| it.1) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    };
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            // For the element in other pages; docs/embedding.md.
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        ],
        bytes,
    )
        .into_response()
}
