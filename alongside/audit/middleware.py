"""One request, one unit of work: no audit, no answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from alongside.audit import work
from alongside.audit.chain import Pending
from alongside.audit.errors import AuditError
from alongside.audit.work import unit_of_work


class StreamRefused(AuditError):
    """A streaming response would leave after the audit of what it shows; build the whole answer instead."""


class _Undo(Exception):
    """Carries a failed response out of the unit of work, so that its writes are rolled back."""

    def __init__(self, response: HttpResponseBase, reads: list[Pending]) -> None:
        self.response, self.reads = response, reads


class UnitOfWork:
    """Wraps a whole request in one transaction whose events are chained before the response leaves.

    A status of 500 and above rolls back, except for the reads: what it holds is sent all the same. A refusal (4xx) is kept, because
    that somebody asked is worth knowing.
    When chaining or committing fails, Django answers 500 and the page built so far is never sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            with unit_of_work():
                response = self.get_response(request)
                if response.streaming:
                    raise StreamRefused(f"{request.resolver_match} streams its answer")
                if response.status_code >= 500:
                    raise _Undo(response, work.reads())
        except _Undo as undo:
            work.keep(undo.reads)
            return undo.response
        return response
