"""Referrals being written: kept until they are sent, so that Back, a lost signal or a second press loses and repeats nothing."""

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from alongside.sealed.fields import SealedText


class UnsentReferral(Gated):
    """What one person has typed of a referral. `service` is a service's code, or `marac`; `content` is empty once it was sent.

    The row stays after sending, so that the page it was sent from can say what became of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="unsent_referrals")
    service = models.CharField(max_length=40)
    record_id = models.UUIDField(
        default=uuid.uuid4, unique=True, help_text="the id the referral gets when this is sent"
    )
    content = SealedText(blank=True, default="", help_text="what was typed, by field: JSON")
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateTimeField(null=True, blank=True)

    gate_paths = (("record", "id"),)
    owned_by = ("draft", "id")
    privacy = Privacy(
        who="the person who writes it",
        kept="until it is sent or dropped",
        special=True,
        sealed=("content",),
        about="person",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "service", "kept_by"],
                condition=Q(sent_on__isnull=True),
                name="one_unsent_referral_each",
            )
        ]

    def __str__(self) -> str:
        return f"unsent referral to {self.service} in {self.case_id}"
