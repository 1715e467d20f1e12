"""Reads of who works here, for those who look after it; and of one's own sessions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q, QuerySet

from alongside.agencies.models import Agency, Team, User
from alongside.agencies.roles import ROLES
from alongside.staffing import access
from alongside.staffing.models import StaffChange

MANAGERS = [code for code, role in ROLES.items() if "manage_staff" in role.permissions]


def agencies_of(by: User) -> list[Agency]:
    """The agencies whose people somebody looks after, by name."""
    rows = Agency.objects.all()
    return list(rows if by.role == "partnership-administrator" else rows.filter(pk=by.agency_id))


def people(agency: Agency) -> QuerySet[User]:
    """The people of an agency by name; connected systems are none."""
    return User.objects.filter(agency=agency).exclude(role="service").order_by("name", "pk")


def member(by: User, user_id: UUID) -> User | None:
    """Somebody whom one looks after, or None."""
    return User.objects.filter(pk=user_id, agency__in=agencies_of(by)).exclude(role="service").first()


def by_address(typed: str) -> User | None:
    """Whose account signs in with what was typed, open or closed."""
    return User.objects.filter(email__iexact=typed.strip()).first()


def waiting(by: User) -> list[StaffChange]:
    """What waits for a second person, oldest first."""
    return list(_changes(by).filter(state="proposed").order_by("proposed_at", "pk"))


def change(by: User, change_id: UUID) -> StaffChange | None:
    """A change that one may see, or None."""
    return _changes(by).filter(pk=change_id).first()


def _changes(by: User) -> QuerySet[StaffChange]:
    rows = StaffChange.objects.filter(agency__in=agencies_of(by))
    return rows.select_related("agency", "team", "user__agency", "proposed_by__agency", "decided_by__agency")


def seconds(change: StaffChange) -> list[User]:
    """Who could decide a change."""
    rows = User.objects.filter(role__in=MANAGERS, is_active=True)
    rows = rows.filter(Q(role="partnership-administrator") | Q(agency=change.agency))
    return [one for one in rows if access.may_decide(one, change)]


def teams(agency: Agency) -> list[Team]:
    """The teams somebody new may work in, by name."""
    return list(Team.objects.filter(agency=agency))


def has_directory(agency: Agency) -> bool:
    """Whether an agency signs its staff in through a directory of its own."""
    providers: Any = settings.SOCIALACCOUNT_PROVIDERS
    return any(app["provider_id"] == agency.code for app in providers["openid_connect"]["APPS"])


def factors(user: User) -> set[str]:
    """Kinds of what somebody has set up beside a password."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def app_of(user: User) -> Authenticator:
    """The authenticator app somebody has just set up."""
    return Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)


def sessions(user: User) -> list[UserSession]:
    """Where somebody is signed in now, the latest first; what has ended is forgotten on the way."""
    held: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(held, key=lambda one: one.created_at, reverse=True)
