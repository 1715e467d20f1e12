"""Proof: whatever a client is shown of a record, its read is in the audit by then; one request in fifty is killed, in each phase in turn.

Run as `python -m tests.prove.reads COUNT SEED` with PROVE_DATABASE_URL; prints what it found as JSON.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import time

from tests.prove.kills import ANSWERED, PATIENCE, PHASES, check_chains, prove
from tests.prove.ledger import Found

WAYS = ("page", "list", "page", "download", "page", "raise", "list", "stream", "page", "fail")
ONE_IN = 50
SHOWN = re.compile(rb"RECORD ([\w.-]+)")


def ask(port: int, key: str, how: str, die: str) -> bytes | None:
    """All bytes that came, of a whole answer or a torn one; None when the server could not be reached."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", f"/look?key={key}&how={how}", headers={"X-Prove-Die": die})
        try:
            return connection.getresponse().read()
        except http.client.IncompleteRead as torn:
            return torn.partial
        except (OSError, http.client.HTTPException):
            return b""
    except OSError:
        return None
    finally:
        connection.close()


def reached(port: int, key: str, how: str, die: str) -> bytes:
    """What came, once the server is there again after a kill."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        told = ask(port, key, how, die)
        if told is not None:
            return told
        time.sleep(0.02)
    raise TimeoutError(f"no server for {key}")


def run(port: int, count: int, seed: int) -> Found:
    """Ask `count` times and hold each answer against the audit at once; then the whole trail."""
    found = Found()
    for number in range(count):
        how, key = WAYS[number % len(WAYS)], f"{seed}-{number}"
        phase = PHASES[number // ONE_IN % len(PHASES)] if number % ONE_IN == ONE_IN - 1 else ""
        if phase:
            how = WAYS[number // ONE_IN % 5]  # one that shows something
        found.tries[f"killed {phase}" if phase else how] += 1
        told = reached(port, key, how, "" if phase == ANSWERED else phase)
        _compare(found, key, how, told)
        if phase == ANSWERED:
            _kill(port)
    check_chains(found)
    return found


def _compare(found: Found, key: str, how: str, told: bytes) -> None:
    from alongside.audit.models import Event

    shown = {ident.decode() for ident in SHOWN.findall(told)}
    if how in ("raise", "stream") and shown:
        found.fault(f"{key} {how}: {len(shown)} records were shown")
    events = Event.objects.filter(name="prove.look", subject_ids__startswith=f"{key}.")
    on_record = {ident for ids in events.values_list("subject_ids", flat=True) for ident in ids.split()}
    if shown - on_record:
        found.fault(f"{key} {how}: {len(shown - on_record)} records were shown and are not in the audit")


def _kill(port: int) -> None:
    """End the worker that answered last, from outside."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", f"/store?key=process-{time.monotonic_ns()}")
    process = re.search(rb'"process": (\d+)', connection.getresponse().read())
    connection.close()
    if process:
        os.kill(int(process[1]), signal.SIGKILL)


if __name__ == "__main__":
    prove(run)
