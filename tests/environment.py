"""What every test runs on, settled before Django reads its settings (loaded by `-p tests.environment`).

ALONGSIDE_TEST_DATABASE names the database: `sqlite`, the default, or `postgres`, a throw-away cluster. Where many short runs follow one
another (`tests/mutants`) TESTS_ON is the address of a database that is migrated already, and is used as it is.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from typing import Any

import pytest

CHOICE = os.environ.get("ALONGSIDE_TEST_DATABASE", "sqlite")
READY = os.environ.get("TESTS_ON", "")
IN_WORKER = "PYTEST_XDIST_WORKER" in os.environ  # workers inherit what the controller has settled
_open = ExitStack()


def _settle() -> None:
    if CHOICE not in {"sqlite", "postgres"}:
        raise pytest.UsageError(f"ALONGSIDE_TEST_DATABASE is {CHOICE!r}; say sqlite or postgres")
    for name in [name for name in os.environ if name.startswith("ALONGSIDE_") and name != "ALONGSIDE_TEST_DATABASE"]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ["ALONGSIDE_DATA"] = _open.enter_context(tempfile.TemporaryDirectory(prefix="alongside-test-"))
    os.environ["ALONGSIDE_DEMO"] = "yes"
    os.environ["ALONGSIDE_LOOK_UP_MS"] = "0"  # tried in test_even_time.py, measured in tests/prove/pairs.py
    os.environ["ALONGSIDE_HOSTS"] = "localhost,127.0.0.1,testserver"
    if READY:
        os.environ["DATABASE_URL"] = READY
    elif CHOICE == "postgres":
        from tests.postgres import cluster

        # Tests end our own processes in the midst of things, never the server: nothing is asked of its disk.
        unsafe = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        os.environ["DATABASE_URL"] = _open.enter_context(cluster(**unsafe))


if not IN_WORKER:
    _settle()


def pytest_configure() -> None:
    if READY:
        from django.db.backends.base.creation import BaseDatabaseCreation

        BaseDatabaseCreation.create_test_db = _as_it_is  # type: ignore[method-assign]
        BaseDatabaseCreation.destroy_test_db = lambda self, *_, **__: self.connection.close()  # type: ignore[method-assign]


def _as_it_is(creation: Any, *_: object, **__: object) -> str:
    """The database that is ready, with what hangs on the keys of this run begun anew, as after a migration."""
    from django.core.management.sql import emit_post_migrate_signal

    with creation.connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_keysmark")
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    return str(creation.connection.settings_dict["NAME"])


def pytest_unconfigure(config: pytest.Config) -> None:
    _open.close()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {CHOICE}"
