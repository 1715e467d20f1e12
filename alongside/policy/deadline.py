"""When a rule is due, as far as elapsed hours and a calendar handed in can tell; school mornings are counted elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from alongside.policy.rules import Rule, Timer
from alongside.policy.values import Value

NO_TIME = "no time is given"
NO_TERM_DATES = "cannot be worked out: the school's term dates are not known"
SCHOOL_MORNING = "school_arrival_following_day"

# When a timer that runs by working days, or leaves Sundays out, ends after its start; None where the calendar ends.
Calendar = Callable[[Timer, datetime], datetime | None]


def due(rule: Rule, facts: Mapping[str, Value], calendar: Calendar | None = None) -> tuple[datetime | None, str]:
    """The moment a rule is due (UTC), or None, and the words to show with it. Bank holidays are known to `calendar` alone."""
    timer = rule.timer
    if timer is None:
        return None, rule.by or NO_TIME
    start = facts.get(timer.starts)
    if not isinstance(start, datetime):
        return None, f"cannot be worked out: {timer.starts} is not known"
    if timer.limit == SCHOOL_MORNING:
        return None, NO_TERM_DATES
    if timer.by_calendar:
        moment = calendar(timer, start) if calendar else None
        return moment and moment.astimezone(UTC), rule.by or f"within {_length(timer)}"
    hours = timer.limit_hours or 0
    return start.astimezone(UTC) + timedelta(hours=hours), rule.by or timer.limit or f"within {hours} hours"


def _length(timer: Timer) -> str:
    if timer.limit_working_days is not None:
        return f"{timer.limit_working_days} working days"
    return f"{timer.limit_hours} hours, Sundays and bank holidays left out"
