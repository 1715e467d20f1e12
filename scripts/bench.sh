#!/usr/bin/env bash
# Rivals live in an environment of their own, from a lock file of their own: nothing of theirs reaches the product.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$(cat bench/.venv/.mark 2>/dev/null)" != "$(cat bench/requirements.txt requirements.txt | sha256sum)" ]; then
    echo "Setting up the environment of the benchmarks ..."
    .venv/bin/python -m venv --clear bench/.venv
    bench/.venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r bench/requirements.txt
    cat bench/requirements.txt requirements.txt | sha256sum > bench/.venv/.mark
fi
exec .venv/bin/python -m bench
