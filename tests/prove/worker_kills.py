"""Proof: a worker killed at any moment loses no message, and no mailbox is written to twice.

Run as `python -m tests.prove.worker_kills COUNT SEED` with PROVE_DATABASE_URL; prints what it found as JSON. Each try
forks a worker that kills itself at a named phase; the mail server removes repeats of a Message-ID, as real ones do.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import NoReturn

import django

from tests.prove.ledger import Found
from tests.prove.smtp import MailServer

PHASES = (
    "before-claim",
    "claimed-not-committed",
    "claimed-not-sent",
    "sent-not-marked",
    "marked-not-committed",
    "marked",
)
START = datetime(2026, 11, 21, 19, 40, tzinfo=UTC)
STEP = timedelta(minutes=3)  # longer than a lease and than the first delays


def work(phase: str, at: datetime, mutant: str) -> NoReturn:
    """The child: the real worker, with a trap at one phase."""
    from alongside.audit import chain
    from alongside.outbox import actions, gateway, worker

    claim, settle, send, append = actions.claim, actions.settle, gateway.Gateway.send, chain.append
    inside = ""

    def die(here: str) -> None:
        if here == phase:
            os.kill(os.getpid(), signal.SIGKILL)

    def deadly_claim(**given: object) -> object:
        nonlocal inside
        die("before-claim")
        inside = "claimed-not-committed"
        message = claim(**given)  # type: ignore[arg-type]
        inside = ""
        if message is not None:
            die("claimed-not-sent")
        return message

    def deadly_send(self: gateway.Gateway, **given: str) -> gateway.Result:
        if mutant == "new-message-id":
            given["key"] += os.urandom(4).hex()
        result = send(self, **given)
        die("sent-not-marked")
        return result

    def deadly_settle(**given: object) -> object:
        nonlocal inside
        inside = "marked-not-committed"
        message = settle(**given)  # type: ignore[arg-type]
        inside = ""
        die("marked")
        return message

    def deadly_append(events: object) -> int:
        count = append(events)  # type: ignore[arg-type]
        die(inside)
        return count

    actions.claim, actions.settle, gateway.Gateway.send = deadly_claim, deadly_settle, deadly_send  # type: ignore
    chain.append = deadly_append  # type: ignore[assignment]
    code = 1
    try:
        worker.run_once(lambda: at)
        code = 0
    finally:
        os._exit(code)


def forked(phase: str, at: datetime, mutant: str) -> int:
    """Run a worker to its death or its end; returns the signal that ended it, 0 when it ended by itself."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        work(phase, at, mutant)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the worker under proof failed")
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def run(count: int, seed: int, server: MailServer, mutant: str = "") -> Found:
    """Post messages to staff and to persons by turns, kill a worker over each, then let one finish."""
    from alongside.audit.verify import verify

    found, at = Found(), START
    for number in range(count):
        phase = PHASES[number % len(PHASES)]
        key, person = f"{seed}-{number}", bool(number // len(PHASES) % 2)
        found.tries[phase] += 1
        _post(key, person, at)
        if forked(phase, at, mutant) != signal.SIGKILL:
            found.fault(f"{key} {phase}: the worker did not die")
        at += STEP
        forked("", at, mutant)
        at += STEP
        forked("", at, mutant)
        _compare(found, key, person, phase, server)
    if not verify().whole:
        found.fault("the chain is not whole")
    return found


def _post(key: str, person: bool, at: datetime) -> None:
    from alongside.audit.api import SystemActor
    from alongside.outbox.api import PERSON, STAFF, post

    by = SystemActor("prove", "prove-agency")
    to, template = ("prove.person", PERSON) if person else ("prove.worker", STAFF)
    post(to=f"{to}:{key}", key=key, template=template, by=by, at=at)


def _compare(found: Found, key: str, person: bool, phase: str, server: MailServer) -> None:
    """One mail in the mailbox; to a person no second attempt, and what is in doubt is held."""
    from alongside.outbox.models import Message

    state = Message.objects.get(key=key).state
    mailbox = f"{key}@prove.test"
    sent = sum(recipient == mailbox for recipient, _, _ in server.accepted)
    delivered = sum(recipient == mailbox for recipient, _ in server.delivered)
    if person and state == Message.State.UNCERTAIN:
        fine = sent == (1 if phase in ("sent-not-marked", "marked-not-committed") else 0)
        fine = fine and phase in ("claimed-not-sent", "sent-not-marked", "marked-not-committed")
    else:
        fine = state == Message.State.SENT and delivered == 1 and (sent == 1 or not person)
    if not fine:
        found.fault(f"{key} {phase} {'person' if person else 'staff'}: {state}, sent {sent}, delivered {delivered}")


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    begun = time.monotonic()
    with MailServer() as server:
        os.environ["PROVE_MAIL_PORT"] = str(server.port)
        django.setup()
        from alongside.outbox.registry import Clearance, register_clearance, register_staff

        register_staff("prove.worker", lambda ident: [f"{ident}@prove.test"])
        register_clearance("prove.person", lambda ident, channel, at: Clearance(True, f"{ident}@prove.test"))
        found = run(count, seed, server, os.environ.get("PROVE_MUTANT", ""))
    found.seconds = time.monotonic() - begun
    print(found.to_json())


if __name__ == "__main__":
    main()
