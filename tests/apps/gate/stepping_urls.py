"""The site, and one page more that needs a step-up."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.urls import path

from alongside.config import urls
from alongside.gate.routes import Request, page


@page(may=None, step_up=True)
def weighty(request: Request) -> HttpResponse:
    """Says what it was sent."""
    said = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    return JsonResponse({"ran": request.user.name, "said": said})


urlpatterns = [path("weighty/", weighty), *urls.urlpatterns]
handler404 = urls.handler404
