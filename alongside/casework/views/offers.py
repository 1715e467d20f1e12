"""Offering support: what was sent, how she may be reached, each try, her answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

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
from alongside.casework.queries.offers import Subject
from alongside.casework.received import received
from alongside.duties.actions import see
from alongside.gate.routes import page


def _channels(request: HttpRequest, one: Subject) -> list[str]:
    """Ways of reaching her that are known to be safe now."""
    viewer = request.viewer  # type: ignore[attr-defined]
    return queries.safe_channels(received(one.case, viewer), queries.own_record(one.case, viewer))


def _offer(request: HttpRequest, one: Subject) -> SupportOffer:
    """The offer of this team, begun when there is none yet."""
    viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.offer_of(one, viewer)
    if found is not None:
        return found
    return actions.start_offer(
        case=one.case, team=one.team, channels=_channels(request, one), by=viewer.user, at=viewer.at
    )


@page(may="offer_support")
def offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page of the offer."""
    one = queries.subject(pk, request.viewer, what="casework.offer")  # type: ignore[attr-defined]
    if one.task is not None and one.task.seen_at is None:
        see(task=one.task, by=request.user, at=request.at)  # type: ignore[arg-type, attr-defined]
    return _page(request, one, queries.offer_of(one, request.viewer))  # type: ignore[attr-defined]


def _page(
    request: HttpRequest, one: Subject, row: SupportOffer | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    channels = row.channels if row is not None else _channels(request, one)
    context = {
        **pages.offer_page(one, row, channels, received(one.case, viewer)),
        "attempt_form": AttemptForm(channels=channels),
        "answer_form": AnswerForm(),
        "opened": None,
        "refused": None,
        **more,
    }
    return render(request, "casework/offer.html", context, status=status)


@require_POST
@page(may="offer_support")
def contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rules of safe contact, opened to act: that is logged."""
    one = queries.subject(pk, request.viewer, what="casework.offer")  # type: ignore[attr-defined]
    viewer = request.viewer  # type: ignore[attr-defined]
    row = queries.offer_of(one, viewer)
    record_read(row or one.case, by=viewer.user, at=viewer.at, what="casework.safe_contact", case=str(one.case.pk))
    return _page(
        request,
        one,
        row,
        opened=pages.contact_rules(received(one.case, viewer), queries.own_record(one.case, viewer)),
    )


@require_POST
@page(may="offer_support")
def attempt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One try to reach her."""
    one = queries.subject(pk, request.viewer, what="casework.offer")  # type: ignore[attr-defined]
    row = _offer(request, one)
    form = AttemptForm(request.POST, channels=row.channels)
    if not form.is_valid():
        return _page(request, one, row, attempt_form=form)
    try:
        actions.attempt(offer=row, by=request.user, at=request.at, **form.cleaned_data)  # type: ignore[arg-type, attr-defined]
    except Refused as refusal:
        return _page(request, one, row, attempt_form=form, refused=refusal, status=403)
    return redirect("casework:offer", one.key)


@require_POST
@page(may="offer_support")
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Her answer; it closes the duty."""
    one = queries.subject(pk, request.viewer, what="casework.offer")  # type: ignore[attr-defined]
    row = _offer(request, one)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, one, row, answer_form=form)
    try:
        actions.answer_offer(offer=row, by=request.user, at=request.at, **form.cleaned_data)  # type: ignore[arg-type, attr-defined]
    except Refused as refusal:
        return _page(request, one, row, answer_form=form, refused=refusal, status=403)
    return redirect("casework:offer", one.key)
