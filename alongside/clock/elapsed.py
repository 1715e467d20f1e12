"""Time that simply passes: hours counted in UTC, calendar days kept at the same time of day."""

from datetime import datetime, timedelta

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
