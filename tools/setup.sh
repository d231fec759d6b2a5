#!/usr/bin/env bash
# Installs what a build or a test needs and this machine lacks; a second run installs nothing.
#
#   tools/setup.sh build    the wasm32 target, trunk, wasm-bindgen, wasm-opt, terser
#   tools/setup.sh test     the same, then Chromium, Firefox and WebKitGTK with their drivers, axe-core,
#                           hosts' scripts for frames, and cargo-deny
#   tools/setup.sh bench    what a build needs, Chromium, and what bench/ compares with
#   tools/setup.sh screenshots   what a build needs, Chromium, and oxipng
#   tools/setup.sh audit    cargo-deny and npm, and nothing else
#   tools/setup.sh fuzz     cargo-fuzz and a C++ compiler, and nothing else
#
# Everything but system packages goes to ${XDG_CACHE_HOME:-~/.cache}/fact-explorer, outside the
# checkout, so that a second clone finds it there. Versions: tools/versions.env,
# tools/package-lock.json and bench/package-lock.json.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=versions.env
. "$here/versions.env"
# shellcheck source=paths.sh
. "$here/paths.sh"
want=${1:-build}
case $want in
  build | test | bench | screenshots | audit | fuzz) ;;
  *)
    echo "setup: \"$want\" isn't known; known: build, test, bench, screenshots, audit, fuzz" >&2
    exit 2
    ;;
esac
logs=$cache/logs
mkdir -p "$cache" "$logs"

# One installation at a time: two clones may be set up at once.
if command -v flock >/dev/null; then
  exec 9>"$cache/lock"
  flock -n 9 || {
    echo "setup: another set-up is running; waiting for it"
    flock 9
  }
fi

fail() {
  printf '\nsetup: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '       %s\n' "$line" >&2; done
  exit 1
}

# step WHAT ABOUT-HOW-LONG LOG COMMAND…: says what it does, keeps the output, shows its end if it fails.
step() {
  local what=$1 takes=$2 log=$logs/$3.log began=$SECONDS
  shift 3
  printf 'setup: %s (about %s) … ' "$what" "$takes"
  # What it leaves running in the background must not hold the lock.
  if "$@" >"$log" 2>&1 9>&-; then
    printf 'done in %d s\n' $((SECONDS - began))
  else
    printf 'failed\n' >&2
    tail -n 15 "$log" >&2
    return 1
  fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    echo "needs root: $*" >&2
    return 1
  fi
}

apt_install() {
  as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

# --- The wasm32 target --------------------------------------------------------------------------

# Debian packages the compiler together with the sources of its library: from those the target's
# library is built once, then put where an ordinary toolchain keeps it.
assemble_debian_toolchain() {
  # Each command is checked by hand: a function called in a condition goes on after a failure.
  local work=$cache/wasm-std made=$debian_toolchain.part host
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p') || return 1
  rm -rf "$work" "$made"
  mkdir -p "$work/src" "$made/bin" "$made/lib/rustlib/wasm32-unknown-unknown/lib"
  printf '[package]\nname = "wasm-std"\nversion = "0.0.0"\nedition = "2024"\n[lib]\ncrate-type = ["cdylib"]\n' >"$work/Cargo.toml"
  : >"$work/src/lib.rs"
  (
    cd "$work"
    env -u RUSTC -u RUSTFLAGS -u RUSTUP_TOOLCHAIN -u CARGO_TARGET_DIR -u CARGO_BUILD_BUILD_DIR \
      PATH="/usr/bin:$PATH" RUSTC_BOOTSTRAP=1 \
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$DEBIAN_WASM_LINKER" \
      /usr/bin/cargo build --release -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown
  ) || return 1
  cp "$work"/target/wasm32-unknown-unknown/release/deps/*.rlib \
    "$made/lib/rustlib/wasm32-unknown-unknown/lib/" || return 1
  ls "$made"/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib || return 1
  ln -s "/usr/lib/rustlib/$host" "$made/lib/rustlib/$host"
  ln -s /usr/lib/rustlib/src "$made/lib/rustlib/src"
  ln -s /usr/bin/cargo "$made/bin/cargo"
  printf '#!/bin/sh\nexec /usr/bin/rustc --sysroot "%s" "$@"\n' "$debian_toolchain" >"$made/bin/rustc"
  chmod +x "$made/bin/rustc"
  rm -rf "$debian_toolchain" "$work"
  mv "$made" "$debian_toolchain"
}

add_target_with_rustup() {
  rustup target add wasm32-unknown-unknown && rustup component add rust-src
}

wasm_target() {
  if command -v rustc >/dev/null && has_wasm_target rustc; then return; fi
  [ -d "$debian_toolchain" ] && return
  if command -v rustup >/dev/null; then
    printf 'setup: the wasm32 target, from rustup (about 20 s) … '
    local began=$SECONDS
    if add_target_with_rustup >"$logs/rustup.log" 2>&1 9>&-; then
      printf 'done in %d s\n' $((SECONDS - began))
      return
    fi
    printf 'not to be had here\n'
  fi
  command -v apt-get >/dev/null || fail "the wasm32 target is missing" \
    "With rustup: rustup target add wasm32-unknown-unknown (its log: $logs/rustup.log)." \
    "With another Rust: install your system's package of the target's library, then run this again."
  # shellcheck disable=SC2086 # a list of packages
  step "Debian's compiler and the sources of its library" "1 min" apt-rust apt_install $DEBIAN_RUST_PACKAGES ||
    fail "apt-get could not install: $DEBIAN_RUST_PACKAGES" \
      "They are in Debian 12's security archive and in Debian 13; check that apt-get update works." \
      "Or make 'rustup target add wasm32-unknown-unknown' work, and run this again."
  # Its name tells the compiler's version, which is known only now.
  # shellcheck source=paths.sh
  . "$here/paths.sh"
  [ -d "$debian_toolchain" ] && return
  step "the wasm32 target's library, from those sources" "1 min" wasm-std assemble_debian_toolchain ||
    fail "the library could not be built (log: $logs/wasm-std.log)"
}

# --- Tools --------------------------------------------------------------------------------------

# cargo_tool COMMAND CRATE VERSION ABOUT-HOW-LONG OPTIONS…
cargo_tool() {
  local command=$1 crate=$2 version=$3 takes=$4
  shift 4
  [ -x "$cache/$crate-$version/bin/$command" ] && return
  if command -v "$command" >/dev/null && "$command" --version 2>/dev/null | grep -qwF "$version"; then return; fi
  command -v cargo >/dev/null || fail "cargo is missing" "Install Rust (https://rustup.rs), then run this again."
  # A tool that runs for a second need not be optimised for minutes.
  step "$crate $version" "$takes" "$crate" env -u CARGO_TARGET_DIR -u CARGO_BUILD_BUILD_DIR -u RUSTFLAGS \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo install --locked --root "$cache/$crate-$version" "$crate" --version "$version" "$@" ||
    fail "cargo install $crate $version failed (log: $logs/$crate.log)" \
      "If it could not be downloaded, check the connection to the crate registry, then run this again."
}

# npm_packages FOLDER-WITH-package.json WHERE-TO WHAT ABOUT-HOW-LONG
npm_packages() {
  local from=$1 root=$2 what=$3 takes=$4
  [ -f "$root/done" ] && return
  if ! command -v npm >/dev/null; then
    command -v apt-get >/dev/null || fail "npm is missing" "Install Node.js 18 or later with npm, then run this again."
    step "Node.js and npm" "1 min" apt-node apt_install nodejs npm || fail "apt-get could not install: nodejs npm"
  fi
  rm -rf "$root"
  mkdir -p "$root"
  cp "$from/package.json" "$from/package-lock.json" "$here/.npmrc" "$root/"
  step "$what" "$takes" npm npm --prefix "$root" ci --ignore-scripts ||
    fail "npm could not install what $from/package.json names (log: $logs/npm.log)" \
      "Check that npm reaches its registry, then run this again."
  : >"$root/done"
}

# What follows is named so that no function is taken for a program that is looked for: `command -v` finds both.

need_browser() {
  if find_browser && find_driver; then return; fi
  command -v apt-get >/dev/null || fail "Chromium or its driver is missing" \
    "Install Chrome or Chromium and chromedriver of the same version," \
    "or name them: CHROMIUM=/path/to/chromium CHROMEDRIVER=/path/to/chromedriver make test"
  # shellcheck disable=SC2086 # a list of packages
  step "Chromium and its driver" "1 min" apt-browser apt_install $DEBIAN_BROWSER_PACKAGES ||
    fail "apt-get could not install: $DEBIAN_BROWSER_PACKAGES" \
      "Elsewhere name your own: CHROMIUM=/path CHROMEDRIVER=/path make test"
}

need_firefox() {
  find_firefox && return
  command -v apt-get >/dev/null || fail "Firefox is missing" \
    "Install it, or name your own: FIREFOX=/path/to/firefox make test"
  # shellcheck disable=SC2086 # a list of packages
  step "Firefox" "1 min" apt-firefox apt_install $DEBIAN_FIREFOX_PACKAGES ||
    fail "apt-get could not install: $DEBIAN_FIREFOX_PACKAGES" "Elsewhere name your own: FIREFOX=/path make test"
}

need_geckodriver() {
  [ -n "${GECKODRIVER:-}" ] || cargo_tool geckodriver geckodriver "$GECKODRIVER_VERSION" "3 min"
}

need_webkit() {
  if find_webkit && command -v Xvfb >/dev/null; then return; fi
  command -v apt-get >/dev/null || fail "WebKitGTK's driver or Xvfb is missing" \
    "Install WebKitWebDriver, MiniBrowser of the same version and Xvfb," \
    "or name them: WEBKIT=/path/to/MiniBrowser WEBKIT_DRIVER=/path/to/WebKitWebDriver make test"
  # shellcheck disable=SC2086 # lists of packages
  step "WebKitGTK, its driver, and a display that nobody sees" "1 min" apt-webkit \
    apt_install $DEBIAN_WEBKIT_PACKAGES $DEBIAN_DISPLAY_PACKAGES ||
    fail "apt-get could not install: $DEBIAN_WEBKIT_PACKAGES $DEBIAN_DISPLAY_PACKAGES"
  find_webkit || fail "MiniBrowser isn't where it is looked for" "Name it: WEBKIT=/path/to/MiniBrowser make test"
}

need_fonts() {
  if command -v fc-list >/dev/null && [ -n "$(fc-list 'Liberation Sans')" ]; then return; fi
  command -v apt-get >/dev/null || fail "the Liberation fonts are missing" "Install your system's package of them, then run this again."
  # shellcheck disable=SC2086 # a list of packages
  step "the fonts that embeds are measured in" "20 s" apt-fonts apt_install $DEBIAN_FONT_PACKAGES ||
    fail "apt-get could not install: $DEBIAN_FONT_PACKAGES"
}

# Licences, known faults, doubles and sources of crates.
need_deny() { cargo_tool cargo-deny cargo-deny "$CARGO_DENY_VERSION" "3 min"; }

# libFuzzer is C++, and is built with the targets.
need_cxx() {
  if command -v "${CXX:-c++}" >/dev/null; then return; fi
  command -v apt-get >/dev/null || fail "a C++ compiler is missing" "Install one, or name your own: CXX=/path make fuzz"
  step "a C++ compiler" "1 min" apt-cxx apt_install g++ || fail "apt-get could not install: g++"
}

# What is fuzzed runs natively: it needs neither the target nor the tools of the page.
if [ "$want" = fuzz ]; then
  need_cxx
  cargo_tool cargo-fuzz cargo-fuzz "$CARGO_FUZZ_VERSION" "2 min"
  exit
fi
if [ "$want" = audit ]; then
  need_deny
  npm_packages "$here" "$npm_root" "the packages whose signatures are checked" "10 s"
  npm_packages "$bench" "$bench_root" "those of bench/" "20 s"
  exit
fi
wasm_target
cargo_tool trunk trunk "$TRUNK_VERSION" "4 min" --no-default-features --features rustls
cargo_tool wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN_VERSION" "2 min"
npm_packages "$here" "$npm_root" "wasm-opt, terser, axe-core, pym.js and @newswire/frames" "10 s"
[ "$want" = build ] || { need_browser && need_fonts; }
[ "$want" != test ] || { need_firefox && need_geckodriver && need_webkit && need_deny; }
[ "$want" != screenshots ] || cargo_tool oxipng oxipng "$OXIPNG_VERSION" "2 min"
[ "$want" != bench ] || npm_packages "$bench" "$bench_root" "the engines and pages that bench/ compares with" "20 s"
