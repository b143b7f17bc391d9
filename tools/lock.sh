#!/usr/bin/env bash
# Write the lock of the whole workspace: tools/lock.sh FILE [--upgrade].
#
# Versions that requirements.lock pins stay as they are, so that the answer does not depend on the day: only what the
# members need and the lock lacks is chosen anew. With --upgrade everything is.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath "$1")
uv=$(realpath .venv/bin/uv)
copy=$(mktemp -d); trap 'rm -rf "$copy"' EXIT
for manifest in pyproject.toml foundation/pyproject.toml services/*/pyproject.toml cli/pyproject.toml; do
  install -D -m 644 "$manifest" "$copy/$manifest"
done
if [ "${2:-}" != --upgrade ]; then
  pins=$(sed -nE 's/^([a-z0-9._-]+==[^ ;]+).*/"\1",/p' requirements.lock | tr '\n' ' ')
  sed -i "s/^package = false\$/&\nconstraint-dependencies = [$pins]/" "$copy/pyproject.toml"
fi
cd "$copy"
"$uv" lock --quiet
"$uv" export --quiet --no-header --no-emit-workspace --all-groups --frozen -o "$out" > /dev/null
