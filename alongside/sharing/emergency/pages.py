"""The banner while something is open in an emergency, and the block on the case."""

from __future__ import annotations

from datetime import datetime

from alongside.agencies.models import User
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.sharing.emergency import queries
from alongside.sharing.emergency.models import VERDICTS


def banner(user: User, at: datetime) -> list[dict[str, object]]:
    """What this person has open in an emergency."""
    return [
        {"reference": row.case.reference, "until": row.ends_on, "id": row.pk}
        for row in (queries.open_now(user, at) if user.may("break_glass") else ())
    ]


def panel(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """Who opened this case in an emergency; nothing where nobody did."""
    rows = queries.of_case(case, viewer)
    return {"rows": [(row, VERDICTS.get(row.verdict, "")) for row in rows]} if rows else None
