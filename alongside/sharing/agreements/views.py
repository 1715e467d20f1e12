"""The register of information-sharing agreements: the list, a new one, renewing and ending."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible
from alongside.sharing.agreements import actions, pages, queries
from alongside.sharing.agreements.forms import AddForm, EndForm, RenewForm
from alongside.sharing.days import today


@page(may="keep_agreements")
def agreements(request: Request) -> HttpResponse:
    """The register, what was sent where no agreement was in force, and reviews that are late."""
    context = {
        "rows": pages.rows(request.user, request.at),
        "pairs": queries.sent_without(request.user, request.at),
        "sent": pages.sent(request.user),
        "late": queries.reviews_late(request.user, request.at),
        "messages": messages.get_messages(request),
    }
    return render(request, "sharing/agreements.html", context)


@page(may="keep_agreements")
def add(request: Request) -> HttpResponse:
    """Put a signed agreement on the register."""
    form = AddForm(request.POST or None, agencies=queries.parties_for(request.user), on=today(request.at))
    if form.is_bound and form.is_valid():
        row = actions.add_agreement(**form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, f"On the register: {row.name}.")
        return redirect("sharing:agreements")
    return render(request, "sharing/agreement_add.html", {"form": form}, status=422 if form.is_bound else 200)


@page(may="keep_agreements")
def agreement(request: Request, pk: UUID) -> HttpResponse:
    """One agreement: what it covers, what was done with it, renewing and ending it."""
    found = queries.agreement(pk, request.user)
    if found is None:
        raise NotVisible
    do = request.POST.get("do")
    renewing = RenewForm(request.POST if do == "renew" else None, on=today(request.at))
    ending = EndForm(request.POST if do == "end" else None, prefix="end")
    if renewing.is_bound and renewing.is_valid():
        actions.renew_agreement(agreement=found, **renewing.cleaned_data, by=request.user, at=request.at)
        messages.success(request, f"Renewed: {found.name}.")
        return redirect("sharing:agreements")
    if ending.is_bound and ending.is_valid():
        actions.end_agreement(agreement=found, **ending.cleaned_data, by=request.user, at=request.at)
        messages.success(request, f"Ended: {found.name}. What stood on it alone is closed.")
        return redirect("sharing:agreements")
    context = {"row": pages.row(found, request.at), "history": pages.history(found), "renewing": renewing}
    context |= {"ending": ending, "bound": renewing.is_bound or ending.is_bound}
    return render(request, "sharing/agreement.html", context, status=422 if context["bound"] else 200)
