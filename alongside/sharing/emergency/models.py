"""One opening of one case in an emergency."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.models import Ground
from alongside.gate.viewing import Gated
from alongside.sealed.fields import SealedText

VERDICTS = {
    "right": "It was right to open it",
    "not-needed": "It was not needed, and no harm is seen",
    "passed-on": "It has to be looked into, and was passed on",
}


class EmergencyOpening(Gated):
    """Who opened a case without a ground, why, until when, and what the one who looked at it afterwards found."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="emergency_openings")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ground = models.OneToOneField(Ground, on_delete=models.PROTECT, related_name="+")
    reason = SealedText()
    opened_at = models.DateTimeField()
    ends_on = models.DateTimeField()
    review_due_on = models.DateTimeField()
    verdict = models.CharField(max_length=20, blank=True, choices=list(VERDICTS.items()))
    note = SealedText(blank=True, default="")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"),)
    owned_by = ("case", "case_id")
    privacy = Privacy(
        who="those with an open ground on the case; leads of both agencies, to review it",
        kept="as the case",
        special=True,
        sealed=("reason", "note"),
        about="staff",
    )

    class Meta:
        ordering = ["-opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reviewed_by_somebody_else",
                condition=Q(reviewed_by__isnull=True, verdict="") | (~Q(verdict="") & ~Q(reviewed_by=F("opened_by"))),
            )
        ]

    def __str__(self) -> str:
        return f"emergency opening {self.pk}"
