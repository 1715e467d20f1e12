"""Looks, found by whom they are about; and those raised to a lead. Copies of what the chains say: they can be made anew."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from alongside.agencies.models import Agency, User
from alongside.agencies.roles import ROLES
from alongside.audit.api import Guarded, GuardedQuerySet, Privacy
from alongside.cases.models import CaseMember
from alongside.gate.models import Block
from alongside.gate.viewing import Viewer

SUBJECTS = [("person", "a person"), ("case", "a case"), ("day", "one day of one member of staff")]


class Look(models.Model):
    """Somebody was shown a person or a case. `event` is the row of the chain that says so; nothing here that it does not say.

    `is_opened`: chosen and opened, not one line of many in a list.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.BigIntegerField()
    chain = models.CharField(max_length=64, help_text="the agency the looker worked for then")
    looker = models.UUIDField()
    what = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=10, choices=SUBJECTS[:2])
    subject = models.UUIDField()
    is_opened = models.BooleanField()
    looked_on = models.DateTimeField()

    privacy = Privacy(
        who="the safeguarding leads and information governance leads of an agency that may see the record",
        kept="as the audit chain it is copied from",
        about="staff",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "subject_kind", "subject"], name="one_look_per_event")]
        indexes = [
            models.Index(fields=["subject", "looked_on"], name="looks_at_subject"),
            models.Index(fields=["looker", "subject"], name="looks_of_looker"),
        ]

    def __str__(self) -> str:
        return f"{self.what} by {self.looker}"


class Followed(models.Model):
    """How far a chain has been copied: by its own numbers, which have no gaps; ids of rows commit out of order."""

    chain = models.CharField(max_length=64, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)

    privacy = Privacy(who="operators", kept="as the audit chain", about="none")

    def __str__(self) -> str:
        return f"{self.chain} to {self.seq}"


ANSWERING = [code for code, role in ROLES.items() if "see_looking" in role.permissions]


def _people_in(cases: frozenset[uuid.UUID]) -> models.QuerySet[CaseMember, uuid.UUID]:
    return CaseMember.objects.filter(case__in=cases).values_list("person_id", flat=True)


class RaisedQuerySet(GuardedQuerySet["Raised"]):
    """Unusual looks, as leads see them."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the viewer's agency, and at the partnership's office of agencies where nobody else could answer; never one's own."""
        if not viewer.user.may("see_looking"):
            return self.none()
        rows, own = self._not_kept_from(viewer).exclude(looker=viewer.user), Q(agency=viewer.user.agency_id)
        if viewer.user.agency.kind != "partnership":
            return rows.filter(own)
        leads = User.objects.filter(agency=OuterRef("agency"), role__in=ANSWERING, is_active=True)
        apart = Block.objects.filter(subject_id=OuterRef(OuterRef("subject")), lifted_on__isnull=True).values("user_id")
        return rows.filter(own | ~Exists(leads.exclude(pk=OuterRef("looker")).exclude(pk__in=apart)))

    def _not_kept_from(self, viewer: Viewer) -> Self:
        """Without what is about a case the viewer is kept apart from, or about somebody in one."""
        apart = viewer.kept_from.get("case", frozenset())
        return self.exclude(subject__in=apart).exclude(subject__in=_people_in(apart)) if apart else self


RaisedManager = models.Manager.from_queryset(RaisedQuerySet, "RaisedManager")


class Raised(Guarded):
    """Unusual looking, to be answered by a lead: who looked at what, which rules say so, how often. Never shown to the looker."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    looker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=10, choices=SUBJECTS)
    subject = models.UUIDField()
    what = models.CharField(max_length=100)
    rules = models.JSONField(default=list, help_text="codes of looking.rules")
    times = models.PositiveIntegerField(default=1)
    first_on = models.DateTimeField()
    last_on = models.DateTimeField()
    raised_on = models.DateTimeField()
    state = models.CharField(max_length=20, default="open")

    objects = RaisedManager()  # type: ignore[misc, assignment]

    privacy = Privacy(
        who="safeguarding leads and information governance leads of the looker's agency, never the looker",
        kept="six years after it was answered, to be confirmed",
        about="staff",
    )

    class Meta:
        verbose_name = "unusual look"
        indexes = [
            models.Index(fields=["agency", "state", "-last_on"], name="raised_of_agency"),
            models.Index(fields=["looker", "subject"], name="raised_of_looker"),
        ]

    def __str__(self) -> str:
        return f"unusual look {self.pk}"
