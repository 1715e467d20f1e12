"""A rule's timer, as the packs write it, turned into a deadline (contract, section 1)."""

from datetime import datetime

from alongside.clock.deadline import (
    Deadline,
    by,
    cannot_be_worked_out,
    immediate,
    no_time_given,
    start_not_known,
    within_hours,
    words_only,
)
from alongside.clock.school import TERM_DATES_NOT_KNOWN, NonSchoolDayRule, SchoolCalendar
from alongside.clock.undecided import Undecided
from alongside.clock.words import is_immediate
from alongside.clock.working_days import hours_without_sundays, working_deadline

SCHOOL_ARRIVAL = "school_arrival_following_day"
NO_TIME_IN_THE_TEXT = ("", "none stated")


def deadline_of_timer(
    *,
    starts: str,
    start: datetime | None,
    limit: str | None = None,
    limit_hours: int | None = None,
    words: str = "",
    school: SchoolCalendar | None = None,
    non_school_day_rule: NonSchoolDayRule | None = None,
) -> Deadline:
    """The deadline of a timer.

    `starts` is the fact the timer starts with and `start` its value, None when not known; `limit` or `limit_hours`
    as in the pack; `words` are the text's own (the catalogue's `by`), shown for what is owed at once. ValueError for
    a limit that is none of these.
    """
    if start is None:
        return start_not_known(starts)
    if limit_hours is not None:
        return within_hours(start, limit_hours)
    if limit == SCHOOL_ARRIVAL:
        return _before_school(start, school, non_school_day_rule)
    if limit is not None and is_immediate(limit):
        said = words if is_immediate(words) else limit
        return immediate(start, "immediately" if said == "immediate" else said)
    raise ValueError(f"A timer cannot count “{limit}”.")


def deadline_by_calendar(
    start: datetime, *, limit_hours: int | None = None, limit_working_days: int | None = None
) -> Deadline:
    """The deadline of a timer that only a calendar can count: working days, or hours without Sundays and bank holidays."""
    if limit_working_days is not None:
        return working_deadline(start, days=limit_working_days)
    return hours_without_sundays(start, limit_hours or 0)


def deadline_without_timer(by: str | None) -> Deadline:
    """What the catalogue's `by` says where there is nothing to count: its words, or that no time is given."""
    return no_time_given() if by is None or by in NO_TIME_IN_THE_TEXT else words_only(by)


def _before_school(start: datetime, school: SchoolCalendar | None, rule: NonSchoolDayRule | None) -> Deadline:
    arrival = TERM_DATES_NOT_KNOWN if school is None else school.arrival_following_day(start, rule)
    if isinstance(arrival, Undecided):
        return cannot_be_worked_out(arrival)
    return Deadline(arrival, by(arrival))
