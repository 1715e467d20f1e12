"""Asking again, and an agency's own log of what it was asked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.audit.api import record_read
from alongside.cases.queries import all_cases
from alongside.gate.routes import Request, page
from alongside.gate.viewing import load
from alongside.gate.wall import read_page
from alongside.people.queries import cases_of
from alongside.sharing.consults import actions, pages, queries

ON_A_PAGE = 25


@require_POST
@page(may="search_people")
def ask_again(request: Request, reference: str) -> HttpResponse:
    """Ask every agency once more about the people of a case."""
    case = load(all_cases(), request.viewer, what="sharing.consult_again", reference=reference)
    answered = actions.consult_again(case=case, by=request.user, at=request.at)
    said = "Every source that can be asked has answered." if answered.is_whole else "Not every source has answered yet."
    messages.success(request, f"Asked again. {said}")
    return redirect("cases:tab", reference, "sharing")


@page(may="see_holders")
def asked(request: Request) -> HttpResponse:
    """What this agency was asked: by whom, what for, and what was answered."""
    shown = read_page(queries.asked_of(request.viewer), ON_A_PAGE, request.GET.get("page"))
    record_read(list(shown), by=request.user, at=request.at, what="sharing.consult_log")
    records = {UUID(pk) for row in shown for _, pk in row.found}
    rows = pages.log(shown, cases_of(records, request.viewer))
    return render(request, "sharing/asked.html", {"page": shown, "rows": rows, "agency": request.user.agency})
