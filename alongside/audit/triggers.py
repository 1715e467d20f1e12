"""Database triggers that refuse what the code already refuses, for whoever comes with plain SQL.

SQLite and PostgreSQL. The functions may be called again and again; they leave the same triggers behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY = ("audit_event", "audit_statechange")
HEAD = "audit_chainhead"

_SQLITE_ROW = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
# INSERT OR REPLACE deletes without firing delete triggers, so a row that is there already is refused on insert.
_SQLITE_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_SQLITE_HEAD = """
CREATE TRIGGER {table}_forward BEFORE UPDATE ON {table}
WHEN NEW.chain <> OLD.chain OR NEW.seq <= OLD.seq
BEGIN SELECT RAISE(ABORT, 'a chain only grows'); END"""
_SAME = {
    "audit_event": "id = NEW.id OR (chain = NEW.chain AND seq = NEW.seq)",
    "audit_statechange": "id = NEW.id",
    HEAD: "chain = NEW.chain",
}

_PG_FUNCTIONS = {
    "audit_refuse": " BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END ",
    "audit_forward": """
BEGIN
  IF NEW.chain <> OLD.chain OR NEW.seq <= OLD.seq THEN RAISE EXCEPTION 'a chain only grows'; END IF;
  RETURN NEW;
END """,
}


def _sqlite() -> dict[str, str]:
    """Trigger names and their statements on SQLite."""
    made = {}
    for table in (*APPEND_ONLY, HEAD):
        made[f"{table}_no_delete"] = _SQLITE_ROW.format(table=table, verb="delete")
        made[f"{table}_no_replace"] = _SQLITE_REPLACE.format(table=table, same=_SAME[table])
    for table in APPEND_ONLY:
        made[f"{table}_no_update"] = _SQLITE_ROW.format(table=table, verb="update")
    # Insert-or-ignore of a head that is there must stay quiet; the primary key already keeps it single.
    made.pop(f"{HEAD}_no_replace")
    made[f"{HEAD}_forward"] = _SQLITE_HEAD.format(table=HEAD)
    return made


def _postgresql() -> dict[tuple[str, str], str]:
    """(table, trigger name) and their statements on PostgreSQL. ALWAYS: they fire in replication roles too."""
    made = {}
    for table in (*APPEND_ONLY, HEAD):
        rows = "UPDATE OR DELETE" if table in APPEND_ONLY else "DELETE"
        made[table, f"{table}_no_rows"] = (
            f"CREATE TRIGGER {table}_no_rows BEFORE {rows} ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        )
        made[table, f"{table}_no_truncate"] = (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
    made[HEAD, f"{HEAD}_forward"] = (
        f"CREATE TRIGGER {HEAD}_forward BEFORE UPDATE ON {HEAD} FOR EACH ROW EXECUTE FUNCTION audit_forward()"
    )
    return made


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger whose table is there, replacing an older one of the same name."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, statement in _sqlite().items():
                if any(name.startswith(table) for table in tables):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                    cursor.execute(statement)
        elif connection.vendor == "postgresql":
            for name, body in _PG_FUNCTIONS.items():
                cursor.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
            for (table, name), statement in _postgresql().items():
                if table in tables:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                    cursor.execute(statement)
                    cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: only for undoing the migration, and for tests that empty the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _sqlite():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        elif connection.vendor == "postgresql":
            for table, name in _postgresql():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that do not stand as they were installed: gone, switched off, or hollowed out under the same name."""
    found = _found_sqlite(connection) if connection.vendor == "sqlite" else _found_postgresql(connection)
    wanted = {name: _plain(text) for name, text in _sqlite().items()} if connection.vendor == "sqlite" else _wanted()
    return sorted(name for name, stands in wanted.items() if found.get(name) != stands)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _found_sqlite(connection: BaseDatabaseWrapper) -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name: _plain(text) for name, text in cursor.fetchall()}


# What PostgreSQL writes down of a trigger: bits of pg_trigger.tgtype.
_ROW, _BEFORE, _DELETE, _UPDATE, _TRUNCATE = 1, 2, 8, 16, 32


def _wanted() -> dict[str, object]:
    """By name: the table, switched on always, when it fires, on no condition, and the function with its body."""
    wanted: dict[str, object] = {}
    for table, name in _postgresql():
        fires, function = {
            "no_rows": (_ROW | _BEFORE | _DELETE | (_UPDATE if table in APPEND_ONLY else 0), "audit_refuse"),
            "no_truncate": (_BEFORE | _TRUNCATE, "audit_refuse"),
            "forward": (_ROW | _BEFORE | _UPDATE, "audit_forward"),
        }[name.removeprefix(f"{table}_")]
        wanted[name] = (table, "A", fires, True, function, _PG_FUNCTIONS[function])
    return wanted


def _found_postgresql(connection: BaseDatabaseWrapper) -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname, t.tgenabled, t.tgtype, t.tgqual IS NULL, p.proname, p.prosrc FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid WHERE pg_table_is_visible(c.oid)"
        )
        return {name: tuple(stands) for name, *stands in cursor.fetchall()}


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """No triggers within the block: for tests that tamper, and for emptying a test database."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)
