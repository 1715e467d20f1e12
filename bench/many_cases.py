"""Cases by the million: facts of every kind a population has, made column by column from a hash of name and number.

One row a case. About one fact in eight is not known; the risk checklist is sometimes half answered, so that its count is a range;
whether the child in the house is of the family hangs together, and so do the three places.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

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
WEEKS = tuple(f"2026-W{week:02}" for week in range(1, 53))
AWAY = {"youngest_child_age_months": "child_in_family", "youngest_child_in_household_months": "child_in_household"}


def cases(
    vocabulary: Mapping[str, Fact], areas: tuple[str, ...], count: int, *, known: bool = False, first: int = 0
) -> Iterator[pl.DataFrame]:
    """So many cases in batches, the same each time; the facts are those of type boolean, integer, number and word.

    `known`: every fact is known, and applies. `first`: how many cases of the same kind went before.
    """
    facts = {name: fact for name, fact in facts_kept(vocabulary).items() if fact.kind not in ("derived", "setting")}
    for start in range(first, first + count, BATCH):
        yield _batch(facts, areas, start, min(BATCH, first + count - start), known)


def write_cases(out: Path, vocabulary: Mapping[str, Fact], areas: tuple[str, ...], count: int) -> None:
    """The same as a file of the kind that `alongside policy export` writes, with what was decided left out."""
    write(out, cases(vocabulary, areas, count), dict)


def _batch(facts: Mapping[str, Fact], areas: tuple[str, ...], first: int, size: int, known: bool) -> pl.DataFrame:
    told = _places(areas, first, size)
    for name, fact in facts.items():
        told[name] = _values(fact, _chance(name, first, size))
        if not known:
            told[name] = told[name].set(_happens(f"{name} not known", NOT_KNOWN, first, size), None)
    if not known:
        _half_answered(told, first, size)
        _away(told)
    return pl.DataFrame(told)


def _half_answered(told: dict[str, pl.Series], first: int, size: int) -> None:
    """The count of the risk checklist as a range, where it was half answered."""
    if HALF not in told:
        return
    half = _happens("half answered", HALF_ANSWERED, first, size) & told[HALF].is_not_null()
    spread = (_chance("questions left", first, size) % 8 + 1).cast(pl.Int16)
    nothing = pl.Series([None], dtype=pl.Int16).new_from_index(0, size)
    told[HALF + MIN] = told[HALF].zip_with(half, nothing)
    told[HALF + MAX] = (told[HALF] + spread).clip(upper_bound=24).zip_with(half, nothing)
    told[HALF] = told[HALF].set(half, None)


def _away(told: dict[str, pl.Series]) -> None:
    """The age of a child where there is none: the question does not arise."""
    for name, home in AWAY.items():
        if name in told and home in told:
            away = ~told[home].fill_null(value=True)
            told[name] = told[name].set(away, None)
            told[name + NA] = away


def _places(areas: tuple[str, ...], first: int, size: int) -> dict[str, pl.Series]:
    home, other = _chance("home", first, size), _chance("other", first, size)
    elsewhere = _happens("elsewhere", ELSEWHERE, first, size)
    home_area = _among(areas, home)
    return {
        CASE: pl.int_range(first + 1, first + size + 1, dtype=pl.UInt32, eager=True),
        PLACE["home"]: home_area,
        PLACE["incident"]: _among(areas, other.zip_with(elsewhere, home)),
        PLACE["victim"]: home_area,
        WEEK: _among(WEEKS, _chance("week", first, size)),
    }


def _values(fact: Fact, chance: pl.Series) -> pl.Series:
    if fact.type == "boolean":
        return chance % 2 == 1
    if fact.type == "word":
        return _among(fact.words, chance)
    low, high = map(int, fact.range or (0, USUAL))
    return (chance % (min(high, low + USUAL) - low + 1)).cast(pl.Int16) + low


def _among(words: tuple[str, ...], chance: pl.Series) -> pl.Series:
    return pl.Series(words, dtype=pl.Categorical).gather((chance % len(words)).cast(pl.UInt32))


def _chance(what: str, first: int, size: int) -> pl.Series:
    """A number for each case that nothing tells from a random one, the same each time."""
    return pl.int_range(first, first + size, eager=True).hash(zlib.crc32(what.encode())) // 256


def _happens(what: str, share: float, first: int, size: int) -> pl.Series:
    return _chance(what, first, size) % 10_000 < round(share * 10_000)
