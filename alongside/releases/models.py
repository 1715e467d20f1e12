"""A paper for one recipient, each copy of it, and a request for one's own data."""

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import Agency, Team, User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from alongside.people.models import Person
from alongside.releases.codes import ASKERS, HOW, IDENTITY, KINDS, REQUEST_STATES, SIDES, STATES, TREATED
from alongside.sealed.fields import SealedText
from alongside.sharing import gateways


def _privacy(*sealed: str, who: str) -> Privacy:
    return Privacy(who=who, kept="as the case", special=True, sealed=sealed, about="person")


class Paper(Gated):
    """What one recipient may have, built from typed fields. `parts` and `left_out` are JSON lists, sealed: {label, text} and {label, why}.

    `person` is whose own data it holds (a child's, for a parent); `recipient` is who is named on it. `opens_on`: until then nothing of
    it can be opened, and it is called back with one press.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()), default="papers")
    side = models.CharField(max_length=20, choices=list(SIDES.items()))
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="papers")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="papers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recipient = SealedText()
    sources = models.JSONField(default=list, help_text="ids of the records it may draw on")
    purpose = models.CharField(max_length=200)
    gateway = models.CharField(max_length=30, blank=True, choices=gateways.CHOICES)
    consent = models.CharField(max_length=20, blank=True)
    reason = SealedText(blank=True, default="")
    parts = SealedText(blank=True, default="")
    left_out = SealedText(blank=True, default="")
    note = SealedText(blank=True, default="")
    count_left_out = models.PositiveIntegerField(default=0)
    needs_two = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default="draft")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recalled_why = SealedText(blank=True, default="")

    gate_paths = (("case", "case_id"), ("case", "person__memberships__case_id"), ("record", "id"))
    owned_by = ("paper", "id")
    blanked = ("purpose",)
    privacy = _privacy(
        "recipient",
        "reason",
        "parts",
        "left_out",
        "note",
        "recalled_why",
        who="those with an open ground on the case, and the team it was released to",
    )

    class Meta:
        ordering = ["-drafted_at"]
        indexes = [models.Index(fields=["agency", "state"], name="papers_of_agency")]
        constraints = [
            models.CheckConstraint(
                name="released_by_somebody_else",
                condition=Q(needs_two=False) | Q(released_by__isnull=True) | ~Q(released_by=F("drafted_by")),
            ),
            models.CheckConstraint(
                name="the_other_side_takes_two",
                condition=Q(needs_two=True) | ~Q(side__in=("court", "causing-harm", "parent")),
            ),
            models.CheckConstraint(
                name="a_paper_is_for_one",
                condition=Q(side="team", to_team__isnull=False) | (~Q(side="team") & Q(to_team__isnull=True)),
            ),
            models.CheckConstraint(
                name="released_has_its_moment",
                condition=~Q(state__in=("released", "recalled"))
                | Q(released_at__isnull=False, released_by__isnull=False, opens_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"paper {self.pk}"


class PaperCopy(Gated):
    """One copy of a paper, with the mark that stands on it wherever it is read or printed. A `reader` read it here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField()
    mark = models.CharField(max_length=11, unique=True)
    how = models.CharField(max_length=10, choices=list(HOW.items()))
    reader = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True, help_text="when the holder heard that it is called back")
    told_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    gate_paths = (
        ("case", "paper__case_id"),
        ("case", "paper__person__memberships__case_id"),
        ("record", "paper_id"),
    )
    owned_by = ("paper", "paper_id")
    privacy = _privacy(
        who="those with an open ground on the case, and whoever reads it; its mark, those who release papers"
    )

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "paper copies"
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="each_copy_has_its_number"),
            models.UniqueConstraint(
                fields=["paper", "reader"], condition=Q(reader__isnull=False), name="one_copy_for_each_reader"
            ),
        ]

    def __str__(self) -> str:
        return f"copy {self.number} of paper {self.paper_id}"


class AccessRequest(Gated):
    """Somebody asked what is held about a person. `needs_clearing` without a reason on purpose: why would tell of the other side."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="access_requests")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    asker = models.CharField(max_length=20, choices=list(ASKERS.items()))
    asker_name = SealedText(blank=True, default="")
    received_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=list(REQUEST_STATES.items()), default="identity")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    identity = models.CharField(max_length=20, blank=True, choices=list(IDENTITY.items()))
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    needs_clearing = models.BooleanField(default=True)
    treated = models.CharField(max_length=20, blank=True, choices=list(TREATED.items()))
    cleared_why = SealedText(blank=True, default="")
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    paper = models.OneToOneField(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="request")
    built_at = models.DateTimeField(null=True, blank=True)
    built_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id")
    privacy = _privacy("asker_name", "cleared_why", who="those with an open ground on a case of the person")

    class Meta:
        ordering = ["due_on", "taken_at"]
        constraints = [
            models.CheckConstraint(
                name="cleared_before_it_is_built",
                condition=Q(needs_clearing=False) | Q(built_at__isnull=True) | Q(cleared_at__isnull=False),
            ),
            models.CheckConstraint(
                name="built_by_another_than_cleared_it",
                condition=Q(built_by__isnull=True) | Q(cleared_by__isnull=True) | ~Q(built_by=F("cleared_by")),
            ),
            models.CheckConstraint(
                name="reviewed_by_another_than_built_it",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("built_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"
