"""Proof: many processes at once, and chains stay whole, nobody fails, and one key is one message.

Run as `python -m tests.prove.at_once COUNT SEED` with PROVE_DATABASE_URL; prints what it found as JSON. Everybody
writes to two agencies' chains in one unit of work, half of them the other way round, and posts the same messages.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from datetime import UTC, datetime

import django

from tests.prove.ledger import Found

PEOPLE = 4
AT = datetime(2026, 11, 21, 19, 40, tzinfo=UTC)
AGENCIES = ("police", "council")


def work(person: int, count: int) -> None:
    """One process: `count` units of work."""
    from alongside.audit import chain
    from alongside.audit.api import SystemActor, record_read, unit_of_work
    from alongside.outbox.api import post

    if os.environ.get("PROVE_MUTANT") == "no-lock":
        from alongside.audit.models import ChainHead

        chain._lock = lambda chains: list(ChainHead.objects.filter(chain__in=chains).order_by("chain"))
    for number in range(count):
        with unit_of_work():
            for agency in AGENCIES[:: 1 if person % 2 else -1]:
                by = SystemActor(f"prove-{person}", agency)
                record_read(("prove.thing", f"{person}-{number}"), by=by, at=AT, what="prove.page")
            post(to="prove.worker:1", key=f"message-{number}", by=SystemActor(f"prove-{person}"), at=AT)


def run(count: int) -> Found:
    """Fork the people, wait for them, compare."""
    from alongside.audit.models import Event
    from alongside.audit.verify import verify
    from alongside.outbox.models import Message

    found = Found()
    children = [_forked(person, count) for person in range(PEOPLE)]
    for person, child in enumerate(children):
        found.tries[f"process {person + 1}"] += count
        _, status = os.waitpid(child, 0)
        if status:
            found.fault(f"process {person + 1} failed")
    reads, expected = Event.objects.filter(kind="read").count(), count * PEOPLE * len(AGENCIES)
    if reads != expected:
        found.fault(f"{reads} reads recorded of {expected}")
    posted = Event.objects.filter(name="outbox.message_posted").count()
    if not posted == Message.objects.count() == count:
        found.fault(f"{Message.objects.count()} messages and {posted} events for {count} keys")
    report = verify()
    if not report.whole:
        found.fault(f"chain: {report.breaks}")
    return found


def _forked(person: int, count: int) -> int:
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work(person, count)
        connections.close_all()
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


def main() -> None:
    count = int(sys.argv[1])
    django.setup()
    from alongside.outbox.registry import register_staff

    register_staff("prove.worker", lambda ident: [f"{ident}@prove.test"])
    begun = time.monotonic()
    found = run(count)
    found.seconds = time.monotonic() - begun
    print(found.to_json())


if __name__ == "__main__":
    main()
