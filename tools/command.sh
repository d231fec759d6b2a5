#!/usr/bin/env bash
# The command for authors, with the engine that tools/dist.sh made in it: one file that needs nothing
# else. It has a profile of its own, since the release's is for the WASM. Its folder is named, since the
# file is looked for there whatever CARGO_TARGET_DIR says.
set -euo pipefail
engine=$PWD/target/fact-explorer.engine
[ -f "$engine" ] || {
  echo "there is no $engine: run \`make command\`" >&2
  exit 1
}
FACT_EXPLORER_ENGINE=$engine cargo build --target-dir target --profile command --features site --bin fact-explorer
mkdir -p target/release
cp target/command/fact-explorer target/release/fact-explorer
