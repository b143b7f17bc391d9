#!/usr/bin/env bash
# Generate foundation/src/dutycycle/api from protos/. The generator lives in an environment of its own: grpcio-tools 1.76
# (code that protobuf 6.31 and later both accept) needs a protobuf older than the one the services run on.
set -euo pipefail
cd "$(dirname "$0")/.."
env_dir=.proto-venv
if [ ! -x "$env_dir/bin/protoc-gen-mypy_grpc" ]; then
  .venv/bin/uv venv --quiet --python .venv/bin/python "$env_dir"
  .venv/bin/uv pip install --quiet --python "$env_dir/bin/python" -r tools/proto-requirements.txt
fi
include=$("$env_dir/bin/python" -c 'import grpc_tools, os; print(os.path.join(os.path.dirname(grpc_tools.__file__), "_proto"))')
common=$("$env_dir/bin/python" -c 'import google.type, os; print(os.path.abspath(os.path.join(list(google.type.__path__)[0], "..", "..")))')
out=${1:-foundation/src}
find "$out/dutycycle/api" -name '*_pb2*' -delete 2>/dev/null || true
PATH="$PWD/$env_dir/bin:$PATH" "$env_dir/bin/python" -m grpc_tools.protoc -I protos -I "$include" -I "$common" \
  --python_out="$out" --pyi_out="$out" --grpc_python_out="$out" --mypy_grpc_out="$out" \
  $(find protos -name '*.proto' | sort)
for stub in $(find "$out/dutycycle/api" -name "*_pb2_grpc.py"); do grep -q "^class .*Servicer" "$stub" || rm "$stub" "${stub}i"; done
find "$out/dutycycle/api" -type d -name v1 | while read -r package; do : > "$package/__init__.py"; : > "$(dirname "$package")/__init__.py"; done
: > "$out/dutycycle/api/__init__.py"
: > "$out/dutycycle/api/py.typed"
