"""The key table as the platform keeps it, with what is stored of each person beside it: in a file of SQLite, and on PostgreSQL.

A look-up reads both for every query: nobody is kept in memory.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Protocol

import polars as pl
import psycopg

from alongside.linkage.row import Row, unpack
from bench.people.parts import Parts

BATCH = 200_000  # rows on their way to a table at a time


@dataclass(frozen=True, slots=True)
class Stored:
    """A person as the tables give one: `id` is a whole number."""

    id: int
    rows: tuple[Row, ...]


class KeyTable(Protocol):
    """A `LookupIndex` over tables of a database."""

    def fetch(self, hashes: Sequence[int], limit: int) -> Iterable[tuple[int, Sequence[int]]]: ...

    def load(self, ids: Sequence[int]) -> Iterable[Stored]: ...

    def __len__(self) -> int: ...


class OnSQLite:
    """Of a file; a key's holders stand side by side."""

    def __init__(self, address: str) -> None:
        self._database = sqlite3.connect(address)
        self._database.execute("PRAGMA mmap_size = 1073741824")
        self._count = self._database.execute("SELECT COALESCE(MAX(id) + 1, 0) FROM person").fetchone()[0]

    def fetch(self, hashes: Sequence[int], limit: int) -> Iterable[tuple[int, Sequence[int]]]:
        one = "SELECT * FROM (SELECT hash, person FROM key WHERE hash = ? ORDER BY person LIMIT ?)"
        values = [value for found in hashes for value in (found, limit)]
        rows = self._database.execute(" UNION ALL ".join([one] * len(hashes)), values)
        return ((found, [person for _, person in held]) for found, held in groupby(rows, itemgetter(0)))

    def load(self, ids: Sequence[int]) -> Iterable[Stored]:
        text = f"SELECT id, packed FROM person WHERE id IN ({', '.join('?' * len(ids))})"  # noqa: S608 - question marks
        return (Stored(id_, unpack(packed)) for id_, packed in self._database.execute(text, ids))

    def __len__(self) -> int:
        return int(self._count)


class OnPostgreSQL:
    """Of a database, read as the platform reads it; who holds a key comes in one row."""

    FETCH = """
        SELECT hash, ARRAY(SELECT person FROM key WHERE hash = wanted.hash ORDER BY person LIMIT %s)
        FROM unnest(%s::bigint[]) AS wanted(hash)"""
    LOAD = "SELECT id, packed FROM person WHERE id = ANY(%s::integer[])"

    def __init__(self, address: str) -> None:
        self._cursor = psycopg.connect(address, autocommit=True).cursor(binary=True)
        counted = self._cursor.execute("SELECT COALESCE(MAX(id) + 1, 0) FROM person").fetchone()
        self._count = counted[0] if counted else 0

    def fetch(self, hashes: Sequence[int], limit: int) -> Iterable[tuple[int, Sequence[int]]]:
        rows = self._cursor.execute(self.FETCH, (limit, _array(hashes)), prepare=True).fetchall()
        return ((found, held) for found, held in rows if held)

    def load(self, ids: Sequence[int]) -> Iterable[Stored]:
        found = self._cursor.execute(self.LOAD, (_array(ids),), prepare=True).fetchall()
        return (Stored(id_, unpack(packed)) for id_, packed in found)

    def __len__(self) -> int:
        return int(self._count)


def _array(numbers: Sequence[int]) -> str:
    """As PostgreSQL reads one: psycopg looks at each number of a list for its type, which takes longer than all the rest of sending it."""
    return "{" + ",".join(map(str, numbers)) + "}"


def key_table(address: str) -> KeyTable:
    """The tables at an address of PostgreSQL, or in a file."""
    return OnPostgreSQL(address) if address.startswith("postgresql:") else OnSQLite(address)


def build(address: str, parts: Parts) -> dict[str, float]:
    """Fill the tables in one go. Seconds and megabytes of the keys, and of what is stored of the persons."""
    fill = _fill_postgresql if address.startswith("postgresql:") else _fill_sqlite
    return fill(address, parts)


def warm(database: psycopg.Connection[Any]) -> None:
    """Everything of the tables and indexes in the server's memory, as on one that has run for a day."""
    info = database.info
    with psycopg.connect(
        host=info.host, port=info.port, dbname=info.dbname, user="alongside", autocommit=True
    ) as superuser:
        superuser.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        superuser.execute(
            "SELECT pg_prewarm(oid) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')"
        )


def _timed(do: Any, *given: Any) -> float:
    start = time.perf_counter()
    do(*given)
    return round(time.perf_counter() - start, 1)


def _fill_sqlite(address: str, parts: Parts) -> dict[str, float]:
    database = sqlite3.connect(address)
    # Filled anew if the machine stops meanwhile.
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;")
    database.execute("CREATE TABLE key (hash INTEGER, person INTEGER, PRIMARY KEY (hash, person)) WITHOUT ROWID")
    database.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, packed BLOB)")

    def fill(table: str, frames: Iterable[pl.DataFrame]) -> None:
        for frame in frames:
            database.executemany(f"INSERT INTO {table} VALUES (?, ?)", frame.iter_rows())  # noqa: S608 - our two tables
        database.commit()

    def megabytes() -> float:
        pages, size = (database.execute(f"PRAGMA {of}").fetchone()[0] for of in ("page_count", "page_size"))
        return float(round(pages * size / 2**20))

    keys_in, of_keys = _timed(fill, "key", parts.keys().iter_slices(BATCH)), megabytes()
    persons_in, of_all = _timed(fill, "person", parts.stored()), megabytes()
    database.close()
    return {"keys": keys_in, "persons": persons_in, "keys_mb": of_keys, "persons_mb": of_all - of_keys}


def _fill_postgresql(address: str, parts: Parts) -> dict[str, float]:
    with psycopg.connect(address, autocommit=True) as database:
        database.execute("CREATE TABLE key (hash bigint NOT NULL, person integer NOT NULL)")
        database.execute("CREATE TABLE person (id integer PRIMARY KEY, packed bytea NOT NULL)")

        def keys_in() -> None:
            with database.cursor().copy("COPY key FROM STDIN (FORMAT csv)") as copy:
                for frame in parts.keys().iter_slices(BATCH):
                    copy.write(frame.write_csv(include_header=False))
            database.execute("CREATE INDEX ON key (hash, person)")
            database.execute("VACUUM ANALYZE key")

        def persons_in() -> None:
            with database.cursor().copy("COPY person FROM STDIN (FORMAT binary)") as copy:
                copy.set_types(["int4", "bytea"])
                for frame in parts.stored():
                    for row in frame.iter_rows():
                        copy.write_row(row)
            database.execute("VACUUM ANALYZE person")

        seconds = {"keys": _timed(keys_in), "persons": _timed(persons_in)}
        warm(database)
        sizes = database.execute("SELECT pg_total_relation_size('key'), pg_total_relation_size('person')").fetchone()
        of_keys, of_persons = sizes or (0, 0)
        return {**seconds, "keys_mb": round(of_keys / 2**20), "persons_mb": round(of_persons / 2**20)}
