"""Offers of support to a victim: attempts through safe contact, and her answer."""

import uuid

from django.db import models

from alongside.agencies.models import Team, User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.casework.codes import ATTEMPTS, SUPPORT_ANSWERS
from alongside.gate.viewing import Gated
from alongside.people.models import CHANNELS

OFFER = Privacy(
    who="the service that offers, and those with an open ground on the case",
    kept="as the case",
    special=True,
    sealed=(),
    about="person",
)


class SupportOffer(Gated):
    """One service's offer to one victim; open until she has answered, or could not be reached safely."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="offers")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    channels = models.JSONField(default=list, help_text="ways of reaching her that her safe-contact record allowed")
    answer = models.CharField(max_length=20, blank=True, choices=list(SUPPORT_ANSWERS.items()))
    answer_note = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="who recorded it"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"), ("record", "id"))
    owned_by = ("offer", "id")
    blanked = ("channels", "answer_note")
    privacy = OFFER

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "team"], condition=models.Q(answer=""), name="one_open_offer_per_service"
            )
        ]

    def __str__(self) -> str:
        return f"offer of support in {self.case_id}"


class OfferAttempt(Gated):
    """One try to reach her: the channel must be one her safe-contact record allows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offer = models.ForeignKey(SupportOffer, on_delete=models.CASCADE, related_name="attempts")
    channel = models.CharField(max_length=30, choices=CHANNELS)
    outcome = models.CharField(max_length=20, choices=list(ATTEMPTS.items()))
    note = models.CharField(max_length=500, blank=True)
    tried_at = models.DateTimeField()
    tried_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "offer__case_id"), ("record", "offer_id"))
    owned_by = ("offer", "offer_id")
    blanked = ("note",)
    privacy = OFFER

    class Meta:
        ordering = ["tried_at"]

    def __str__(self) -> str:
        return f"attempt of {self.offer_id}"
