"""Adding a file to a case, the page of one, and the way to its copy."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from alongside.cases.pages import identity
from alongside.gate.routes import Request, page
from alongside.uploads import access, actions, checking, pages, queries
from alongside.uploads.forms import AddForm


@page(may="keep_files")
def add(request: Request, reference: str) -> HttpResponse:
    """One file for a case: looked at before it is kept, where the scanner answers."""
    case = queries.open_case(request.viewer, reference, "uploads.add")
    access.check_can_add(request.user)
    is_sent = request.method == "POST"
    form = AddForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if form.is_bound and form.is_valid():
        data, media_type = form.cleaned_data["file"]
        looked = checking.look(data, media_type, request.at)
        row = actions.add(
            case=case,
            kind=form.cleaned_data["kind"],
            about=form.cleaned_data["about"],
            media_type=media_type,
            data=data,
            looked=looked,
            by=request.user,
            at=request.at,
        )
        messages.success(request, "The file is kept with the case, sealed.")
        return redirect("uploads:file", row.pk)
    context = {"case": case, "identity": identity(case, request.viewer), "form": form}
    return render(request, "uploads/add.html", context, status=422 if form.errors else 200)


@page(may="keep_files")
def file(request: Request, pk: UUID) -> HttpResponse:
    """What is known of a file."""
    row = queries.open_file(request.viewer, pk, "uploads.file")
    context = pages.page(row) | {
        "identity": identity(row.case, request.viewer),
        "messages": messages.get_messages(request),
    }
    return render(request, "uploads/file.html", context)


@require_safe
@page(may="keep_files")
def copy(request: Request, pk: UUID) -> HttpResponse:
    """On to the address of files, with a ticket that opens this copy once."""
    row = queries.open_file(request.viewer, pk, "uploads.copy")
    ticket = actions.open_copy(upload=row, session=request.session.session_key or "", by=request.user, at=request.at)
    return redirect(f"{settings.ALONGSIDE_FILES_ADDRESS}/{ticket.pk}/")
