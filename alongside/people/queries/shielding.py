"""Who is shielded now, and what of theirs stays hidden: a reading of what is on record in every agency, shown to nobody as it is.

It ends by itself with its reason: a shield lifted, an address that is said to be open, somebody who moved out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alongside.audit.api import once
from alongside.gate.wall import beyond_the_gate
from alongside.people import hooks
from alongside.people.models import Address, LinkDecision, Shield
from alongside.people.queries.links import counted, living_with, undisputed
from alongside.people.queries.on_record import said_of
from alongside.people.records import PersonSaid
from alongside.people.shielding import (
    CONFIDENTIAL,
    EVERYTHING,
    REFUGE,
    SHIELD,
    CaseTies,
    Shielded,
    Source,
    Ties,
    spread,
)

# How many households, doors, cases and links away somebody is looked for. Each takes five statements, and most people need two.
MOST_ROUNDS = 6
# A door with more people is a hostel or a prison: whoever is shielded there still counts, and everybody with the same household.
MOST_AT_A_DOOR = 100


def shields_over(people: Collection[UUID]) -> Mapping[UUID, Shielded]:
    """Those of some records that are shielded, with whose shields they are: for what is worked out or written, never for a page."""
    return _shields_over(frozenset(people))


def protected(people: Collection[UUID]) -> set[UUID]:
    """Those of some people who are protected: shielded for themselves, or by living with somebody who is.

    Shown to nobody but on a page of the record itself: whether a record elsewhere is protected tells that it is there.
    """
    return set(shields_over(people))


@beyond_the_gate
def said_openly(people: Collection[UUID]) -> dict[UUID, tuple[PersonSaid, str]]:
    """`said_of`, but of whoever has an address at the door of somebody shielded no present one: a look-up must not say that it agrees.

    One statement more, however many people: a look-up is asked at every notification. Whose shield it is, is not worked out for it.
    """
    is_hidden = Q(confidential=True) | Q(person__in=Shield.objects.filter(lifted_at__isnull=True).values("person"))
    at_the_door = Address.objects.filter(is_hidden, door=OuterRef("door"))
    rows = _lived_in().filter(Exists(at_the_door), person__in=people).exclude(door="")
    hidden = set(rows.values_list("person_id", flat=True)) if people else set()
    return {
        person: (replace(said, addresses=[one for one in said.addresses if one.current is False]), agency)
        if person in hidden
        else (said, agency)
        for person, (said, agency) in said_of(people).items()
    }


def hidden_from(reader: UUID | None, people: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """What may not be said of some people to a reader (a record; None for anybody): codes of `shielding.HIDDEN`, by person.

    A shield hides from everybody but the person themselves and the one it is for: a parent's rights open nothing here. Where a
    reader is owed more, somebody cleared decides it.
    """
    everybody = frozenset(people) | ({reader} if reader else frozenset())
    found = shields_over(everybody)
    own = _records_of(reader, found) if reader else frozenset()
    return {
        person: EVERYTHING
        for person in people
        if person in found and person not in own and found[person].hides_from(own)
    }


def _records_of(reader: UUID, found: Mapping[UUID, Shielded]) -> frozenset[UUID]:
    """All records of a reader; of one under no shield its own is enough, as no shield is of another record of theirs."""
    return found[reader].records if reader in found else frozenset({reader})


@once
@beyond_the_gate  # a record elsewhere may be what shields somebody here; what is shown is only that something is hidden
def _shields_over(people: frozenset[UUID]) -> Mapping[UUID, Shielded]:
    if not people:
        return {}
    ties, everybody, at_refuge = _gather(people)
    sources = [*_sources(everybody), *(Source(one, REFUGE) for one in at_refuge - _open_now(at_refuge))]
    found = spread(ties, sources) if sources else {}
    return {person: found[person] for person in people if person in found}


def _gather(people: frozenset[UUID]) -> tuple[Ties, set[UUID], set[UUID]]:
    """Everybody that some people lead to, how, and whom a refuge recorded."""
    found, fresh, ties, at_refuge = set(people), set(people), Ties(), set[UUID]()
    for _ in range(MOST_ROUNDS):
        told = hooks.CASE_TIES[0](fresh) if hooks.CASE_TIES else CaseTies()
        ties |= _ties(fresh) | Ties(home=told.home, against=told.against)
        at_refuge |= told.at_refuge
        fresh = {node for pair in ties.same | ties.home for node in pair if isinstance(node, UUID)} - found
        found |= fresh
        if not fresh:
            break
    return ties, found, at_refuge


def _ties(people: Collection[UUID]) -> Ties:
    linked = counted(LinkDecision.objects.filter(Q(person__in=people) | Q(candidate__in=people)))
    same = [sorted(pair) for pair in undisputed(linked)]
    homes = [(person, f"home {home}") for home, there in living_with(people).items() for person in there]
    return Ties(frozenset((one, other) for one, other in same), frozenset([*homes, *_behind_doors(people)]))


def _lived_in() -> QuerySet[Address]:
    """Addresses that nobody is said to have left."""
    return Address.objects.filter(superseded_on__isnull=True).exclude(current=False)


def _behind_doors(people: Collection[UUID]) -> list[tuple[UUID, str]]:
    own = _lived_in().filter(person__in=people).exclude(door="")
    there = _lived_in().filter(door__in=own.values("door"))
    pairs = there.order_by(F("confidential").desc(nulls_last=True), "pk").values_list("person_id", "door")
    found = list(pairs[:MOST_AT_A_DOOR])
    if len(found) == MOST_AT_A_DOOR:
        found += own.values_list("person_id", "door")
        found += pairs.filter(person__shields__isnull=False, person__shields__lifted_at__isnull=True)
    return [(person, f"door {door}") for person, door in found]


def _sources(people: Collection[UUID]) -> list[Source]:
    """Records that are shielded for themselves."""
    set_ = Shield.objects.filter(person__in=people, lifted_at__isnull=True).values_list("person_id", flat=True)
    hidden = set(Address.objects.filter(person__in=people, confidential=True).values_list("person_id", flat=True))
    return [
        *(Source(person, SHIELD) for person in set_),
        *(Source(person, CONFIDENTIAL) for person in hidden - _open_now(hidden)),
    ]


def _open_now(people: Collection[UUID]) -> set[UUID]:
    """Those of some records of whom somebody said where they live now, and that it is not confidential; not said is not open."""
    if not people:
        return set()
    rows = Address.objects.filter(person__in=people, current=True, superseded_on__isnull=True)
    said = {True: set[UUID](), False: set[UUID](), None: set[UUID]()}
    for person, confidential in rows.values_list("person_id", "confidential"):
        said[confidential].add(person)
    return said[False] - said[True] - said[None]
