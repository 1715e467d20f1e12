"""The agency's own people, read where they are kept: a CSV or Parquet file, or a view of its database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import tee
from pathlib import Path
from typing import Any

from alongside.agent.settings import NotReady, Settings
from alongside.linkage import Record
from alongside.linkage.tables import COLUMNS, people_of, rows_of

AT_ONCE = 5_000
_NO = frozenset({"", "0", "false", "no", "f", "n", "none"})


def people(settings: Settings) -> Iterator[tuple[Record, bool]]:
    """Every record, and whether it is restricted. Raises NotReady, or TableError for rows that cannot be read."""
    wanted = {*COLUMNS, *settings.maps, settings.restricted}
    header, rows = rows_of(settings.csv, wanted) if settings.csv else _view(settings)
    if settings.restricted and settings.restricted not in header:
        raise NotReady(f"There is no column “{settings.restricted}”: nobody would be restricted. Nothing was read.")
    name = settings.csv.name if settings.csv else settings.view
    if not settings.restricted:
        yield from ((record, False) for record in people_of(name, header, rows, settings.maps).records)
        return
    place = header.index(settings.restricted)
    rows, again = tee(rows)
    for record, row in zip(people_of(name, header, rows, settings.maps).records, again, strict=False):
        yield record, place >= len(row) or row[place].strip().lower() not in _NO


def _view(settings: Settings) -> tuple[list[str], Iterator[Sequence[str]]]:
    kind, _, rest = settings.database.partition("://")
    if not settings.view.replace("_", "").replace(".", "").isalnum():
        raise NotReady(f"“{settings.view}” is no name of a view: letters, digits, _ and . are read.")
    if kind == "sqlite":
        return _rows(sqlite3.connect(f"file:{Path('/' + rest.lstrip('/'))}?mode=ro", uri=True), settings.view)
    if kind in {"postgresql", "postgres"}:
        import psycopg  # only an agency with such a database pays for loading it

        return _rows(psycopg.connect(settings.database), settings.view)
    raise NotReady(
        f"“{kind}://” is no database the agent reads: sqlite:// or postgresql://. Others: export a CSV file."
    )


def _rows(connection: Any, view: str) -> tuple[list[str], Iterator[Sequence[str]]]:
    cursor = connection.cursor()
    cursor.execute(f"SELECT * FROM {view}")  # noqa: S608 - the operator's own view, its name checked above
    header = [str(column[0]) for column in cursor.description]

    def read() -> Iterator[Sequence[str]]:
        with closing(connection):
            while some := cursor.fetchmany(AT_ONCE):
                yield from (["" if value is None else str(value) for value in row] for row in some)

    return header, read()
