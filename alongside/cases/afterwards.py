"""How long a case stays open to a team that has nothing left to do in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.cases.models import Case
from alongside.clock import in_london
from alongside.procedures.queries import in_force

CHOICE = "team_sees_case_days"
AS_SHIPPED = timedelta(days=28)


def afterwards(case: Case, at: datetime) -> timedelta:
    """A local choice, to be confirmed by the partnership: until then a team can still answer for what it did."""
    days = in_force([case.area_id], in_london(at).date(), [CHOICE])[case.area_id][CHOICE].value
    return timedelta(days=days) if isinstance(days, int) else AS_SHIPPED
