"""Asking for a set of cases, keeping it once it is written, giving it up, deleting it."""

from datetime import datetime
from functools import partial

from django.db import transaction

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import Actor, action, record
from alongside.insight import files, queries, states
from alongside.insight.hooks import SOURCES
from alongside.insight.models import CaseSet
from alongside.outbox.api import schedule
from alongside.policy.reproducing import Reproduced

TIMER = "insight.prepare"
MOST = 1_000_000


@action("insight.cases_asked")
def ask_for_cases(*, source: str, wanted: int | None, by: Actor, at: datetime) -> CaseSet:
    """Ask for a set of cases: in the background, or made at once by whoever operates the installation.

    `wanted` is how many to invent, where they are invented.
    """
    person = by if isinstance(by, User) else None
    if person is not None:
        access.check_may(person, "try_changes")
    offered = SOURCES.get(source)
    if offered is None:
        raise Refused("There are no such cases. Nothing was changed.")
    under_way = queries.asked()
    if under_way is not None:
        if files.progress(under_way.pk, (at - under_way.asked_at).total_seconds()).is_heard:
            raise Refused("Cases are being prepared already. Wait until they are ready; nothing was changed.")
        states.case_set.move(under_way, to=CaseSet.State.FAILED, by=by, at=at)
        _drop(under_way)
    count = offered.count() if offered.count else wanted
    if not count or count > MOST:
        raise Refused(f"There must be at least one case, and at most {MOST:,}. Nothing was changed.")
    row = CaseSet.objects.create(source=source, wanted=count, asked_at=at, asked_by=person)
    states.case_set.bulk_open([row], by=by, at=at)
    if person is not None:
        schedule(kind=TIMER, subject_id=str(row.pk), due=at, key=f"{TIMER}:{row.pk}", by=by, at=at)
    record(row, by=by, at=at, source=source, wanted=count)
    return row


@action("insight.cases_kept")
def keep_cases(*, case_set: CaseSet, found: Reproduced, by: Actor, at: datetime) -> None:
    """The file is written and checked: it takes the place of the one before, whose file goes."""
    former = queries.ready()
    if former is not None:
        states.case_set.move(former, to=CaseSet.State.GONE, by=by, at=at)
        _drop(former)
    CaseSet.objects.filter(pk=case_set.pk).update(
        ready_on=at,
        cases=found.cases + found.unchecked,
        decisions=found.decisions,
        differing=sum(found.differing.values()),
        unchecked=found.unchecked,
    )
    states.case_set.move(case_set, to=CaseSet.State.READY, by=by, at=at)
    record(case_set, by=by, at=at, cases=found.cases + found.unchecked)


@action("insight.cases_given_up")
def give_up_cases(*, case_set: CaseSet, by: Actor, at: datetime) -> None:
    """It could not be finished; nothing of it stays."""
    states.case_set.move(case_set, to=CaseSet.State.FAILED, by=by, at=at)
    _drop(case_set)
    record(case_set, by=by, at=at)


@action("insight.cases_deleted")
def delete_cases(*, case_set: CaseSet, by: User, at: datetime) -> None:
    """The question is answered: the file goes."""
    access.check_may(by, "try_changes")
    states.case_set.move(case_set, to=CaseSet.State.GONE, by=by, at=at)
    _drop(case_set)
    record(case_set, by=by, at=at)


def _drop(case_set: CaseSet) -> None:
    """Its file goes once that it goes is on record."""
    transaction.on_commit(partial(files.drop, case_set.pk))
