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
from alongside.people import actions, hooks, pages, queries
from alongside.people.forms import AnswerForm, SearchForm
from alongside.people.models import LinkDecision, Person
from alongside.people.queries import Candidate, CannotTell

MOST_SHOWN = 5
KEPT = (
    "Kept. Both records stay as they are, and each answer can be undone. "
    "About somebody protected it counts once a second person has agreed."
)
NOTHING = "Nothing was answered; that is safe too."


def load_person(request: Request, pk: UUID, what: str) -> Person:
    """One person through the gate, the reading recorded."""
    return load(queries.people(), request.viewer, what=what, pk=pk)


@page(may="search_people")
def who(request: Request, pk: UUID) -> HttpResponse:
    """The person as given, and the records that may be of the same human being; a person says which."""
    person = load_person(request, pk, "people.who")
    found, is_told = _found(request, person)
    standing = queries.standing_links(person, request.viewer)
    typed = request.POST if request.method == "POST" else None
    forms = pages.answer_forms(found, standing, typed)
    meanwhile: list[LinkDecision] = []
    if typed is not None and all(form.is_valid() for form in forms.values()):
        answered, meanwhile = _answer(request, person, found, forms)
        if not meanwhile:
            messages.success(request, KEPT if answered else NOTHING)
            return redirect("people:who", pk)
        found, is_told = _found(request, person)
        standing = queries.standing_links(person, request.viewer)
        forms = pages.answer_forms(found, standing, None)
    names = agencies.agency_names(code for one in found for code in one.held_by)
    shown = [*(one.person for one in found), *standing]
    context = {
        "person": person,
        "opens": queries.cases_of(shown, request.viewer),
        "ways_in": {pk: way for find in hooks.WAYS_IN for pk, way in find(person, shown, request.viewer).items()},
        "given": pages.given(person, request.at),
        "is_told": is_told,
        "groups": pages.groups(pages.cards(found, standing, names, forms)),
        "more_may_follow": len(found) >= MOST_SHOWN,
        "faults": pages.faults(found, forms),
        "meanwhile": pages.answers(meanwhile, request.viewer),
        "is_protected": bool(queries.protected([person.pk])),
        "standing": [
            item | {"other": pk}
            for pk, item in zip(standing, pages.answers(standing.values(), request.viewer), strict=True)
        ],
        "cases": queries.cases_of([person.pk], request.viewer).get(person.pk, []),
        "messages": messages.get_messages(request),
    }
    status = 409 if meanwhile else 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "people/who.html", context, status=status)


def _found(request: Request, person: Person) -> tuple[list[Candidate], bool]:
    """Candidates, their reading recorded; and whether anything can be told at all."""
    try:
        found = queries.candidates(person, request.viewer, limit=MOST_SHOWN)
    except CannotTell:
        return [], False
    shown = [("people.person", str(one.person)) for one in found]
    record_read(shown, by=request.user, at=request.at, what="people.candidates")
    return found, True


def _answer(
    request: Request, person: Person, found: list[Candidate], forms: dict[UUID, AnswerForm]
) -> tuple[int, list[LinkDecision]]:
    """Keep every answer given; how many were, and those of colleagues that came first."""
    answered, meanwhile = 0, []
    for one in found:
        data = forms[one.person].cleaned_data
        answer = pages.ANSWERS.get(data["who"])
        if answer is None:
            continue
        try:
            actions.decide_link(
                person=person,
                candidate=queries.record_of(one.person),
                answer=answer,
                weight=one.weight,
                model=one.model,
                because=one.because,
                how=data["how"],
                reason=data["reason"],
                seen=data["seen"],
                by=request.user,
                at=request.at,
            )
            answered += 1
        except actions.AnsweredMeanwhile as refused:
            meanwhile.append(refused.theirs)
    return answered, meanwhile


@require_POST
@page(may="search_people")
def undo(request: Request, pk: UUID) -> HttpResponse:
    """Undo one answer."""
    link = load(queries.links(), request.viewer, what="people.link", pk=pk)
    actions.undo_link(link=link, by=request.user, at=request.at)
    messages.success(request, "Undone. Everything is as it was before that answer.")
    return redirect("people:who", link.person_id)


@page(may="search_people", even_time=True)
def search(request: Request) -> HttpResponse:
    """Look somebody up; sent in the body of the page, so that no name stands in an address or a log."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    leads = [lead for lead in hooks.LEADS if request.user.may(lead.permission)]
    context: dict[str, object] = {"form": form, "asked": False, "leads": leads}
    if form.is_valid():
        context |= _results(request, form) | {"asked": True}
    return render(request, "people/search.html", context, status=422 if form.errors else 200)


def _results(request: Request, form: SearchForm) -> dict[str, object]:
    sought = uuid4()
    try:
        found = queries.candidates_for({sought: form.said()}, request.viewer, limit=10)[sought]
    except CannotTell:
        return {"results": [], "is_told": False}
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
    return {"results": [(card, opens.get(UUID(card.value), [])) for card in cards], "is_told": True}


@page(may="see_cases")
def person(request: Request, pk: UUID) -> HttpResponse:
    """One person: what is known; addresses and numbers only when asked for, and that is logged."""
    return _person(request, load_person(request, pk, "people.person"))


def _person(request: Request, row: Person, **opened: object) -> HttpResponse:
    reasons = queries.shield_reasons(row, request.viewer)
    if reasons:
        shields = [shield for *_, shield in reasons if shield is not None]
        record_read([row, *shields], by=request.user, at=request.at, what="people.shield_reasons")
    context = {
        "reasons": pages.shield_lines(reasons, row),
        "person": row,
        "given": pages.given(row, request.at),
        "cases": queries.cases_of([row.pk], request.viewer).get(row.pk, []),
        "may_change": request.user.may("answer") and row.recorded_by_agency_id == request.user.agency_id,
        "shield": queries.shield_of(row, request.viewer),
        "is_protected": bool(queries.protected([row.pk])),
        "leads": [lead for lead in hooks.ABOUT if request.user.may(lead.permission)],
        "messages": messages.get_messages(request),
    }
    return render(request, "people/person.html", context | opened)


@require_POST
@page(may="see_cases")
def show(request: Request, pk: UUID, what: str) -> HttpResponse:
    """Open the addresses, or the numbers, of one person."""
    row = load_person(request, pk, "people.person")
    hooks.check_may_locate(request.user, row)
    if what == "addresses":
        held = queries.addresses(row, request.viewer)
        record_read([row, *held], by=request.user, at=request.at, what="people.addresses_opened")
        return _person(request, row, addresses=pages.address_rows(held))
    points = queries.contact_points(row, request.viewer)
    record_read([row, *points], by=request.user, at=request.at, what="people.contacts_opened")
    return _person(
        request, row, contacts=[{"key": p.get_kind_display().capitalize(), "text": p.value.open()} for p in points]
    )
