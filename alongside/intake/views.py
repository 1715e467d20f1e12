"""Recording a call: begun with one press, kept page by page, decided as it stands, checked and sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.agencies import queries as agencies
from alongside.gate.routes import Request, page
from alongside.gate.viewing import NotVisible
from alongside.intake import forms, hooks, pages
from alongside.intake.drafts import actions, queries
from alongside.intake.drafts.content import Item, Told
from alongside.intake.drafts.models import Draft
from alongside.intake.drafts.notification import content_of
from alongside.intake.drafts.preview import preview
from alongside.intake.faults import NotValid

LISTS = {"people": ("victim", "person-causing-harm", "other"), "children": ("child",), "contact": ("way",)}
ADDS = {"person-causing-harm": "people", "other": "people", "child": "children", "way": "contact"}


@page(may="notify")
def start(request: Request) -> HttpResponse:
    """Choose how it reached you, or go on with a call already begun."""
    context = {
        "kinds": pages.beginnings(request.user),
        "begun": [pages.continuing(draft) for draft in queries.begun(request.viewer)],
        "messages": messages.get_messages(request),
    }
    return render(request, "intake/start.html", context)


@require_POST
@page(may="notify")
def begin(request: Request) -> HttpResponse:
    """Begin a call of a kind."""
    kind = request.POST.get("kind", "")
    if kind not in pages.BEGIN:
        return redirect("intake:start")
    draft = actions.begin(kind=kind, by=request.user, at=request.at)
    return redirect("intake:page", draft.pk, "first")


def _open(request: Request, draft_id: UUID) -> tuple[Draft, Told, dict[str, Any]]:
    """The draft, what was typed, and what its questions depend on."""
    draft, told = queries.open_draft(request.viewer, draft_id)
    own = [area for area in agencies.areas() if area in set(request.user.agency.areas.all())]
    about = pages.about(draft, told, own or agencies.areas(), request.user)
    return draft, told, about | {"home": queries.home_area(request.viewer)}


def _sent(draft: Draft) -> HttpResponse | None:
    """A call that was sent already leads to its case: pressing Back and sending again does nothing twice."""
    return redirect("cases:case", draft.case.reference) if draft.case else None


@page(may="notify")
def one_page(request: Request, draft_id: UUID, name: str) -> HttpResponse:
    """One page of questions."""
    draft, told, about = _open(request, draft_id)
    if name not in forms.PAGES or name not in pages.steps(told):
        raise NotVisible
    if gone := _sent(draft) or _first_before(draft, told, name):
        return gone
    form = (
        forms.PAGES[name](request.POST, about=about) if request.method == "POST" else pages.form_of(told, name, about)
    )
    if form.is_bound and form.is_valid():
        actions.keep(draft=draft, page=name, typed=form.typed(), by=request.user, at=request.at)
        return redirect(pages.after(draft, told, name))
    context = {
        "draft": draft,
        "form": form,
        "title": pages.title(name),
        "progress": pages.progress(told, name),
        "before": pages.before(draft, told, name),
        "cards": pages.cards(draft, told, *LISTS.get(name, ())),
        "adds": "way" if name == "contact" else "",
        "is_first": name == "first",
    }
    return render(request, "intake/page.html", context, status=422 if form.errors else 200)


def _first_before(draft: Draft, told: Told, name: str) -> HttpResponse | None:
    """The first page comes first: without an area nothing can be decided."""
    missing = name != "first" and not told.page("first").get("area")
    return redirect("intake:page", draft.pk, "first") if missing else None


@page(may="notify")
def now(request: Request, draft_id: UUID) -> HttpResponse:
    """What must not be done, and whom to ring, decided on what is typed so far."""
    draft, told, _ = _open(request, draft_id)
    if gone := _sent(draft) or _first_before(draft, told, "now"):
        return gone
    content = content_of(draft=draft, told=told, by=request.user)
    areas = {area.code: area for area in agencies.areas()}
    found = preview(content, areas=areas, by=request.user, at=request.at)
    context = pages.follows(found) | {
        "draft": draft,
        "danger": told.page("first").get("safe_now") != "yes",
        "next": pages.after(draft, told, "now"),
        "before": pages.before(draft, told, "now"),
        "progress": pages.progress(told, "now"),
    }
    return render(request, "intake/now.html", context)


@page(may="notify")
def people(request: Request, draft_id: UUID) -> HttpResponse:
    """Who was there."""
    return _list(request, draft_id, "people")


@page(may="notify")
def children(request: Request, draft_id: UUID) -> HttpResponse:
    """The children, one page each."""
    return _list(request, draft_id, "children")


def _list(request: Request, draft_id: UUID, name: str) -> HttpResponse:
    draft, told, _ = _open(request, draft_id)
    if gone := _sent(draft) or _first_before(draft, told, name):
        return gone
    context = {
        "draft": draft,
        "name": name,
        "title": pages.title(name),
        "cards": pages.cards(draft, told, *LISTS[name]),
        "said": told.page("first").get("children"),
        "next": pages.after(draft, told, name),
        "before": pages.before(draft, told, name),
        "progress": pages.progress(told, name),
    }
    return render(request, "intake/list.html", context)


@require_POST
@page(may="notify")
def add(request: Request, draft_id: UUID) -> HttpResponse:
    """A further person, or a further way of contact."""
    draft, _, _ = _open(request, draft_id)
    what = request.POST.get("what", "")
    if what not in ADDS:
        raise NotVisible
    item = actions.add_item(draft=draft, what=what, by=request.user, at=request.at)
    return redirect("intake:item", draft.pk, item.ref)


@page(may="notify")
def item(request: Request, draft_id: UUID, ref: str) -> HttpResponse:
    """One person, or one way of reaching the victim."""
    draft, told, about = _open(request, draft_id)
    if gone := _sent(draft):
        return gone
    held = told.find(ref)
    if held is None:
        raise NotVisible
    form = _item_form(request, held, about)
    if form.is_bound and form.is_valid():
        actions.keep_item(draft=draft, ref=ref, typed=form.typed(), by=request.user, at=request.at)
        return redirect(pages.href(draft, ADDS.get(held.what, "people")))
    context = {
        "draft": draft,
        "item": held,
        "form": form,
        "title": form.title,
        "back": pages.href(draft, ADDS.get(held.what, "people")),
        "may_remove": held.what != "victim",
    }
    return render(request, "intake/item.html", context, status=422 if form.errors else 200)


def _item_form(request: Request, held: Item, about: dict[str, Any]) -> forms.Questions:
    """A child's school is looked up as it is typed; where several fit, the page comes again with them to choose from."""
    typed = request.POST.get("school", "") if request.method == "POST" else held.typed.get("school", "")
    about = about | {"schools": hooks.schools(typed) if held.what == "child" else []}
    if request.method != "POST":
        return pages.item_form(held, about)
    form = forms.ITEMS[held.what](forms.school_chosen(request.POST, about["schools"]), about=about)
    if isinstance(form, forms.ChildForm) and form.is_valid():
        form.ask_which_school()
    return form


@require_POST
@page(may="notify")
def remove(request: Request, draft_id: UUID, ref: str) -> HttpResponse:
    """Take an entry away; the victim's stays."""
    draft, told, _ = _open(request, draft_id)
    held = told.find(ref)
    if held is None or held.what == "victim":
        raise NotVisible
    actions.remove_item(draft=draft, ref=ref, by=request.user, at=request.at)
    return redirect(pages.href(draft, ADDS[held.what]))


@page(may="notify")
def check(request: Request, draft_id: UUID) -> HttpResponse:
    """Everything again; then it is sent, once."""
    draft, told, about = _open(request, draft_id)
    if gone := _sent(draft) or _first_before(draft, told, "check"):
        return gone
    faults: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            case = actions.send(draft=draft, by=request.user, at=request.at)
        except NotValid as refused:
            faults = pages.faults(refused.faults, draft, told)
        else:
            return redirect("cases:who", case.reference)
    context = {
        "draft": draft,
        "sections": pages.sections(draft, told, about),
        "faults": faults,
        "before": pages.before(draft, told, "check"),
        "progress": pages.progress(told, "check"),
    }
    return render(request, "intake/check.html", context, status=422 if faults else 200)


@page(may="notify")
def drop(request: Request, draft_id: UUID) -> HttpResponse:
    """Throw the draft away, after asking once."""
    draft, _, _ = _open(request, draft_id)
    if gone := _sent(draft):
        return gone
    if request.method == "POST":
        actions.drop(draft=draft, by=request.user, at=request.at)
        messages.success(request, "The call was thrown away. Nothing of it was sent.")
        return redirect("intake:start")
    return render(request, "intake/drop.html", {"draft": draft, "begun": pages.continuing(draft)})
