"""`alongside outbox`: what an operator types and reads."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from alongside.cli.outbox import outbox
from alongside.outbox.api import PERSON, post
from alongside.outbox.models import Message
from tests.apps.outbox.conftest import BY
from tests.prove import smtp
from tests.prove.smtp import MailServer

pytestmark = pytest.mark.django_db


def typed(*words: str) -> Result:
    return CliRunner().invoke(outbox, words)


def test_one_round(server: MailServer) -> None:
    post(to="tests.worker:w", key="k", by=BY, at=timezone.now())
    assert typed("run", "--once").output == "1 sent. Nothing waits.\n"
    assert typed("run", "--once").output == "Nothing was due. Nothing waits.\n"
    assert len(server.accepted) == 1


def test_status_tells_what_waits_and_why(server: MailServer) -> None:
    server.mood = smtp.BUSY
    post(to="tests.worker:w", key="k", by=BY, at=timezone.now())
    typed("run", "--once")
    output = typed("status").output
    assert "1 message waits: mail-server-busy (451)." in output and "queued: 1" in output


def test_a_person_decides(server: MailServer) -> None:
    message = post(to="tests.person:anytime", key="k", template=PERSON, by=BY, at=timezone.now())
    server.mood = smtp.DROP_AFTER_DATA
    typed("run", "--once")
    assert f"held {message.pk}" in typed("status").output
    assert typed("decide", str(message.pk), "arrived", "--why", "She answered.").output == f"{message.pk}: sent\n"
    again = typed("decide", str(message.pk), "never", "--why", "x")
    assert again.exit_code == 1 and "Only a message that is held" in again.output
    assert Message.objects.get().state == "sent"
    nobody = typed("decide", "00000000-0000-0000-0000-000000000000", "never", "--why", "x")
    assert nobody.exit_code == 1 and "no such message" in nobody.output
