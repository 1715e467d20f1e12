"""The scene record: five answers, the checklist beside them, what must not be done; kept as often as wanted, then finished."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.agencies.access import Refused
from alongside.casework.actions import scene as actions
from alongside.casework.forms.scene import SceneForm
from alongside.casework.pages import scene as pages
from alongside.casework.queries import scene as queries
from alongside.gate.routes import Request, page
from alongside.risk.queries import open_case


@page(may="finish_scene")
def scene(request: Request, reference: str) -> HttpResponse:
    """Keep, or finish. What is refused is said on the page, with what was typed still there."""
    case = open_case(request.viewer, reference, "casework.scene")
    row = queries.of_case(case, request.viewer)
    values, said = pages.start(case, request.viewer, row)
    form = SceneForm(request.POST if request.method == "POST" else None, initial=values)
    refused: Refused | None = None
    if form.is_bound and form.is_valid():
        try:
            actions.keep(case=case, values=form.cleaned_data, by=request.user, at=request.at)
            if request.POST.get("do") != "finish":
                messages.success(request, "Kept. The duties and questions of the case follow what you answered.")
                return redirect("casework:scene", case.reference)
            actions.finish(case=case, by=request.user, at=request.at)
        except Refused as reason:
            refused = reason
        else:
            messages.success(request, "The scene record is finished.")
            return redirect("cases:case", case.reference)
    context = pages.page(case, request.viewer, form, queries.of_case(case, request.viewer)) | {
        "known": said,
        "refused": refused,
        "messages": messages.get_messages(request),
    }
    return render(request, "casework/scene.html", context, status=422 if refused or form.errors else 200)
