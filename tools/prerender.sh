#!/bin/sh
# Trunk's hook: finishes the staged pages with the native command. The flags that the release's
# WASM is built with (tools/dist.sh) are not for it.
set -eu
unset RUSTC_BOOTSTRAP CARGO_UNSTABLE_BUILD_STD CARGO_UNSTABLE_BUILD_STD_FEATURES RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
if [ "${TRUNK_PROFILE:-}" = release ]; then
  # The notices that ship with it; beside it those of the command, and the bill of materials.
  cargo run --quiet --locked --manifest-path tools/supply/Cargo.toml --target-dir target/supply -- target
fi
# It takes minutes to compile the first time: who waits sees that.
exec cargo run --features site --bin fact-explorer -- prerender "$TRUNK_STAGING_DIR" \
  --engine target/fact-explorer.engine --notices target/THIRD-PARTY.txt
