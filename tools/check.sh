#!/usr/bin/env bash
# Every check, in the order of what fails soonest. `make test` calls it with the tools in place: browser
# tests run in Chromium, and what readers do first (CORE in tests/browser/engines.rs) in Firefox and WebKitGTK
# too; with `all`, as `make test-all` calls it, everything runs in all three.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=paths.sh
. "$here/paths.sh"

say() { printf '\n== %s\n' "$1"; }

say "Form"
# Formatter and linter are the reader's own toolchain's, which need not be the one with the target.
native() { PATH=$OWN_PATH "$@"; }
for part in fmt clippy; do
  native cargo "$part" --version >/dev/null 2>&1 || native rustup component add "${part/fmt/rustfmt}" || {
    echo "cargo $part is missing: rustup component add ${part/fmt/rustfmt}" >&2
    exit 1
  }
done
for manifest in "${manifests[@]}"; do
  # What is tested and published is built of what the lock files name, and of nothing newer.
  native cargo metadata --quiet --locked --format-version 1 --manifest-path "$manifest" >/dev/null
  native cargo fmt --check --manifest-path "$manifest"
done
native cargo clippy --quiet --target-dir target/lint --features site --all-targets -- -D warnings
native cargo clippy --quiet --target-dir target/lint --features hydrate -- -D warnings
native cargo clippy --quiet --target-dir target/lint --manifest-path tools/supply/Cargo.toml -- -D warnings
# Only `make bench` builds it, and would find too late that it no longer fits.
native cargo clippy --quiet --locked --target-dir target/lint --manifest-path bench/engine/Cargo.toml -- -D warnings
node --test bench/lib/report.test.js

say "What comes from elsewhere"
tools/audit.sh

say "The data"
cargo run --quiet --features site -- check data/section-1373

say "The release"
tools/dist.sh

say "Native tests"
# The same cases each time, so that one commit is judged the same wherever it is; without the seed,
# as in a plain `cargo test`, they are others on every run.
PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED-1373} cargo test --features site --test native

say "Browser tests"
# Two browsers at a time: each of them keeps a core busy.
browsers() { cargo test --features site --test browser -- --test-threads=2; }
BROWSER=chromium browsers
for browser in firefox webkit; do
  say "Browser tests in $browser"
  BROWSER=$browser BROWSER_TESTS=${1:-core} browsers
done
