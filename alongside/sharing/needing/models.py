"""One reason of one person for one case of another team of their agency."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.models import Ground
from alongside.gate.viewing import Gated
from alongside.sealed.fields import SealedText

# What somebody chooses from.
WHY = {
    "about-to-meet": "I am about to see or ring somebody in it",
    "same-people": "I work on another case with the same people",
    "asked": "Somebody in it, or another professional, has turned to me",
    "stands-in": "I stand in for the team that has it",
    "danger": "I have heard something that touches somebody's safety",
    "other": "For another reason, which I give",
}
NEW_CALL = "new-call"
REASONS = WHY | {NEW_CALL: "They recorded a new call about somebody in it"}


class StatedNeed(Gated):
    """Who needed a case, why, and until when. `call` is the new case whose recording was the reason; then nothing had to be said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stated_needs")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=list(REASONS.items()))
    words = SealedText(blank=True, default="")
    call = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ground = models.OneToOneField(Ground, on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateTimeField()

    gate_paths = (("case", "case_id"),)
    owned_by = ("case", "case_id")
    privacy = Privacy(
        who="those with an open ground on the case; leads of the agency, their own staff's",
        kept="as the case",
        special=True,
        sealed=("words",),
        about="staff",
    )

    class Meta:
        ordering = ["-said_at", "pk"]
        indexes = [models.Index(fields=["said_by", "-said_at"], name="needs_of_person")]
        constraints = [
            models.CheckConstraint(
                name="a_call_is_the_reason_or_words_are",
                condition=Q(why=NEW_CALL, call__isnull=False) | (~Q(why=NEW_CALL) & Q(call__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"stated need {self.pk}"
