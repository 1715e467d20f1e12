"""A reviewer's look at a pattern."""

import uuid

from django.db import models

from alongside.agencies.models import User
from alongside.audit.api import Privacy
from alongside.gate.viewing import Gated
from alongside.people.models import Person

KINDS = {"several": "A person reported as causing harm to several people", "again": "A victim harmed again"}


class PatternReview(Gated):
    """Somebody looked at the links and cases a pattern rests on, and says whether it holds. Another link or case needs another look."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    links = models.JSONField(default=list, help_text="ids of the answers it rests on")
    cases = models.JSONField(default=list, help_text="ids of the cases it rests on")
    holds = models.BooleanField()
    note = models.CharField(max_length=500)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id")
    blanked = ("note",)
    privacy = Privacy(
        who="those with an open ground on a case of the person",
        kept="as the case",
        special=True,
        sealed=(),
        about="person",
    )

    class Meta:
        indexes = [models.Index(fields=["kind", "-reviewed_at"], name="reviews_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.person_id}"
