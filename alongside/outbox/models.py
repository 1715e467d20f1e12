"""Messages out, alarms set, and in the demonstration the mail that was caught."""

from __future__ import annotations

import uuid

from django.db import models

from alongside.audit.api import Guarded, Privacy


class Message(Guarded):
    """One notice to one recipient (a user, a team, a person), sent once."""

    class State(models.TextChoices):
        QUEUED = "queued", "waiting to be sent"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        UNCERTAIN = "uncertain", "perhaps sent: a person must decide"
        FAILED = "failed", "refused"
        HELD = "held", "not shown to be safe: a colleague decides"
        VOID = "void", "not sent: something changed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=20, default="email")
    # `kind:id`, for example `agencies.team:…`; the address is looked up when it is sent and never stored here.
    recipient = models.CharField(max_length=150)
    to_person = models.BooleanField()
    template = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    due_on = models.DateTimeField()
    lease_ends_on = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    # A code such as `mail-server-unreachable`, never what the server said: that may hold an address.
    problem = models.CharField(max_length=60, blank=True)
    posted_at = models.DateTimeField()
    posted_by = models.CharField(max_length=100)

    privacy = Privacy(who="partnership administrators", kept="two years after sending", about="staff")

    class Meta:
        indexes = [models.Index(fields=("state", "due_on"), name="outbox_message_due")]

    def __str__(self) -> str:
        return f"{self.template} for {self.recipient.partition(':')[0]}, {self.get_state_display()}"


class Timer(Guarded):
    """Something to look at again at a moment: an immediate duty unopened after 15 minutes, a notice before school."""

    class State(models.TextChoices):
        SET = "set", "set"
        RUNG = "rung", "rung"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    due_on = models.DateTimeField()
    next_try_on = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.SET)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=60, blank=True)

    privacy = Privacy(who="partnership administrators", kept="as long as the record it is about", about="case")

    class Meta:
        indexes = [models.Index(fields=("state", "next_try_on"), name="outbox_timer_due")]

    def __str__(self) -> str:
        return f"{self.kind}, {self.get_state_display()}"


class CaughtMail(models.Model):
    """A mail of the demonstration, kept to be looked at instead of being sent."""

    message_id = models.CharField(max_length=200)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    caught_on = models.DateTimeField()

    privacy = Privacy(who="anyone who tries the demonstration", kept="until the demonstration is made anew")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("message_id", "recipient"), name="outbox_caughtmail_once")]
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.subject
