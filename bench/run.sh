#!/usr/bin/env bash
# Builds what bench/run.js measures, then measures it. `make bench` calls it with the tools in place.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/dist.sh
tools/command.sh
bench/engine/build.sh
exec node bench/run.js "$@"
