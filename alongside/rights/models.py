"""What somebody disputes, what was found, and whether somebody was told that records are held. Rows are added and never change."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import User
from alongside.audit.api import Privacy
from alongside.cases.models import Case, CaseEvent
from alongside.gate.viewing import Gated
from alongside.people.models import Person
from alongside.rights.exemptions import CHOICES
from alongside.sealed.fields import SealedText

NATURES = {
    "fact": "a fact: something that happened, or is so",
    "opinion": "an opinion: what a worker made of it",
    "": "not known",
}
FOUND = {
    "wrong": "It is wrong. What is right was recorded anew, and both can be seen",
    "stands": "It stands, and so does what they say of it",
    "unclear": "It cannot be settled; both stand",
}
OUTCOMES = {"given": "was given their privacy notice", "not-yet": "is not told yet"}


class Dispute(Gated):
    """Somebody in a case says that what an entry of its timeline records is not right. The entry stands; these words stand beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disputes")
    entry = models.ForeignKey(CaseEvent, on_delete=models.PROTECT, related_name="disputes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disputes", help_text="who says so")
    nature = models.CharField(
        max_length=10, blank=True, choices=list(NATURES.items()), help_text="of the statement; empty is not known"
    )
    words = SealedText(help_text="what they say of it, as they said it")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="who took it down")

    gate_paths = (("case", "case_id"),)
    owned_by = ("person", "person_id")
    privacy = Privacy(
        who="those with an open ground on the case",
        kept="as the case",
        special=True,
        sealed=("words",),
        about="person",
    )

    class Meta:
        ordering = ["-said_at", "pk"]

    def __str__(self) -> str:
        return f"dispute {self.pk}"


class DisputeFinding(Gated):
    """What somebody found who looked at what is disputed. A second look is a second row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="findings")
    found = models.CharField(max_length=10, choices=list(FOUND.items()))
    reason = SealedText()
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "dispute__case_id"),)
    owned_by = ("dispute", "dispute_id")
    privacy = Privacy(
        who="those with an open ground on the case",
        kept="as the case",
        special=True,
        sealed=("reason",),
        about="person",
    )

    class Meta:
        ordering = ["-found_at", "pk"]

    def __str__(self) -> str:
        return f"finding on {self.dispute_id}"


class Told(Gated):
    """Whether somebody in a case was told that records about them are held: given the notice, or not yet, why, and when to look again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="told")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="told")
    notice = models.CharField(max_length=20, help_text="code of the notice that is theirs")
    outcome = models.CharField(max_length=10, choices=list(OUTCOMES.items()))
    exemption = models.CharField(max_length=20, blank=True, choices=CHOICES)
    reason = SealedText(help_text="why it is safe, or why it is not told yet")
    again_on = models.DateField(null=True, blank=True, help_text="the day to look again")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"),)
    owned_by = ("person", "person_id")
    privacy = Privacy(
        who="those with an open ground on the case",
        kept="as the case",
        special=True,
        sealed=("reason",),
        about="person",
    )

    class Meta:
        ordering = ["-decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="not_told_has_a_ground_and_a_day",
                condition=Q(outcome="given", exemption="", again_on__isnull=True)
                | (Q(outcome="not-yet", again_on__isnull=False) & ~Q(exemption="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} in {self.case_id}"
