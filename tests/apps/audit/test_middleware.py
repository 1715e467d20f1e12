"""No audit, no answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from alongside.audit import chain
from alongside.audit.api import record_read
from alongside.audit.middleware import StreamRefused, UnitOfWork
from alongside.audit.models import Event
from tests.apps.audit.conftest import NOW, POLICE, note_something

pytestmark = pytest.mark.django_db


def asked(view: Callable[[HttpRequest], Any]) -> Any:
    return UnitOfWork(view)(RequestFactory().get("/"))


def read_then(status: int) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        record_read(("tests.thing", "1"), by=POLICE, at=NOW, what="tests.page")
        return HttpResponse(status=status)

    return view


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (302, 1), (403, 1), (404, 1), (500, 0), (503, 0)])
def test_an_answer_is_audited_and_a_failure_undone(status: int, kept: int) -> None:
    """Whatever an answer of 500 holds is sent: what was read for it stays on record, what was done is gone."""

    def view(request: HttpRequest) -> HttpResponse:
        note_something(by=POLICE)
        return read_then(status)(request)

    assert asked(view).status_code == status
    assert Event.objects.filter(kind="read").count() == 1
    assert Event.objects.filter(name="tests.something_noted").count() == kept


def test_a_failure_whose_reads_cannot_be_kept_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(chain, "append", broken)
    with pytest.raises(OSError, match="disk full"):
        asked(read_then(503))


def test_without_audit_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(chain, "append", broken)
    with pytest.raises(OSError, match="disk full"):
        asked(read_then(200))


def test_a_stream_is_refused() -> None:
    with pytest.raises(StreamRefused):
        asked(lambda request: StreamingHttpResponse(iter(["secret"])))


def test_an_exception_undoes_and_passes_on() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        record_read(("tests.thing", "1"), by=POLICE, at=NOW, what="tests.page")
        raise ValueError

    with pytest.raises(ValueError):
        asked(view)
    assert not Event.objects.exists()
