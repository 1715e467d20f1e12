"""Who works in the partnership, and what its administrator decides about who does what."""

from collections.abc import Mapping, Set
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db.models import Model, Q

from alongside.agencies import access, hooks
from alongside.agencies.access import Refused
from alongside.agencies.codes import TEAM_ROLES
from alongside.agencies.models import Agency, Area, Membership, RoutingDecision, Team, TeamRole, User
from alongside.agencies.register import PersonSaid, Register, TeamSaid
from alongside.audit.api import Actor, action, record
from alongside.clock import in_london

M = TypeVar("M", bound=Model)


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


@action("agencies.register_loaded")
def load_register(*, register: Register, by: Actor, at: datetime) -> list[User]:
    """Bring areas, agencies, teams and people to what a register says; who is new comes back, and cannot sign in yet.

    What the register does not name is left as it is; a role that a team of the register no longer does is taken from it. `Refused` for
    an agency that nobody has made sure of, once two administrators can sign in.
    """
    access.check_are_known([name for find in hooks.UNKNOWN_AGENCIES for name in find(register.agencies)])
    areas = {row.code: _kept(Area, {"code": row.code}, name=row.name, police=row.police) for row in register.areas}
    agencies = {row.code: _kept(Agency, {"code": row.code}, name=row.name, kind=row.kind) for row in register.agencies}
    for row in register.agencies:
        agencies[row.code].areas.set(areas[code] for code in row.areas)
    teams = {row.code: _team(row, agencies[row.agency], areas) for row in register.teams}
    new = [user for row in register.people if (user := _person(row, agencies[row.agency], teams, by, at))]
    for team in register.teams:
        teams[team.code].deputy = User.objects.filter(email__iexact=team.deputy).first() if team.deputy else None
        teams[team.code].save(update_fields=["deputy"])
    record(("agencies.register", ""), by=by, at=at, teams=len(teams), people=len(register.people), new=len(new))
    return new


@action("agencies.password_set")
def set_password(*, user: User, password: str, by: Actor, at: datetime) -> User:
    """Whoever runs the platform gives somebody a password to begin with; a passkey is set up with it. `Refused` once two administrators
    can sign in: from then on it takes the two of them."""
    access.check_nobody_else_can()
    validate_password(password, user)
    begin_signing_in(user=user, password=password, at=at)
    record(user, by=by, at=at)
    return user


def begin_signing_in(*, user: User, password: str | None, at: datetime) -> None:
    """Let somebody set up signing in with a password (None: through their directory), for some days; what they had before, and every
    session, is gone."""
    user.set_password(password)
    user.set_up_until_on = in_london(at).date() + timedelta(days=settings.ALONGSIDE_SET_UP_DAYS)
    user.sessions_ended += 1
    user.save()
    _forget(user)


def forget_factors(*, user: User) -> None:
    """Somebody has left: nothing they signed in with is kept."""
    _forget(user)
    user.set_unusable_password()
    user.set_up_until_on = None
    user.save(update_fields=["password", "set_up_until_on"])


def _forget(user: User) -> None:
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()


def bring_to_teams(*, user: User, teams: Set[UUID], at: datetime) -> None:
    """From today somebody works in these teams and in no other; what was before stays on record."""
    today = in_london(at).date()
    current = list(user.memberships.filter(Q(until_on__isnull=True) | Q(until_on__gte=today)))
    for membership in current:
        if membership.team_id not in teams:
            membership.until_on = max(today - timedelta(days=1), membership.from_on)
            membership.save(update_fields=["until_on"])
    for team in teams - {membership.team_id for membership in current}:
        Membership.objects.update_or_create(user=user, team_id=team, from_on=today, defaults={"until_on": None})


def _kept(model: type[M], key: Mapping[str, Any], **fields: object) -> M:
    """The row of a key, made or brought to these fields."""
    row, _ = model._default_manager.update_or_create(**key, defaults=fields)
    return row


def _team(said: TeamSaid, agency: Agency, areas: Mapping[str, Area]) -> Team:
    numbers = {"phone": said.phone, "out_of_hours_phone": said.out_of_hours_phone, "email": said.email}
    team = _kept(Team, {"code": said.code}, agency=agency, name=said.name, **numbers)
    wanted = {(role, code) for role, where in said.does for code in where}
    held = {(row.role, row.area_id): row for row in team.roles.all()}
    for pair in held.keys() - wanted:
        held[pair].delete()
    TeamRole.objects.bulk_create(
        TeamRole(team=team, role=role, area=areas[code]) for role, code in sorted(wanted - held.keys())
    )
    return team


def _person(said: PersonSaid, agency: Agency, teams: Mapping[str, Team], by: Actor, at: datetime) -> User | None:
    """The person brought to what is said; given back when new."""
    user = User.objects.filter(email__iexact=said.email).first()
    is_new = user is None
    user = user or User(email=said.email, password=make_password(None))
    has_moved = not is_new and user.agency_id != agency.pk
    user.sessions_ended += user.is_active and not said.works
    user.name, user.agency, user.role, user.is_active = said.name, agency, said.role, said.works
    user.save()
    for listener in hooks.MOVED if has_moved else ():
        listener(user=user, by=by, at=at)
    bring_to_teams(user=user, teams={teams[code].pk for code in said.teams} if said.works else set(), at=at)
    return user if is_new else None
