"""What higher apps are told of people."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from alongside.agencies.models import User
from alongside.agencies.register import AgencySaid
from alongside.audit.api import Actor


class Moved(Protocol):
    """Called when somebody works for another agency than before, in the same transaction."""

    def __call__(self, *, user: User, by: Actor, at: datetime) -> object: ...


MOVED: list[Moved] = []


def on_moved(listener: Moved) -> None:
    """Be told when somebody goes from one agency to another."""
    MOVED.append(listener)


# What gives the names of agencies of a file that nobody has made sure of.
UNKNOWN_AGENCIES: list[Callable[[Sequence[AgencySaid]], list[str]]] = []
