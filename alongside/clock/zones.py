"""Moments and the wall clock: counted in UTC, shown in Europe/London."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def require_aware(moment: datetime) -> datetime:
    """The moment itself; ValueError when it carries no zone, because then nobody can say when it was."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError("A time must say its zone.")
    return moment


def utc(moment: datetime) -> datetime:
    """The same moment in UTC. Compare and subtract here: two moments of one zone compare by their wall clocks."""
    return require_aware(moment).astimezone(UTC)


def in_london(moment: datetime) -> datetime:
    """The same moment on a London wall clock."""
    return require_aware(moment).astimezone(LONDON)


def london(day: date, at: time) -> datetime:
    """The moment a London wall clock first shows `at` on `day`.

    A time that the spring change leaves out becomes the moment as far after the change (1:30am → 2:30am).
    """
    return datetime.combine(day, at.replace(tzinfo=None, fold=0), LONDON).astimezone(UTC).astimezone(LONDON)


def shown_twice(moment: datetime) -> bool:
    """Does a London wall clock show this time of day twice that night (the autumn change)?"""
    local = in_london(moment)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def changes_clocks(day: date) -> bool:
    """Do the clocks change on this day?"""
    midnight = datetime.combine(day, time(), LONDON)
    return midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset()
