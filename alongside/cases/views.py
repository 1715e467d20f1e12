"""The list of cases, the page of one, how its people may be reached, and correcting its area."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from alongside.agencies import queries as agencies
from alongside.audit.api import record_read
from alongside.cases import actions, hooks, pages, queries
from alongside.cases.forms import AreaForm, ContactForm, ReferenceForm
from alongside.cases.models import Case
from alongside.cases.sides import check_may_locate
from alongside.cases.who import next_who_may_be_known
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load
from alongside.people import clearance
from alongside.people import queries as people
from alongside.people.contact.pages import way_rows
from alongside.people.models import SafeContact

ON_A_PAGE = 25
SIDE = 50


def _load(request: Request, reference: str, what: str) -> Case:
    return load(queries.all_cases(), request.viewer, what=what, reference=reference)


@page(may="see_cases")
def cases(request: Request) -> HttpResponse:
    """Cases the viewer's agency may open, the latest first."""
    form = ReferenceForm(request.GET or None)
    wanted = form.cleaned_data["reference"] if form.is_bound and form.is_valid() else ""
    shown = Paginator(queries.cases_for(request.viewer, reference=wanted), ON_A_PAGE).get_page(request.GET.get("page"))
    record_read(list(shown), by=request.user, at=request.at, what="cases.list")
    lines = pages.briefs(shown, request.viewer)
    context = {"form": form, "wanted": wanted, "page": shown, "rows": [(case, lines[case.pk]) for case in shown]}
    return render(request, "cases/list.html", context)


@page(may="see_cases")
def case(request: Request, reference: str, tab: str = "now") -> HttpResponse:
    """One tab of a case, such as its timeline: the blocks that the apps have registered for it."""
    if tab not in dict(pages.TABS):
        raise NotVisible
    row = _load(request, reference, f"cases.{tab}")
    context = {
        "case": row,
        "identity": pages.identity(row, request.viewer),
        "places": pages.places(row, tab),
        "tab": tab,
        "tab_name": dict(pages.TABS)[tab],
        "blocks": _blocks(request, row, tab),
        "side": _blocks(request, row, tab, side=True),
        "empty": pages.EMPTY[tab],
        "messages": messages.get_messages(request),
    }
    return render(request, "cases/case.html", context)


def _blocks(request: Request, row: Case, tab: str, *, side: bool = False) -> list[str]:
    """The registered blocks of one column, drawn; each has a context of its own."""
    drawn: list[str] = []
    for panel in hooks.PANELS:
        if panel.tab != tab or side != (tab == "now" and panel.order >= SIDE):
            continue
        context = panel.context(row, request.viewer)
        if context is not None:
            # Each template escapes what it is given; what it returns is markup.
            drawn.append(mark_safe(render_to_string(panel.template, context, request)))  # noqa: S308
    return drawn


@page(may="see_cases")
def contact(request: Request, reference: str) -> HttpResponse:
    """How the people of a case may be reached: opened to act, and logged with what for."""
    row = _load(request, reference, "cases.contact_asked")
    form = ContactForm(request.POST if request.method == "POST" else None)
    opened = []
    members = queries.members_of([row.pk], request.viewer).get(row.pk, [])
    if form.is_valid():
        for member in members:
            check_may_locate(request.user, member.person)
        ways = people.ways([m.person_id for m in members], request.viewer)
        record_read(
            [row, *ways],
            by=request.user,
            at=request.at,
            what="cases.contact_opened",
            purpose=form.cleaned_data["purpose"],
        )
        opened = [
            {"member": m, "ways": _ways(m.person_id, ways, request)}
            for m in members
            if m.role in ("victim", "child", "other")
        ]
    context = {"case": row, "identity": pages.identity(row, request.viewer), "form": form, "opened": opened}
    context["victim"] = next((m.person_id for m in members if m.role == "victim"), None)
    return render(request, "cases/contact.html", context, status=422 if form.errors else 200)


def _ways(person: UUID, ways: list[SafeContact], request: Request) -> list[list[dict[str, object]]]:
    """How one person may be reached: the latest word on each way first, then what was said before."""
    own = [way for way in ways if way.person_id == person]
    days = clearance.area_rules(person, request.at).days if own else 0
    standing = people.standing(own)
    rows = [*standing, *(way for way in own if way not in standing)]
    return [way_rows(way, request.at, days, stands=way in standing) for way in rows]


@page(may="answer")
def area(request: Request, reference: str) -> HttpResponse:
    """Why these procedures apply, and another area when that is wrong."""
    row = _load(request, reference, "cases.area")
    areas = {one.pk: one for one in agencies.areas()}
    form = AreaForm(request.POST or None, areas=[(code, one.name) for code, one in areas.items()])
    if form.is_valid() and _is_new(form, row):
        actions.correct_area(
            case=row,
            place=form.cleaned_data["place"],
            area=areas[form.cleaned_data["area"]],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=request.at,
        )
        messages.success(request, "The area is corrected; what is owed was worked out again.")
        return redirect("cases:case", row.reference)
    context = {"case": row, "identity": pages.identity(row, request.viewer), "form": form} | pages.areas(
        row, request.viewer
    )
    return render(request, "cases/area.html", context, status=422 if form.errors else 200)


def _is_new(form: AreaForm, case: Case) -> bool:
    is_new = case.places.of(form.cleaned_data["place"]) != form.cleaned_data["area"]
    if not is_new:
        form.add_error("area", "The case says this area already. Choose another, or go back.")
    return bool(is_new)


@page(may="see_cases")
def who(request: Request, reference: str) -> HttpResponse:
    """On to the next person of the case who may already be known; after the last, or for who may not look, to the case."""
    row = _load(request, reference, "cases.who")
    looks = request.user.may("search_people")
    person = next_who_may_be_known(row, request.viewer, after=request.GET.get("after", "")) if looks else None
    if person:
        return redirect("people:who", person.pk)
    leads = (lead(row, request.viewer) for lead in hooks.AFTER_WHO)
    return redirect(next(filter(None, leads), None) or reverse("cases:case", args=[row.reference]))
