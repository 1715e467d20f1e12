"""What a session was proven by, and how long ago: a passkey, a code of an authenticator app, a password.

allauth keeps each proof in the session, on the server. A session counts for its own proofs, never for what its owner could show
elsewhere: one that began with a password somebody learned stays that, though the owner sets up a passkey meanwhile.
"""

from __future__ import annotations

from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from alongside.agencies.access import may_use_app
from alongside.clock import in_london

PASSKEY, APP, PASSWORD = "webauthn", "totp", "password"


def kinds(request: HttpRequest) -> set[str]:
    """What this session was proven by so far."""
    return {_kind(one) for one in get_authentication_records(request, request.user)}


def held(request: HttpRequest) -> set[str]:
    """The factors somebody has set up, beside a password."""
    return {kind for kind in (PASSKEY, APP) if is_mfa_enabled(request.user, [kind])}


def may_set_up(request: HttpRequest) -> bool:
    """Whether today still lies in the days of setting up: a first factor can be added, and the app stands in for a passkey."""
    return may_use_app(request.user, in_london(request.at).date())  # type: ignore[arg-type, attr-defined]


def counting(request: HttpRequest) -> set[str]:
    """The kinds of proof that open anything for somebody today."""
    if settings.ALONGSIDE_DEMO:
        return {PASSKEY, APP, PASSWORD}
    return {PASSKEY, APP} if may_set_up(request) else {PASSKEY}


def is_proven(request: HttpRequest) -> bool:
    """Whether a factor that counts was shown in this session."""
    return not kinds(request).isdisjoint(counting(request))


def is_fresh(request: HttpRequest) -> bool:
    """Whether that was within the time of a step-up. A clock set back makes nothing fresh."""
    now, longest = request.at.timestamp(), app_settings.REAUTHENTICATION_TIMEOUT  # type: ignore[attr-defined]
    good = counting(request)
    records = get_authentication_records(request, request.user)
    return any(_kind(one) in good and 0 <= now - one["at"] < longest for one in records)


def _kind(record: dict[str, Any]) -> str:
    """allauth says `mfa` of every factor, and which in `type`."""
    return str(record.get("type") if record["method"] == "mfa" else record["method"])
