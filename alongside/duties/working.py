"""A case is open to the teams of its own agency that have something to do in it, and a while longer; then it closes by itself.

To teams of other agencies nothing opens here: they read what was sent to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from alongside.agencies.models import User
from alongside.cases.afterwards import afterwards
from alongside.cases.hooks import is_by_house
from alongside.cases.models import Case
from alongside.duties.models import Task
from alongside.gate.actions import move_end, open_grounds
from alongside.gate.viewing import kept_open


def settle_work(*, case: Case, tasks: Iterable[Task], by: User, at: datetime) -> None:
    """Bring the doors of the agency's own teams into line with the open tasks of a case; within the action that settled those."""
    held = kept_open(case.pk, "at-work", at)
    busy = {task.owner_team_id: task.owner_team for task in tasks if _opens(case, task)}
    fresh = [team for pk, team in busy.items() if pk not in held and team is not None]
    if fresh:
        doors = [(team, "at-work", "this team has something to do in this case") for team in fresh]
        open_grounds(subject_kind="case", subject_id=case.pk, doors=doors, by=by, at=at)
    for door in held.values():
        if door.team_id in busy and door.ends_on is not None:
            move_end(ground=door, ends_on=None, by=by, at=at)
    idle = [ground for pk, ground in held.items() if pk not in busy and ground.ends_on is None]
    ends_on = at + afterwards(case, at) if idle else None
    for ground in idle:
        move_end(ground=ground, ends_on=ends_on, by=by, at=at)


def _opens(case: Case, task: Task) -> bool:
    """Whether an open task is of a team of the case's own agency, which is one house."""
    team = task.owner_team
    if task.state != "open" or team is None or team.agency_id != case.opened_by_agency_id:
        return False
    return not is_by_house(case.opened_by_agency)
