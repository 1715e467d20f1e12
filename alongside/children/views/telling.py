"""The police desk tells a school."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.agencies.access import Refused
from alongside.cases import pages as case_pages
from alongside.cases import queries as case_queries
from alongside.cases.models import Case, CaseMember
from alongside.children import pages, queries
from alongside.children.actions import notices as actions
from alongside.children.forms import NoticeForm, ToldForm, UnlistedForm
from alongside.children.models import School, SchoolNotice
from alongside.gate.routes import page
from alongside.gate.viewing import NotVisible, load


def _case(request: HttpRequest, reference: str, what: str) -> Case:
    return load(case_queries.cases_for(request.viewer), request.viewer, what=what, reference=reference)  # type: ignore[attr-defined]


def _child(request: HttpRequest, case: Case, child: str) -> CaseMember:
    found = [m for m in queries.children_of(case, request.viewer) if str(m.person_id) == str(child)]  # type: ignore[attr-defined]
    if not found:
        raise NotVisible
    return found[0]


@page(may="tell_school")
def tell(request: HttpRequest, reference: str) -> HttpResponse:
    """The children of a case, and what each school has been told."""
    case = _case(request, reference, "children.tell")
    context = {
        "case": case,
        "identity": case_pages.identity(case, request.viewer),  # type: ignore[attr-defined]
        "pupils": pages.pupils(case, request.viewer),  # type: ignore[attr-defined]
        "guidance": pages.guidance(case),
    }
    return render(request, "children/tell.html", context)


@page(may="tell_school")
def tell_child(request: HttpRequest, reference: str, child: str) -> HttpResponse:
    """One notice about one child to one school."""
    case = _case(request, reference, "children.tell_child")
    member = _child(request, case, child)
    chosen = request.POST.get("school") or request.GET.get("school") or ""
    looking = "q" in request.GET and not chosen
    school = queries.school(chosen) if chosen else None if looking else queries.school_of(member)
    if school is not None and (there := _sent(request, case, member, school)) is not None:
        return redirect("children:notice", there.pk)
    form, refused = _form(request, case, member, school), None
    if request.POST.get("step") == "send" and school is not None and form.is_valid():
        try:
            row = actions.send_notice(
                case=case,
                child=member.person,
                school=school,
                child_name=form.cleaned_data["child_name"],
                what_to_know=form.cleaned_data["what_to_know"],
                by=request.user,  # type: ignore[arg-type]
                at=request.at,  # type: ignore[attr-defined]
            )
            return redirect("children:notice", row.pk)
        except Refused as refusal:
            refused = refusal
    context = {**_context(request, case, member, school), "form": form, "refused": refused}
    return render(request, "children/tell_child.html", context)


def _sent(request: HttpRequest, case: Case, member: CaseMember, school: School) -> SchoolNotice | None:
    """The notice this school has been sent about this child already."""
    rows = queries.notices_of(case, request.viewer)  # type: ignore[attr-defined]
    return next((row for row in rows if row.child_id == member.person_id and row.school_id == school.pk), None)


def _form(request: HttpRequest, case: Case, member: CaseMember, school: School | None) -> NoticeForm:
    start: dict[str, Any] = {"school": school.pk if school else "", "what_to_know": pages.what_to_know(member, case)}
    if member.person.full_name != "name not known":
        start["child_name"] = member.person.full_name
    return NoticeForm(request.POST if request.POST.get("step") == "send" else None, initial=start)


def _context(request: HttpRequest, case: Case, member: CaseMember, school: School | None) -> dict[str, Any]:
    viewer, text = request.viewer, request.GET.get("q", "")  # type: ignore[attr-defined]
    return {
        "case": case,
        "identity": case_pages.identity(case, viewer),
        "member": member,
        "school": school,
        "told_name": member.school_name,
        "home_educated": member.home_educated,
        "can_open": pages.can_open(school) if school else "",
        "text": text,
        "found": queries.find_schools(text),
        "searched": bool(text.strip()),
        "looking": "q" in request.GET,
        "due": queries.open_duty(case, member.person_id, viewer),
        "bars": pages.beside(case),
        "not_sent": pages.NOT_SENT,
        "unlisted": UnlistedForm(initial={"school_name": member.school_name}),
    }


@require_POST
@page(may="tell_school")
def unlisted(request: HttpRequest, reference: str, child: str) -> HttpResponse:
    """A school that is not on the register was told by telephone."""
    case = _case(request, reference, "children.tell_child")
    member = _child(request, case, child)
    form = UnlistedForm(request.POST)
    if not form.is_valid():
        context = {
            **_context(request, case, member, None),
            "form": _form(request, case, member, None),
            "unlisted": form,
            "refused": None,
        }
        return render(request, "children/tell_child.html", context)
    row = actions.tell_unlisted_school(
        case=case,
        child=member.person,
        child_name=member.person.full_name,
        by=request.user,  # type: ignore[arg-type]
        at=request.at,  # type: ignore[attr-defined]
        **form.cleaned_data,
    )
    return redirect("children:notice", row.pk)


def _notice(request: HttpRequest, pk: str, what: str) -> SchoolNotice:
    """A notice, for those who hold its case."""
    viewer = request.viewer  # type: ignore[attr-defined]
    row: SchoolNotice = load(queries.notices(), viewer, what=what, pk=pk)
    load(case_queries.cases_for(viewer), viewer, what=what, pk=row.case_id)
    return row


@page(may="tell_school")
def notice(request: HttpRequest, pk: str) -> HttpResponse:
    """What became of a notice, for those who sent it."""
    row = _notice(request, pk, "children.notice")
    return _notice_page(request, row, ToldForm())


def _notice_page(request: HttpRequest, row: SchoolNotice, form: ToldForm) -> HttpResponse:
    word, meaning, sentence = pages.state(row)
    context = {
        "notice": row,
        "case": row.case,
        "identity": case_pages.identity(row.case, request.viewer),  # type: ignore[attr-defined]
        "school_name": pages.school_name(row),
        "can_open": pages.can_open(row.school) if row.school else "",
        "word": word,
        "meaning": meaning,
        "sentence": sentence,
        "child_name": row.child_name.open(),
        "what_to_know": row.what_to_know.open(),
        "support_note": row.support_note.open(),
        "form": form,
        "to_ring": row.opened_at is None and row.told_by_phone_at is None,
    }
    return render(request, "children/notice.html", context)


@require_POST
@page(may="tell_school")
def told(request: HttpRequest, pk: str) -> HttpResponse:
    """The school was told by telephone."""
    row = _notice(request, pk, "children.notice")
    form = ToldForm(request.POST)
    if not form.is_valid():
        return _notice_page(request, row, form)
    actions.tell_by_telephone(notice=row, by=request.user, at=request.at, **form.cleaned_data)  # type: ignore[arg-type, attr-defined]
    return redirect("children:notice", row.pk)
