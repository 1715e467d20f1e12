#!/usr/bin/env bash
# Every check and test: style, types and layers; the suite on SQLite and on PostgreSQL; the browser journeys on both.
# All parts are run even when one fails; the last line counts them together.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/.venv/bin
results=test-results
rm -rf "$results"
mkdir -p "$results"
failed=0
# Hundreds of processes are started here. Where a machine forbids it, each would compile the whole of Alongside anew, for three
# seconds, and each worker all tests, for ten.
unset PYTHONDONTWRITEBYTECODE

part() { # part NAME COMMAND...
    local name=$1; shift
    local began=$SECONDS
    printf '\n== %s\n' "$name"
    "$@" || { failed=1; printf '!! %s failed\n' "$name"; }
    printf '== %s took %d seconds\n' "$name" $((SECONDS - began))
}
suite() { # suite DATABASE NAME ARGUMENTS...
    local database=$1 name=$2; shift 2
    ALONGSIDE_TEST_DATABASE=$database "$bin/python" -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder --junitxml="$results/$name-$database.xml" "$@"
}

part "style" "$bin/ruff" check .
part "types" "$bin/mypy"
part "layers" "$bin/lint-imports"
# What asks a database runs on both; the libraries, packs, sweeps and documents ask none, and run once. So does the
# command `demo`, whose demonstrations are on SQLite whatever the tests are on.
declare -A suites=(
    [sqlite]="tests --ignore=tests/journeys --ignore=tests/conformance"
    [postgres]="tests/apps tests/bad_input tests/prove --ignore=tests/apps/demo/test_command.py
                --ignore=tests/apps/uploads/test_cleaning.py --ignore=tests/apps/uploads/test_scanning.py"
)
# Every story is told on both. How pages look on a small screen, by keyboard alone or without scripts, how they are read, and that the
# tutorial goes as it says, hangs on no database; nor does what a browser does.
declare -A journeys=(
    [sqlite]="tests/journeys"
    [postgres]="tests/journeys --ignore=tests/journeys/test_any_way.py
               --ignore=tests/journeys/test_reading.py --ignore=tests/journeys/test_tutorial.py
               --ignore=tests/journeys/test_locked.py --ignore=tests/journeys/test_left_behind.py
               --ignore=tests/journeys/test_scripts_as_text.py --ignore=tests/journeys/test_files.py"
)
for database in sqlite postgres; do
    # shellcheck disable=SC2086  # several folders
    part "suite on $database" suite "$database" suite ${suites[$database]}
    # shellcheck disable=SC2086
    part "journeys on $database" suite "$database" journeys ${journeys[$database]}
done
"$bin/python" scripts/count_tests.py "$results" || failed=1
exit "$failed"
