"""Posting, claiming and settling messages; setting and ringing timers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from alongside.audit.api import ActionError, Actor, StateRefused, action, record, unit_of_work
from alongside.outbox import registry, states
from alongside.outbox.models import Message, Timer
from alongside.outbox.templates import STAFF, TO_PERSONS, TO_STAFF

# Longer than every time-out of one mail together, so that a live worker never loses its lease.
LEASE = timedelta(seconds=120)
NOT_CLEARED = "not-cleared"
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=30), timedelta(hours=1)


def post(*, to: str, key: str, by: Actor, at: datetime, template: str = STAFF, due: datetime | None = None) -> Message:
    """Post a message in the transaction of the act that causes it; the same `key` again gives the first message.

    `to` is `kind:id` of a registered kind. Raises NotCleared when the kind is unknown. What is for a person whose safe-contact
    record does not allow it is held, and a colleague is asked; where only the hour is wrong it waits for its hour.
    """
    there = Message.objects.filter(key=key).first()
    if there is not None:
        return there
    try:
        with unit_of_work():
            return _post(to=to, key=key, template=template, due=due or at, by=by, at=at)
    except IntegrityError:
        # Somebody posted the same key between our look and our write.
        return Message.objects.get(key=key)


@action("outbox.message_posted")
def _post(*, to: str, key: str, template: str, due: datetime, by: Actor, at: datetime) -> Message:
    person = registry.is_person(to)
    if template not in (TO_PERSONS if person else TO_STAFF):
        raise ActionError(f"{template!r} is no template for {'a person' if person else 'staff'}")
    refused = _refused(to, at) if person else None
    message = Message.objects.create(
        recipient=to,
        key=key,
        template=template,
        to_person=person,
        due_on=due,
        state=Message.State.HELD if refused else Message.State.QUEUED,
        problem=NOT_CLEARED if refused else "",
        posted_by=by.audit_name,
        posted_at=at,
    )
    states.message.bulk_open([message], by=by, at=at, began=Message.State.QUEUED)
    record(message, by=by, at=at, template=template, to=to)
    if refused:
        registry.tell_held(to, message.channel, refused, by=by, at=at)
    return message


def _refused(to: str, at: datetime) -> registry.Clearance | None:
    """Why a message to a person has to be held; None when it may go, now or at its hour."""
    try:
        registry.addresses(to, "email", at)
    except registry.NotCleared as refusal:
        return None if refusal.clearance.opens_on else refusal.clearance
    return None


def claim(*, by: Actor, at: datetime) -> Message | None:
    """Take the next due message for LEASE and commit that it is tried, before it is tried. None when nothing is due."""
    with transaction.atomic():
        due = Message.objects.filter(state=Message.State.QUEUED, due_on__lte=at).order_by("due_on", "pk")
        message = due.select_for_update(skip_locked=True).first()
        return message and _claim(message=message, by=by, at=at)


@action("outbox.message_claimed")
def _claim(*, message: Message, by: Actor, at: datetime) -> Message:
    states.message.move(message, to=Message.State.SENDING, by=by, at=at)
    message.attempts += 1
    message.lease_ends_on = at + LEASE
    message.save(update_fields=("attempts", "lease_ends_on"))
    record(message, by=by, at=at, attempt=message.attempts)
    return message


@action("outbox.message_settled")
def settle(*, message: Message, to: str, by: Actor, at: datetime, problem: str = "") -> Message:
    """Write down how an attempt ended; back in the queue it waits twice as long as the time before, an hour at most."""
    states.message.move(message, to=to, by=by, at=at)
    message.problem, message.lease_ends_on = problem, None
    if to == Message.State.QUEUED:
        message.due_on = at + delay(message.attempts)
    message.save(update_fields=("problem", "lease_ends_on", "due_on"))
    record(message, by=by, at=at, to=to, problem=problem, attempt=message.attempts)
    return message


def hold(*, message: Message, clearance: registry.Clearance, by: Actor, at: datetime) -> Message:
    """A message that is not cleared as it is to be sent: it waits for its hour, or for a colleague, who is asked."""
    if clearance.opens_on is not None:
        return _wait(message=message, until=clearance.opens_on, by=by, at=at)
    with unit_of_work():
        settle(message=message, to=Message.State.HELD, problem=NOT_CLEARED, by=by, at=at)
        registry.tell_held(message.recipient, message.channel, clearance, by=by, at=at)
    return message


@action("outbox.message_waits")
def _wait(*, message: Message, until: datetime, by: Actor, at: datetime) -> Message:
    states.message.move(message, to=Message.State.QUEUED, by=by, at=at)
    message.due_on, message.lease_ends_on, message.problem = max(until, at), None, "outside-safe-hours"
    message.save(update_fields=("due_on", "lease_ends_on", "problem"))
    record(message, by=by, at=at, attempt=message.attempts)
    return message


def void(*, recipients: Collection[str], problem: str, by: Actor, at: datetime) -> int:
    """Take back what waits for some people, because what it rested on changed; returns how many messages that were.

    One that is being sent at this moment is not in the queue any more: its clearance was asked as it was taken.
    """
    waiting = Message.objects.filter(
        recipient__in=list(recipients), state__in=(Message.State.QUEUED, Message.State.HELD)
    )
    messages = list(waiting.select_for_update().order_by("pk"))
    for message in messages:
        _void(message=message, problem=problem, by=by, at=at)
    return len(messages)


def release(*, recipient: str, why: str, by: Actor, at: datetime) -> int:
    """Let what is held for a person into the queue again; whether it may go is asked when it is sent."""
    messages = list(Message.objects.filter(recipient=recipient, state=Message.State.HELD).order_by("pk"))
    for message in messages:
        decide(message=message, to=Message.State.QUEUED, why=why, by=by, at=at)
    return len(messages)


@action("outbox.message_voided")
def _void(*, message: Message, problem: str, by: Actor, at: datetime) -> None:
    states.message.move(message, to=Message.State.VOID, by=by, at=at)
    message.problem, message.lease_ends_on = problem, None
    message.save(update_fields=("problem", "lease_ends_on"))
    record(message, by=by, at=at, problem=problem)


@action("outbox.message_decided")
def decide(*, message: Message, to: str, why: str, by: Actor, at: datetime) -> Message:
    """What a person decided, with the reason, about a message that is held: it arrived, send it again, or never."""
    if message.state not in (Message.State.UNCERTAIN, Message.State.FAILED, Message.State.HELD):
        raise StateRefused("Only a message that is held waits for a decision.")
    states.message.move(message, to=to, by=by, at=at, why=why)
    message.problem, message.due_on = "", at
    message.save(update_fields=("problem", "due_on"))
    record(message, by=by, at=at, to=to)
    return message


def delay(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 30 seconds, doubled each time, an hour at most."""
    return min(FIRST_DELAY * (1 << min(max(attempts - 1, 0), 10)), LONGEST_DELAY)


def reclaim(*, by: Actor, at: datetime) -> int:
    """Settle what a dead worker left: staff mail goes again under its own Message-ID, a person's is held."""
    with transaction.atomic():
        left = Message.objects.filter(state=Message.State.SENDING, lease_ends_on__lt=at)
        messages = list(left.select_for_update(skip_locked=True).order_by("pk")[:100])
        for message in messages:
            to = Message.State.UNCERTAIN if message.to_person else Message.State.QUEUED
            settle(message=message, to=to, problem="worker-stopped", by=by, at=at)
    return len(messages)


def schedule(*, kind: str, subject_id: str, due: datetime, key: str, by: Actor, at: datetime) -> Timer:
    """Set a timer in the transaction of the act that needs it; the same `key` again gives the first timer.

    `kind` must be registered with `register_timer` by the time it is due.
    """
    there = Timer.objects.filter(key=key).first()
    if there is not None:
        return there
    try:
        with unit_of_work():
            return _schedule(kind=kind, subject_id=subject_id, due=due, key=key, by=by, at=at)
    except IntegrityError:
        return Timer.objects.get(key=key)


@action("outbox.timer_set")
def _schedule(*, kind: str, subject_id: str, due: datetime, key: str, by: Actor, at: datetime) -> Timer:
    timer = Timer.objects.create(kind=kind, subject_id=subject_id, due_on=due, next_try_on=due, key=key)
    states.timer.bulk_open([timer], by=by, at=at)
    record(timer, by=by, at=at, kind=kind, subject=subject_id)
    return timer


def cancel(*, key: str, by: Actor, at: datetime) -> bool:
    """Cancel a timer that is no longer needed; False when there is none still set."""
    timer = Timer.objects.select_for_update().filter(key=key, state=Timer.State.SET)
    with transaction.atomic():
        found = timer.first()
        if found is not None:
            _cancel(timer=found, by=by, at=at)
    return found is not None


@action("outbox.timer_cancelled")
def _cancel(*, timer: Timer, by: Actor, at: datetime) -> None:
    states.timer.move(timer, to=Timer.State.CANCELLED, by=by, at=at)
    record(timer, by=by, at=at, kind=timer.kind)


@action("outbox.timer_rung")
def ring(*, timer: Timer, handler: registry.TimerHandler, by: Actor, at: datetime) -> None:
    """Let a timer's handler do its work and mark it rung: both or neither."""
    states.timer.move(timer, to=Timer.State.RUNG, by=by, at=at)
    handler(timer.subject_id, by=by, at=at)
    record(timer, by=by, at=at, kind=timer.kind, subject=timer.subject_id)


@action("outbox.timer_failed")
def postpone(*, timer: Timer, problem: str, by: Actor, at: datetime) -> None:
    """A handler failed: try again later and leave the problem to be seen."""
    Timer.objects.filter(pk=timer.pk).update(
        failures=F("failures") + 1, problem=problem[:60], next_try_on=at + delay(timer.failures + 1)
    )
    record(timer, by=by, at=at, kind=timer.kind, problem=problem[:60])
