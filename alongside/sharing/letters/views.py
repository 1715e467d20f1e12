"""Writing a letter for one person of a case, from the typed context of their side."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from alongside.agencies.access import Refused
from alongside.cases import pages as case_pages
from alongside.cases.living import WORDS, Side, strictest
from alongside.cases.queries import all_cases
from alongside.gate.routes import Request, page
from alongside.gate.viewing import load
from alongside.sharing.letters import access, actions, queries
from alongside.sharing.letters.forms import WriteForm
from alongside.sharing.letters.table import wordings_for


@page(may="answer")
def write(request: Request, reference: str, person: UUID) -> HttpResponse:
    """Choose a letter, read whom it goes to, and have its words."""
    case = load(all_cases(), request.viewer, what="sharing.letter", reference=reference)
    parts = queries.parts_of(case, person, request.viewer)
    side = strictest(part.role for part in parts)
    access.check_may_write(request.user, side)
    is_guarded = side in access.GUARDED
    form = WriteForm(request.POST or None, letters=wordings_for(side), guarded=is_guarded)
    context = {
        "case": case,
        "identity": case_pages.identity(case, request.viewer),
        "name": parts[0].person.full_name,
        "whom": WORDS[side],
        "is_guarded": is_guarded,
        "is_known": side is not Side.NOT_KNOWN,
        "form": form,
        "refused": None,
        "lines": [],
    }
    if form.is_bound and form.is_valid():
        try:
            context["lines"] = actions.write_letter(
                case=case,
                person=person,
                kind=form.cleaned_data["kind"],
                said=form.said(),
                by=request.user,
                at=request.at,
            )
            return render(request, "sharing/letters/letter.html", context)
        except Refused as refusal:
            context["refused"] = refusal
    status = 403 if context["refused"] else 422 if form.is_bound else 200
    return render(request, "sharing/letters/write.html", context, status=status)
