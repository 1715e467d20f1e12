"""Opening a case in an emergency; the list of those that somebody else has to look at."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.audit.api import record_read
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible
from alongside.gate.wall import read_page
from alongside.sharing.emergency import actions, queries
from alongside.sharing.emergency.forms import OpenForm, ReviewForm
from alongside.sharing.emergency.models import VERDICTS

ON_A_PAGE = 25


@page(may="break_glass", step_up=True)
def open_case(request: Request) -> HttpResponse:
    """Open a case in an emergency."""
    form = OpenForm(request.POST or None)
    if form.is_bound and form.is_valid():
        case = queries.closed_case(request.viewer, form.cleaned_data["reference"])
        if not queries.is_open(request.viewer, case):
            reason = form.cleaned_data["reason"]
            actions.open_in_emergency(case=case, reason=reason, by=request.user, at=request.at)
        return redirect("cases:case", case.reference)
    return render(request, "sharing/emergency/open.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@page(may="break_glass")
def end(request: Request, pk: UUID) -> HttpResponse:
    """Close again what was opened in an emergency."""
    row = queries.of_user(request.user, pk)
    if row is None:
        raise NotVisible
    actions.end(opening=row, by=request.user, at=request.at)
    return redirect("duties:today")


@page(may="review_emergencies")
def openings(request: Request) -> HttpResponse:
    """Emergency openings: those somebody has to look at, and those that were looked at."""
    waiting = queries.to_review(request.viewer)
    looked_at = queries.openings(request.viewer).exclude(verdict="").order_by("-reviewed_at")
    done = read_page(looked_at, ON_A_PAGE, request.GET.get("page"))
    record_read([*waiting, *done], by=request.user, at=request.at, what="emergency.list")
    context = {
        "waiting": waiting,
        "page": done,
        "verdicts": VERDICTS,
        "messages": messages.get_messages(request),
    }
    return render(request, "sharing/emergency/list.html", context)


@page(may="review_emergencies")
def review(request: Request, pk: UUID) -> HttpResponse:
    """Look at one emergency opening."""
    row = queries.opening(request.viewer, pk)
    if row is None:
        raise NotVisible
    form = ReviewForm(request.POST or None)
    if form.is_bound and form.is_valid() and not row.verdict:
        actions.review(opening=row, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "Kept, with your name.")
        return redirect("sharing:emergencies")
    record_read(row, by=request.user, at=request.at, what="emergency.review")
    context = {
        "row": row,
        "reason": row.reason.open(),
        "note": row.note.open() if row.note else "",
        "verdict": VERDICTS.get(row.verdict, ""),
        "form": form,
    }
    return render(request, "sharing/emergency/review.html", context, status=422 if form.is_bound else 200)
