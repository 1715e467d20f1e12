"""What a school's key adult or deputy sees: the notices of their school, and nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.audit.api import record_read
from alongside.children import pages, queries
from alongside.children.actions import notices as actions
from alongside.children.forms import SupportForm
from alongside.children.models import SchoolNotice
from alongside.gate.routes import page
from alongside.gate.viewing import NotVisible, load


def _notice(request: HttpRequest, pk: str, what: str) -> SchoolNotice:
    """A notice of the school where this person is key adult or deputy today."""
    viewer = request.viewer  # type: ignore[attr-defined]
    row: SchoolNotice = load(queries.notices(), viewer, what=what, pk=pk)
    if not queries.may_read(row, viewer.user):
        raise NotVisible
    return row


@page(may="read_school_notice")
def inbox(request: HttpRequest) -> HttpResponse:
    """Notices to this school: initials, when sent, whether opened."""
    viewer = request.viewer  # type: ignore[attr-defined]
    record_read(list(queries.inbox(viewer)), by=viewer.user, at=viewer.at, what="children.inbox")
    return render(request, "children/inbox.html", {"lines": pages.inbox(viewer)})


@page(may="read_school_notice")
def notice(request: HttpRequest, pk: str) -> HttpResponse:
    """One notice: closed until it is opened, which tells the sender."""
    return _page(request, _notice(request, pk, "children.school_notice"), SupportForm())


def _page(request: HttpRequest, row: SchoolNotice, form: SupportForm) -> HttpResponse:
    opened = row.opened_at is not None
    context = {
        "notice": row,
        "opened": opened,
        "child_name": row.child_name.open() if opened else "",
        "what_to_know": row.what_to_know.open() if opened else "",
        "support_note": row.support_note.open() if opened else "",
        "sender": row.sent_by.agency.name,
        "guidance": pages.for_school(row.case.area_id, request.at) if opened else [],  # type: ignore[attr-defined]
        "form": form,
    }
    return render(request, "children/school_notice.html", context)


@require_POST
@page(may="read_school_notice")
def open_notice(request: HttpRequest, pk: str) -> HttpResponse:
    """Open it: the sender is told that the school knows."""
    row = _notice(request, pk, "children.school_notice")
    actions.open_notice(notice=row, by=request.user, at=request.at)  # type: ignore[arg-type, attr-defined]
    return redirect("children:school-notice", row.pk)


@require_POST
@page(may="read_school_notice")
def support(request: HttpRequest, pk: str) -> HttpResponse:
    """Note what the school did."""
    row = _notice(request, pk, "children.school_notice")
    form = SupportForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    actions.note_support(notice=row, by=request.user, at=request.at, **form.cleaned_data)  # type: ignore[arg-type, attr-defined]
    return redirect("children:school-notice", row.pk)
