"""A population as a table: one row for each frame a case is decided on (a child, a person causing harm), with what was decided.

Rows of one case stand together and share its number. A case comes to what its rows come to: it fires if any does, cannot be
decided if any cannot. Moments in time are left out: no condition hangs on one, and they would tell who somebody is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import polars as pl

from alongside.policy.columns import MAX, MIN, NA
from alongside.policy.joint import Places
from alongside.policy.values import NOT_APPLICABLE, Outcome, Range, Value
from alongside.policy.vocabulary import Fact

CASE, DAY, WEEK, ON, PACK = "case", "day", "week", "in_force_on", "pack_hash"
PLACE: Final = {"home": "area", "incident": "incident_area", "victim": "victim_area"}
DECIDED: Final = "decided:"
# In the order in which the rows of a case are joined: the greatest counts.
LEVELS: Final = (Outcome.DOES_NOT_FIRE, Outcome.CANNOT_DECIDE, Outcome.FIRES)
OUTCOMES: Final = pl.Enum([str(one) for one in LEVELS])
_KIND: Final[dict[str, Any]] = {
    "boolean": pl.Boolean,
    "integer": pl.Int64,
    "number": pl.Decimal(24, 6),
    "word": pl.Categorical,
}
_ITSELF: Final[dict[str, Any]] = {
    CASE: pl.UInt32,
    **dict.fromkeys(PLACE.values(), pl.Categorical),
    DAY: pl.Date,
    WEEK: pl.Categorical,
    ON: pl.Date,
    PACK: pl.Categorical,
}
Schema = dict[str, Any]


@dataclass(frozen=True)
class Decided:
    """One case: where and when, the facts of each of its frames, and what its rules came to (those not in force left out)."""

    places: Places
    day: date
    on: date
    pack: str
    frames: Sequence[Mapping[str, Value]]
    outcomes: Mapping[str, Outcome]


def facts_kept(vocabulary: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts that have columns."""
    return {name: fact for name, fact in vocabulary.items() if fact.type in _KIND and fact.kind != "moment"}


def fact_columns(fact: Fact) -> Schema:
    """The columns of one fact, each with its kind."""
    kind = _KIND[fact.type]
    ends = {fact.name + MIN: kind, fact.name + MAX: kind} if fact.is_number else {}
    return {fact.name: kind, fact.name + NA: pl.Boolean, **ends}


def schema(vocabulary: Mapping[str, Fact], rules: Iterable[str]) -> Schema:
    """Every column of a population, each with its kind."""
    held = dict(_ITSELF)
    for fact in facts_kept(vocabulary).values():
        held |= fact_columns(fact)
    return held | {DECIDED + rule: OUTCOMES for rule in sorted(rules)}


def table(cases: Sequence[Decided], first: int, kinds: Schema) -> pl.DataFrame:
    """Cases as rows, numbered from `first`."""
    rows = [(number, case, frame) for number, case in enumerate(cases, first) for frame in case.frames]
    told: dict[str, list[Any]] = {
        CASE: [number for number, _, _ in rows],
        **{column: [case.places.of(follows) for _, case, _ in rows] for follows, column in PLACE.items()},
        DAY: [case.day for _, case, _ in rows],
        WEEK: [week_of(case.day) for _, case, _ in rows],
        ON: [case.on for _, case, _ in rows],
        PACK: [case.pack for _, case, _ in rows],
    }
    for name in dict.fromkeys(name for _, _, frame in rows for name in frame):
        if name in kinds:
            told |= _fact(name, [(name in frame, frame.get(name)) for _, _, frame in rows], kinds[name])
    for rule in dict.fromkeys(rule for case in cases for rule in case.outcomes):
        if DECIDED + rule in kinds:
            told[DECIDED + rule] = [case.outcomes.get(rule) for _, case, _ in rows]
    empty = pl.Series([None] * len(rows), dtype=pl.Null)
    return pl.DataFrame(
        [
            pl.Series(name, told[name], kind) if name in told else empty.cast(kind).alias(name)
            for name, kind in kinds.items()
        ]
    )


def tables(
    batches: Iterable[Sequence[Decided]], kinds: Schema, tick: Callable[[int], None] = lambda _: None
) -> Iterator[pl.DataFrame]:
    """Batches of cases as tables, numbered from 1; the first has the columns and no case, so that there is always one."""
    yield table([], 1, kinds)
    count = 0
    for batch in batches:
        yield table(batch, count + 1, kinds)
        count += len(batch)
        tick(len(batch))


def week_of(day: date) -> str:
    """The ISO week of a day: 2026-W09."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _fact(name: str, told: Sequence[tuple[bool, Value]], kind: Any) -> dict[str, list[Any]]:
    """The columns of one fact, over rows that each say whether it was told, and what."""
    plain = _NUMBERS.get(kind)
    known = [None if isinstance(one, Range) or one is NOT_APPLICABLE else one for _, one in told]
    columns: dict[str, list[Any]] = {
        name: _all(plain, known),
        name + NA: [one is NOT_APPLICABLE if is_told else None for is_told, one in told],
    }
    if plain:
        columns[name + MIN] = _all(plain, [one.min if isinstance(one, Range) else None for _, one in told])
        columns[name + MAX] = _all(plain, [one.max if isinstance(one, Range) else None for _, one in told])
    return columns


_NUMBERS: Final[dict[Any, Callable[[Any], Any]]] = {_KIND["integer"]: int, _KIND["number"]: Decimal}


def _all(plain: Callable[[Any], Any] | None, values: list[Any]) -> list[Any]:
    """A column holds numbers of one kind."""
    return values if plain is None else [None if one is None else plain(one) for one in values]
