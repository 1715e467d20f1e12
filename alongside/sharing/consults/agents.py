"""Agencies with a system of their own: the worker asks their agents, one after another, in no transaction. Nothing heard is never *not held*."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from time import monotonic
from uuid import UUID, uuid4

from django.conf import settings

from alongside.agencies.access import Refused
from alongside.agencies.models import Agency
from alongside.agent import NoReply, NotReady, Question, Remote, Remotes, ask, read_remotes, tokens
from alongside.audit.api import SystemActor
from alongside.linkage import Known
from alongside.people import matching
from alongside.sharing.consults import actions, queries
from alongside.sharing.consults.models import PURPOSES, Consult

ACTOR = SystemActor("consult")
AGAIN = timedelta(seconds=30)
WAITS = 5.0  # seconds: the same worker sends the mail
A_ROUND = 10.0  # seconds
log = logging.getLogger(__name__)
# Agencies whose agent was silent, and when, in this worker: it is left alone for a while, so that one that is away holds up nothing else.
_silent: dict[UUID, datetime] = {}


def ask_waiting(now: Callable[[], datetime]) -> int:
    """Ask every agent that owes an answer, and keep what comes; how many answers were kept."""
    rows = queries.waiting()
    remotes, until = _remotes() if rows else None, monotonic() + A_ROUND
    in_time = takewhile(lambda _: monotonic() < until, rows)  # the rest in the next round, after the mail
    return sum(_settle(row, remotes, now) for row in in_time)


def _settle(row: Consult, remotes: Remotes | None, now: Callable[[], datetime]) -> bool:
    if not is_remote(row):
        return _keep(row, "cannot-tell", why="ended", at=now())
    told = _heard(row, remotes, now)
    if told is not None:
        return _keep(row, *_together(told), at=now())
    late = timedelta(minutes=settings.ALONGSIDE_AGENT_MINUTES)
    return now() - row.asked_at >= late and _keep(row, "cannot-tell", why="no-answer", at=now())


def is_remote(row: Consult) -> bool:
    """Whether the agency still says that its own system answers: one that took that back is asked nothing more."""
    source = getattr(row.agency, "consult_source", None)
    return source is not None and source.kept == "remote"


def is_set_up(agency: Agency) -> bool:
    """Whether the operator has named the agent of an agency."""
    remotes = _remotes()
    return remotes is not None and agency.code in remotes.of


def _heard(row: Consult, remotes: Remotes | None, now: Callable[[], datetime]) -> dict[UUID, str] | None:
    """What the agent says of each person; None where nothing is heard."""
    silent = _silent.get(row.agency_id)
    remote = remotes.of.get(row.agency.code) if remotes else None
    if remotes is None or remote is None or (silent is not None and now() - silent < AGAIN):
        return None
    try:
        told = _answers(row, remote, remotes.partnership_key)
    except (NoReply, ValueError) as fault:
        log.warning("the agent of %s is silent: %s", row.agency.code, type(fault).__name__)
        _silent[row.agency_id] = now()
        return None
    _silent.pop(row.agency_id, None)
    return told


def _answers(row: Consult, remote: Remote, key: bytes) -> dict[UUID, str]:
    """What the agent says of each person. Raises NoReply unless it answers for all of them."""
    asker = row.asked_by
    about = {id_: matching.known(str(id_), said) for id_, said in queries.asked_about(row).items()}

    def answer(known: Known) -> str:
        question = Question(uuid4().hex, asker.agency.code, asker.role, PURPOSES[row.purpose], tokens(known, key))
        return ask(remote, question, waits=WAITS).answer

    return {id_: answer(known) for id_, known in about.items()}


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
