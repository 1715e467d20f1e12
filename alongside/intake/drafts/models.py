"""The kept draft."""

import uuid

from django.db import models

from alongside.agencies.models import Agency, Team, User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from alongside.sealed.fields import SealedText


class Draft(Gated):
    """One call being recorded by one person. `content` is what was typed, as JSON; empty once it was sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    content = SealedText(blank=True, default="")
    version = models.PositiveIntegerField(default=0, help_text="counts what was kept; 0: nobody has typed into it yet")
    began_at = models.DateTimeField()
    began_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateTimeField(null=True, blank=True)
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="the first case it opened"
    )

    gate_paths = (("record", "id"),)
    owned_by = ("draft", "id")
    privacy = Privacy(
        who="the person who records the call",
        kept="until it is sent or dropped",
        special=True,
        sealed=("content",),
        about="person",
    )

    class Meta:
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class UnsentCall(Gated):
    """That a call was begun, by whom and when: all that the writer's team learns of one that is not sent in time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.OneToOneField(Draft, on_delete=models.CASCADE, related_name="watched")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateTimeField(help_text="from when on the team is told")

    gate_paths = (("record", "id"),)
    privacy = Privacy(
        who="the writer's team and its deputy",
        kept="until the call is sent or dropped",
        special=False,
        sealed=(),
        about="staff",
    )

    def __str__(self) -> str:
        return f"unsent call {self.draft_id}"
