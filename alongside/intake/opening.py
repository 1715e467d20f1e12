"""Who records a case, who is in it, and what of a notification belongs to which of its cases."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, TypedDict

from alongside.agencies.models import Area, Team, User
from alongside.agencies.queries import first_team, team_for
from alongside.cases import actions as cases
from alongside.cases.models import Case, CaseMember
from alongside.clock import in_london
from alongside.intake import telling
from alongside.intake.story import CaseSaid, Story, area_code
from alongside.people.models import Person


def recording_team(by: User, area: Area, told_in: Area, at: datetime) -> Team | None:
    """The agency's front-line team where the case is, else where it was told, else the team the recorder works in."""
    for code in dict.fromkeys((area.code, told_in.code)):
        team = team_for("front-line", code, agency_id=by.agency_id)
        if team is not None:
            return team
    return first_team(by, in_london(at).date())


class Elsewhere(TypedDict):
    """Where it happened, and where the victim lives: areas of the partnership, or not told."""

    incident_area: Area | None
    victim_area: Area | None


def places(story: Story, areas: Mapping[str, Area]) -> Elsewhere:
    """The places of a case that its own area does not say."""
    lives = area_code(story.victim.area, areas) if story.victim else ""
    return {"incident_area": areas.get(story.incident_area), "victim_area": areas.get(lives)}


def add_members(
    *,
    case: Case,
    said: CaseSaid,
    by_ref: Mapping[str, Mapping[str, Any]],
    held: Mapping[str, Person],
    areas: Collection[str],
    by: User,
    at: datetime,
) -> None:
    """Put people into a case, each with what is known of them in it."""
    fields = {ref: telling.member_fields(by_ref[ref], areas) for ref, _ in said.parts}
    members = [CaseMember(case=case, person=held[ref], role=role, ref=ref, **fields[ref]) for ref, role in said.parts]
    cases.add_people(case=case, members=members, by=by, at=at)
