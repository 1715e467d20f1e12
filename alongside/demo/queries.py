"""What the demonstration asks of its own database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alongside.agencies.models import Agency, Membership, Team, TeamRole, User
from alongside.children.models import School
from alongside.demo.accounts import DOMAIN
from alongside.marac.models import Meeting
from alongside.staffing.models import JOIN, StaffChange


@dataclass(frozen=True)
class Desk:
    """Who puts records on file for an agency in an area."""

    agency: Agency
    team: Team
    person: User


def recording_desks() -> dict[tuple[str, str], Desk]:
    """By (agency code, area code): the front-line team of each agency and somebody who works in it."""
    people = {row.team_id: row.user for row in Membership.objects.select_related("user").order_by("-user__email")}
    rows = TeamRole.objects.filter(role="front-line").select_related("team__agency").order_by("position", "id")
    found: dict[tuple[str, str], Desk] = {}
    for row in rows:
        if row.team_id in people:
            found.setdefault((row.team.agency.code, row.area_id), Desk(row.team.agency, row.team, people[row.team_id]))
    return found


def has_partnership() -> bool:
    """Whether the invented partnership is there."""
    return User.objects.filter(email__endswith=f"@{DOMAIN}").exists()


def has_others() -> bool:
    """Whether anybody works here who was not invented for the demonstration."""
    joined = StaffChange.objects.filter(kind=JOIN, state="confirmed").values(
        "user"
    )  # by a visitor, in the demonstration itself
    return User.objects.exclude(email__endswith=f"@{DOMAIN}").exclude(role="service").exclude(pk__in=joined).exists()


def school(urn: str) -> School:
    """A school of the register; `School.DoesNotExist` when it is not there."""
    return School.objects.get(urn=urn)


def next_meeting(area: str, at: datetime) -> Meeting:
    """The next MARAC of an area; `Meeting.DoesNotExist` when none is planned."""
    return Meeting.objects.filter(area=area, held_on__gt=at).earliest("held_on")
