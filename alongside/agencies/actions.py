"""What the partnership's administrator decides about who does what."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.codes import TEAM_ROLES
from alongside.agencies.models import Agency, Area, RoutingDecision, Team, TeamRole, User
from alongside.audit.api import Actor, action, record


@action("agencies.role_routed")
def route_role(*, role: str, area: Area, team: Team, reason: str, by: User, at: datetime) -> RoutingDecision:
    """Give a team a role in an area, behind those who hold it already; the decision is kept with its reason."""
    access.check_may(by, "see_unrouted")
    if role not in TEAM_ROLES:
        raise Refused("There is no such role. Nothing was changed.")
    if not reason.strip():
        raise Refused("Say in a sentence why this team. Nothing was changed.")
    if not team.agency.areas.filter(pk=area.pk).exists():
        raise Refused(f"{team.agency} does not work in {area}. Nothing was changed.")
    last = (
        TeamRole.objects.filter(role=role, area=area).order_by("-position").values_list("position", flat=True).first()
    )
    TeamRole.objects.get_or_create(
        role=role, area=area, team=team, defaults={"position": 0 if last is None else last + 1}
    )
    row = RoutingDecision.objects.create(role=role, area=area, team=team, reason=reason, decided_at=at, decided_by=by)
    record(row, by=by, at=at, role=role, area=area.code, team=team.code)
    return row


@action("agencies.service_user_named")
def service_user(*, agency: Agency, by: Actor, at: datetime) -> User:
    """The connected system of an agency, made the first time: it can notify, and never signs in."""
    user, _ = User.objects.get_or_create(
        email=f"connected-system@{agency.code}.invalid",
        defaults={
            "name": f"Connected system of {agency.name}",
            "agency": agency,
            "role": "service",
            "password": make_password(None),
        },
    )
    record(user, by=by, at=at, agency=agency.code)
    return user
