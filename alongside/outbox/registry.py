"""What higher apps register in `ready()`: who a recipient is, whether a person may be written to, what a timer does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from alongside.audit.api import Actor


@dataclass(frozen=True, slots=True)
class Clearance:
    """What a person's safe-contact record says: whether to write now, where, and if not, why, in words and as codes.

    `opens_on`: only the hour is wrong, and it is asked again at that moment.
    """

    allowed: bool
    address: str = ""
    reason: str = ""
    codes: tuple[str, ...] = ()
    opens_on: datetime | None = None


class NotCleared(Exception):
    """A message may not be sent; `str()` is the sentence a colleague reads."""

    def __init__(self, sentence: str, clearance: Clearance | None = None) -> None:
        super().__init__(sentence)
        self.clearance = clearance or Clearance(False, reason=sentence)


class TimerHandler(Protocol):
    """Called once a timer's moment has come, inside the transaction that marks it rung."""

    def __call__(self, subject_id: str, /, *, by: Actor, at: datetime) -> None: ...


class Held(Protocol):
    """Called when a message to a person is held because it cannot be shown to be safe, in the same transaction: a colleague is asked."""

    def __call__(self, ident: str, channel: str, clearance: Clearance, /, *, by: Actor, at: datetime) -> None: ...


# What a worker does besides, in no transaction, because it waits for others; gives how much it did. It settles its own work, and
# does it again after a crash.
Work = Callable[[Callable[[], datetime]], int]
StaffAddresses = Callable[[str], list[str]]
ClearanceCheck = Callable[[str, str, datetime], Clearance]

_staff: dict[str, StaffAddresses] = {}
_clearance: dict[str, ClearanceCheck] = {}
_held: dict[str, Held] = {}
_timers: dict[str, TimerHandler] = {}
_works: list[Work] = []


def register_staff(kind: str, addresses: StaffAddresses) -> None:
    """Recipients `kind:id` are staff; `addresses(id)` gives their e-mail addresses now (none: the message fails)."""
    _staff[kind] = addresses


def register_clearance(kind: str, check: ClearanceCheck, held: Held | None = None) -> None:
    """Recipients `kind:id` are people; `check(id, channel, at)` answers from their safe-contact record.

    `held` is told of each message that waits because of it.
    """
    _clearance[kind] = check
    if held is not None:
        _held[kind] = held


def tell_held(recipient: str, channel: str, clearance: Clearance, *, by: Actor, at: datetime) -> None:
    """Let the app that knows the person ask a colleague."""
    kind, _, ident = recipient.partition(":")
    if kind in _held:
        _held[kind](ident, channel, clearance, by=by, at=at)


def register_timer(kind: str, handler: TimerHandler) -> None:
    """What happens when a timer of this kind is due."""
    _timers[kind] = handler


def register_work(work: Work) -> None:
    """Let every round of a worker do this too."""
    _works.append(work)


def works() -> tuple[Work, ...]:
    """What is registered."""
    return tuple(_works)


def is_person(recipient: str) -> bool:
    """Whether the recipient is a person, not staff; NotCleared for a kind nobody registered."""
    kind = recipient.partition(":")[0]
    if kind in _staff:
        return False
    if kind in _clearance:
        return True
    raise NotCleared(f"Nobody has said how {kind or 'this recipient'} may be written to, so nothing is sent.")


def addresses(recipient: str, channel: str, at: datetime) -> list[str]:
    """Where to send now. NotCleared when a person's safe-contact record does not allow it at this moment."""
    kind, _, ident = recipient.partition(":")
    if not is_person(recipient):
        return _staff[kind](ident)
    clearance = _clearance[kind](ident, channel, at)
    if not clearance.allowed or not clearance.address:
        raise NotCleared(clearance.reason or "Their safe contact record does not allow this now.", clearance)
    return [clearance.address]


def timer_handler(kind: str) -> TimerHandler:
    """What a timer of a registered kind does."""
    return _timers[kind]


def timer_kinds() -> list[str]:
    return sorted(_timers)
