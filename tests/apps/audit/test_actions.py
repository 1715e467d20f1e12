"""An action leaves exactly one event, with its actor and its moment, or nothing at all."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from typing import Any

import pytest

from alongside.audit.api import ACTIONS, ActionError, SystemActor, action, record, record_read, unit_of_work
from alongside.audit.models import Event
from tests.apps.audit.conftest import COUNCIL, NOW, POLICE

pytestmark = pytest.mark.django_db
THING = ("tests.thing", "7")


def names() -> list[str]:
    return list(Event.objects.exclude(name="audit.chain_opened").order_by("id").values_list("name", flat=True))


def test_an_action_leaves_its_event() -> None:
    @action("tests.done")
    def do(*, by: SystemActor, at: datetime, what: str) -> str:
        record(THING, by=by, at=at, what=what, count=2)
        return what

    assert do(by=POLICE, at=NOW, what="a") == "a"
    event = Event.objects.get(name="tests.done")
    assert (event.chain, event.seq, event.actor, event.happened_on) == ("west-midlands-police", 1, "system:desk", NOW)
    assert (event.subject_kind, event.subject_ids, event.details) == ("tests.thing", "7", {"count": 2, "what": "a"})
    assert ACTIONS["tests.done"] is do


def test_an_action_without_event_changes_nothing() -> None:
    @action("tests.outer")
    def outer(*, by: SystemActor, at: datetime) -> None:
        record(THING, by=by, at=at)

    @action("tests.silent")
    def silent(*, by: SystemActor, at: datetime) -> None:
        outer(by=by, at=at)

    with pytest.raises(ActionError, match="ended without its event"):
        silent(by=POLICE, at=NOW)
    assert names() == []


def test_an_event_is_left_once() -> None:
    @action("tests.twice")
    def twice(*, by: SystemActor, at: datetime) -> None:
        record(THING, by=by, at=at)
        record(THING, by=by, at=at)

    with pytest.raises(ActionError, match="already left"):
        twice(by=POLICE, at=NOW)


def test_nested_actions_leave_their_own_events() -> None:
    @action("tests.inner")
    def inner(*, by: SystemActor, at: datetime) -> None:
        record(THING, by=by, at=at)

    @action("tests.outer")
    def outer(*, by: SystemActor, at: datetime) -> None:
        inner(by=by, at=at)
        record(THING, by=by, at=at)
        inner(by=COUNCIL, at=at)

    outer(by=POLICE, at=NOW)
    assert sorted(names()) == ["tests.inner", "tests.inner", "tests.outer"]
    assert Event.objects.filter(chain=COUNCIL.audit_chain).count() == 1


def test_a_nested_action_costs_no_savepoint(django_assert_num_queries: Any) -> None:
    @action("tests.inner")
    def inner(*, by: SystemActor, at: datetime) -> None:
        record(THING, by=by, at=at)

    @action("tests.outer")
    def outer(*, by: SystemActor, at: datetime) -> None:
        inner(by=by, at=at)
        record(THING, by=by, at=at)

    with unit_of_work(), django_assert_num_queries(2):
        outer(by=POLICE, at=NOW)


def test_a_caught_failure_of_a_nested_action_is_refused() -> None:
    @action("tests.breaking")
    def breaking(*, by: SystemActor, at: datetime) -> None:
        record(THING, by=by, at=at)
        raise ValueError

    @action("tests.catching")
    def catching(*, by: SystemActor, at: datetime) -> None:
        with contextlib.suppress(ValueError):
            breaking(by=by, at=at)
        record(THING, by=by, at=at)

    @action("tests.prepared")
    def prepared(*, by: SystemActor, at: datetime) -> None:
        with contextlib.suppress(ValueError), unit_of_work():
            breaking(by=by, at=at)
        record(THING, by=by, at=at)

    with unit_of_work():
        with pytest.raises(ActionError, match="its failure was caught"):
            catching(by=POLICE, at=NOW)
        prepared(by=POLICE, at=NOW)
    assert names() == ["tests.prepared"]


@pytest.mark.parametrize(
    ("by", "at", "said"),
    [
        (None, NOW, "needs an actor"),
        (object(), NOW, "needs an actor"),
        (SystemActor("x", ""), NOW, "needs an actor"),
        (POLICE, None, "aware moment"),
        (POLICE, NOW.replace(tzinfo=None), "aware moment"),
    ],
)
def test_an_action_needs_an_actor_and_an_aware_moment(by: object, at: object, said: str) -> None:
    @action("tests.done")
    def do(*, by: SystemActor, at: datetime) -> None:
        record(THING, by=by, at=at)

    with pytest.raises(ActionError, match=said):
        do(by=by, at=at)  # type: ignore[arg-type]


def test_the_event_names_the_actor_of_the_action() -> None:
    @action("tests.done")
    def do(*, by: SystemActor, at: datetime) -> None:
        record(THING, by=COUNCIL, at=at)

    with pytest.raises(ActionError, match="names another actor"):
        do(by=POLICE, at=NOW)


def test_record_belongs_in_an_action() -> None:
    with pytest.raises(ActionError, match="outside an action"):
        record(THING, by=POLICE, at=NOW)


@pytest.mark.parametrize("value", [1.5, ["a"], {"a": 1}, "x" * 201, "two\nlines", b"x", NOW])
def test_details_are_codes_and_numbers(value: object) -> None:
    @action("tests.done")
    def do(*, by: SystemActor, at: datetime) -> None:
        record(THING, by=by, at=at, value=value)  # type: ignore[arg-type]

    with pytest.raises(ActionError, match="the detail value"):
        do(by=POLICE, at=NOW)


def test_declarations_are_checked() -> None:
    def positional(by: SystemActor, at: datetime) -> None: ...

    def no_actor(*, at: datetime) -> None: ...

    def fine(*, by: SystemActor, at: datetime) -> None: ...

    def other(*, by: SystemActor, at: datetime) -> None: ...

    for function, name, said in (
        (positional, "tests.x", "keyword-only"),
        (no_actor, "tests.x", "by and at"),
        (fine, "Tests.X", "app.verb_past"),
    ):
        with pytest.raises(ActionError, match=said):
            action(name)(function)
    action("tests.one")(fine)
    with pytest.raises(ActionError, match="already the action"):
        action("tests.one")(other)


def test_a_failed_action_is_forgotten_and_its_reads_are_not() -> None:
    @action("tests.failing")
    def failing(*, by: SystemActor, at: datetime) -> None:
        record_read(THING, by=by, at=at, what="tests.page")
        record(THING, by=by, at=at)
        raise ValueError

    with unit_of_work():
        with pytest.raises(ValueError):
            failing(by=POLICE, at=NOW)
        record_read([THING, ("tests.thing", "8"), ("tests.other", "9")], by=POLICE, at=NOW, what="tests.list")
    found = list(Event.objects.filter(kind="read").order_by("seq").values_list("name", "subject_kind", "subject_ids"))
    assert found == [
        ("tests.page", "tests.thing", "7"),
        ("tests.list", "tests.thing", "7 8"),
        ("tests.list", "tests.other", "9"),
    ]
    assert not Event.objects.filter(name="tests.failing").exists()


def test_a_failed_unit_of_work_leaves_nothing() -> None:
    with pytest.raises(ValueError), unit_of_work():
        record_read(THING, by=POLICE, at=NOW, what="tests.page")
        raise ValueError
    assert not Event.objects.exists()


def test_an_empty_list_is_a_read_too() -> None:
    record_read([], by=POLICE, at=NOW + timedelta(hours=1), what="tests.search")
    assert Event.objects.get(kind="read").subject_ids == ""
