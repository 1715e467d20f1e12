"""Who is close to whom among staff, who is kept apart from which case, and what two leads asked and answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import Agency, User
from alongside.audit.api import Guarded, Privacy
from alongside.cases.models import Case
from alongside.sealed.fields import SealedText

RELATIONS = {
    "myself": "Myself",
    "partner": "My partner, husband or wife",
    "ex-partner": "My former partner",
    "child": "My child",
    "parent": "My parent",
    "sibling": "My brother or sister",
    "other-family": "Other family",
    "household": "Somebody I live with",
    "friend": "A close friend",
    "other": "Somebody else I could not be impartial about",
}
HOW = {
    "declared": "They said so themselves.",
    "told": "A safeguarding lead was told.",
    "found": "What they said of themselves, or of somebody close to them, agrees with somebody in this case.",
}
ASKED = {"see": "see whom it is about", "lift": "lift it"}
_LEADS = "two safeguarding leads of different agencies together"


class ClosePerson(Guarded):
    """A member of staff, or somebody close to them, as they said; `said` is JSON of names, date of birth, telephone and address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="close_people")
    relation = models.CharField(max_length=20, choices=list(RELATIONS.items()))
    said = SealedText()
    declared_on = models.DateTimeField()

    owned_by = ("staff", "user_id")
    privacy = Privacy(
        who="whoever said it; it is compared with, and shown to nobody else",
        kept="while they work in the partnership",
        special=False,
        sealed=("said",),
        about="staff",
    )

    class Meta:
        ordering = ["declared_on", "pk"]

    def __str__(self) -> str:
        return f"somebody close to {self.user_id}"


class CloseKey(models.Model):
    """A keyed hash under which somebody close to a member of staff is found among the people of cases."""

    id = models.BigAutoField(primary_key=True)
    close = models.ForeignKey(ClosePerson, on_delete=models.CASCADE, related_name="keys")
    key = models.BigIntegerField(db_index=True)

    privacy = Privacy(who="nobody", kept="as what it is of", special=False, sealed=(), about="staff")

    def __str__(self) -> str:
        return f"a key of {self.close_id}"


class Conflict(Guarded):
    """One member of staff is kept apart from one case until two leads lift it. `reason` is what was said; empty where it was found."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=list(HOW.items()))
    close = models.ForeignKey(ClosePerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agrees = models.JSONField(default=list, help_text="codes of what agrees: person, phone, email, address")
    reason = SealedText(blank=True, default="")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_on = models.DateTimeField(null=True, blank=True)

    owned_by = ("conflict", "id")
    privacy = Privacy(who=_LEADS, kept="as the case", special=True, sealed=("reason",), about="staff")

    class Meta:
        ordering = ["-opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "case"], condition=Q(lifted_on__isnull=True), name="one_standing_conflict"
            )
        ]

    def __str__(self) -> str:
        return f"conflict {self.pk}"


class CarryOn(Guarded):
    """A cleared lead is asked to see that somebody else does what a colleague kept apart would have done. It names nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conflict = models.ForeignKey(Conflict, on_delete=models.PROTECT, related_name="carried_on")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="whose leads are asked")
    asked_on = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_how = models.CharField(max_length=500, blank=True)

    owned_by = ("conflict", "conflict_id")
    blanked = ("done_how",)
    privacy = Privacy(
        who="safeguarding leads of the agency asked", kept="as the case", special=False, sealed=(), about="staff"
    )

    class Meta:
        ordering = ["asked_on", "pk"]

    def __str__(self) -> str:
        return f"carry on {self.pk}"


class TwoLeads(Guarded):
    """One lead asks to see or to lift a conflict, and a lead of another agency agrees or does not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conflict = models.ForeignKey(Conflict, on_delete=models.PROTECT, related_name="asked")
    what = models.CharField(max_length=4, choices=list(ASKED.items()))
    reason = SealedText()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    owned_by = ("conflict", "conflict_id")
    privacy = Privacy(who="safeguarding leads", kept="as the case", special=False, sealed=("reason",), about="staff")

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="answered_by_another_lead",
                condition=Q(agreed__isnull=True, answered_by__isnull=True)
                | (Q(agreed__isnull=False, answered_at__isnull=False) & ~Q(answered_by=F("asked_by"))),
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.conflict_id}"
