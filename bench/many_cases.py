"""Cases by the million: random facts of every kind a population has, made column by column from fixed seeds.

One row a case. About one fact in eight is not known; the risk checklist is sometimes half answered, so that its count is a range;
whether the child in the house is of the family hangs together, and so do the three places.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np  # type: ignore[import-not-found]
import polars as pl

from alongside.policy import Fact
from alongside.policy.columns import MAX, MIN, NA
from alongside.policy.population import CASE, PLACE, WEEK, facts_kept
from alongside.policy.store import write

NOT_KNOWN, ELSEWHERE, HALF_ANSWERED = 0.12, 0.06, 0.05
BATCH = 1_000_000
# Numbers people really give: the vocabulary's own bounds are those of what can be stored.
USUAL = 40
HALF = "dash_yes_count"
AWAY = {"youngest_child_age_months": "child_in_family", "youngest_child_in_household_months": "child_in_household"}


def cases(
    vocabulary: Mapping[str, Fact], areas: tuple[str, ...], count: int, *, known: bool = False
) -> Iterator[pl.DataFrame]:
    """So many cases in batches, the same each time; the facts are those of type boolean, integer, number and word.

    `known`: every fact is known, and applies.
    """
    facts = {name: fact for name, fact in facts_kept(vocabulary).items() if fact.kind not in ("derived", "setting")}
    for first in range(0, count, BATCH):
        yield _batch(facts, areas, first, min(BATCH, count - first), known)


def write_cases(out: Path, vocabulary: Mapping[str, Fact], areas: tuple[str, ...], count: int) -> None:
    """The same as a file of the kind that `alongside policy export` writes, with what was decided left out."""
    write(out, cases(vocabulary, areas, count), dict)


def _batch(facts: Mapping[str, Fact], areas: tuple[str, ...], first: int, size: int, known: bool) -> pl.DataFrame:
    told = _places(areas, first, size)
    for name, fact in facts.items():
        rng = np.random.default_rng([first, zlib.crc32(name.encode())])
        told[name] = _values(fact, rng, size)
        if not known:
            told[name] = told[name].set(pl.Series(rng.random(size) < NOT_KNOWN), None)
    if not known:
        _half_answered(told, first, size)
        _away(told)
    return pl.DataFrame(told)


def _half_answered(told: dict[str, pl.Series], first: int, size: int) -> None:
    """The count of the risk checklist as a range, where it was half answered."""
    half = pl.Series(np.random.default_rng([first, 1]).random(size) < HALF_ANSWERED) & told[HALF].is_not_null()
    spread = pl.Series(np.random.default_rng([first, 2]).integers(1, 9, size), dtype=pl.Int16)
    nothing = pl.Series([None], dtype=pl.Int16).new_from_index(0, size)
    told[HALF + MIN] = told[HALF].zip_with(half, nothing)
    told[HALF + MAX] = (told[HALF] + spread).clip(upper_bound=24).zip_with(half, nothing)
    told[HALF] = told[HALF].set(half, None)


def _away(told: dict[str, pl.Series]) -> None:
    """The age of a child where there is none: the question does not arise."""
    for name, home in AWAY.items():
        away = ~told[home].fill_null(True)
        told[name] = told[name].set(away, None)
        told[name + NA] = away


def _places(areas: tuple[str, ...], first: int, size: int) -> dict[str, pl.Series]:
    kind = pl.Enum(areas)
    rng = np.random.default_rng([first, 0])
    home = rng.integers(0, len(areas), size, dtype=np.uint32)
    other = np.where(rng.random(size) < ELSEWHERE, rng.integers(0, len(areas), size, dtype=np.uint32), home)
    weeks = pl.Series([f"2026-W{week:02}" for week in range(1, 53)])
    week = weeks.gather(rng.integers(0, 52, size, dtype=np.uint32)).cast(pl.Enum(weeks))
    words = pl.Series(areas, dtype=kind)
    return {
        CASE: pl.Series(np.arange(first + 1, first + size + 1, dtype=np.uint32)),
        PLACE["home"]: words.gather(home),
        PLACE["incident"]: words.gather(other),
        PLACE["victim"]: words.gather(home),
        WEEK: week,
    }


def _values(fact: Fact, rng: Any, size: int) -> pl.Series:
    if fact.type == "boolean":
        return pl.Series(rng.random(size) < 0.5)
    if fact.type == "word":
        return pl.Series(fact.words, dtype=pl.Enum(fact.words)).gather(rng.integers(0, len(fact.words), size))
    low, high = map(int, fact.range or (0, USUAL))
    return pl.Series(rng.integers(low, min(high, low + USUAL) + 1, size), dtype=pl.Int16)
