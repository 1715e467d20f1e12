"""A web site of two addresses, on the real middleware, actions, chain and outbox, which dies where it is told to."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import django
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.prove.settings")
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402

from alongside.audit import chain  # noqa: E402
from alongside.audit.api import SystemActor, record_read  # noqa: E402
from alongside.outbox import registry  # noqa: E402
from alongside.outbox.api import post, schedule  # noqa: E402

BEFORE, WRITTEN, CHAINED, COMMITTED = (
    "before-begin",
    "written-not-chained",
    "chained-not-committed",
    "committed-not-answered",
)
BY = SystemActor("prove", "prove-agency")
registry.register_staff("prove.worker", lambda ident: [f"{ident}@prove.test"])
_dies_at = ""


def die(phase: str) -> None:
    """SIGKILL to this very process when the request asked to die here."""
    if phase == _dies_at:
        os.kill(os.getpid(), signal.SIGKILL)


def store(request: HttpRequest) -> JsonResponse:
    """Store a timer and post a message under the key given; the same key again gives the first answer."""
    key, at = request.GET["key"], timezone.now()
    timer = schedule(kind="prove", subject_id=key, due=at + timedelta(days=1), key=key, by=BY, at=at)
    message = post(to="prove.worker:1", key=key, by=BY, at=at)
    return JsonResponse({"id": f"{timer.pk} {message.pk}", "process": os.getpid()}, status=201)


def look(request: HttpRequest) -> HttpResponseBase:
    """Show a record, or many, as a page does: whole, as a download, as a stream, or failing once it was read."""
    key, how, at = request.GET["key"], request.GET["how"], timezone.now()
    many = [("prove.record", f"{key}.{number}") for number in range(25 if how == "list" else 1)]
    record_read(many, by=BY, at=at, what="prove.look")
    told = " ".join(f"RECORD {ident}" for _, ident in many)
    if how == "raise":
        raise ValueError(told)
    if how == "stream":
        return StreamingHttpResponse(iter([told]))
    answer = HttpResponse(told, status=503 if how == "fail" else 200)
    if how == "download":
        answer.headers["Content-Disposition"] = "attachment"
    return answer


urlpatterns = [path("store", store), path("look", look)]

_append = chain.append


def _deadly_append(events: Iterable[chain.Pending]) -> int:
    die(WRITTEN)
    count = _append(events)
    die(CHAINED)
    return count


chain.append = _deadly_append
_django = get_wsgi_application()


class _AnswerFirst:
    """The mutant: says that all is stored, then stores it."""

    def __init__(self, work: Callable[[], object], told: bytes = b"") -> None:
        self.work, self.told = work, told

    def __iter__(self) -> Iterator[bytes]:
        yield b'{"id": "", "process": %d}' % os.getpid() if not self.told else self.told

    def close(self) -> None:
        time.sleep(0.2)
        self.work()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The site as gunicorn calls it."""
    global _dies_at
    _dies_at = environ.get("HTTP_X_PROVE_DIE", "")
    die(BEFORE)
    if os.environ.get("PROVE_MUTANT") == "answer-first":
        start_response("201 Created", [("Content-Type", "application/json")])
        shown = re.findall(r"key=([\w-]+)&how=", environ.get("QUERY_STRING", ""))
        return _AnswerFirst(
            lambda: _django(environ, lambda *_: None), f"RECORD {shown[0]}.0".encode() if shown else b""
        )
    answer = _django(environ, start_response)
    die(COMMITTED)
    return answer
