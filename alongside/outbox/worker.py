"""The worker: sends what is due, rings what is due, one at a time, so that a crash leaves at most one in doubt."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError, transaction

from alongside.audit.api import SystemActor
from alongside.outbox import actions, gateway, registry
from alongside.outbox.gateway import Gateway, Outcome, Result
from alongside.outbox.models import Message, Timer

ACTOR = SystemActor("outbox")
log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass(slots=True)
class Round:
    """What one round did."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    held: int = 0
    rung: int = 0
    postponed: int = 0
    besides: int = 0

    def __bool__(self) -> bool:
        return any((self.sent, self.waiting, self.failed, self.held, self.rung, self.postponed, self.besides))


def run_once(now: Clock) -> Round:
    """Everything due at this moment, then return. `now` is read again for every message."""
    done = Round()
    ring_due(now, done)
    actions.reclaim(by=ACTOR, at=now())
    if gateway.configured():
        with Gateway() as mail:
            while (message := actions.claim(by=ACTOR, at=now())) is not None:
                deliver(message, mail, now, done)
    for work in registry.works():
        done.besides += _besides(work, now)
    return done


def _besides(work: registry.Work, now: Clock) -> int:
    """One that fails stops neither the mail nor the others; it is tried again in the next round."""
    try:
        return work(now)
    except OperationalError:
        raise  # the database is away, which the loop waits for
    except Exception as error:  # its words may hold what was told of somebody
        log.warning("%s failed: %s", work.__module__, type(error).__name__)
        return 0


def deliver(message: Message, mail: Gateway, now: Clock, done: Round) -> None:
    """Send a claimed message to each of its addresses and settle it; one that is not cleared now waits, or is held."""
    try:
        addresses = registry.addresses(message.recipient, message.channel, now())
    except registry.NotCleared as refused:
        actions.hold(message=message, clearance=refused.clearance, by=ACTOR, at=now())
        done.waiting += message.state == Message.State.QUEUED
        done.held += message.state == Message.State.HELD
        return
    result = _send(message, mail, addresses)
    states = Message.State
    to = {
        Outcome.SENT: states.SENT,
        Outcome.NOT_SENT: states.QUEUED,
        Outcome.REFUSED: states.FAILED,
        Outcome.UNCERTAIN: states.UNCERTAIN if message.to_person else states.QUEUED,
    }[result.outcome]
    actions.settle(message=message, to=to, problem=result.problem, by=ACTOR, at=now())
    done.sent += to == states.SENT
    done.waiting += to == states.QUEUED
    done.failed += to == states.FAILED
    done.held += to == states.UNCERTAIN


def _send(message: Message, mail: Gateway, addresses: list[str]) -> Result:
    """One mail for each address; the first that does not go decides, and those that went are not sent twice:
    they carry the same Message-ID again."""
    if not addresses:
        return Result(Outcome.REFUSED, "no-address")
    results = [mail.send(key=message.key, template=message.template, address=address) for address in addresses]
    worst = [result for result in results if result.outcome in (Outcome.UNCERTAIN, Outcome.NOT_SENT)]
    # One member whose address is refused must not keep the notice from being done for the rest of the team.
    refused = [result for result in results if result.outcome is Outcome.REFUSED]
    if worst:
        return worst[0]
    return refused[0] if len(refused) == len(results) else Result(Outcome.SENT, refused[0].problem if refused else "")


def ring_due(now: Clock, done: Round) -> None:
    """Ring every timer that is due, each in its own transaction; a failing one waits and does not stop the others."""
    kinds = registry.timer_kinds()
    while True:
        failed: tuple[Timer, Exception] | None = None
        with transaction.atomic():
            due = Timer.objects.filter(state=Timer.State.SET, next_try_on__lte=now(), kind__in=kinds)
            timer = due.select_for_update(skip_locked=True).order_by("next_try_on", "pk").first()
            if timer is None:
                return
            handler = registry.timer_handler(timer.kind)
            try:
                actions.ring(timer=timer, handler=handler, by=ACTOR, at=now())
                done.rung += 1
            except Exception as error:
                log.warning("timer %s of kind %s failed: %s", timer.pk, timer.kind, type(error).__name__)
                failed = timer, error
            if failed is not None:
                actions.postpone(timer=failed[0], problem=type(failed[1]).__name__, by=ACTOR, at=now())
                done.postponed += 1
