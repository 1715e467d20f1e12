"""Writes to the partnership's table of who does what where."""

from datetime import datetime

from alongside.agencies import access
from alongside.agencies.models import Area, RoutingDecision, Team, TeamRole, User
from alongside.audit.api import action, record


@action("agencies.role_routed")
def route_role(*, role: str, area: Area, team: Team, reason: str, by: User, at: datetime) -> RoutingDecision:
    """Say which team has a role in an area from now on; it is asked first."""
    access.check_may(by, "see_unrouted")
    TeamRole.objects.filter(role=role, area=area).exclude(team=team).update(position=10)
    TeamRole.objects.update_or_create(team=team, role=role, area=area, defaults={"position": 0})
    decision = RoutingDecision.objects.create(role=role, area=area, team=team, reason=reason, decided_at=at, decided_by=by)
    record(decision, by=by, at=at, role=role, area=area.code, team=team.code)
    return decision
