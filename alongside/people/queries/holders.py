"""Who has a key: for each key at most so many people and always the same ones, so that one that half the table shares costs no more
than another. One statement, written for each engine: no other stops reading at the cap inside each key."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.people import matching
from alongside.people.models import KeysMark, MatchKey

PER_KEY = 40
_POSTGRES = """
SELECT wanted.key, held.person_id FROM unnest(%s::bigint[]) AS wanted(key)
CROSS JOIN LATERAL (SELECT person_id FROM {table} WHERE key = wanted.key ORDER BY person_id LIMIT {most}) AS held
WHERE EXISTS (SELECT 1 FROM {marks} WHERE mark = %s)
"""
_SQLITE = """
SELECT wanted.value, held.person_id FROM json_each(%s) AS wanted JOIN {table} AS held
ON held.id IN (SELECT id FROM {table} WHERE key = wanted.value ORDER BY person_id LIMIT {most})
WHERE EXISTS (SELECT 1 FROM {marks} WHERE mark = %s)
"""


class CannotTell(LookupError):
    """Whether somebody is known cannot be told just now: never an answer of nobody. Its text is for operators and holds no data."""


class KeysOutOfStep(CannotTell):
    """The key table was made by another scheme or secret, or is being made anew: whether somebody is known cannot be told."""


def holders_of_keys(hashes: Collection[int]) -> Mapping[int, list[UUID]]:
    """Ids of people by key, in their order, at most `PER_KEY` for each. Raises `KeysOutOfStep`, never an answer of nobody."""
    found: defaultdict[int, list[UUID]] = defaultdict(list)
    if hashes:
        with connection.cursor() as cursor:
            text, given = statement(hashes)
            cursor.execute(text, given)
            for key, person in cursor.fetchall():
                found[key].append(person if isinstance(person, UUID) else UUID(person))
        if not found:
            check_in_step()
    return {key: sorted(people) for key, people in found.items()}


def statement(hashes: Collection[int]) -> tuple[str, list[Any]]:
    """The statement and its parameters on this engine."""
    postgres, wanted = connection.vendor == "postgresql", sorted(set(hashes))
    text = (_POSTGRES if postgres else _SQLITE).format(
        table=MatchKey._meta.db_table, marks=KeysMark._meta.db_table, most=PER_KEY
    )
    return text, [wanted if postgres else json.dumps(wanted), matching.mark()]


def in_step() -> bool:
    """Whether the table was made whole by the scheme and secret of now."""
    return KeysMark.objects.filter(mark=matching.mark()).exists()


def check_in_step() -> None:
    """Raise `KeysOutOfStep` unless the table was made by the scheme and secret of now."""
    if not in_step():
        raise KeysOutOfStep("The keys of the people on record are not of this release or sealing key.")
