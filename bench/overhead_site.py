"""The site with a watch on the gate and the audit: settings for `alongside serve`, and a middleware that says what each took of a request.

    DJANGO_SETTINGS_MODULE=bench.overhead_site alongside serve

The header `Server-Timing` of each answer has both in milliseconds. The gate: to make the viewer, with their teams and conflicts; to put its
words into statements; and what each statement takes longer than the same one without those words, which is asked beside it. The audit: to
gather and chain the events and to store them, the whole commit where nothing else was written, and what listens to reading.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from contextvars import ContextVar
from copy import copy
from itertools import count
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.where import WhereNode
from django.http import HttpRequest, HttpResponse

from alongside.config.settings import *  # noqa: F403

MIDDLEWARE = ["bench.overhead_site.Watch", *MIDDLEWARE]  # noqa: F405


class Spent:
    """Seconds by part in one request, a part inside itself counted once; `reads_only` where a commit is the audit's alone."""

    def __init__(self, *, reads_only: bool) -> None:
        self.seconds = {"gate": 0.0, "audit": 0.0}
        self.reads_only, self.inside, self.twin = reads_only, "", False


_spent: ContextVar[Spent | None] = ContextVar("spent", default=None)
_turn = count()


class Watch:
    """Outermost, so that the unit of work has ended before the header is written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        watch_all()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        spent = Spent(reads_only=request.method == "GET")
        token = _spent.set(spent)
        try:
            response = self.get_response(request)
        finally:
            _spent.reset(token)
        response["Server-Timing"] = ", ".join(f"{part};dur={1000 * took:.3f}" for part, took in spent.seconds.items())
        return response


def watch_all() -> None:
    """Put the watch on, once in a process."""
    from alongside.audit import chain, hooks, work
    from alongside.gate.viewing import GatedQuerySet, Looking

    # Teams, desks, conflicts and the words for a statement: all that a viewer asks goes through one place.
    Looking._until_an_act = _watched("gate", Looking._until_an_act)  # type: ignore[method-assign]
    Looking.subjects = _watched("gate", Looking.subjects)  # type: ignore[method-assign]
    GatedQuerySet.visible_to = _watched("gate", GatedQuerySet.visible_to)  # type: ignore[method-assign]
    SQLCompiler.execute_sql = _beside(SQLCompiler.execute_sql)  # type: ignore[method-assign]
    work.gather, chain.append = _watched("audit", work.gather), _watched("audit", chain.append)
    hooks.BEFORE_READING[:] = [_watched("audit", listener) for listener in hooks.BEFORE_READING]
    BaseDatabaseWrapper._commit = _watched("audit", BaseDatabaseWrapper._commit, when=lambda s: s.reads_only)  # type: ignore[attr-defined]


def _watched(part: str, function: Callable[..., Any], when: Callable[[Spent], bool] = lambda _: True) -> Any:
    @functools.wraps(function)
    def watched(*args: Any, **kwargs: Any) -> Any:
        spent = _spent.get()
        if spent is None or spent.inside or not when(spent):
            return function(*args, **kwargs)
        spent.inside, start = part, time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            spent.seconds[part] += time.perf_counter() - start
            spent.inside = ""

    return watched


def _beside(execute: Callable[..., Any]) -> Any:
    """Each statement with words of the gate beside itself without them, one first and then the other."""

    @functools.wraps(execute)
    def beside(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        spent = _spent.get()
        if spent is None or spent.inside or spent.twin or not isinstance(self.query, Query):
            return execute(self, *args, **kwargs)
        twin, gated = without_gate(self.query)
        if not gated:
            return execute(self, *args, **kwargs)
        spent.twin = True
        try:
            plain = functools.partial(_used_up, twin.get_compiler(self.using), execute, args, kwargs)
            before = _timed(plain)[0] if next(_turn) % 2 else None
            took, found = _timed(lambda: execute(self, *args, **kwargs))
            spent.seconds["gate"] += took - (_timed(plain)[0] if before is None else before)
        finally:
            spent.twin = False
        return found

    return beside


def _used_up(compiler: SQLCompiler, execute: Callable[..., Any], args: Any, kwargs: Any) -> None:
    execute(compiler, *args, **kwargs)


def _timed(do: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = do()
    return time.perf_counter() - start, found


def without_gate(query: Query) -> tuple[Query, bool]:
    """The same statement without what the gate put into it, and whether there was anything. What leads to a case stays joined."""
    inner = getattr(query, "inner_query", None)
    twin: Query = query.clone()
    if inner is not None:
        twin.inner_query, gated = without_gate(inner)  # type: ignore[attr-defined]
        return twin, gated
    return twin, _strip(twin.where)


def _strip(node: WhereNode) -> bool:
    kept: list[Any] = []
    child: Any
    gated = False
    for child in node.children:
        rhs = getattr(child, "rhs", None)
        if isinstance(child, WhereNode):
            gated = _strip(child) or gated
            if child.children:
                kept.append(child)
        elif isinstance(rhs, RawSQL) and "gate_ground" in rhs.sql:
            gated = True
        elif isinstance(rhs, Query):
            other = copy(child)
            other.rhs, inside = without_gate(rhs)
            gated = gated or inside
            kept.append(other)
        else:
            kept.append(child)
    node.children = kept
    return gated
