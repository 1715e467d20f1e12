"""The agency's index: which tokens its records have. It holds no name, date or address, and is useless without the partnership's key."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from alongside.agent.settings import NotReady
from alongside.agent.tokens import Tokens, tokens
from alongside.linkage import Record, normalise

AT_ONCE = 2_000
PER_TOKEN = 200  # records looked at for one token: a name half the town shares costs no more than any other
_SCHEMA = """
CREATE TABLE record (number INTEGER PRIMARY KEY, id TEXT NOT NULL, restricted INTEGER NOT NULL);
CREATE TABLE token (token INTEGER, number INTEGER, PRIMARY KEY (token, number)) WITHOUT ROWID;
CREATE TABLE made (at TEXT NOT NULL, records INTEGER NOT NULL);
"""
_HAS = "SELECT 1 FROM token WHERE token = ? AND number = ?"
_RECORD = "SELECT id, restricted FROM record WHERE number = ?"


@dataclass(frozen=True)
class Shared:
    """A record of the agency, and the kinds of key it shares with the person asked about."""

    id: str
    restricted: bool
    kinds: frozenset[str]


def build(
    people: Iterable[tuple[Record, bool]], key: bytes, path: Path, at: datetime, tick: Callable[[int], None]
) -> int:
    """Write the index anew and put it in place of the old one at once; how many records it holds. Raises OSError."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        fresh.touch(mode=0o600)
        with closing(sqlite3.connect(fresh)) as connection:
            connection.executescript(_SCHEMA)
            count = _write(connection, iter(people), key, tick)
            connection.execute("INSERT INTO made VALUES (?, ?)", (at.isoformat(), count))
            connection.commit()
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return count


def _write(
    connection: sqlite3.Connection, people: Iterator[tuple[Record, bool]], key: bytes, tick: Callable[[int], None]
) -> int:
    count = 0
    while some := list(islice(people, AT_ONCE)):
        records, held = [], []
        for number, (record, restricted) in enumerate(some, count):
            records.append((number, record.id, restricted))
            found = tokens(normalise(record), key)
            held += [(_number(one), number) for group in found.values() for one in group]
        connection.executemany("INSERT INTO record VALUES (?, ?, ?)", records)
        connection.executemany("INSERT OR IGNORE INTO token VALUES (?, ?)", held)
        count += len(some)
        tick(len(some))
    return count


class Index:
    """An index on disk, opened to read. Raises NotReady where there is none, or it is not whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.is_file():
            raise NotReady(f"There is no index at {path}. Run `alongside agent index` first.")
        try:
            with self._open() as connection:
                at, self.records = connection.execute("SELECT at, records FROM made").fetchone()
            self.as_of = datetime.fromisoformat(at)
        except (sqlite3.Error, TypeError, ValueError):
            raise NotReady(f"{path} is no whole index. Run `alongside agent index` again.") from None

    def shared(self, asked: Tokens) -> list[Shared]:
        """The records that share a token with the person asked about, each with the kinds they share."""
        found: dict[int, set[str]] = {}
        common: list[tuple[str, int]] = []
        with self._open() as connection:
            for kind, token in ((kind, _number(one)) for kind, group in asked.items() for one in group):
                rows = connection.execute(
                    "SELECT number FROM token WHERE token = ? LIMIT ?", (token, PER_TOKEN)
                ).fetchall()
                for (number,) in rows:
                    found.setdefault(number, set()).add(kind)
                if len(rows) == PER_TOKEN:
                    common.append((kind, token))
            # A record found by what is rare may stand beyond the last one looked at for a name that is common.
            for kind, token in common:
                for number, kinds in found.items():
                    if kind not in kinds and connection.execute(_HAS, (token, number)).fetchone():
                        kinds.add(kind)
            records = {number: connection.execute(_RECORD, (number,)).fetchone() for number in found}
        return [
            Shared(records[number][0], bool(records[number][1]), frozenset(kinds)) for number, kinds in found.items()
        ]

    def _open(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True))


def _number(token: str) -> int:
    """The first 64 bits: what is stored. Raises ValueError for what is no token."""
    return int.from_bytes(bytes.fromhex(token)[:8], "big", signed=True)
