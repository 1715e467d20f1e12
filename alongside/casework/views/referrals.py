"""Writing, previewing and sending a referral to social care; deciding not to; the record both sides read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.cases import queries as case_queries
from alongside.cases.models import Case
from alongside.casework import kinds
from alongside.casework.actions import referrals as actions
from alongside.casework.codes import SERVICES
from alongside.casework.forms.referrals import NotReferredForm, SpokenForm
from alongside.casework.models import Referral
from alongside.casework.pages import links, sending
from alongside.casework.pages import referrals as pages
from alongside.casework.queries import drafts, receiving
from alongside.casework.sending import KINDS
from alongside.casework.views import sending as sending_views
from alongside.duties import bars
from alongside.duties.actions import note_spoken
from alongside.duties.queries import shown_at
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load


def _case(request: Request, reference: str, service: str, what: str) -> Case:
    """The case through the gate; a service that is none answers as nothing there."""
    if service not in SERVICES:
        raise NotVisible
    return load(case_queries.cases_for(request.viewer), request.viewer, what=what, reference=reference)


@page(may="refer")
def refer(request: Request, reference: str, service: str) -> HttpResponse:
    """Telephone first, then the written referral: typed and kept; what follows is in `views.sending`."""
    case = _case(request, reference, service, "casework.refer")
    if request.method == "POST":
        return sending_views.keep(request, case, service)
    where = sending_views.home(request, case, service)
    team = drafts.receiving_team(service, where.area) if where.area else None
    if team is None:
        return sending_views.nobody(request, case, service, where)
    task = drafts.open_task(case, request.viewer, *kinds.ACTS[service])
    context = {
        **sending_views.writing(request, case, service),
        "team": team,
        "where": where,
        "task": task,
        "form": sending_views.form_of(request, case, service),
        "service": service,
        "sent": [row for row in receiving.of_case(case, request.viewer)[0] if row.service == service],
        "spoken": SpokenForm(),
        "contact_bars": bars.stops(case, "contact_family"),
        "permissions": sending.cards(shown_at(case, reaches_as=("permission",), act="share_without_consent")),
        "guidance": sending.cards(shown_at(case, reaches_as=("guidance", "reference"), place="referral")),
        "telephone": service == "childrens-social-care" or bool(task and task.immediate),
    }
    return render(request, "casework/refer.html", context)


@require_POST
@page(may="refer")
def telephoned(request: Request, reference: str, service: str) -> HttpResponse:
    """ "I have spoken to …": noted on the task, so that nobody is alerted; the written referral follows."""
    case = _case(request, reference, service, "casework.telephoned")
    task = drafts.open_task(case, request.viewer, *kinds.ACTS[service])
    form = SpokenForm(request.POST)
    if task is not None and form.is_valid():
        note_spoken(task=task, spoken_to=form.cleaned_data["spoken_to"], by=request.user, at=request.at)
    return redirect("casework:refer", reference, service)


@page(may="refer")
def do_not_refer(request: Request, reference: str, service: str) -> HttpResponse:
    """A named decision not to refer, with its reason."""
    case = _case(request, reference, service, "casework.do_not_refer")
    form = NotReferredForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.decide_not_to_refer(
            case=case,
            service=service,
            by=request.user,
            at=request.at,
            **form.cleaned_data,
        )
        return redirect("cases:tab", case.reference, "now")
    context = {
        **links.on_case(case, request.viewer),
        "form": form,
        "kind": KINDS[service],
        "owed": sending.owed(case, request.viewer, kinds.ACTS[service]),
    }
    return render(request, "casework/do_not_refer.html", context)


@page(may=None)
def referral(request: Request, referral_id: str) -> HttpResponse:
    """The record as sent, for the sender's agency and the team it was sent to."""
    viewer = request.viewer
    row: Referral = load(receiving.referrals(), viewer, what="casework.referral", pk=referral_id)
    is_receiver = row.to_team_id in viewer.team_ids
    if is_receiver and row.opened_at is None:
        actions.open_referral(referral=row, by=request.user, at=request.at)
    return render(request, "casework/referral.html", pages.record_page(row, viewer, is_receiver=is_receiver))
