"""Ages from dates of birth that may be known only in part. Every answer is a smallest and a largest value."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

from alongside.clock.zones import in_london

OLDEST_YEARS = 130
_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class BirthDate:
    """The first and the last day the birth can have been on; equal when the day is known."""

    first: date
    last: date

    @property
    def is_exact(self) -> bool:
        return self.first == self.last


def parse_birth_date(text: str) -> BirthDate:
    """YYYY, YYYY-MM or YYYY-MM-DD. ValueError, with a sentence, for any other form or a day that does not exist."""
    form = _FORM.fullmatch(text)
    if form is None:
        raise ValueError(f"“{text}” is not a date: write YYYY-MM-DD, or YYYY-MM or YYYY where only that is known.")
    year = int(form[1])
    month, day = (int(part) if part else None for part in form.group(2, 3))
    if year == 0:
        raise ValueError("There is no year 0000.")
    if month is None:
        return BirthDate(date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month:02} (“{text}”).")
    days = calendar.monthrange(year, month)[1]
    if day is None:
        return BirthDate(date(year, month, 1), date(year, month, days))
    if not 1 <= day <= days:
        raise ValueError(f"There is no {day} {calendar.month_name[month]} in {year} (“{text}”).")
    return BirthDate(date(year, month, day), date(year, month, day))


def completed_months(born: str, at: datetime) -> tuple[int, int]:
    """Completed months of age at a moment, smallest and largest.

    Counted on London dates; who was born on the 31st completes a month on the day after a shorter month ends.
    ValueError for a date that is none, is still to come, or lies more than 130 years back.
    """
    birth, today = parse_birth_date(born), in_london(at).date()
    if birth.first > today:
        raise ValueError(f"A date of birth cannot be in the future (“{born}”).")
    if today.year - birth.last.year > OLDEST_YEARS:
        raise ValueError(f"A date of birth cannot be more than {OLDEST_YEARS} years back (“{born}”).")
    return _months(min(birth.last, today), today), _months(birth.first, today)


def completed_years(born: str, at: datetime) -> tuple[int, int]:
    """Completed years of age at a moment, smallest and largest. Errors as `completed_months`."""
    youngest, oldest = completed_months(born, at)
    return youngest // 12, oldest // 12


def _months(born: date, today: date) -> int:
    return (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
