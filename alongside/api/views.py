"""The addresses of version 1."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.api import pages, problems, queries
from alongside.audit.api import record_read
from alongside.design.errors import throw_away
from alongside.gate.viewing import Viewer
from alongside.intake.actions import OtherContent, receive
from alongside.intake.faults import NotValid
from alongside.intake.queries import own
from alongside.intake.reading import MOST_BYTES, NotReadable, TooLarge, read


class Bearer(HttpBearer):
    """A token made by `alongside api token`, in the header `Authorization: Bearer TOKEN`."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return queries.bearer(token)


api = NinjaAPI(
    title="Alongside",
    version="1",
    description="Send a notification that domestic abuse may be happening; read back the answer first given.",
    docs_url=None,
    auth=Bearer(),
    urls_namespace="api-1",
)


@api.post(
    "/notifications", summary="Send a notification", openapi_extra=pages.POSTING, operation_id="send_notification"
)
def send_notification(request: HttpRequest) -> HttpResponse:
    """Store a notification once and answer with what it sets going. The same content again gives the same answer."""
    received = receive(content=read(_body(request)), by=_sender(request), at=request.at)  # type: ignore[attr-defined]
    return problems.as_json(received.answer, 201 if received.is_new else 200)


@api.get(
    "/notifications/{path:their_id}",
    summary="Read back an answer",
    openapi_extra=pages.READING,
    operation_id="read_notification",
)
def read_notification(request: HttpRequest, their_id: str) -> HttpResponse:
    """The answer first given to a notification of one's own agency."""
    viewer = Viewer(_sender(request), request.at)  # type: ignore[attr-defined]
    row = own(viewer, their_id)
    if row is None:
        return problems.answer(problems.problem(404, "There is no such notification of your agency."))
    record_read(row, by=viewer.user, at=viewer.at, what="api.notification")
    return problems.as_json(row.answer, 200)


@login_not_required
def docs(request: HttpRequest) -> HttpResponse:
    """The interface in words, made from the same description that machines read."""
    return render(request, "api/docs.html", {"operations": pages.operations(api), "fields": pages.fields()})


def _sender(request: HttpRequest) -> User:
    user: User = request.auth  # type: ignore[attr-defined]
    return user


def _body(request: HttpRequest) -> bytes:
    """The body; one too large is thrown away."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > MOST_BYTES:
        throw_away(request)
        raise TooLarge
    return request.body


@api.exception_handler(NotReadable)
@api.exception_handler(NotValid)
@api.exception_handler(OtherContent)
@api.exception_handler(Refused)
def _refused(request: HttpRequest, fault: Any) -> HttpResponse:
    return problems.answer(problems.refused(fault))


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, fault: Any) -> HttpResponse:
    told = problems.problem(401, "Send the token of your agency in the header “Authorization: Bearer TOKEN”.")
    response = problems.answer(told)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response
