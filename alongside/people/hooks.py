"""What higher apps register with people: what to do when somebody has said whether two records are one human being."""

from datetime import datetime
from typing import Protocol

from alongside.agencies.models import User
from alongside.people.models import Person


class Linked(Protocol):
    """Called after an answer to "Who is this?" or its undoing, in the same transaction, with the person it is about."""

    def __call__(self, *, person: Person, by: User, at: datetime) -> None: ...


LINKED: list[Linked] = []


def on_link(listener: Linked) -> None:
    """Be told of every answer."""
    LINKED.append(listener)
