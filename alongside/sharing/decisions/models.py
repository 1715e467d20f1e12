"""The decision, the copy that goes, and each time somebody looked at it again."""

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Agency, Team, User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from alongside.people.models import Person
from alongside.sealed.fields import SealedText
from alongside.sharing import gateways
from alongside.sharing.codes import ASKED_BECAUSE, BASES, CONSENT, FREELY, OUTCOMES
from alongside.sharing.decisions.states import LABELS

SEEN_BY = Privacy(
    who="the sender's agency and the team it was sent to",
    kept="as the case",
    special=True,
    sealed=(),
    about="person",
)


class Disclosure(Gated):
    """A decision to share a record with a team, or not to: what for, by which law, why it is needed and why no more goes.

    `agency` decided it and answers for it. `standing`: the case itself was opened, and what is added to it. The door it opened
    is closed once no live decision is left for it (`doors`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="disclosures")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="whose decision it is")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()
    shared = models.BooleanField()
    standing = models.BooleanField(default=False)
    to_people = models.BooleanField(default=False, help_text="open to people of the team by name, not to all of it")
    state = models.CharField(max_length=12, choices=list(LABELS.items()))
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=30, blank=True, choices=list(BASES.items()))
    gateway = models.CharField(max_length=30, blank=True, choices=gateways.CHOICES)
    necessity = models.CharField(max_length=1000, blank=True, help_text="why it is needed")
    proportionality = models.CharField(max_length=1000, blank=True, help_text="why no more goes, and no less would do")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="whose consent is meant"
    )
    consent = models.CharField(max_length=20, blank=True, choices=list(CONSENT.items()))
    reason = models.CharField(max_length=1000)
    what = models.JSONField(default=list, help_text="names of the parts that go")
    left_out = models.JSONField(default=list, help_text="names of the parts that do not")
    withheld_from = models.CharField(max_length=500, blank=True, help_text="who must not learn of it")
    advice_from = models.CharField(max_length=200, blank=True, help_text="whom the worker asked, by role")
    review_on = models.DateField(null=True, blank=True)
    without_agreement = models.BooleanField(default=False, help_text="no agreement between the agencies was in force")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_why = models.CharField(max_length=1000, blank=True)

    gate_paths = (("case", "case_id"), ("record", "record_id"), ("decision", "id"))
    owned_by = ("disclosure", "id")
    blanked = ("purpose", "necessity", "proportionality", "reason", "withheld_from", "advice_from", "ended_why")
    privacy = SEEN_BY

    class Meta:
        verbose_name = "decision to share"
        indexes = [
            models.Index(fields=["record_id", "to_team"], name="shares_of_record"),
            models.Index(fields=["person", "state"], name="shares_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(shared=False) | (~Q(basis="") & ~Q(gateway="")), name="shared_on_a_basis"
            ),
            models.CheckConstraint(
                condition=Q(shared=False, state="kept-back") | (Q(shared=True) & ~Q(state="kept-back")),
                name="kept_back_is_not_shared",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="share_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_kind} {'sent to' if self.shared else 'not sent to'} {self.to_team_id}"


class SharedCopy(Gated):
    """What a decision of the tool sent: the parts chosen, word for word as they stood, and nothing newer.

    `parts` is JSON: a list of {label, text}. `of_kind` and `of_id` name the record it was copied from, which stays where it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shared_copies")
    of_kind = models.CharField(max_length=60)
    of_id = models.UUIDField()
    title = models.CharField(max_length=200)
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    parts = SealedText()
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"), ("record", "id"))
    owned_by = ("copy", "id")
    blanked = ("title",)
    privacy = Privacy(
        who="the sender's agency and the team it was sent to",
        kept="as the case",
        special=True,
        sealed=("parts",),
        about="person",
    )

    def __str__(self) -> str:
        return f"copy of {self.of_kind} for {self.to_team_id}"


class ShareReview(Gated):
    """Somebody is asked to look at a share again, or has: goes on with its reason, or ended. A same-day one follows a withdrawal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="reviews")
    why = models.CharField(max_length=20, choices=list(ASKED_BECAUSE.items()))
    asked_on = models.DateTimeField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, blank=True, choices=list(OUTCOMES.items()))
    freely = models.CharField(max_length=20, blank=True, choices=list(FREELY.items()))
    reason = models.CharField(max_length=1000, blank=True)
    next_on = models.DateField(null=True, blank=True, help_text="the day to look again that was set")

    gate_paths = (("case", "disclosure__case_id"), ("decision", "disclosure_id"))
    owned_by = ("disclosure", "disclosure_id")
    blanked = ("reason",)
    privacy = Privacy(
        who="those who hold the case, and the agency that decided to share",
        kept="as the case",
        special=True,
        sealed=(),
        about="person",
    )

    class Meta:
        ordering = ["-asked_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, outcome="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(outcome="")),
                name="review_answered_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["disclosure"], condition=Q(answered_at__isnull=True), name="one_open_review_of_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.disclosure_id}"
