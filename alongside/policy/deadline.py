"""When a rule is due, as far as elapsed hours can tell; school mornings and working days are counted elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from alongside.policy.rules import Rule
from alongside.policy.values import Value

NO_TIME = "no time is given"
NO_TERM_DATES = "cannot be worked out: the school's term dates are not known"
SCHOOL_MORNING = "school_arrival_following_day"


def due(rule: Rule, facts: Mapping[str, Value]) -> tuple[datetime | None, str]:
    """The moment a rule is due (UTC), or None, and the words to show with it."""
    timer = rule.timer
    if timer is None:
        return None, rule.by or NO_TIME
    start = facts.get(timer.starts)
    if not isinstance(start, datetime):
        return None, f"cannot be worked out: {timer.starts} is not known"
    if timer.limit == SCHOOL_MORNING:
        return None, NO_TERM_DATES
    if timer.limit_working_days is not None:  # bank holidays are counted elsewhere
        return None, rule.by or f"within {timer.limit_working_days} working days"
    hours = timer.limit_hours or 0
    return start.astimezone(UTC) + timedelta(hours=hours), rule.by or timer.limit or f"within {hours} hours"
