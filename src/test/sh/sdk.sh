#!/usr/bin/env bash
# Tests the browser client against real nodes in a real browser: sdk.sh [--seed N] [--only WORD] [--lanes N]
# HOLDFAST starts a node (default: target/holdfast/bin/holdfast), E2E_JDBC_URL names a PostgreSQL for two of them; see
# chromium.sh for the browser.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
CHROMIUM="$("$here/chromium.sh")"
export CHROMIUM
exec node "$here/../../ts/e2e/run.mjs" "$@"
