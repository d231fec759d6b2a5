#!/usr/bin/env bash
# What comes from elsewhere: licences, doubles and sources of crates (deny.toml), known faults of crates
# and of npm packages, and npm's signatures.
#
#   tools/audit.sh           whatever can't be asked from here is told, loudly, and doesn't fail
#   tools/audit.sh strict    before a release: that fails, too
#
# That the npm lock files have digests, permissive licences and no scripts: tests/native/supply.rs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/.."
# shellcheck source=paths.sh
. "$here/paths.sh"
unchecked=()
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT

# reason FILE: the line that tells why something couldn't be asked.
reason() { { grep -m 1 -E 'reason:|fatal:' "$1" || tail -n 1 "$1"; } | sed 's/^npm error //'; }

deny() { cargo deny --locked --manifest-path "$1" --config deny.toml check --hide-inclusion-graph "${@:2}"; }

echo "audit: licences, doubles and sources of crates"
quiet=(-A license-exception-not-encountered)
# A double that is gone is told where it would be looked for.
deny Cargo.toml "${quiet[@]}" -D unmatched-skip -D unnecessary-skip licenses bans sources
for other in "${manifests[@]:1}"; do
  deny "$other" "${quiet[@]}" -A unmatched-skip -A unnecessary-skip licenses bans sources
done

echo "audit: known faults of crates"
if timeout 120 cargo deny --locked fetch db >"$log/db" 2>&1; then
  for manifest in "${manifests[@]}"; do
    deny "$manifest" advisories
  done
else
  unchecked+=("known faults of crates: $(reason "$log/db")")
fi

# npm_audit FOLDER: 0 nothing is known, 1 something is, 3 the registry doesn't tell.
npm_audit() {
  cp "$1/package.json" "$1/package-lock.json" "$here/.npmrc" "$log/"
  (cd "$log" && timeout 120 npm audit --json --package-lock-only --fetch-retries=1 >answer 2>errors) || true
  node -e '
    const text = require("fs").readFileSync(process.argv[1], "utf8");
    let answer = {};
    try { answer = JSON.parse(text); } catch {}
    const known = answer.metadata?.vulnerabilities?.total;
    if (known === undefined) {
      console.log(answer.message ?? answer.error?.summary ?? "npm audit gave no answer");
      process.exit(3);
    }
    for (const it of Object.values(answer.vulnerabilities ?? {}))
      console.log(`${it.name} (${it.severity}): ${it.via.map((via) => via.title ?? via).join("; ")}`);
    process.exit(known > 0 ? 1 : 0);
  ' "$log/answer"
}

echo "audit: known faults of npm packages"
for folder in tools bench; do
  status=0
  said=$(npm_audit "$folder") || status=$?
  case $status in
    0) ;;
    3) unchecked+=("known faults of what $folder/package-lock.json names: $said") ;;
    *)
      printf '%s\n' "$said" >&2
      exit 1
      ;;
  esac
done

echo "audit: npm's signatures"
for root in "$npm_root" "$bench_root"; do
  if [ ! -f "$root/done" ]; then
    unchecked+=("signatures of what is in $(basename "$root"): it isn't installed here")
    continue
  fi
  if ! (cd "$root" && timeout 120 npm audit signatures --fetch-retries=0 --fetch-timeout=20000) >"$log/signatures" 2>&1; then
    # What is wrong with a package is told by its name; everything else is the way there.
    if grep -qE 'invalid (registry )?(signature|attestation)|missing registry signature' "$log/signatures"; then
      cat "$log/signatures" >&2
      exit 1
    fi
    unchecked+=("signatures of what is in $(basename "$root"): $(reason "$log/signatures")")
  fi
done

if [ ${#unchecked[@]} -gt 0 ]; then
  {
    printf '\n!! audit: NOT CHECKED, since it could not be asked from here:\n'
    printf '!!   %s\n' "${unchecked[@]}"
    printf '!! Where there is a network, `make audit` asks again, and fails until all of it is checked.\n\n'
  } >&2
  [ "${1:-}" != strict ] || exit 1
fi
