"""An area's local choices, and the sentences with what honours them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alongside.agencies import queries as agencies
from alongside.agencies.models import Area
from alongside.gate.routes import Request, page
from alongside.procedures import actions, pages, queries, ways_back
from alongside.procedures.forms import ChoiceForm, CoverageForm
from alongside.procedures.hooks import try_out_href

PER_PAGE = 25


def _area(code: str) -> Area:
    found = agencies.area(code)
    if found is None:
        raise Http404
    return found


def _query(request: Request) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


@page(may=None)
def coverage(request: Request) -> HttpResponse:
    """Every sentence of the documents and what honours it, by words, document, kind of place or one place."""
    form = CoverageForm(request.GET or None, documents=pages.documents(queries.coverage().values()))
    wanted = dict(form.cleaned_data) if form.is_bound and form.is_valid() else {}
    place = wanted["place"] = request.GET.get("place", "")
    at = request.GET.get("at", "")
    found = list(ways_back.behind(at)) if at else queries.sentences(wanted)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "rows": [pages.sentence_row(atom) for atom in shown],
        "shown": shown,
        "count": len(found),
        "query": _query(request),
        "place": pages.place_words(place or f"page:{at}") if place or at else "",
    }
    return render(request, "procedures/coverage.html", context)


@page(may=None)
def choices(request: Request, area: str) -> HttpResponse:
    """Every local choice of an area: what stands, what is proposed, what awaits confirmation."""
    where = _area(area)
    today = timezone.localdate(request.at)
    adopted = queries.adopted_rows(area, today)
    parameters = queries.library().parameters(area, today).values()
    rows = [pages.choice_row(parameter, adopted.get(parameter.name)) for parameter in parameters]
    return render(request, "procedures/choices.html", {"area": where, "areas": agencies.areas(), "rows": rows})


@page(may="adopt_choices")
def choose(request: Request, area: str, parameter: str) -> HttpResponse:
    """Adopt one local choice."""
    where = _area(area)
    held = queries.library().parameters(area, timezone.localdate(request.at)).get(parameter)
    if held is None:
        raise Http404
    form = ChoiceForm(request.POST or None, parameter=held, initial={"value": request.GET.get("value")})
    if form.is_bound and form.is_valid():
        actions.adopt_choice(area=where, parameter=parameter, **form.cleaned_data, by=request.user, at=request.at)
        return redirect("procedures:choices", area)
    row = pages.choice_row(held, queries.adopted_rows(area, timezone.localdate(request.at)).get(parameter))
    context = {
        "area": where,
        "row": row,
        "form": form,
        "rules": queries.rules_changed_by(held),
        "concerned": [queries.rules()[id_] for id_ in held.concerns],
        "try_out_href": try_out_href(request.user, area, parameter),
    }
    return render(request, "procedures/choose.html", context)
