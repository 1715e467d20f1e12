"""The worker's part: every round it copies what was read since, and raises what is unusual."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from alongside.audit.api import SystemActor
from alongside.looking import actions

ACTOR = SystemActor("looking")


def watch(now: Callable[[], datetime]) -> int:
    """Keep up with the chains; how many events were copied."""
    return actions.follow(by=ACTOR, at=now())
