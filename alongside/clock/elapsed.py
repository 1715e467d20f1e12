"""Time that simply passes: hours counted in UTC, calendar days kept at the same time of day."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from alongside.clock.zones import in_london, london, utc


def add_hours(start: datetime, hours: int) -> datetime:
    """`hours` elapsed hours after `start`, shown in London. 48 hours are 48 hours, the night of a clock change too."""
    return in_london(utc(start) + timedelta(hours=hours))


def add_days(start: datetime, days: int) -> datetime:
    """The same time of day on a London wall clock `days` calendar days later.

    Where that day shows the time twice, the first; where it leaves the time out, as far after the change.
    """
    local = in_london(start)
    return london(local.date() + timedelta(days=days), local.time())


def months_begun(start: datetime, end: datetime) -> int:
    """Calendar months from `start` to `end` on London dates, one that has begun counted: the same day a year later is 12, the
    day after it 13. Where a month has no such day, the first of the next stands for it (29 February to 1 March is 12).
    """
    first, last = in_london(start).date(), in_london(end).date()
    whole = (last.year - first.year) * 12 + last.month - first.month
    begun = range(max(whole - 1, 0), whole + 2)
    return next(number for number in begun if _months_after(first, number) >= last)


def months_before(day: date, number: int) -> date:
    """The day `number` calendar months earlier; where that month has no such day, the first of the next."""
    return _months_after(day, -number)


def _months_after(day: date, number: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    days = monthrange(year, month + 1)[1]
    return date(year, month + 1, day.day) if day.day <= days else date(year, month + 1, days) + timedelta(days=1)
