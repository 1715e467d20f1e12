"""What the role that serves may do at PostgreSQL: add to the trail and read it, and never change, delete or empty it.

The role that owns the tables brings them up to date; the site and the worker run as another, which owns nothing: so it can neither
drop a trigger nor write the trail anew, whoever holds its password.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from alongside.audit.triggers import APPEND_ONLY, HEAD

ADDS = "SELECT, INSERT"
MOVES_ON = "SELECT, INSERT, UPDATE"  # the head of a chain, which a trigger lets go forward only
WRITES = "SELECT, INSERT, UPDATE, DELETE"


def statements(role: str, tables: Iterable[str]) -> list[sql.Composed]:
    """What gives the role these rights and no others, on all tables there are. To be run by who owns them, after every update."""
    to = sql.Identifier(role)
    found = [
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(to),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(to),
        sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(to),
    ]
    for table in sorted(tables):
        rights = ADDS if table in APPEND_ONLY else MOVES_ON if table == HEAD else WRITES
        found.append(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), sql.Identifier(table), to))
    return found


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give the role these rights, or none of them."""
    with transaction.atomic(), connection.cursor() as cursor:
        for one in statements(role, connection.introspection.table_names()):
            cursor.execute(one)
