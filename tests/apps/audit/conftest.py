"""An actor, a moment and one small action that the tests of the audit share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from alongside.audit.api import ACTIONS, SystemActor, action, record
from alongside.audit.testing import allow_flush

allow_flush()

NOW = datetime(2026, 11, 21, 19, 40, tzinfo=UTC)
POLICE = SystemActor("desk", "west-midlands-police")
COUNCIL = SystemActor("inbox", "coventry-childrens-social-care")


@pytest.fixture(autouse=True)
def _actions_of_tests_are_forgotten() -> Iterator[None]:
    """The registry of actions is swept by other tests: what is declared here leaves it again."""
    before = set(ACTIONS)
    yield
    # Those of an app that was first imported meanwhile stay.
    for name in [name for name in set(ACTIONS) - before if name.startswith("tests.")]:
        del ACTIONS[name]


def note_something(*, by: SystemActor, at: datetime = NOW, subject: str = "1", **detail: str | int) -> None:
    """Run one action that does nothing but leave its event."""
    ACTIONS.pop("tests.something_noted", None)

    @action("tests.something_noted")
    def noted(*, by: SystemActor, at: datetime) -> None:
        record(("tests.thing", subject), by=by, at=at, **detail)

    noted(by=by, at=at)
