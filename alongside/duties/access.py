"""Who may act on a task."""

from __future__ import annotations

from alongside.agencies.access import Refused
from alongside.duties.models import Task
from alongside.gate.viewing import Viewer


def check_owns(viewer: Viewer, task: Task) -> None:
    """Raise `Refused` when the task is another team's."""
    if not owns(viewer, task):
        who = f"{task.owner_team.agency.name}, {task.owner_team.name}" if task.owner_team else "nobody yet"
        raise Refused(f"This task is with another team ({who}). Nothing was changed. Speak to them.")


def may_see_known_by_others(viewer: Viewer) -> bool:
    """Whether what another agency could have known may be asked: only by who may see which agencies hold a record at all."""
    return viewer.user.may("see_holders")


def owns(viewer: Viewer, task: Task) -> bool:
    """Boolean twin of `check_owns`."""
    return task.owner_team_id in viewer.team_ids
