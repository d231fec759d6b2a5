# Where the tools are. Sourced by setup.sh and with-tools.sh.
# shellcheck shell=bash disable=SC2034
cache=${XDG_CACHE_HOME:-$HOME/.cache}/fact-explorer
# Named by the compiler that they were built with, and by what they hold, so that neither outlives it.
debian_toolchain=$cache/rust-wasm32-$({ /usr/bin/rustc -vV 2>/dev/null || true; } | cksum | cut -d' ' -f1)
npm_root=$cache/npm-$(cksum <"$here/package-lock.json" | cut -d' ' -f1)
bench=$(cd "$here/../bench" && pwd)
bench_root=$cache/bench-$(cksum <"$bench/package-lock.json" | cut -d' ' -f1)

# What Cargo builds here, each with a lock file of its own.
manifests=(Cargo.toml fuzz/Cargo.toml tools/supply/Cargo.toml bench/engine/Cargo.toml)

find_browser() {
  CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
  [ -n "$CHROMIUM" ]
}

find_driver() {
  CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver || true)}
  [ -n "$CHROMEDRIVER" ]
}

find_firefox() {
  FIREFOX=${FIREFOX:-$(command -v firefox-esr || command -v firefox || true)}
  [ -n "$FIREFOX" ]
}

find_geckodriver() {
  GECKODRIVER=${GECKODRIVER:-$(command -v geckodriver || true)}
  [ -n "$GECKODRIVER" ]
}

# WebKitGTK's own browser is no command: it lies beside the library.
find_webkit() {
  WEBKIT_DRIVER=${WEBKIT_DRIVER:-$(command -v WebKitWebDriver || true)}
  local browser
  for browser in /usr/lib/*/webkit2gtk-4.1/MiniBrowser /usr/lib*/webkit2gtk-4.1/MiniBrowser /usr/libexec/webkit2gtk-4.1/MiniBrowser; do
    [ -x "$browser" ] && WEBKIT=${WEBKIT:-$browser}
  done
  [ -n "$WEBKIT_DRIVER" ] && [ -n "${WEBKIT:-}" ]
}

# Whether a compiler has the target, and the sources that the release's library is built from.
has_wasm_target() {
  [ -d "$("$1" --print target-libdir --target wasm32-unknown-unknown 2>/dev/null)" ] &&
    [ -f "$("$1" --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ]
}
