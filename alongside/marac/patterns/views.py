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
from alongside.marac.patterns.definitions import DEFAULTS, Definition
from alongside.marac.patterns.forms import ReviewForm, ThresholdForm
from alongside.people.queries import people

ON_A_PAGE = 25


@page(may="search_people")
def first(request: Request) -> HttpResponse:
    """On to the first of the two views."""
    return redirect("marac:patterns", "several")


@page(may="search_people")
def several(request: Request, kind: str) -> HttpResponse:
    """One view: its definition, and what it finds among the cases the viewer may open."""
    if kind not in DEFAULTS:
        raise NotVisible
    form, definition = _definition(request, kind)
    shown = Paginator(queries.patterns(definition, request.viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    record_read(
        [person for one in shown for person in one.people], by=request.user, at=request.at, what=f"marac.{kind}"
    )
    repeat = definitions.repeat_months(request.user.agency, request.at)
    context = {
        "kind": kind,
        "heading": pages.HEADINGS[kind],
        "places": pages.places(kind, {one: reverse("marac:patterns", args=[one]) for one in DEFAULTS}),
        "form": form,
        "said": definitions.said(definition),
        "source": definitions.SOURCE[kind].format(repeat=repeat),
        "tried": definition != DEFAULTS[kind],
        "page": shown,
        "query": _query(definition),
        "rows": pages.rows(shown, repeat),
        "may_review": request.user.may("confirm_links"),
        "messages": messages.get_messages(request),
    }
    return render(request, "marac/patterns.html", context, status=422 if form.errors else 200)


@page(may="confirm_links")
def review(request: Request, kind: str, pk: UUID) -> HttpResponse:
    """The cases and links one pattern rests on; a reviewer says, by name, whether they hold."""
    person = load(people(), request.viewer, what="marac.pattern", pk=pk)
    if kind not in DEFAULTS:
        raise NotVisible
    _, definition = _definition(request, kind)
    found = (one for one in queries.patterns(definition, request.viewer) if person in one.people)
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
        return redirect(f"{reverse('marac:patterns', args=[kind])}?{_query(definition)}")
    context = {
        "kind": kind,
        "heading": pages.HEADINGS[kind],
        "row": pages.rows([pattern], definitions.repeat_months(request.user.agency, request.at))[0],
        "pattern": pattern,
        "links": pages.links(pattern),
        "form": form,
        "query": _query(definition),
    }
    return render(request, "marac/pattern.html", context, status=422 if form.errors else 200)


def _definition(request: Request, kind: str) -> tuple[ThresholdForm, Definition]:
    form = ThresholdForm(request.GET if "least" in request.GET or "months" in request.GET else None)
    data = form.cleaned_data if form.is_bound and form.is_valid() else {}
    definition = definitions.chosen(kind, data.get("least"), data.get("months"))
    if not form.is_bound:
        form = ThresholdForm(initial={"least": definition.least, "months": definition.months})
    return form, definition


def _query(definition: Definition) -> str:
    return f"least={definition.least}&months={definition.months}"
