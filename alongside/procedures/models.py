"""Local choices a partnership adopted, and its own copies of the documents."""

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import Area, User
from alongside.audit.api import Guarded, Privacy

PROCEDURE = Privacy(who="anyone signed in", kept="while the partnership exists", special=False, sealed=(), about="none")


class AdoptedChoice(Guarded):
    """A parameter of an area's pack that the partnership set, from a day, with its reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    parameter = models.CharField(max_length=80)
    value = models.JSONField()
    reason = models.CharField(max_length=1000)
    in_force_from_on = models.DateField()
    in_force_until_on = models.DateField(null=True, blank=True)
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    privacy = PROCEDURE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_until_on__isnull=True) | Q(in_force_until_on__gt=F("in_force_from_on")),
                name="adopted_choice_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["area", "parameter"],
                condition=Q(in_force_until_on__isnull=True),
                name="one_open_choice_per_parameter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parameter} in {self.area_id}"


class DocumentCopy(Guarded):
    """The partnership's own copy of a procedure, as lines of text; citations are found in it by their hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=60)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    found = models.PositiveIntegerField(help_text="citations found at their place")
    moved = models.PositiveIntegerField(help_text="citations found elsewhere in the document")
    missing = models.PositiveIntegerField(help_text="citations not found: the policy lead's work")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    privacy = PROCEDURE

    class Meta:
        get_latest_by = "added_at"
        verbose_name_plural = "document copies"

    def __str__(self) -> str:
        return f"{self.code}, added {self.added_at:%Y-%m-%d}"
