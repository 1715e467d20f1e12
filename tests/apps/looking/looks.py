"""Looks as pages leave them, for the tests of looking."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from alongside.agencies.models import Agency, Membership, Team, User
from alongside.audit.api import record_read, unit_of_work
from alongside.looking import actions
from alongside.looking.watching import ACTOR
from tests.apps.partnership import NOW, PASSWORD, Partnership


def looked(by: User, *subjects: Any, what: str = "cases.now", at: datetime = NOW) -> None:
    """Somebody was shown something, as a page records it."""
    with unit_of_work():
        record_read(list(subjects), by=by, at=at, what=what)


def person_id() -> tuple[str, str]:
    """A record of nobody in particular."""
    return ("people.person", str(uuid4()))


def follow(at: datetime = NOW) -> int:
    """What the worker does in a round."""
    return actions.follow(by=ACTOR, at=at)


def member(there: Partnership, name: str, role: str, agency: str, desk: str = "") -> User:
    """One more member of staff; with a desk of no team there is, in a new one."""
    user = User.objects.create_user(
        f"{name.split()[-1].lower()}-{uuid4().hex[:6]}@alongside.example",
        PASSWORD,
        name=name,
        agency=there.agencies[agency],
        role=role,
    )
    team = there.teams.get(desk) or new_team(there.agencies[agency])
    Membership.objects.create(user=user, team=team, from_on=NOW.date())
    return user


def new_team(agency: Agency) -> Team:
    """A team that has no case."""
    code = uuid4().hex[:8]
    return Team.objects.create(agency=agency, code=code, name=f"Team {code}")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


NOBODY = UUID(int=0)
