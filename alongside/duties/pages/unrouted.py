"""Duties that reached nobody, for the partnership's administrator: which role is missing where. Nothing of any case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from alongside.agencies import queries as agencies
from alongside.agencies.codes import AGENCY_KINDS, TEAM_ROLES
from alongside.agencies.models import Area, Team
from alongside.design.jinja import sentence
from alongside.duties import queries, words
from alongside.duties.actions import Routed
from alongside.duties.hooks import Unfinished
from alongside.duties.models import Duty
from alongside.duties.pages.cites import cites_of
from alongside.duties.routing import role_wanted
from alongside.gate.viewing import Viewer
from alongside.procedures.queries import library, rules


@dataclass
class Gap:
    """A role that nobody holds in an area, with the duties that wait for it."""

    key: str
    role: str
    area: Area
    kind: str
    agency: str
    duties: list[Duty] = field(default_factory=list)

    @property
    def since(self) -> datetime:
        return min(duty.fired_at for duty in self.duties)

    @property
    def says(self) -> str:
        """The role in words."""
        return TEAM_ROLES.get(self.role, self.role)

    @property
    def of(self) -> str:
        """Which agency it must be, in words."""
        return self.agency or AGENCY_KINDS.get(self.kind, "")

    @property
    def pks(self) -> set[object]:
        return {duty.case_id for duty in self.duties}


def gaps(duties: Iterable[Duty]) -> dict[str, Gap]:
    """Duties by the role that is missing, the oldest first."""
    found: dict[str, Gap] = {}
    for duty in duties:
        rule = rules().get(duty.rule)
        if rule is None:
            continue
        role, kind = role_wanted(rule, library())
        key = "-".join(part for part in (role, duty.case.area_id, kind or "", duty.for_agency) if part)
        found.setdefault(key, Gap(key, role, duty.case.area, kind or "", duty.for_agency)).duties.append(duty)
    return found


def page(duties: Iterable[Duty]) -> dict[str, Any]:
    """The page: one block for each gap, its rules by gist and place."""
    found = gaps(duties)
    cites = cites_of({duty.rule for gap in found.values() for duty in gap.duties})
    names = agencies.agency_names(gap.agency for gap in found.values() if gap.agency)
    return {
        "gaps": [
            {
                "gap": gap,
                "of": names.get(gap.agency, gap.of),
                "acts": sorted({words.act(duty.act) for duty in gap.duties}),
                "cites": [cites[rule] for rule in dict.fromkeys(duty.rule for duty in gap.duties) if rule in cites],
            }
            for gap in found.values()
        ]
    }


def waiting(viewer: Viewer) -> list[Unfinished]:
    """For the Today of who routes them: that there are some, and where."""
    found = list(gaps(queries.unrouted()).values()) if viewer.user.may("see_unrouted") else []
    if not found:
        return []
    number = len({duty.pk for gap in found for duty in gap.duties})
    where = sentence(dict.fromkeys(gap.area.name for gap in found))
    text = "1 duty reached nobody" if number == 1 else f"{number} duties reached nobody"
    return [Unfinished(text, f"In {where}.", reverse("duties:unrouted"), "See who is missing")]


def moved(team: str, routed: Routed) -> str:
    """What came of giving a team a role: which duties it has, and which wait with who must send it the case first."""
    said = [f"{team} has the role from now on."]
    if routed.with_team:
        said.append(f"{_duties(routed.with_team)} with them.")
    if routed.with_sender:
        said.append(
            f"{_duties(routed.with_sender)} still with the team that holds the case, until it sends it to them."
        )
    return " ".join(said)


def _duties(number: int) -> str:
    return "1 duty is" if number == 1 else f"{number} duties are"


def teams(gap: Gap) -> list[Team]:
    """Teams that could take the role: of agencies that work in the area, and of the kind that owes it."""
    return agencies.teams_in(gap.area.pk, kind=gap.kind or None, agency=gap.agency or None)
