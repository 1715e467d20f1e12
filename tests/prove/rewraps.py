"""Proof: changing the key around all others, killed at any moment, leaves every key able to open what it sealed.

Run as `python -m tests.prove.rewraps COUNT SEED` with PROVE_DATABASE_URL; prints what it found as JSON. A thousand keys for each kill.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import uuid
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any

import django
from django.conf import settings
from django.db import connection, transaction

from tests.prove.ledger import Found

AT = datetime(2026, 12, 1, tzinfo=UTC)
KEYS_A_KILL, MOST_KEYS = 1000, 100_000
MOST_SECONDS = 60.0  # for 100,000 keys, uninterrupted
Held = dict[uuid.UUID, bytes]


def fill(count: int) -> Held:
    """So many keys of so many people; what each of them is."""
    from alongside.sealed import envelope
    from alongside.sealed.models import DataKey

    held = {uuid.uuid4(): os.urandom(32) for _ in range(count)}
    owned = ((data, DataKey(pk=pk, owner_kind="person", owner_id=uuid.uuid4())) for pk, data in held.items())
    rows = [envelope.wrapped(data, row) for data, row in owned]
    for start in range(0, count, 5000):
        DataKey.keep(rows[start : start + 5000])
    return held


def change() -> None:
    """A new key around all others; the one before still opens."""
    settings.ALONGSIDE_SEALING_KEYS_BEFORE = (settings.ALONGSIDE_SEALING_KEY,)
    settings.ALONGSIDE_SEALING_KEY = os.urandom(32)


def wrap_all() -> None:
    """What `alongside sealed rotate` does with the keys."""
    from alongside.audit.api import SystemActor
    from alongside.sealed import actions

    last: uuid.UUID | None = None
    while True:
        last, _ = actions.wrap_batch(after=last, by=SystemActor("key-rotation"), at=AT)
        if last is None:
            return


def killed_after(seconds: float) -> bool:
    """Let a process of its own change the keys and kill it; whether it was still at it."""
    connection.close()
    child = os.fork()
    if not child:
        try:
            wrap_all()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, how = os.waitpid(child, 0)
    return os.WIFSIGNALED(how)


def lost(held: Held) -> int:
    """How many keys are gone, do not open, or are not what they were."""
    from alongside.sealed import envelope
    from alongside.sealed.errors import SealError
    from alongside.sealed.models import DataKey

    good = 0
    for row in DataKey.objects.iterator(chunk_size=2000):
        try:
            good += envelope.unwrapped(row) == held.get(row.pk)
        except SealError:
            continue
    return len(held) - good


def run(count: int, seed: int) -> Found:
    """Change the key, killed again and again until it is done; then the next key."""
    found, dice = Found(), random.Random(seed)  # noqa: S311 - repeatable, not secret
    held = fill(min(MOST_KEYS, count * KEYS_A_KILL))
    change()
    begun = time.monotonic()
    wrap_all()
    whole = time.monotonic() - begun
    if whole > MOST_SECONDS * len(held) / MOST_KEYS + 1:
        found.fault(f"{len(held)} keys took {whole:.1f} seconds")
    change()
    for number in range(count):
        midway = killed_after(dice.uniform(0, whole))
        found.tries["killed midway" if midway else "done before"] += 1
        if gone := lost(held):
            found.fault(f"seed {seed}, kill {number}: {gone} keys do not open")
            return found
        if not midway:
            change()
    wrap_all()
    settings.ALONGSIDE_SEALING_KEYS_BEFORE = ()
    if gone := lost(held):
        found.fault(f"{gone} keys do not open with the newest alone")
    return found


def blank_first() -> None:
    """The mutant: keys are blanked, and then written, each step for itself."""
    from alongside.audit import work
    from alongside.sealed import actions

    real: Any = actions._write

    def write(rows: list[Any]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE sealed_datakey SET wrapped = %s WHERE id = %s", [(b"", row.pk.hex) for row in rows]
            )
        time.sleep(0.1)
        with transaction.atomic():
            real(rows)

    connection.features.has_select_for_update = False  # outside a transaction nothing can be held
    work.transaction = type("No", (), {"atomic": lambda **_: nullcontext(), "get_rollback": lambda: False})  # type: ignore[assignment]
    actions._write = write


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    django.setup()
    if os.environ.get("PROVE_MUTANT") == "blank-first":
        blank_first()
    begun = time.monotonic()
    found = run(count, seed)
    found.seconds = time.monotonic() - begun
    print(found.to_json())


if __name__ == "__main__":
    main()
