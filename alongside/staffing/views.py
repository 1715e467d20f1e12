"""People who work here: the list, somebody new, somebody who leaves, somebody set up anew, and a second person's word."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.agencies.models import Agency, User
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible
from alongside.staffing import access, actions, pages, queries
from alongside.staffing.forms import DecideForm, JoinForm, ReasonForm
from alongside.staffing.models import JOIN, StaffChange

ON_A_PAGE = 50


@page(may="manage_staff")
def people(request: Request) -> HttpResponse:
    """Who works in an agency, and what waits for a second person."""
    agencies = queries.agencies_of(request.user)
    chosen = _agency(request, request.GET.get("agency") or request.user.agency.code)
    shown = Paginator(queries.people(chosen), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "staffing/people.html",
        {
            "agencies": agencies,
            "chosen": chosen,
            "page": shown,
            "rows": pages.rows(list(shown), request.user),
            "waiting": pages.waiting(request.user),
            "messages": messages.get_messages(request),
        },
    )


@page(may="manage_staff")
def join(request: Request, agency: str) -> HttpResponse:
    """Say that somebody starts to work in an agency."""
    chosen = _agency(request, agency)
    teams = queries.teams(chosen)
    all_roles = request.user.role == "partnership-administrator"
    directory = queries.has_directory(chosen)
    form = JoinForm(request.POST or None, teams=teams, all_roles=all_roles, has_directory=directory)
    if form.is_bound and form.is_valid():
        told = {**form.cleaned_data, "team": next(one for one in teams if str(one.pk) == form.cleaned_data["team"])}
        actions.propose_join(**told, by=request.user, at=request.at)
        messages.success(request, "Kept. Another administrator confirms it; until then they cannot sign in.")
        return redirect("staffing:people")
    context = {"form": form, "chosen": chosen, "has_teams": bool(teams)}
    return render(request, "staffing/join.html", context, status=422 if form.is_bound else 200)


@page(may="manage_staff")
def leave(request: Request, member: UUID) -> HttpResponse:
    """Say that somebody has left: their access ends at once."""
    user = _member(request, member)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.propose_leave(user=user, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, f"{user.name} is signed out everywhere. Another administrator confirms it.")
        return redirect("staffing:people")
    return _ask(request, user, form, "leave")


@page(may="manage_staff")
def reset(request: Request, member: UUID) -> HttpResponse:
    """Say that somebody has to set up signing in anew: their access ends until another person opens it."""
    user = _member(request, member)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.propose_reset(user=user, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, f"{user.name} is signed out everywhere. Another administrator opens it again.")
        return redirect("staffing:people")
    return _ask(request, user, form, "reset")


@page(may="manage_staff", step_up=True)
def decide(request: Request, change: UUID) -> HttpResponse:
    """A second person's word. The words somebody begins with stand in this one answer and nowhere else."""
    held = _change(request, change)
    confirm, refuse = pages.ANSWERS[held.kind]
    form = DecideForm(request.POST or None, confirm=confirm, refuse=refuse)
    if form.is_bound and form.is_valid():
        why = form.cleaned_data["why"]
        if form.cleaned_data["decision"] == "confirm":
            words = actions.confirm(change=held, why=why, by=request.user, at=request.at)
            return render(request, "staffing/confirmed.html", {"change": held, "words": words})
        actions.refuse(change=held, why=why, by=request.user, at=request.at)
        messages.success(request, f"Kept, with your name: {held.whose}.")
        return redirect("staffing:people")
    context = {
        "change": held,
        "facts": pages.facts(held),
        "says": pages.says(held),
        "form": form if access.may_decide(request.user, held) and held.state == "proposed" else None,
        "decided": pages.who(held.decided_by),
        "can_take_back": held.kind == JOIN and held.state == "proposed" and held.proposed_by_id == request.user.pk,
    }
    return render(request, "staffing/decide.html", context, status=422 if form.is_bound else 200)


@page(may="manage_staff")
def take_back(request: Request, change: UUID) -> HttpResponse:
    """Who proposed somebody new takes it back."""
    held = _change(request, change)
    if request.method != "POST":
        return redirect("staffing:decide", held.pk)
    actions.take_back(change=held, by=request.user, at=request.at)
    messages.success(request, f"Taken back: {held.whose}.")
    return redirect("staffing:people")


def _ask(request: Request, user: User, form: ReasonForm, what: str) -> HttpResponse:
    access.check_about(request.user, user)
    context = {"member": user, "form": form, "what": what}
    return render(request, "staffing/ask.html", context, status=422 if form.is_bound else 200)


def _agency(request: Request, code: str) -> Agency:
    """One of the agencies whose people one looks after; another answers as one that is not there."""
    found = next((one for one in queries.agencies_of(request.user) if one.code == code), None)
    if found is None:
        raise NotVisible
    return found


def _member(request: Request, user_id: UUID) -> User:
    found = queries.member(request.user, user_id)
    if found is None:
        raise NotVisible
    return found


def _change(request: Request, change_id: UUID) -> StaffChange:
    found = queries.change(request.user, change_id)
    if found is None:
        raise NotVisible
    return found
