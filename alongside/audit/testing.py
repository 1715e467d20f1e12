"""For tests only: open the write guard, and empty a database whose tables refuse it."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.test import TransactionTestCase

from alongside.audit import triggers
from alongside.audit.guard import opened as writing

__all__ = ["allow_flush", "writing"]


def allow_flush() -> None:
    """Let tests that commit empty the database afterwards: the triggers are lifted for the flush. Call once."""
    case: Any = TransactionTestCase
    flush = case._fixture_teardown
    if getattr(flush, "lifts_triggers", False):
        return

    def lifted_flush(self: Any) -> None:
        with ExitStack() as stack:
            for name in self._databases_names(include_mirrors=False):
                stack.enter_context(triggers.lifted(connections[name]))
            flush(self)

    lifted_flush.lifts_triggers = True  # type: ignore[attr-defined]
    case._fixture_teardown = lifted_flush
