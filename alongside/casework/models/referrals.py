"""Referrals to social care, what was decided on them, and decisions not to refer."""

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Area, Team, User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.casework.codes import OUTCOMES, SERVICES
from alongside.duties.models import Evaluation
from alongside.gate.viewing import Gated
from alongside.people.models import Person
from alongside.sealed.fields import SealedText
from alongside.sharing.codes import BASES, CONSENT

SENT = Privacy(
    who="the sender's agency through the case; the receiving team once sent",
    kept="as the case",
    special=True,
    sealed=("people", "account", "history", "safe_contact"),
    about="person",
)
YES_NO_UNKNOWN = [("yes", "Yes"), ("no", "No"), ("", "Not known")]
STATES = {"sent": "sent, not decided yet", "waiting": "more information asked for", "decided": "decided"}
ALL_OUTCOMES = sorted({pair for table in OUTCOMES.values() for pair in table.items()})


class Referral(Gated):
    """What one agency sends about a child or an adult. Until `sent_at` nobody outside the sender's agency can see it.

    `people` is JSON: a list of {id, role, name, born, lines}, and `facts` one of {label, value, said_by}: what was known when it
    was sent. The receiver sees this and nothing newer; `evaluation` is what the rules made of it then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    service = models.CharField(max_length=40, choices=list(SERVICES.items()))
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="referrals_received")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", help_text="whose team it was sent to")
    about = models.ManyToManyField(Person, related_name="+")
    people = SealedText(help_text="who it is about, as sent")
    account = SealedText(help_text="what happened and what worries the sender")
    history = SealedText(blank=True, default="")
    family_aware = models.CharField(max_length=5, blank=True, choices=YES_NO_UNKNOWN)
    raises_risk = models.CharField(max_length=5, blank=True, choices=YES_NO_UNKNOWN)
    consent = models.CharField(max_length=20, blank=True, choices=list(CONSENT.items()))
    basis = models.CharField(max_length=30, choices=list(BASES.items()))
    basis_reason = models.CharField(max_length=1000)
    safe_contact = SealedText(blank=True, default="")
    facts = models.JSONField(default=list)
    evaluation = models.ForeignKey(Evaluation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    follows_telephone_call = models.BooleanField(default=False)
    telephoned_on = models.DateTimeField(null=True, blank=True)
    spoken_to = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    acknowledged_on = models.DateTimeField(
        help_text="written acknowledgement to the sender, made by the platform on receipt"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default="sent", choices=list(STATES.items()))

    gate_paths = (("case", "case_id"), ("record", "id"))
    owned_by = ("referral", "id")
    blanked = ("basis_reason", "facts", "spoken_to")
    privacy = SENT

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"referral to {self.get_service_display()} in {self.case_id}"


class ChecklistCopy(Gated):
    """The risk assessments on record, topic by topic, as they went with a referral: what some duties ask for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="checklist")
    text = SealedText()

    gate_paths = (("case", "referral__case_id"), ("record", "referral_id"))
    owned_by = ("referral", "referral_id")
    privacy = Privacy(
        who="as the referral it went with", kept="as the case", special=True, sealed=("text",), about="person"
    )

    def __str__(self) -> str:
        return f"checklist with {self.referral_id}"


class ReferralDecision(Gated):
    """What the receiving service decided, by whom and why; the sender is told the outcome. Asking for more is not the last word."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=40, choices=ALL_OUTCOMES)
    reason = models.TextField()
    services_considered = models.TextField(blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "referral__case_id"), ("record", "referral_id"))
    owned_by = ("referral", "referral_id")
    blanked = ("reason", "services_considered")
    privacy = Privacy(
        who="the sender's agency and the receiving team", kept="as the case", special=True, sealed=(), about="person"
    )

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(
                name="more_information_by_a_day",
                condition=~Q(outcome="further-information") | Q(look_again_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=~Q(outcome="further-information"), name="one_last_word"
            ),
        ]

    def __str__(self) -> str:
        return f"decision on {self.referral_id}"


class NotReferred(Gated):
    """A decision not to refer, with its reason: as much a record as a referral."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="not_referred")
    service = models.CharField(max_length=40, choices=list(SERVICES.items()))
    reason = models.TextField()
    advice_from = models.CharField(max_length=200, blank=True, help_text="whom the worker asked, by role")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"),)
    owned_by = ("case", "case_id")
    blanked = ("reason", "advice_from")
    privacy = Privacy(
        who="those with an open ground on the case", kept="as the case", special=True, sealed=(), about="person"
    )

    def __str__(self) -> str:
        return f"not referred to {self.get_service_display()} in {self.case_id}"
