"""Before you call, post or visit; how somebody may be reached; letters; and what waits for a colleague."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.agencies.access import Refused
from alongside.audit.api import record_read
from alongside.gate.routes import Request, page
from alongside.gate.viewing import load
from alongside.people import actions, clearance, hooks, queries
from alongside.people.contact import pages
from alongside.people.contact.forms import CloseForm, ReachForm, TriedForm, WayForm
from alongside.people.models import ContactTry, Person, PlannedLetter
from alongside.people.views import load_person


@page(may="answer")
def reach(request: Request, pk: UUID) -> HttpResponse:
    """Before you call, post or visit: yes or no, with the reasons and the words to use; that it was opened is kept."""
    person = load_person(request, pk, "people.reach")
    hooks.check_may_locate(request.user, person)
    form = ReachForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _reach(request, person, {"form": form}, status=422 if form.errors else 200)
    row, said, way = actions.ask_to_reach(person=person, act=form.cleaned_data["act"], by=request.user, at=request.at)
    opened = None
    if way is not None and said.verdict != "no":
        record_read([row, way], by=request.user, at=request.at, what="people.reach_opened", act=row.act)
        opened = pages.to_act_on(row.act, way)
    context = {"row": row, "verdict": pages.verdict(said), "opened": opened, "tried": TriedForm()}
    return _reach(request, person, context | {"form": form})


def _reach(request: Request, person: Person, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    shown = {
        "person": person,
        "tries": pages.try_lines(queries.tries_of(person, request.viewer)),
        "letters": queries.letters_of(person, request.viewer),
        "messages": messages.get_messages(request),
        **dict.fromkeys(("row", "verdict", "opened", "tried", "refused")),
    }
    return render(request, "people/reach.html", shown | context, status=status)


def _load_try(request: Request, pk: UUID) -> ContactTry:
    return load(queries.tries(), request.viewer, what="people.contact_try", pk=pk)


@require_POST
@page(may="answer")
def tried(request: Request, pk: UUID) -> HttpResponse:
    """What came of it."""
    row = _load_try(request, pk)
    form = TriedForm(request.POST)
    refused: Refused | None = None
    if form.is_valid():
        try:
            actions.record_try(row=row, by=request.user, at=request.at, **form.cleaned_data)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, "Kept with your name and the time.")
            return redirect("people:reach", row.person_id)
    context = {"form": ReachForm(), "row": row, "verdict": None, "opened": None, "tried": form, "refused": refused}
    return _reach(request, row.person, context, status=403 if refused else 422)


@require_POST
@page(may="answer")
def find_out(request: Request, pk: UUID) -> HttpResponse:
    """Ask the team that decides to find out what is not known."""
    row = _load_try(request, pk)
    task = actions.ask_colleague(person=row.person, act=row.act, reasons=row.reasons, by=request.user, at=request.at)
    asked = (
        f"{task.team.name}, {task.team.agency.name}, is asked."
        if task
        else "There is no team to ask. Tell your administrator."
    )
    messages.success(request, asked)
    return redirect("people:reach", row.person_id)


@require_POST
@page(may="answer")
def plan(request: Request, pk: UUID) -> HttpResponse:
    """Plan a letter that was answered with yes."""
    letter = actions.plan_letter(row=_load_try(request, pk), by=request.user, at=request.at)
    return redirect("people:letter", letter.pk)


@page(may="answer")
def letter(request: Request, pk: UUID) -> HttpResponse:
    """One letter: read by a second person, and asked once more when it is posted."""
    row = load(queries.letters(), request.viewer, what="people.letter", pk=pk)
    hooks.check_may_locate(request.user, row.person)
    do, address = request.POST.get("do", ""), None
    if do == "read":
        actions.read_letter(letter=row, by=request.user, at=request.at)
    elif do == "post":
        actions.post_letter(letter=row, by=request.user, at=request.at)
    elif do == "show":
        address = _address(request, row)
    if do in ("read", "post"):
        return redirect("people:letter", pk)
    context = {"letter": row, "address": address, "asked": do == "show", "is_own": row.planned_by_id == request.user.pk}
    return render(request, "people/letter.html", context)


def _address(request: Request, row: PlannedLetter) -> str | None:
    """Where a letter goes, opened; None once it is posted, or where that is not cleared any more."""
    said, way = clearance.answer(row.person_id, "letter", request.at)
    waits = row.state in (PlannedLetter.State.TO_READ, PlannedLetter.State.READ)
    if not (waits and said.allowed and way is not None and way.goes_to_id == row.address_id):
        return None
    record_read([row, row.address], by=request.user, at=request.at, what="people.letter_address")
    return "\n".join(part for part in (row.address.lines.open(), row.address.postcode.open()) if part)


@page(may="answer")
def way(request: Request, pk: UUID) -> HttpResponse:
    """Say how somebody may be reached, as they said it today."""
    person = load_person(request, pk, "people.safe_contact")
    hooks.check_may_locate(request.user, person)
    addresses = queries.addresses_to_post(person, request.viewer)
    form = WayForm(request.POST if request.method == "POST" else None, addresses=addresses)
    if form.is_valid():
        chosen = next((one for one in addresses if str(one.pk) == form.cleaned_data["goes_to"]), None)
        actions.confirm_way(person=person, said=form.said(), goes_to=chosen, by=request.user, at=request.at)
        messages.success(request, "Kept. It counts from now on; what was said before stays on record.")
        return redirect("people:reach", pk)
    days = clearance.area_rules(person.pk, request.at).days
    context = {"person": person, "form": form, "days": days}
    return render(request, "people/safe_contact.html", context, status=422 if form.errors else 200)


@page(may="answer")
def task(request: Request, pk: UUID) -> HttpResponse:
    """What could not be shown to be safe, and how it ended."""
    row = load(queries.contact_tasks(), request.viewer, what="people.contact_task", pk=pk)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.close_task(task=row, by=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, "Kept. The task is done.")
        return redirect("people:reach", row.person_id)
    context = {"task": row, "words": pages.task_words(row), "form": form}
    return render(request, "people/contact_task.html", context, status=422 if form.errors else 200)
