"""Proof: deciding a population again by the rules that decided it gives what was decided, decision by decision.

Run as `python -m tests.prove.replays COUNT SEED`; prints what it found as JSON. The cases are invented; no database is asked.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import django

from tests.prove.ledger import Found


def run(count: int, seed: int) -> Found:
    """So many cases, each decided one by one as it comes in, and all of them at once again."""
    from alongside.demo.population import Invented
    from alongside.policy.reproducing import books, reproduce
    from alongside.policy.store import read
    from alongside.procedures.queries import library

    found = Found()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "cases.parquet"
        Invented(seed=seed).write(out, count)
        held = read(out, library().vocabulary)
        again = reproduce(held.frame, held.decided, books(library(), held.about["books"]))
    found.tries["cases"] += again.cases
    for rule, differing in again.differing.items():
        found.fault(f"seed {seed}: {rule} comes out otherwise in {differing} cases")
    if again.unchecked:
        found.fault(f"seed {seed}: {again.unchecked} cases were not decided again")
    return found


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
            "DATABASE_URL": "",
            "ALONGSIDE_DATA": data,
        }
        django.setup()
    if os.environ.get("PROVE_MUTANT") == "range-as-its-least":
        from alongside.policy import columns

        real = columns.Reader._end
        columns.Reader._end = lambda self, operand, _end: real(self, operand, columns.MIN)
    begun = time.monotonic()
    found = run(count, seed)
    found.seconds = time.monotonic() - begun
    print(found.to_json())


if __name__ == "__main__":
    main()
