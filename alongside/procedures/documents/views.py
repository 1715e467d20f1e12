"""The documents, the partnership's copies of them, and the sentences that an edition says otherwise."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.agencies.access import Refused
from alongside.gate.routes import Request, page
from alongside.procedures import actions, editions, queries
from alongside.procedures.documents import pages
from alongside.procedures.forms import CopyForm, DecisionForm
from alongside.procedures.models import SentenceDecision

PER_PAGE = 25


@page(may=None)
def documents(request: Request) -> HttpResponse:
    """The documents the rules come from, and the partnership's copies of them."""
    rows = [pages.document_row(code) for code in queries.documents()]
    return render(request, "procedures/documents.html", {"rows": rows})


@page(may="adopt_choices")
def document(request: Request, code: str) -> HttpResponse:
    """Add a copy of one document; see which sentences moved, changed or went, and which rules hang on them."""
    if code not in queries.documents():
        raise Http404
    form, doubted = CopyForm(request.POST or None, request.FILES or None), False
    if form.is_bound and form.is_valid():
        held, sure = form.cleaned_data["copy"], form.cleaned_data["sure"]
        try:
            actions.add_document(code=code, name=held.name, data=held.read(), sure=sure, by=request.user, at=request.at)
            return redirect("procedures:document", code)
        except Refused as refusal:
            form.add_error("copy", str(refusal))
            doubted = isinstance(refusal, actions.NotSure)
    return render(request, "procedures/document.html", _edition(request, code) | {"form": form, "doubted": doubted})


def _edition(request: Request, code: str) -> dict[str, object]:
    held = pages.held(code)
    lists = {name: rows(code) for name, (_, rows) in pages.LISTS.items()} if held else {}
    wanted = request.GET.get("show")
    name = wanted if wanted in pages.LISTS else "decide"
    shown = Paginator(lists.get(name, []), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "code": code,
        "held": held,
        "rules": pages.counted(held.rules) if held else "",
        "others": pages.counted(held.others) if held else "",
        "whole": pages.changes(editions.edition(code)),
        "show": name,
        "tabs": [
            {"text": pages.LISTS[one][0], "href": f"?show={one}", "active": one == name, "count": len(rows)}
            for one, rows in lists.items()
        ],
        "shown": shown,
        "rows": pages.shown_rows(name, list(shown)),
        "query": f"show={name}",
    }


@page(may="adopt_choices")
def sentence(request: Request, code: str, rule_id: str) -> HttpResponse:
    """One sentence before and now, beside the rule that hangs on it; decide whether the rule stands."""
    rule = queries.rules().get(rule_id)
    if rule is None or rule.cite.document != code:
        raise Http404
    work = editions.work_on(rule)
    if work is None:
        return redirect("procedures:rule", rule_id)
    verdicts = [one for one in SentenceDecision.VERDICTS if one[0] != SentenceDecision.REOPENED or not work.is_open]
    form = DecisionForm(request.POST or None, verdicts=verdicts, initial={"said": work.key[2]})
    if form.is_bound and form.is_valid():
        try:
            actions.decide_sentence(rule=rule_id, **form.cleaned_data, by=request.user, at=request.at)
            return redirect("procedures:document", code)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"code": code, "form": form, "history": queries.decisions_of(rule_id), **pages.sentence(work)}
    return render(request, "procedures/sentence.html", context)
