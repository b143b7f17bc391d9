#!/usr/bin/env bash
# Tests of the portal run in a real browser: Debian's chromium (as root, or named for you). Nothing else needs it.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -x /usr/bin/chromium ]; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    printf '\033[1m%s\033[0m\n' "Installing Debian package: chromium"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium openssl >/dev/null
  else
    echo "Tests of the portal need a browser. Install it, then run make test again:" >&2
    echo "  sudo apt-get install chromium openssl" >&2
    exit 1
  fi
fi
touch .browser-stamp
