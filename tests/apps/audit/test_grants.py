"""The role that serves adds to the trail and reads it; PostgreSQL itself refuses it everything else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from click.testing import CliRunner
from django.db import connection
from psycopg.errors import InsufficientPrivilege

from alongside.audit.grants import statements
from alongside.cli.audit import audit

pytestmark = pytest.mark.django_db
ROLE = "adding"
REFUSED = {
    "update": "UPDATE audit_event SET actor = 'x'",
    "delete": "DELETE FROM audit_event",
    "truncate": "TRUNCATE audit_event",
    "drop trigger": "DROP TRIGGER audit_event_no_rows ON audit_event",
    "disable triggers": "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "drop": "DROP TABLE audit_event",
    "update a change of state": "UPDATE audit_statechange SET why = ''",
    "delete a change of state": "DELETE FROM audit_statechange",
    "delete a head": "DELETE FROM audit_chainhead",
    "truncate the heads": "TRUNCATE audit_chainhead",
}
ALLOWED = {
    "read": "SELECT count(*) FROM audit_event",
    "add": "INSERT INTO audit_event (chain, seq, happened_on, kind, name, actor, subject_kind, subject_ids, detail, mac) "
    "VALUES ('grants', 1, now(), 'act', 'a.b', 'c', 'd', '', '{}', '')",
    "move on": "UPDATE audit_chainhead SET seq = seq + 1",
    "keep a record": "DELETE FROM sealed_datakey",
}


@contextmanager
def serving() -> Iterator[psycopg.Connection]:
    """A connection of the role that serves; whatever it does is undone."""
    where = connection.settings_dict
    address = f"host={where['HOST']} port={where['PORT']} dbname={where['NAME']}"
    with psycopg.connect(f"{address} user=alongside", autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {ROLE} LOGIN")
        try:
            for one in statements(ROLE, connection.introspection.table_names()):
                owner.execute(one)
            with psycopg.connect(f"{address} user={ROLE}") as role:
                yield role
                role.rollback()
        finally:
            owner.execute(f"DROP OWNED BY {ROLE}")
            owner.execute(f"DROP ROLE {ROLE}")


def has_no_roles() -> bool:
    """Whether this is SQLite, which has none: then the command says so, and that is all."""
    if connection.vendor == "postgresql":
        return False
    told = CliRunner().invoke(audit, ["grant", ROLE])
    assert told.exit_code == 1 and "has none" in told.output
    return True


def test_what_changes_the_trail_is_refused_by_the_database() -> None:
    if has_no_roles():
        return
    with serving() as role:
        for what, statement in REFUSED.items():
            with pytest.raises(InsufficientPrivilege), role.transaction():
                role.execute(statement)
                pytest.fail(f"{what} was not refused")


def test_what_serving_needs_is_allowed() -> None:
    if has_no_roles():
        return
    with serving() as role:
        for statement in ALLOWED.values():
            with role.transaction():
                role.execute(statement)


def test_a_role_that_is_not_there_is_named() -> None:
    if has_no_roles():
        return
    told = CliRunner().invoke(audit, ["grant", "nobody-here"])
    assert told.exit_code == 1 and "nobody-here" in told.output and "Nothing was changed" in told.output
