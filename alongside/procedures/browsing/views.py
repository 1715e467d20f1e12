"""Reading the rules: search, what is asked of a worker, by act, one rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from alongside.agencies import queries as agencies
from alongside.design.jinja import document
from alongside.gate.routes import Request, page
from alongside.policy import Act, Rule
from alongside.procedures import editions, pages, queries
from alongside.procedures.browsing import cards, comparing, finding, printing
from alongside.procedures.browsing.forms import AreaForm, CompareForm, SearchForm
from alongside.procedures.browsing.workers import workers

PER_PAGE = 25


def areas() -> list[tuple[str, str]]:
    """Code and name of each area."""
    return [(area.code, area.name) for area in agencies.areas()]


@page(may=None)
def browse(request: Request) -> HttpResponse:
    """Find a rule by words, area, who must act, act and the way it reaches people."""
    library, today = queries.library(), timezone.localdate(request.at)
    form, wanted = _wanted(request)
    looked_for = wanted.get("words", "")
    chosen = queries.chosen(wanted, queries.rules_of_area(wanted.get("area", ""), today))
    found: Sequence[Rule | finding.Found] = finding.search(looked_for, chosen) if looked_for.strip() else chosen
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = cards.rows(shown, library, looked_for)
    context = {
        "form": form,
        "narrowed": any(value for name, value in wanted.items() if name != "words"),
        "sections": [(None, rows)] if looked_for else cards.by_section(rows),
        "shown": shown,
        "count": len(found),
        "query": _query(request),
        "area": wanted.get("area", ""),
        "workers": finding.workers_called(looked_for),
        "suggestions": [] if found or not looked_for else finding.suggestions(looked_for, chosen),
    }
    return render(request, "procedures/browse.html", context)


def _wanted(request: Request) -> tuple[SearchForm, dict[str, Any]]:
    """The form of the search, and what was asked for; nothing where it was not, or not soundly."""
    form = SearchForm(request.GET or None, areas=areas(), actors=_actors(), acts=_acts(), sections=_sections())
    return form, form.cleaned_data if form.is_bound and form.is_valid() else {}


def _actors() -> list[tuple[str, str]]:
    used = {rule.actor for rule in queries.rules().values()}
    return sorted(((code, queries.library().owners[code].says) for code in used), key=lambda pair: pair[1])


def _acts() -> list[tuple[str, str]]:
    return sorted(((code, act.label) for code, act in _acts_with_rules().items()), key=lambda pair: pair[1])


def _sections() -> list[tuple[str, str]]:
    held = dict.fromkeys((rule.cite.document, rule.cite.section) for rule in queries.rules().values())
    return [(f"{code}/{section}", f"{document(code)}: {section}") for code, section in held]


def _acts_with_rules() -> dict[str, Act]:
    named = {code for rule in queries.rules().values() for code in (rule.action, rule.forbids, rule.opens) if code}
    return {code: act for code, act in queries.library().acts.items() if code in named}


def _query(request: Request) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def _in_area(request: Request) -> tuple[AreaForm, str, list[Rule]]:
    """The form of one area, the area chosen, and its rules."""
    form = AreaForm(request.GET or None, areas=areas())
    area = form.cleaned_data["area"] if form.is_bound and form.is_valid() else ""
    return form, area, queries.rules_of_area(area, timezone.localdate(request.at))


@page(may=None)
def asked_of(request: Request) -> HttpResponse:
    """Every kind of worker, with how many rules are asked of each in particular."""
    rules = queries.rules().values()
    rows = [(one, sum(rule.actor in one.own for rule in rules)) for one in workers().values()]
    return render(request, "procedures/workers.html", {"rows": rows})


@page(may=None)
def worker(request: Request, worker: str) -> HttpResponse:
    """What is asked of one kind of worker: in particular, with others, and of everybody."""
    found = workers().get(worker)
    if found is None:
        raise Http404
    form, area, rules = _in_area(request)
    parts = [(says, len(some), cards.by_way(some, queries.library())) for says, some in found.asked(rules)]
    context = {"worker": found, "form": form, "area": area, "parts": parts, "count": sum(one[1] for one in parts)}
    return render(request, "procedures/worker.html", context)


@page(may=None)
def acts(request: Request) -> HttpResponse:
    """Every act that a rule asks for, stops or opens."""
    rules = list(queries.rules().values())
    rows = [(code, act, len(queries.chosen({"act": code}, rules))) for code, act in _acts_with_rules().items()]
    kinds = [(says, [row for row in rows if row[1].kind == kind]) for kind, says in _KINDS.items()]
    return render(request, "procedures/acts.html", {"kinds": kinds})


_KINDS = {
    "do": "Acts that somebody owes",
    "opened": "Acts that somebody may choose",
    "forbidden": "Acts that are only ever stopped",
}


@page(may=None)
def act(request: Request, act: str) -> HttpResponse:
    """One act: the rules that ask for it, stop it, or say when it may be done."""
    held = queries.library().acts.get(act)
    if held is None:
        raise Http404
    form, area, rules = _in_area(request)
    found = queries.chosen({"act": act}, rules)
    context = {
        "act": held,
        "form": form,
        "area": area,
        "ways": cards.by_way(found, queries.library()),
        "count": len(found),
    }
    return render(request, "procedures/act.html", context)


@page(may=None)
def differences(request: Request) -> HttpResponse:
    """Two areas, or two days of one, beside each other."""
    form = CompareForm(request.GET or None, areas=areas())
    told = _compared(form.cleaned_data, timezone.localdate(request.at)) if form.is_bound and form.is_valid() else None
    show = form.cleaned_data["show"] if told else ""
    return render(request, "procedures/difference.html", {"form": form, "told": told, "show": show})


def _compared(asked: dict[str, Any], today: date) -> comparing.Comparison:
    names, days = dict(areas()), (asked["on"] or today, asked["other_on"] or today)
    dated = days[0] != days[1]
    before, after = (
        comparing.side(code, names[code], on, dated=dated)
        for code, on in zip((asked["area"], asked["other"]), days, strict=True)
    )
    return comparing.compare(before, after, asked["reaches"])


@page(may=None)
def rule(request: Request, rule_id: str) -> HttpResponse:
    """One rule as a card, as it stands in an area."""
    found = queries.rules().get(rule_id)
    if found is None:
        raise Http404
    today = timezone.localdate(request.at)
    where = queries.areas_with(rule_id, today)
    area = _looked_at(request, where)
    pack = queries.pack_for(area, today) if area else None
    found = pack.rule(rule_id) if pack else found
    told = editions.told([found])[rule_id]
    context = {
        "card": cards.card(found, pack, told, today),
        "area": area,
        "areas": [(code, name) for code, name in areas() if code in where],
        "act_href": _act_href(found),
        "used": queries.use_of(found, request.at),
        "told": told,
        "add_href": _add_href(request, found),
        "honours": pages.honours(f"rule:{rule_id}", own=rule_id),
    }
    return render(request, "procedures/rule.html", context)


def _looked_at(request: Request, where: Iterable[str]) -> str:
    """The area asked for, else one of the reader's own agency, else any; of those where the rule is in force."""
    own = request.user.agency.areas.order_by("name").values_list("code", flat=True)
    return next((code for code in (request.GET.get("area", ""), *own, *where) if code in where), "")


def _act_href(found: Rule) -> str | None:
    code = found.action or found.forbids or found.opens
    return reverse("procedures:act", args=[code]) if code else None


def _add_href(request: Request, found: Rule) -> str | None:
    return reverse("procedures:document", args=[found.cite.document]) if request.user.may("adopt_choices") else None


@page(may=None)
def print_rules(request: Request) -> HttpResponse:
    """The rules of a search, or those asked of a worker, as a PDF to print or to read on paper."""
    today = timezone.localdate(request.at)
    _, wanted = _wanted(request)
    area = wanted.get("area", "")
    rules = queries.chosen(wanted, queries.rules_of_area(area, today))
    found = workers().get(request.GET.get("worker", ""))
    if looked_for := wanted.get("words", "").strip():
        rules = [one.rule for one in finding.search(looked_for, rules)]
    sections = found.asked(rules) if found else printing.by_section(rules)
    pack = queries.pack_for(area, today) if area else None
    title = f"Procedures in {dict(areas())[area]}" if area else "Procedures of every area"
    made = printing.printed(title, printing.about(wanted, found), sections, pack, today)
    as_file = {"Content-Disposition": 'attachment; filename="procedures.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=as_file)
