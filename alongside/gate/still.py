"""Whether a browser is still signed in and not locked, asked by the script of a page before it sends what somebody typed, and when it
says that somebody is at work; and the page on which somebody shows in another window that it is still them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.design.idle import mark
from alongside.gate import idling
from alongside.gate.routes import Request, page

# How many seconds ago a key or the mouse was last used: a header that no page of another site can send.
ACTIVE = "X-Active"


@login_not_required
@require_safe
def still(request: HttpRequest) -> JsonResponse:
    """401 signed out, 423 locked, else 200; with the token a form must carry now, whose session it is, and the seconds left until the lock."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    is_locked = idling.is_locked(request)
    ago = request.headers.get(ACTIVE, "")
    if ago.isdecimal() and len(ago) < 6 and not is_locked:
        idling.act(request, timedelta(seconds=int(ago)))
    left = idling.acted_on(request) + idling.limit() - request.at  # type: ignore[attr-defined]
    answer = {"token": get_token(request), "who": mark(request.user), "left": max(0, int(left.total_seconds()))}
    return JsonResponse(answer, status=423 if is_locked else 200)


@page(may=None)
def unlocked(request: Request) -> HttpResponse:
    """Reached once it is known who is there: the lock stands before every page, this one too."""
    return render(request, "gate/unlocked.html")
