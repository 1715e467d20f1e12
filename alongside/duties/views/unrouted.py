"""Duties that reached nobody, and giving their role to a team."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.audit.api import record_read
from alongside.duties import actions, queries
from alongside.duties.forms import RouteForm
from alongside.duties.pages import unrouted as pages
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible


@page(may="see_unrouted")
def unrouted(request: Request) -> HttpResponse:
    """Which role nobody holds where, and what waits for it."""
    duties = queries.unrouted()
    record_read(duties, by=request.user, at=request.at, what="duties.unrouted")
    return render(request, "duties/unrouted.html", pages.page(duties) | {"messages": messages.get_messages(request)})


@page(may="see_unrouted")
def route(request: Request, key: str) -> HttpResponse:
    """Choose a team; the waiting cases are reviewed at once, so that their duties move to it."""
    gap = pages.gaps(queries.unrouted()).get(key)
    if gap is None:
        raise NotVisible
    teams = {str(team.pk): team for team in pages.teams(gap)}
    form = RouteForm(
        request.POST or None, teams=[(pk, f"{team.agency.name}, {team.name}") for pk, team in teams.items()]
    )
    if form.is_valid():
        team = teams[form.cleaned_data["team"]]
        moved = actions.route_duties(
            role=gap.role,
            area=gap.area,
            team=team,
            case_ids=gap.pks,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=request.at,
        )
        messages.success(request, pages.moved(f"{team.agency.name}, {team.name}", moved))
        return redirect("duties:unrouted")
    return render(
        request, "duties/route.html", {"gap": gap, "form": form, "teams": teams}, status=422 if form.is_bound else 200
    )
