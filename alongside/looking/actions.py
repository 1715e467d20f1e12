"""Copying looks from the chains, raising what is unusual, and what a lead says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from alongside.agencies.models import User
from alongside.audit.api import Actor, action, record, unit_of_work
from alongside.audit.models import Event
from alongside.looking import access, budget, rules
from alongside.looking.models import Followed, Look, Raised
from alongside.looking.queries import facts, raised, reading, subjects
from alongside.looking.states import RAISED
from alongside.outbox.api import post

BATCH = 1_000  # events copied in one transaction


def follow(*, by: Actor, at: datetime, most: int = 20 * BATCH) -> int:
    """Copy what the chains say since the last time, until nothing or about `most` events are copied, and raise what is unusual; how many.

    The copy is no act and leaves no event: it says nothing that the chain does not. What is raised is one.
    """
    done = 0
    for name in reading.chains_behind():
        copied = BATCH
        while copied == BATCH and done < most:
            with unit_of_work():
                copied = _follow(name, by, at)
            done += copied
    return done


def _follow(name: str, by: Actor, at: datetime) -> int:
    Followed.objects.get_or_create(chain=name)
    mark = Followed.objects.select_for_update().get(chain=name)
    events = list(Event.objects.filter(chain=name, seq__gt=mark.seq).order_by("seq")[:BATCH])
    if events:
        looks = Look.objects.bulk_create(subjects.looks_in(events))
        mark.seq = events[-1].seq
        mark.save(update_fields=["seq"])
        _raise_from([look for look in looks if at - look.looked_on < rules.NOT_OLDER], by, at)
    return len(events)


@dataclass
class _Found:
    """Looks of one member of staff at one record, in one batch."""

    looks: list[Look] = field(default_factory=list)
    rules: set[str] = field(default_factory=set)


def _raise_from(looks: Iterable[Look], by: Actor, at: datetime) -> None:
    opened = [look for look in looks if look.is_opened]
    known, staff = facts.known(opened), facts.lookers(opened)
    found: defaultdict[tuple[UUID, str, UUID], _Found] = defaultdict(_Found)
    for look in opened:
        if look.looker not in staff:
            continue
        _, looker = staff[look.looker]
        holding = rules.unusual(looker, look.subject_kind, look.subject, look.looked_on, known)
        if holding:
            one = found[look.looker, *_record(look, known)]
            one.looks.append(look)
            one.rules |= set(holding)
    for (user, kind, subject), one in found.items():
        _keep(staff[user][0], kind, subject, one, by, at)
    _raise_many(opened, {user.pk: user for user, _ in staff.values()}, by, at)


def _record(look: Look, known: rules.Known) -> tuple[str, UUID]:
    """The case in place of a person who is in one alone, so that a page of each is one thing to answer."""
    cases = known.cases_of.get(look.subject, frozenset())
    if look.subject_kind == "person" and len(cases) == 1:
        return "case", next(iter(cases))
    return look.subject_kind, look.subject


def _raise_many(opened: Iterable[Look], staff: dict[UUID, User], by: Actor, at: datetime) -> None:
    """Once a day for each member of staff who opened so many records that they are slowed down."""
    days = {(look.looker, budget.since(look.looked_on)): look for look in opened if look.looker in staff}
    for (looker, begun), look in days.items():
        user = staff[looker]
        there = raised.standing(looker, looker)
        if user.role == "service" or (there and budget.since(there.first_on) == begun):
            continue
        if len(facts.opened_by(user.audit_name, begun)[0]) >= rules.SLOW_FROM:
            _keep(user, "day", looker, _Found([look], {"many"}), by, at)


def _keep(user: User, kind: str, subject: UUID, found: _Found, by: Actor, at: datetime) -> None:
    there = raised.standing(user.pk, subject)
    if there and kind != "day" and raised.is_quiet(there, found.rules, at):
        return
    if there and there.state in ("open", "passed-on") and kind != "day":
        add_to_raised(row=there, found=found, by=by, at=at)
    else:
        raise_look(user=user, subject_kind=kind, subject=subject, found=found, by=by, at=at)


@action("looking.raised")
def raise_look(*, user: User, subject_kind: str, subject: UUID, found: _Found, by: Actor, at: datetime) -> Raised:
    """Put an unusual look before the leads, and tell them, once a day, that something waits."""
    moments = [look.looked_on for look in found.looks]
    row = Raised.objects.create(
        agency=user.agency,
        looker=user,
        subject_kind=subject_kind,
        subject=subject,
        what=found.looks[0].what,
        rules=_ordered(found.rules),
        times=len(found.looks),
        first_on=min(moments),
        last_on=max(moments),
        raised_on=at,
    )
    RAISED.bulk_open([row], by=by, at=at)
    for lead in raised.leads_of(user.agency, user, subject):
        post(to=f"user:{lead.pk}", key=f"looking:{lead.pk}:{budget.since(at):%Y-%m-%d}", by=by, at=at)
    record(row, by=by, at=at, rules=" ".join(row.rules), times=row.times)
    return row


@action("looking.raised_again")
def add_to_raised(*, row: Raised, found: _Found, by: Actor, at: datetime) -> Raised:
    """Count further looks to what waits for its answer already."""
    row.times += len(found.looks)
    row.rules = _ordered({*row.rules, *found.rules})
    row.last_on = max(row.last_on, *(look.looked_on for look in found.looks))
    row.save(update_fields=["times", "rules", "last_on"])
    record(row, by=by, at=at, times=row.times)
    return row


def _ordered(codes: Iterable[str]) -> list[str]:
    return [code for code in rules.RULES if code in set(codes)]


@action("looking.answered")
def answer(*, row: Raised, to: str, why: str, by: User, at: datetime) -> Raised:
    """Say whether an unusual look was for work: explained, not explained, or passed on, with the reason."""
    access.check_may_answer(by, row)
    RAISED.move(row, to=to, why=why.strip(), by=by, at=at)
    record(row, by=by, at=at, answer=to)
    return row
