"""The demonstration's mail server keeps each mail once."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from alongside.outbox import queries, views, worker
from alongside.outbox.api import post
from alongside.outbox.models import CaughtMail
from tests.apps.outbox.conftest import BY, NOW, Watch

pytestmark = pytest.mark.django_db


def test_mail_is_caught_once(settings: Any, clock: Watch) -> None:
    settings.EMAIL_BACKEND = "alongside.outbox.backends.CatchingBackend"
    message = post(to="tests.worker:w", key="k", by=BY, at=NOW)
    worker.run_once(clock)
    (mail,) = queries.caught()
    assert (mail.recipient, mail.subject) == ("w@x.test", "You have something new in Alongside")
    with worker.Gateway() as again:
        again.send(key=message.key, template=message.template, address="w@x.test")
    assert CaughtMail.objects.count() == 1


def test_the_page_shows_it(settings: Any, clock: Watch, client: Client) -> None:
    settings.EMAIL_BACKEND = "alongside.outbox.backends.CatchingBackend"
    settings.ALONGSIDE_DEMO = True
    assert "No mail yet" in client.get("/outbox/mail/").content.decode()
    post(to="tests.worker:w", key="k", by=BY, at=NOW)
    worker.run_once(clock)
    page = client.get("/outbox/mail/").content.decode()
    assert "You have something new in Alongside" in page and "w@x.test" in page


def test_there_is_no_such_page_outside_the_demonstration(settings: Any) -> None:
    settings.ALONGSIDE_DEMO = False
    with pytest.raises(Http404):
        views.caught_mail(RequestFactory().get("/outbox/mail/"))
