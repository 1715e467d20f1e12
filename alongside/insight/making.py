"""Writing a set of cases in a process of its own, so that neither a request nor the worker's messages wait for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from alongside.audit.api import Actor, SystemActor
from alongside.clock import in_london
from alongside.duties import population
from alongside.insight import actions, files, hooks, queries
from alongside.insight.models import CaseSet
from alongside.policy.reproducing import Reproduced, books, reproduce
from alongside.policy.store import read
from alongside.procedures.queries import library

TIMER = actions.TIMER
ACTOR = SystemActor("insight")
_RUNNING: list[subprocess.Popen[bytes]] = []


def begin(subject_id: str, /, *, by: Actor, at: object) -> None:
    """The timer's moment: start the process. It ends with the worker, and what it leaves undone can be asked for again."""
    _RUNNING[:] = [one for one in _RUNNING if one.poll() is None]
    command = [sys.executable, "-c", "from alongside.cli import main; main()", "insight", "prepare", subject_id]
    _RUNNING.append(subprocess.Popen(command))  # noqa: S603 - our own program, with an id of ours


def make(pk: UUID, tick: hooks.Tick = lambda _: None) -> CaseSet | None:
    """Write what was asked for, check it, keep it; None where it is not asked for any more. Raises what went wrong.

    `tick` is told as it goes, as is whoever looks at the page.
    """
    case_set, former = queries.asked(), queries.ready()
    if case_set is None or case_set.pk != pk:
        return None
    files.tidy([pk, *([former.pk] if former else [])])
    try:
        found = _write(case_set, tick)
        actions.keep_cases(case_set=case_set, found=found, by=ACTOR, at=timezone.now())
    except BaseException:
        files.drop(pk)  # given up already, it may be, by somebody who waited too long
        if queries.asked() == case_set:
            actions.give_up_cases(case_set=case_set, by=ACTOR, at=timezone.now())
        raise
    return case_set


def _write(case_set: CaseSet, tick: hooks.Tick) -> Reproduced:
    out, done = files.path_of(case_set.pk), 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        files.note(case_set.pk, done)
        tick(count)

    files.note(case_set.pk, 0)
    hooks.SOURCES[case_set.source].write(out, case_set.wanted, tell)
    held = read(out, library().vocabulary)
    return reproduce(held.frame, held.decided, books(library(), held.about["books"]))


def _decided(out: Path, count: int, tick: hooks.Tick) -> None:
    population.write_decided(out, in_london(timezone.now()).date(), tick)


decided = hooks.Source(
    write=_decided,
    count=population.how_many,
    button="Prepare the cases",
    says="every case of the partnership, as it was last decided",
)
