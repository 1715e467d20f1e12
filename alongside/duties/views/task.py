"""A task, the telephone call it may ask for, and deciding otherwise."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.audit.api import record_read
from alongside.cases import queries as case_queries
from alongside.duties import access, actions, queries
from alongside.duties.forms import OtherwiseForm, SpokenForm
from alongside.duties.models import Task
from alongside.duties.pages import task as pages
from alongside.gate.routes import Request, page
from alongside.gate.viewing import load


def _load(request: Request, pk: UUID, what: str) -> Task:
    return load(queries.tasks(), request.viewer, what=what, pk=pk)


@page(may=None)
def task(request: Request, pk: UUID) -> HttpResponse:
    """What is asked, by when, why, what must not be done, what closes it; opening it tells that its team has seen it."""
    row = _load(request, pk, "duties.task")
    if row.owner_team_id in request.viewer.team_ids and row.seen_at is None:
        actions.see(task=row, by=request.user, at=request.at)
    return _show(request, row, SpokenForm(now=request.at))


def _show(request: Request, row: Task, spoken: SpokenForm, status: int = 200) -> HttpResponse:
    context = pages.page(row, request.viewer)
    context |= {"spoken": spoken, "messages": messages.get_messages(request)}
    return render(request, "duties/task.html", context, status=status)


@require_POST
@page(may="see_cases")
def names(request: Request, pk: UUID) -> HttpResponse:
    """The task, with its people by name: asked for, and logged."""
    row = _load(request, pk, "duties.names")
    people = case_queries.members_of([row.case_id], request.viewer).get(row.case_id, [])
    record_read([member.person for member in people], by=request.user, at=request.at, what="duties.names")
    context = pages.page(row, request.viewer)
    context |= {"people": people, "spoken": SpokenForm(now=request.at)}
    return render(request, "duties/task.html", context)


@require_POST
@page(may="record_act")
def spoken(request: Request, pk: UUID) -> HttpResponse:
    """Note to whom somebody has spoken, before the written record follows."""
    row = _load(request, pk, "duties.task")
    access.check_owns(request.viewer, row)
    form = SpokenForm(request.POST, now=request.at)
    if not form.is_valid():
        return _show(request, row, form, status=422)
    actions.note_spoken(
        task=row, spoken_to=form.cleaned_data["spoken_to"], on=form.cleaned_data["on"], by=request.user, at=request.at
    )
    messages.success(request, "The telephone call is noted. Now write it down, so that it stands on record.")
    return redirect("duties:task", pk)


@page(may="decide_otherwise")
def otherwise(request: Request, pk: UUID) -> HttpResponse:
    """Decide one or more duties of the task otherwise, by name and with the reason."""
    row = _load(request, pk, "duties.otherwise")
    access.check_owns(request.viewer, row)
    context = pages.page(row, request.viewer)
    held = {str(one["duty"].pk): one for one in context["duties"] if one["duty"].state == "open"}
    choices = [(key, one["cite"]["gist"] if one["cite"] else one["duty"].rule) for key, one in held.items()]
    form = OtherwiseForm(
        request.POST or None, duties=choices, initial={"duties": list(held)[:1] if len(held) == 1 else []}
    )
    if form.is_valid():
        for key in form.cleaned_data["duties"]:
            actions.decide_otherwise(
                duty=held[key]["duty"], why=form.cleaned_data["why"], by=request.user, at=request.at
            )
        messages.success(request, "Decided otherwise. Your reason is on the record of the case.")
        return redirect("duties:task", pk)
    return render(request, "duties/otherwise.html", context | {"form": form}, status=422 if form.is_bound else 200)
