"""A change tried on the set of cases that is ready. The same question has the same answer, and is worked out once a process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import polars as pl

from alongside.insight import files
from alongside.insight.effect import Effect, effect
from alongside.insight.models import CaseSet
from alongside.policy import PolicyError
from alongside.policy.asked import awaiting, changes, regime
from alongside.policy.population import CASE, DAY, PACK, week_of
from alongside.policy.regime import Regime, changed_rules
from alongside.policy.reproducing import books
from alongside.policy.store import Population, read
from alongside.procedures.queries import library

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Tried:
    """An effect, and the cases it is of: from which day to which. `awaiting`: the defaults nobody has confirmed that it rests on."""

    effect: Effect
    first: date
    last: date
    awaiting: tuple[str, ...] = ()

    @property
    def months(self) -> float:
        """How many months the cases came in, at least one."""
        return max(1.0, ((self.last - self.first).days + 1) * 12 / 365.25)


def try_out(
    case_set: CaseSet,
    *,
    area: str,
    on: date,
    settings: Mapping[str, str],
    adopted: Mapping[str, Mapping[str, Any]],
    only_last_year: bool,
) -> Tried:
    """What a change would do. Raises PolicyError where it cannot be asked for, or the file cannot be read."""
    return _tried(case_set.pk, area, on, _frozen(settings), _frozen(adopted), only_last_year)


@lru_cache(maxsize=64)
def _tried(pk: UUID, area: str, on: date, settings: str, adopted: str, only_last_year: bool) -> Tried:
    held = _open(pk).frame
    asked = changes(library(), area, on, json.loads(settings))
    chosen = json.loads(adopted)
    before, after = _in_force(on, adopted), regime(library(), on, chosen, asked)
    if not changed_rules(before, after):
        raise PolicyError("No rule in force there on that day hangs on what you changed")
    first, last = held.select(pl.col(DAY).min(), pl.col(DAY).max().alias("last")).collect().row(0)
    first, last = first or on, last or on
    if only_last_year:
        first = max(first, last - YEAR + timedelta(days=1))
        held = held.filter(pl.col(DAY) >= first)
    rests_on = tuple(awaiting(library(), area, on, chosen, before, after))
    return Tried(effect(before, after, held, _weeks(first, last)), first, last, rests_on)


@lru_cache(maxsize=4)
def _in_force(on: date, adopted: str) -> Regime:
    return regime(library(), on, json.loads(adopted), {})


@lru_cache(maxsize=4)
def is_as_checked(pk: UUID, checked: int) -> bool:
    """Whether the rules here are still those by which the cases were decided again when the file was made."""
    held = _open(pk)
    known = list(books(library(), held.about.get("books", {})))
    count = held.frame.filter(pl.col(PACK).is_in(known)).select(pl.col(CASE).n_unique()).collect().item()
    return bool(count == checked)


@lru_cache(maxsize=4)
def notes(pk: UUID) -> tuple[str, ...]:
    """What of the file cannot be used, a sentence each. Raises PolicyError where it cannot be read at all."""
    return _open(pk).notes


def _open(pk: UUID) -> Population:
    """Raises PolicyError, in words for whoever looks at the page."""
    try:
        return read(files.path_of(pk), library().vocabulary)
    except PolicyError as error:
        raise PolicyError("The file of these cases cannot be read. Prepare the cases again") from error


def _weeks(first: date, last: date) -> list[str]:
    """Every week from one day to another."""
    days = range(0, (last - first).days + 7, 7)
    return list(dict.fromkeys(week_of(min(first + timedelta(days=at), last)) for at in days))


def _frozen(values: Mapping[str, Any]) -> str:
    return json.dumps(values, sort_keys=True)
