#!/usr/bin/env bash
# Gives what reads bytes from outside bytes that nobody would think of, with libFuzzer; `make fuzz` calls
# it with cargo-fuzz in place.
#
#   tools/fuzz.sh             every target of fuzz/, one after another
#   tools/fuzz.sh csv json    these targets
#   FUZZ_SECONDS=600          how long each runs; 30 where it isn't said
#
# Each begins with fuzz/seeds/TARGET, which is committed, and keeps what leads further in
# fuzz/corpus/TARGET, which isn't. What breaks something is put into fuzz/artifacts/TARGET; once the code
# is mended it belongs among the seeds, which `make test` gives to the same readers.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${FUZZ_SECONDS:-30}

# The reader's own toolchain, as for what else runs natively (tools/check.sh).
PATH=$(dirname "$(command -v cargo-fuzz)"):$OWN_PATH
# Without a sanitizer all that cargo-fuzz asks of a compiler is stable, and what it instruments is what the
# project is built with. A sanitizer would need nightly features (or RUSTC_BOOTSTRAP=1) and time, to look for
# faults that this project's own code can't have: it has nothing unsafe. Overflows, indices and the rest
# are checked without one.
build=(--sanitizer none)

targets=("$@")
if [ $# -eq 0 ]; then
  # The bash of macOS has no mapfile.
  while IFS= read -r target; do targets+=("$target"); done < <(cargo fuzz list)
fi
cargo fuzz build "${build[@]}"
# Where there is a disk in memory, the files of a dataset are written to it.
if [ -d /dev/shm ] && [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi
failed=()
for target in "${targets[@]}"; do
  printf '\n== %s, for %s s\n' "$target" "$seconds"
  mkdir -p "fuzz/corpus/$target"
  # Inputs as large as a small dataset, and time enough for the slowest on a busy machine.
  cargo fuzz run "${build[@]}" "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
    -max_total_time="$seconds" -max_len=16384 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 ||
    failed+=("$target")
done
if [ ${#failed[@]} -gt 0 ]; then
  printf '\nfound something: %s\n' "${failed[*]}" >&2
  exit 1
fi
