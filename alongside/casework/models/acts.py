"""Acts a procedure asks for that have no record of their own kind: what was done, when, by whom."""

import uuid

from django.db import models

from alongside.agencies.models import Agency, Team, User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated


class ActRecord(Gated):
    """Somebody did what a duty asks; it discharges the open duties of that act for their agency."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="acts")
    act = models.CharField(max_length=80)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.TextField(help_text="what was done, in the worker's words")
    done_on = models.DateTimeField()
    automatic = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"), ("record", "id"))
    owned_by = ("case", "case_id")
    blanked = ("what",)
    privacy = Privacy(
        who="those with an open ground on the case", kept="as the case", special=True, sealed=(), about="person"
    )

    class Meta:
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return f"{self.act} in {self.case_id}"
