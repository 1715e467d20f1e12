"""What can be asked of the outbox: its state for the status page, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from alongside.outbox import gateway
from alongside.outbox.models import CaughtMail, Message, Timer


@dataclass(frozen=True, slots=True)
class Status:
    """The outbox at a moment: messages by state, how long the oldest due one waits, timers that fail."""

    messages: dict[str, int]
    oldest_waits: timedelta
    problems: dict[str, int]
    timers_overdue: int
    mail_server_set: bool

    @property
    def sentence(self) -> str:
        """What to tell a person first."""
        held = self.messages.get(Message.State.UNCERTAIN, 0)
        waiting = self.messages.get(Message.State.QUEUED, 0) + self.messages.get(Message.State.SENDING, 0)
        if not self.mail_server_set:
            return f"No mail server is set: {_wait(waiting) if waiting else 'nothing waits'}."
        if self.problems and waiting:
            return f"{_wait(waiting)}: {', '.join(sorted(self.problems))}."
        if held:
            return f"{held} may or may not have left: a person must decide."
        if not_shown := self.messages.get(Message.State.HELD, 0):
            return f"{_wait(not_shown)} for a colleague: it is not shown to be safe."
        return f"{_wait(waiting)}." if waiting else "Nothing waits."


def _wait(count: int) -> str:
    return "1 message waits" if count == 1 else f"{count} messages wait"


def status(*, at: datetime) -> Status:
    """The state of the outbox at this moment."""
    states = dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))
    open_ones = Message.objects.filter(state__in=(Message.State.QUEUED, Message.State.SENDING))
    oldest = open_ones.filter(posted_at__lte=at).aggregate(first=Min("posted_at"))["first"]
    problems = dict(open_ones.exclude(problem="").order_by().values_list("problem").annotate(Count("pk")))
    overdue = Timer.objects.filter(state=Timer.State.SET, due_on__lt=at - timedelta(minutes=1)).count()
    return Status(states, at - oldest if oldest else timedelta(0), problems, overdue, gateway.configured())


def held() -> QuerySet[Message]:
    """Messages that wait for a person's decision, oldest first."""
    return Message.objects.filter(
        state__in=(Message.State.UNCERTAIN, Message.State.FAILED, Message.State.HELD)
    ).order_by("posted_at")


def message(pk: UUID) -> Message | None:
    """One message by its id."""
    return Message.objects.filter(pk=pk).first()


def caught(limit: int = 100) -> list[CaughtMail]:
    """The latest mails of the demonstration."""
    return list(CaughtMail.objects.all()[:limit])
