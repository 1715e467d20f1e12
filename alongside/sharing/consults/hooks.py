"""What whoever brings agents registers: to be told which agencies with a system of their own were asked."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from alongside.people.records import PersonSaid
from alongside.sharing.consults.models import Consult

# Rows that wait for an answer, and the people asked about by their ids; in the transaction of the asking, so nothing slow belongs here.
Asked = Callable[[Sequence[Consult], Mapping[UUID, PersonSaid], datetime], None]
ASKED: list[Asked] = []


def on_asked(listener: Asked) -> None:
    """Be told of every agency that is to answer from a system of its own."""
    ASKED.append(listener)
