"""Consent records and disclosures."""

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Team, User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from alongside.people.models import Person
from alongside.sharing.codes import BASES, CONSENT
from alongside.sharing.conflicts.models import CarryOn, CloseKey, ClosePerson, Conflict, TwoLeads
from alongside.sharing.consults.models import Consult, ConsultSource
from alongside.sharing.emergency.models import EmergencyOpening

__all__ = [
    "CarryOn",
    "CloseKey",
    "ClosePerson",
    "Conflict",
    "ConsentRecord",
    "Consult",
    "ConsultSource",
    "Disclosure",
    "EmergencyOpening",
    "TwoLeads",
]


class ConsentRecord(Gated):
    """What a person said about one purpose; the latest stands. An empty status is *not known*."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=60)
    status = models.CharField(max_length=20, blank=True, choices=list(CONSENT.items()))
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"),)
    privacy = Privacy(
        who="those with an open ground on the case", kept="as the case", special=True, sealed=(), about="person"
    )

    class Meta:
        get_latest_by = "stated_at"

    def __str__(self) -> str:
        return f"consent for {self.purpose} in {self.case_id}"


class Disclosure(Gated):
    """A decision to send a record to a team, or not to: purpose, basis, reason, what goes and what is left out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="disclosures")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()
    shared = models.BooleanField()
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=30, blank=True, choices=list(BASES.items()))
    consent = models.CharField(max_length=20, blank=True, choices=list(CONSENT.items()))
    reason = models.CharField(max_length=1000)
    what = models.JSONField(default=list, help_text="names of the parts that go")
    left_out = models.JSONField(default=list, help_text="names of the parts that do not")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"), ("record", "record_id"))
    privacy = Privacy(
        who="the sender's agency and the team it was sent to",
        kept="as the case",
        special=True,
        sealed=(),
        about="person",
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(shared=False) | ~Q(basis=""), name="shared_on_a_basis")]

    def __str__(self) -> str:
        return f"{self.record_kind} {'sent to' if self.shared else 'not sent to'} {self.to_team_id}"
