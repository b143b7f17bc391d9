#!/usr/bin/env bash
# Make .venv with everything Dutycycle needs: Debian packages (as root, or named for you), one pinned lock, the members.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m%s\033[0m\n' "$*"; }

python=${PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
  echo "Dutycycle needs Python 3.11 as python3, or PYTHON=/path/to/python3.11 make setup" >&2
  exit 1
fi

# What is missing, by what it is for rather than by package: a machine may have it from elsewhere.
missing=()
"$python" -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
"$python" -c 'import os, sys, sysconfig; sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' \
  || missing+=(python3-dev)
command -v cc >/dev/null || missing+=(gcc libc6-dev)
library() { /sbin/ldconfig -p | grep -q "$1" || missing+=("$2"); }
library libpango-1.0.so.0 libpango-1.0-0
library libpangoft2-1.0.so.0 libpangoft2-1.0-0
library libharfbuzz-subset.so.0 libharfbuzz-subset0
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    say "Installing Debian packages: ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "Missing Debian packages. Install them, then run make again:" >&2
    echo "  sudo apt-get install ${missing[*]}" >&2
    exit 1
  fi
fi

if [ ! -x .venv/bin/python ]; then
  say "Making .venv"
  "$python" -m venv .venv
fi
pinned=$(awk '/^[a-z]/ { wanted = /^uv==/ } wanted' requirements.lock)
version=$(printf '%s' "$pinned" | sed -n 's/^uv==\([0-9.]*\).*/\1/p')
if ! .venv/bin/uv --version 2>/dev/null | grep -q " $version"; then
  say "Installing uv $version"
  printf '%s\n' "$pinned" > .venv/uv-pinned.txt
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv-pinned.txt
fi
say "Installing the locked packages"
.venv/bin/uv pip sync --quiet --require-hashes requirements.lock
say "Building the Cython core and installing the members"
members=(foundation services/contracts services/ingest services/rating services/offers services/invoicing services/notify services/portal cli)
arguments=()
for member in "${members[@]}"; do arguments+=(-e "$member"); done
.venv/bin/uv pip install --quiet --no-deps --no-build-isolation "${arguments[@]}"
touch .setup-stamp
