"""Pages of MARAC: refer or say why not, the coordinator's list, listing with copies."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.agencies.access import Refused, check_may
from alongside.audit.api import StateRefused, record_read
from alongside.cases import queries as case_queries
from alongside.cases.models import Case
from alongside.casework.actions.offers import start_offer
from alongside.casework.pages import links, sending
from alongside.casework.queries import drafts, offers
from alongside.casework.sending import KINDS
from alongside.casework.views import sending as sending_views
from alongside.duties.queries import shown_at
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load
from alongside.marac import actions, pages, queries
from alongside.marac.forms import ListForm, MeetingForm, NotToMaracForm
from alongside.marac.kinds import MARAC
from alongside.marac.models import MaracReferral


def _case(request: Request, reference: str, what: str) -> Case:
    return load(case_queries.cases_for(request.viewer), request.viewer, what=what, reference=reference)


@page(may="refer")
def refer(request: Request, reference: str) -> HttpResponse:
    """A referral to MARAC: typed and kept; what follows is in `casework.views.sending`."""
    case, viewer = _case(request, reference, "marac.refer"), request.viewer
    if request.method == "POST":
        return sending_views.keep(request, case, MARAC)
    where = sending_views.home(request, case, MARAC)
    teams = KINDS[MARAC].teams(where.area) if where.area else []
    if not teams:
        return sending_views.nobody(request, case, MARAC, where)
    context = {
        **sending_views.writing(request, case, MARAC),
        "team": teams[0],
        "idva": teams[1] if len(teams) > 1 else None,
        "where": where,
        "form": sending_views.form_of(request, case, MARAC),
        "sent": queries.sent_to(case, viewer),
        "task": drafts.open_task(case, viewer, "refer_to_marac"),
        "grounds": pages.grounds(case, viewer),
        "earlier": pages.earlier(case, viewer),
        "bars": pages.bars_beside(case),
        "guidance": sending.cards(shown_at(case, reaches_as=("guidance", "reference"), place="marac")),
    }
    return render(request, "marac/refer.html", context)


@page(may="refer")
def do_not_refer(request: Request, reference: str) -> HttpResponse:
    """A named decision not to refer to MARAC."""
    case, viewer = _case(request, reference, "marac.do_not_refer"), request.viewer
    form = NotToMaracForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.decide_not_to_refer(case=case, by=viewer.user, at=viewer.at, **form.cleaned_data)
        return redirect("cases:tab", case.reference, "now")
    context = {
        **links.on_case(case, viewer),
        "kind": KINDS[MARAC],
        "form": form,
        "owed": sending.owed(case, viewer, ["refer_to_marac"]),
    }
    return render(request, "casework/do_not_refer.html", context)


@page(may="list_marac")
def coordinator(request: Request) -> HttpResponse:
    """Referrals waiting, and the meetings to come."""
    viewer = request.viewer
    areas = queries.areas_of(viewer)
    form, refused = MeetingForm(request.POST if request.method == "POST" else None, areas=areas), None
    if request.method == "POST" and form.is_valid():
        area = form.areas[form.cleaned_data["area"]]
        team = queries.coordinating_team(area, viewer)
        try:
            if team is None:
                raise NotVisible
            actions.plan_meeting(
                area=area, team=team, held_on=form.cleaned_data["held_on"], by=viewer.user, at=viewer.at
            )
            return redirect("marac:coordinator")
        except Refused as refusal:
            refused = refusal
    rows = queries.received(viewer)
    record_read(rows, by=viewer.user, at=viewer.at, what="marac.list")
    lines = pages.waiting(rows, viewer.at)
    context = {
        "waiting": [line for line in lines if not line.listed],
        "listed": [line for line in lines if line.listed],
        "meetings": queries.meetings(viewer),
        "form": form,
        "has_area": bool(areas),
        "refused": refused,
    }
    return render(request, "marac/coordinator.html", context)


@page(may=None)
def referral(request: Request, pk: str) -> HttpResponse:
    """The record as sent; the coordinator lists it here."""
    viewer = request.viewer
    row: MaracReferral = load(queries.referrals(), viewer, what="marac.referral", pk=pk)
    return _record(request, row)


def _record(request: Request, row: MaracReferral, *, status: int = 200, **more: Any) -> HttpResponse:
    viewer = request.viewer
    context = {**pages.record_page(row, viewer), "refused": None, "opened": None, "form": None, **more}
    if context["is_coordinator"] and row.state == "sent":
        owed = queries.owed_copies(row)
        context["owed"] = owed
        context["meetings"] = queries.meetings(viewer)
        context["form"] = context["form"] or ListForm(meetings=context["meetings"], proposed=owed.proposed)
    return render(request, "marac/referral.html", context, status=status)


@require_POST
@page(may=None)
def contact(request: Request, pk: str) -> HttpResponse:
    """The rules of safe contact as they were sent, opened to act: that is logged."""
    viewer = request.viewer
    row: MaracReferral = load(queries.referrals(), viewer, what="marac.safe_contact", pk=pk)
    return _record(request, row, opened=[line for line in row.safe_contact.open().splitlines() if line.strip()])


@require_POST
@page(may="list_marac")
def list_case(request: Request, pk: str) -> HttpResponse:
    """List the case for a meeting; the copies go out."""
    viewer = request.viewer
    row: MaracReferral = load(queries.referrals(), viewer, what="marac.list_case", pk=pk)
    if row.to_team_id not in viewer.team_ids:
        raise NotVisible
    if row.state == "listed":
        return redirect("marac:referral", row.pk)
    form = ListForm(request.POST, meetings=queries.meetings(viewer), proposed=queries.owed_copies(row).proposed)
    if not form.is_valid():
        return _record(request, row, form=form)
    meeting = queries.meeting(form.cleaned_data["meeting"], viewer)
    if meeting is None:
        raise NotVisible
    try:
        actions.list_case(referral=row, meeting=meeting, copies_to=form.teams_ticked(), by=viewer.user, at=viewer.at)
    except (Refused, StateRefused) as refusal:
        return _record(request, row, form=form, refused=refusal, status=403)
    return redirect("marac:referral", row.pk)


@page(may=None)
def from_task(request: Request, task_id: str) -> HttpResponse:
    """From the button of a task to the referral that is to be listed."""
    viewer = request.viewer
    task = load(queries.tasks(), viewer, what="marac.task", pk=task_id)
    check_may(viewer.user, "list_marac")
    row = queries.first_unlisted(task, viewer)
    return redirect("marac:referral", row.pk) if row is not None else redirect("marac:coordinator")


@page(may="see_cases")
def sent_to_us(request: Request) -> HttpResponse:
    """What was sent or copied to the viewer's teams about MARAC."""
    viewer = request.viewer
    rows = queries.sent_to_us(viewer)
    record_read(rows, by=viewer.user, at=viewer.at, what="marac.sent_to_us")
    return render(request, "marac/sent_to_us.html", {"lines": pages.waiting(rows, viewer.at)})


@require_POST
@page(may="offer_support")
def offer(request: Request, pk: str) -> HttpResponse:
    """The service that was sent this referral begins its offer, whether or not a duty asks for it."""
    viewer = request.viewer
    row: MaracReferral = load(queries.referrals(), viewer, what="marac.offer", pk=pk)
    if row.idva_team is None or row.idva_team_id not in viewer.team_ids:
        raise NotVisible
    task = offers.open_task(row.case, viewer)
    if task is not None:
        return redirect("casework:offer", task.pk)
    begun = offers.begun(row.case, row.idva_team, viewer) or start_offer(
        case=row.case,
        team=row.idva_team,
        channels=offers.safe_channels(pages.received(row.case, viewer), offers.own_record(row.case, viewer)),
        by=viewer.user,
        at=viewer.at,
    )
    return redirect("casework:offer", begun.pk)
