""" "Before the child arrives at school the following day", counted on the school's own dates.

Why the hours before school opens belong to that same morning: docs/decisions/2026-11-22-school-arrival.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal

from alongside.clock.undecided import Undecided
from alongside.clock.working_days import SATURDAY, WorkingCalendar, england_and_wales
from alongside.clock.zones import in_london, london, utc

NonSchoolDayRule = Literal["next-school-day", "send-now"]

TERM_DATES_NOT_KNOWN = Undecided("the school's term dates are not known", "send now")
RULE_NOT_SET = Undecided("whether to wait for the next school day is not set", "send now")

# The longest English school holiday is about six weeks. A longer gap between two terms means a term was never entered.
LONGEST_HOLIDAY = timedelta(weeks=8)


@dataclass(frozen=True)
class SchoolCalendar:
    """Terms (first and last day, both school days), days closed within them, and when the children arrive.

    Bank holidays within a term are closed without being listed, in the years whose bank holidays are known.
    """

    terms: tuple[tuple[date, date], ...]
    closed: frozenset[date] = frozenset()
    arrival: time = time(8, 40)
    holidays: WorkingCalendar = field(default_factory=england_and_wales, repr=False)

    def __init__(
        self,
        terms: Iterable[tuple[date, date]],
        closed: Iterable[date] = (),
        arrival: time = time(8, 40),
        holidays: WorkingCalendar | None = None,
    ) -> None:
        """ValueError, with a sentence, when a term ends before it begins or two terms overlap."""
        ordered = tuple(sorted(terms))
        for first, last in ordered:
            if first > last:
                raise ValueError(f"A term cannot end ({last}) before it begins ({first}).")
        for (_, last), (first, _) in pairwise(ordered):
            if first <= last:
                raise ValueError(f"Two terms overlap: one ends on {last}, the next begins on {first}.")
        object.__setattr__(self, "terms", ordered)
        object.__setattr__(self, "closed", frozenset(closed))
        object.__setattr__(self, "arrival", arrival)
        object.__setattr__(self, "holidays", holidays or england_and_wales())

    def is_school_day(self, day: date) -> bool | Undecided:
        """Undecided on a weekday that no term and no holiday between two terms covers."""
        if not self.terms:
            return TERM_DATES_NOT_KNOWN
        if day.weekday() >= SATURDAY or day in self.closed or self.holidays.is_bank_holiday(day) is True:
            return False
        if any(first <= day <= last for first, last in self.terms):
            return True
        return False if self._is_holiday_between_terms(day) else TERM_DATES_NOT_KNOWN

    def _is_holiday_between_terms(self, day: date) -> bool:
        return any(
            last < day < first and first - last <= LONGEST_HOLIDAY for (_, last), (first, _) in pairwise(self.terms)
        )

    def arrival_following_day(
        self, start: datetime, non_school_day_rule: NonSchoolDayRule | None = None
    ) -> datetime | Undecided:
        """When the children next arrive after `start`, if that is today or tomorrow; else what the local rule says.

        `next-school-day` waits for it, `send-now` gives `start` itself, no rule gives an Undecided that says to send
        now. So do missing term dates.
        """
        local = in_london(start)
        today, tomorrow = local.date(), local.date() + timedelta(days=1)
        if utc(start) < utc(london(today, self.arrival)):
            opens = self.is_school_day(today)
            if isinstance(opens, Undecided):
                return opens
            if opens:
                return london(today, self.arrival)
        opens = self.is_school_day(tomorrow)
        if isinstance(opens, Undecided):
            return opens
        if opens:
            return london(tomorrow, self.arrival)
        if non_school_day_rule == "next-school-day":
            return self._next_arrival(tomorrow)
        return local if non_school_day_rule == "send-now" else RULE_NOT_SET

    def _next_arrival(self, day: date) -> datetime | Undecided:
        while (opens := self.is_school_day(day)) is False:
            day += timedelta(days=1)
        return opens if isinstance(opens, Undecided) else london(day, self.arrival)
