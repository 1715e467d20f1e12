"""Short ways to decide, for tests: a record of the case, and a decision about it by the officer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from alongside.agencies.models import User
from alongside.cases.models import Case
from alongside.casework.actions.acts import record_act
from alongside.casework.models import ActRecord
from alongside.gate.viewing import Viewer
from alongside.sharing.actions import disclose
from alongside.sharing.agreements.actions import add_agreement
from alongside.sharing.agreements.models import Agreement
from alongside.sharing.days import today
from alongside.sharing.models import Disclosure
from tests.apps.partnership import NOW, Partnership


def act_of(there: Partnership, case: Case, what: str = "Rang the desk.") -> ActRecord:
    """A record of the police's case, which nobody else sees."""
    by = there.users["officer"]
    return record_act(
        case=case, act="inform_police", team=there.teams["response"], what=what, done_on=NOW, by=by, at=NOW
    )


def shares(
    there: Partnership, case: Case, subject: Any, team: str = "csc", *, at: datetime = NOW, **more: Any
) -> Disclosure:
    """A decision of the officer to send a record to a team."""
    given: dict[str, Any] = {
        "purpose": "they can keep the child safe",
        "basis": "protect-child",
        "consent": "not-sought",
        "reason": "The baby is not safe.",
        "what": ["what was done"],
        "by": there.users["officer"],
    }
    return disclose(case=case, subject=subject, to_team=there.teams[team], at=at, **{**given, **more})


def agrees(
    there: Partnership, *agencies: str, until: int = 300, at: datetime = NOW, by: User | None = None
) -> Agreement:
    """An agreement between agencies that lapses after so many days."""
    return add_agreement(
        name="Sharing where there is domestic abuse",
        scope="Cases of domestic abuse, to protect those in them.",
        parties=[there.agencies[one] for one in agencies],
        signed_on=today(at),
        review_on=today(at) + timedelta(days=until),
        by=by or there.users["governance"],
        at=at,
    )


def sees(there: Partnership, who: str, row: Any, at: datetime = NOW) -> bool:
    """Whether somebody may read a record at a moment."""
    return bool(type(row).objects.visible_to(Viewer(there.users[who], at)).filter(pk=row.pk).exists())
