#!/usr/bin/env bash
# Everything that can be said about the code without running the product.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
step() { printf '\033[1m%s\033[0m\n' "$*"; }

step "ruff"
$bin/ruff check --quiet .
$bin/ruff format --check --quiet .
step "mypy --strict"
for member in foundation services/* cli; do $bin/mypy --no-error-summary "$member/src"; done
step "import contracts"
$bin/lint-imports --no-logo
step "buf lint"
$bin/buf lint protos
if [ -f protos/baseline.binpb ]; then
  step "buf breaking against the last release"
  $bin/buf breaking protos --against protos/baseline.binpb
fi
step "generated code is up to date"
fresh=$(mktemp -d); trap 'rm -rf "$fresh"' EXIT
tools/proto.sh "$fresh" >/dev/null 2>&1
diff -r -x __pycache__ "$fresh/dutycycle/api" foundation/src/dutycycle/api
step "the lock is the lock of the project"
tools/lock.sh "$fresh/requirements.lock"
versions() { grep -oE '^[a-z0-9._-]+==[^\\]+' "$1"; } # a release may gain files, and so hashes, after it was locked
diff <(versions requirements.lock) <(versions "$fresh/requirements.lock")
if [ -d deploy/k8s ]; then
  step "kubernetes manifests"
  $bin/python -m tools.kubernetes
fi
step "all checks passed"
