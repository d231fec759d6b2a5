//! The scripts that ship: in a release without what only their readers need.

use std::io::{self, Write};
use std::process::{Command, Stdio};

/// How a browser loads a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// By `<script>` alone; its outermost names are every script's, and are kept.
    Classic,
    /// As a module; its outermost names are its own.
    Module,
}

/// A script as a release ships it: without blanks and comments, but for those that begin with `!`,
/// and with short names.
///
/// # Errors
/// Where `terser` isn't found, or can't read the script.
pub fn minified(source: &str, kind: Kind) -> io::Result<String> {
    let mut command = Command::new("terser");
    command.args(["--compress", "passes=2", "--mangle", "--comments", "/^!/"]);
    if kind == Kind::Module {
        command.arg("--module");
    }
    let mut running = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|it| {
            io::Error::other(format!(
                "terser, which makes scripts small, doesn't start ({it}); `make dist` installs it"
            ))
        })?;
    // It answers only when it has read everything, so that neither waits for the other.
    if let Some(mut input) = running.stdin.take() {
        input.write_all(source.as_bytes())?;
    }
    let done = running.wait_with_output()?;
    if !done.status.success() {
        let why = String::from_utf8_lossy(&done.stderr);
        return Err(io::Error::other(format!("terser: {why}")));
    }
    String::from_utf8(done.stdout).map_err(io::Error::other)
}
