"""Today, and who is waited for."""

from __future__ import annotations

from uuid import UUID

from django.contrib.messages import get_messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from alongside.audit.api import record_read
from alongside.cases import queries as case_queries
from alongside.cases.pages import briefs
from alongside.duties import queries
from alongside.duties.pages import today as pages
from alongside.gate.routes import Request, page
from alongside.gate.viewing import load


@page(may=None)
def today(request: Request) -> HttpResponse:
    """What must I do now, for whom, by when."""
    context = pages.today(request.viewer, number=request.GET.get("page", "1"))
    record_read([card.task for card in context["cards"]], by=request.user, at=request.at, what="duties.today")
    return render(request, "duties/today.html", context | {"messages": get_messages(request)})


@require_POST
@page(may="see_cases")
def names(request: Request, pk: UUID) -> HttpResponse:
    """Today again, with the people of one task by name: asked for, and logged."""
    task = load(queries.tasks(), request.viewer, what="duties.names", pk=pk)
    people = case_queries.members_of([task.case_id], request.viewer).get(task.case_id, [])
    record_read([member.person for member in people], by=request.user, at=request.at, what="duties.names")
    context = pages.today(request.viewer, number=request.POST.get("page", "1"), named=str(pk))
    return render(request, "duties/today.html", context)


@page(may=None)
def waiting(request: Request) -> HttpResponse:
    """Everything others still have to do in the cases this team recorded."""
    shown = Paginator(queries.waiting_for_others(request.viewer), pages.ON_A_PAGE).get_page(request.GET.get("page"))
    record_read(list(shown), by=request.user, at=request.at, what="duties.waiting")
    lines = briefs((task.case for task in shown), request.viewer)
    return render(request, "duties/waiting.html", {"waiting": pages.waits(shown, lines), "page": shown})


@page(may="answer")
def asked(request: Request) -> HttpResponse:
    """Every case with a question that only this person's role can answer, the weightiest first."""
    rows = queries.my_questions(request.viewer)
    shown = Paginator(queries.cases_asked(rows), pages.ON_A_PAGE).get_page(request.GET.get("page"))
    found = pages.by_case([row["case"] for row in shown], rows)
    items = pages.asked_in(found, briefs((held[0].case for held in found), request.viewer))
    record_read([item["question"] for item in items], by=request.user, at=request.at, what="duties.asked")
    return render(request, "duties/asked.html", {"questions": items, "page": shown})
