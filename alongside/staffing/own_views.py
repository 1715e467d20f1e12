"""Where one is signed in, and ending that."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible
from alongside.staffing import actions, pages, queries
from alongside.staffing.forms import EndForm


@page(may=None)
def sessions(request: Request) -> HttpResponse:
    """Every place where one is signed in now."""
    held = pages.sessions(request.user, request.session.session_key)
    context = {"sessions": held, "others": any(not one.is_this for one in held)}
    return render(request, "staffing/sessions.html", context | {"messages": messages.get_messages(request)})


@require_POST
@page(may=None)
def end(request: Request) -> HttpResponse:
    """End one session, or all but this one. What is not one's own is not there."""
    form = EndForm(request.POST)
    which = form.cleaned_data["which"] if form.is_valid() else ""
    held = [one for one in queries.sessions(request.user) if one.session_key != request.session.session_key]
    chosen = held if which == "others" else [one for one in held if str(one.pk) == which]
    if not chosen and which != "others":
        raise NotVisible
    for one in chosen:
        actions.end_session(session=one, by=request.user, at=request.at)
    messages.success(request, "Signed out there." if len(chosen) == 1 else "Signed out everywhere else.")
    return redirect("staffing:sessions")
