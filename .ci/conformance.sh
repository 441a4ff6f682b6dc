#!/usr/bin/env bash
# The outside judges, where they are at hand: every answer against Stripe's published schema, and the lifecycle scenarios against a product
# of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
judges="$(cd ../shared/conformance && pwd)"

work="$(mktemp -d)"
chmod 711 "$work"
cp -r "$judges" "$work/conformance"
chmod -R u+w "$work/conformance"

# What `npm start` runs, without npm between: a background job of a script ignores SIGINT, and npm keeps SIGTERM to itself.
PORT=0 DUNLIN_DATA="$work/data" node cli/dunlin.cjs start </dev/null >"$work/start.log" 2>&1 &
product=$!
stop() {
  kill -TERM "$product" 2>/dev/null || true
  wait "$product" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

for _ in $(seq 1 600); do
  [ -s "$work/data/dev.json" ] && break
  kill -0 "$product" 2>/dev/null || { cat "$work/start.log"; exit 1; }
  sleep 1
done
[ -s "$work/data/dev.json" ] || { cat "$work/start.log"; exit 1; }
field() { node -p "JSON.parse(require('fs').readFileSync('$work/data/dev.json', 'utf8')).$1"; }
url="$(field url)"
API_KEY="$(field apiKey)"
export API_KEY

cd "$work/conformance"
npm ci --no-audit --no-fund </dev/null >/dev/null
WAIT=60 node validate.mjs exec --target "$url" --check --report "$work/report.txt" -- \
  node scenarios.mjs --jobs 2 </dev/null || { grep -A 40 '^## Violations' "$work/report.txt" || true; exit 1; }
