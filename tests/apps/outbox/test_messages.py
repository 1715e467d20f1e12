"""A message goes out once, says nothing, and when its fate is unknown a person's message waits for a person."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest

from alongside.audit.api import ActionError, StateRefused, unit_of_work
from alongside.audit.models import Event, StateChange
from alongside.outbox import actions, queries, registry, worker
from alongside.outbox.api import PERSON, SIGN_IN_CHANGED, STAFF, STAFF_NOW, NotCleared, post
from alongside.outbox.models import Message
from alongside.outbox.templates import TEMPLATES, rendered
from tests.apps.outbox.conftest import BY, NOW, Watch
from tests.prove import smtp
from tests.prove.smtp import MailServer

pytestmark = pytest.mark.django_db


def to_worker(key: str = "k1") -> Message:
    return post(to="tests.worker:w", key=key, by=BY, at=NOW)


def to_person(key: str = "p1") -> Message:
    return post(to="tests.person:1", key=key, template=PERSON, by=BY, at=NOW)


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def test_it_is_sent_once(server: MailServer, clock: Watch) -> None:
    message = to_worker()
    assert worker.run_once(clock).sent == 1
    assert not worker.run_once(clock)
    assert state(message) == "sent"
    assert [recipient for recipient, _, _ in server.accepted] == ["w@x.test"]


def test_the_same_key_is_one_message() -> None:
    assert to_worker() == to_worker()
    assert Message.objects.count() == Event.objects.filter(name="outbox.message_posted").count() == 1


def test_a_message_goes_with_the_act_or_not_at_all() -> None:
    with pytest.raises(ValueError), unit_of_work():
        to_worker()
        raise ValueError
    assert not Message.objects.exists()


def test_each_member_of_a_team_gets_a_mail_of_their_own(server: MailServer, clock: Watch) -> None:
    post(to="tests.desk:1", key="k", by=BY, at=NOW)
    worker.run_once(clock)
    assert sorted(recipient for recipient, _, _ in server.accepted) == ["a@x.test", "b@x.test"]
    for recipient, _, raw in server.accepted:
        others = {"a@x.test", "b@x.test"} - {recipient}
        assert not any(other in raw for other in others)


def test_nothing_in_a_mail_tells_anything(server: MailServer, clock: Watch, settings: Any) -> None:
    ident = str(uuid.uuid4())
    post(to="tests.worker:w", key=f"task:{ident}", by=BY, at=NOW, template=STAFF_NOW)
    message = to_person()
    worker.run_once(clock)
    for _, _, raw in server.accepted:
        assert not re.search(rf"{ident}|{message.pk}|west-midlands|task:|[0-9a-f]{{8}}-[0-9a-f]{{4}}", raw)
        assert re.search(r"^Subject: (You have something new in Alongside|Message waiting)\r?$", raw, re.M)
        assert set(re.findall(r"https?://\S+", raw)) <= {settings.ALONGSIDE_ADDRESS + "/"}
    assert "http" not in rendered(PERSON)[1] and set(TEMPLATES) == {STAFF, STAFF_NOW, SIGN_IN_CHANGED, PERSON}


def test_mail_server_down_it_waits_and_says_so(clock: Watch, server: MailServer, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    message = to_worker()
    for wait in (30, 60, 120):
        assert worker.run_once(clock).waiting == 1
        message.refresh_from_db()
        assert message.state == "queued" and message.due_on == clock.at + timedelta(seconds=wait)
        assert message.problem.startswith("mail-server-unreachable")
        assert not worker.run_once(clock)
        clock.pass_by(seconds=wait)
    assert "1 message waits: mail-server-unreachable" in queries.status(at=clock.at).sentence
    settings.EMAIL_PORT = server.port
    assert worker.run_once(clock).sent == 1
    assert actions.delay(50) == timedelta(hours=1)


def test_without_a_mail_server_nothing_is_tried(clock: Watch, server: MailServer, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert queries.status(at=NOW).sentence == "No mail server is set: nothing waits."
    message = to_worker()
    assert not worker.run_once(clock)
    assert state(message) == "queued" and message.attempts == 0
    assert queries.status(at=NOW).sentence == "No mail server is set: 1 message waits."


@pytest.mark.parametrize(
    ("mood", "staff", "person"),
    [
        (smtp.REFUSE, "failed", "failed"),
        (smtp.BUSY, "queued", "queued"),
        (smtp.DROP_AFTER_DATA, "queued", "uncertain"),
        (smtp.DROP_BEFORE_DATA, "queued", "uncertain"),
    ],
)
def test_how_an_attempt_ends(server: MailServer, clock: Watch, mood: str, staff: str, person: str) -> None:
    server.mood = mood
    messages = to_worker(), to_person()
    worker.run_once(clock)
    assert [state(message) for message in messages] == [staff, person]


def test_staff_mail_repeats_its_message_id(server: MailServer, clock: Watch) -> None:
    server.mood = smtp.DROP_AFTER_DATA
    to_worker()
    worker.run_once(clock)
    server.mood = smtp.ACCEPT
    clock.pass_by(minutes=1)
    worker.run_once(clock)
    assert len(server.accepted) == 2 and len(server.delivered) == 1


def test_a_worker_that_died_leaves_its_message_to_the_next(server: MailServer, clock: Watch) -> None:
    messages = [to_worker(), to_person()]
    claimed = {actions.claim(by=worker.ACTOR, at=clock.at) for _ in messages}
    assert claimed == set(messages)
    assert not worker.run_once(clock), "a lease is not over yet"
    clock.pass_by(seconds=121)
    worker.run_once(clock)
    assert [state(message) for message in messages] == ["queued", "uncertain"]
    clock.pass_by(seconds=31)
    assert worker.run_once(clock).sent == 1
    assert [state(message) for message in messages] == ["sent", "uncertain"]
    assert "a person must decide" in queries.status(at=clock.at).sentence
    assert [held.pk for held in queries.held()] == [messages[1].pk]


def test_a_person_decides_about_a_held_message(server: MailServer, clock: Watch) -> None:
    server.mood = smtp.DROP_AFTER_DATA
    message = to_person()
    worker.run_once(clock)
    message.refresh_from_db()
    with pytest.raises(StateRefused, match="Say why"):
        actions.decide(message=message, to="queued", why="", by=BY, at=clock.at)
    actions.decide(message=message, to="sent", why="She answered it.", by=BY, at=clock.at)
    assert state(message) == "sent"
    with pytest.raises(StateRefused, match="held"):
        actions.decide(message=message, to="queued", why="x", by=BY, at=clock.at)
    steps = StateChange.objects.filter(subject_id=str(message.pk)).values_list("to_state", flat=True)
    assert list(steps) == ["queued", "sending", "uncertain", "sent"]


def test_a_person_without_clearance_gets_nothing(
    server: MailServer, clock: Watch, told_of_held: list[tuple[object, ...]]
) -> None:
    held = post(to="tests.person:shielded", key="k", template=PERSON, by=BY, at=NOW)
    assert (held.state, held.problem) == ("held", "not-cleared")
    assert [one[0] for one in told_of_held] == ["shielded"]
    assert not worker.run_once(clock) and server.accepted == []
    assert queries.status(at=clock.at).sentence == "1 message waits for a colleague: it is not shown to be safe."
    with pytest.raises(NotCleared, match=r"Nobody has said how nobody\.knows"):
        post(to="nobody.knows:1", key="k2", by=BY, at=NOW)
    with pytest.raises(ActionError, match="no template for a person"):
        post(to="tests.person:1", key="k2", template=STAFF, by=BY, at=NOW)
    with pytest.raises(ActionError, match="no template for staff"):
        post(to="tests.worker:1", key="k2", template=PERSON, by=BY, at=NOW)
    assert Message.objects.get() == held


def test_clearance_is_asked_again_when_sending(
    server: MailServer, clock: Watch, told_of_held: list[tuple[object, ...]]
) -> None:
    message = to_person()
    clock.pass_by(hours=12)
    assert worker.run_once(clock).held == 1
    assert state(message) == "held" and message.problem == "not-cleared"
    assert server.accepted == []
    assert [one[0] for one in told_of_held] == ["1"], "a colleague is asked"
    steps = StateChange.objects.filter(subject_id=str(message.pk)).values_list("to_state", flat=True)
    assert list(steps) == ["queued", "sending", "held"]


def test_where_only_the_hour_is_wrong_it_waits_for_its_hour(
    server: MailServer, clock: Watch, told_of_held: list[tuple[object, ...]]
) -> None:
    message = post(to="tests.person:evening", key="k", template=PERSON, by=BY, at=NOW)
    clock.pass_by(hours=12)
    assert worker.run_once(clock).waiting == 1
    assert state(message) == "queued" and message.due_on == clock.at.replace(hour=19, minute=0)
    assert not worker.run_once(clock) and server.accepted == told_of_held == []
    clock.at = message.due_on
    assert worker.run_once(clock).sent == 1


def test_what_waits_is_taken_back_when_what_it_rested_on_changes(server: MailServer, clock: Watch) -> None:
    waiting, held, gone = (
        to_person("a"),
        post(to="tests.person:shielded", key="b", template=PERSON, by=BY, at=NOW),
        to_worker(),
    )
    recipients = [waiting.recipient, held.recipient]
    assert actions.void(recipients=recipients, problem="address-changed", by=BY, at=NOW) == 2
    assert [state(one) for one in (waiting, held, gone)] == ["void", "void", "queued"]
    assert worker.run_once(clock).sent == 1 and [to for to, _, _ in server.accepted] == ["w@x.test"]
    assert actions.void(recipients=recipients, problem="address-changed", by=BY, at=NOW) == 0


def test_nobody_to_write_to_is_seen(server: MailServer, clock: Watch) -> None:
    message = post(to="tests.desk:empty", key="k", by=BY, at=NOW)
    worker.run_once(clock)
    assert state(message) == "failed" and message.problem == "no-address"
    assert registry.is_person("tests.person:1")


def test_the_problem_never_holds_what_the_server_said(server: MailServer, clock: Watch) -> None:
    server.mood = smtp.REFUSE
    message = to_worker()
    worker.run_once(clock)
    message.refresh_from_db()
    assert message.problem == "mail-server-refused (550)"


def test_a_message_is_sent_when_it_is_due(server: MailServer, clock: Watch) -> None:
    post(to="tests.worker:w", key="k", by=BY, at=NOW, due=NOW + timedelta(minutes=15))
    assert not worker.run_once(clock)
    clock.pass_by(minutes=15)
    assert worker.run_once(clock).sent == 1


@pytest.mark.parametrize(
    "address",
    ["a@x.test, b@x.test", "w@x.test\nBcc: b@x.test", "w@x.test\r\n\r\nCome to 3 New Street", "w@x.test>", ""],
)
def test_an_address_that_is_none_fails_alone_and_stops_nobody_else(
    server: MailServer, clock: Watch, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """It ended the worker, and with it every alert: one slip of a hand in somebody's record."""
    monkeypatch.setitem(registry._staff, "tests.slip", lambda ident: [address])
    bad, good = post(to="tests.slip:1", key="bad", by=BY, at=NOW), to_worker("good")
    done = worker.run_once(clock)
    assert (done.sent, done.failed) == (1, 1)
    assert (state(bad), bad.problem, state(good)) == ("failed", "address-not-usable", "sent")
    assert [recipient for recipient, _, _ in server.accepted] == ["w@x.test"]
