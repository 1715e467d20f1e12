"""Whom a paper must not lead to, and every way to them that is on record. The one place that says so for papers.

It looks beyond the gate and is shown to nobody: of what is found only that something stands there, and where in the paper.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from alongside.agencies import queries as agencies
from alongside.cases import sides
from alongside.cases.models import CaseMember
from alongside.gate.wall import beyond_the_gate
from alongside.people.models import Address, ContactPoint, OtherName, Person, SafeContact
from alongside.people.queries import living_with, protected, same_records
from alongside.releases import scanning
from alongside.releases.codes import OTHER_SIDE
from alongside.releases.models import Paper
from alongside.releases.scanning import Known

# Whose place is kept from whoever may be, or may reach, the other side.
KEPT_SAFE = ("victim", "child", "unborn-child")


@beyond_the_gate
def is_protected(ids: Collection[UUID]) -> bool:
    """Whether somebody of these is protected, in any record of theirs."""
    return bool(protected(_with_records(ids)))


@beyond_the_gate
def people_in(paper: Paper) -> set[UUID]:
    """Everybody of the case a paper is about, or of every case of the person whose own data it holds."""
    rows = CaseMember.objects.filter(case=paper.case_id) if paper.case_id else CaseMember.objects.none()
    found = set(rows.values_list("person_id", flat=True))
    if paper.person_id:
        cases = CaseMember.objects.filter(person__in=_with_records([paper.person_id])).values("case")
        found |= set(CaseMember.objects.filter(case__in=cases).values_list("person_id", flat=True))
    return found


@beyond_the_gate
def known_to(paper: Paper, *, linked: bool) -> list[Known]:
    """What must not stand in the free text of a paper. `linked`: in records of the same people elsewhere too, for whoever releases it."""
    kept = kept_from(paper)
    kept = _with_records(kept) if linked else kept
    found = list(_ways_to(kept))
    if paper.side in OTHER_SIDE:
        found += _names(kept - _own(paper), _own(paper))
        found += _references(people_in(paper))
    return found


@beyond_the_gate
def kept_from(paper: Paper) -> set[UUID]:
    """Whose whereabouts the recipient must not learn: whoever a shield hides from them, and, for a court and the other side, everybody
    who was harmed, the children, and whoever lives with them.
    """
    everybody = people_in(paper)
    reader = paper.person_id if paper.side in ("survivor", "causing-harm") else None
    kept = set(sides.hidden_for(reader, everybody))
    if paper.side in ("court", *OTHER_SIDE):
        rows = CaseMember.objects.filter(person__in=everybody, role__in=KEPT_SAFE)
        harmed = set(rows.values_list("person_id", flat=True))
        kept |= harmed.union(*living_with(harmed).values()) if harmed else set()
    return kept - _own(paper) if paper.side in ("survivor", "causing-harm") else kept


def _own(paper: Paper) -> set[UUID]:
    return _with_records([paper.person_id]) if paper.person_id else set()


def _with_records(ids: Collection[UUID]) -> set[UUID]:
    """These, and other records of the same people."""
    return {other for one in ids for other in (one, *same_records(one))}


def _ways_to(ids: Collection[UUID]) -> Iterator[Known]:
    towns = [one.name for one in agencies.areas()]
    for address in Address.objects.filter(person__in=ids):
        yield from scanning.address(address.lines.open(), towns)
        yield from scanning.postcode(address.postcode.open())
    for point in ContactPoint.objects.filter(person__in=ids):
        yield from _way(point.value.open())
    for way in SafeContact.objects.filter(person__in=ids):
        yield from _way(way.value.open())
    for part in CaseMember.objects.filter(person__in=ids):
        yield from scanning.place(part.school_name)
        yield from scanning.wording(part.whereabouts.open(), "where somebody is")


def _way(value: str) -> Iterator[Known]:
    yield from scanning.email(value) if "@" in value else scanning.phone(value)


def _names(ids: Collection[UUID], own: Collection[UUID]) -> list[Known]:
    """Names of people, but for what the recipient is called too: one family has one name."""
    theirs = {form for known in _named(own) for form in known.forms}
    return [Known(known.kind, known.forms - theirs) for known in _named(ids) if known.forms - theirs]


def _named(ids: Collection[UUID]) -> Iterator[Known]:
    for given, family in Person.objects.filter(pk__in=ids).values_list("given_name", "family_name"):
        yield from scanning.name(f"{given} {family}")
    for name in OtherName.objects.filter(person__in=ids).values_list("name", flat=True):
        yield from scanning.name(name)


def _references(ids: Collection[UUID]) -> list[Known]:
    """That there is a case is told by its reference alone."""
    rows = CaseMember.objects.filter(person__in=ids).values_list("case__reference", flat=True).distinct()
    return [known for one in rows for known in scanning.wording(one, "the reference of a case")]
