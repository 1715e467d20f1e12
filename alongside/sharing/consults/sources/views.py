"""Where agencies keep their records: the list, saying it of one, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible
from alongside.sharing.consults.agents import is_set_up
from alongside.sharing.consults.sources import actions, pages, queries
from alongside.sharing.consults.sources.forms import EndForm, SourceForm

ON_A_PAGE = 25


@page(may="declare_sources")
def sources(request: Request) -> HttpResponse:
    """Where agencies keep their records, and which team is rung about them."""
    found = pages.rows(request.user)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "sharing/sources.html",
        {
            "page": shown,
            "rows": list(shown),
            "unsaid": sum(not row.kept for row in found),
            "is_office": request.user.agency.kind == "partnership",
            "messages": messages.get_messages(request),
        },
    )


@page(may="declare_sources")
def source(request: Request, agency: str) -> HttpResponse:
    """Say where one agency keeps its records."""
    row = _row(request, agency)
    held, teams = queries.source_of(row.agency), queries.teams_of(row.agency)
    begin = {"seen": _seen(row), "kept": held.kept if held else "", "team": str(held.team_id or "") if held else ""}
    desk = queries.desks([row.agency]).get(row.agency.pk)
    form = SourceForm(request.POST or None, initial=begin, teams=teams, desk=desk)
    if form.is_bound and form.is_valid():
        told = {**form.cleaned_data, "team": next((t for t in teams if str(t.pk) == form.cleaned_data["team"]), None)}
        actions.declare_source(agency=row.agency, **told, by=request.user, at=request.at)
        messages.success(
            request, f"Kept, with your name: {row.agency.name}. It counts for whatever is asked from now on."
        )
        return redirect("sharing:sources")
    context = {"row": row, "form": form, "history": pages.history(row.agency), "has_agent": is_set_up(row.agency)}
    return render(request, "sharing/source.html", context, status=422 if form.is_bound else 200)


@page(may="declare_sources")
def end(request: Request, agency: str) -> HttpResponse:
    """Take back what is said of one agency's records."""
    row = _row(request, agency)
    if queries.source_of(row.agency) is None:
        raise NotVisible
    form = EndForm(request.POST or None, initial={"seen": _seen(row)})
    if form.is_bound and form.is_valid():
        actions.end_source(agency=row.agency, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, f"Taken back, with your name: {row.agency.name}. Nothing asks it from now on.")
        return redirect("sharing:sources")
    return render(request, "sharing/source_end.html", {"row": row, "form": form}, status=422 if form.is_bound else 200)


def _row(request: Request, code: str) -> pages.Row:
    """One of the agencies somebody may say it of; another answers as one that is not there."""
    found = next((row for row in pages.rows(request.user) if row.agency.code == code), None)
    if found is None:
        raise NotVisible
    return found


def _seen(row: pages.Row) -> str:
    return str(row.last.pk) if row.last else ""
