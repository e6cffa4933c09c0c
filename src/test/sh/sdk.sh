#!/usr/bin/env bash
# Tests the browser client against real nodes in a real browser: sdk.sh [--seed N] [--only WORD] [--lanes N]
# HOLDFAST starts a node (default: target/holdfast/bin/holdfast), E2E_JDBC_URL names a PostgreSQL for two of them.
# CHROMIUM names the browser; without it the usual ones are looked for, and root gets Debian's package installed.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

find_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  return 1
}

browser="${CHROMIUM:-$(find_browser || true)}"
if [ -z "$browser" ] && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } > /dev/null 2>&1 || true
  browser="$(find_browser || true)"
fi
if [ -z "$browser" ]; then
  echo "chromium: not found (expected: apt-get install chromium, or CHROMIUM=/path/to/it)" >&2
  exit 1
fi

CHROMIUM="$browser" exec node "$here/../../ts/e2e/run.mjs" "$@"
