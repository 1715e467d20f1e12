"""Saying why one needs a case of another team of one's agency: by its reference, or from "Who is this?"."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load
from alongside.people import queries as people
from alongside.people.models import Person
from alongside.sharing.needing import actions, queries
from alongside.sharing.needing.forms import NeedForm, WhyForm

# As many as "Who is this?" may ever have shown of one person.
SHOWN = 30


@page(may="see_cases")
def need(request: Request) -> HttpResponse:
    """Say why you need a case that another team of your agency has."""
    form = NeedForm(request.POST or None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        case = queries.own_case(request.viewer, said.pop("reference"))
        if not queries.is_open(request.viewer, case):
            actions.say_why(case=case, **said, by=request.user, at=request.at)
        return redirect("cases:case", case.reference)
    return render(request, "sharing/needing/need.html", {"form": form}, status=422 if form.is_bound else 200)


@page(may="search_people")
def need_record(request: Request, pk: UUID, record: UUID) -> HttpResponse:
    """Say why you need what another team of your agency holds about somebody who may be the same person."""
    person = load(people.people(), request.viewer, what="sharing.need", pk=pk)
    if record not in _shown(person, request):
        raise NotVisible
    held = queries.closed_cases(request.viewer, [record]).get(record, [])
    if not held:
        return redirect("people:who", pk)
    form = WhyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        for case in held:
            actions.say_why(case=case, **form.cleaned_data, by=request.user, at=request.at)
        return redirect("cases:case", held[-1].reference)
    context = {"form": form, "person": person, "count": len(held)}
    return render(request, "sharing/needing/need.html", context, status=422 if form.is_bound else 200)


def _shown(person: Person, request: Request) -> set[UUID]:
    """The records that "Who is this?" shows of a person, answered about or not."""
    try:
        found = people.candidates(person, request.viewer, limit=SHOWN)
    except people.CannotTell:
        found = []
    return {one.person for one in found} | set(people.standing_links(person, request.viewer))
