"""How moments are written: in full, in London's time, and beside the clock the exact time."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.template.defaultfilters import pluralize
from markupsafe import Markup

LONDON = ZoneInfo("Europe/London")


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be shown")
    return moment.astimezone(LONDON)


def clock_time(moment: datetime) -> str:
    """ "10:14pm"; "noon" and "midnight" are never used, because people read them both ways."""
    local = _local(moment)
    hour = local.hour % 12 or 12
    return f"{hour}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"


def day(moment: date | datetime, year: bool = False) -> str:
    """ "Monday 2 March", with the year when asked for."""
    shown = _local(moment) if isinstance(moment, datetime) else moment
    return f"{shown:%A} {shown.day} {shown:%B}" + (f" {shown.year}" if year else "")


def when(moment: datetime, year: bool = False) -> str:
    """ "Monday 2 March, 10:14pm"."""
    return f"{day(moment, year)}, {clock_time(moment)}"


def span(seconds: float) -> str:
    """A length of time in its largest fitting unit: "4 minutes", "3 hours", "2 days"."""
    minutes = int(abs(seconds) // 60)
    if minutes < 1:
        return "less than a minute"
    for size, unit in ((48 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // (24 * 60 if unit == "day" else size)
            return f"{count} {unit}{pluralize(count)}"
    raise AssertionError("unreachable: minutes is at least one")


def clock(moment: datetime, now: datetime) -> Markup:
    """ "in 3 hours" with the exact time beside; past: "was due 9:30pm, 50 minutes ago", never red or shouting."""
    exact = clock_time(moment) if _local(moment).date() == _local(now).date() else when(moment)
    stamp = moment.isoformat()
    seconds = (moment - now).total_seconds()
    if seconds < 0:
        words = Markup('was due <time datetime="{}">{}</time>, {} ago').format(stamp, exact, span(seconds))
    else:
        words = Markup('in {} <span class="al-exact">(<time datetime="{}">{}</time>)</span>').format(
            span(seconds), stamp, exact
        )
    return Markup('<span class="al-clock">{}</span>').format(words)


def ago(moment: datetime, now: datetime) -> str:
    """ "50 minutes ago"; for what lies ahead, "in 50 minutes"."""
    seconds = (now - moment).total_seconds()
    return f"{span(seconds)} ago" if seconds >= 0 else f"in {span(seconds)}"
