"""The list of what is due; one person; a hold; a decision."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.audit.api import record_read
from alongside.clock import in_london
from alongside.gate.routes import Request, page
from alongside.gate.viewing import load
from alongside.keeping import actions, pages, queries
from alongside.keeping.forms import AskForm, DecideForm, HoldForm, ReviewForm, WhyForm
from alongside.people.queries import people


@page(may="keep_records")
def overview(request: Request) -> HttpResponse:
    """What is due to be looked at, what is held, and what waits for a second person."""
    context = pages.overview(request.viewer)
    shown = [one.case for one in context["due"]] + [one["person"] for one in (*context["holds"], *context["asked"])]
    record_read(shown, by=request.user, at=request.at, what="keeping.overview")
    context["messages"] = messages.get_messages(request)
    return render(request, "keeping/overview.html", context)


@page(may="keep_records")
def person(request: Request, pk: UUID) -> HttpResponse:
    """One person: what stops an erasure, what would stay; place a hold, or ask for the erasure."""
    row = load(people(), request.viewer, what="keeping.person", pk=pk)
    do = request.POST.get("do")
    hold_form = HoldForm(request.POST if do == "hold" else None, on=in_london(request.at).date(), prefix="hold")
    ask_form = AskForm(request.POST if do == "ask" else None, prefix="ask")
    if hold_form.is_bound and hold_form.is_valid():
        actions.place_hold(person=row, **hold_form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "Held. Nothing of this person is erased until a second person lifts it.")
        return redirect("keeping:overview")
    if ask_form.is_bound and ask_form.is_valid():
        actions.ask_erasure(person=row, **ask_form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "Asked. Nothing goes until a second person has decided.")
        return redirect("keeping:overview")
    is_bound = hold_form.is_bound or ask_form.is_bound
    context = {**pages.person(row, request.viewer), "hold_form": hold_form, "ask_form": ask_form}
    return render(request, "keeping/person.html", context, status=422 if is_bound else 200)


@page(may="keep_records")
def hold(request: Request, pk: UUID) -> HttpResponse:
    """One hold: why it stands; look at it again, or lift it."""
    row = queries.hold(request.viewer, pk)
    record_read(row, by=request.user, at=request.at, what="keeping.hold")
    do = request.POST.get("do")
    again = ReviewForm(request.POST if do == "again" else None, on=in_london(request.at).date(), prefix="again")
    lifting = WhyForm(request.POST if do == "lift" else None, prefix="lift")
    if again.is_bound and again.is_valid():
        actions.renew_hold(hold=row, **again.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "It stands until somebody looks at it again.")
        return redirect("keeping:overview")
    if lifting.is_bound and lifting.is_valid():
        actions.lift_hold(hold=row, **lifting.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "Lifted. Nothing was erased by that.")
        return redirect("keeping:overview")
    context = {"row": pages.hold_row(row, request.at), "reason": row.reason.open(), "again": again, "lifting": lifting}
    context["may_lift"] = row.placed_by_id != request.user.pk
    return render(request, "keeping/hold.html", context, status=422 if again.is_bound or lifting.is_bound else 200)


@page(may="keep_records", step_up=True)
def erasure(request: Request, pk: UUID) -> HttpResponse:
    """What was asked for, and the decision of a second person."""
    row = queries.erasure(request.viewer, pk)
    record_read(row, by=request.user, at=request.at, what="keeping.erasure")
    form = DecideForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.decide_erasure(erasure=row, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "Erased, for good." if form.cleaned_data["agreed"] else "Not erased.")
        return redirect("keeping:overview")
    context = {**pages.person(row.person, request.viewer), "row": pages.erasure_row(row), "form": form}
    context |= {"reason": row.reason.open(), "why": row.why.open() if row.why else ""}
    context["may_decide"] = row.agreed is None and row.asked_by_id != request.user.pk
    return render(request, "keeping/erasure.html", context, status=422 if form.is_bound else 200)
