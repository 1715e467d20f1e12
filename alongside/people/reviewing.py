"""A second person's look, and what is to be looked at again about who is who."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.audit.api import record_read
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible, load
from alongside.people import actions, pages, queries
from alongside.people.forms import SecondForm
from alongside.people.queries.reviewing import KINDS, ONE_LOOK, to_review

ON_A_PAGE = 25
CLEARED = ("waiting", "differs")


@page(may="search_people")
def review(request: Request) -> HttpResponse:
    """What is to be looked at again, narrowed to one kind by the address."""
    kind = request.GET.get("kind", "")
    found, came_up = to_review(request.viewer, _place(request.GET.get("from", "")))
    counts = Counter(one.kind for one in found)
    wanted = [one for one in found if kind not in KINDS or one.kind == kind]
    shown = Paginator(wanted, ON_A_PAGE).get_page(request.GET.get("page"))
    record_read([one.person for one in shown], by=request.user, at=request.at, what="people.review")
    references = queries.cases_of([one.person.pk for one in shown], request.viewer)
    kinds = [one for one in KINDS if request.user.may("confirm_links") or one not in CLEARED]
    here, at = reverse("people:review"), came_up.first
    places = [
        {"text": "All", "href": f"{here}?from={at}" if at else here, "active": kind not in kinds, "count": len(found)}
    ]
    places += [
        {"text": pages.REVIEW[one], "href": f"{here}?{_query(one, at)}", "active": kind == one, "count": counts[one]}
        for one in kinds
        if counts[one] or kind == one
    ]
    context = {
        "places": places,
        "page": shown,
        "query": _query(kind, at),
        "covers": pages.covers(came_up) if kind in ("", "new") else "",
        "latest": f"{here}?kind=new" if at else "",
        "further": (f"{here}?{_query('new', came_up.further)}", pages.further(came_up)) if came_up.further else None,
        "rows": pages.review_rows(shown, references, request.viewer),
    }
    return render(request, "people/review.html", context)


def _place(text: str) -> int:
    """A place in the list of people answered about: where a slice begins."""
    return int(text) // ONE_LOOK * ONE_LOOK if text.isdecimal() and len(text) < 9 else 0


def _query(kind: str, place: int | None) -> str:
    return "&".join(filter(None, (f"kind={kind}" if kind in KINDS else "", f"from={place}" if place else "")))


@page(may="confirm_links")
def second(request: Request, pk: UUID) -> HttpResponse:
    """What a colleague said of somebody protected: a second person agrees or does not."""
    link = load(queries.links(), request.viewer, what="people.link", pk=pk)
    if not link.needs_second:
        raise NotVisible
    form = SecondForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if form.cleaned_data["agrees"] == "yes":
            actions.confirm_link(link=link, by=request.user, at=request.at)
            messages.success(request, "Confirmed. The answer counts from now on, and can be undone.")
        else:
            actions.decline_link(link=link, why=form.cleaned_data["why"], by=request.user, at=request.at)
            messages.success(request, "Not confirmed. Everything is as it was before that answer.")
        return redirect("people:who", link.person_id)
    context = {
        "link": link,
        "person": link.person,
        "given": pages.given(link.person, request.at),
        "said": pages.answers([link], request.viewer)[0],
        "answer": pages.yes_or_no(link),
        "is_own": link.decided_by_id == request.user.pk,
        "is_open": link.undone_at is None and link.second_agrees is None,
        "form": form,
        "cases": queries.cases_of([link.person_id], request.viewer).get(link.person_id, []),
    }
    return render(request, "people/second.html", context, status=422 if form.errors else 200)
