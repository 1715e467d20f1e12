#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml and the *.in files: versions and hashes, no download addresses.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v uv >/dev/null || PATH="$PWD/.venv/bin:$PATH"
lock() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-config "$@"; }
lock pyproject.toml requirements-build.in --output-file requirements.txt
lock requirements-dev.in --output-file requirements-dev.txt
[ ! -f bench/requirements.in ] || lock bench/requirements.in --output-file bench/requirements.txt
npm install --package-lock-only --silent --no-audit --no-fund
! grep -nE 'https?://|"resolved"|index-url|find-links' requirements.txt requirements-dev.txt package-lock.json | grep -v '"url"'
