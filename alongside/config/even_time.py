"""Look-ups take the same time whatever they find: the time of an answer is no answer (threat T4)."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class EvenTime:
    """Holds back the answer of a view declared with `page(even_time=True)` until the next full step of ALONGSIDE_LOOK_UP_MS.

    It stands outside the unit of work, so that nothing is locked while it waits, and what the commit takes is hidden as well.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = monotonic()
        response = self.get_response(request)
        step = settings.ALONGSIDE_LOOK_UP_MS / 1000
        if step and request.method == "POST" and getattr(_view(request), "even_time", False):
            sleep(-(monotonic() - begun) % step)
        return response


def _view(request: HttpRequest) -> object:
    return request.resolver_match.func if request.resolver_match else None
