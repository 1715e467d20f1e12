"""Which kinds of record a case has at all, asked once in each review: a new case is not asked about every kind in turn.

An app that registers a provider, evidence or recipients says which records they are read from (`reads`); where a case has
none of those, the app is not asked.
"""

from collections.abc import Iterable
from functools import cache

from django.db import connection, models

from alongside.cases.models import Case

Records = tuple[type[models.Model], ...]
Kinds = frozenset[type[models.Model]] | None  # None: nobody looked
_KINDS: dict[type[models.Model], None] = {}


def reads_from(kinds: Records) -> Records:
    """Have these kinds looked for in every review. Each has a foreign key `case`."""
    for kind in kinds:
        kind._meta.get_field("case")
        if kind not in _KINDS:
            _KINDS[kind] = None
            _statement.cache_clear()
    return kinds


def kinds_of(case: Case) -> frozenset[type[models.Model]]:
    """The kinds of record, of those looked for, that the case has: one statement, whose text is made once."""
    if not _KINDS:
        return frozenset()
    key = Case._meta.pk.get_db_prep_value(case.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [key] * len(_KINDS))
        found = cursor.fetchone()
    return frozenset(kind for kind, there in zip(_KINDS, found, strict=True) if there)


def is_asked(reads: Iterable[type[models.Model]], kinds: Kinds) -> bool:
    """Whether something may be found: it names no records, nobody looked which there are, or one of them is there."""
    wanted = set(reads)
    return not wanted or kinds is None or bool(wanted & kinds)


@cache
def _statement() -> str:
    """Names of tables and columns only, as the models declare them; the case is a parameter."""
    parts = []
    for kind in _KINDS:
        table, column = kind._meta.db_table, kind._meta.get_field("case").column  # type: ignore[union-attr]
        parts.append(f'EXISTS(SELECT 1 FROM "{table}" WHERE "{column}" = %s)')  # noqa: S608
    return f"SELECT {', '.join(parts)}"
