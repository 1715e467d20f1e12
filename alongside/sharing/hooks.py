"""What higher apps register with sharing: the records of a case that a worker may share, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from alongside.cases.models import Case
from alongside.gate.viewing import Viewer


@dataclass(frozen=True)
class Part:
    """One field of a record as the other side would read it. `key` names it in the form, and is the same each time."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Shareable:
    """A record that may be shared: its kind (`risk.assessment`), its id, and a title without a name.

    `read` opens its parts, and is called only where they are shown: whoever does has recorded the read.
    """

    kind: str
    id: UUID
    title: str
    read: Callable[[], Iterable[Part]] = tuple

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Its fields, opened once."""
        return tuple(self.read())

    @property
    def is_case(self) -> bool:
        """Whether it is the case itself, opened as it grows."""
        return self.kind == "cases.case"


# Reads only through the gate.
FindShareable = Callable[[Case, Viewer], Iterable[Shareable]]
SHAREABLE: list[FindShareable] = []


def register_shareable(find: FindShareable) -> None:
    """Say which records of a case may be shared, the latest first."""
    if find not in SHAREABLE:
        SHAREABLE.append(find)


def shareable(case: Case, viewer: Viewer) -> list[Shareable]:
    """Every record of a case that the viewer may share."""
    return [one for find in SHAREABLE for one in find(case, viewer)]
