"""Two readings of a population counted side by side, whatever engine holds it: Polars here, SQL on a cluster.

A reading is a level: 0 it does not fire, 1 it cannot be decided, 2 it fires; a case comes to the greatest of its rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol

import polars as pl

from alongside.policy.columns import Algebra, E, Readers
from alongside.policy.population import LEVELS

WAS, IS, CASES = "was", "becomes", "cases"


class Levels(Algebra[E], Protocol[E]):
    """An algebra that also has levels."""

    def level(self, truth: E) -> E:
        """Of a truth: 2, 0, and 1 where it is null."""


@dataclass(frozen=True)
class Pair(Generic[E]):
    """Two levels to compare. `groups`: the columns to count apart by, each with the column of the population it is."""

    was: E
    becomes: E
    groups: Mapping[str, str] = field(default_factory=dict)


class Engine(Protocol[E]):
    """What holds a population and counts it."""

    at_once: int  # pairs that it counts at a time

    @property
    def columns(self) -> Sequence[str]: ...
    @property
    def say(self) -> Levels[E]: ...
    def count(self, pairs: Mapping[str, Pair[E]], case: str | None, *, changed: bool) -> pl.DataFrame:
        """For each pair how many cases come to what: `pair`, those of `groups` (the same in all pairs), `was`, `becomes`, `cases`.

        `case`: the column that says which rows are one case; None: each row is. `changed`: only cases whose levels differ.
        """

    def totals(self, column: str) -> Mapping[Any, int]:
        """How many cases there are (by number) for each value of a column."""


def readers(engine: Engine[E]) -> Readers[E]:
    """Readers that write for an engine."""
    return Readers(engine.say, engine.columns)


def recorded(engine: Engine[E], column: str) -> E:
    """The level that a column of outcomes in words stands for; null where it says none."""
    say = engine.say
    level = say.constant(None)
    for number, word in enumerate(LEVELS):
        level = say.pick(say.compare(say.column(column), "=", say.constant(str(word))), say.constant(number), level)
    return level
