"""Looking at a file: the scanner first, and only what it passes is opened to make the clean copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from alongside.audit.api import SystemActor, unit_of_work
from alongside.uploads import cleaning, scanning

ACTOR = SystemActor("uploads")
AT_ONCE = 20


@dataclass(frozen=True)
class Looked:
    """What looking came to. `copy` is there only where nothing was found; `problem` is one of `codes.PROBLEMS`, or empty."""

    problem: str = ""
    is_settled: bool = False
    copy: bytes | None = None
    scanner: str = ""
    signatures_on: datetime | None = None


def look(data: bytes, media_type: str, at: datetime) -> Looked:
    """The scanner's word, and the clean copy. A scanner that is away, or whose list is old, settles nothing: the file waits."""
    try:
        scanner = scanning.scanner()
        if not is_new_enough(scanner.signatures_on, at):
            return Looked("signatures-old", scanner=scanner.name, signatures_on=scanner.signatures_on)
        harmful = scanning.is_harmful(data)
    except scanning.Away:
        return Looked("scanner-away")
    said = {"scanner": scanner.name, "signatures_on": scanner.signatures_on}
    if harmful:
        return Looked("malware", is_settled=True, **said)  # type: ignore[arg-type]
    try:
        return Looked(is_settled=True, copy=cleaning.clean(data, media_type), **said)  # type: ignore[arg-type]
    except cleaning.NotCleaned as fault:
        return Looked(fault.code, is_settled=True, **said)  # type: ignore[arg-type]


def is_new_enough(signatures_on: datetime | None, at: datetime) -> bool:
    """A list of unknown age is never new enough; neither is one from the future, as a wrong clock makes it."""
    longest, wrong = timedelta(days=settings.ALONGSIDE_SIGNATURE_DAYS), timedelta(days=1)
    return signatures_on is not None and -wrong <= at - signatures_on <= longest


def check_waiting(now: Callable[[], datetime]) -> int:
    """The worker looks again at what waits, the oldest first, and stops where the scanner still cannot say; how many it settled."""
    from alongside.uploads import actions, queries  # each of them uses what stands here

    settled = 0
    for row in queries.waiting(AT_ONCE):
        looked = look(queries.original(row), row.media_type, now())
        if not looked.is_settled:
            break
        with unit_of_work():
            actions.settle(upload=row, looked=looked, by=ACTOR, at=now())
        settled += 1
    return settled
