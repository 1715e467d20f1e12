"""Step-up: before an act of weight whoever is signed in shows once more that it is them.

A page that is opened goes by the page that asks, and back. A form that is sent is answered with the question itself, and carries along
what was typed: it is kept in the browser's page alone, and nothing of it in the session.
"""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ReauthenticateForm as ByPassword
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import ratelimit
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.base.forms import ReauthenticateForm as ByCode
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.design import errors
from alongside.gate import proof
from alongside.gate.passkey_forms import Confirm as ByPasskey

PREFIX = "step-up"


def ask(request: HttpRequest) -> HttpResponse | None:
    """The page that asks who is there; None once it is known, with `request.POST` as the form was first sent."""
    if proof.is_fresh(request):
        return None
    given = is_given(request, PREFIX)
    form = strongest_way(request, PREFIX, given=given)
    if form is None or request.FILES:
        return _not_here(request)
    if request.method in {"GET", "HEAD"}:
        raise ReauthenticationRequired
    if given and not ratelimit.consume(request, action="reauthenticate", user=request.user):
        return errors.too_often(request)
    if given and form.is_valid():
        prove(request, form, PREFIX)
        return None
    return _question(request, form)


def is_given(request: HttpRequest, prefix: str) -> bool:
    """Whether the form that was sent answers the question."""
    return any(name.startswith(f"{prefix}-") for name in request.POST)


def strongest_way(request: HttpRequest, prefix: str, *, given: bool) -> Any:
    """The form of the strongest way this person has to show who they are; None where they have none that counts."""
    said = {"user": request.user, "data": request.POST if given else None, "prefix": prefix}
    held, good = proof.held(request), proof.counting(request)
    if proof.PASSKEY in held:
        return ByPasskey(**said)
    if proof.APP in held & good:
        return ByCode(**said)
    return ByPassword(**said) if proof.PASSWORD in good else None


def prove(request: HttpRequest, form: Any, prefix: str) -> None:
    """The proof goes on record in the session; the view is given the form without it."""
    if isinstance(form, ByPassword):
        reauthenticate_by_password(request)
    else:
        form.save()
    left = request.POST.copy()
    for name in [name for name in left if name.startswith(f"{prefix}-")]:
        del left[name]
    request.POST = left  # type: ignore[assignment]


def _question(request: HttpRequest, form: Any) -> HttpResponse:
    own = (f"{PREFIX}-", "csrfmiddlewaretoken")
    carried = [(name, one) for name, all_of in request.POST.lists() if not name.startswith(own) for one in all_of]
    options = begin_authentication(request.user) if isinstance(form, ByPasskey) else None
    return render(request, "gate/step_up.html", {"form": form, "carried": carried, "options": options}, status=403)


def _not_here(request: HttpRequest) -> HttpResponse:
    return errors.page(
        request,
        403,
        title="Confirm that it is you first",
        happened="This asks for a fresh proof of who you are, and what was sent cannot wait for it: a file, or an account that has none yet.",
        safe="Nothing was sent or changed.",
        todo="Open the page again, confirm that it is you, then send it once more.",
        typed=errors.typed_words(request),
    )
