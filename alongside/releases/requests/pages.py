"""Requests for one's own data in words: lists, the next step, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from alongside.agencies.models import User
from alongside.cases.models import Case
from alongside.design.moments import day
from alongside.duties.hooks import Unfinished
from alongside.gate.viewing import Viewer
from alongside.releases.codes import ASKERS, IDENTITY, LEFT_OUT, REQUEST_STATES, TREATED
from alongside.releases.document import outward
from alongside.releases.models import AccessRequest
from alongside.releases.requests import queries
from alongside.sharing.days import today

DONE = ("answered", "refused")
STEPS = {
    "identity": "Make sure who asks for their own data",
    "clearing": "Say what may be built for a request for own data",
    "building": "Build the answer to a request for own data",
    "reviewing": "Review the answer to a request for own data",
    "releasing": "Release the answer to a request for own data",
}


@dataclass(frozen=True)
class Row:
    """A request in a list: initials alone."""

    request: AccessRequest
    who: str
    asker: str
    state: str
    look: str
    due: str

    @property
    def href(self) -> str:
        return reverse("releases:request", args=[self.request.pk])


def row(one: AccessRequest, at: datetime) -> Row:
    """A request as a line."""
    left = (one.due_on - today(at)).days
    done = one.state in DONE
    due = f"Due {day(one.due_on, year=True)}" if left >= 0 or done else f"Was due {day(one.due_on, year=True)}"
    look = "done" if done else "overdue" if left < 0 else "waiting"
    return Row(one, one.person.initials, ASKERS[one.asker], REQUEST_STATES[one.state], look, due)


def panel(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """The block on the case: requests about its people, for those who answer them."""
    if not viewer.user.may("release_papers"):
        return None
    rows = [row(one, viewer.at) for one in queries.of_case(case, viewer)]
    may_take = viewer.user.may("answer_access")
    return {"case": case, "requests": rows, "may_take": may_take} if rows or may_take else None


def waiting(viewer: Viewer) -> list[Unfinished]:
    """For Today: the next step of each request that this person may take."""
    if not viewer.user.may("release_papers"):
        return []
    return [
        Unfinished(STEPS[one.state], f"{row(one, viewer.at).due}.", reverse("releases:request", args=[one.pk]))
        for one in queries.of_agency(viewer)
        if one.state not in DONE and may_step(viewer.user, one)
    ]


def may_step(user: User, one: AccessRequest) -> bool:
    """Whether the next step of a request is one this person may take."""
    if one.state in ("identity", "building"):
        return user.may("answer_access") and one.cleared_by_id != user.pk
    if one.state == "clearing":
        return user.may("release_papers") and one.taken_by_id != user.pk
    return user.may("release_papers") and one.built_by_id != user.pk


def history(one: AccessRequest) -> list[dict[str, object]]:
    """What was done, by whom: roles and initials."""
    told = [
        ("Taken in", one.taken_at, one.taken_by),
        (f"Who asks was made sure of: {IDENTITY.get(one.identity, '')}", one.checked_at, one.checked_by),
        (f"A cleared reviewer said what may be built: {TREATED.get(one.treated, '')}", one.cleared_at, one.cleared_by),
        ("The answer was built", one.built_at, one.built_by),
        ("Somebody else agreed", one.reviewed_at, one.reviewed_by),
    ]
    return [{"what": what, "at": at, "by": outward(by)} for what, at, by in told if at is not None and by is not None]


def excluded(one: AccessRequest, viewer: Viewer) -> list[dict[str, str]]:
    """What is held and not given, each with its reason."""
    return [{"label": each.label, "why": LEFT_OUT[each.why].whole} for each in queries.excluded(one, viewer)]
