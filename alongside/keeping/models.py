"""What may not be erased yet, and what two people decided to erase."""

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import User
from alongside.audit.api import Privacy
from alongside.gate.viewing import Gated
from alongside.people.models import Person
from alongside.sealed.fields import SealedText

GROUNDS = {
    "period-over": "The time it is kept is over",
    "asked-for": "The person asked for it, and nothing in law keeps it",
    "should-not-be-here": "It should never have been recorded",
}
_PRIVACY = "information governance and safeguarding leads of the agency whose record it is"


class LegalHold(Gated):
    """Nothing of this person is erased while it stands. On `review_on` somebody looks at it again; it does not end by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holds")
    reason = SealedText()
    review_on = models.DateField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lifted_why = SealedText(blank=True, default="")

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id")
    privacy = Privacy(who=_PRIVACY, kept="as the case", special=True, sealed=("reason", "lifted_why"), about="person")

    class Meta:
        ordering = ["review_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="lifted_by_somebody_else",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | (Q(lifted_at__isnull=False) & ~Q(lifted_by=F("placed_by"))),
            )
        ]

    def __str__(self) -> str:
        return f"legal hold on {self.person_id}"


class Erasure(Gated):
    """One person asks that somebody be erased, and a second decides. The row stays, and says nothing of whom it was about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasures")
    ground = models.CharField(max_length=20, choices=list(GROUNDS.items()))
    reason = SealedText(help_text="names nobody; it stays when the person is erased")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField(null=True, help_text="null: nobody has decided yet")
    why = SealedText(blank=True, default="", help_text="names nobody")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("erasure", "id")
    privacy = Privacy(
        who=_PRIVACY, kept="while the partnership exists", special=False, sealed=("reason", "why"), about="staff"
    )

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="erased_by_two_people",
                condition=Q(agreed__isnull=True, decided_by__isnull=True)
                | (Q(agreed__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("asked_by"))),
            ),
            models.UniqueConstraint(fields=["person"], condition=Q(agreed__isnull=True), name="one_erasure_asked_for"),
            models.UniqueConstraint(fields=["person"], condition=Q(agreed=True), name="erased_once"),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"
