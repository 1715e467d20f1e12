"""Proof: whatever is done to the rows of the trail, verification finds it.

Run as `python -m tests.prove.tampers COUNT SEED` with PROVE_DATABASE_URL; prints what it found as JSON.
"""

from __future__ import annotations

import os
import random
import secrets
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import django
from django.db import connection, transaction

from tests.prove.ledger import Found

AT = datetime(2026, 11, 21, 19, 40, tzinfo=UTC)
AGENCIES, EVENTS = ("police", "council", "refuge"), 60
COLUMNS = ("actor", "name", "kind", "subject_kind", "subject_ids", "detail", "happened_on", "mac")
Cursor = Any
Tamper = Callable[[Cursor, random.Random, str], None]


def fill() -> None:
    """Three chains with something to tamper with."""
    from alongside.audit.api import SystemActor, record_read, unit_of_work

    with unit_of_work():
        for number in range(EVENTS):
            for agency in AGENCIES:
                by = SystemActor("prove", agency)
                at = AT + timedelta(minutes=number)
                record_read(("prove.thing", str(number)), by=by, at=at, what="prove.page", number=number)


def change(column: str) -> Tamper:
    """That column of one event says something else."""

    def tamper(cursor: Cursor, dice: random.Random, chain: str) -> None:
        earlier = AT - timedelta(days=dice.randint(1, 900))
        value = earlier.isoformat(" ") if column == "happened_on" else secrets.token_hex(2)
        _run(cursor, f"UPDATE audit_event SET {column} = %s WHERE chain = %s AND seq = %s", value, chain, _seq(dice))  # noqa: S608

    tamper.__name__ = f"change {column}"
    return tamper


def remove(cursor: Cursor, dice: random.Random, chain: str) -> None:
    """Some events in a row are gone."""
    first = _seq(dice)
    last = first + dice.randint(0, 5)
    _run(cursor, "DELETE FROM audit_event WHERE chain = %s AND seq BETWEEN %s AND %s", chain, first, last)


def cut(cursor: Cursor, dice: random.Random, chain: str) -> None:
    """The end is gone and the head says that it never was."""
    last = dice.randint(1, EVENTS - 1)
    cursor.execute("SELECT mac FROM audit_event WHERE chain = %s AND seq = %s", [chain, last])
    (mac,) = cursor.fetchone()
    _run(cursor, "DELETE FROM audit_event WHERE chain = %s AND seq > %s", chain, last)
    _run(cursor, "UPDATE audit_chainhead SET seq = %s, mac = %s WHERE chain = %s", last, mac, chain)


def swap(cursor: Cursor, dice: random.Random, chain: str) -> None:
    """Two events change places."""
    first, second = dice.sample(range(1, EVENTS + 1), 2)
    for before, after in ((first, 9999), (second, first), (9999, second)):
        _run(cursor, "UPDATE audit_event SET seq = %s WHERE chain = %s AND seq = %s", after, chain, before)


def forge(cursor: Cursor, dice: random.Random, chain: str) -> None:
    """An event that never happened is added, with a head that knows it."""
    mac, end = secrets.token_hex(32), EVENTS + 1
    copied = "happened_on, kind, name, actor, subject_kind, subject_ids, detail"
    _run(
        cursor,
        f"INSERT INTO audit_event (chain, seq, {copied}, mac) SELECT chain, %s, {copied}, %s FROM audit_event "  # noqa: S608
        "WHERE chain = %s AND seq = %s",
        end,
        mac,
        chain,
        _seq(dice),
    )
    _run(cursor, "UPDATE audit_chainhead SET seq = %s, mac = %s WHERE chain = %s", end, mac, chain)


def move(cursor: Cursor, dice: random.Random, chain: str) -> None:
    """An event of another agency stands in for this one's, mac and all."""
    other, seq = dice.choice([agency for agency in AGENCIES if agency != chain]), _seq(dice)
    _run(cursor, "DELETE FROM audit_event WHERE chain = %s AND seq = %s", chain, seq)
    copied = "seq, happened_on, kind, name, actor, subject_kind, subject_ids, detail, mac"
    _run(
        cursor,
        f"INSERT INTO audit_event (chain, {copied}) SELECT %s, {copied} FROM audit_event "  # noqa: S608
        "WHERE chain = %s AND seq = %s",
        chain,
        other,
        seq,
    )


def wipe(cursor: Cursor, dice: random.Random, chain: str) -> None:
    """The whole chain of an agency is gone, its head too."""
    _run(cursor, "DELETE FROM audit_event WHERE chain = %s", chain)
    _run(cursor, "DELETE FROM audit_chainhead WHERE chain = %s", chain)


def head(cursor: Cursor, dice: random.Random, chain: str) -> None:
    """The head alone is altered."""
    column = dice.choice(("mac", "seal"))
    _run(cursor, f"UPDATE audit_chainhead SET {column} = %s WHERE chain = %s", secrets.token_hex(32), chain)  # noqa: S608


TAMPERS: tuple[Tamper, ...] = (*map(change, COLUMNS), remove, cut, swap, forge, move, wipe, head)


def _seq(dice: random.Random) -> int:
    return dice.randint(1, EVENTS)


def _run(cursor: Cursor, statement: str, *values: object) -> None:
    cursor.execute(statement, values)
    if not cursor.rowcount:
        raise RuntimeError(f"nothing to tamper with: {statement}")


def run(count: int, seed: int) -> Found:
    """Tamper `count` times, each time from the whole trail, and see whether the right chain is named."""
    from alongside.audit import triggers
    from alongside.audit.verify import verify

    found, dice = Found(), random.Random(seed)  # noqa: S311 - repeatable, not secret
    for number in range(count):
        tamper, chain = TAMPERS[number % len(TAMPERS)], dice.choice(AGENCIES)
        found.tries[tamper.__name__] += 1
        with transaction.atomic():
            triggers.remove(connection)
            with connection.cursor() as cursor:
                tamper(cursor, dice, chain)
            breaks = verify(piece=dice.randint(1, EVENTS + 5)).breaks
            transaction.set_rollback(True)
        if [each.chain for each in breaks] != [chain]:
            found.fault(f"{tamper.__name__} of {chain}, seed {seed}, try {number}: found {breaks}")
    if not verify().whole:
        found.fault("the trail is not whole after the tampers were undone")
    return found


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    django.setup()
    if os.environ.get("PROVE_MUTANT") == "detail-not-chained":
        from dataclasses import replace

        from alongside.audit import chain

        real = chain.event_mac
        chain.event_mac = lambda secret, before, seq, event: real(secret, before, seq, replace(event, detail="{}"))
    begun = time.monotonic()
    fill()
    found = run(count, seed)
    found.seconds = time.monotonic() - begun
    print(found.to_json())


if __name__ == "__main__":
    main()
