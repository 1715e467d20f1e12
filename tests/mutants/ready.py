"""A database that is migrated once, and copied for each mutant: making it anew takes ten times as long as the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests.postgres import another, cluster

Fresh = Callable[[], str]
# Tests end nothing in the midst of things here, so nothing is asked of the disk.
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def ready(project: Path, engine: str) -> Iterator[Fresh]:
    """What gives the address of a new copy each time it is called."""
    with sqlite(project) if engine == "sqlite" else postgresql(project) as fresh:
        yield fresh


@contextmanager
def sqlite(project: Path) -> Iterator[Fresh]:
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        first, copy = Path(folder) / "first.sqlite3", Path(folder) / "copy.sqlite3"
        _migrate(project, f"sqlite:///{first}")

        def fresh() -> str:
            shutil.copyfile(first, copy)
            return f"sqlite:///{copy}"

        yield fresh


@contextmanager
def postgresql(project: Path) -> Iterator[Fresh]:
    with cluster(**UNSAFE) as server:
        first = another(server, "first")
        _migrate(project, first)

        def fresh() -> str:
            name = f"copy_{uuid.uuid4().hex[:12]}"
            with psycopg.connect(server, autocommit=True) as database:
                database.execute(sql.SQL("CREATE DATABASE {} TEMPLATE first").format(sql.Identifier(name)))
            return f"{server.rpartition('/')[0]}/{name}"

        yield fresh


def _migrate(project: Path, url: str) -> None:
    with tempfile.TemporaryDirectory() as data:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
        environment |= {
            "DATABASE_URL": url,
            "ALONGSIDE_DATA": data,
            "ALONGSIDE_DEMO": "yes",
            "PYTHONPATH": str(project),
        }
        environment["DJANGO_SETTINGS_MODULE"] = "alongside.config.settings"
        for command in (["migrate", "--verbosity", "0"], ["createcachetable"]):
            subprocess.run([sys.executable, "-m", "django", *command], env=environment, cwd=project, check=True)
