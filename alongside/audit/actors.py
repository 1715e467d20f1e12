"""Who acts. Users, and the few parts of the system that act by themselves."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

PARTNERSHIP = "partnership"


@runtime_checkable
class Actor(Protocol):
    """Whoever may be given as `by=`."""

    @property
    def audit_name(self) -> str:
        """A stable reference such as `user:UUID` or `system:outbox`; never a person's name."""

    @property
    def audit_chain(self) -> str:
        """The code of the agency whose chain carries the event, or `partnership`."""


@dataclass(frozen=True, slots=True)
class SystemActor:
    """A part of Alongside that acts without a person, for example the worker that sends messages."""

    name: str
    audit_chain: str = PARTNERSHIP

    @property
    def audit_name(self) -> str:
        return f"system:{self.name}"
