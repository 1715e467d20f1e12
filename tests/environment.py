"""What every test runs on, settled before Django reads its settings (loaded by `-p tests.environment`).

ALONGSIDE_TEST_DATABASE names the database: `sqlite`, the default, or `postgres`, a throw-away cluster.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack

import pytest

CHOICE = os.environ.get("ALONGSIDE_TEST_DATABASE", "sqlite")
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
    os.environ["ALONGSIDE_HOSTS"] = "localhost,127.0.0.1,testserver"
    if CHOICE == "postgres":
        from tests.postgres import cluster

        # Tests end our own processes in the midst of things, never the server: nothing is asked of its disk.
        unsafe = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        os.environ["DATABASE_URL"] = _open.enter_context(cluster(**unsafe))


if not IN_WORKER:
    _settle()


def pytest_unconfigure(config: pytest.Config) -> None:
    _open.close()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {CHOICE}"
