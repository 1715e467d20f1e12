"""The door a decision opens stands as long as the decision: it opens, moves its end and closes with it, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from alongside.agencies.models import Team, User
from alongside.gate.actions import close_ground, open_ground
from alongside.gate.models import Ground
from alongside.sharing.agreements import queries as agreements
from alongside.sharing.days import end_of
from alongside.sharing.decisions import queries
from alongside.sharing.decisions.models import Disclosure

KINDS = {True: ("case", "case-team"), False: ("record", "sent")}


def follow(decision: Disclosure, *, why: str, by: User, at: datetime) -> None:
    """Bring a team's door to one record into line with every live decision about it.

    Two decisions may rest one door: it closes with the last of them, and stands until the later end.
    """
    live = queries.live_for(decision.case_id, decision.record_id, decision.to_team)
    ends = [end for one in live for end in _ends(one, at)]
    held = queries.grounds_of(decision.record_id, decision.to_team)
    until = None if None in ends else max((end for end in ends if end is not None), default=None)
    right = [ground for ground in held if ends and ground.ends_on == until]
    gone = [ground for ground in held if ground not in right]
    for ground in gone:
        close_ground(ground=ground, why=why, by=by, at=at)
    if ends:
        for viewer in _missing(decision, right, gone):
            _open(decision, viewer, until, by, at)


def end_on(decision: Disclosure, at: datetime) -> datetime | None:
    """When the door of a live decision ends by itself, None for never."""
    return next(iter(_ends(decision, at)), at)


def _ends(decision: Disclosure, at: datetime) -> Iterable[datetime | None]:
    """When a live decision's door ends, None for never; nothing where it is to be shut now."""
    moments: list[datetime] = []
    if decision.review_on is not None and queries.ends_at_review(decision.case, at):
        moments.append(end_of(decision.review_on))
    if decision.standing:
        until = agreements.until(decision.agency_id, decision.to_team.agency_id, at)
        if until is None:
            return []
        moments.append(until)
    if any(moment <= at for moment in moments):
        return []
    return [min(moments, default=None)]


def _missing(decision: Disclosure, right: list[Ground], gone: list[Ground]) -> list[Team | User]:
    """Who should have a door and has none. People by name come in by the act that names them, and are only let in again here."""
    if decision.to_people:
        return [ground.user for ground in gone if ground.user is not None]
    if right or (not decision.standing and queries.holds_for_good(decision.case, decision.to_team)):
        return []
    return [decision.to_team]


def _open(decision: Disclosure, viewer: Team | User, until: datetime | None, by: User, at: datetime) -> None:
    kind, name = KINDS[decision.standing]
    open_ground(
        subject_kind=kind,
        subject_id=decision.record_id,
        viewer=viewer,
        ground=name,
        purpose=decision.purpose,
        ends_on=until,
        is_new=True,
        by=by,
        at=at,
    )
