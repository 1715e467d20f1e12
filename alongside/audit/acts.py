"""Actions and the events they emit."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db.models import Model
from django.utils.module_loading import autodiscover_modules

from alongside.audit import guard, hooks, work
from alongside.audit.actors import Actor
from alongside.audit.chain import Pending, canonical
from alongside.audit.errors import ActionError
from alongside.audit.models import Event

P = ParamSpec("P")
R = TypeVar("R")
Subject = Model | tuple[str, str]
Detail = str | int | bool | UUID | None

ACTIONS: dict[str, Callable[..., Any]] = {}
LONGEST_DETAIL = 200
_NAME = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")


@dataclass(slots=True)
class _Running:
    """The action whose body is being executed."""

    name: str
    actor: str
    emitted: bool = False


_running: ContextVar[_Running | None] = ContextVar("alongside.audit.running", default=None)


def action(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function the one way to do one thing: atomic, inside the write guard, leaving exactly one event `name`.

    `name` is `app.verb_past`. The function takes keywords only, `by` (an Actor) and `at` (an aware datetime) among
    them, and calls `record(...)` once. Raises ActionError when any of that does not hold. An action inside another one
    stands or falls with it.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        _check_declaration(name, function)

        @functools.wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            by, at = kwargs.get("by"), kwargs.get("at")
            if args:
                raise ActionError(f"{name} takes keywords only")
            running = _Running(name, _actor(name, by).audit_name)
            _check_moment(name, at)
            with ExitStack() as stack:
                stack.enter_context(work.unit_of_work() if _running.get() is None else work.part())
                stack.enter_context(guard.opened())
                token = _running.set(running)
                stack.callback(_running.reset, token)
                result = function(*args, **kwargs)
                work.check_whole()
                if not running.emitted:
                    raise ActionError(f"{name} ended without its event: call record(...) once in its body")
            return result

        act.action_name = name  # type: ignore[attr-defined]
        ACTIONS[name] = act
        return act

    return decorate


def record(obj: Subject, *, by: Actor, at: datetime, **detail: Detail) -> None:
    """Emit the event of the action that is running, about `obj` (a saved model or a pair of kind and id).

    `detail` holds codes, ids and counts, never names, addresses or free text: up to 200 characters each.
    """
    running = _running.get()
    if running is None:
        raise ActionError("record() outside an action")
    if running.emitted:
        raise ActionError(f"{running.name} has already left its event")
    if _actor(running.name, by).audit_name != running.actor:
        raise ActionError(f"{running.name} runs for {running.actor}, its event names another actor")
    _check_moment(running.name, at)
    kind, ids = _subject(obj)
    work.gather(Pending(by.audit_chain, Event.Kind.ACT, running.name, running.actor, kind, ids, _details(detail), at))
    running.emitted = True


def record_read(subject: Subject | Iterable[Subject], *, by: Actor, at: datetime, what: str, **detail: Detail) -> None:
    """Record that `by` was shown one record or many; one event for each kind of record among them.

    `what` is the code of the page or list, for example `case.page`. An empty list leaves an event too: the question
    was asked. No answer may leave without it, so call it in the unit of work that makes the answer. What a listener of
    `before_reading` raises goes on to the caller: then nothing is shown.
    """
    _actor(what, by)
    _check_moment(what, at)
    if not what or len(what) > 100:
        raise ActionError("record_read() needs the code of what was read, up to 100 characters")
    many: dict[str, list[str]] = {}
    for one in [subject] if isinstance(subject, Model | tuple) else list(subject):
        kind, found = _subject(one)
        many.setdefault(kind, []).append(found)
    for listener in hooks.BEFORE_READING:
        listener(by=_actor(what, by), at=at, what=what, shown=many)
    for kind, ids in (many or {"none": []}).items():
        work.gather(
            Pending(by.audit_chain, Event.Kind.READ, what, by.audit_name, kind, " ".join(ids), _details(detail), at)
        )


def discover() -> None:
    """Import `actions` and `states` of every app, so that ACTIONS and TRANSITIONS are complete (sweeps, docs)."""
    autodiscover_modules("states", "actions")


def _check_declaration(name: str, function: Callable[..., Any]) -> None:
    if not _NAME.fullmatch(name):
        raise ActionError(f"{name!r} is not of the form app.verb_past")
    parameters = inspect.signature(function).parameters
    if any(each.kind is not inspect.Parameter.KEYWORD_ONLY for each in parameters.values()):
        raise ActionError(f"{name}: every parameter must be keyword-only")
    if not {"by", "at"} <= set(parameters):
        raise ActionError(f"{name}: needs the parameters by and at")
    there = ACTIONS.get(name)
    if there is not None and (there.__module__, there.__qualname__) != (function.__module__, function.__qualname__):
        raise ActionError(f"{name} is already the action {there.__module__}.{there.__qualname__}")


def _actor(name: str, by: object) -> Actor:
    # By attribute, not isinstance(): the user of a request is a lazy object.
    if not getattr(by, "audit_name", "") or not getattr(by, "audit_chain", ""):
        raise ActionError(f"{name} needs an actor: by= with audit_name and audit_chain")
    return cast(Actor, by)


def _check_moment(name: str, at: object) -> None:
    if not isinstance(at, datetime) or at.utcoffset() is None:
        raise ActionError(f"{name} needs an aware moment: at=")


def _subject(obj: Subject) -> tuple[str, str]:
    """Kind and id of what the event is about."""
    if isinstance(obj, tuple):
        return obj
    if obj.pk is None:
        raise ActionError(f"an event about a {obj._meta.label} that has no id yet")
    return obj._meta.label_lower, str(obj.pk)


def _details(detail: dict[str, Detail]) -> str:
    """Canonical JSON of the details; ActionError for anything but short codes, numbers and ids."""
    plain: dict[str, str | int | bool | None] = {}
    for word, value in detail.items():
        value = str(value) if isinstance(value, UUID) else value
        if not (value is None or isinstance(value, str | int)):
            raise ActionError(f"the detail {word} of an event is a {type(value).__name__}: only codes, numbers and ids")
        if isinstance(value, str) and (len(value) > LONGEST_DETAIL or not value.isprintable()):
            raise ActionError(f"the detail {word} of an event is no code: too long, or more than one line")
        plain[word] = value
    return canonical(plain) if plain else "{}"
