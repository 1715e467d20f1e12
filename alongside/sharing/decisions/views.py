"""The tool in three pages: what and with whom; the letter; what they will see. And looking at a share again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.agencies.access import Refused
from alongside.agencies.models import Team
from alongside.audit.api import record_read
from alongside.cases import pages as case_pages
from alongside.cases.models import Case
from alongside.cases.queries import all_cases
from alongside.cases.sides import is_of_the_other_side
from alongside.design.moments import day
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load
from alongside.sharing import queries as consents
from alongside.sharing.actions import say_consent
from alongside.sharing.agreements.queries import is_without
from alongside.sharing.days import today
from alongside.sharing.decisions import access, actions, pages, queries
from alongside.sharing.decisions.forms import AgainForm, ChooseForm, LetterForm, NotForm, SaidForm
from alongside.sharing.hooks import Shareable, shareable


def _case(request: Request, reference: str, what: str) -> Case:
    return load(all_cases(), request.viewer, what=what, reference=reference)


def _teams(request: Request, case: Case) -> list[Team]:
    return queries.teams_to_share_with(frozenset(case.places.areas), request.user.agency_id)


@page(may="decide_sharing")
def choose(request: Request, reference: str) -> HttpResponse:
    """Which record of a case, and with which team."""
    case = _case(request, reference, "sharing.choose")
    found = shareable(case, request.viewer)
    form = ChooseForm(request.POST or None, records=found, teams=_teams(request, case))
    if form.is_bound and form.is_valid():
        return redirect("sharing:share-write", reference, form.cleaned_data["record"], form.cleaned_data["team"])
    context = {**_beside(request, case), "form": form, "found": found}
    return render(request, "sharing/share_choose.html", context, status=422 if form.is_bound else 200)


def _beside(request: Request, case: Case) -> dict[str, Any]:
    """What stands on every page of the tool."""
    return {"case": case, "identity": case_pages.identity(case, request.viewer), "leads": pages.leads(request.user)}


def _chosen(request: Request, case: Case, record: UUID, code: str) -> tuple[Shareable, Team]:
    """The record and the team of an address; what may not be shared from here answers as what is not there. Its reading is audited."""
    source = next((one for one in shareable(case, request.viewer) if one.id == record), None)
    team = next((one for one in _teams(request, case) if one.code == code), None)
    if source is None or team is None:
        raise NotVisible
    record_read((source.kind, str(source.id)), by=request.user, at=request.at, what="sharing.parts")
    return source, team


@page(may="decide_sharing")
def write(request: Request, reference: str, record: UUID, team: str) -> HttpResponse:
    """The letter; then exactly what the other side will see, and what not; then it goes."""
    case = _case(request, reference, "sharing.write")
    source, to_team = _chosen(request, case, record, team)
    form = LetterForm(request.POST or None, source=source, on=today(request.at))
    context = {**_beside(request, case), "form": form, "source": source, "team": to_team, "refused": None}
    context["to_other_side"] = is_of_the_other_side(to_team.agency)
    context["without"] = is_without(request.user.agency_id, to_team.agency_id, request.at)
    if not form.is_bound or not form.is_valid() or request.POST.get("do") == "change":
        failed = form.is_bound and request.POST.get("do") != "change"
        return render(request, "sharing/share_write.html", context, status=422 if failed else 200)
    if request.POST.get("do") == "share":
        try:
            return _share(request, case, source, to_team, form)
        except Refused as refusal:
            context["refused"] = refusal
    on = form.cleaned_data["review_on"] or today(request.at) + timedelta(days=queries.review_days(case, request.at))
    context |= {
        "letter": pages.letter(form, source, to_team, day(on, year=True)),
        "seen": form.chosen(),
        "unseen": [*pages.unticked(form), *form.lines_left_out()],
        "typed": pages.typed(request.POST),
        "key": request.POST.get("key") or str(uuid4()),
    }
    return render(request, "sharing/share_preview.html", context, status=403 if context["refused"] else 200)


def _share(request: Request, case: Case, source: Shareable, team: Team, form: LetterForm) -> HttpResponse:
    actions.share(
        key=_key(request.POST.get("key", "")),
        case=case,
        source=source,
        parts=form.chosen(),
        to_team=team,
        letter=form.letter(),
        by=request.user,
        at=request.at,
    )
    messages.success(request, f"Shared with {team.name}, {team.agency.name}, with your name and your reasons.")
    return redirect("cases:tab", case.reference, "sharing")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused("This page was not whole. Look at the preview again; nothing was sent.") from None


@page(may="decide_sharing")
def keep_back(request: Request, reference: str, record: UUID, team: str) -> HttpResponse:
    """Decide not to share: the same record."""
    case = _case(request, reference, "sharing.keep_back")
    source, to_team = _chosen(request, case, record, team)
    form = NotForm(request.POST or None, on=today(request.at))
    if form.is_bound and form.is_valid():
        actions.keep_record_back(
            case=case, source=source, to_team=to_team, letter=form.letter(), by=request.user, at=request.at
        )
        messages.success(request, "Kept, with your name: you decided not to share it, and why.")
        return redirect("cases:tab", case.reference, "sharing")
    context = {**_beside(request, case), "form": form, "source": source, "team": to_team}
    return render(request, "sharing/share_not.html", context, status=422 if form.is_bound else 200)


@page(may="decide_sharing")
def said(request: Request, reference: str) -> HttpResponse:
    """Record what somebody says about sharing now; taking it back ends what rested on it."""
    case = _case(request, reference, "sharing.said")
    people = consents.asked_people(case, request.viewer)
    form = SaidForm(request.POST or None, people=people)
    if form.is_bound and form.is_valid():
        person = next(one.person for one in people if str(one.person_id) == form.cleaned_data["person"])
        say_consent(case=case, person=person, status=form.word(), by=request.user, at=request.at)
        messages.success(request, "Recorded. What rested on consent that was taken back has ended.")
        return redirect("cases:tab", case.reference, "sharing")
    context = {**_beside(request, case), "form": form, "people": people}
    return render(request, "sharing/said.html", context, status=422 if form.is_bound else 200)


@page(may="decide_sharing")
def again(request: Request, pk: UUID) -> HttpResponse:
    """Look at a share again: it goes on with its reason, or ends."""
    row = load(queries.decisions(), request.viewer, what="sharing.decision", pk=pk)
    if not row.shared or not access.may_look_again(request.user, row):
        raise NotVisible
    asked = next((one for one in queries.history(row, request.viewer) if one.answered_at is None), None)
    form = AgainForm(
        request.POST or None,
        is_live=row.state == "live",
        withdrawn=asked is not None and asked.why == "withdrawn",
        on=today(request.at),
    )
    if form.is_bound and form.is_valid():
        actions.review_share(decision=row, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "Kept, with your name.")
        return redirect("duties:today")
    context = {
        "row": row,
        "form": form,
        "asked": asked,
        "rows": pages.rows_of(row),
        "history": pages.history(row, request.viewer),
        "holds": queries.holds_case(row.case, request.viewer),
        "leads": pages.leads(request.user),
    }
    return render(request, "sharing/again.html", context, status=422 if form.is_bound else 200)


@page(may="see_cases")
def shared_with_us(request: Request) -> HttpResponse:
    """What colleagues elsewhere shared with the viewer's teams, and what of it has ended."""
    rows = queries.shared_with(request.viewer)
    ended = queries.recalled(request.viewer)
    record_read([*rows, *ended], by=request.user, at=request.at, what="sharing.shared_with_us")
    return render(request, "sharing/shared_with_us.html", {"rows": rows, "ended": ended})


@page(may="see_cases")
def shared(request: Request, pk: UUID) -> HttpResponse:
    """One copy as it was sent, to those it was sent to and to whoever holds the case."""
    row = load(queries.copies(), request.viewer, what="sharing.copy", pk=pk)
    is_receiver = row.to_team_id in request.viewer.team_ids
    if is_receiver:
        actions.open_copy(copy=row, by=request.user, at=request.at)
    rests_on = queries.latest_live(row.pk, row.to_team_id)
    context = {
        "row": row,
        "seen": pages.parts_of(row),
        "decision": rests_on,
        "is_receiver": is_receiver,
        "holds": queries.holds_case(row.case, request.viewer),
    }
    return render(request, "sharing/shared.html", context)
