"""Does replaying give what was decided? Each case again, by the rules that decided it, against what is on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from alongside.policy.faults import PolicyError
from alongside.policy.joint import Places, Rulebook
from alongside.policy.library import Library
from alongside.policy.population import CASE, DECIDED, PACK
from alongside.policy.regime import alone
from alongside.policy.replay import by_case


@dataclass(frozen=True)
class Reproduced:
    """How it came out. `differing`: decisions that came out otherwise, by rule; `unchecked`: cases decided by rules not here."""

    cases: int
    decisions: int
    differing: Mapping[str, int]
    unchecked: int


def as_book(places: Places, on: date, adopted: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What a file says of the rules that decided some of its cases, enough to find them again."""
    chosen = {area: dict(adopted[area]) for area in places.areas if adopted.get(area)}
    return {"places": [places.home, places.incident, places.victim], "on": on.isoformat(), "adopted": chosen}


def books(library: Library, said: Mapping[str, Any]) -> dict[str, Rulebook]:
    """The rulebooks that decided, by hash, of those that come out with the same hash today."""
    found: dict[str, Rulebook] = {}
    for mark, one in said.items():
        try:
            book = library.joint(Places(*one["places"]), date.fromisoformat(one["on"]), adopted=one["adopted"])
        except (PolicyError, ValueError, TypeError, KeyError):
            continue  # an area or a choice of that time is not here any more: its cases are counted as unchecked
        if book.hash == mark:
            found[mark] = book
    return found


def reproduce(
    frame: pl.LazyFrame,
    decided: Iterable[str],
    held: Mapping[str, Rulebook],
    tick: Callable[[int], None] = lambda _: None,
) -> Reproduced:
    """Decide every case again whose rules are here."""
    on_record = frozenset(decided)
    counts = dict(frame.group_by(PACK).agg(pl.col(CASE).n_unique()).collect(engine="streaming").iter_rows())
    cases = decisions = 0
    differing: dict[str, int] = {}
    for mark, book in held.items():
        if not counts.get(mark):
            continue
        wrong = _one(frame.filter(pl.col(PACK) == mark), book, on_record)
        cases += counts[mark]
        decisions += counts[mark] * len(wrong)
        for rule, count in wrong.items():
            if count:
                differing[rule] = differing.get(rule, 0) + count
        tick(counts[mark])
    return Reproduced(cases, decisions, differing, sum(counts.values()) - cases)


def _one(frame: pl.LazyFrame, book: Rulebook, on_record: frozenset[str]) -> dict[str, int]:
    """For each rule, how many cases come out otherwise than is on record."""
    columns = frame.collect_schema().names()
    regime = alone(book)
    rules = [rule for rule in regime.parts if rule in on_record]
    levels = {rule: regime.level(rule, columns) for rule in rules}
    found = by_case(frame, levels, [DECIDED + rule for rule in rules], CASE)
    otherwise = [
        pl.col(DECIDED + rule).to_physical().cast(pl.Int8).ne_missing(pl.col(rule)).sum().alias(rule) for rule in rules
    ]
    return {
        rule: int(count)
        for rule, count in found.select(otherwise).collect(engine="streaming").row(0, named=True).items()
    }
