"""Privacy notices; what somebody disputes; whether somebody is told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases import pages as case_pages
from alongside.cases import queries as cases
from alongside.cases.models import Case
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load
from alongside.people.models import Person
from alongside.rights import actions, pages, queries
from alongside.rights.exemptions import EXEMPTIONS
from alongside.rights.forms import DisputeForm, FindingForm, ToldForm
from alongside.rights.notices import notices as all_notices
from alongside.sharing.days import today


def _case(request: Request, reference: str, what: str) -> Case:
    return load(cases.all_cases(), request.viewer, what=what, reference=reference)


@page(may=None)
def notices(request: Request) -> HttpResponse:
    """Privacy notices: whose each is, and when it is given."""
    day = today(request.at)
    rows = [(one, one.is_due(day)) for one in all_notices().values()]
    return render(request, "rights/notices.html", {"rows": rows})


@page(may=None)
def notice(request: Request, notice: str) -> HttpResponse:
    """One privacy notice, to read or to print."""
    found = all_notices().get(notice)
    if found is None:
        raise NotVisible
    return render(request, "rights/notice.html", {"notice": found, "is_due": found.is_due(today(request.at))})


@page(may="answer")
def dispute(request: Request, reference: str) -> HttpResponse:
    """Take down that somebody disputes what is recorded."""
    case = _case(request, reference, "rights.dispute")
    entries, people = queries.entries(case, request.viewer), queries.people(case, request.viewer)
    form = DisputeForm(request.POST or None, entries=entries, people=people)
    if form.is_bound and form.is_valid():
        actions.dispute(
            case=case,
            entry=next(one for one in entries if str(one.pk) == form.cleaned_data["entry"]),
            person=next(one.person for one in people if str(one.person_id) == form.cleaned_data["person"]),
            nature=form.nature_said(),
            words=form.cleaned_data["words"],
            by=request.user,
            at=request.at,
        )
        messages.success(request, "Kept. The entry stands, and what they say stands beside it.")
        return redirect("cases:tab", case.reference, "timeline")
    context = {"case": case, "identity": case_pages.identity(case, request.viewer), "form": form, "people": people}
    return render(request, "rights/dispute.html", context, status=422 if form.is_bound else 200)


@page(may="answer")
def disputed(request: Request, pk: UUID) -> HttpResponse:
    """One dispute with its words, and what was found."""
    row = load(queries.disputes(), request.viewer, what="rights.disputed", pk=pk)
    form = FindingForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.look_at(dispute=row, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "Kept, with your name.")
        return redirect("cases:tab", row.case.reference, "timeline")
    found = queries.findings(row.case, request.viewer).get(row.pk, [])
    context = {
        "case": row.case,
        "identity": case_pages.identity(row.case, request.viewer),
        "line": pages.line(row, found),
        "is_own": row.entry.happened_by_id == request.user.pk,
        "form": form,
    }
    return render(request, "rights/disputed.html", context, status=422 if form.is_bound else 200)


@page(may="decide_sharing")
def told(request: Request, reference: str, person: UUID) -> HttpResponse:
    """Decide whether somebody of a case is given their privacy notice."""
    case = _case(request, reference, "rights.told")
    member = next((one for one in queries.people(case, request.viewer) if one.person_id == person), None)
    if member is None:
        raise NotVisible
    form = ToldForm(request.POST or None)
    if form.is_bound and form.is_valid():
        _decide(request, case, member.person, form.cleaned_data)
        messages.success(request, "Kept, with your name.")
        return redirect("cases:tab", case.reference, "sharing")
    context = {
        "case": case,
        "identity": case_pages.identity(case, request.viewer),
        "member": member,
        "notice": pages.notice_of(member.person, member, request.viewer),
        "exemptions": EXEMPTIONS.values(),
        "form": form,
    }
    return render(request, "rights/told.html", context, status=422 if form.is_bound else 200)


def _decide(request: Request, case: Case, person: Person, said: dict[str, Any]) -> None:
    if said["is_safe"] == "yes":
        actions.give_notice(
            case=case, person=person, is_safe=said["is_safe"], reason=said["reason"], by=request.user, at=request.at
        )
        return
    actions.do_not_tell_yet(
        case=case,
        person=person,
        exemption=said["exemption"],
        reason=said["reason"],
        again_on=said["again_on"],
        by=request.user,
        at=request.at,
    )
