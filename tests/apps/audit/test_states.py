"""A workflow is a table; every step leaves a row; a step the table lacks is refused in words."""

from __future__ import annotations

import pytest

from alongside.audit.api import SideDoor, StateRefused, discover
from alongside.audit.models import StateChange
from alongside.audit.states import TRANSITIONS, Step, Transitions
from alongside.audit.testing import writing
from alongside.outbox.models import Timer
from tests.apps.audit.conftest import NOW, POLICE

pytestmark = pytest.mark.django_db
TABLE = Transitions(
    table={("set", "rung"): "rings", ("set", "cancelled"): Step("cancelled", needs_why=True)},
    labels={"set": "set", "rung": "over"},
)


def timer() -> Timer:
    with writing():
        return Timer.objects.create(kind="t", subject_id="1", due_on=NOW, next_try_on=NOW, key="k")


def test_a_step_leaves_a_row() -> None:
    one = timer()
    with writing():
        TABLE.bulk_open([one], by=POLICE, at=NOW)
        TABLE.move(one, to="rung", by=POLICE, at=NOW, why="because")
    one.refresh_from_db()
    assert one.state == "rung"
    rows = TABLE.history(one).values_list("from_state", "to_state", "moved_by", "moved_at", "why")
    assert list(rows) == [("", "set", "system:desk", NOW, ""), ("set", "rung", "system:desk", NOW, "because")]


def test_a_record_made_and_ended_at_once_leaves_both_steps() -> None:
    with writing():
        rows = [
            Timer(kind="t", subject_id=str(n), due_on=NOW, next_try_on=NOW, key=f"k{n}", state=state)
            for n, state in enumerate(("set", "rung", "cancelled"))
        ]
        Timer.objects.bulk_create(rows)
        TABLE.bulk_open(rows, began="set", by=POLICE, at=NOW, why={rows[2].pk: "not needed"})
        with pytest.raises(StateRefused, match="Say why"):
            TABLE.bulk_open(rows[2:], began="set", by=POLICE, at=NOW)
    steps = [[(r.from_state, r.to_state, r.why) for r in TABLE.history(row)] for row in rows]
    assert steps == [
        [("", "set", "")],
        [("", "set", ""), ("set", "rung", "")],
        [("", "set", ""), ("set", "cancelled", "not needed")],
    ]


def test_the_refusal_is_a_sentence() -> None:
    one = timer()
    with writing():
        TABLE.move(one, to="rung", by=POLICE, at=NOW)
        with pytest.raises(StateRefused) as refused:
            TABLE.move(one, to="cancelled", by=POLICE, at=NOW, why="x")
        assert str(refused.value) == "This timer is “over” and cannot become “cancelled”. Nothing can follow that."
        with pytest.raises(StateRefused, match="This timer is already “over”"):
            TABLE.move(one, to="rung", by=POLICE, at=NOW)


def test_a_reason_is_asked_for() -> None:
    one = timer()
    with writing(), pytest.raises(StateRefused, match="Say why this timer becomes “cancelled”"):
        TABLE.move(one, to="cancelled", by=POLICE, at=NOW, why=" ")


def test_two_people_at_once() -> None:
    one = timer()
    other = Timer.objects.get(pk=one.pk)
    with writing():
        TABLE.move(one, to="rung", by=POLICE, at=NOW)
        with pytest.raises(StateRefused, match="Somebody else changed this timer"):
            TABLE.move(other, to="cancelled", by=POLICE, at=NOW, why="x")
    assert StateChange.objects.count() == 1


def test_no_step_outside_an_action() -> None:
    with pytest.raises(SideDoor):
        TABLE.move(timer(), to="rung", by=POLICE, at=NOW)


def test_the_diagram() -> None:
    assert TABLE.diagram().splitlines() == [
        "stateDiagram-v2",
        "    s0: set",
        "    s1: over",
        "    s2: cancelled",
        "    [*] --> s0",
        "    s0 --> s1: rings",
        "    s0 --> s2: cancelled",
        "    s1 --> [*]",
        "    s2 --> [*]",
    ]
    assert TABLE.can(Timer(state="set"), "rung") and not TABLE.can(Timer(state="rung"), "set")
    discover()
    assert {"outbox.message", "outbox.timer"} <= set(TRANSITIONS)
