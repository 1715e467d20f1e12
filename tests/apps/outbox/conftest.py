"""Recipients and a mail server that the tests of the outbox share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alongside.audit.api import SystemActor
from alongside.audit.testing import allow_flush
from alongside.outbox import registry
from alongside.outbox.registry import Clearance
from tests.prove.smtp import MailServer

allow_flush()

NOW = datetime(2026, 11, 21, 19, 40, tzinfo=UTC)
BY = SystemActor("desk", "west-midlands-police")


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock() -> Watch:
    return Watch()


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two kinds of recipient: a desk with two members, and a person, safe in the evening."""
    for name in ("_staff", "_clearance", "_held", "_timers"):
        monkeypatch.setattr(registry, name, {})
    registry.register_staff("tests.desk", lambda ident: [] if ident == "empty" else ["a@x.test", "b@x.test"])
    registry.register_staff("tests.worker", lambda ident: [f"{ident}@x.test"])
    registry.register_clearance("tests.person", _clearance)


@pytest.fixture
def told_of_held(_registered: None) -> list[tuple[object, ...]]:
    """What the app that knows people is told of messages that are held."""
    told: list[tuple[object, ...]] = []
    registry.register_clearance("tests.person", _clearance, lambda *said, by, at: told.append(said))
    return told


def _clearance(ident: str, channel: str, at: datetime) -> Clearance:
    if ident == "shielded":
        return Clearance(False, reason="She has no safe channel yet.")
    if ident == "evening" and at.hour < 19:
        return Clearance(False, reason="Only after seven.", opens_on=at.replace(hour=19, minute=0))
    allowed = ident == "anytime" or at.hour >= 19
    return Clearance(allowed, address="safe@x.test", reason="Only after seven in the evening.")


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 5
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield running
