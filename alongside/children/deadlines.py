"""The morning a school must know by."""

from datetime import datetime

from alongside.cases.models import Case
from alongside.children import queries
from alongside.clock import Deadline, Undecided, cannot_be_worked_out, in_london
from alongside.clock.deadline import by
from alongside.clock.school import TERM_DATES_NOT_KNOWN
from alongside.procedures.queries import pack_for


def before_school(case: Case, start: datetime, about: list[str]) -> Deadline:
    """The earliest arrival among the schools of the children concerned; undecided when no calendar is known."""
    rule = pack_for(case.area_id, in_london(start).date()).values.get("non_school_day_rule")
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
