"""Writing, previewing and sending a referral to social care; deciding not to; the record both sides read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.agencies.access import Refused
from alongside.agencies.models import Area
from alongside.cases import pages as case_pages
from alongside.cases import queries as case_queries
from alongside.cases.models import Case
from alongside.casework.actions import referrals as actions
from alongside.casework.codes import SERVICES
from alongside.casework.forms.referrals import NotReferredForm, ReferralForm, SpokenForm
from alongside.casework.models import Referral
from alongside.casework.pages import links, sending
from alongside.casework.pages import referrals as pages
from alongside.casework.queries import drafts, receiving
from alongside.duties import bars
from alongside.duties.actions import note_spoken
from alongside.duties.queries import shown_at
from alongside.gate.routes import page
from alongside.gate.viewing import NotVisible, load

ACTS = {
    "childrens-social-care": ("refer_to_childrens_social_care", "write_up_telephone_referral"),
    "adult-social-care": ("refer_to_adult_social_care",),
}


def _case(request: HttpRequest, reference: str, service: str, what: str) -> Case:
    """The case through the gate; a service that is none answers as nothing there."""
    if service not in SERVICES:
        raise NotVisible
    return load(case_queries.cases_for(request.viewer), request.viewer, what=what, reference=reference)  # type: ignore[attr-defined]


def _area(request: HttpRequest, case: Case) -> Area:
    """The area chosen on the page, else where a child lives."""
    chosen = request.POST.get("area") or request.GET.get("area")
    found = next((area for area in drafts.areas() if area.pk == chosen), None)
    return found or drafts.area_of(case, request.viewer)  # type: ignore[attr-defined]


@page(may="refer")
def refer(request: HttpRequest, reference: str, service: str) -> HttpResponse:
    """Telephone first, then the written referral: typed, previewed, sent."""
    case = _case(request, reference, service, "casework.refer")
    area, draft = _area(request, case), drafts.draft(case, request.viewer)  # type: ignore[attr-defined]
    task = drafts.open_task(case, request.viewer, *ACTS[service])  # type: ignore[attr-defined]
    team = drafts.receiving_team(service, area)
    if team is None:
        return _nobody(request, case, service, area)
    step = request.POST.get("step", "")
    initial = {"spoken_to": task.spoken_to, "telephoned": task.spoken_at} if task and task.spoken_at else {}
    form = ReferralForm(request.POST if step else None, draft=draft, service=service, initial=initial)
    shown: dict[str, Any] = {"team": team, "area": area, "task": task, "form": form, "refused": None}
    if step in ("preview", "send") and form.is_valid():
        sender = drafts.sending_team(request.user, case, request.at)  # type: ignore[attr-defined, arg-type]
        if step == "send" and sender is not None:
            try:
                row = actions.send_referral(
                    key=form.cleaned_data["key"],
                    case=case,
                    service=service,
                    area=area,
                    from_team=sender,
                    to_team=team,
                    about=drafts.people_ticked(case, request.viewer, form.cleaned_data["people"]),  # type: ignore[attr-defined]
                    content=form.content(),
                    facts=form.facts_sent(),
                    left_out=form.not_sent(),
                    by=request.user,  # type: ignore[arg-type]
                    at=request.at,  # type: ignore[attr-defined]
                )
            except Refused as refusal:
                return _write(request, case, service, {**shown, "refused": refusal})
            return redirect("casework:referral", row.pk)
        if sender is None:
            raise Refused(
                "You work in no team today, so nobody would get the answer. Ask your administrator to put you into one. Nothing was sent."
            )
        return _preview(request, case, service, shown)
    return _write(request, case, service, shown)


def _write(request: HttpRequest, case: Case, service: str, shown: dict[str, Any]) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    guidance = shown_at(case, reaches_as=("guidance", "reference"), place="referral")
    context = {
        **shown,
        **links.on_case(case, viewer),
        "service": service,
        "service_words": SERVICES[service],
        "areas": drafts.areas(),
        "why_area": case_pages.why_area(case, case_queries.members_of([case.pk], viewer).get(case.pk, [])),
        "spoken": SpokenForm(),
        "contact_bars": bars.stops(case, "contact_family"),
        "permissions": sending.cards(shown_at(case, reaches_as=("permission",), act="share_without_consent")),
        "guidance": sending.cards(guidance),
        "telephone": service == "childrens-social-care" or bool(shown["task"] and shown["task"].immediate),
    }
    return render(request, "casework/refer.html", context)


def _preview(request: HttpRequest, case: Case, service: str, shown: dict[str, Any]) -> HttpResponse:
    form = shown["form"]
    context = {
        **shown,
        **links.on_case(case, request.viewer),  # type: ignore[attr-defined]
        "service": service,
        "service_words": SERVICES[service],
        "letter": sending.letter(form, shown["team"]),
        "people": pages.people_rows(form.people_sent()),
        "facts": form.facts_sent(),
        "not_sent": form.not_sent(),
        "rows": sending.preview_rows(form),
        "typed": sending.typed(request.POST),
    }
    return render(request, "casework/refer_preview.html", context)


def _nobody(request: HttpRequest, case: Case, service: str, area: Area) -> HttpResponse:
    """No team receives these in the area: said, with the numbers that stand; the administrator is told."""
    office = drafts.office(area)
    if office is not None:
        actions.tell_of_missing_team(
            case=case,
            service=service,
            area=area,
            office=office,
            by=request.user,  # type: ignore[arg-type]
            at=request.at,  # type: ignore[attr-defined]
        )
    context = {
        **links.on_case(case, request.viewer),  # type: ignore[attr-defined]
        "service": service,
        "service_words": SERVICES[service],
        "area": area,
        "areas": drafts.areas(),
        "told": office is not None,
    }
    return render(request, "casework/refer_nobody.html", context)


@require_POST
@page(may="refer")
def telephoned(request: HttpRequest, reference: str, service: str) -> HttpResponse:
    """ "I have spoken to …": noted on the task, so that nobody is alerted; the written referral follows."""
    case = _case(request, reference, service, "casework.telephoned")
    task = drafts.open_task(case, request.viewer, *ACTS[service])  # type: ignore[attr-defined]
    form = SpokenForm(request.POST)
    if task is not None and form.is_valid():
        note_spoken(task=task, spoken_to=form.cleaned_data["spoken_to"], by=request.user, at=request.at)  # type: ignore[arg-type, attr-defined]
    return redirect("casework:refer", reference, service)


@page(may="refer")
def do_not_refer(request: HttpRequest, reference: str, service: str) -> HttpResponse:
    """A named decision not to refer, with its reason."""
    case = _case(request, reference, service, "casework.do_not_refer")
    form = NotReferredForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.decide_not_to_refer(
            case=case,
            service=service,
            by=request.user,  # type: ignore[arg-type]
            at=request.at,  # type: ignore[attr-defined]
            **form.cleaned_data,
        )
        return redirect("cases:tab", case.reference, "now")
    context = {
        **links.on_case(case, request.viewer),  # type: ignore[attr-defined]
        "form": form,
        "service": service,
        "service_words": SERVICES[service],
        "owed": sending.owed(case, request.viewer, ACTS[service]),  # type: ignore[attr-defined]
    }
    return render(request, "casework/do_not_refer.html", context)


@page(may=None)
def referral(request: HttpRequest, referral_id: str) -> HttpResponse:
    """The record as sent, for the sender's agency and the team it was sent to."""
    viewer = request.viewer  # type: ignore[attr-defined]
    row: Referral = load(receiving.referrals(), viewer, what="casework.referral", pk=referral_id)
    is_receiver = row.to_team_id in viewer.team_ids
    if is_receiver and row.opened_at is None:
        actions.open_referral(referral=row, by=request.user, at=request.at)  # type: ignore[arg-type, attr-defined]
    return render(request, "casework/referral.html", pages.record_page(row, viewer, is_receiver=is_receiver))
