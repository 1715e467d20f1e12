"""An empty database for one batch, on either engine, thrown away afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def fresh(server: str) -> Iterator[str]:
    """The address of a new, migrated database: an SQLite file for "", else one on the PostgreSQL server named."""
    if not server:
        with tempfile.TemporaryDirectory(prefix="prove-") as folder:
            url = f"sqlite:///{folder}/prove.sqlite3"
            _migrate(url)
            yield url
        return
    name = f"prove_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    try:
        url = urlsplit(server)._replace(path=f"/{name}").geturl()
        _migrate(url)
        yield url
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def environment(url: str, **more: str) -> dict[str, str]:
    """The environment of a program under proof."""
    here = {"PROVE_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.prove.settings", "PYTHONPATH": str(ROOT)}
    return {**os.environ, **here, **more}


def _migrate(url: str) -> None:
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=environment(url), cwd=ROOT, check=True)
