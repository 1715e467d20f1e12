"""`python -m tests.mutants [--fresh] [--only NAME ...] [--engine sqlite]`: every mutant must be caught; interrupted, it goes on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.copying import changed, copy
from tests.mutants.ledger import Found, Ledger
from tests.mutants.ready import Fresh, ready
from tests.mutants.report import write
from tests.mutants.running import PASSED, SAW_IT, run
from tests.mutants.table import ENGINES, ROOT, Mutant, mutants

REPORT = ROOT / "docs" / "reference" / "mutants.md"


def main() -> int:
    """Exit 0 when every mutant that was asked for was caught."""
    given = _arguments()
    ledger = Ledger(ROOT / "build" / "mutants")
    if given.fresh:
        ledger.forget()
    every = mutants()
    wanted = [(one, engine) for one, engine in _pairs(every, given)]
    todo = [(one, engine) for one, engine in wanted if not _is_caught(ledger, one, engine)]
    is_sound = True
    if todo:
        with copy() as project:
            is_sound = all([_on(project, ledger, todo, engine) for engine in ENGINES])
    held = {(one.name, engine): found for one, engine in _all(every) if (found := ledger.latest(one, engine))}
    write(REPORT, every, held)
    missed = [f"{one.name} on {engine}" for one, engine in wanted if not _is_caught(ledger, one, engine)]
    print(f"{len(wanted) - len(missed)} of {len(wanted)} caught; report in {REPORT.relative_to(ROOT)}")
    for name in missed:
        print(f"NOT CAUGHT: {name}", file=sys.stderr)
    return 0 if is_sound and not missed else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs found")
    parser.add_argument("--only", nargs="+", choices=[one.name for one in mutants()])
    parser.add_argument("--engine", choices=ENGINES)
    return parser.parse_args()


def _all(every: list[Mutant]) -> Iterator[tuple[Mutant, str]]:
    return ((one, engine) for engine in ENGINES for one in every if engine in one.engines)


def _pairs(every: list[Mutant], given: argparse.Namespace) -> Iterator[tuple[Mutant, str]]:
    for one, engine in _all(every):
        if (not given.only or one.name in given.only) and given.engine in (None, engine):
            yield one, engine


def _is_caught(ledger: Ledger, one: Mutant, engine: str) -> bool:
    found = ledger.read(one, engine)
    return found is not None and found.caught


def _on(project: Path, ledger: Ledger, todo: list[tuple[Mutant, str]], engine: str) -> bool:
    """Every mutant of one database; False where the tests do not pass on the product as it is: that they fail would say nothing."""
    here = [one for one, its in todo if its == engine]
    tests = {test for one in here for test in one.tests}
    if not tests:
        return True
    with ready(project, engine) as fresh:
        done = run(project, tests, engine, on=fresh(), stop=False)
        passed = done.code == PASSED
        print(f"{engine}: {len(tests)} tests without any change: {'pass' if passed else done.words}", flush=True)
        for one in here if passed else ():
            _try(project, ledger, one, engine, fresh)
    return passed


def _try(project: Path, ledger: Ledger, one: Mutant, engine: str, fresh: Fresh) -> None:
    with changed(project, one):
        done = run(project, one.tests, engine, on="" if one.migrates else fresh())
    caught = done.code == SAW_IT and bool(done.failed)
    ledger.write(one, Found(one.name, engine, caught, list(done.failed), round(done.seconds, 1)))
    said = f"caught by {done.failed[0]}" if caught else f"NOT CAUGHT (pytest said {done.code})\n{done.words[-1500:]}"
    print(f"{one.name} on {engine}: {said} ({done.seconds:.0f} s)", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
