#!/usr/bin/env bash
# All the set-up there is, each step only when what it makes is missing or out of date.
#   scripts/setup.sh           to run Alongside
#   scripts/setup.sh --tests   and to test it: tools, PostgreSQL server, Chromium, Java
set -euo pipefail
cd "$(dirname "$0")/.."
for_tests=no
[ "${1:-}" = "--tests" ] && for_tests=yes
marks=.venv/.marks

say() { printf '%s\n' "$*"; }

# Installs Debian packages when we may; else says exactly what to install, and stops.
need_packages() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing $* ..."
        apt-get update -qq >/dev/null || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    else
        say "Missing on this machine: $*"
        say "Install them, then run this again:  sudo apt-get install $*"
        exit 1
    fi
}

find_python() {
    for candidate in python3.11 python3.12 python3.13 python3; do
        if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            command -v "$candidate"
            return
        fi
    done
    say "Python 3.11 or later is needed:  sudo apt-get install python3" >&2
    exit 1
}

changed() { # changed NAME FILE... : true when the files differ from what step NAME was last done with
    local name=$1; shift
    mkdir -p "$marks"
    [ "$(cat "$marks/$name" 2>/dev/null)" != "$(cat "$@" | sha256sum)" ]
}
done_with() { local name=$1; shift; cat "$@" | sha256sum > "$marks/$name"; }

if [ ! -x .venv/bin/python ]; then
    python=$(find_python)
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$python" -c 'import ensurepip, venv' 2>/dev/null || need_packages "python$version-venv"
    say "Making .venv ..."
    "$python" -m venv .venv
fi
pip=(.venv/bin/python -m pip --disable-pip-version-check --quiet)
compile() { .venv/bin/python -m compileall -q -j 0 .venv/lib >/dev/null || true; } # on every core; some packages hold what is no Python

if changed runtime requirements.txt pyproject.toml; then
    say "Installing Python packages ..."
    "${pip[@]}" install --no-compile --require-hashes -r requirements.txt
    compile
    "${pip[@]}" install --no-deps --no-build-isolation --editable .
    done_with runtime requirements.txt pyproject.toml
fi
if [ "$for_tests" = yes ] && changed tools requirements-dev.txt; then
    say "Installing tools for tests ..."
    "${pip[@]}" install --no-compile --require-hashes -r requirements-dev.txt
    compile
    done_with tools requirements-dev.txt
fi

export PATH="$PWD/.venv/bin:$PATH"
if changed packages package-lock.json || [ ! -d node_modules ]; then
    say "Installing front-end packages ..."
    npm ci --silent --no-audit --no-fund
    done_with packages package-lock.json
fi
mapfile -t sources < <(find alongside/design/assets scripts/build_assets.mjs -type f | sort)
if changed assets package-lock.json "${sources[@]}" || [ ! -f alongside/design/static/design/manifest.json ]; then
    say "Building style sheet and script ..."
    node scripts/build_assets.mjs
    done_with assets package-lock.json "${sources[@]}"
fi

if [ "$for_tests" = yes ]; then
    missing=()
    command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
    command -v chromium >/dev/null || missing+=(chromium)
    [ -x /usr/sbin/clamd ] || missing+=(clamav-daemon) # the scanner of files, with signatures of our own in the tests
    command -v exiftool >/dev/null || missing+=(libimage-exiftool-perl) # another reader of what hides in files
    command -v java >/dev/null || missing+=(openjdk-17-jre-headless) # Spark, in local mode
    [ ${#missing[@]} = 0 ] || need_packages "${missing[@]}"
fi
