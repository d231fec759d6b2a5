//! Serves the published folder as a plain host would: under a sub-path, with the strict policy.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::{env, fs, thread};

use fact_explorer::site::shell::POLICY;
use tiny_http::{Header, Response, Server};

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
    server: Arc<Server>,
    asked: Arc<Mutex<Vec<String>>>,
}

/// The folder under test.
pub fn dist() -> PathBuf {
    let folder = env::var_os("FACT_EXPLORER_DIST").map_or_else(|| PathBuf::from("dist"), PathBuf::from);
    assert!(folder.join("index.html").is_file(), "there is no {}: run `make dist`", folder.display());
    fs::canonicalize(folder).unwrap()
}

const BASE: &str = "/news/facts/";

impl Site {
    pub fn start(wasm: Wasm) -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let folder = dist();
        let (serving, log) = (server.clone(), asked.clone());
        thread::spawn(move || {
            for request in serving.incoming_requests() {
                log.lock().unwrap().push(request.url().to_owned());
                let name = request.url().split(['?', '#']).next().unwrap_or("").to_owned();
                let answer = file(&folder, &name, wasm);
                _ = request.respond(answer);
            }
        });
        Self { server, asked }
    }

    pub fn url(&self) -> String {
        format!("http://{}{BASE}", self.server.server_addr())
    }

    /// The paths that were asked for.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.unblock();
    }
}

fn file(folder: &Path, url: &str, wasm: Wasm) -> Response<std::io::Cursor<Vec<u8>>> {
    let name = match url.strip_prefix(BASE) {
        Some("") => "index.html",
        Some(name) if !name.contains("..") => name,
        _ => return Response::from_data(Vec::new()).with_status_code(404),
    };
    let mut bytes = match fs::read(folder.join(name)) {
        Ok(bytes) if !(name.ends_with(".wasm") && wasm == Wasm::Missing) => bytes,
        _ => return Response::from_data(Vec::new()).with_status_code(404),
    };
    if name.ends_with(".wasm") && wasm == Wasm::Garbled {
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
    let header = |name: &str, value: &str| Header::from_bytes(name, value).unwrap();
    Response::from_data(bytes)
        .with_header(header("Content-Type", kind))
        .with_header(header("Content-Security-Policy", POLICY))
}
