"""One unit of work puts a question to the database once: what was answered stands until somebody acts, and never for another request."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

# None outside a unit of work and while an action runs: then every question is put anew.
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("alongside.audit.answers", default=None)
# Another number after every act.
_turn: ContextVar[int] = ContextVar("alongside.audit.turn", default=0)


def turn() -> int:
    """A number that is another once somebody has acted: what was worked out before may be no longer so."""
    return _turn.get()


def once(ask: Callable[P, R]) -> Callable[P, R]:
    """Let a read answer from memory when it was asked the same in this unit of work, and nobody has acted since.

    For functions of hashable arguments, the viewer among them where the answer depends on who looks. The answer is shared:
    callers change nothing in it. A function that records a read is none of these: each showing leaves its event.
    """

    @wraps(ask)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        held = _answers.get()
        if held is None:
            return ask(*args, **kwargs)
        question = (ask, args, tuple(sorted(kwargs.items())))
        if question not in held:
            held[question] = ask(*args, **kwargs)
        found: R = held[question]
        return found

    return answer


@contextmanager
def remembered() -> Iterator[None]:
    """A unit of work: what is asked in it is kept to its end."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


@contextmanager
def acting() -> Iterator[None]:
    """Somebody may write: nothing is answered from memory in the block, and nothing from before it counts after."""
    held, token = _answers.get(), _answers.set(None)
    try:
        yield
    finally:
        _answers.reset(token)
        _turn.set(_turn.get() + 1)
        if held is not None:
            held.clear()
