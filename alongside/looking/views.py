"""Unusual looks, and who looked at one person's record."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.agencies.queries import agency_names
from alongside.audit.api import record_read
from alongside.gate.routes import Request, page
from alongside.gate.viewing import load
from alongside.looking import access, actions, pages, records
from alongside.looking.forms import AnswerForm, NarrowForm
from alongside.looking.queries import raised, reading
from alongside.looking.states import RAISED
from alongside.looking.watching import ACTOR
from alongside.people.models import Person
from alongside.people.queries import people
from alongside.sharing.needing import pages as needs
from alongside.sharing.needing import queries as needing

ON_A_PAGE, RECORDS_ON_A_PAGE = 25, 200
MOST_AT_ONCE = 3_000  # events somebody waits for; the rest is the worker's


@page(may="see_looking")
def unusual(request: Request) -> HttpResponse:
    """What waits for an answer, or what was answered."""
    is_done = request.GET.get("show") == "answered"
    rows = raised.raised_for(request.viewer)
    chosen = rows.exclude(state__in=pages.OPEN) if is_done else rows.filter(state__in=pages.OPEN)
    shown = Paginator(chosen.order_by("-last_on", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    record_read(list(shown), by=request.user, at=request.at, what="looking.raised")
    context = {
        "page": shown,
        "rows": pages.rows(shown, request.viewer),
        "is_done": is_done,
        "query": "show=answered" if is_done else "",
        "waiting": rows.filter(state__in=pages.OPEN).count(),
        "rules": pages.rules(),
        "messages": messages.get_messages(request),
    }
    return render(request, "looking/raised.html", context)


@page(may="see_looking")
def reasons(request: Request) -> HttpResponse:
    """Why colleagues needed cases of other teams, as they said it."""
    shown = Paginator(needing.said_to(request.viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    record_read(list(shown), by=request.user, at=request.at, what="looking.reasons")
    context = {
        "page": shown,
        "rows": needs.lines(shown),
        "waiting": raised.raised_for(request.viewer).filter(state__in=pages.OPEN).count(),
    }
    return render(request, "looking/reasons.html", context)


@page(may="see_looking")
def one(request: Request, pk: UUID) -> HttpResponse:
    """One unusual look, every time it happened, and what the lead says of it."""
    row = raised.load(request.viewer, pk)
    record_read(row, by=request.user, at=request.at, what="looking.one")
    allowed = RAISED.allowed(row.state)
    form = AnswerForm(request.POST or None, allowed=allowed)
    if form.is_bound and form.is_valid():
        actions.answer(row=row, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "Kept, with your name. The member of staff is not told.")
        return redirect("looking:raised")
    context = {
        "row": pages.rows([row], request.viewer)[0],
        "looks": pages.looks(raised.looks_of(row)),
        "answers": pages.answers(row),
        "form": form if allowed else None,
    }
    return render(request, "looking/one.html", context, status=422 if form.is_bound else 200)


@page(may="see_looking")
def person(request: Request, pk: UUID) -> HttpResponse:
    """Who looked at a person's record, what at, and on what ground."""
    row, roles = _person(request, pk, "looking.person")
    cases = list(roles)
    is_protected = reading.is_anybody_protected(row, cases)
    own = request.user.agency
    codes = [own.code] if is_protected else reading.agencies_in(row, cases)
    names = agency_names(codes)
    form = NarrowForm(request.GET or None, agencies=names.items())
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = reading.looks_at(row, cases, **asked)
    shown = Paginator(found, RECORDS_ON_A_PAGE).get_page(request.GET.get("page"))
    kept = {key: value for key, value in request.GET.items() if key != "page"}
    context = {
        "person": row,
        "form": form,
        "page": shown,
        "query": urlencode(kept),
        "rows": records.lines(shown, request.user, names, is_protected=is_protected),
        "is_protected": is_protected,
        "cases": len(cases),
        "is_cut": len(found) >= reading.MOST,
        "is_behind": bool(reading.chains_behind()),
        "may_hand_over": access.may_hand_over(_flat(roles)),
    }
    return render(request, "looking/person.html", context, status=422 if form.errors else 200)


@page(may="see_looking")
def sheet(request: Request, pk: UUID) -> HttpResponse:
    """What may be handed to the person themselves."""
    row, roles = _person(request, pk, "looking.sheet")
    access.check_may_hand_over(_flat(roles))
    found = reading.looks_at(row, list(roles), agency=request.user.agency.code)
    context = {"person": row, "rows": records.sheet(found, request.user), "agency": request.user.agency}
    return render(request, "looking/sheet.html", context)


def _person(request: Request, pk: UUID, what: str) -> tuple[Person, dict[UUID, set[str]]]:
    """The person through the gate, the reading recorded, what they are in each case; and the chains copied up to this moment."""
    row = load(people(), request.viewer, what=what, pk=pk)
    actions.follow(by=ACTOR, at=request.at, most=MOST_AT_ONCE)
    return row, reading.roles_of(row, request.viewer)


def _flat(roles: dict[UUID, set[str]]) -> set[str]:
    return {role for held in roles.values() for role in held}
