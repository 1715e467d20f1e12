"""Looking people up in a key table, one after the other, by one client or by several at once: processes, each with a line of its own."""

from __future__ import annotations

import pickle
import time
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from alongside.linkage import Hit, Model, Record, look_up
from bench.key_tables import KeyTable, key_table
from bench.numbers import spread

TOP, WARM, CLIENTS = 5, 50, 4
_LONGEST = 600  # seconds that a client waits for the others


def ask(table: KeyTable, model: Model, queries: Sequence[Record]) -> tuple[list[float], list[list[Hit]]]:
    """The seconds of each look-up and its hits; before, some are asked that are not counted."""
    for record in queries[:WARM]:
        look_up(record, table, top=TOP, model=model)  # type: ignore[arg-type]  # its ids are whole numbers
    times, found = [], []
    for record in queries:
        start = time.perf_counter()
        hits = look_up(record, table, top=TOP, model=model)  # type: ignore[arg-type]
        times.append(time.perf_counter() - start)
        found.append(hits)
    return times, found


def four(address: str, model: Model, queries: Sequence[Record], folder: Path) -> dict[str, Any]:
    """What four clients see who ask all the queries at the same time, each beginning elsewhere."""
    handed, context = folder / "asked.pickle", get_context("spawn")
    handed.write_bytes(pickle.dumps((model, list(queries))))
    ready = context.Barrier(CLIENTS)
    with context.Pool(CLIENTS, initializer=_begin, initargs=(ready,)) as pool:
        told = pool.starmap(_client, [(address, handed, number) for number in range(CLIENTS)], chunksize=1)
    times = [one for each, _ in told for one in each]
    return {**spread(times, 2), "rate": round(len(times) / max(seconds for _, seconds in told)), "clients": CLIENTS}


_ready: list[Any] = []


def _begin(ready: Any) -> None:
    _ready.append(ready)


def _client(address: str, handed: Path, number: int) -> tuple[list[float], float]:
    model, queries = pickle.loads(handed.read_bytes())  # noqa: S301 - written by this run
    table, first = key_table(address), number * len(queries) // CLIENTS
    turned = queries[first:] + queries[:first]
    ask(table, model, turned[:WARM])
    _ready[0].wait(_LONGEST)
    start = time.perf_counter()
    times, _ = ask(table, model, turned)
    return times, time.perf_counter() - start
