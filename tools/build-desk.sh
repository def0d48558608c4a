#!/usr/bin/env bash
# Builds web/dist when its sources are newer than what is there.
set -euo pipefail
cd "$(dirname "$0")/../web"
stamp=$(cat package-lock.json build.mjs kinds.mjs types.mjs ../src/http/openapi.json $(find ../kinds src -type f ! -path 'src/api/types.ts' ! -path 'src/api/kinds.ts' | LC_ALL=C sort) | sha256sum | cut -d' ' -f1)
[ -f dist/.stamp ] && [ "$(cat dist/.stamp)" = "$stamp" ] && exit 0
if ! [ -f node_modules/.stamp ] || [ "$(cat node_modules/.stamp)" != "$(sha256sum package-lock.json)" ]; then
    echo "Fetching the desk's parts" >&2
    npm ci --no-audit --no-fund --loglevel=error >&2
    sha256sum package-lock.json >node_modules/.stamp
fi
echo "Building the desk" >&2
mkdir -p src/api
node build.mjs
printf '%s' "$stamp" >dist/.stamp
