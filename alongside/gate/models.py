"""Grounds: each row is one reason for one viewer to see one subject, from when until when. Blocks: who is kept apart from what."""

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Agency, Team, User
from alongside.audit.api import Guarded, Privacy

GROUNDS = {
    "own-record": "your agency made this record",
    "recorded": "you recorded this case",
    "at-work": "your team has something to do in this case, or had until a while ago",
    "new-call": "a new call was recorded about somebody in this case",
    "said-why": "you said why you need this case; your agency's leads see what you said",
    "case-team": "your team works on this case",
    "routed-duty": "a duty in this case was given to your team",
    "sent": "a colleague sent this to your team, by a recorded decision",
    "break-glass": "you opened this in an emergency, with a reason that somebody else reads",
}


class Ground(Guarded):
    """`subject_kind` is "case" or "record" (a referral, a notice); exactly one of agency, team, user is the viewer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=list(GROUNDS.items()))
    purpose = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_why = models.CharField(max_length=200, blank=True)

    privacy = Privacy(who="the gate alone", kept="as long as its subject", special=False, sealed=(), about="staff")

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="ground_by_subject"),
            models.Index(fields=["agency", "subject_kind", "subject_id"], name="ground_by_agency"),
            models.Index(fields=["team", "subject_kind", "subject_id"], name="ground_by_team"),
            models.Index(fields=["user", "subject_kind", "subject_id"], name="ground_by_user"),
        ]
        constraints = [
            models.CheckConstraint(
                name="ground_has_one_viewer",
                condition=(
                    Q(agency__isnull=False, team__isnull=True, user__isnull=True)
                    | Q(agency__isnull=True, team__isnull=False, user__isnull=True)
                    | Q(agency__isnull=True, team__isnull=True, user__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="ground_closed_by_somebody",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} on {self.subject_kind} {self.subject_id}"


class Block(Guarded):
    """One person is kept apart from one subject, in silence: no ground opens it to them, nor anything that hangs on it.

    Opened and lifted by `sharing.conflicts` alone, which knows why. What is kept apart answers as what is not there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    opened_on = models.DateTimeField()
    lifted_on = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        who="the gate alone; what it stands for, two safeguarding leads of different agencies",
        kept="as long as its subject",
        special=False,
        sealed=(),
        about="staff",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "subject_kind", "subject_id"],
                condition=Q(lifted_on__isnull=True),
                name="one_standing_block",
            )
        ]

    def __str__(self) -> str:
        return f"block on {self.subject_kind} {self.subject_id}"
