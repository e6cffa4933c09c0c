#!/usr/bin/env bash
# Prints what `kubectl apply -k` would send: kustomize.sh DIRECTORY
# Root gets Debian's kubectl installed if there is none.
set -euo pipefail

directory="${1:?directory: none (expected: kustomize.sh k8s/base)}"

if ! command -v kubectl > /dev/null && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends kubernetes-client; } > /dev/null 2>&1 || true
fi
if ! command -v kubectl > /dev/null; then
  echo "kubectl: not found (expected: apt-get install kubernetes-client)" >&2
  exit 1
fi

exec kubectl kustomize "$directory"
