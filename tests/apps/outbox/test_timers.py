"""A timer rings once, with what its handler does, or not at all yet."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from alongside.audit.api import Actor, StateRefused
from alongside.audit.models import Event
from alongside.outbox import states, worker
from alongside.outbox.api import cancel, post, register_timer, schedule
from alongside.outbox.models import Message, Timer
from alongside.outbox.queries import status
from tests.apps.outbox.conftest import BY, NOW, Watch

pytestmark = pytest.mark.django_db
DUE = NOW + timedelta(minutes=15)


def alert_deputy(subject_id: str, /, *, by: Actor, at: datetime) -> None:
    post(to="tests.worker:deputy", key=f"deputy:{subject_id}", by=by, at=at)


def set_one(kind: str = "tests.unopened", key: str = "k") -> Timer:
    return schedule(kind=kind, subject_id="7", due=DUE, key=key, by=BY, at=NOW)


def test_it_rings_when_due_and_once(clock: Watch) -> None:
    register_timer("tests.unopened", alert_deputy)
    timer = set_one()
    assert set_one() == timer
    assert worker.run_once(clock).rung == 0
    clock.pass_by(minutes=15)
    assert worker.run_once(clock).rung == 1
    assert worker.run_once(clock).rung == 0
    timer.refresh_from_db()
    assert timer.state == "rung"
    assert Message.objects.get().key == "deputy:7"
    assert Event.objects.filter(name="outbox.timer_rung").count() == 1


def test_cancelled_it_stays_silent(clock: Watch) -> None:
    register_timer("tests.unopened", alert_deputy)
    timer = set_one()
    assert cancel(key="k", by=BY, at=NOW)
    assert not cancel(key="k", by=BY, at=NOW)
    clock.pass_by(hours=1)
    assert not worker.run_once(clock)
    timer.refresh_from_db()
    with pytest.raises(StateRefused):
        states.timer.check(timer, "rung")


def test_a_failing_handler_leaves_nothing_and_is_tried_again(clock: Watch) -> None:
    def failing(subject_id: str, /, *, by: Actor, at: datetime) -> None:
        alert_deputy(subject_id, by=by, at=at)
        raise RuntimeError("her address")

    register_timer("tests.failing", failing)
    register_timer("tests.unopened", alert_deputy)
    timer = set_one("tests.failing")
    set_one("tests.unopened", "other")
    clock.pass_by(minutes=15)
    done = worker.run_once(clock)
    assert (done.rung, done.postponed) == (1, 1), "one that fails must not stop the others"
    timer.refresh_from_db()
    assert (timer.state, timer.failures, timer.problem) == ("set", 1, "RuntimeError")
    register_timer("tests.failing", alert_deputy)
    clock.pass_by(seconds=31)
    assert worker.run_once(clock).rung == 1
    assert Message.objects.count() == 1


def test_a_timer_nobody_handles_is_seen(clock: Watch) -> None:
    set_one("tests.nobody")
    clock.pass_by(hours=1)
    assert not worker.run_once(clock)
    assert status(at=clock.at).timers_overdue == 1
