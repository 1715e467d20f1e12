"""What every row stands on: the invented partnership, a connected system of the police, the command line, and a count of everything."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from alongside.agencies.actions import service_user
from alongside.api.actions import make_token
from alongside.audit.api import SystemActor
from alongside.cli.ingest import ingest
from alongside.demo.partnership import Partnership

NOW = datetime(2026, 3, 5, 19, 50, tzinfo=UTC)
OPERATOR = SystemActor("operator")
Content = dict[str, Any]


@dataclass
class World:
    """Doors into the platform, as those outside find them."""

    partnership: Partnership
    token: str
    folder: Path
    patch: pytest.MonkeyPatch

    def example(self, **changes: Any) -> Content:
        """The contract's baby example, with changes at the top."""
        held: Content = json.loads(Path("examples/police-incident-baby.json").read_text("utf-8"))
        return held | changes

    def post(self, data: bytes | Content) -> HttpResponse:
        """Send over HTTP as the police's system."""
        client = Client(headers={"Authorization": f"Bearer {self.token}"})
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        return client.post("/api/v1/notifications", body, content_type="application/json")

    def ingest(self, data: bytes, *options: str) -> Result:
        """Hand a file to the command line."""
        path = self.folder / "notifications.json"
        path.write_bytes(data)
        return CliRunner().invoke(ingest, [*options, str(path)])

    def refused(self, content: Content, pointer: str, words: str) -> None:
        """Both doors refuse it, name the place and say what is accepted."""
        response = self.post(content)
        assert response.status_code == 422
        errors = json.loads(response.content)["errors"]
        assert any(e["pointer"] == pointer and words in e["accepted"] for e in errors), errors
        result = self.ingest(json.dumps(content).encode())
        assert result.exit_code == 1
        assert pointer in result.stderr and words in result.stderr


def build(partnership: Partnership, folder: Path, patch: pytest.MonkeyPatch) -> World:
    """A world with its connected system made, so that no row makes it."""
    police = partnership.agencies["west-midlands-police"]
    service_user(agency=police, by=OPERATOR, at=NOW)
    return World(partnership, make_token(agency=police, by=OPERATOR, at=NOW), folder, patch)


def counts() -> dict[str, int]:
    """How many rows every table holds."""
    found: dict[str, int] = {}
    for table in sorted(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            found[table] = cursor.fetchone()[0]
    assert len(found) > 40, "the count has lost the tables"
    return found


# That somebody looked is itself worth keeping: what is stored is shown to its owner, and that is on record.
LOOKS = frozenset({"audit_event", "audit_chainhead"})


@contextmanager
def nothing_kept(*, but: frozenset[str] = frozenset()) -> Iterator[None]:
    """No table may grow or shrink meanwhile, but those named."""
    before = counts()
    yield
    after = counts()
    assert {name: after[name] - before[name] for name in after if after[name] != before[name] and name not in but} == {}


Row = Callable[[World], None]
ROWS: dict[str, Row] = {}
COMMITS: set[str] = set()


def row(title: str, *, commits: bool = False) -> Callable[[Row], Row]:
    """Register what proves a row of the table; one that `commits` does so for each notification, as a person's command does."""

    def register(proof: Row) -> Row:
        assert title not in ROWS
        ROWS[title] = proof
        if commits:
            COMMITS.add(title)
        return proof

    return register
