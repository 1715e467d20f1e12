"""Reads of answers to "Who is this?"."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.gate.viewing import Viewer
from alongside.gate.wall import beyond_the_gate
from alongside.people.models import HouseholdMember, LinkDecision, Person
from alongside.people.models.linking import COUNTING, STANDING

MOST_ROUNDS = 5


def standing_links(person: Person, viewer: Viewer) -> dict[UUID, LinkDecision]:
    """Answers to "Who is this?" that stand for a person, by the other record of the pair, whichever was asked about."""
    rows = (
        LinkDecision.objects.visible_to(viewer)
        .filter(STANDING)
        .filter(Q(person=person) | Q(candidate=person))
        .select_related("decided_by__agency", "second_by__agency")
    )
    return {
        row.candidate_id if row.person_id == person.pk else row.person_id: row for row in rows.order_by("decided_at")
    }


@beyond_the_gate
def same_records(person: UUID) -> set[UUID]:
    """Other records that are the same human being by answers that count and that nobody contradicts, over a few links; for what is
    worked out, seen by no viewer."""
    found, fresh = {person}, {person}
    for _ in range(MOST_ROUNDS):
        rows = counted(LinkDecision.objects.filter(Q(person__in=fresh) | Q(candidate__in=fresh)))
        fresh = {id_ for pair in undisputed(rows) for id_ in pair} - found
        found |= fresh
        if not fresh:
            break
    return found - {person}


def counted(rows: QuerySet[LinkDecision]) -> QuerySet[LinkDecision]:
    """Those of some answers that count and say something: *same person* or *not the same*."""
    return rows.filter(COUNTING, answer__in=("same", "not-same"))


def undisputed(rows: QuerySet[LinkDecision]) -> set[frozenset[UUID]]:
    """Pairs that were answered *same person* and, from neither side, *not the same*."""
    said: dict[str, set[frozenset[UUID]]] = {"same": set(), "not-same": set()}
    for person, candidate, answer in rows.values_list("person_id", "candidate_id", "answer"):
        said[answer].add(frozenset((person, candidate)))
    return said["same"] - said["not-same"]


def links() -> QuerySet[LinkDecision]:
    """Answers to load one from, through the gate."""
    return LinkDecision.objects.select_related(
        "person__recorded_by_agency", "decided_by__agency", "second_by__agency", "replaces"
    )


@beyond_the_gate
def living_with(ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The households of some people, by id, each with everybody in it; whoever is not said to live elsewhere counts."""
    there = HouseholdMember.objects.filter(person__in=ids).exclude(lives_there=False)
    rows = HouseholdMember.objects.filter(household__in=there.values("household")).exclude(lives_there=False)
    homes: dict[UUID, set[UUID]] = {}
    for household, person in rows.values_list("household_id", "person_id"):
        homes.setdefault(household, set()).add(person)
    return homes
