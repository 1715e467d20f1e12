"""Moments that cannot be: nothing told was done after it was told, and nothing happened after it was reported."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from alongside.intake.faults import Fault, pointer, shown
from alongside.intake.structure import as_moment
from alongside.policy.codec import show_moment

CLOCK_DRIFT = timedelta(minutes=5)  # how far the clocks of two systems may stand apart


def faults_of_moments(content: Any, at: datetime) -> Iterator[Fault]:
    """Every moment later than it can be. `at` is now; parts wrong in form read as left out."""
    if not isinstance(content, dict):
        return
    received = as_moment(content.get("received_at"))
    for path, value in _told(content):
        told = as_moment(value)
        if told is None:
            continue
        if told > at + CLOCK_DRIFT:
            yield Fault(pointer(path), shown(value), f"a moment that is not in the future: now it is {_shown(at)}")
        elif path == ("occurred_at",) and received is not None and told > received + CLOCK_DRIFT:
            accepted = f"a moment not later than it was received ({_shown(received)})"
            yield Fault(pointer(path), shown(value), accepted)


def _told(content: dict[str, Any]) -> Iterator[tuple[tuple[object, ...], Any]]:
    """Every moment a notification has: its own, those of its assessments, and facts that are one, each of what was done or known."""
    yield from (((name,), content.get(name)) for name in ("received_at", "occurred_at"))
    risk, facts = content.get("risk"), content.get("facts")
    for place, row in enumerate(risk if isinstance(risk, list) else ()):
        if isinstance(row, dict):
            yield ("risk", place, "completed_at"), row.get("completed_at")
    for name, value in (facts if isinstance(facts, dict) else {}).items():
        if str(name).endswith("_at"):
            yield ("facts", name), value


def _shown(moment: datetime) -> str:
    return show_moment(moment.replace(microsecond=0))
