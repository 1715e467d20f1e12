"""The morning a school must know by, and when somebody telephones because nobody has opened its notice."""

from datetime import datetime, time, timedelta

from django.conf import settings

from alongside.cases.models import Case
from alongside.children import queries
from alongside.children.models import School
from alongside.clock import Deadline, Undecided, cannot_be_worked_out, in_london, london
from alongside.clock.deadline import by
from alongside.clock.school import TERM_DATES_NOT_KNOWN
from alongside.procedures.queries import pack_for


def before_school(case: Case, start: datetime, about: list[str]) -> Deadline:
    """The earliest arrival among the schools of the children concerned; undecided when no calendar is known."""
    rule = pack_for(case.places.incident, in_london(start).date()).values.get("non_school_day_rule")
    found: list[Deadline] = []
    for member in queries.pupils(case):
        if about and str(member.person_id) not in about:
            continue
        school = queries.school_of(member)
        if school is not None:
            found.append(_as_deadline(queries.calendar(school).arrival_following_day(start, rule)))
    known = [deadline for deadline in found if deadline.due is not None]
    if known:
        return min(known, key=lambda deadline: deadline.due or start)
    return found[0] if found else cannot_be_worked_out(TERM_DATES_NOT_KNOWN)


def _as_deadline(arrival: datetime | Undecided) -> Deadline:
    return cannot_be_worked_out(arrival) if isinstance(arrival, Undecided) else Deadline(arrival, by(arrival))


CALL_BY = time(7, 30)


def call_time(school: School, at: datetime) -> datetime:
    """When somebody telephones if nobody has opened it: half past seven on the day the child next comes to school.

    Sent later than that on such a day, a call is due after the minutes an immediate task may stay unopened. Term dates not
    known: the next half past seven.
    """
    arrival = queries.calendar(school).arrival_following_day(at, "next-school-day")
    if isinstance(arrival, Undecided):
        return next_call_time(at)
    due = london(in_london(arrival).date(), CALL_BY)
    return due if due > at else at + timedelta(minutes=settings.ALONGSIDE_UNOPENED_MINUTES)


def next_call_time(at: datetime) -> datetime:
    """The next half past seven in the morning, in Europe/London."""
    local = in_london(at)
    day = local.date() if local.time() < CALL_BY else local.date() + timedelta(days=1)
    return london(day, CALL_BY)
