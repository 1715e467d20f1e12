"""Every proof that was shown and every one that did not fit is on record: by whom, how, and nothing of what was typed."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_client_username
from django.http import HttpRequest

from alongside.agencies.models import User
from alongside.staffing import actions, queries


def proved(*, request: HttpRequest, user: User, method: str, **more: Any) -> None:
    """A password, a passkey, a code or the word of an agency's directory was shown."""
    actions.sign_in(user=user, how=str(more.get("type") or method), by=user, at=request.at)  # type: ignore[attr-defined]


def left(*, request: HttpRequest, user: User | None, **_: Any) -> None:
    """Somebody signed out, or a session was ended for its age."""
    at = getattr(request, "at", None)  # none where no request of ours ends it
    if user is not None and at is not None:
        actions.sign_out(user=user, by=user, at=at)


def password_refused(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """A password that did not fit, for an account or for a name that is none: the same work either way."""
    if request is not None:
        _refused(request, queries.by_address(get_client_username(request, credentials) or ""), "password")


def factor_refused(*, request: HttpRequest, user: User | None, authenticator: Any, **_: Any) -> None:
    """A passkey or a code that did not fit."""
    _refused(request, user, authenticator.type if authenticator else "webauthn")


def locked(*, request: HttpRequest, username: str, **_: Any) -> None:
    """So many tries that the account waits."""
    user = queries.by_address(username)
    actions.lock_out(user=user, by=actions.signing_in(user), at=request.at)  # type: ignore[attr-defined]


def _refused(request: HttpRequest, user: User | None, how: str) -> None:
    actions.refuse_sign_in(user=user, how=how, by=actions.signing_in(user), at=request.at)  # type: ignore[attr-defined]
