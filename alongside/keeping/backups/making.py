"""Making a backup and putting one back, whole."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.keeping.backups import archive, engines
from alongside.keeping.backups.errors import BackupFault


def make(connection: BaseDatabaseWrapper, to: Path, recipients: Sequence[str], *, at: datetime) -> Path:
    """Seal a copy of the whole database; the file written. `to` is a file that is not there, or a folder."""
    path = to / f"alongside-{at:%Y-%m-%dT%H%M%SZ}.age" if to.is_dir() else to
    if path.exists():
        raise BackupFault(f"{path} is there already. It was left as it is; name another file.")
    with _apart() as name:
        folder = Path(name)
        engines.dump(connection, folder / "copy")
        about = {"engine": connection.vendor, "made_on": at.isoformat(timespec="seconds")}
        archive.write(path, folder / "copy", about, recipients)
    return path


def put_back(connection: BaseDatabaseWrapper, backup: Path, identity: str) -> dict[str, Any]:
    """Fill an empty database from a backup; what the backup says of itself. Refuses where anything is there."""
    engines.check_empty(connection)
    with _apart() as name:
        folder = Path(name)
        about = archive.read(backup, folder / "opened", identity)
        if about.get("engine") != connection.vendor:
            raise BackupFault(
                f"This backup is of a database of another kind ({about.get('engine')}). Nothing was put back: "
                "name one of the same kind in DATABASE_URL."
            )
        engines.load(connection, folder / "opened")
    return about


def _apart() -> tempfile.TemporaryDirectory[str]:
    """A folder for its owner alone beside the database, whose disk holds the same in clear; gone at the end."""
    return tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.ALONGSIDE_DATA)
