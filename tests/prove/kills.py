"""Proof: a web server killed at any moment loses nothing it acknowledged, and a retry stores nothing twice.

Run as `python -m tests.prove.kills COUNT SEED` with PROVE_DATABASE_URL; prints what it found as JSON.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django

from tests.postgres import free_port
from tests.prove.databases import ROOT, environment
from tests.prove.ledger import Found

ANSWERED = "answered"
PHASES = ("before-begin", "written-not-chained", "chained-not-committed", "committed-not-answered", ANSWERED)
STORED = {"committed-not-answered", ANSWERED}
PATIENCE = 30.0


@contextmanager
def serving(url: str, **more: str) -> Iterator[int]:
    """The site under gunicorn, one worker at a time, on a free port."""
    port = free_port()
    options = ["--workers", "1", "--preload", "--bind", f"127.0.0.1:{port}", "--log-level", "critical"]
    command = [sys.executable, "-m", "gunicorn", "tests.prove.site:application", *options]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, env=environment(url, **more), cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the server under proof did not start")


def ask(port: int, key: str, die: str = "") -> tuple[int, dict[str, object]] | None:
    """Status and answer; None when the connection ended without an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", f"/store?key={key}", headers={"X-Prove-Die": die})
        answer = connection.getresponse()
        body = answer.read()
        return answer.status, json.loads(body) if answer.status < 300 else {}
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def insist(port: int, key: str) -> dict[str, object]:
    """Ask as a careful client does: again, until there is an answer."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        answer = ask(port, key)
        if answer is not None and answer[0] == 201:
            return answer[1]
        time.sleep(0.02)
    raise TimeoutError(f"no answer for {key}")


def run(port: int, count: int, seed: int) -> Found:
    """Kill `count` times, the phases in turn, and check each time what is there."""
    found = Found()
    for number in range(count):
        phase, key = PHASES[number % len(PHASES)], f"{seed}-{number}"
        found.tries[phase] += 1
        answer = ask(port, key, "" if phase == ANSWERED else phase)
        if phase == ANSWERED:
            if answer is None or answer[0] != 201:
                found.fault(f"{key} {phase}: no answer")
                continue
            os.kill(int(str(answer[1]["process"])), signal.SIGKILL)
        elif answer is not None:
            found.fault(f"{key} {phase}: it answered {answer[0]} instead of dying")
        _compare(found, key, phase, stored(key))
        again = insist(port, key)
        ident = stored(key)
        if len(ident) != 1 or again["id"] != ident[0] or (answer and answer[1]["id"] != ident[0]):
            found.fault(f"{key} {phase}: after the retry {len(ident)} stored, or not the one answered")
    _check_whole(found, count)
    return found


def _compare(found: Found, key: str, phase: str, there: list[str]) -> None:
    """All or nothing, as the phase demands."""
    expected = 1 if phase in STORED else 0
    if len(there) != expected:
        found.fault(f"{key} {phase}: {len(there)} stored, {expected} expected")


def stored(key: str) -> list[str]:
    """Ids stored under a key; a timer without its message, or the other way round, counts as an oddity of its own."""
    from alongside.outbox.models import Message, Timer

    timers, messages = Timer.objects.filter(key=key), Message.objects.filter(key=key)
    if len(timers) != len(messages):
        return ["half"] * 2
    return [f"{timer.pk} {message.pk}" for timer, message in zip(timers, messages, strict=True)]


def _check_whole(found: Found, count: int) -> None:
    """Every stored row has exactly its event, and the chain holds."""
    from alongside.audit.models import Event

    for name in ("outbox.timer_set", "outbox.message_posted"):
        events = Event.objects.filter(name=name).count()
        if events != count:
            found.fault(f"{events} events {name} for {count} rows")
    check_chains(found)


def check_chains(found: Found) -> None:
    """Every chain of the audit is whole, and the triggers stand."""
    from alongside.audit.verify import verify

    report = verify()
    if not report.whole:
        found.fault(f"chain: {report.breaks} {report.missing_triggers}")


def prove(run: Callable[[int, int, int], Found]) -> None:
    """A proof against a served site, as a command: how many tries, and the seed; prints what was found."""
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    django.setup()
    begun = time.monotonic()
    with serving(os.environ["PROVE_DATABASE_URL"]) as port:
        found = run(port, count, seed)
    found.seconds = time.monotonic() - begun
    print(found.to_json())


if __name__ == "__main__":
    prove(run)
