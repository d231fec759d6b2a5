#!/usr/bin/env bash
# Runs a command with the tools that setup.sh installed: tools/with-tools.sh trunk serve
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=versions.env
. "$here/versions.env"
# shellcheck source=paths.sh
. "$here/paths.sh"
OWN_PATH=$PATH
for bin in "$cache/oxipng-$OXIPNG_VERSION/bin" "$cache/cargo-deny-$CARGO_DENY_VERSION/bin" "$cache/cargo-fuzz-$CARGO_FUZZ_VERSION/bin" "$cache/geckodriver-$GECKODRIVER_VERSION/bin" "$npm_root/node_modules/.bin" "$cache/wasm-bindgen-cli-$WASM_BINDGEN_VERSION/bin" "$cache/trunk-$TRUNK_VERSION/bin"; do
  [ -d "$bin" ] && PATH=$bin:$PATH
done
# A toolchain that has the target itself comes first.
if ! has_wasm_target rustc && [ -d "$debian_toolchain" ]; then
  PATH=$debian_toolchain/bin:$PATH
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$DEBIAN_WASM_LINKER
fi
find_browser || true
find_driver || true
find_firefox || true
find_geckodriver || true
find_webkit || true
export PATH OWN_PATH CHROMIUM CHROMEDRIVER FIREFOX GECKODRIVER WEBKIT_DRIVER
[ -z "${WEBKIT:-}" ] || export WEBKIT
export AXE_CORE=$npm_root/node_modules/axe-core/axe.min.js
export PYM=$npm_root/node_modules/pym.js/dist/pym.v1.js
export NEWSWIRE_FRAMES=$npm_root/node_modules/@newswire/frames/dist/frames.umd.js
export BENCH_PACKAGES=$bench_root/node_modules
exec "$@"
