"""What every referral goes through once it is written: kept, shown as the other side will read it, sent once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.agencies.access import Refused
from alongside.cases.models import Case
from alongside.casework.actions import unsent as actions
from alongside.casework.actions.referrals import tell_of_missing_team
from alongside.casework.forms.referrals import SharingForm
from alongside.casework.models import UnsentReferral
from alongside.casework.pages import links, sending
from alongside.casework.pages.referrals import people_rows
from alongside.casework.queries import drafts
from alongside.casework.queries.unsent import typed, unsent, unsent_of
from alongside.casework.sending import KINDS, Going
from alongside.gate.routes import Request, page
from alongside.gate.viewing import load

NO_TEAM = "You work in no team today, so nobody would get the answer. Ask your administrator to put you into one. Nothing was sent."


def home(request: Request, case: Case, service: str) -> drafts.Home:
    """The area chosen on the page, now or when it was kept; else the one the home decides."""
    decided = drafts.home_of(case, service, request.viewer)
    row = unsent_of(case, service, request.viewer)
    kept = typed(row).get("area") if row else None
    chosen = drafts.area(request.GET.get("area") or kept or "")
    return drafts.Home(chosen, "as chosen on this page") if chosen not in (None, decided.area) else decided


def form_of(request: Request, case: Case, service: str) -> SharingForm:
    """The page to write on: as it was left, when the writer has begun it and not sent it."""
    row = unsent_of(case, service, request.viewer)
    return KINDS[service].form(typed(row) if row else None, case, request.viewer)


def keep(request: Request, case: Case, service: str) -> HttpResponse:
    """Keep what was typed and go to the page that shows it, so that no way back sends a form again."""
    row = actions.keep(case=case, service=service, typed=sending.posted(request.POST), by=request.user, at=request.at)
    return redirect("casework:unsent", row.pk)


def writing(request: Request, case: Case, service: str) -> dict[str, Any]:
    """What every page to write on shows beside its form."""
    return {
        **links.on_case(case, request.viewer),
        "kind": KINDS[service],
        "areas": drafts.areas(),
        "unsent": unsent_of(case, service, request.viewer),
    }


def nobody(request: Request, case: Case, service: str, where: drafts.Home) -> HttpResponse:
    """No team here receives it: said, with what to do by telephone; where one is missing, the administrator is told."""
    office = drafts.office(where.area) if where.area else None
    if where.area and office is not None:
        tell_of_missing_team(case=case, service=service, area=where.area, office=office, by=request.user, at=request.at)
    context = {**writing(request, case, service), "where": where, "told": office is not None}
    return render(request, "casework/refer_nobody.html", context)


@page(may="refer")
def preview(request: Request, pk: UUID) -> HttpResponse:
    """What they will see, before it is sent; afterwards, that it was."""
    row = load(unsent(request.viewer), request.viewer, what="casework.unsent", pk=pk)
    kind = KINDS[row.service]
    if row.sent_on is not None:
        return redirect(kind.record(row.record_id)) if request.method == "POST" else _sent(request, row)
    held = typed(row)
    form, area = kind.form(held, row.case, request.viewer), drafts.area(held.get("area", ""))
    teams = kind.teams(area) if area else []
    if area is None or not teams or not form.is_valid():
        return redirect(kind.write(row.case))
    sender = drafts.sending_team(request.user, row.case, request.at)
    if sender is None:
        raise Refused(NO_TEAM)
    refused = None
    if request.method == "POST":
        try:
            kind.send(Going(row.record_id, row.case, area, form, sender, teams, request.user, request.at))
            return redirect(kind.record(row.record_id))
        except Refused as refusal:
            refused = refusal
    context = {
        **links.on_case(row.case, request.viewer),
        "kind": kind,
        "unsent": row,
        "teams": teams,
        "letter": sending.letter(form, teams[0], so_that=kind.so_that),
        "people": people_rows(form.people_sent()),
        "facts": form.facts_sent(),
        "not_sent": form.not_sent(),
        "rows": kind.rows(form),
        "write": kind.write(row.case),
        "refused": refused,
    }
    return render(request, "casework/refer_preview.html", context, status=403 if refused else 200)


def _sent(request: Request, row: UnsentReferral) -> HttpResponse:
    """Somebody came back to a page that was sent: it says so, and sends nothing."""
    kind = KINDS[row.service]
    context = {**links.on_case(row.case, request.viewer), "kind": kind, "unsent": row}
    context |= {"record": kind.record(row.record_id), "write": kind.write(row.case)}
    return render(request, "casework/refer_sent.html", context)


@require_POST
@page(may="refer")
def start_again(request: Request, pk: UUID) -> HttpResponse:
    """Throw away what was typed, and write from what is on record now."""
    row = load(unsent(request.viewer), request.viewer, what="casework.unsent", pk=pk)
    case = actions.drop(unsent=row, by=request.user, at=request.at)
    return redirect(KINDS[row.service].write(case))
