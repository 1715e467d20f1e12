"""Notifications as they came, what they tell of the incident, who told, and which cases they are about."""

import json
import uuid
from typing import Any

from django.db import models

from alongside.agencies.models import Agency, User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from alongside.intake.drafts.models import Draft
from alongside.sealed.fields import SealedText

__all__ = ["KINDS", "Draft", "Incident", "Informant", "Notification", "Report"]
KINDS = [
    ("police-incident", "Police incident"),
    ("professional-referral", "A professional's referral"),
    ("telephone-referral", "A referral by telephone"),
    ("self-referral", "The victim came forward"),
    ("third-party-report", "Somebody else reported"),
    ("disclosure", "Somebody disclosed"),
]
WHO, KEPT = "those with an open ground on the case", "as the case"


class Notification(Gated):
    """One notification: its identity, its content word for word, the answer first given, and what of it no other record holds.

    `content_mark` is a keyed hash of the canonical content: the same identity with another mark is refused. Null is *not known*.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    their_id = models.CharField(
        max_length=100, help_text="the sender's own identity for it; no name or address belongs here"
    )
    kind = models.CharField(max_length=30, choices=KINDS)
    area = models.CharField(max_length=40, help_text="as told; the case's area follows where the child lives")
    received_on = models.DateTimeField()
    occurred_on = models.DateTimeField(null=True)
    content = SealedText()
    content_mark = models.CharField(max_length=64)
    answer_text = models.TextField(
        default="{}", help_text="the answer first given, as JSON: given again letter for letter"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", help_text="the first case it opened")
    consulted_on = models.DateTimeField(
        null=True, help_text="when its people were looked up in the records held here; null: that failed"
    )
    summary = SealedText(blank=True, default="")
    family_aware = models.BooleanField(null=True)
    raises_risk = models.BooleanField(null=True, help_text="whether the referral itself raises the risk")
    history = SealedText(blank=True, default="")
    talk_to_safe = SealedText(blank=True, default="", help_text="whom it is safe to talk to, one a line")
    talk_to_not_safe = SealedText(blank=True, default="", help_text="whom it is not safe to talk to, one a line")
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"),)
    owned_by = ("notification", "id")
    blanked = ("answer_text",)
    privacy = Privacy(
        who=WHO,
        kept=KEPT,
        special=True,
        sealed=("content", "summary", "history", "talk_to_safe", "talk_to_not_safe"),
        about="person",
    )

    class Meta:
        ordering = ["-stored_at"]
        constraints = [models.UniqueConstraint(fields=["agency", "their_id"], name="a_notification_is_stored_once")]

    def __str__(self) -> str:
        return f"notification {self.pk}"

    @property
    def answer(self) -> dict[str, Any]:
        """The answer first given."""
        held: dict[str, Any] = json.loads(self.answer_text)
        return held


class Report(Gated):
    """A notification is about a case: one it opened, or one it was later found to belong to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="reports")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")

    gate_paths = (("case", "case_id"),)
    privacy = Privacy(who=WHO, kept=KEPT, special=True, sealed=(), about="person")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notification", "case"], name="a_case_is_reported_once_by_each")]

    def __str__(self) -> str:
        return f"report of {self.case_id}"


class Incident(Gated):
    """What is told of the incident. Null is *not known*; a type not listed is not known either, never *no*."""

    notification = models.OneToOneField(
        Notification, on_delete=models.CASCADE, primary_key=True, related_name="incident"
    )
    types = models.JSONField(default=list)
    recorded_as = models.CharField(max_length=10, blank=True, choices=[("crime", "a crime"), ("non-crime", "no crime")])
    minor = models.BooleanField(null=True)
    police_attended = models.BooleanField(null=True)
    arrest_made = models.BooleanField(null=True)
    sexual_assault = models.BooleanField(null=True)
    attempted_strangulation = models.BooleanField(null=True)
    weapons_used = models.BooleanField(null=True)
    threats_to_kill = models.BooleanField(null=True)
    postcode = SealedText(blank=True, default="")
    area = models.CharField(max_length=40, blank=True)

    gate_paths = (("case", "notification__case_id"),)
    owned_by = ("notification", "notification_id")
    privacy = Privacy(who=WHO, kept=KEPT, special=True, sealed=("postcode",), about="person")

    def __str__(self) -> str:
        return f"incident of {self.notification_id}"


class Informant(Gated):
    """Who told, kept apart and sealed. `protect_identity` true: shown to nobody but the agency that was told."""

    notification = models.OneToOneField(
        Notification, on_delete=models.CASCADE, primary_key=True, related_name="informant"
    )
    name = SealedText(blank=True, default="")
    role = SealedText(blank=True, default="")
    phone = SealedText(blank=True, default="")
    email = SealedText(blank=True, default="")
    protect_identity = models.BooleanField(null=True)

    gate_paths = (("case", "notification__case_id"),)
    owned_by = ("informant", "notification_id")
    privacy = Privacy(
        who="the agency that was told",
        kept=KEPT,
        special=True,
        sealed=("name", "role", "phone", "email"),
        about="person",
    )

    def __str__(self) -> str:
        return f"informant of {self.notification_id}"
