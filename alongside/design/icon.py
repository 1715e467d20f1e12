"""The picture of the site where a browser looks for it unasked."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from alongside.design.built import asset


@login_not_required
@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Lead to the icon every page names; a browser that shows something else than a page asks here."""
    return redirect(asset("icon.svg"))
