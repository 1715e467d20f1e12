"""Schools, term dates, notices and what the school did."""

import uuid
from datetime import time

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import Area, Team, User
from alongside.audit.api import Guarded, Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from alongside.people.models import Person
from alongside.sealed.fields import SealedText

REGISTER = Privacy(
    who="anyone signed in", kept="while the school is in the partnership", special=False, sealed=(), about="staff"
)


class School(Guarded):
    """A school, college or nursery of the partnership. A school with no key adult is told by telephone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    urn = models.CharField(max_length=20, unique=True, help_text="unique reference number")
    name = models.CharField(max_length=200)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    key_adult = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    deputy = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    phone = models.CharField(max_length=30, blank=True)
    arrival = models.TimeField(default=time(8, 40))

    privacy = REGISTER

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Term(Guarded):
    """A term of the schools of an area, or of one school; both days are school days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.CASCADE, related_name="terms")
    first_on = models.DateField()
    last_on = models.DateField()

    privacy = REGISTER

    class Meta:
        ordering = ["first_on"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="a_term_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.first_on} to {self.last_on}"


class ClosedDay(Guarded):
    """A day within a term on which the schools of an area, or one school, are closed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.CASCADE, related_name="closed_days")
    closed_on = models.DateField()

    privacy = REGISTER

    def __str__(self) -> str:
        return f"{self.area_id}: {self.closed_on}"


class SchoolNotice(Gated):
    """One notice about one child to one school. The key adult and the deputy can open it; nobody else at the school.

    A notice told by telephone (no key adult, not opened by the set time, no way to send) is the same record.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="school_notices")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    school_name = models.CharField(
        max_length=200, blank=True, help_text="a school that is not on the register: told by telephone only"
    )
    child_name = SealedText(help_text="as the school knows the child")
    what_to_know = SealedText(
        help_text="what helps the school support the child today; no address, no account of the other adult"
    )
    occurred_on = models.DateTimeField(null=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    call_needed_on = models.DateTimeField(
        null=True, blank=True, help_text="not opened in time: somebody has to telephone"
    )
    told_by_phone_at = models.DateTimeField(null=True, blank=True)
    told_by_phone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told_whom = models.CharField(max_length=200, blank=True)
    support_note = SealedText(blank=True, default="")
    supported_at = models.DateTimeField(null=True, blank=True)
    supported_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"), ("record", "id"))
    owned_by = ("person", "child_id")
    blanked = ("school_name", "told_whom")
    privacy = Privacy(
        who="the sender's agency through the case; the school's key adult and deputy",
        kept="as the case",
        special=True,
        sealed=("child_name", "what_to_know", "support_note"),
        about="person",
    )

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(fields=["case", "child", "school"], name="one_notice_per_child_and_school"),
            models.CheckConstraint(
                name="a_notice_names_its_school", condition=Q(school__isnull=False) | ~Q(school_name="")
            ),
        ]

    def __str__(self) -> str:
        return f"school notice in {self.case_id}"
