"""The defaults that await confirmation, area by area, and confirming one."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.agencies import queries as agencies
from alongside.agencies.models import Area
from alongside.gate.routes import Request, page
from alongside.policy.awaiting import is_awaiting
from alongside.procedures import actions, queries
from alongside.procedures.confirming import pages
from alongside.procedures.forms import ConfirmForm


def _area(code: str) -> Area:
    found = agencies.area(code)
    if found is None:
        raise Http404
    return found


@page(may=None)
def areas(request: Request) -> HttpResponse:
    """Each area, with how much in it awaits confirmation."""
    today = timezone.localdate(request.at)
    rows = [(area, len(pages.lists(area.code, today).awaiting)) for area in agencies.areas()]
    return render(request, "procedures/to_confirm_areas.html", {"rows": rows})


@page(may=None)
def to_confirm(request: Request, area: str) -> HttpResponse:
    """What is in force in an area and awaits its partnership's confirmation, and what is only proposed."""
    held = pages.lists(area, timezone.localdate(request.at)) if _area(area) else None
    return render(request, "procedures/to_confirm.html", {"area": _area(area), "held": held})


@page(may="adopt_choices")
def confirm(request: Request, area: str, parameter: str) -> HttpResponse:
    """Confirm one default as it ships."""
    where, today = _area(area), timezone.localdate(request.at)
    held = queries.library().parameters(area, today).get(parameter)
    if held is None or not is_awaiting(held):
        raise Http404
    form = ConfirmForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.confirm_default(area=where, parameter=parameter, **form.cleaned_data, by=request.user, at=request.at)
        return redirect("procedures:to-confirm", area)
    one = pages.default(held, queries.adopted_rows(area, today))
    return render(request, "procedures/confirm.html", {"area": where, "one": one, "form": form})
