"""What is due to be looked at, what is held, what is asked, and what still needs a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Max, QuerySet

from alongside.agencies.models import User
from alongside.cases.models import Case, CaseMember
from alongside.clock import in_london, parse_birth_date
from alongside.duties.models import Duty
from alongside.gate.viewing import NotVisible, Viewer
from alongside.gate.wall import beyond_the_gate
from alongside.keeping.models import Erasure, LegalHold
from alongside.people.models import Person
from alongside.sealed.models import DataKey, Owner
from alongside.sharing.models import Disclosure

CHILD = ("child", "unborn-child")


@dataclass(frozen=True)
class Due:
    """A case whose time is over, with the people of it that are the agency's own; `cannot_tell`: a child's date of birth is not known."""

    case: Case
    last_on: datetime
    members: list[CaseMember]
    cannot_tell: bool


def years_before(at: datetime, years: int) -> date:
    """The same day so many years before; 28 February for the 29th."""
    day = in_london(at).date()
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def due(viewer: Viewer) -> list[Due]:
    """Cases recorded by the viewer's agency in which nothing was entered for the set time, the longest untouched first."""
    before = years_before(viewer.at, settings.ALONGSIDE_KEEP_CASE_YEARS)
    rows = Case.objects.visible_to(viewer).filter(opened_by_agency=viewer.user.agency_id, received_on__date__lt=before)
    found = [one for case in rows.annotate(last=Max("events__happened_at")) if (one := _due(case, viewer, before))]
    return sorted(found, key=lambda one: one.last_on)


def _due(case: Case, viewer: Viewer, before: date) -> Due | None:
    last = max(moment for moment in (case.last, case.received_on) if moment)  # type: ignore[attr-defined]
    members = list(case.members.select_related("person"))
    ages = [_is_grown(one, viewer.at) for one in members]
    own = [
        one for one in members if one.person.recorded_by_agency_id == viewer.user.agency_id and not one.person.erased_on
    ]
    if in_london(last).date() >= before or False in ages or not own:
        return None
    return Due(case, last, own, None in ages)


def _is_grown(member: CaseMember, at: datetime) -> bool | None:
    """Whether somebody has reached the age until which a case is kept; None when that cannot be told of a child."""
    before = years_before(at, settings.ALONGSIDE_KEEP_UNTIL_AGE)
    try:
        return parse_birth_date(member.person.date_of_birth).last <= before
    except ValueError:
        is_child = member.role in CHILD and not member.person.erased_on
        return None if is_child else True


def holds(viewer: Viewer) -> QuerySet[LegalHold]:
    """Holds that stand on records of the viewer's agency, the first to be looked at first."""
    rows = LegalHold.objects.visible_to(viewer).filter(lifted_at__isnull=True)
    return rows.filter(person__recorded_by_agency=viewer.user.agency_id).select_related("person", "placed_by")


def erasures(viewer: Viewer) -> QuerySet[Erasure]:
    """What was asked for and decided about records of the viewer's agency."""
    rows = Erasure.objects.visible_to(viewer).filter(person__recorded_by_agency=viewer.user.agency_id)
    return rows.select_related("person", "asked_by", "decided_by")


def erasure(viewer: Viewer, pk: UUID) -> Erasure:
    """One of them; NotVisible otherwise."""
    found = erasures(viewer).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def hold(viewer: Viewer, pk: UUID) -> LegalHold:
    """A hold that stands; NotVisible otherwise."""
    found = holds(viewer).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def holds_on(person: Person) -> QuerySet[LegalHold]:
    """Holds that stand on somebody."""
    return LegalHold.objects.filter(person=person, lifted_at__isnull=True).select_related("placed_by")


def is_second_there(user: User) -> bool:
    """Whether somebody else of the agency could decide."""
    rows = User.objects.filter(agency=user.agency_id, is_active=True).exclude(pk=user.pk)
    return any(one.may("keep_records") for one in rows)


@beyond_the_gate
def stopped_by(person: Person, at: datetime) -> list[str]:
    """What still needs a record, in sentences; nothing: it can be erased."""
    return list(_stops(person))


def _stops(person: Person) -> Iterator[str]:
    if holds_on(person).exists():
        yield "a legal hold stands on it."
    for case in Case.objects.filter(members__person=person).distinct().order_by("reference"):
        if Duty.objects.filter(case=case, state="open").exists():
            yield f"something is still owed in {case.reference}."
        if Disclosure.objects.filter(case=case, state="live").exists():
            yield f"a record of {case.reference} is shared with another agency, and that share is still open."


@beyond_the_gate
def shared_cases(person: Person) -> list[tuple[Case, int]]:
    """Cases that somebody else is in who is not erased, and how many: what was written about all of them together stays."""
    found = []
    for case in Case.objects.filter(members__person=person).distinct().order_by("reference"):
        others = Person.objects.filter(memberships__case=case, erased_on__isnull=True).exclude(pk=person.pk)
        if count := others.distinct().count():
            found.append((case, count))
    return found


def erased_owners() -> list[tuple[Owner, datetime]]:
    """Everybody and everything whose key was destroyed here."""
    rows = DataKey.objects.filter(destroyed_on__isnull=False).order_by("destroyed_on", "pk")
    found = {row.owner: row.destroyed_on for row in rows if row.destroyed_on}
    return list(found.items())
