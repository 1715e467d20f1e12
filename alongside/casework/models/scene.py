"""The scene record: what the first agency must find out and do before it leaves."""

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.casework.codes import EXPOSURE, INFORMATION, INFORMATION_WAYS, PREGNANT, YES_NO
from alongside.gate.viewing import Gated

CASE = Privacy(who="those with an open ground on the case", kept="as the case", special=True, sealed=(), about="person")


class SceneRecord(Gated):
    """Five answers (each may be *not known*; empty is *not asked yet*) and, beside them, a risk assessment. One per case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="scene")
    children_in_household = models.CharField(max_length=20, blank=True, choices=list(YES_NO.items()))
    pregnant = models.CharField(max_length=20, blank=True, choices=list(PREGNANT.items()))
    exposure = models.CharField(max_length=20, blank=True, choices=list(EXPOSURE.items()))
    safeguarding_done = models.TextField(blank=True, help_text="what was done to make the victim safe")
    information = models.CharField(max_length=20, blank=True, choices=list(INFORMATION.items()))
    information_how = models.CharField(max_length=20, blank=True, choices=list(INFORMATION_WAYS.items()))
    information_note = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"),)
    owned_by = ("case", "case_id")
    blanked = ("safeguarding_done", "information_note")
    privacy = CASE

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_finished_scene_has_its_answers",
                condition=Q(finished_at__isnull=True)
                | (
                    ~Q(children_in_household="")
                    & ~Q(pregnant="")
                    & ~Q(exposure="")
                    & ~Q(safeguarding_done="")
                    & ~Q(information="")
                ),
            )
        ]

    def __str__(self) -> str:
        return f"scene record of {self.case_id}"
