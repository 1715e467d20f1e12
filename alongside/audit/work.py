"""The unit of work: one transaction, its events gathered as they happen and chained last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar

from django.db import transaction

from alongside.audit import chain, once
from alongside.audit.errors import ActionError
from alongside.audit.models import Event

_pending: ContextVar[list[chain.Pending] | None] = ContextVar("alongside.audit.pending", default=None)
_around: list[Callable[[], AbstractContextManager[None]]] = []


def on_unit(around: Callable[[], AbstractContextManager[None]]) -> None:
    """Let a higher app enter a context of its own for each unit of work, inside its transaction: what it writes on leaving stands or falls with it."""
    if around not in _around:
        _around.append(around)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """All or nothing: the writes of the block and the events about them commit together, or neither does.

    Inside another unit of work it is a savepoint of that one. The lock on a chain is taken at the very end, so that
    agencies do not wait for one another's work, only for one another's commit.
    """
    if _pending.get() is not None:
        with savepoint():
            yield
        return
    gathered: list[chain.Pending] = []
    token = _pending.set(gathered)
    try:
        with transaction.atomic(), once.remembered():
            with ExitStack() as stack:
                for around in _around:
                    stack.enter_context(around())
                yield
            chain.append(gathered)
    finally:
        _pending.reset(token)


@contextmanager
def savepoint() -> Iterator[None]:
    """A part of the unit of work that may fail alone: its acts are forgotten with its writes, its reads are not.

    What was read before the failure may still reach the screen, so those events stay.
    """
    gathered = _pending.get()
    if gathered is None:
        raise RuntimeError("savepoint() outside a unit of work")
    before = len(gathered)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        gathered[before:] = [event for event in gathered[before:] if event.kind == Event.Kind.READ]
        raise


@contextmanager
def part() -> Iterator[None]:
    """A part of an action that stands or falls with it: no savepoint, so that a small step costs no statement.

    When it fails the action has failed: nothing more can be asked of the database until the action is undone. Whoever
    means to go on after a failure wraps it in `savepoint()`.
    """
    with transaction.atomic(savepoint=False):
        yield


def check_whole() -> None:
    """Raise ActionError when a part failed and somebody caught it: its writes would be undone in silence."""
    if transaction.get_rollback():
        raise ActionError("a part of this action failed and its failure was caught: wrap what may fail in savepoint()")


def reads() -> list[chain.Pending]:
    """What was shown so far in this unit of work: kept though the rest of it is undone."""
    return [event for event in _pending.get() or [] if event.kind == Event.Kind.READ]


def keep(events: list[chain.Pending]) -> None:
    """Chain events in a transaction of their own."""
    with transaction.atomic():
        chain.append(events)


def gather(event: chain.Pending) -> None:
    """Keep an event for the end of the unit of work; outside one it is chained at once."""
    gathered = _pending.get()
    if gathered is None:
        keep([event])
    else:
        gathered.append(event)
