"""Working days of England and Wales: weekdays that are not bank holidays.

The bank holidays are a dated file of this package, equal to the list bundled in `govuk-bank-holidays` (a test holds
that). Past its last year nobody knows them yet: the deadline is undecided, never guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from alongside.clock.calendar_file import read_calendar
from alongside.clock.deadline import Deadline, by, cannot_be_worked_out
from alongside.clock.undecided import Undecided
from alongside.clock.zones import in_london, london, utc

SATURDAY, SUNDAY = 5, 6
_FILE = "data/bank-holidays-england-and-wales.json"


class _YearNotKnownError(Exception):
    """The walk over the days came to a year without a list of bank holidays."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.undecided = Undecided(f"the bank holidays of {year} are not known")


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Bank holidays of whole years, `first_year` to `last_year`, and the hours an office is open."""

    holidays: frozenset[date]
    first_year: int
    last_year: int
    opens: time = time(9)
    closes: time = time(17)

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("An office must open before it closes.")

    def is_working_day(self, day: date) -> bool | Undecided:
        """Undecided on a weekday of a year whose bank holidays are not known."""
        if day.weekday() >= SATURDAY:
            return False
        if not self.first_year <= day.year <= self.last_year:
            return _YearNotKnownError(day.year).undecided
        return day not in self.holidays

    def is_bank_holiday(self, day: date) -> bool | Undecided:
        """Undecided in a year whose bank holidays are not known."""
        if not self.first_year <= day.year <= self.last_year:
            return _YearNotKnownError(day.year).undecided
        return day in self.holidays

    def _working_days_from(self, day: date) -> Iterator[date]:
        while True:
            working = self.is_working_day(day)
            if isinstance(working, Undecided):
                raise _YearNotKnownError(day.year)
            if working:
                yield day
            day += timedelta(days=1)


@cache
def england_and_wales() -> WorkingCalendar:
    """The shipped calendar."""
    days = read_calendar(files("alongside.clock").joinpath(_FILE).read_bytes(), _FILE)
    return WorkingCalendar(days, min(days).year, max(days).year)


def working_deadline(
    start: datetime, *, hours: int | None = None, days: int | None = None, calendar: WorkingCalendar | None = None
) -> Deadline:
    """The end of so many working hours, or of so many working days, after `start`; give one of the two.

    Working days: the day of the start does not count; due when the office closes on the last of them. Working hours
    run only while the office is open. Undecided where the calendar ends.
    """
    if (hours is None) == (days is None):
        raise ValueError("Give either working hours or working days.")
    if (hours or days or 0) < 0:
        raise ValueError("A deadline cannot lie before its start.")
    calendar = calendar or england_and_wales()
    try:
        due = _after_days(start, days, calendar) if days is not None else _after_hours(start, hours or 0, calendar)
    except _YearNotKnownError as missing:
        return cannot_be_worked_out(missing.undecided)
    return Deadline(due, by(due))


def hours_without_sundays(start: datetime, hours: int, calendar: WorkingCalendar | None = None) -> Deadline:
    """The end of so many hours after `start` that do not run on Sundays and bank holidays. Undecided where the calendar ends."""
    if hours < 0:
        raise ValueError("A deadline cannot lie before its start.")
    left, begun = timedelta(hours=hours), utc(start)
    day, calendar = in_london(start).date(), calendar or england_and_wales()
    while True:
        holiday = calendar.is_bank_holiday(day)
        if isinstance(holiday, Undecided):
            return cannot_be_worked_out(holiday)
        day += timedelta(days=1)
        midnight = utc(london(day, time()))
        if not holiday and (day - timedelta(days=1)).weekday() != SUNDAY:
            if begun + left <= midnight:
                due = in_london(begun + left)
                return Deadline(due, by(due))
            left -= midnight - begun
        begun = midnight


def _after_days(start: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    if days == 0:
        return in_london(start)
    working = calendar._working_days_from(in_london(start).date() + timedelta(days=1))
    last = next(day for number, day in enumerate(working, 1) if number == days)
    return london(last, calendar.closes)


def _after_hours(start: datetime, hours: int, calendar: WorkingCalendar) -> datetime:
    left = timedelta(hours=hours)
    begun = utc(start)
    for day in calendar._working_days_from(in_london(start).date()):
        opens, closes = utc(london(day, calendar.opens)), utc(london(day, calendar.closes))
        from_ = max(begun, opens)
        if from_ < closes and from_ + left <= closes:
            return in_london(from_ + left)
        left -= max(closes - from_, timedelta())
    raise AssertionError("The walk over the days ends only with an answer or an unknown year.")
