"""The register of schools, for the partnership's administrator."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.agencies.access import Refused
from alongside.agencies.models import Area
from alongside.agencies.queries import areas
from alongside.children import queries
from alongside.children.actions import register as actions
from alongside.children.forms import ClosedForm, SchoolForm, TermForm
from alongside.children.models import School
from alongside.gate.routes import page
from alongside.gate.viewing import NotVisible


def _school(urn: str) -> School:
    found = queries.school_by_urn(urn)
    if found is None:
        raise NotVisible
    return found


def _area(code: str) -> Area:
    found = next((area for area in areas() if area.pk == code), None)
    if found is None:
        raise NotVisible
    return found


def _form(data: Any, school: School | None) -> SchoolForm:
    return SchoolForm(data, areas=areas(), teams=queries.school_teams(), people=queries.key_adults(), school=school)


@page(may="see_unrouted")
def schools(request: HttpRequest) -> HttpResponse:
    """Every school, with who can open its notices; areas whose term dates are missing."""
    known = queries.areas_with_terms()
    context = {"schools": queries.register(), "areas": [(area, area.pk in known) for area in areas()]}
    return render(request, "children/schools.html", context)


@page(may="see_unrouted")
def school(request: HttpRequest, urn: str | None = None) -> HttpResponse:
    """One school: add it or correct it."""
    row = _school(urn) if urn else None
    form, refused = _form(request.POST if request.method == "POST" else None, row), None
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_school(school=row, entry=form.entry(), by=request.user, at=request.at)  # type: ignore[arg-type, attr-defined]
            return redirect("children:school", kept.urn)
        except Refused as refusal:
            refused = refusal
    return _school_page(request, row, form, refused)


def _school_page(request: HttpRequest, row: School | None, form: SchoolForm, refused: Refused | None) -> HttpResponse:
    context = {
        "school": row,
        "form": form,
        "refused": refused,
        "terms": queries.terms_of(row.area_id, row) if row else [],
        "area_terms": queries.terms_of(row.area_id) if row else [],
    }
    return render(request, "children/school.html", context)


@page(may="see_unrouted")
def terms(request: HttpRequest, area: str) -> HttpResponse:
    """Term dates and closed days of an area's schools; of one school with `?school=`."""
    place, chosen = _area(area), request.GET.get("school", "")
    only = _school(chosen) if chosen else None
    kind = request.POST.get("kind")
    term_form = TermForm(request.POST if kind == "term" else None)
    closed_form = ClosedForm(request.POST if kind == "closed" else None)
    refused = None
    form = closed_form if kind == "closed" else term_form
    if request.method == "POST" and form.is_valid():
        try:
            add = actions.add_closed_day if kind == "closed" else actions.add_term
            add(area=place, school=only, by=request.user, at=request.at, **form.cleaned_data)  # type: ignore[arg-type, attr-defined]
            return redirect(request.get_full_path())
        except Refused as refusal:
            refused = refusal
    context = {
        "area": place,
        "school": only,
        "terms": queries.terms_of(area, only),
        "closed": queries.closed_days_of(area, only),
        "term_form": term_form,
        "closed_form": closed_form,
        "refused": refused,
    }
    return render(request, "children/terms.html", context)


@require_POST
@page(may="see_unrouted")
def remove_term(request: HttpRequest, pk: str) -> HttpResponse:
    """Take a wrongly entered term off."""
    row = queries.term(pk)
    if row is None:
        raise NotVisible
    actions.remove_term(term=row, by=request.user, at=request.at)  # type: ignore[arg-type, attr-defined]
    return redirect("children:terms", row.area_id)
