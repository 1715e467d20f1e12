"""The second wall: PostgreSQL itself hides what no ground opens to whoever looks, whatever a query forgot (row-level security).

While a page is made for somebody, each row of a gated model is there only if a ground of theirs is open on it, or on what it hangs on,
and no block stands. Acts, evaluations and look-ups that show only what agrees go `beyond`, by name. Where no page is made (a command, the
worker, the interface for other systems, which take their own way through the gate) the wall is not up. SQLite has no such wall.

The product does not put it up yet: `install` and `looking` are called by tests alone until its cost among many people is measured
(docs/decisions/2026-11-30-a-second-wall.md). So `visible_to` is the one wall today, and `beyond` changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.agencies.roles import NEEDS_ALL
from alongside.gate.viewing import Gated

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)
POLICY = "behind_the_gate"
NOBODY = UUID(int=0)

_looking: ContextVar[bool] = ContextVar("alongside.gate.looking", default=False)
_beyond: ContextVar[bool] = ContextVar("alongside.gate.beyond", default=False)

_FUNCTIONS = """
CREATE OR REPLACE FUNCTION gate_setting(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(current_setting('alongside.' || name, true), '') $$;
CREATE OR REPLACE FUNCTION gate_is_off() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT gate_setting('beyond') = 'on' OR gate_setting('viewer') = '' $$;
CREATE OR REPLACE FUNCTION gate_at() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(gate_setting('at'), '')::timestamptz $$;
CREATE OR REPLACE FUNCTION gate_viewer() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT id FROM agencies_user WHERE id = nullif(gate_setting('viewer'), '')::uuid AND is_active $$;
CREATE OR REPLACE FUNCTION gate_agency() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT agency_id FROM agencies_user WHERE id = gate_viewer() AND role IN ({needs_all}) $$;
CREATE OR REPLACE FUNCTION gate_own_teams() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT team_id FROM agencies_membership WHERE user_id = gate_viewer()
  AND from_on <= (gate_at() AT TIME ZONE 'Europe/London')::date
  AND (until_on IS NULL OR until_on >= (gate_at() AT TIME ZONE 'Europe/London')::date) $$;
CREATE OR REPLACE FUNCTION gate_teams() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT gate_own_teams() UNION
  SELECT t.id FROM agencies_team AS t JOIN agencies_user AS u ON u.id = gate_viewer() AND u.agency_id = t.agency_id
  WHERE t.deputy_id = u.id OR EXISTS (
    SELECT 1 FROM agencies_teamrole AS front JOIN agencies_teamrole AS review ON review.area_id = front.area_id
    WHERE front.team_id = t.id AND front.role = 'front-line' AND review.role = 'supervisor'
    AND review.team_id IN (SELECT gate_own_teams())) $$;
""".format(needs_all=", ".join(f"'{role}'" for role in sorted(NEEDS_ALL)))  # noqa: S608 - codes of our own
# Each setting is asked once for a statement, not once for a row.
_MINE = """g.closed_at IS NULL AND (g.ends_on IS NULL OR g.ends_on > (SELECT gate_at()))
  AND (g.user_id = (SELECT gate_viewer()) OR g.agency_id = (SELECT gate_agency()) OR g.team_id IN (SELECT gate_teams()))"""
_GROUND = (
    "EXISTS (SELECT 1 FROM gate_ground AS g WHERE g.subject_kind = '{kind}' AND g.subject_id = {column} AND {mine})"
)
_APART = """EXISTS (SELECT 1 FROM gate_block AS b WHERE b.subject_kind = '{kind}' AND b.subject_id = {column}
  AND b.user_id = (SELECT gate_viewer()) AND b.lifted_on IS NULL)"""
_CARRIED = """EXISTS (SELECT 1 FROM {table} AS c JOIN gate_ground AS g ON g.subject_id = c.id AND g.subject_kind = '{kind}'
  WHERE c.case_id = of_case AND {mine})"""
# Whoever was sent a record of a case reads its reference and the people it is about beside it: the wall stands around the whole case.
_TOUCHES = """CREATE OR REPLACE FUNCTION gate_touches(of_case uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT {apart} AND ({ways}) $$"""


def _gated() -> list[type[Gated]]:
    found = [model for model in apps.get_models() if issubclass(model, Gated) and not model._meta.abstract]
    return sorted(found, key=lambda model: model._meta.label)


def _carriers() -> dict[type[Gated], str]:
    """Records of a case that are sent by themselves, and the kind under which they are: whoever has one touches the case."""
    found = {}
    for model in _gated():
        kinds = [kind for kind, path in model.gate_paths if path == "id" and kind != "case"]
        if kinds and ("case", "case_id") in model.gate_paths:
            found[model] = kinds[0]
    return found


def _touches(there: Collection[str]) -> str:
    ways = [_GROUND.format(kind="case", column="of_case", mine=_MINE)]
    ways += [
        _CARRIED.format(kind=kind, table=model._meta.db_table, mine=_MINE)
        for model, kind in _carriers().items()
        if model._meta.db_table in there
    ]
    return _TOUCHES.format(apart=_APART.format(kind="case", column="of_case"), ways=" OR ".join(ways))


def rule(model: type[Gated]) -> str:
    """When a row of a model is there, as a condition of SQL: any of its paths leads to an open ground."""
    ways = [_way(model, kind, path.split("__")) for kind, path in model.gate_paths]
    return f"(SELECT gate_is_off()) OR {' OR '.join(f'({way})' for way in ways) or 'false'}"


def _way(model: type[models.Model], kind: str, path: list[str]) -> str:
    """A path over other gated tables asks whether the next row is there: it has a rule of its own."""
    table = model._meta.db_table
    if len(path) == 1 and kind == "case" and model not in _carriers():
        return f"gate_touches({table}.{path[0]})"
    if len(path) == 1:
        column = f"{table}.{path[0]}"
        return (
            f"{_GROUND.format(kind=kind, column=column, mine=_MINE)} AND NOT {_APART.format(kind=kind, column=column)}"
        )
    field: Any = model._meta.get_field(path[0])
    beside = field.related_model._meta
    if not issubclass(field.related_model, Gated):
        raise TypeError(f"{model._meta.label} is reached through {beside.label}, which has no gate")
    one, other = (field.field.column, "id") if field.one_to_many else (beside.pk.column, field.column)
    return f"EXISTS (SELECT 1 FROM {beside.db_table} AS beside WHERE beside.{one} = {table}.{other})"  # noqa: S608 - our tables


def install(database: BaseDatabaseWrapper) -> list[str]:
    """Put the wall up on every gated table that is there, for the owner of the tables too; the names of the tables."""
    if database.vendor != "postgresql":
        return []
    there = set(database.introspection.table_names())
    built = [model for model in _gated() if model._meta.db_table in there]
    with database.cursor() as cursor:
        cursor.execute(_FUNCTIONS)
        cursor.execute(_touches(there))
        for model in built:
            table = model._meta.db_table
            cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY IF EXISTS {POLICY} ON {table}")
            cursor.execute(
                f"CREATE POLICY {POLICY} ON {table} USING ({rule(model)}) WITH CHECK ((SELECT gate_is_off()))"
            )
    return [model._meta.db_table for model in built]


def missing(database: BaseDatabaseWrapper) -> list[str]:
    """What keeps the wall from standing: gated tables without it, or a role that walks through it."""
    if database.vendor != "postgresql":
        return []
    with database.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        walled = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        walks_through = cursor.fetchone()
    found = [model._meta.db_table for model in _gated() if model._meta.db_table not in walled]
    return [
        *found,
        *(["the database role, which no row-level security holds"] if walks_through and walks_through[0] else []),
    ]


@contextmanager
def looking(user_id: UUID | None, at: datetime) -> Iterator[None]:
    """Within the block the database shows what this person may see now; for None, nothing behind the gate. Inside a transaction."""
    if connection.vendor != "postgresql":
        yield
        return
    _say(viewer=str(user_id or NOBODY), at=at.isoformat())
    token = _looking.set(True)
    try:
        yield
    finally:
        _looking.reset(token)
        _say_unless_undone(viewer="", at="")


@contextmanager
def beyond() -> Iterator[None]:
    """Look further than the viewer may: for an act, an evaluation, a look-up that shows only what agrees. May nest."""
    if not _looking.get() or _beyond.get():
        yield
        return
    _say(beyond="on")
    token = _beyond.set(True)
    try:
        yield
    finally:
        _beyond.reset(token)
        _say_unless_undone(beyond="")


def beyond_the_gate(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a read that looks further than the viewer may, on purpose: its docstring says why, and what is shown of it."""

    @wraps(function)
    def read(*args: P.args, **kwargs: P.kwargs) -> R:
        with beyond():
            return function(*args, **kwargs)

    return read


@beyond_the_gate
def read_page(rows: models.QuerySet[M], on_a_page: int, number: str | None) -> Page[M]:
    """One page of a list that rests on another right than the gate's, as an agency's own log does: read whole, beyond the wall."""
    shown = Paginator(rows, on_a_page).get_page(number)
    shown.object_list = list(shown.object_list)
    return shown


def _say(**settings: str) -> None:
    """For the rest of the transaction; undone with it, or with the savepoint it was said in."""
    with connection.cursor() as cursor:
        said = ", ".join("set_config(%s, %s, true)" for _ in settings)
        cursor.execute(
            f"SELECT {said}", [part for name, value in settings.items() for part in (f"alongside.{name}", value)]
        )


def _say_unless_undone(**settings: str) -> None:
    """A transaction that failed takes nothing more, and what was said in it goes with it."""
    if not transaction.get_connection().needs_rollback and _is_alive():
        _say(**settings)


def _is_alive() -> bool:
    """Whether the transaction still takes statements."""
    status = connection.connection.info.transaction_status if connection.connection else None
    return status is not None and status.name in ("INTRANS", "IDLE")
