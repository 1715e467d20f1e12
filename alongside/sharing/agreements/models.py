"""Agreements between agencies, and what was done with each."""

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Agency, User
from alongside.audit.api import AppendOnly, Guarded, Privacy

REGISTER = Privacy(
    who="information governance leads", kept="while the partnership exists", special=False, sealed=(), about="none"
)
CHANGES = {"added": "put on the register", "renewed": "renewed", "ended": "ended"}


class Agreement(Guarded):
    """In force from the day it was signed to the day it is to be looked at again, that day included; then it has lapsed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    scope = models.TextField(help_text="what is shared, about whom and what for")
    parties = models.ManyToManyField(Agency, related_name="agreements")
    signed_on = models.DateField()
    review_on = models.DateField(help_text="the last day it is in force unless it is renewed")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    privacy = REGISTER

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(review_on__gte=models.F("signed_on")), name="agreement_days_in_order"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="agreement_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgreementChange(AppendOnly):
    """What was done with an agreement, by whom, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=10, choices=list(CHANGES.items()))
    review_on = models.DateField()
    reason = models.CharField(max_length=500)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    privacy = REGISTER

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.what}"
