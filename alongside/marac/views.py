"""Pages of MARAC: refer or say why not, the coordinator's list, listing with copies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import Area, Team
from alongside.agencies.queries import team_for
from alongside.audit.api import StateRefused, record_read
from alongside.cases import queries as case_queries
from alongside.cases.models import Case
from alongside.casework.actions.offers import start_offer
from alongside.casework.actions.referrals import tell_of_missing_team
from alongside.casework.pages import links, sending
from alongside.casework.pages.referrals import people_rows
from alongside.casework.queries import drafts, offers
from alongside.duties.queries import shown_at
from alongside.gate.routes import page
from alongside.gate.viewing import NotVisible, load
from alongside.marac import actions, pages, queries
from alongside.marac.forms import ListForm, MaracForm, MeetingForm, NotToMaracForm
from alongside.marac.models import MaracReferral


def _case(request: HttpRequest, reference: str, what: str) -> Case:
    return load(case_queries.cases_for(request.viewer), request.viewer, what=what, reference=reference)  # type: ignore[attr-defined]


@page(may="refer")
def refer(request: HttpRequest, reference: str) -> HttpResponse:
    """A referral to MARAC: typed, previewed, sent to the coordinator and the service that speaks for her."""
    case = _case(request, reference, "marac.refer")
    viewer = request.viewer  # type: ignore[attr-defined]
    area = _area(request, case)
    team = team_for("marac-coordinator", area.pk)
    if team is None:
        return _nobody(request, case, area)
    idva = team_for("idva", area.pk)
    step = request.POST.get("step", "")
    form = MaracForm(request.POST if step else None, draft=drafts.draft(case, viewer))
    shown: dict[str, Any] = {"team": team, "idva": idva, "area": area, "form": form, "refused": None}
    if step == "preview" and form.is_valid():
        return _preview(request, case, shown)
    if step == "send" and form.is_valid():
        try:
            return redirect("marac:referral", _send(request, case, form, team, idva).pk)
        except Refused as refusal:
            shown["refused"] = refusal
    return _write(request, case, shown)


def _area(request: HttpRequest, case: Case) -> Area:
    """MARAC follows the victim's home, unless another area is chosen on the page."""
    chosen = request.POST.get("area") or request.GET.get("area")
    found = next((area for area in drafts.areas() if area.pk == chosen), None)
    return found or drafts.home_of_victim(case, request.viewer)  # type: ignore[attr-defined]


def _send(request: HttpRequest, case: Case, form: MaracForm, team: Team, idva: Team | None) -> MaracReferral:
    sender = drafts.sending_team(request.user, case, request.at)  # type: ignore[attr-defined, arg-type]
    if sender is None:
        raise Refused(
            "You work in no team today, so nobody would get the answer. Ask your administrator. Nothing was sent."
        )
    return actions.refer(
        key=form.cleaned_data["key"],
        case=case,
        from_team=sender,
        to_team=team,
        idva_team=idva,
        content=form.content(),
        consent=form.word("consent"),
        facts=form.facts_sent(),
        left_out=form.not_sent(),
        by=request.user,  # type: ignore[arg-type]
        at=request.at,  # type: ignore[attr-defined]
    )


def _write(request: HttpRequest, case: Case, shown: dict[str, Any]) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    context = {
        **shown,
        **links.on_case(case, viewer),
        "areas": drafts.areas(),
        "task": drafts.open_task(case, viewer, "refer_to_marac"),
        "grounds": pages.grounds(case, viewer),
        "bars": pages.bars_beside(case),
        "guidance": sending.cards(shown_at(case, reaches_as=("guidance", "reference"), place="marac")),
    }
    return render(request, "marac/refer.html", context)


def _preview(request: HttpRequest, case: Case, shown: dict[str, Any]) -> HttpResponse:
    form = shown["form"]
    context = {
        **shown,
        **links.on_case(case, request.viewer),  # type: ignore[attr-defined]
        "letter": sending.letter(form, shown["team"], so_that=pages.SO_THAT),
        "people": people_rows(form.people_sent()),
        "rows": pages.preview_rows(form),
        "facts": form.facts_sent(),
        "not_sent": form.not_sent(),
        "typed": sending.typed(request.POST),
    }
    return render(request, "marac/refer_preview.html", context)


def _nobody(request: HttpRequest, case: Case, area: Area) -> HttpResponse:
    office = drafts.office(area)
    if office is not None:
        tell_of_missing_team(
            case=case,
            service="marac",
            area=area,
            office=office,
            by=request.user,  # type: ignore[arg-type]
            at=request.at,  # type: ignore[attr-defined]
        )
    context = {**links.on_case(case, request.viewer), "area": area, "areas": drafts.areas(), "told": office is not None}  # type: ignore[attr-defined]
    return render(request, "marac/refer_nobody.html", context)


@page(may="refer")
def do_not_refer(request: HttpRequest, reference: str) -> HttpResponse:
    """A named decision not to refer to MARAC."""
    case = _case(request, reference, "marac.do_not_refer")
    viewer = request.viewer  # type: ignore[attr-defined]
    form = NotToMaracForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.decide_not_to_refer(case=case, by=viewer.user, at=viewer.at, **form.cleaned_data)
        return redirect("cases:tab", case.reference, "now")
    context = {**links.on_case(case, viewer), "form": form, "owed": sending.owed(case, viewer, ["refer_to_marac"])}
    return render(request, "marac/do_not_refer.html", context)


@page(may="list_marac")
def coordinator(request: HttpRequest) -> HttpResponse:
    """Referrals waiting, and the meetings to come."""
    viewer = request.viewer  # type: ignore[attr-defined]
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
def referral(request: HttpRequest, pk: str) -> HttpResponse:
    """The record as sent; the coordinator lists it here."""
    viewer = request.viewer  # type: ignore[attr-defined]
    row: MaracReferral = load(queries.referrals(), viewer, what="marac.referral", pk=pk)
    return _record(request, row)


def _record(request: HttpRequest, row: MaracReferral, *, status: int = 200, **more: Any) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    context = {**pages.record_page(row, viewer), "refused": None, "opened": None, "form": None, **more}
    if context["is_coordinator"] and row.state == "sent":
        owed = queries.owed_copies(row)
        context["owed"] = owed
        context["meetings"] = queries.meetings(viewer)
        context["form"] = context["form"] or ListForm(meetings=context["meetings"], proposed=owed.proposed)
    return render(request, "marac/referral.html", context, status=status)


@require_POST
@page(may=None)
def contact(request: HttpRequest, pk: str) -> HttpResponse:
    """The rules of safe contact as they were sent, opened to act: that is logged."""
    viewer = request.viewer  # type: ignore[attr-defined]
    row: MaracReferral = load(queries.referrals(), viewer, what="marac.safe_contact", pk=pk)
    return _record(request, row, opened=[line for line in row.safe_contact.open().splitlines() if line.strip()])


@require_POST
@page(may="list_marac")
def list_case(request: HttpRequest, pk: str) -> HttpResponse:
    """List the case for a meeting; the copies go out."""
    viewer = request.viewer  # type: ignore[attr-defined]
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
def from_task(request: HttpRequest, task_id: str) -> HttpResponse:
    """From the button of a task to the referral that is to be listed."""
    viewer = request.viewer  # type: ignore[attr-defined]
    task = load(queries.tasks(), viewer, what="marac.task", pk=task_id)
    check_may(viewer.user, "list_marac")
    row = queries.first_unlisted(task, viewer)
    return redirect("marac:referral", row.pk) if row is not None else redirect("marac:coordinator")


@page(may="see_cases")
def sent_to_us(request: HttpRequest) -> HttpResponse:
    """What was sent or copied to the viewer's teams about MARAC."""
    viewer = request.viewer  # type: ignore[attr-defined]
    rows = queries.sent_to_us(viewer)
    record_read(rows, by=viewer.user, at=viewer.at, what="marac.sent_to_us")
    return render(request, "marac/sent_to_us.html", {"lines": pages.waiting(rows, viewer.at)})


@require_POST
@page(may="offer_support")
def offer(request: HttpRequest, pk: str) -> HttpResponse:
    """The service that was sent this referral begins its offer, whether or not a duty asks for it."""
    viewer = request.viewer  # type: ignore[attr-defined]
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
