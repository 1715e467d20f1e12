"""Record what you did: the page of every act that has none of its own."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.agencies.access import Refused
from alongside.casework.actions import acts as actions
from alongside.casework.forms.scene import ActForm
from alongside.duties import queries
from alongside.duties.access import check_owns
from alongside.duties.actions import see
from alongside.duties.models import Task
from alongside.duties.pages import task as task_pages
from alongside.gate.routes import Request, page
from alongside.gate.viewing import load


@page(may="record_act")
def act(request: Request, task_id: UUID) -> HttpResponse:
    """Say what was done and when; that closes the task's duties of the act."""
    task = load(queries.tasks(), request.viewer, what="casework.act", pk=task_id)
    check_owns(request.viewer, task)
    if task.state != "open":
        messages.success(request, "This is done already.")
        return redirect("duties:task", task.pk)
    if task.seen_at is None:
        see(task=task, by=request.user, at=request.at)
    form = ActForm(request.POST if request.method == "POST" else None, initial={"done_on": request.at, "id": uuid4()})
    refused = _record(request, task, form) if form.is_bound and form.is_valid() else None
    if form.is_bound and not form.errors and refused is None:
        messages.success(request, "Recorded. What it closes is closed.")
        return redirect("duties:today")
    context = task_pages.page(task, request.viewer) | {"form": form, "refused": refused}
    return render(request, "casework/act.html", context, status=422 if refused or form.errors else 200)


def _record(request: Request, task: Task, form: ActForm) -> Refused | None:
    """The reason when it is refused; what was typed then stays on the page."""
    try:
        actions.record_act(
            case=task.case, act=task.act, team=task.owner_team, **form.cleaned_data, by=request.user, at=request.at
        )
    except Refused as reason:
        return reason
    return None
