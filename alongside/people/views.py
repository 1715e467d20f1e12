"""Who is this?, searching, and showing what is sealed when somebody asks for it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.agencies import queries as agencies
from alongside.audit.api import record_read
from alongside.gate.routes import Request, page
from alongside.gate.viewing import load
from alongside.people import actions, pages, queries
from alongside.people.forms import SearchForm
from alongside.people.models import Person

MOST_SHOWN = 5


def _load(request: Request, pk: UUID, what: str) -> Person:
    return load(queries.people(), request.viewer, what=what, pk=pk)


@page(may="search_people")
def who(request: Request, pk: UUID) -> HttpResponse:
    """The person as given, and the records that may be of the same human being; a person says which."""
    person = _load(request, pk, "people.who")
    found = queries.candidates(person, request.viewer, limit=MOST_SHOWN)
    record_read(
        [("people.person", str(one.person)) for one in found], by=request.user, at=request.at, what="people.candidates"
    )
    if request.method == "POST":
        answered = 0
        for one in found:
            answer = pages.ANSWERS.get(request.POST.get(f"who-{one.person}", ""))
            if answer:
                answered += 1
                actions.decide_link(
                    person=person,
                    candidate=queries.record_of(one.person),
                    answer=answer,
                    weight=one.weight,
                    because=one.because,
                    by=request.user,
                    at=request.at,
                )
        said = (
            "Kept. Both records stay as they are, and each answer can be undone."
            if answered
            else "Nothing was answered; that is safe too."
        )
        messages.success(request, said)
        return redirect("people:who", pk)
    standing = queries.standing_links(person, request.viewer)
    names = agencies.agency_names(code for one in found for code in one.held_by)
    context = {
        "person": person,
        "given": pages.given(person, request.at),
        "groups": pages.groups(pages.cards(found, standing, names)),
        "standing": pages.answers(standing.values()),
        "cases": queries.cases_of([person.pk], request.viewer).get(person.pk, []),
        "messages": messages.get_messages(request),
    }
    return render(request, "people/who.html", context)


@require_POST
@page(may="search_people")
def undo(request: Request, pk: UUID) -> HttpResponse:
    """Undo one answer."""
    link = load(queries.links(), request.viewer, what="people.link", pk=pk)
    actions.undo_link(link=link, by=request.user, at=request.at)
    messages.success(request, "Undone. Everything is as it was before that answer.")
    return redirect("people:who", link.person_id)


@page(may="search_people")
def search(request: Request) -> HttpResponse:
    """Look somebody up; sent in the body of the page, so that no name stands in an address or a log."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "asked": False}
    if form.is_valid():
        sought = uuid4()
        found = queries.candidates_for({sought: form.said()}, request.viewer, limit=10)[sought]
        opens = queries.cases_of([one.person for one in found], request.viewer)
        shown = [one for one in found if one.person in opens or request.user.may("see_holders")]
        record_read(
            [("people.person", str(one.person)) for one in shown],
            by=request.user,
            at=request.at,
            what="people.search",
            purpose=form.cleaned_data["purpose"],
        )
        names = agencies.agency_names(code for one in shown for code in one.held_by)
        cards = pages.cards(shown, {}, names)
        context |= {"asked": True, "results": [(card, opens.get(UUID(card.value), [])) for card in cards]}
    return render(request, "people/search.html", context, status=422 if form.errors else 200)


@page(may="see_cases")
def person(request: Request, pk: UUID) -> HttpResponse:
    """One person: what is known; addresses and numbers only when asked for, and that is logged."""
    row = _load(request, pk, "people.person")
    return _person(request, row)


def _person(request: Request, row: Person, **opened: object) -> HttpResponse:
    context = {
        "person": row,
        "given": pages.given(row, request.at),
        "cases": queries.cases_of([row.pk], request.viewer).get(row.pk, []),
    }
    return render(request, "people/person.html", context | opened)


@require_POST
@page(may="see_cases")
def show(request: Request, pk: UUID, what: str) -> HttpResponse:
    """Open the addresses, or the numbers, of one person."""
    row = _load(request, pk, "people.person")
    if what == "addresses":
        held = queries.addresses(row, request.viewer)
        record_read([row, *held], by=request.user, at=request.at, what="people.addresses_opened")
        return _person(request, row, addresses=pages.address_rows(held))
    points = queries.contact_points(row, request.viewer)
    record_read([row, *points], by=request.user, at=request.at, what="people.contacts_opened")
    return _person(
        request, row, contacts=[{"key": p.get_kind_display().capitalize(), "text": p.value.open()} for p in points]
    )
