"""What many tests begin with, made once in a worker: its rows are put back as they were written, in a few milliseconds."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection

Made = TypeVar("Made")


class Again(Generic[Made]):
    """Calls `make` in a database with nothing of the kind in it; the next time only its rows are written, and a copy is given.

    For what is made of rows with keys of its own, by inserting alone. Raises AssertionError where rows are changed or removed.
    """

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._written: list[tuple[str, Any, bool]] = []
        self._copy = b""

    def __call__(self) -> Made:
        """What `make` gives."""
        if self._copy:
            with connection.cursor() as cursor:
                for sql, params, many in self._written:
                    (cursor.executemany if many else cursor.execute)(sql, params)
            copy: Made = pickle.loads(self._copy)  # noqa: S301 - our own, of a moment ago
            return copy
        with connection.execute_wrapper(self._remember):
            made = self._make()
        self._copy = pickle.dumps(made)
        return made

    def _remember(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        kind = sql.split(None, 1)[0]
        assert kind in {"INSERT", "SELECT", "SAVEPOINT", "RELEASE", "BEGIN"}, f"cannot be made again: {sql}"
        if kind == "INSERT":
            self._written.append((sql, params, many))
        return execute(sql, params, many, context)
