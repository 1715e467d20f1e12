"""An installation of its own, run in processes that can be killed and on a disk that can be full."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SET_UP = """
import django; django.setup()
from django.core.management import call_command
from django.utils import timezone
from alongside.agencies.actions import service_user
from alongside.audit.api import SystemActor
from alongside.demo.partnership import build_partnership
call_command("migrate", verbosity=0)
police = build_partnership(timezone.now()).agencies["west-midlands-police"]
service_user(agency=police, by=SystemActor("operator"), at=timezone.now())
"""

# A small disk is SQLite's page limit: it fails in the same places with the same error.
FILL = """
from django.db.backends.signals import connection_created
def limit(connection, **_):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + ROOM}")
connection_created.connect(limit)
"""

DIE = {
    "before the commit": """
import os, signal
from alongside.audit import chain
real = chain.append
def append(events):
    real(events)
    os.kill(os.getpid(), signal.SIGKILL)
chain.append = append
""",
    "after the commit": """
import os, signal
from alongside.intake import actions
real = actions.receive
def receive(**given):
    real(**given)
    os.kill(os.getpid(), signal.SIGKILL)
actions.receive = receive
""",
}
RUN = """
import sys
from alongside.cli import alongside
alongside(["ingest", "--json", sys.argv[1]])
"""


@dataclass
class Installation:
    """A database of its own in a folder of its own."""

    folder: Path
    events: int = 0

    @classmethod
    @contextmanager
    def fresh(cls) -> Iterator[Installation]:
        with tempfile.TemporaryDirectory(prefix="alongside-bad-input-") as folder:
            place = cls(Path(folder))
            done = place._python(SET_UP)
            assert done.returncode == 0, done.stderr
            place.events = place.count("audit_event")
            yield place

    def ingest(self, content: dict[str, Any], *, room: int = 0, dies: str = "") -> subprocess.CompletedProcess[str]:
        """`alongside ingest --json` in a process, on a disk with so many pages left, or killed at a moment."""
        path = self.folder / "notification.json"
        path.write_text(json.dumps(content), "utf-8")
        before = f"ROOM = {room}\n{FILL}" if room else ""
        code = "import django; django.setup()\n" + before + DIE.get(dies, "") + RUN
        return self._python(code, str(path))

    def count(self, table: str) -> int:
        """How many rows a table holds, asked from outside."""
        return int(self.first(f"SELECT count(*) FROM {table}"))  # noqa: S608

    def first(self, query: str) -> Any:
        connection = sqlite3.connect(self.folder / "alongside.sqlite3")
        try:
            return connection.execute(query).fetchone()[0]
        finally:
            connection.close()

    def _python(self, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        mine = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE", "DATABASE"))}
        mine |= {
            "ALONGSIDE_DATA": str(self.folder),
            "ALONGSIDE_DEMO": "yes",
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        }
        return subprocess.run(
            [sys.executable, "-c", code, *arguments], env=mine, capture_output=True, text=True, timeout=300
        )
