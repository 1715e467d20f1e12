"""Measure everything, write docs/reference/benchmarks.md.

    python -m bench [--again] [--only policy|population|linkage|audit|postgresql|sqlite]

A part measured already at this very commit is not measured again unless `--again`: a run that was stopped goes on.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from typing import Any

from bench.linkage import kept_at_other_sizes
from bench.machine import machine
from bench.measured import PARTS
from bench.report import bars, report
from bench.sites import ROOT

KEPT = ROOT / "bench" / "data"
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"


def measured(part: str, here: dict[str, str], *, again: bool) -> dict[str, Any]:
    """The results of a part: kept ones of this commit, or fresh ones."""
    file = KEPT / f"{part}.json"
    if file.exists() and not again:
        kept: dict[str, Any] = json.loads(file.read_text())
        if kept["machine"]["commit"] == here["commit"] and "not committed" not in here["commit"]:
            print(f"{part}: measured already at {here['commit']}")
            return kept
    start = time.monotonic()
    print(f"{part} ...", flush=True)
    found = {"machine": machine(), **PARTS[part]()}
    KEPT.mkdir(exist_ok=True)
    file.write_text(json.dumps(found, indent=1))
    print(f"{part}: {time.monotonic() - start:.0f} seconds")
    return found


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--only", choices=list(PARTS))
    given = parser.parse_args()
    # Whoever stops the run stops what it started: the database and the site end as the blocks that hold them are left.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    here = machine()
    if given.only:
        print(json.dumps(measured(given.only, here, again=True), indent=1))
        return 0
    found = {part: measured(part, here, again=given.again) for part in PARTS}
    found["linkage"]["other_sizes"] = kept_at_other_sizes()
    PAGE.write_text(report(found))
    for what, bar, value, met in bars(found):
        print(f"{met.strip('*'):8} {what}: {value} ({bar})")
    print(f"Written to {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
