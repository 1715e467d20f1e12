"""A file of a case, its bytes under a key of its own, and the tickets by which its copy is given out once."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Agency, User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated, GatedQuerySet, TeamView, Viewer
from alongside.sealed.fields import SealedText
from alongside.uploads.codes import KINDS, TYPES

OWN = "whoever works on the case in the agency that added it"


class KeptHere(GatedQuerySet["Upload"]):
    """Files: by doors of their own, and to whoever of the agency that keeps one may open its case."""

    def visible_to(self, viewer: Viewer | TeamView) -> Self:
        """As everywhere; and never another agency's, though it may open the case. Of one school nothing is another's of the council."""
        agency = viewer.user.agency_id if isinstance(viewer, Viewer) else viewer.team.agency_id
        cases = Case.objects.visible_to(viewer).values("pk")
        with_case = Q(agency=agency, case__in=cases) & ~Q(agency__kind="schools")
        return self.filter(Q(pk__in=super().visible_to(viewer).values("pk")) | with_case, case__in=cases)


class Upload(Gated):
    """A file somebody added to a case. Its name is never kept: people write names into it.

    `digest` is the SHA-256 of the original as it came, so that it can be shown later that nothing was changed. `key` opens the bytes.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting to be looked at: nobody can open it"
        READY = "ready", "looked at: a clean copy can be opened"
        REFUSED = "refused", "refused: nobody can open it"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="uploads")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    about = SealedText(blank=True, default="")
    media_type = models.CharField(max_length=40, choices=[(code, words[0]) for code, words in TYPES.items()])
    size = models.PositiveIntegerField(help_text="bytes of the original")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the original as it came")
    key = SealedText()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    problem = models.CharField(max_length=20, blank=True)
    scanner = models.CharField(max_length=60, blank=True, help_text="the scanner that looked, with its version")
    signatures_on = models.DateTimeField(null=True, blank=True, help_text="how new its list of what is harmful was")
    looked_on = models.DateTimeField(null=True, blank=True, help_text="when the scanner looked")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(KeptHere)()  # type: ignore[misc, assignment]
    # Not by the case alone: who may open a case that was shared does not see what another agency keeps with it.
    gate_paths = (("record", "id"),)
    privacy = Privacy(who=OWN, kept="as the case", special=True, sealed=("about", "key"), about="person")
    owned_by = ("case", "case_id")  # with the key of the case goes that of the file, and with it every byte

    class Meta:
        ordering = ["-added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_file_is_ready_only_when_looked_at",
                condition=~Q(state="ready") | Q(looked_on__isnull=False, signatures_on__isnull=False, problem=""),
            ),
            models.CheckConstraint(
                name="a_refused_file_has_its_reason", condition=~Q(state="refused") | ~Q(problem="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_media_type_display()}, {self.get_state_display()}"


class Content(Gated):
    """The bytes of a file, sealed with its key and bound to their row: the original as it came, or the clean copy."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="contents")
    part = models.CharField(max_length=10, choices=[("original", "the original"), ("copy", "the clean copy")])
    body = models.BinaryField()

    gate_paths = (("record", "upload_id"),)
    privacy = Privacy(
        who=f"the copy: {OWN}; the original: nobody through a page",
        kept="as the case",
        special=True,
        sealed=(),
        about="person",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "part"], name="one_original_and_one_copy")]

    def __str__(self) -> str:
        return f"{self.part} of {self.upload_id}"


class Ticket(Gated):
    """Somebody asked for the copy: for a minute, once, while that session lasts. Its id is all that the address holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="tickets")
    session = SealedText()
    ends_on = models.DateTimeField()
    used_on = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    owned_by = ("staff", "opened_by_id")
    gate_paths = (("record", "upload_id"),)
    privacy = Privacy(
        who="nobody: it opens one copy once", kept="as the file", special=False, sealed=("session",), about="staff"
    )

    def __str__(self) -> str:
        return f"ticket for {self.upload_id}"
