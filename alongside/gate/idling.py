"""The idle lock: after some minutes without anything done, whoever is at the screen shows once more who they are.

What was typed is not lost. A page that was opened is asked for again; a form that was sent comes along in the question, sealed: the page
of the question holds nothing that somebody else at the screen could read, and the session holds nothing at all. Typing counts as doing:
the script of a page says so (`gate.still`), and covers the page by itself when the time is over.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any

from allauth.core import ratelimit
from allauth.mfa.webauthn.internal.auth import begin_authentication
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from alongside.design import errors
from alongside.gate import stepping
from alongside.gate.passkey_forms import Confirm as ByPasskey
from alongside.sealed import keys

PREFIX, CARRIED = "idle", "idle-carried"
ACTED_ON = "acted_on"


def limit() -> timedelta:
    """How long somebody may do nothing."""
    return timedelta(minutes=settings.ALONGSIDE_IDLE_MINUTES)


def acted_on(request: HttpRequest) -> datetime:
    """When whoever is signed in last did something; a session that has not said so yet begins now."""
    said = request.session.get(ACTED_ON)
    return datetime.fromisoformat(said) if said else request.at  # type: ignore[attr-defined]


def is_locked(request: HttpRequest) -> bool:
    """Whether the time is over. A clock set back locks nothing and opens nothing."""
    return request.at - acted_on(request) >= limit()  # type: ignore[attr-defined]


def act(request: HttpRequest, ago: timedelta = timedelta()) -> None:
    """Somebody did something, just now or a moment ago; never earlier than was known already."""
    last, said = acted_on(request), request.at - ago  # type: ignore[attr-defined]
    if said >= last or ACTED_ON not in request.session:
        request.session[ACTED_ON] = max(said, last).isoformat()


def ask(request: HttpRequest) -> HttpResponse | None:
    """The question, or None to go on: `request.POST` is then the form as it was first sent."""
    if not is_locked(request):
        act(request)
        return None
    given = stepping.is_given(request, PREFIX)
    form = stepping.strongest_way(request, PREFIX, given=given)
    if form is None:
        return errors.signed_out(request)
    if given and not ratelimit.consume(request, action="reauthenticate", user=request.user):
        return errors.too_often(request)
    if given and form.is_valid():
        return _unlock(request, form)
    return _question(request, form, given)


def _unlock(request: HttpRequest, form: Any) -> HttpResponse | None:
    carried = _opened(request, str(request.POST.get(CARRIED, "")))
    stepping.prove(request, form, PREFIX)
    request.session[ACTED_ON] = request.at.isoformat()  # type: ignore[attr-defined]
    if carried is None:
        return redirect(request.get_full_path())
    request.POST = carried  # type: ignore[assignment]
    return None


def _question(request: HttpRequest, form: Any, given: bool) -> HttpResponse:
    """The page that asks. What was sent stands in it sealed, once; a second try hands the same value on."""
    is_sent = request.method not in {"GET", "HEAD"}
    carried = str(request.POST.get(CARRIED, "")) if given else _sealed(request) if is_sent else ""
    context = {
        "form": form,
        "carried": carried,
        "minutes": settings.ALONGSIDE_IDLE_MINUTES,
        "has_file": bool(request.FILES),
        "options": begin_authentication(request.user) if isinstance(form, ByPasskey) else None,
    }
    # The frame of the page names nobody, leads nowhere, and says nothing of what is open.
    request.layout = errors.NOBODY | {"demo": settings.ALONGSIDE_DEMO}  # type: ignore[attr-defined]
    return render(request, "gate/idle.html", context, status=403)


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(keys.derived(settings.ALONGSIDE_SEALING_KEY, "a form kept through the idle lock")))


def _bound(request: HttpRequest) -> list[str]:
    """Whose form it is, and where it goes: opened for nobody and nothing else."""
    return [str(request.user.pk), request.get_full_path()]


def _sealed(request: HttpRequest) -> str:
    """The form that was sent, as one value that tells nothing."""
    left = request.POST.copy()
    left.pop("csrfmiddlewaretoken", None)
    return _cipher().encrypt(json.dumps([*_bound(request), left.urlencode()]).encode()).decode()


def _opened(request: HttpRequest, value: str) -> QueryDict | None:
    """The form again; None where none came along, or it is not this person's for this page."""
    longest = int(settings.SESSION_ABSOLUTE_AGE.total_seconds())
    try:
        *whose, typed = json.loads(_cipher().decrypt(value.encode(), ttl=longest))
    except (InvalidToken, ValueError):
        return None
    return QueryDict(typed, mutable=False) if whose == _bound(request) else None
