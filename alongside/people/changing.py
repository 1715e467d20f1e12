"""Putting a record right, adding to it, and protecting somebody."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.gate.routes import Request, page
from alongside.gate.viewing import load
from alongside.people import actions, queries
from alongside.people.forms import ChangeForm, ProtectForm
from alongside.people.views import load_person

AGAIN = "Links to this record are to be looked at again."


@page(may="answer")
def change(request: Request, pk: UUID) -> HttpResponse:
    """Put right what the record says, and add what is known since."""
    person = load_person(request, pk, "people.change")
    held = {name: getattr(person, name) for name in ("given_name", "family_name", "date_of_birth", "sex")}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=held)
    if form.is_valid():
        done = [
            actions.put_right(person=person, now=form.put_right(), by=request.user, at=request.at),
            actions.add_to(person=person, said=form.added(), by=request.user, at=request.at),
        ]
        messages.success(request, f"Kept. {AGAIN}" if any(done) else "Nothing was different, and nothing was changed.")
        return redirect("people:person", pk)
    return render(request, "people/change.html", {"person": person, "form": form}, status=422 if form.errors else 200)


@require_POST
@page(may="answer")
def confidential(request: Request, pk: UUID) -> HttpResponse:
    """Say whether an address is confidential."""
    address = load(queries.address_rows(), request.viewer, what="people.address", pk=pk)
    is_so = request.POST.get("confidential") == "yes"
    actions.set_confidential(address=address, confidential=is_so, by=request.user, at=request.at)
    said = "Confidential: it is never looked up by, and protects." if is_so else "Not confidential."
    messages.success(request, f"{said} {AGAIN}")
    return redirect("people:person", address.person_id)


@page(may="answer")
def protect(request: Request, pk: UUID) -> HttpResponse:
    """Protect somebody, with the reason; two people are needed from now on to say who they are."""
    person = load_person(request, pk, "people.protect")
    form = ProtectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.shield(person=person, reason=form.cleaned_data["reason"], by=request.user, at=request.at)
        messages.success(request, "Protected. From now on two people are needed to say who this is.")
        return redirect("people:person", pk)
    context = {"person": person, "form": form, "lifting": False}
    return render(request, "people/protect.html", context, status=422 if form.errors else 200)


@page(may="confirm_links")
def lift(request: Request, pk: UUID) -> HttpResponse:
    """Say that somebody needs no protection any more: somebody else than who set it."""
    shield = load(queries.shields(), request.viewer, what="people.shield", pk=pk)
    form = ProtectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.lift_shield(shield=shield, why=form.cleaned_data["reason"], by=request.user, at=request.at)
        messages.success(request, "The protection is lifted. What was said while it stood stays as it is.")
        return redirect("people:person", shield.person_id)
    context = {"person": shield.person, "form": form, "lifting": True}
    return render(request, "people/protect.html", context, status=422 if form.errors else 200)
