"""Reads of what is on record of somebody, through the gate."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from alongside.gate.viewing import Viewer
from alongside.gate.wall import beyond_the_gate
from alongside.people.models import Address, ContactPoint, Person, Shield
from alongside.people.queries.shielding import shields_over
from alongside.people.shielding import SHIELD, Source


def people() -> "QuerySet[Person]":
    """People to load one from, through the gate."""
    return Person.objects.select_related("recorded_by_agency").prefetch_related("other_names")


def cases_of(ids: Collection[UUID], viewer: Viewer) -> dict[UUID, list[str]]:
    """References of cases the viewer may open, by person: one statement."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    rows = Person.objects.visible_to(viewer).filter(pk__in=ids).prefetch_related("memberships__case")
    allowed = set(viewer.grounds().filter(subject_kind="case").values_list("subject_id", flat=True)) if ids else set()
    for row in rows:
        for part in row.memberships.all():
            if part.case_id in allowed and part.case.reference not in found[row.pk]:
                found[row.pk].append(part.case.reference)
    return found


@beyond_the_gate
def kept_apart(viewer: Viewer) -> set[UUID]:
    """Everybody in the cases that a viewer is kept apart from: whatever looks beyond the gate leaves them out."""
    cases = viewer.kept_from.get("case")
    return set(Person.objects.filter(memberships__case__in=cases).values_list("pk", flat=True)) if cases else set()


def addresses(person: Person, viewer: Viewer) -> list[Address]:
    """Where somebody lives or lived, the present one first; sealed until opened."""
    rows = Address.objects.visible_to(viewer).filter(person=person)
    return sorted(rows, key=lambda row: (row.current is False, row.current is None))


def contact_points(person: Person, viewer: Viewer) -> list[ContactPoint]:
    """Numbers and e-mail addresses somebody gave; sealed until opened."""
    return list(ContactPoint.objects.visible_to(viewer).filter(person=person).order_by("kind", "pk"))


@beyond_the_gate
def record_of(pk: UUID) -> Person:
    """A record found by `candidates`, to link with: beyond the gate, so never shown."""
    return Person.objects.get(pk=pk)


def address_rows() -> "QuerySet[Address]":
    """Addresses to load one from, through the gate."""
    return Address.objects.select_related("person")


def shields() -> "QuerySet[Shield]":
    """Protections to load one from, through the gate."""
    return Shield.objects.select_related("person", "set_by__agency")


def shield_reasons(person: Person, viewer: Viewer) -> list[tuple[Source, Person | None, Shield | None]]:
    """Each shield over a record, for a cleared reader: why, whose record it is (None where the viewer may not see that) and its row."""
    over = shields_over([person.pk]).get(person.pk)
    if over is None or not viewer.user.may("confirm_links"):
        return []
    ids = [source.person for source in over.by]
    seen = {row.pk: row for row in Person.objects.visible_to(viewer).filter(pk__in=ids)}
    rows = Shield.objects.visible_to(viewer).filter(person__in=ids, lifted_at__isnull=True)
    set_ = {row.person_id: row for row in rows.select_related("set_by__agency")}
    return [
        (source, seen.get(source.person), set_.get(source.person) if source.why == SHIELD else None)
        for source in sorted(over.by)
    ]


def shield_of(person: Person, viewer: Viewer) -> Shield | None:
    """What protects somebody now, beside a confidential address."""
    rows = Shield.objects.visible_to(viewer).filter(person=person, lifted_at__isnull=True)
    return rows.select_related("set_by__agency").first()
