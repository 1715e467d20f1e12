"""Agencies with a system of their own: the worker asks their agents, one after another, in no transaction. Nothing heard is never *not held*."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from alongside.agencies.access import Refused
from alongside.agent import NoReply, NotReady, Question, Remote, Remotes, ask, read_remotes, tokens
from alongside.audit.api import SystemActor
from alongside.people import matching
from alongside.sharing.consults import actions, queries
from alongside.sharing.consults.models import PURPOSES, Consult

ACTOR = SystemActor("consult")
LATE = timedelta(
    minutes=15
)  # then somebody rings: to be confirmed by the partnership; the procedure says "immediately"
AGAIN = timedelta(seconds=30)
log = logging.getLogger(__name__)
_tried: dict[UUID, datetime] = {}  # of this worker; another may ask once more, which an agent answers alike


def ask_waiting(now: Callable[[], datetime]) -> int:
    """Ask every agent that owes an answer, and keep what comes; how many answers were kept."""
    rows = queries.waiting()
    for old in _tried.keys() - {row.pk for row in rows}:
        del _tried[old]
    remotes = _remotes() if rows else None
    return sum(_settle(row, remotes, now) for row in rows)


def _settle(row: Consult, remotes: Remotes | None, now: Callable[[], datetime]) -> bool:
    if row.pk in _tried and now() - _tried[row.pk] < AGAIN:
        return False
    _tried[row.pk] = now()
    remote = remotes.of.get(row.agency.code) if remotes else None
    try:
        if remotes is None or remote is None:
            raise NoReply("No agent is named for it.")
        told = _answers(row, remote, remotes.partnership_key)
    except (NoReply, ValueError) as fault:
        log.warning("the agent of %s: %s", row.agency.code, fault)
        if now() - row.asked_at < LATE:
            return False
        return _keep(row, "cannot-tell", why="no-answer", at=now())
    return _keep(row, *_together(told), at=now())


def _answers(row: Consult, remote: Remote, key: bytes) -> dict[UUID, str]:
    """What the agent says of each person. Raises NoReply unless it answers for all of them."""
    asker = row.asked_by
    about = {id_: matching.known(str(id_), said) for id_, said in queries.asked_about(row).items()}
    return {
        id_: ask(
            remote, Question(uuid4().hex, asker.agency.code, asker.role, PURPOSES[row.purpose], tokens(one, key))
        ).answer
        for id_, one in about.items()
    }


def _together(told: Mapping[UUID, str]) -> tuple[str, str, list[UUID]]:
    """One answer, why it cannot be told, and who is held: *not held* only where that was said of everybody."""
    held = [id_ for id_, answer in told.items() if answer == "held"]
    if held:
        return "held", "", held
    if not told:
        return "cannot-tell", "nothing-known", []
    is_none = all(answer == "not-held" for answer in told.values())
    return ("not-held", "", []) if is_none else ("cannot-tell", "like", [])


def _keep(row: Consult, answer: str, why: str, held: list[UUID] | None = None, *, at: datetime) -> bool:
    _tried.pop(row.pk, None)
    try:
        actions.answer_later(consult=row, answer=answer, why=why, held_about=held or [], by=ACTOR, at=at)
    except Refused:  # another worker was first
        return False
    return True


def _remotes() -> Remotes | None:
    """The agents that the operator named; None where there are none, or the file cannot be read."""
    if not settings.ALONGSIDE_AGENTS:
        return None
    path = Path(settings.ALONGSIDE_AGENTS)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, NotReady) as fault:
        log.error("no agent can be asked: %s", fault)
        return None


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Remotes:
    return read_remotes(path)
