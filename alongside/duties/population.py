"""Every case as it was last decided, for replaying: what was known, where, and what its rules came to. Nobody's name or number."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.cases.models import CaseMember
from alongside.clock import in_london
from alongside.duties.again import not_read_today
from alongside.duties.evaluation import PEOPLE_OF, People, frames_of
from alongside.duties.models import Evaluation
from alongside.duties.snapshots import book_then, people_then
from alongside.policy import Fact, Outcome, Places, PolicyError, Rulebook
from alongside.policy.population import Decided, schema, tables
from alongside.policy.regime import is_of_a_moment
from alongside.policy.reproducing import as_book
from alongside.policy.store import write
from alongside.procedures import queries as procedures

BATCH = 500


def latest() -> QuerySet[Evaluation]:
    """The latest evaluation of each case, in an order that says nothing of the case."""
    last = Evaluation.objects.filter(case=OuterRef("case")).order_by("-version", "-evaluated_at", "-pk")
    return Evaluation.objects.filter(pk=Subquery(last.values("pk")[:1])).order_by("pk")


def deciding_rules() -> dict[str, Any]:
    """Of every pack that decided one of these: the places, a day and the choices by which it is found again."""
    kinds = (
        latest().order_by().values_list("pack_hash", "area", "incident_area", "victim_area", "in_force_on").distinct()
    )
    held: dict[str, Any] = {}
    for mark, home, incident, victim, on in kinds:
        places = Places(home, incident or home, victim or home)
        held.setdefault(mark, as_book(places, on, _adopted(places, on)))
    return held


def choices_on(on: date) -> dict[str, dict[str, object]]:
    """What each area has adopted, on a day."""
    held = {area: procedures.adopted(area, on) for area in procedures.library().areas}
    return {area: chosen for area, chosen in held.items() if chosen}


def rules_kept() -> list[str]:
    """The rules that have a column: every one there is now."""
    return sorted({rule.id for rule in procedures.library().every_rule()})


def how_many() -> int:
    """How many cases were decided."""
    return latest().count()


@dataclass(frozen=True)
class Taken:
    """What was written: how many cases, and the facts of them that today's vocabulary cannot read, in words, each once."""

    cases: int
    left_out: tuple[str, ...]


def write_decided(out: Path, today: date, tick: Callable[[int], None] = lambda _: None) -> Taken:
    """Write them to a file, which says what was left out too. Raises OSError. `tick` is told as it goes."""
    left_out: set[str] = set()
    about = {"made_on": today.isoformat(), "books": deciding_rules(), "adopted": choices_on(today)}
    count = how_many()
    write(
        out,
        tables(decided_cases(left_out), schema(procedures.library().vocabulary, rules_kept()), tick),
        lambda: about | {"left_out": sorted(left_out)},
    )
    return Taken(count, tuple(sorted(left_out)))


def _adopted(places: Places, on: date) -> Mapping[str, Mapping[str, Any]]:
    return {area: procedures.adopted(area, on) for area in places.areas}


def decided_cases(left_out: set[str]) -> Iterator[list[Decided]]:
    """All of them, a batch at a time; to `left_out` is added, in words, what of their facts cannot be read today."""
    vocabulary = procedures.library().vocabulary
    rules: dict[str, frozenset[str]] = {}
    last: UUID | None = None
    while rows := list((latest().filter(pk__gt=last) if last else latest()).select_related("case")[:BATCH]):
        last = rows[-1].pk
        left_out.update(chain.from_iterable(map(not_read_today, rows)))
        today = _people([row for row in rows if row.people is None])
        yield [_decided(row, today.get(row.case_id) or people_then(row), vocabulary, rules) for row in rows]


def _people(rows: list[Evaluation]) -> dict[UUID, dict[str, list[UUID]]]:
    """By case and dimension: the people its facts may be about, where whom it was about was not kept yet."""
    found: dict[UUID, dict[str, list[UUID]]] = {row.case_id: {one: [] for one in sorted(PEOPLE_OF)} for row in rows}
    members = CaseMember.objects.filter(case__in=found).order_by("pk")
    for case, person, role in members.values_list("case_id", "person_id", "role"):
        for dimension, roles in PEOPLE_OF.items():
            if role in roles:
                found[case][dimension].append(person)
    return found


def _decided(
    row: Evaluation,
    people: People,
    vocabulary: Mapping[str, Fact],
    rules: dict[str, frozenset[str]],
) -> Decided:
    if row.pack_hash not in rules:
        rules[row.pack_hash] = _rules_of(row)
    frames = frames_of(people, book_then(row, vocabulary), vocabulary)
    said = {rule: Outcome(outcome) for rule, (outcome, _) in row.outcomes.items()}
    return Decided(
        places=row.places,
        day=in_london(row.case.received_on).date(),
        on=row.in_force_on,
        pack=row.pack_hash,
        frames=[frame.values for frame in frames],
        outcomes=dict.fromkeys(rules[row.pack_hash], Outcome.DOES_NOT_FIRE) | said,
    )


def _rules_of(row: Evaluation) -> frozenset[str]:
    """The rules that decided; none are known where the packs are others now, and only what fired or stayed open is on record."""
    try:
        book: Rulebook = procedures.pack_at(row.places, row.in_force_on)
    except PolicyError:
        return frozenset()
    return (
        frozenset(rule.id for rule in book.rules if not is_of_a_moment(book, rule))
        if book.hash == row.pack_hash
        else frozenset()
    )
