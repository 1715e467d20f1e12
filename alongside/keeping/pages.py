"""What stands on the pages of keeping."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from alongside.agencies.models import User
from alongside.clock import in_london
from alongside.gate.viewing import Viewer
from alongside.keeping import queries
from alongside.keeping.models import GROUNDS, Erasure, LegalHold
from alongside.people.models import Person


def signed(user: User) -> str:
    return f"{user.name}, {user.role_held.label}"


def hold_row(row: LegalHold, at: datetime) -> dict[str, Any]:
    """A hold that stands, and whether it is time to look at it again."""
    return {
        "id": row.pk,
        "person": row.person,
        "by": signed(row.placed_by),
        "placed_on": row.placed_at,
        "review_on": row.review_on,
        "is_late": row.review_on < in_london(at).date(),
    }


def erasure_row(row: Erasure) -> dict[str, Any]:
    """What was asked for, or decided."""
    return {
        "id": row.pk,
        "person": row.person,
        "ground": GROUNDS[row.ground],
        "asked_by": signed(row.asked_by),
        "asked_on": row.asked_at,
        "agreed": row.agreed,
        "decided_by": signed(row.decided_by) if row.decided_by else "",
        "decided_on": row.decided_at,
    }


def overview(viewer: Viewer) -> dict[str, Any]:
    """What waits, what is due, what is held, and what was decided."""
    rows = list(queries.erasures(viewer))
    return {
        "due": queries.due(viewer),
        "holds": [hold_row(row, viewer.at) for row in queries.holds(viewer)],
        "asked": [erasure_row(row) for row in rows if row.agreed is None],
        "decided": [erasure_row(row) for row in rows if row.agreed is not None],
        "years": settings.ALONGSIDE_KEEP_CASE_YEARS,
        "age": settings.ALONGSIDE_KEEP_UNTIL_AGE,
    }


def person(row: Person, viewer: Viewer) -> dict[str, Any]:
    """What stops an erasure of somebody, what would stay, and what is asked or held."""
    return {
        "person": row,
        "stops": queries.stopped_by(row, viewer.at),
        "shared": queries.shared_cases(row),
        "holds": [hold_row(one, viewer.at) for one in queries.holds_on(row)],
        "asked": [erasure_row(one) for one in queries.erasures(viewer).filter(person=row, agreed__isnull=True)],
        "is_own": row.recorded_by_agency_id == viewer.user.agency_id,
        "is_second_there": queries.is_second_there(viewer.user),
    }
