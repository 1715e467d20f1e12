"""Requests for one's own data: taking one in, the list, and the page on which each step is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.agencies.access import Refused
from alongside.audit.api import record_read
from alongside.cases import pages as case_pages
from alongside.cases.queries import all_cases
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load
from alongside.people.queries import people
from alongside.releases import document
from alongside.releases.codes import MONTHS_TO_ANSWER, TIME_LAW, TREATED
from alongside.releases.forms import WhyForm
from alongside.releases.models import AccessRequest
from alongside.releases.pages import left_out
from alongside.releases.queries import looking
from alongside.releases.requests import actions, pages, queries
from alongside.releases.requests.forms import BuildForm, ClearForm, IdentityForm, ReviewForm, TakeForm
from alongside.sharing.days import today


@page(may="answer_access")
def take(request: Request, reference: str) -> HttpResponse:
    """Take in a request about somebody of a case."""
    case = load(all_cases(), request.viewer, what="releases.take", reference=reference)
    form = TakeForm(request.POST or None, people=queries.people_of(case, request.viewer), on=today(request.at))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        person = load(people(), request.viewer, what="releases.person", pk=said["person"])
        row = actions.take_request(
            person=person,
            asker=said["asker"],
            asker_name=said["asker_name"],
            received_on=said["received_on"],
            by=request.user,
            at=request.at,
        )
        return redirect("releases:request", row.pk)
    context = {"case": case, "identity": case_pages.identity(case, request.viewer), "form": form}
    context |= {"months": MONTHS_TO_ANSWER, "law": TIME_LAW}
    return render(request, "releases/requests/take.html", context, status=422 if form.is_bound else 200)


@page(may="release_papers")
def requests(request: Request) -> HttpResponse:
    """Requests to one's agency, by the day they are due."""
    rows = queries.of_agency(request.viewer)
    record_read(rows, by=request.user, at=request.at, what="releases.requests")
    context = {"rows": [pages.row(one, request.at) for one in rows], "law": TIME_LAW}
    return render(request, "releases/requests/list.html", context)


@page(may="release_papers")
def request_page(request: Request, pk: UUID) -> HttpResponse:
    """One request: what was done, and the form of the next step for whoever may take it."""
    row = load(queries.requests(), request.viewer, what="releases.request", pk=pk)
    if row.agency_id != request.user.agency_id:
        raise NotVisible
    do, refused = request.POST.get("do", ""), None
    step = pages.may_step(request.user, row)
    form = _form(row, request, do) if step and row.state in FORMS else None
    refusing = WhyForm(request.POST if do == "refuse" else None, prefix="refuse")
    try:
        if form is not None and form.is_bound and form.is_valid():
            STEPS[row.state](request, row, form)
            messages.success(request, "Kept, with your name.")
            return redirect("releases:request", row.pk)
        if step and refusing.is_bound and refusing.is_valid():
            actions.refuse_request(request=row, why=refusing.cleaned_data["why"], by=request.user, at=request.at)
            return redirect("releases:request", row.pk)
    except Refused as refusal:
        refused = refusal
    failed = (form is not None and form.is_bound) or refusing.is_bound
    context = {**_context(request, row), "form": form, "refusing": refusing, "refused": refused, "step": step}
    return render(request, "releases/requests/request.html", context, status=403 if refused else 422 if failed else 200)


FORMS = {"identity": "identity", "clearing": "clear", "building": "build", "reviewing": "review"}


def _form(row: AccessRequest, request: Request, do: str) -> Any:
    data = request.POST if do == FORMS[row.state] else None
    if row.state == "identity":
        return IdentityForm(data)
    if row.state == "clearing":
        return ClearForm(data)
    if row.state == "reviewing":
        return ReviewForm(data)
    name = row.asker_name.open() if row.asker != "self" else row.person.full_name
    return BuildForm(data, offers=queries.offers(row, request.viewer), initial={"recipient": name})


def _identity(request: Request, row: AccessRequest, form: IdentityForm) -> None:
    actions.check_identity(request=row, identity=form.cleaned_data["identity"], by=request.user, at=request.at)


def _clear(request: Request, row: AccessRequest, form: ClearForm) -> None:
    said = form.cleaned_data
    actions.clear_request(request=row, treated=said["treated"], why=said["cleared_why"], by=request.user, at=request.at)


def _build(request: Request, row: AccessRequest, form: BuildForm) -> None:
    left = {**form.left_out(), **{one.label: one.why for one in queries.excluded(row, request.viewer)}}
    actions.build_answer(
        request=row,
        parts=form.chosen(),
        left_out=left,
        note=form.cleaned_data["note"],
        recipient=form.cleaned_data["recipient"],
        by=request.user,
        at=request.at,
    )


def _review(request: Request, row: AccessRequest, form: ReviewForm) -> None:
    said = form.cleaned_data
    agrees = said["agrees"] == "yes"
    actions.review_answer(request=row, agrees=agrees, why=said["why"], by=request.user, at=request.at)


STEPS: dict[str, Callable[[Request, AccessRequest, Any], None]] = {
    "identity": _identity,
    "clearing": _clear,
    "building": _build,
    "reviewing": _review,
}


def _context(request: Request, row: AccessRequest) -> dict[str, Any]:
    built = row.paper
    return {
        "row": row,
        "as_row": pages.row(row, request.at),
        "asker_name": row.asker_name.open(),
        "treated": TREATED.get(row.treated, ""),
        "cleared_why": row.cleared_why.open(),
        "history": pages.history(row),
        "excluded": pages.excluded(row, request.viewer) if row.state == "building" else [],
        "held": document.compose(built, None, at=request.at) if built else None,
        "left_out": left_out(built) if built else [],
        "count": built.count_left_out if built else 0,
        "stops": looking.stops(built, linked=False) if built and row.state == "reviewing" else [],
        "law": TIME_LAW,
        "messages": messages.get_messages(request),
    }
