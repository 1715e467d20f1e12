"""What follows when somebody sets up, uses or removes a passkey or an app: the session is proven, under a new name, and it is audited."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from alongside.agencies.models import User
from alongside.staffing import actions


def added(*, request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    """allauth tells of an app only once all is committed, when the session is written already: its page calls `keep` itself."""
    if authenticator.type != "totp":
        keep(request, user, authenticator)


def keep(request: HttpRequest, user: User, authenticator: Any) -> None:
    """The device has just shown that it knows its owner: this session is proven by it, and by nothing else it was before."""
    actions.add_factor(user=user, kind=authenticator.type, by=user, at=request.at)  # type: ignore[attr-defined]
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    _rename(request, user)


def removed(*, request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    actions.remove_factor(user=user, kind=authenticator.type, by=user, at=request.at)  # type: ignore[attr-defined]


def used(*, request: HttpRequest, user: User, reauthenticated: bool, **_: Any) -> None:
    """Signing in gives a session its own new name; one that is proven only later gets it here."""
    if reauthenticated:
        _rename(request, user)


def _rename(request: HttpRequest, user: User) -> None:
    """Whoever knew the session by its old name is out of it."""
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)
