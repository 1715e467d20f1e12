"""What was answered, in words: names of holders for cleared roles alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from alongside.agencies.models import Team
from alongside.cases.models import Case
from alongside.cases.queries import members_of
from alongside.design.jinja import sentence
from alongside.gate.viewing import Viewer
from alongside.sharing.consults import queries
from alongside.sharing.consults.models import ANSWERS, FAILED, PURPOSES, WHY, Consult

LOOK = {"held": "waiting", "not-held": "plain"}
FIRST = ("held", "cannot-tell", "not-held")


def panel(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """The latest answers about a case. Who is not cleared sees which agencies could not tell, and never which hold a record."""
    rows = sorted(queries.latest_of(case, viewer), key=_to_act_on)
    cleared = viewer.user.may("see_holders")
    shown = rows if cleared else [row for row in rows if row.why in FAILED]
    teams = queries.teams_to_ask([row.agency_id for row in shown if not row.team_id], case.places.areas)
    members = members_of([case.pk], viewer).get(case.pk, [])
    initials = {str(member.person_id): member.person.initials for member in members}
    return {
        "case": case,
        "cleared": cleared,
        "asked": len(rows),
        "last": max((row for row in rows), key=lambda row: row.asked_at, default=None),
        "failed": sum(row.why in FAILED for row in rows),
        "rows": [_row(row, row.team or teams.get(row.agency_id), initials) for row in shown],
        "may_ask": viewer.user.may("search_people"),
        "purposes": PURPOSES,
    }


def _to_act_on(row: Consult) -> tuple[bool, int]:
    """What somebody has to ring about comes first: who could not answer, then who holds a record; in each by the agency's name."""
    return row.why not in FAILED, FIRST.index(row.answer)


def _row(row: Consult, team: Team | None, initials: Mapping[str, str]) -> dict[str, object]:
    about = sentence(sorted({initials[one] for one in row.held_about if one in initials}))
    return {
        "agency": row.agency.name,
        "answer": row.answer,
        "words": ANSWERS[row.answer],
        "look": LOOK.get(row.answer, ""),
        "about": f"about {about}" if about else "",
        "why": WHY[row.why],
        "team": team,
    }


def log(rows: Iterable[Consult], opens: Mapping[UUID, list[str]]) -> list[dict[str, object]]:
    """An agency's own log: who asked, what for, and of which of its own records it told that they are held."""
    return [
        {
            "at": row.asked_at,
            "by": f"{row.asked_by.role_held.label}, {row.asked_by.agency.name}",
            "purpose": PURPOSES[row.purpose],
            "words": ANSWERS[row.answer],
            "why": WHY[row.why],
            "people": len(row.about),
            "cases": sorted({case for _, pk in row.found for case in opens.get(UUID(pk), [])}),
            "hidden": sum(not opens.get(UUID(pk)) for _, pk in row.found),
        }
        for row in rows
    ]
