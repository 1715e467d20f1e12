"""The cases that a change is tried on: a file of this installation, and who asked for it."""

import uuid

from django.db import models

from alongside.agencies.models import User
from alongside.audit.api import Guarded, Privacy


class CaseSet(Guarded):
    """Cases as they were last decided, in a file apart; here only when, by whom, how many, and whether replaying gives the same.

    `source` names where they come from (see `hooks`). The file is about people and goes when the next one is ready.
    """

    class State(models.TextChoices):
        ASKED = "asked", "asked for"
        READY = "ready", "ready"
        FAILED = "failed", "not finished"
        GONE = "gone", "deleted"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=20)
    wanted = models.PositiveIntegerField(help_text="cases to come, for the progress shown")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    ready_on = models.DateTimeField(null=True)
    cases = models.PositiveIntegerField(default=0)
    decisions = models.PositiveBigIntegerField(default=0, help_text="made again, by the rules in force then")
    differing = models.PositiveBigIntegerField(default=0, help_text="of those, came out otherwise than is on record")
    unchecked = models.PositiveIntegerField(default=0, help_text="cases decided by rules that are not here any more")

    privacy = Privacy(
        who="the policy lead: counts only",
        kept="the file until the next one is ready, or it is deleted; that it was made, while the partnership exists",
        about="staff",
    )

    class Meta:
        verbose_name = "set of cases"
        verbose_name_plural = "sets of cases"
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state="asked"),
                name="one_set_of_cases_is_prepared",
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state="ready"),
                name="one_set_of_cases_is_ready",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, asked for {self.asked_at:%Y-%m-%d}"
