"""Which database, and the options under which it keeps what it acknowledged."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import dj_database_url

# Before 3.51.3 SQLite can corrupt itself in WAL mode when two connections write or checkpoint at once, so the rollback
# journal is used below it (docs/decisions/2026-11-22-sqlite-without-wal.md).
WAL_IS_SAFE_FROM = (3, 51, 3)


def database(url: str, data: Path) -> dict[str, Any]:
    """The `DATABASES["default"]` for a `DATABASE_URL`, or for the SQLite file in `data` when it is empty."""
    if not url:
        return sqlite(data / "alongside.sqlite3")
    parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        return sqlite(Path(parsed["NAME"]))
    return parsed


def sqlite(path: Path) -> dict[str, Any]:
    """FULL because NORMAL loses acknowledged writes on a power cut; IMMEDIATE so that a writer waits, never fails midway."""
    journal = "WAL" if sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM else "DELETE"
    pragmas = (
        f"PRAGMA journal_mode={journal}",
        "PRAGMA synchronous=FULL",
        "PRAGMA foreign_keys=ON",
        "PRAGMA secure_delete=ON",
        "PRAGMA cell_size_check=ON",
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": ";".join(pragmas)},
    }
