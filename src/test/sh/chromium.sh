#!/usr/bin/env bash
# Prints the path of a Chromium: CHROMIUM, or one of the usual ones; root gets Debian's package installed if there is none.
set -euo pipefail

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
echo "$browser"
