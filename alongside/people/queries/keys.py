"""Whether the stored keys are those worked out afresh: for operators, counts only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from alongside.people import matching
from alongside.people.models import MatchKey, Person
from alongside.people.queries.on_record import said_of

BATCH = 500


@dataclass(frozen=True)
class Compared:
    """A batch of people held against their keys: how many, and how many of them have others than they should."""

    people: int
    out_of_step: int


def fresh_keys(ids: Collection[UUID]) -> dict[UUID, set[int]]:
    """The keys of people, worked out from what is on record now."""
    return {pk: set(matching.hashes(said)) for pk, (said, _) in said_of(ids).items()}


def stored_keys(ids: Collection[UUID]) -> dict[UUID, set[int]]:
    """The keys of people as the table has them."""
    found: defaultdict[UUID, set[int]] = defaultdict(set)
    for person, key in MatchKey.objects.filter(person__in=ids).values_list("person_id", "key"):
        found[person].add(key)
    return found


def batches() -> Iterator[list[UUID]]:
    """The ids of everybody on record, in their order, a batch at a time."""
    last: UUID | None = None
    while True:
        rows = Person.objects.order_by("pk").values_list("pk", flat=True)
        ids = list((rows.filter(pk__gt=last) if last else rows)[:BATCH])
        if not ids:
            return
        yield ids
        last = ids[-1]


def compare_keys() -> Iterator[Compared]:
    """Hold every person's stored keys against fresh ones; one answer for each batch."""
    for ids in batches():
        fresh, stored = fresh_keys(ids), stored_keys(ids)
        yield Compared(len(ids), sum(fresh[pk] != stored.get(pk, set()) for pk in fresh))


def how_many() -> int:
    """How many people are on record."""
    return Person.objects.count()
