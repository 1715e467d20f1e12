"""Who somebody said a record is: answers to "Who is this?"."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import User
from alongside.gate.viewing import Gated
from alongside.people.models.records import Person, privacy

HOW_KNOWN = [
    ("said", "The person said so"),
    ("document", "I saw a document or number"),
    ("known", "I know the person or the family"),
    ("told", "A colleague or another agency told me"),
    ("agrees", "What agrees here is enough"),
    ("other", "In another way: I say how"),
]


# Answers that stand (not undone, nor replaced: at most one for a pair from each side), that count, and that wait for a second person.
STANDING = Q(undone_at__isnull=True)
COUNTING = STANDING & (Q(needs_second=False) | Q(second_agrees=True))
WAITING = STANDING & Q(needs_second=True, second_agrees__isnull=True)


class LinkDecision(Gated):
    """Somebody said whether two records are the same human being. The latest not undone stands; `unsure` is a safe answer.

    Where either is protected the answer is a proposal, and counts once a second person agrees (`needs_second`, `second_…`).
    `replaces` is the answer it took the place of: undoing this one lets that one stand again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="link_decisions")
    candidate = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="link_decisions_as_candidate")
    answer = models.CharField(
        max_length=10, choices=[("same", "Same person"), ("not-same", "Not the same"), ("unsure", "Not sure")]
    )
    weight = models.DecimalField(max_digits=7, decimal_places=2)
    model = models.CharField(
        max_length=64, blank=True, help_text="hash of the linkage model that gave the weight; empty: before it was kept"
    )
    because = models.JSONField(default=list)
    how = models.CharField(max_length=20, blank=True, choices=HOW_KNOWN)
    reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    needs_second = models.BooleanField(default=False)
    second_agrees = models.BooleanField(null=True, help_text="null: nobody has looked yet")
    second_why = models.CharField(max_length=500, blank=True)
    second_at = models.DateTimeField(null=True, blank=True)
    second_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id", "candidate_id")
    blanked = ("because", "reason", "second_why")
    privacy = privacy()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "candidate"], condition=Q(undone_at__isnull=True), name="one_standing_answer_per_pair"
            ),
            models.CheckConstraint(
                name="the_second_is_somebody_else", condition=Q(second_by__isnull=True) | ~Q(second_by=F("decided_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} and {self.candidate_id}: {self.answer}"

    @property
    def counts(self) -> bool:
        """Whether the answer says anything yet: it stands, and a second person agreed where one is needed."""
        return self.undone_at is None and (not self.needs_second or self.second_agrees is True)
