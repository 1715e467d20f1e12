"""Whom to ring first: an immediate duty, and one the procedure wants by telephone, show the number before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.agencies import queries as agencies
from alongside.agencies.models import Team
from alongside.duties.models import Task
from alongside.procedures.queries import library

# Acts done by ringing a team that no other act names: the role it holds, and the kind of agency.
RUNG = {"inform_police": ("front-line", "police"), "alert_appropriate_agency": ("mash", "")}


@dataclass(frozen=True)
class Ring:
    """A team and its numbers, in and out of hours."""

    who: str
    number: str
    out_of_hours: str


def ring_first(tasks: Iterable[Task]) -> dict[object, Ring]:
    """Task id to whom to ring, in one statement; a task with nobody to ring is left out."""
    wanted = {task.pk: (task, _role(task.act)) for task in tasks if _rings(task)}
    roles = {role for _, (role, _) in wanted.values() if role}
    held = agencies.holders_of(roles, {task.case.area_id for task, _ in wanted.values()}) if roles else {}
    found: dict[object, Ring] = {}
    for pk, (task, (role, kind)) in wanted.items():
        team = next((t for t in held.get((role, task.case.area_id), []) if not kind or t.agency.kind == kind), None)
        if team is not None and team.pk != task.owner_team_id and (team.phone or team.out_of_hours_phone):
            found[pk] = _ring(team)
    return found


def _rings(task: Task) -> bool:
    act = library().acts.get(task.act)
    return act is not None and not act.automatic and (act.telephone or task.immediate)


def _role(code: str) -> tuple[str, str]:
    """The role of the team that receives what an act sends."""
    if code in RUNG:
        return RUNG[code]
    receiving = (
        act.owner for act in library().acts.values() if act.more.get("handed_over_by") == code and not act.automatic
    )
    return next((owner for owner in receiving if owner), ""), ""


def _ring(team: Team) -> Ring:
    return Ring(
        f"{team.agency.name}, {team.name}",
        team.phone or team.out_of_hours_phone,
        team.out_of_hours_phone if team.phone else "",
    )
