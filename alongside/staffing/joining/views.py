"""Agencies that join: the list, a new one, and a second person's word."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible
from alongside.staffing import pages
from alongside.staffing.forms import DecideForm
from alongside.staffing.joining import actions, queries
from alongside.staffing.joining.access import MAY
from alongside.staffing.joining.forms import NewAgencyForm


@page(may=MAY)
def every(request: Request) -> HttpResponse:
    """What waits for a second person, and what was decided."""
    rows = queries.every()
    context = {
        "waiting": [one for one in rows if one.state == "proposed"],
        "decided": [(one, pages.who(one.decided_by)) for one in rows if one.state != "proposed"],
        "messages": messages.get_messages(request),
    }
    return render(request, "staffing/agencies.html", context)


@page(may=MAY)
def propose(request: Request) -> HttpResponse:
    """Say that an agency joins."""
    form = NewAgencyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.propose(**form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "Kept. A second person rings them too; until then the agency cannot be brought in.")
        return redirect("staffing:agencies")
    return render(request, "staffing/agency_new.html", {"form": form}, status=422 if form.is_bound else 200)


@page(may=MAY, step_up=True)
def decide(request: Request, said: UUID) -> HttpResponse:
    """A second person's word."""
    held = queries.one(said)
    if held is None:
        raise NotVisible
    form = DecideForm(
        request.POST or None,
        confirm="Confirm: it joins",
        refuse="Do not confirm: it does not join",
        example="For example: I rang the trustee named in the register of charities.",
    )
    if form.is_bound and form.is_valid():
        act = actions.confirm if form.cleaned_data["decision"] == "confirm" else actions.refuse
        act(said=held, why=form.cleaned_data["why"], by=request.user, at=request.at)
        messages.success(request, f"Kept, with your name: {held.name}.")
        return redirect("staffing:agencies")
    facts = [("Code", held.code), ("What it is", held.get_kind_display()), ("Said by", pages.who(held.proposed_by))]
    context = {
        "said": held,
        "facts": [{"key": key, "text": text} for key, text in (*facts, ("Whom they rang", held.rang))],
        "form": form if held.state == "proposed" and held.proposed_by_id != request.user.pk else None,
        "decided": pages.who(held.decided_by),
    }
    return render(request, "staffing/agency.html", context, status=422 if form.is_bound else 200)
