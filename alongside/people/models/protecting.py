"""Who is protected, and what was changed on a record."""

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import User
from alongside.gate.viewing import Gated
from alongside.people.models.records import Person, privacy
from alongside.sealed.fields import SealedText


class Shield(Gated):
    """Somebody is protected: two people are needed to say who they are. A confidential address protects without a row here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shields")
    reason = SealedText()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lifted_why = SealedText(blank=True, default="")

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id")
    privacy = privacy("reason", "lifted_why")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(lifted_at__isnull=True), name="one_standing_shield_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"shield of {self.person_id}"


class PersonChange(Gated):
    """What was added to a record, or put right on it: names of the parts, and what stood before (JSON, sealed)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="changes")
    parts = models.JSONField(default=list, help_text="codes of what changed, never a value")
    before = SealedText(blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id")
    privacy = privacy("before")

    class Meta:
        indexes = [models.Index(fields=["person", "changed_at"], name="change_of_person")]

    def __str__(self) -> str:
        return f"change of {self.person_id}"
