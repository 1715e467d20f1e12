"""Offering support: what was sent, how she may be reached, each try, her answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.agencies.access import Refused
from alongside.audit.api import record_read
from alongside.casework.actions import offers as actions
from alongside.casework.forms.offers import AnswerForm, AttemptForm
from alongside.casework.models import SupportOffer
from alongside.casework.pages import offers as pages
from alongside.casework.queries import offers as queries
from alongside.casework.received import received
from alongside.duties.actions import see
from alongside.duties.models import Task
from alongside.gate.routes import page
from alongside.gate.viewing import NotVisible, load


def _task(request: HttpRequest, task_id: str, what: str) -> Task:
    """A task of the viewer's own team to offer support."""
    viewer = request.viewer  # type: ignore[attr-defined]
    task: Task = load(queries.tasks(), viewer, what=what, pk=task_id)
    if task.act != "offer_idva_support" or task.owner_team_id not in viewer.team_ids:
        raise NotVisible
    return task


def _channels(request: HttpRequest, task: Task) -> list[str]:
    """Ways of reaching her that are known to be safe now."""
    viewer = request.viewer  # type: ignore[attr-defined]
    return queries.safe_channels(received(task.case, viewer), queries.own_record(task.case, viewer))


def _offer(request: HttpRequest, task: Task) -> SupportOffer:
    """The offer of this team, begun when there is none yet."""
    viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.offer_of(task, viewer)
    if found is not None:
        return found
    if task.owner_team is None:
        raise NotVisible
    channels = _channels(request, task)
    return actions.start_offer(case=task.case, team=task.owner_team, channels=channels, by=viewer.user, at=viewer.at)


@page(may="offer_support")
def offer(request: HttpRequest, task_id: str) -> HttpResponse:
    """The page of the offer."""
    task = _task(request, task_id, "casework.offer")
    if task.seen_at is None:
        see(task=task, by=request.user, at=request.at)  # type: ignore[arg-type, attr-defined]
    return _page(request, task, queries.offer_of(task, request.viewer))  # type: ignore[attr-defined]


def _page(
    request: HttpRequest, task: Task, row: SupportOffer | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    channels = row.channels if row is not None else _channels(request, task)
    context = {
        **pages.offer_page(task, row, channels, received(task.case, viewer)),
        "attempt_form": AttemptForm(channels=channels),
        "answer_form": AnswerForm(),
        "opened": None,
        "refused": None,
        **more,
    }
    return render(request, "casework/offer.html", context, status=status)


@require_POST
@page(may="offer_support")
def contact(request: HttpRequest, task_id: str) -> HttpResponse:
    """The rules of safe contact, opened to act: that is logged."""
    task = _task(request, task_id, "casework.offer")
    viewer = request.viewer  # type: ignore[attr-defined]
    row = queries.offer_of(task, viewer)
    record_read(task, by=viewer.user, at=viewer.at, what="casework.safe_contact", case=str(task.case_id))
    return _page(
        request,
        task,
        row,
        opened=pages.contact_rules(received(task.case, viewer), queries.own_record(task.case, viewer)),
    )


@require_POST
@page(may="offer_support")
def attempt(request: HttpRequest, task_id: str) -> HttpResponse:
    """One try to reach her."""
    task = _task(request, task_id, "casework.offer")
    row = _offer(request, task)
    form = AttemptForm(request.POST, channels=row.channels)
    if not form.is_valid():
        return _page(request, task, row, attempt_form=form)
    try:
        actions.attempt(offer=row, by=request.user, at=request.at, **form.cleaned_data)  # type: ignore[arg-type, attr-defined]
    except Refused as refusal:
        return _page(request, task, row, attempt_form=form, refused=refusal, status=403)
    return redirect("casework:offer", task.pk)


@require_POST
@page(may="offer_support")
def answer(request: HttpRequest, task_id: str) -> HttpResponse:
    """Her answer; it closes the duty."""
    task = _task(request, task_id, "casework.offer")
    row = _offer(request, task)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, task, row, answer_form=form)
    try:
        actions.answer_offer(offer=row, by=request.user, at=request.at, **form.cleaned_data)  # type: ignore[arg-type, attr-defined]
    except Refused as refusal:
        return _page(request, task, row, answer_form=form, refused=refusal, status=403)
    return redirect("casework:offer", task.pk)
