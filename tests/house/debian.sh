#!/usr/bin/env bash
# Install what the tests need of Debian where it is absent: a browser, a database server, Node for the bundle.
# Without the right to install, the tests that need them are skipped with a reason; under CI=true they fail.
set -euo pipefail
wanted=()
command -v chromium >/dev/null || wanted+=(chromium)
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || wanted+=(postgresql)
command -v npm >/dev/null || wanted+=(nodejs npm)
[ ${#wanted[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "not installed here: ${wanted[*]} (the tests that need them say so)" >&2
  exit 0
fi
echo "installing ${wanted[*]} ..." >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null
apt-get install -qq -y --no-install-recommends "${wanted[@]}" >/dev/null
