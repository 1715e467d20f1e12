"""Every way Django offers to write is shut outside an action, and append-only rows stay shut inside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.audit import triggers
from alongside.audit.api import SideDoor
from alongside.audit.models import ChainHead, Event, StateChange
from alongside.audit.testing import writing
from tests.apps.audit.conftest import NOW, POLICE, note_something

pytestmark = pytest.mark.django_db
SAME = {"chain": "x", "seq": 1, "mac": "m", "seal": "s"}

WRITES: dict[str, Callable[[ChainHead], object]] = {
    "save": lambda head: head.save(),
    "delete": lambda head: head.delete(),
    "create": lambda head: ChainHead.objects.create(**SAME),
    "get_or_create": lambda head: ChainHead.objects.get_or_create(**SAME),
    "update_or_create": lambda head: ChainHead.objects.update_or_create(chain="x", defaults={"seq": 2}),
    "update": lambda head: ChainHead.objects.update(seq=9),
    "filtered update": lambda head: ChainHead.objects.filter(chain="y").update(seq=9),
    "queryset delete": lambda head: ChainHead.objects.all().delete(),
    "bulk_create": lambda head: ChainHead.objects.bulk_create([ChainHead(**SAME)]),
    "bulk_update": lambda head: ChainHead.objects.bulk_update([head], ["seq"]),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_no_side_door(write: Callable[[ChainHead], object]) -> None:
    with writing():
        head = ChainHead.objects.create(chain="y", seq=1)
    with pytest.raises(SideDoor, match="outside an action"):
        write(head)
    assert list(ChainHead.objects.values_list("chain", "seq")) == [("y", 1)]


def test_an_event_stands_even_inside_an_action() -> None:
    note_something(by=POLICE)
    event = Event.objects.first()
    assert event is not None
    with writing():
        for write in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(seq=5)):
            with pytest.raises(SideDoor, match="never"):
                write()


STATEMENTS = {
    "update": "UPDATE audit_event SET actor = 'x'",
    "delete": "DELETE FROM audit_event",
    "delete the end": "DELETE FROM audit_event WHERE seq = 2",
    "head back": "UPDATE audit_chainhead SET seq = seq - 1",
    "head renamed": "UPDATE audit_chainhead SET chain = 'x', seq = seq + 1",
    "head gone": "DELETE FROM audit_chainhead",
    "step rewritten": "UPDATE audit_statechange SET to_state = 'x'",
    "step gone": "DELETE FROM audit_statechange",
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_plain_sql_is_refused(statement: str) -> None:
    _some_rows()
    refused(statement, r"append-only|only grows")
    assert Event.objects.filter(chain=POLICE.audit_chain).count() == 2


def test_what_each_database_alone_allows_is_refused() -> None:
    """REPLACE deletes without a delete trigger on SQLite; TRUNCATE has a trigger of its own on PostgreSQL."""
    _some_rows()
    if connection.vendor == "sqlite":
        columns = "id, chain, seq, happened_on, kind, name, actor, subject_kind, subject_ids, detail, mac"
        changed = columns.replace("actor", "'x'", 1)
        statements = [f"REPLACE INTO audit_event ({columns}) SELECT {changed} FROM audit_event"]  # noqa: S608
    else:
        statements = [f"TRUNCATE {table} CASCADE" for table in (*triggers.APPEND_ONLY, triggers.HEAD)]
    for statement in statements:
        refused(statement, "append-only")
    assert not Event.objects.filter(actor="x").exists()


def test_a_missing_trigger_is_noticed() -> None:
    assert triggers.missing(connection) == []
    with triggers.lifted(connection):
        assert len(triggers.missing(connection)) >= 7
    assert triggers.missing(connection) == []


def refused(statement: str, words: str) -> None:
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _some_rows() -> None:
    note_something(by=POLICE)
    note_something(by=POLICE)
    with writing():
        StateChange.objects.create(
            subject_kind="tests.thing",
            subject_id="1",
            to_state="open",
            moved_by="system:desk",
            moved_at=datetime(2026, 11, 21, tzinfo=UTC),
        )
    assert Event.objects.filter(chain=POLICE.audit_chain, happened_on=NOW).count() == 2
