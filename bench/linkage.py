"""Linkage measured, beside its rivals: one file against itself, people looked up one by one, and sets that others published.

    python -m bench.linkage --size 1000000 [--only batch|lookup]

measures at another size than the 100,000 of `python -m bench`, which puts what was measured last at each size on its page. A million
records against themselves take Splink 12 GB, and longer than all the rest.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.linkage_batch import batch
from bench.linkage_lookup import lookup
from bench.machine import machine
from bench.public_people import public
from bench.sites import ROOT

SIZE = 100_000
KEPT = ROOT / "bench" / "kept"  # kept with the project: each says on what machine, and when
STEPS: dict[str, Callable[[int, Path], dict[str, Any]]] = {"batch": batch, "lookup": lookup}


def linkage() -> dict[str, Any]:
    """The numbers of the part: at 100,000, and on the public sets."""
    with _folder() as name:
        found = public(Path(name))
    return {"size": SIZE, **{step: measure(step, SIZE) for step in STEPS}, "public": found}


def measure(step: str, size: int) -> dict[str, Any]:
    """One step at a size."""
    with _folder() as name:
        return STEPS[step](size, Path(name))


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="alongside-bench-")


def keep(step: str, size: int, kept: Path = KEPT) -> dict[str, Any]:
    """Measure a step at another size and keep it beside the others: no run deletes what another measured."""
    start = time.monotonic()
    found = {"machine": machine(), "size": size, **measure(step, size)}
    kept.mkdir(exist_ok=True)
    (kept / f"linkage-{step}-{size}.json").write_text(json.dumps(found, indent=1))
    print(f"{step} at {size:,}: {time.monotonic() - start:.0f} seconds")
    return found


def kept_at_other_sizes(kept: Path = KEPT) -> dict[str, list[dict[str, Any]]]:
    """Step → what was measured last at each other size, smallest first."""
    return {
        step: sorted(
            (json.loads(file.read_text()) for file in kept.glob(f"linkage-{step}-*.json")), key=lambda one: one["size"]
        )
        for step in STEPS
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--only", choices=list(STEPS))
    given = parser.parse_args()
    for step in [given.only] if given.only else STEPS:
        print(json.dumps(keep(step, given.size), indent=1))


if __name__ == "__main__":
    main()
