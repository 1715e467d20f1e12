"""A whole copy of a database as one file, and an empty database filled from one: by the engine's own means.

SQLite: its backup interface, which gives one moment though others write meanwhile. PostgreSQL: pg_dump and pg_restore, whose password is
never on a command line.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.keeping.backups.errors import BackupFault

CHUNK = 1 << 20


def dump(connection: BaseDatabaseWrapper, into: Path) -> None:
    """Write the whole database into a new file, which is for its owner alone in a folder that is too."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(into)) as copy:
            connection.connection.backup(copy)
    else:
        _run(connection, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(into))


def check_empty(connection: BaseDatabaseWrapper) -> None:
    """Raise BackupFault unless nothing stands where a backup is to be put back."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        is_empty = not Path(name).exists()
    else:
        is_empty = not connection.introspection.table_names()
        connection.close()
    if not is_empty:
        raise BackupFault(
            f"There is a database already ({Path(name).name}), and it was left as it is. Put a backup back into an empty one: "
            "name another in DATABASE_URL, or move this one away."
        )


def load(connection: BaseDatabaseWrapper, copy: Path) -> None:
    """Fill an empty database from a copy: all of it, or nothing."""
    check_empty(connection)
    with copy.open("rb") as body:
        if connection.vendor == "sqlite":
            _load_sqlite(Path(str(connection.settings_dict["NAME"])), body)
        else:
            name = str(connection.settings_dict["NAME"])
            told = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "--dbname", name)
            _run(connection, "pg_restore", *told, given=body)


def _load_sqlite(path: Path, body: BinaryIO) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            shutil.copyfileobj(body, out, CHUNK)
            out.flush()
            os.fsync(out.fileno())
        if not _is_sound(unfinished):
            raise BackupFault("The copy in this backup is damaged. Nothing was put back: try another backup.")
        os.link(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as opened:
            return [row[0] for row in opened.execute("PRAGMA integrity_check")] == ["ok"]
    except sqlite3.DatabaseError:
        return False


def _run(connection: BaseDatabaseWrapper, program: str, *told: str, given: BinaryIO | None = None) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupFault(f"{program} is not on this machine: install PostgreSQL's client programs. Nothing was done.")
    where = connection.settings_dict
    parts = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    here = {name: str(where[part]) for name, part in parts.items() if where.get(part)}
    done = subprocess.run(  # noqa: S603 - the program found above, with arguments of ours, and told nothing of this process
        [found, *told], env=here, stdin=given or subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode:
        first = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise BackupFault(f"{program} failed: {first}. What was there before stays as it was.")
