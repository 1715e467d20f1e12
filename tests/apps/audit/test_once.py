"""A question is put to the database once in a unit of work, and anew as soon as somebody may have acted."""

from __future__ import annotations

import pytest

from alongside.audit.api import once, unit_of_work
from alongside.audit.testing import writing
from tests.apps.audit.conftest import POLICE, note_something

pytestmark = pytest.mark.django_db
ASKED: list[tuple[str, int]] = []


@once
def ask(what: str, number: int = 0) -> list[str]:
    ASKED.append((what, number))
    return [what]


@pytest.fixture(autouse=True)
def _nothing_was_asked() -> None:
    ASKED.clear()


def test_the_same_question_is_put_once() -> None:
    with unit_of_work():
        assert ask("a") == ask("a") == ["a"]
        ask("b")
        ask("a", number=1)
        ask("a", number=1)
    assert ASKED == [("a", 0), ("b", 0), ("a", 1)]


def test_no_answer_outlives_its_unit_of_work() -> None:
    for _ in range(2):
        with unit_of_work():
            ask("a")
    assert len(ASKED) == 2


def test_a_unit_of_work_within_another_is_part_of_it() -> None:
    with unit_of_work():
        ask("a")
        with unit_of_work():
            ask("a")
        ask("a")
    assert len(ASKED) == 1


def test_outside_a_unit_of_work_every_question_is_put() -> None:
    ask("a")
    ask("a")
    assert len(ASKED) == 2


def test_an_action_asks_anew_and_ends_what_was_known_before() -> None:
    with unit_of_work():
        ask("a")
        with writing():
            ask("a")
            ask("a")
        assert len(ASKED) == 3
        ask("a")
        ask("a")
    assert len(ASKED) == 4


def test_an_action_that_fails_ends_it_too() -> None:
    with unit_of_work():
        ask("a")
        with pytest.raises(ZeroDivisionError), writing():
            raise ZeroDivisionError
        ask("a")
    assert len(ASKED) == 2


def test_an_event_ends_what_was_known() -> None:
    with unit_of_work():
        ask("a")
        note_something(by=POLICE)
        ask("a")
    assert len(ASKED) == 2


def test_a_fault_is_no_answer() -> None:
    tries: list[int] = []

    @once
    def fails() -> None:
        tries.append(1)
        raise ZeroDivisionError

    with unit_of_work():
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                fails()
    assert len(tries) == 2
