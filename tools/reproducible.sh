#!/usr/bin/env bash
# Makes the release twice from the same files, in two folders with nothing in common, and tells whether
# both are the same, byte for byte: what is published, the engine, and the list of what is in it.
# docs/release.md says what it takes.
#
#   tools/reproducible.sh           build in temporary folders, gone afterwards
#   tools/reproducible.sh FOLDER    build in FOLDER/one and FOLDER/deeper/two, and keep them
#
# With FACT_EXPLORER_QUICK=1 the first takes over what was compiled there before, if anything was, and the second
# what the first compiled of other people's crates, whose folders are the same for both anyway; the project's
# own are compiled anew in either.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ $# -gt 0 ]; then
  mkdir -p "$1"
  work=$(cd "$1" && pwd)
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
# Of different lengths, so that no path can have the place of the other.
places=("$work/one" "$work/deeper/two")

for place in "${places[@]}"; do
  kept=
  [ -z "${FACT_EXPLORER_QUICK:-}" ] || [ "$place" != "${places[0]}" ] || kept=target
  mkdir -p "$place"
  find "$place" -mindepth 1 -maxdepth 1 ! -name "${kept:-}" -exec rm -rf {} +
  # What git knows, and what it would know; as it is now, committed or not.
  git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [ ! -f "$file" ] || printf '%s\0' "$file"
  done | tar --null --files-from - --create --file - | tar --extract --touch --directory "$place"
  if [ -n "${FACT_EXPLORER_QUICK:-}" ] && [ "$place" != "${places[0]}" ]; then
    cp -a "${places[0]}/target" "$place/target"
    rm -f "$place"/target/{fact-explorer.engine,fact-explorer.cdx.json,THIRD-PARTY.txt,THIRD-PARTY-COMMAND.txt}
  fi
  began=$SECONDS
  # Nothing else is taken over from another build.
  (cd "$place" && env -u CARGO_TARGET_DIR -u CARGO_BUILD_TARGET_DIR -u CARGO_BUILD_BUILD_DIR tools/dist.sh) \
    >"$work/log" 2>&1 || {
    tail -n 30 "$work/log" >&2
    echo "reproducible: the release can't be made in $place" >&2
    exit 1
  }
  echo "reproducible: made in $place in $((SECONDS - began)) s"
done

# sums FOLDER: the digest of every file that a release consists of, by its path.
sums() {
  (cd "$1" && find dist target/fact-explorer.engine target/fact-explorer.cdx.json -type f | LC_ALL=C sort | xargs -d '\n' sha256sum)
}
sums "${places[0]}" >"$work/one.sums"
sums "${places[1]}" >"$work/two.sums"
if diff "$work/one.sums" "$work/two.sums"; then
  echo "reproducible: $(wc -l <"$work/one.sums") files are the same, byte for byte;" \
    "all together $(sha256sum <"$work/one.sums" | cut -c 1-16)"
else
  echo "reproducible: the two releases differ in the files above" >&2
  exit 1
fi
