#!/usr/bin/env bash
# The release, or another command with its flags: the WASM with a standard library built for size and
# panics that only stop (docs/decisions/0004-size.md). Both are unstable flags of an otherwise stable
# compiler.
set -euo pipefail
[ $# -gt 0 ] || set -- trunk build --release
# Either would take the place of the flags below.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
RUSTC_BOOTSTRAP=1 \
  CARGO_UNSTABLE_BUILD_STD=std,panic_abort \
  CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size \
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort" \
  "$@"
