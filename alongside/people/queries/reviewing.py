"""What is to be looked at again about who is who: proposals that wait, answers that differ or were left open, records that changed, and
records that came up since somebody answered. Through the gate; what waits and what differs only for those cleared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.gate.viewing import Viewer
from alongside.people.models import LinkDecision, Person, PersonChange, Shield
from alongside.people.models.linking import COUNTING, STANDING, WAITING
from alongside.people.queries.candidates import Candidate, look_for
from alongside.people.queries.on_record import said_of

KINDS = ("waiting", "differs", "changed", "new", "unsure")
MOST_LOOKED_UP = 200


@dataclass(frozen=True)
class Again:
    """One thing to look at: of which kind, about whom, since when; the answer it is about, or the record that came up. What is done
    on the person's one page is one thing, with how many records it is about."""

    kind: str
    person: Person
    since: datetime
    link: LinkDecision | None = None
    came_up: Candidate | None = None
    records: int = 1


def to_review(viewer: Viewer) -> list[Again]:
    """Everything the viewer may look at again: what waits for a second person first, and in each kind the oldest first."""
    rows = LinkDecision.objects.visible_to(viewer).filter(STANDING)
    shown = rows.select_related("person", "decided_by__agency")
    found = [Again("unsure", row.person, row.decided_at, row) for row in shown.filter(answer="unsure")]
    found += [
        Again("changed", row.person, row.decided_at, row) for row in _changed(shown.filter(answer="same"), viewer)
    ]
    found += _new(rows, viewer)
    if viewer.user.may("confirm_links"):
        found += [Again("waiting", row.person, row.decided_at, row) for row in shown.filter(WAITING)]
        found += [Again("differs", row.person, row.decided_at, row) for row in _differing(shown.filter(COUNTING))]
    return sorted(_by_person(found), key=lambda one: (KINDS.index(one.kind), one.since, str(one.person.pk)))


def _by_person(found: Iterable[Again]) -> list[Again]:
    """One for all records of a person that are looked at together, since the oldest; every other by itself."""
    together: dict[tuple[str, object], Again] = {}
    for number, one in enumerate(sorted(found, key=lambda one: one.since)):
        key = (one.kind, one.person.pk if one.kind in ("new", "unsure") else number)
        first = together.get(key)
        together[key] = replace(first, records=first.records + 1) if first else one
    return list(together.values())


def _changed(rows: QuerySet[LinkDecision], viewer: Viewer) -> QuerySet[LinkDecision]:
    """Links one of whose records changed, or was protected, after they were made; of the other record only for those who may know
    that it is there."""
    sides = ["person", "candidate"] if viewer.user.may("see_holders") else ["person"]
    since = Q()
    for side in sides:
        after = {"person": OuterRef(f"{side}_id")}
        since |= Q(Exists(PersonChange.objects.filter(**after, changed_at__gt=OuterRef("decided_at"))))
        since |= Q(Exists(Shield.objects.filter(**after, set_at__gt=OuterRef("decided_at"))))
    return rows.filter(since)


def _differing(rows: QuerySet[LinkDecision]) -> QuerySet[LinkDecision]:
    """Answers that another agency contradicts from the other side."""
    other = LinkDecision.objects.filter(COUNTING).filter(
        person=OuterRef("candidate_id"), candidate=OuterRef("person_id")
    )
    said = rows.filter(answer__in=("same", "not-same"))
    return said.filter(Exists(other.filter(answer__in=("same", "not-same")).exclude(answer=OuterRef("answer"))))


def _new(rows: QuerySet[LinkDecision], viewer: Viewer) -> list[Again]:
    """Records made since somebody answered, of people one answered about: looked up as on their page, all at once."""
    answered = _answered(rows)
    people = {row.pk: row for row in Person.objects.visible_to(viewer).filter(pk__in=answered)}
    looks = look_for({pk: said for pk, (said, _) in said_of(people.keys()).items()}, each_other=True)
    found = {pk: look.shown_to(viewer, 10) for pk, look in looks.items()}
    left_out = _not_offered(people.keys(), rows)
    made = dict(
        Person.objects.filter(pk__in={one.person for hits in found.values() for one in hits}).values_list(
            "pk", "recorded_at"
        )
    )
    return [
        Again("new", people[pk], made[one.person], came_up=one)
        for pk, hits in found.items()
        for one in hits
        if one.person not in left_out[pk] and made[one.person] > answered[pk]
    ]


def _answered(rows: QuerySet[LinkDecision]) -> dict[UUID, datetime]:
    """When the latest answer about each person was given: the latest people first, at most so many."""
    latest: dict[UUID, datetime] = {}
    for person, on in rows.order_by("-decided_at").values_list("person_id", "decided_at"):
        if len(latest) >= MOST_LOOKED_UP:
            break
        latest.setdefault(person, on)
    return latest


def _not_offered(ids: Collection[UUID], rows: QuerySet[LinkDecision]) -> defaultdict[UUID, set[UUID]]:
    """Records that are no candidates: of the person's own cases, and those somebody answered about."""
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    together = Person.objects.filter(pk__in=ids).values_list("pk", "memberships__case__members__person")
    for person, other in together:
        found[person].add(other)
    for person, candidate in rows.filter(Q(person__in=ids) | Q(candidate__in=ids)).values_list(
        "person_id", "candidate_id"
    ):
        found[person].add(candidate)
        found[candidate].add(person)
    return found
