"""Known people in bulk: an agency's records of families, with the keys they are found again by, for tests under load."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice

from alongside.audit.actors import SystemActor
from alongside.demo import actions, queries
from alongside.demo.generate import KnownFamily, known_people

BATCH = 500  # families a transaction


def load_people(*, people: int, seed: int, at: datetime, tick: Callable[[int], None] = lambda _: None) -> int:
    """Load families until there are at least so many more people known; how many were loaded. `tick` is told as it goes.

    Each family is a case of its agency, so that the gate has as much to look through as it will have one day.
    """
    desks = queries.recording_desks()
    families, loaded = _first(people, known_people(seed=seed)), 0
    while batch := list(islice(families, BATCH)):
        actions.load_families(families=batch, desks=desks, by=SystemActor("demo"), at=at)
        count = sum(len(family.people) for family in batch)
        loaded += count
        tick(count)
    return loaded


def _first(people: int, families: Iterable[KnownFamily]) -> Iterator[KnownFamily]:
    """As many families as it takes."""
    held = 0
    for family in families:
        if held >= people:
            return
        held += len(family.people)
        yield family
