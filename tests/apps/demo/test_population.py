"""Invented cases with no database are those the same notifications make in one, row by row."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import polars as pl
from click.testing import CliRunner

from alongside.agencies.actions import service_user
from alongside.agencies.models import Agency
from alongside.audit.api import SystemActor, unit_of_work
from alongside.cli import alongside
from alongside.demo.accounts import PASSWORD
from alongside.demo.families import UNTIL
from alongside.demo.generate import notifications
from alongside.demo.partnership import build_partnership
from alongside.demo.population import Invented
from alongside.duties.actions import export_population
from alongside.intake.actions import receive
from alongside.policy.store import read
from alongside.procedures.queries import library

COUNT = 30
SEED = 5  # among these are DIAL logs that answer, and one where specialist advice comes first
AT = datetime(UNTIL.year, UNTIL.month, UNTIL.day, 12, tzinfo=UTC)
OPERATOR = SystemActor("operator")


def rows(path: Path) -> Counter[tuple[object, ...]]:
    """Every row of a file without the case's number, which means nothing, and without columns that say nothing."""
    frame = pl.read_parquet(path).drop("case")
    return Counter(frame.select(sorted(frame.columns)).rows())


def differing(one: Path, other: Path) -> set[str]:
    """Columns in which two files do not hold the same."""
    left, right = pl.read_parquet(one), pl.read_parquet(other)
    return {
        name
        for name in left.columns
        if name != "case" and Counter(left[name].to_list()) != Counter(right[name].to_list())
    }


def test_the_same_notifications_make_the_same_rows(db: None, tmp_path: Path) -> None:
    with unit_of_work():
        build_partnership(AT, PASSWORD)
    senders = {}
    for content in islice(notifications(seed=SEED), COUNT):
        code = content["source"]["agency"]
        if code not in senders:
            senders[code] = service_user(agency=Agency.objects.get(code=code), by=OPERATOR, at=AT)
        receive(content=content, by=senders[code], at=AT)
    stored, invented = tmp_path / "stored.parquet", tmp_path / "invented.parquet"
    assert export_population(out=stored, by=OPERATOR, at=AT).cases == COUNT
    Invented(seed=SEED).write(invented, COUNT)
    assert differing(stored, invented) == set()
    assert rows(stored) == rows(invented)


def test_the_same_seed_gives_the_same_cases(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a", "b", "c")]
    for path, seed in zip(paths, (3, 3, 4), strict=True):
        Invented(seed=seed).write(path, 20)
    assert rows(paths[0]) == rows(paths[1]) != rows(paths[2])


def test_the_command_writes_them_and_replaying_gives_what_was_decided(tmp_path: Path) -> None:
    out = tmp_path / "cases.parquet"
    Invented(seed=2).write(out, 200)
    assert read(out, library().vocabulary).notes == ()
    answer = CliRunner().invoke(alongside, ["policy", "replay", "--area", "all", "--on", "2026-11-01", str(out)])
    assert answer.exit_code == 0, answer.output
    assert "200 cases" in answer.stdout and " 0 differ from what was decided" in answer.stdout
