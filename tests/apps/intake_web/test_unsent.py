"""A call begun and never sent: after a set time the writer's team and deputy learn that it is there, and nothing in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.models import Team
from alongside.gate.models import Ground
from alongside.intake.drafts.models import Draft, UnsentCall
from alongside.outbox import worker
from alongside.outbox.models import Message, Timer
from tests.apps.intake_web.test_call import Begun, send
from tests.apps.partnership import NOW, Partnership

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
SAID = "A call begun at 10:20pm was not sent"
SOON, LATE = NOW + timedelta(minutes=19), NOW + timedelta(minutes=20)  # shorter than a session without a page


@pytest.fixture(autouse=True)
def twenty_minutes(settings: Any) -> None:
    settings.ALONGSIDE_UNSENT_CALL_MINUTES = 20
    settings.ALONGSIDE_IDLE_MINUTES = 60  # the hour jumps here; the lock has tests of its own


@pytest.fixture
def clock(there: Partnership, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The sergeant deputises for the response team; moves the hour of the pages."""
    Team.objects.filter(code="response").update(deputy=there.users["sergeant"])
    return lambda at: monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: at)


def today(client: Client) -> str:
    return client.get(reverse("duties:today")).content.decode()


def rings(at: datetime) -> set[str]:
    """To whom a message goes once the timers due by then have rung."""
    worker.ring_due(lambda: at, worker.Round())
    return set(Message.objects.filter(key__startswith="unsent-call-").values_list("recipient", flat=True))


def test_the_deputy_is_told_after_the_set_time(
    clock: Callable[[datetime], None], begun: Begun, at_desk: Desk, there: Partnership
) -> None:
    sergeant, second = at_desk("sergeant"), at_desk("second")
    clock(SOON)
    assert SAID not in today(sergeant) and rings(SOON) == set()
    clock(LATE)
    assert rings(LATE) == {f"user:{there.users['sergeant'].pk}"}
    assert Message.objects.get(key__startswith="unsent-call-").template == "something_new_now"
    for client in (sergeant, second):  # the deputy, and whoever is on the desk now
        page = today(client)
        assert SAID in page and "Ash Officer, Response team" in page and "0121 496 0101" in page
        for typed in ("Amina", "Hartley", "corner shop", "07700 900123"):
            assert typed not in page
    for name in ("manager", "idva", "administrator", "auditor"):
        assert SAID not in today(at_desk(name))
    assert SAID not in today(at_desk("officer"))  # the writer's own Today says it in its own way


def test_nobody_but_the_writer_opens_it(clock: Callable[[datetime], None], begun: Begun, at_desk: Desk) -> None:
    _, draft = begun
    clock(LATE)
    for name in ("sergeant", "second"):
        for page in ("now", "people", "check", "drop"):
            assert at_desk(name).get(reverse(f"intake:{page}", args=[draft])).status_code == 404
    assert not Draft.objects.filter(pk=UnsentCall.objects.get().pk).exists()  # its door is not the draft's


def test_a_call_sent_in_time_alerts_nobody(clock: Callable[[datetime], None], begun: Begun, at_desk: Desk) -> None:
    client, draft = begun
    send(client, draft)
    clock(LATE)
    assert rings(LATE) == set() and SAID not in today(at_desk("sergeant"))


def test_a_call_sent_late_is_no_longer_named(clock: Callable[[datetime], None], begun: Begun, at_desk: Desk) -> None:
    client, draft = begun
    clock(LATE)
    assert SAID in today(at_desk("sergeant"))
    send(client, draft)
    assert SAID not in today(at_desk("sergeant"))


def test_a_call_thrown_away_alerts_nobody(clock: Callable[[datetime], None], begun: Begun, at_desk: Desk) -> None:
    client, draft = begun
    client.post(reverse("intake:drop", args=[draft]))
    assert not UnsentCall.objects.exists() and rings(LATE) == set()
    watched = Timer.objects.get(kind="intake.call_unsent").subject_id
    assert not Ground.objects.filter(subject_id=watched, closed_at__isnull=True).exists()


def test_without_a_deputy_the_team_is_told(begun: Begun, there: Partnership) -> None:
    assert rings(LATE) == {f"team:{there.teams['response'].pk}"}


def test_a_call_nobody_has_typed_into_is_not_watched(at_desk: Desk) -> None:
    at_desk("officer").post(reverse("intake:begin"), {"kind": "police-incident"})
    assert Draft.objects.exists() and not UnsentCall.objects.exists()
