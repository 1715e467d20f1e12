"""Referrals to MARAC, meetings, what is listed, and decisions not to refer."""

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Area, Team, User
from alongside.audit.api import Guarded, Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from alongside.marac.patterns.models import PatternReview
from alongside.sealed.fields import SealedText

__all__ = ["AgendaItem", "MaracReferral", "Meeting", "NotReferredToMarac", "PatternReview"]
CRITERIA = {
    "professional-judgement": "Professional judgement: serious concern about the victim",
    "ticks": "The checklist reaches the local number of topics answered yes",
    "escalation": "Police call-outs, or events told to any agency, reach the local number in twelve months",
    "repeat": "Repeat: further abuse by the same person within twelve months of the last referral. It need not be violent or a crime",
    "police-high-risk": "The police grade the case as high risk",
}
SAFE = [("yes", "Yes"), ("no", "No"), ("", "Not known")]
MARAC = Privacy(
    who="the sender's agency; the coordinator and the IDVA once sent",
    kept="as the case",
    special=True,
    sealed=(),
    about="person",
)


class MaracReferral(Gated):
    """Why this victim should be heard. The coordinator and the IDVA service receive it when it is sent, nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="marac_referrals")
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    idva_team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    people = SealedText(help_text="who it is about, as sent: JSON as in a referral to social care")
    channels = models.JSONField(
        default=list, help_text="ways of reaching her on record when it was sent: {channel, safe}"
    )
    criterion = models.CharField(max_length=30, choices=list(CRITERIA.items()))
    reason = SealedText(help_text="what concerns the sender, in their own words")
    safe_to_discuss = models.CharField(max_length=5, blank=True, choices=SAFE)
    discussed = models.BooleanField(default=False, help_text="the referral was talked over with the victim")
    who_she_fears = SealedText(blank=True, default="", help_text="everyone she fears, and what for")
    safe_contact = SealedText(blank=True, default="")
    basis = models.CharField(max_length=30)
    basis_reason = models.CharField(max_length=1000)
    facts = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20, default="sent", choices=[("sent", "sent, not listed yet"), ("listed", "listed for a meeting")]
    )

    gate_paths = (("case", "case_id"), ("record", "id"))
    owned_by = ("referral", "id")
    blanked = ("channels", "basis_reason", "facts")
    privacy = Privacy(
        who=MARAC.who,
        kept=MARAC.kept,
        special=True,
        sealed=("people", "reason", "who_she_fears", "safe_contact"),
        about="person",
    )

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(
                name="talked_over_only_where_safe", condition=Q(discussed=False) | Q(safe_to_discuss="yes")
            ),
        ]

    def __str__(self) -> str:
        return f"MARAC referral in {self.case_id}"


class NotReferredToMarac(Gated):
    """A named decision not to refer to MARAC, with its reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="not_referred_to_marac")
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"),)
    owned_by = ("case", "case_id")
    blanked = ("reason",)
    privacy = MARAC

    def __str__(self) -> str:
        return f"not referred to MARAC in {self.case_id}"


class Meeting(Guarded):
    """A MARAC of an area, on a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="the coordinator's team")
    held_on = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    privacy = Privacy(
        who="the coordinator's team", kept="while the partnership exists", special=False, sealed=(), about="none"
    )

    class Meta:
        ordering = ["held_on"]

    def __str__(self) -> str:
        return f"MARAC of {self.area_id} on {self.held_on:%Y-%m-%d}"


class AgendaItem(Gated):
    """A case on the list of a meeting, with the copies that went out: {to, what}."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    referral = models.ForeignKey(MaracReferral, on_delete=models.PROTECT, related_name="items")
    copies = models.JSONField(default=list)
    listed_at = models.DateTimeField()
    listed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "referral__case_id"), ("record", "referral_id"))
    privacy = MARAC

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "referral"], name="listed_once_per_meeting")]

    def __str__(self) -> str:
        return f"{self.referral_id} on {self.meeting_id}"
