#!/usr/bin/env bash
# Tests the page of a running server in a real browser: browser.sh http://127.0.0.1:8080 [ORIGIN] (see chromium.sh for which one, browser.mjs for what)
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
CHROMIUM="$("$here/chromium.sh")"
export CHROMIUM
exec node "$here/../../ts/demo/test/browser.mjs" "$@"
