#!/usr/bin/env bash
# The engine's WASM and its script, into target/bench/engine, built as the page's are: the same
# profile, flags and passes of wasm-opt.
set -euo pipefail
cd "$(dirname "$0")/../.."
tools/dist.sh cargo build --quiet --locked --release --target wasm32-unknown-unknown \
  --manifest-path bench/engine/Cargo.toml --target-dir target
wasm-bindgen --target web --no-typescript --out-name engine --out-dir target/bench/engine \
  target/wasm32-unknown-unknown/release/bench_engine.wasm
passes=$(sed -n 's/.*data-wasm-opt-params="\([^"]*\)".*/\1/p' index.html)
# shellcheck disable=SC2086 # a list of options
wasm-opt $passes -o target/bench/engine/engine_bg.wasm target/bench/engine/engine_bg.wasm
