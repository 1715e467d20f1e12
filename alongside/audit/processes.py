"""Sharing long work on the database among processes. Imports no model, so that a fresh process can begin here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

import django

T = TypeVar("T")
R = TypeVar("R")


def shared(do: Callable[[T], R], many: Sequence[T], at_once: int) -> Iterator[R]:
    """What `do`, a function of a module, gives for each, in their order, in so many fresh processes on the same database."""
    from django.db import connection

    # Fresh and not forked: a fork would share the connection, and the threads of the libraries.
    context = get_context("spawn")
    given = (str(connection.settings_dict["NAME"]),)
    with ProcessPoolExecutor(at_once, mp_context=context, initializer=_begin, initargs=given) as pool:
        yield from pool.map(do, many)


def _begin(database: str) -> None:
    """Make the apps ready, on the database of whoever shares the work."""
    django.setup()
    from django.db import connection

    settings: dict[str, Any] = connection.settings_dict
    settings["NAME"] = database
