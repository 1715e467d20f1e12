"""What higher apps are asked before anything is shown to somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from alongside.audit.actors import Actor


class BeforeReading(Protocol):
    """Called before a read is recorded, with the ids of what is about to be shown, by kind; what it raises stops the showing."""

    def __call__(self, *, by: Actor, at: datetime, what: str, shown: Mapping[str, Sequence[str]]) -> None: ...


BEFORE_READING: list[BeforeReading] = []


def before_reading(listener: BeforeReading) -> None:
    """Be asked before every showing."""
    if listener not in BEFORE_READING:
        BEFORE_READING.append(listener)
