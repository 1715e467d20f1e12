"""Keeping the register of schools: who may open notices there, and when the children come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import Area, Team, User
from alongside.audit.api import action, record
from alongside.children.actions import notices, records
from alongside.children.models import ClosedDay, School, SchoolNotice, Term
from alongside.gate.actions import close_ground
from alongside.gate.models import Ground
from alongside.outbox.api import cancel
from alongside.sharing.decisions.queries import has_ended

KEEPS = "see_unrouted"


@dataclass(frozen=True)
class Entry:
    """One school as the partnership's administrator keeps it."""

    urn: str
    name: str
    area: Area
    team: Team | None
    phone: str
    arrival: time
    key_adult: User | None
    deputy: User | None


@action("children.school_kept")
def keep_school(*, school: School | None, entry: Entry, by: User, at: datetime) -> School:
    """Put a school on the register, or correct it. Who is key adult or deputy no longer cannot open its notices and records any more."""
    access.check_may(by, KEEPS)
    _check(school, entry)
    row = school or School(urn=entry.urn)
    before = {person for person in (row.key_adult, row.deputy) if person}
    for name, value in vars(entry).items():
        setattr(row, name, value)
    row.save()
    changed = _hand_over(row, by, at)
    records.hand_over(school=row, before=before, by=by, at=at)
    record(row, by=by, at=at, urn=row.urn, handed_over=changed)
    return row


def _check(school: School | None, entry: Entry) -> None:
    for person in (entry.key_adult, entry.deputy):
        if person is not None and not person.may("read_school_notice"):
            raise Refused(f"{person.name} does not work as a school's key adult. Nothing was saved.")
    if entry.key_adult is not None and entry.key_adult == entry.deputy:
        raise Refused("The deputy must be somebody else than the key adult. Nothing was saved.")
    there = School.objects.filter(urn=entry.urn).first()
    if there is not None and (school is None or there.pk != school.pk):
        raise Refused(f"A school with the number {entry.urn} is on the register already. Nothing was saved.")


def _hand_over(school: School, by: User, at: datetime) -> int:
    """Close the doors of those who left; give notices nobody has opened or rung about to those who are there now."""
    rows = list(SchoolNotice.objects.filter(school=school))
    readers = [person for person in (school.key_adult, school.deputy) if person is not None]
    left = Ground.objects.filter(
        ~Q(user__in=readers),
        subject_kind="record",
        subject_id__in=[row.pk for row in rows],
        user__isnull=False,
        closed_at__isnull=True,
    )
    closed = list(left)
    for ground in closed:
        close_ground(ground=ground, why="no longer key adult or deputy of this school", by=by, at=at)
    for row in rows:
        if school.team is not None and has_ended(row.pk, school.team):
            continue
        if row.opened_at is None and row.told_by_phone_at is None:
            for person in readers:
                notices.let_open(notice=row, person=person, by=by, at=at)
            if not readers and row.call_needed_on is None:
                row.call_needed_on = at
                row.save(update_fields=["call_needed_on"])
                cancel(key=f"notice-unopened-{row.pk}", by=by, at=at)
    return len(closed)


@action("children.term_added")
def add_term(*, area: Area, school: School | None, first_on: date, last_on: date, by: User, at: datetime) -> Term:
    """Add a term of an area's schools, or of one school; both days are school days."""
    access.check_may(by, KEEPS)
    if last_on < first_on:
        raise Refused("A term cannot end before it begins. Nothing was saved.")
    same = Term.objects.filter(area=area, school=school, first_on__lte=last_on, last_on__gte=first_on).first()
    if same is not None:
        raise Refused(
            f"It overlaps the term from {same.first_on:%-d %B %Y} to {same.last_on:%-d %B %Y}. Nothing was saved."
        )
    row = Term.objects.create(area=area, school=school, first_on=first_on, last_on=last_on)
    record(row, by=by, at=at, area=area.pk, first=str(first_on), last=str(last_on))
    return row


@action("children.term_removed")
def remove_term(*, term: Term, by: User, at: datetime) -> Term:
    """Take a term off the register, because it was entered wrongly; the audit keeps what it was."""
    access.check_may(by, KEEPS)
    record(term, by=by, at=at, area=term.area_id, first=str(term.first_on), last=str(term.last_on))
    Term.objects.filter(pk=term.pk).delete()
    return term


@action("children.closed_day_added")
def add_closed_day(*, area: Area, school: School | None, closed_on: date, by: User, at: datetime) -> ClosedDay:
    """A day within a term on which the schools of an area, or one school, are closed."""
    access.check_may(by, KEEPS)
    row, _ = ClosedDay.objects.get_or_create(area=area, school=school, closed_on=closed_on)
    record(row, by=by, at=at, area=area.pk, day=str(closed_on))
    return row
