"""Proof: on a full disk nothing acknowledged is lost, nothing is half kept, and work goes on when there is room again.

Run as `python -m tests.prove.disk COUNT SEED` with PROVE_DATABASE_URL (SQLite); prints what it found as JSON. The disk
is made small with SQLite's page limit, which fails in the same places with the same error.
"""

from __future__ import annotations

import os
import sys
import time

import django
from django.db import connection

from tests.prove.kills import ask, serving, stored
from tests.prove.ledger import Found

ROOM = 4  # pages left when a try begins
LONGEST = 2000


def fill(found: Found, url: str, name: str) -> None:
    """Ask until the disk is full and compare every answer with what is there."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0] + ROOM
    with serving(url, PROVE_MAX_PAGES=str(pages)) as port:
        refused = 0
        for number in range(LONGEST):
            key = f"{name}-{number}"
            answer = ask(port, key)
            found.tries["stored" if answer and answer[0] == 201 else "refused"] += 1
            _compare(found, key, answer)
            refused += answer is None or answer[0] >= 500
            if refused == 3:
                return
    found.fault(f"{name}: the disk never became full")


def _compare(found: Found, key: str, answer: tuple[int, dict[str, object]] | None) -> None:
    there = stored(key)
    if answer is None:
        found.fault(f"{key}: no answer at all")
    elif answer[0] == 201 and there != [answer[1]["id"]]:
        found.fault(f"{key}: acknowledged, and {len(there)} stored")
    elif answer[0] != 201 and there:
        found.fault(f"{key}: refused with {answer[0]}, and {len(there)} stored")


def run(count: int, seed: int, url: str) -> Found:
    """Fill the disk `count` times, with room for a little more each time."""
    from alongside.audit.models import Event
    from alongside.audit.verify import verify
    from alongside.outbox.models import Timer

    found = Found()
    for number in range(count):
        fill(found, url, f"{seed}-{number}")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchone() != ("ok",):
                found.fault(f"try {number}: the database is damaged")
    if not verify().whole:
        found.fault("the chain is not whole")
    if Event.objects.filter(name="outbox.timer_set").count() != Timer.objects.count():
        found.fault("rows and events differ in number")
    return found


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    django.setup()
    begun = time.monotonic()
    found = run(count, seed, os.environ["PROVE_DATABASE_URL"])
    found.seconds = time.monotonic() - begun
    print(found.to_json())


if __name__ == "__main__":
    main()
