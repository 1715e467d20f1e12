"""Does replaying give what was decided? Each case again, by the rules that decided it, against what is on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.policy.counting import Engine, Pair, readers, recorded
from alongside.policy.faults import PolicyError
from alongside.policy.joint import Places, Rulebook
from alongside.policy.library import Library
from alongside.policy.population import CASE, DECIDED, PACK
from alongside.policy.regime import Part, alone
from alongside.policy.replay import Cases, engine_of


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
    cases: Cases,
    decided: Iterable[str],
    held: Mapping[str, Rulebook],
    tick: Callable[[float], None] = lambda _: None,
) -> Reproduced:
    """Decide every case again whose rules are here; all rulebooks at once. `tick` is told each share of the work as it is done."""
    engine = engine_of(cases)
    counts = engine.totals(PACK)
    on_record = frozenset(decided)
    rules: dict[str, dict[Any, tuple[Part, list[str]]]] = {}
    here = {mark: book for mark, book in held.items() if counts.get(mark)}
    decisions = 0
    for mark, book in here.items():
        for rule, (part,) in alone(book).parts.items():
            if rule in on_record:
                rules.setdefault(rule, {}).setdefault(part.meaning, (part, []))[1].append(mark)
                decisions += counts[mark]
    differing = _differing(engine, rules, tick)
    checked = sum(counts[mark] for mark in here)
    return Reproduced(checked, decisions, differing, sum(counts.values()) - checked)


def _differing(
    engine: Engine[Any], rules: Mapping[str, Mapping[Any, tuple[Part, list[str]]]], tick: Callable[[float], None]
) -> dict[str, int]:
    """For each rule that comes out otherwise than is on record, in how many cases."""
    pairs = {rule: _pair(engine, rule, parts.values()) for rule, parts in rules.items()}
    found: dict[str, int] = {}
    for start in range(0, len(pairs), engine.at_once):
        some = dict(list(pairs.items())[start : start + engine.at_once])
        for rule, _, _, count in engine.count(some, CASE, changed=True).iter_rows():
            found[rule] = found.get(rule, 0) + count
        tick(len(some) / len(pairs))
    return found


def _pair(engine: Engine[Any], rule: str, parts: Iterable[tuple[Part, list[str]]]) -> Pair[Any]:
    """What is on record and what it comes to; the same where the case was decided by rules that are not here."""
    say, written = engine.say, readers(engine)
    was = becomes = recorded(engine, DECIDED + rule)
    for part, marks in parts:
        level = say.level(written.node(part.tree, part.names))
        becomes = say.pick(say.among(say.column(PACK), sorted(marks)), level, becomes)
    return Pair(was, becomes)
