#!/bin/sh
# Installs what package-lock.json names, if that changed, builds the workspaces and puts what the node serves into $1.
set -eu
cd "$(dirname "$0")"
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --no-fund --no-audit --loglevel=error
  cp package-lock.json node_modules/.installed-lock
fi
npm run --silent build
mkdir -p "$1"
cp client/dist/client.js demo/dist/* "$1"/
