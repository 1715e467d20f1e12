"""The two views of patterns, each with its definition; and a reviewer's look at one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.audit.api import record_read
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load
from alongside.marac.patterns import actions, definitions, pages, queries
from alongside.marac.patterns.definitions import CHOICES
from alongside.marac.patterns.forms import ReviewForm, ThresholdForm
from alongside.people.queries import people

ON_A_PAGE = 25


@page(may="search_people")
def first(request: Request) -> HttpResponse:
    """On to the first of the two views."""
    return redirect("marac:patterns", "several")


@page(may="search_people")
def several(request: Request, kind: str) -> HttpResponse:
    """Patterns over several cases: one view's definition, and what it finds among the cases the viewer may open."""
    asked = _asked(request, kind)
    found = queries.patterns(asked.definition, request.viewer)
    waiting = [one for one in found if one.review is None]
    only = request.GET.get("only") == "waiting" and request.user.may("confirm_links")
    shown = Paginator(waiting if only else found, ON_A_PAGE).get_page(request.GET.get("page"))
    record_read(
        [person for one in shown for person in one.people], by=request.user, at=request.at, what=f"marac.{kind}"
    )
    repeat = definitions.repeat_months(asked.area.code, request.at)
    context = {
        "kind": kind,
        "heading": pages.HEADINGS[kind],
        "places": pages.places(kind, {one: reverse("marac:patterns", args=[one]) for one in CHOICES}),
        "asked": asked,
        "form": asked.form,
        "said": definitions.said(asked.definition),
        "choice": CHOICES[kind][0],
        "repeat": repeat,
        "page": shown,
        "only": only,
        "waiting": len(waiting),
        "rows": pages.rows(shown, repeat),
        "may_review": request.user.may("confirm_links"),
        "messages": messages.get_messages(request),
    }
    return render(request, "marac/patterns.html", context, status=422 if asked.form.errors else 200)


@page(may="confirm_links")
def review(request: Request, kind: str, pk: UUID) -> HttpResponse:
    """The cases and links one pattern rests on; a reviewer says, by name, whether they hold."""
    person = load(people(), request.viewer, what="marac.pattern", pk=pk)
    asked = _asked(request, kind)
    found = (one for one in queries.patterns(asked.definition, request.viewer) if person in one.people)
    pattern = next(found, None)
    if pattern is None:
        raise NotVisible
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.review_pattern(
            pattern=pattern,
            holds=form.cleaned_data["holds"] == "yes",
            note=form.cleaned_data["note"],
            by=request.user,
            at=request.at,
        )
        messages.success(request, "Kept, with your name. Another link or case needs another look.")
        return redirect(f"{reverse('marac:patterns', args=[kind])}?{asked.query}")
    context = {
        "kind": kind,
        "heading": pages.HEADINGS[kind],
        "row": pages.rows([pattern], definitions.repeat_months(asked.area.code, request.at))[0],
        "pattern": pattern,
        "links": pages.links(pattern),
        "form": form,
        "query": asked.query,
    }
    return render(request, "marac/pattern.html", context, status=422 if form.errors else 200)


def _asked(request: Request, kind: str) -> pages.Asked:
    """By whose numbers somebody looks: those in force in an area of theirs, or their own."""
    if kind not in CHOICES:
        raise NotVisible
    areas = definitions.areas_of(request.user, request.at)
    area = next((one for one in areas if one.code == request.GET.get("area")), areas[0])
    held = definitions.in_force(kind, [one.code for one in areas], request.at)
    form = ThresholdForm(request.GET if "least" in request.GET or "months" in request.GET else None)
    data = form.cleaned_data if form.is_bound and form.is_valid() else {}
    definition = held[area.code].with_(data.get("least"), data.get("months"))
    if not form.is_bound:
        form = ThresholdForm(initial={"area": area.code, "least": definition.least, "months": definition.months})
    others = [(one, held[one.code]) for one in areas if not held[one.code].counts_as(held[area.code])]
    return pages.Asked(area, definition, held[area.code], others, form)
