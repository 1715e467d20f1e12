"""What could have been known of a case: by one agency, at a moment."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from alongside.audit.api import record_read
from alongside.cases import pages as cases
from alongside.cases import queries as case_queries
from alongside.duties import queries
from alongside.duties.forms import KnownForm
from alongside.duties.pages import known as pages
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load


@page(may="see_cases")
def known(request: Request, reference: str) -> HttpResponse:
    """One agency's picture at a moment; whose it was, and of when, stays on the trail of reads."""
    case = load(case_queries.all_cases(), request.viewer, what="duties.known", reference=reference)
    history = queries.history_of(case, request.viewer)
    offered = pages.choices(case, history, request.viewer)
    agency = pages.agency_of(offered, request.GET.get("agency", ""), request.user.agency_id)
    if agency is None and request.GET.get("agency"):
        raise NotVisible
    form = KnownForm(request.GET if "on_0" in request.GET else None, agencies=offered, agency=agency, now=request.at)
    context = {
        "case": case,
        "identity": cases.identity(case, request.viewer),
        "places": cases.places(case, "known"),
        "form": form,
    }
    if agency is not None and not form.errors:
        at = form.cleaned_data["on"] if form.is_bound else request.at
        purpose = f"what {agency.code} could have known at {at.isoformat()}"
        record_read([case], by=request.user, at=request.at, what="duties.known_by", purpose=purpose)
        context |= pages.compare(case, history, agency, request.viewer, at)
    return render(request, "duties/known.html", context, status=422 if form.errors else 200)
