//! `serve`: a finished site, on this machine alone.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use clap::Args;
use fact_explorer::site::published::{is_hashed, kind};
use fact_explorer::site::shell::PARTS;
use tower_http::services::ServeDir;

use crate::outcome::{Done, Failed, Report, say};

#[derive(Args, Debug)]
pub struct Arguments {
    /// The site's folder, as `build` made it
    out: PathBuf,
    /// The port; 0 takes one that is free
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

pub fn run(arguments: &Arguments) -> Done {
    let Arguments { out, port } = arguments;
    let shown = out.display();
    if !out.join("index.html").is_file() {
        return Err(Failed::data(format!(
            "there is no site in {shown}; `fact-explorer build DATASET -o {shown}` makes one"
        )));
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|it| Failed::output(format!("the server can't start: {it}")))?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, *port));
        let listener = tokio::net::TcpListener::bind(address).await.map_err(|it| {
            Failed::output(format!(
                "port {port} can't be used ({it}); name another, or --port 0 for any that is free"
            ))
        })?;
        let address = listener
            .local_addr()
            .map_err(|it| Failed::output(format!("the server has no address: {it}")))?;
        say(&format!("http://{address}/ shows {shown}; Ctrl-C ends it"))?;
        let files = ServeDir::new(out).precompressed_br().precompressed_gzip();
        let app = Router::new()
            .fallback_service(files)
            .layer(from_fn(headers));
        axum::serve(listener, app)
            .await
            .map_err(|it| Failed::output(format!("the server stopped: {it}")))?;
        Ok(Report::default())
    })
}

/// What docs/hosting.md asks of a host.
async fn headers(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let is_found = response.status().is_success();
    let headers = response.headers_mut();
    let mut put = |name, value| headers.insert(name, HeaderValue::from_static(value));
    put(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    let cache = if is_found && (is_hashed(&path) || path.starts_with(&format!("/{PARTS}/"))) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    put(header::CACHE_CONTROL, cache);
    if let Some(kind) = kind(&path).filter(|_| is_found) {
        put(header::CONTENT_TYPE, kind);
    }
    response
}
