"""Consent records; the decisions, agreements and consults of this app stand in folders of their own."""

import uuid

from django.db import models

from alongside.agencies.models import User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from alongside.people.models import Person
from alongside.sharing.agreements.models import Agreement, AgreementChange
from alongside.sharing.codes import CONSENT
from alongside.sharing.conflicts.models import CarryOn, CloseKey, ClosePerson, Conflict, TwoLeads
from alongside.sharing.consults.models import Consult, ConsultSource, SourceChange
from alongside.sharing.decisions.models import Disclosure, SharedCopy, ShareReview
from alongside.sharing.emergency.models import EmergencyOpening
from alongside.sharing.needing.models import StatedNeed

__all__ = [
    "Agreement",
    "AgreementChange",
    "CarryOn",
    "CloseKey",
    "ClosePerson",
    "Conflict",
    "ConsentRecord",
    "Consult",
    "ConsultSource",
    "Disclosure",
    "EmergencyOpening",
    "ShareReview",
    "SharedCopy",
    "SourceChange",
    "StatedNeed",
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
    owned_by = ("person", "person_id")
    blanked = ("purpose",)
    privacy = Privacy(
        who="those with an open ground on the case", kept="as the case", special=True, sealed=(), about="person"
    )

    class Meta:
        get_latest_by = "stated_at"

    def __str__(self) -> str:
        return f"consent for {self.purpose} in {self.case_id}"
