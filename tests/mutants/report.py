"""The report of the mutants, `docs/reference/mutants.md`."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.mutants.ledger import Found
from tests.mutants.table import Mutant

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
HEAD = """<!-- Written by `make mutants` from tests/mutants/table.toml: do not edit. -->

# Mutants: the product made wrong on purpose

Each line is one change to the product that would harm somebody, made in a copy, and the test that then failed. A test that passes on a product
that leaks proves nothing; this is how we know that ours do not. Before any is tried, all of them pass without a change on the same database. What
was not run yet since it was written says so, and shows nothing.
"""


def write(path: Path, mutants: Sequence[Mutant], found: Mapping[tuple[str, str], Found]) -> None:
    """The whole page; what was not run is said to be."""
    path.write_text("\n".join([*_head(mutants, found), *_rows(mutants, found)]), "utf-8")


def _head(mutants: Sequence[Mutant], found: Mapping[tuple[str, str], Found]) -> Iterator[str]:
    wanted = [(one.name, engine) for one in mutants for engine in one.engines]
    seen = [found[key].caught for key in wanted if key in found]
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield HEAD
    told = f"{sum(seen)} caught, {len(seen) - sum(seen)} got through, {len(wanted) - len(seen)} not run"
    counted = f"**{len(mutants)} mutants, {len(wanted)} runs: {told}.**"
    yield f"{counted} Written {datetime.now(UTC):%-d %B %Y}, {machine}, {versions}.\n"


def _rows(mutants: Sequence[Mutant], found: Mapping[tuple[str, str], Found]) -> Iterator[str]:
    yield "| mutant | what it would mean | the change | seen by |"
    yield "| --- | --- | --- | --- |"
    for one in mutants:
        seen = "<br>".join(_seen(engine, found.get((one.name, engine))) for engine in one.engines)
        yield f"| {one.name} | {one.danger} | {one.said()}, in `{one.file}` | {seen} |"
    yield ""


def _seen(engine: str, found: Found | None) -> str:
    if found is None:
        return f"{ENGINES[engine]}: not run"
    if not found.caught:
        return f"**{ENGINES[engine]}: NOT CAUGHT**, {found.day}"
    tests = ", ".join(f"`{test.partition('[')[0]}`" for test in found.by[:1])
    return f"{ENGINES[engine]}: {tests}, {found.day}"
