"""How long it takes to verify a long audit trail: two million events of eight agencies, on either database, as an operator does.

    python -m bench.audit fill COUNT

fills the database of the environment it is run with.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.sites import COMMAND, ROOT
from tests.postgres import cluster

EVENTS, AGENCIES, AT_A_TIME = 2_000_000, 8, 1_000
BARS = {"sqlite": 60, "postgresql": 140}
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def audit() -> dict[str, Any]:
    """Seconds for each database, with one process and with one for each core; and whether a change in the midst is found."""
    return {database: _measured(database) for database in BARS}


def _measured(database: str) -> dict[str, Any]:
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="alongside-bench-")))
        url = stack.enter_context(cluster()) if database == "postgresql" else ""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
        environment = kept | {"ALONGSIDE_DATA": str(data), "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
        _run([*COMMAND, "migrate"], environment)
        _run([sys.executable, "-m", "bench.audit", "fill", str(EVENTS)], environment)
        found: dict[str, Any] = {"events": EVENTS, "cores": os.cpu_count()}
        for name, more in (("alone", ["--processes", "1"]), ("shared", [])):
            begun = time.perf_counter()
            said = _run([*COMMAND, "audit", "verify", *more], environment)
            found[name] = round(time.perf_counter() - begun, 1)
            if not said.stdout.rstrip().endswith(": whole"):
                raise SystemExit(f"the trail is not whole: {said.stdout}")
        _run([sys.executable, "-m", "bench.audit", "tamper", str(EVENTS // AGENCIES // 2)], environment)
        broken = _run([*COMMAND, "audit", "verify"], environment, fails=True)
        found["tamper_found"] = f"BROKEN agency-3 at {EVENTS // AGENCIES // 2}: changed" in broken.stdout
        return found


def _run(command: list[str], environment: dict[str, str], *, fails: bool = False) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if bool(done.returncode) is not fails:
        raise SystemExit(f"{' '.join(command[-3:])} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done


def fill(count: int) -> None:
    """Events of every agency in turns, as pages leave them: most about one record, some about a list of twenty-five."""
    from django.db import connection, transaction

    from alongside.audit import chain
    from alongside.audit.models import ChainHead

    heads = [ChainHead(chain=f"agency-{number}") for number in range(AGENCIES)]
    secret = chain.key()
    for begun in range(0, count // AGENCIES, AT_A_TIME):
        with transaction.atomic(), connection.cursor() as cursor:
            for head in heads:
                size = min(AT_A_TIME, count // AGENCIES - begun)
                _insert(cursor, chain._grow(secret, head, list(_events(head.chain, begun, size))))
    with transaction.atomic(), connection.cursor() as cursor:
        rows = [(head.chain, head.seq, head.mac, head.seal) for head in heads]
        cursor.executemany("INSERT INTO audit_chainhead (chain, seq, mac, seal) VALUES (%s, %s, %s, %s)", rows)


def _events(name: str, begun: int, size: int) -> Iterator[Any]:
    from uuid import UUID

    from alongside.audit.chain import Pending

    for number in range(begun, begun + size):
        listed = 25 if number % 20 == 0 else 1
        ids = " ".join(str(UUID(int=(number * 31 + one) << 64)) for one in range(listed))
        at = BEGUN + timedelta(seconds=10 * number, microseconds=number)
        what, kind = ("cases.list", "cases.case") if listed > 1 else ("people.person", "people.person")
        yield Pending(name, "read", what, f"user:{UUID(int=number % 400)}", kind, ids, "{}", at)


COLUMNS = "chain, seq, happened_on, kind, name, actor, subject_kind, subject_ids, detail, mac"


def _insert(cursor: Any, events: list[Any]) -> None:
    """By the database's own quickest way: filling is not what is measured."""
    from django.db import connection

    rows = [tuple(getattr(event, name) for name in COLUMNS.split(", ")) for event in events]
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY audit_event ({COLUMNS}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        stored = [(*row[:2], str(row[2].replace(tzinfo=None)), *row[3:]) for row in rows]
        cursor.executemany(f"INSERT INTO audit_event ({COLUMNS}) VALUES ({', '.join(['%s'] * 10)})", stored)  # noqa: S608


def tamper(seq: int) -> None:
    """One event in the midst of a chain names another actor."""
    from django.db import connection

    from alongside.audit import triggers

    with triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET actor = 'user:x' WHERE chain = 'agency-3' AND seq = %s", [seq])


def main() -> int:
    """Command line, for the process that has the database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    django.setup()
    {"fill": fill, "tamper": tamper}[sys.argv[1]](int(sys.argv[2]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
